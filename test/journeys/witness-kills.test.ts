import { describe, expect, it } from '@jest/globals';
import { killWitness, QUICK } from './witness-kills.ts';

const ROUNDS = 6;

describe('P10: kill -9 of a witness under load', () => {
  it(`forgets nothing that it signed, and signs one history alone, ${ROUNDS} times`, async () => {
    const found = await killWitness({ rounds: ROUNDS, seed: 1, words: QUICK });
    expect(found).toMatchObject({ rounds: ROUNDS, forgotten: 0, forked: 0 });
    // Without these the loop would have shown nothing.
    expect(found.cosigned).toBeGreaterThanOrEqual(ROUNDS);
    expect(found.refused).toBeGreaterThan(ROUNDS);
    expect(found.cutOff).toBeGreaterThanOrEqual(ROUNDS);
  }, 60_000);
});
