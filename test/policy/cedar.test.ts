import { describe, expect, it } from '@jest/globals';
import { decide } from '../../policies/engine/index.ts';
import { randomOf } from '../population/random.ts';
import { dated, EVERYTHING_HOLDS, mustLoad, requestOf, shippedFiles } from '../promises/policy-shipped.ts';
import { compareWithCedar } from './cedar-agrees.ts';
import { cedarOf } from './cedar-decisions.ts';

const bundle = mustLoad(shippedFiles());
const cedar = cedarOf(bundle);

describe('P2: Cedar, which other people wrote, reads the same agreements the same way', () => {
  it('in a sample of decisions over all parts of the space', () => {
    const { decisions, allowed, differences } = compareWithCedar(cedar, bundle, randomOf(2024), 3000);
    expect(differences.slice(0, 3)).toEqual([]);
    expect(decisions).toBeGreaterThanOrEqual(3000);
    expect(allowed).toBeGreaterThan(300);
  });

  it('for every field at every level, on a case on which everything holds', () => {
    const request = requestOf(bundle, 'MARAC', 'police', dated(EVERYTHING_HOLDS));
    const levels = ['deny', 'exists', 'summary', 'partial', 'full'];
    for (const { field, level } of decide(bundle, request, 'all')) {
      const allowed = [1, 2, 3, 4].filter((each) => cedar.allows(request, field, each));
      expect([field, allowed]).toEqual([field, [1, 2, 3, 4].slice(0, levels.indexOf(level))]);
    }
  });

  it('says a difference when there is one', () => {
    const [first] = bundle.guardCaps;
    const others = bundle.guardCaps.filter((cap) => cap !== first);
    const without = cedarOf({ ...bundle, guardCaps: others, agreements: new Map() });
    expect(compareWithCedar(without, bundle, randomOf(5), 400).differences).not.toEqual([]);
  });
});
