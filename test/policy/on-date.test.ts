import { describe, expect, it } from '@jest/globals';
import { sayDates } from '../../gateway/cli/policy-on-date.ts';
import { assembleBundle } from '../../policies/engine/assemble.ts';
import { decide, type PolicyBundle } from '../../policies/engine/index.ts';
import { compareDates } from '../../policies/engine/on-date/on-date.ts';
import { EVERYTHING_HOLDS, dated, mustLoad, requestOf, shippedFiles } from '../promises/policy-shipped.ts';

const bundle = mustLoad(shippedFiles());

function compared(of: PolicyBundle, from: string, to: string) {
  const found = compareDates(of, from, to);
  if (found === undefined) throw new Error('no such day');
  return found;
}

describe('what the law changes between two days', () => {
  it.each([
    ['19 August 2025', '2025-08-18', '2025-08-19'],
    ['5 February 2026', '2026-02-04', '2026-02-05'],
  ])('%s: the powers whose first day it is commence, and none besides', (_day, before, on) => {
    const first = [...bundle.powers].filter(([, { inForceFrom, areas }]) => inForceFrom === on && areas === undefined);
    const found = compared(bundle, before, on);
    expect(found.powers.map(({ code }) => code).sort()).toEqual(first.map(([code]) => code).sort());
    expect(found.powers.every(({ change }) => change === 'commences')).toBe(true);
    expect(first.length).toBeGreaterThan(0);
  });

  it('P2: a made-up commencement opens what rests on the power that day and not the day before, and closing it closes that', () => {
    const [code, power] = [...bundle.powers].find(([name]) => name === 'REVIEW') ?? [];
    if (code === undefined || power === undefined) throw new Error('no power REVIEW');
    const made = assembleBundle({
      ...bundle,
      powers: new Map([...bundle.powers, [code, { ...power, inForceFrom: '2031-05-07', inForceTo: '2032-01-31' }]]),
    });
    const begins = compared(made, '2031-05-06', '2031-05-07');
    expect(begins.powers).toEqual([{ code, change: 'commences' }]);
    expect(begins.diff.losses).toEqual([]);
    expect(new Set(begins.diff.gains.map(({ purpose }) => purpose))).toEqual(new Set(['IGREV']));
    const ends = compared(made, '2032-01-31', '2032-02-01');
    expect(ends.powers).toEqual([{ code, change: 'ends' }]);
    expect([ends.diff.gains.length, ends.diff.losses.length]).toEqual([0, begins.diff.gains.length]);

    const level = (at: string) => {
      const facts = dated(EVERYTHING_HOLDS, at);
      return decide(made, requestOf(made, 'IGREV', 'police', facts, { at }), ['hou.officer'])[0]?.level;
    };
    expect([level('2031-05-06T10:00:00.000Z'), level('2031-05-07T10:00:00.000Z')]).toEqual(['deny', 'full']);
    expect([level('2032-01-31T10:00:00.000Z'), level('2032-02-01T10:00:00.000Z')]).toEqual(['full', 'deny']);
    expect(sayDates(made, begins).join('\n')).toContain('REVIEW commences');
  });

  it('says of a stretch in which nothing commences that no decision changes', () => {
    const said = sayDates(bundle, compared(bundle, '2019-01-01', '2019-01-02'));
    expect(said.at(-1)).toMatch(/no decision changes, in any of \d+ diagrams/u);
  });
});
