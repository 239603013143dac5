import { describe, expect, it } from '@jest/globals';
import { HIS, home, mobile, reach, record } from './reach-by-hand.ts';

describe('a number that is his', () => {
  it('comes out once for all its spellings, with every source and a sentence', () => {
    const { ranked } = reach([
      record('probation', [mobile()]),
      record('housing', [mobile('+44 (0)7700 900111', { lastConfirmed: '2025-02-01', field: 'hou.phone' })]),
    ]);
    expect(ranked).toHaveLength(1);
    expect(ranked[0]).toMatchObject({
      kind: 'phone',
      value: '+447700900111',
      lastConfirmed: '2026-11-03',
      flags: ['confirmed-recently'],
      sources: [
        { recordId: 'housing:1', field: 'hou.phone' },
        { recordId: 'probation:1', field: 'pro.phone' },
      ],
      because:
        'Housing and probation both hold it as his mobile; probation confirmed it on 3 November 2026; no source records it as anybody else’s.',
    });
  });

  it('is likelier when two agencies hold it, not when one agency holds it twice', () => {
    const one =
      reach([record('probation', [mobile(HIS, { lastConfirmed: '2026-01-03' })])]).ranked[0]?.probability ?? 0;
    const again = reach([
      record('probation', [mobile(HIS, { lastConfirmed: '2026-01-03' })]),
      record('probation', [mobile(HIS, { lastConfirmed: '2026-01-03' })], { recordId: 'probation:2' }),
    ]).ranked[0]?.probability;
    const two = reach([
      record('probation', [mobile(HIS, { lastConfirmed: '2026-01-03' })]),
      record('housing', [mobile(HIS, { lastConfirmed: '2026-01-03' })]),
    ]).ranked[0]?.probability;
    expect(again).toBe(one);
    expect(two).toBeGreaterThan(one);
  });

  it('is less likely to work the longer ago it was confirmed, and flagged when old', () => {
    const dates = ['2026-11-20', '2026-05-20', '2025-05-20', '2021-05-20'];
    const chances = dates.map((lastConfirmed) => reach([record('police', [mobile(HIS, { lastConfirmed })])]).ranked[0]);
    const probabilities = chances.map((chance) => chance?.probability ?? 0);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(chances[0]?.flags).toContain('confirmed-recently');
    expect(chances[3]?.flags).toContain('old');
    expect(chances[3]?.because).toBe(
      'Police hold it as his mobile; nobody has confirmed it since 20 May 2021; no source records it as anybody else’s.',
    );
  });

  it('says so when no source says whose it is, or when it was confirmed', () => {
    const unknown = reach([record('health', [{ kind: 'phone', value: HIS }])]).ranked[0];
    expect(unknown?.flags).toEqual(['old', 'whose-unknown']);
    expect(unknown?.because).toBe(
      'Health holds it without saying whose mobile it is; no source says when it was last confirmed.',
    );
  });

  it('ranks a current number above one that ended, and warns of a stranger', () => {
    const old = mobile('07700 900222', { lastConfirmed: '2023-01-01', to: '2024-06-01' });
    const { ranked } = reach([record('police', [old]), record('probation', [mobile()])]);
    expect(ranked.map(({ value }) => value)).toEqual(['+447700900111', '+447700900222']);
    expect(ranked[1]?.flags).toContain('ended');
    expect(ranked[1]?.because).toContain(
      'it was marked as ended on 1 June 2024; the number may since have gone to a stranger',
    );
  });

  it('believes a later confirmation over an earlier end', () => {
    const ended = mobile(HIS, { lastConfirmed: '2024-01-01', to: '2025-01-01' });
    const { ranked } = reach([record('police', [ended]), record('probation', [mobile()])]);
    expect(ranked[0]?.flags).toEqual(['confirmed-recently']);
  });

  it('is likely given up where a newer mobile of his is on file, and says so', () => {
    const older = mobile('07700 900222', { lastConfirmed: '2026-08-01' });
    const alone = reach([record('police', [older])]).ranked[0]?.probability ?? 0;
    const beside = reach([record('police', [older]), record('probation', [mobile()])]).ranked[1];
    expect(beside?.probability).toBeLessThan(alone * 0.7);
    expect(beside?.because).toBe(
      'Police hold it as his mobile; police confirmed it on 1 August 2026; a newer mobile is on file; no source records it as anybody else’s.',
    );
  });

  it('P4: is not lowered by a newer number that is withheld: the arithmetic would tell of it', () => {
    const older = record('police', [mobile('07700 900222', { lastConfirmed: '2026-08-01' })]);
    const hers = record('probation', [mobile(HIS, { recordedAs: 'partner' })]);
    expect(reach([older, hers]).ranked).toEqual(reach([older]).ranked);
  });

  it('does not believe a date after the day of the question', () => {
    const [ranked] = reach([record('police', [mobile(HIS, { lastConfirmed: '2062-11-03' })])]).ranked;
    expect(ranked?.lastConfirmed).toBeUndefined();
    expect(ranked?.flags).toContain('old');
  });

  it('is worth less as a work number, and says that others may answer', () => {
    const { ranked } = reach([record('housing', [mobile('020 7946 0123', { recordedAs: 'work' }), mobile()])]);
    expect(ranked.map(({ value }) => value)).toEqual(['+447700900111', '+442079460123']);
    expect(ranked[1]?.because).toContain('as the landline of his work, so others may answer');
  });
});

describe('a source that the asker may not see', () => {
  const permits = ({ field }: { field?: string | undefined }): boolean =>
    field !== 'hou.phone' && field !== 'pro.custody';
  const secret = record('housing', [mobile(HIS, { field: 'hou.phone', lastConfirmed: '2026-11-20' })]);

  it('P2: is neither shown, named, counted nor said to be withheld', () => {
    const shown = record('police', [mobile(HIS, { field: 'pol.phone', lastConfirmed: '2025-01-01' })]);
    expect(reach([shown, secret], { permits })).toEqual(reach([shown], { permits }));
    expect(reach([secret], { permits })).toEqual({ ranked: [], withheld: [], whereabouts: undefined, openings: [] });
  });

  it('P2: does not tell of his custody through a flag, a sentence or a probability', () => {
    const inside = record('probation', [mobile()], {
      whereabouts: { field: 'pro.custody', custody: { establishment: 'HMP Weir' } },
    });
    expect(reach([inside], { permits })).toEqual(reach([record('probation', [mobile()])], { permits }));
  });

  it('P4: still marks another person’s number', () => {
    const marking = record('housing', [mobile(HIS, { field: 'hou.phone', recordedAs: 'partner' })]);
    expect(reach([record('police', [mobile()]), marking], { permits }).ranked).toEqual([]);
  });

  it('P4: marks still count where the source restricts the whole record, and nothing of it is shown', () => {
    const restricted = record('health', [mobile(HIS, { recordedAs: 'partner' }), home()], { restricted: true });
    const answer = reach([record('police', [mobile()]), restricted]);
    expect(answer.ranked).toEqual([]);
    expect(answer.withheld.flatMap(({ sources }) => sources.map(({ recordId }) => recordId))).toEqual(['police:1']);
  });
});

it('answers nothing from nothing', () => {
  expect(reach([])).toEqual({ ranked: [], withheld: [], whereabouts: undefined, openings: [] });
});
