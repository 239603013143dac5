import { describe, expect, it } from '@jest/globals';
import { runPolicyWho } from '../../gateway/cli/policy-who.ts';
import { decide } from '../../policies/engine/index.ts';
import { whoSees } from '../../policies/engine/who/who.ts';
import { questionsOf } from '../bench/policy/questions.ts';
import { randomOf } from '../population/random.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

const bundle = mustLoad(shippedFiles());
const FIELD = 'pol.address';

async function told(...words: string[]): Promise<string> {
  const lines: string[] = [];
  const tell = (line: string): number => lines.push(line);
  const readBundle = () => Promise.resolve({ ok: true as const, value: bundle });
  await runPolicyWho(words, { readBundle, shipped: '', print: tell, fail: tell });
  return lines.join('\n');
}

describe('who may see a field', () => {
  it('names every level that a question reaches, with the rules that decide, and no level that none reaches', () => {
    const rows = whoSees(bundle, { field: FIELD });
    let seen = 0;
    for (const question of questionsOf(bundle, randomOf(3), 4_000)) {
      const [decision] = decide(bundle, question, [FIELD]);
      if (decision === undefined || decision.level === 'deny' || question.confidence !== 'certain') continue;
      const { purpose, requester } = question;
      const row = rows.find(
        (each) =>
          each.purpose === purpose &&
          each.role === requester.role &&
          each.group === requester.group &&
          each.level === decision.level,
      );
      expect(row?.rules).toEqual(expect.arrayContaining([...decision.grants]));
      expect(row?.powers).toEqual(expect.arrayContaining([...decision.powers]));
      seen += 1;
    }
    expect(seen).toBeGreaterThan(20);
    expect(rows.some(({ group, level }) => group === 'victim-services' && level === 'full')).toBe(false);
  });

  it('in words: role, level, state of the case, rule, power with section and mark', async () => {
    const said = await told('--field', FIELD, '--purpose', 'ENGAGE');
    expect(said).toContain('ENGAGE  Domestic abuse intervention worker (dai.daiw, council): full of pol.address');
    expect(said).toMatch(/nothing where the MARAC status is none \(engage-not-without-referral\)/u);
    expect(said).toMatch(/by engage-council-in-full, on .*CDA115 \(Crime and Disorder Act 1998, s\.115\) \[V\]/u);
  });

  it('P4: nobody of the council is told of anybody else’s address, for any purpose', async () => {
    expect(whoSees(bundle, { field: 'pol.victim_address' }).some(({ group }) => group === 'council')).toBe(false);
    expect(await told('--role', 'dai.daiw')).not.toContain('victim_address');
  });

  it('refuses what there is not, and both questions at once', async () => {
    expect(await told('--field', 'pol.nothing')).toBe('There is no field pol.nothing.');
    expect(await told('--field', FIELD, '--role', 'dai.daiw')).toContain('Usage');
  });
});
