import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { disclosed } from '../../../test/log-entries.ts';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { LoggedEvent } from '../index/read-entry.ts';
import { tieThen } from './allocation-then.ts';
import { whatFollowed } from './what-followed.ts';

const CASE = 'DAPG-2026-0042';
const COUNCIL = 'riverton-council';
const OPENER = { agency: COUNCIL, staffId: 'a.worker', role: 'dai.daiw' } as const;
const GLASS = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01';
const ATTEMPT = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0b01';
const at = (time: string): string => `2026-11-22T${time}:00.000Z`;

const placed = (bodies: readonly LogEntryBody[]): LoggedEvent[] =>
  bodies.map((body, position) => ({ position, recordedAt: body.at, body }));

const opened: LogEntryBody = {
  ...{ kind: 'break-glass-opened', v: 1, at: at('09:00'), operations: ['consultation'], actor: OPENER, caseRef: CASE },
  ...{ breakGlassId: GLASS, expiresAt: at('13:00'), declarationDigest: 'd'.repeat(43) },
};
function answered(time: string, left: readonly (readonly [string, number])[], under?: string): LogEntryBody {
  const { requester, fields, ...rest } = disclosed(1);
  const [field] = fields;
  if (field === undefined) throw new Error('an answer of no field');
  return {
    ...{ ...rest, kind: 'question-disclosed', at: at(time), caseRef: CASE, purpose: under ? 'EMERG' : 'ENGAGE' },
    ...(under === undefined ? {} : { breakGlassId: under }),
    requester: { ...requester, ...OPENER },
    fields: left.map(([source, count]) => ({ ...field, source, count, level: 'full' as const })),
  };
}
const closed = (time: string, because: 'expired' | 'case-closed'): LogEntryBody => ({
  ...{ kind: 'break-glass-closed', v: 1, at: at(time), operations: [], actor: 'gateway', caseRef: CASE },
  ...{ breakGlassId: GLASS, because, agency: COUNCIL },
});
const tried: LogEntryBody[] = [
  {
    ...{ kind: 'attempt-recorded', v: 1, at: at('11:00'), operations: ['collection'], actor: OPENER, caseRef: CASE },
    attemptId: ATTEMPT,
  },
  {
    ...{ kind: 'outcome-recorded', v: 1, at: at('11:00'), operations: ['collection'], actor: OPENER, caseRef: CASE },
    ...{ attemptId: ATTEMPT, outcome: 'no-answer' },
  },
];
function followedBy(viewer: string, bodies: readonly LogEntryBody[]) {
  const [start, ...events] = placed(bodies);
  return start === undefined ? undefined : whatFollowed(viewer, start, events);
}

describe('what followed broken glass', () => {
  it('is what left by name of field, how long it was open, what was tried and what else was asked', () => {
    const found = followedBy(COUNCIL, [
      opened,
      answered(
        '09:01',
        [
          ['police', 2],
          ['health', 0],
        ],
        GLASS,
      ),
      answered(
        '09:30',
        [
          ['police', 1],
          ['housing', 1],
        ],
        GLASS,
      ),
      answered('10:00', [['police', 1]]),
      ...tried,
      closed('12:00', 'case-closed'),
    ]);
    expect(found?.glass).toMatchObject({
      ...{ breakGlassId: GLASS, openedAt: at('09:00'), until: at('12:00'), endedBecause: 'case-closed', answers: 2 },
      left: [{ source: 'housing' }, { source: 'police' }],
    });
    expect(found?.glass.left[1]?.fields).toHaveLength(1);
    expect(found?.attempts).toEqual([{ at: at('11:00'), staffId: 'a.worker', outcome: 'no-answer' }]);
    expect(found?.disclosures).toMatchObject([{ at: at('10:00'), staffId: 'a.worker', purpose: 'ENGAGE' }]);
  });

  it('was over when it lapsed, whenever a gateway came to write that down', () => {
    expect(followedBy(COUNCIL, [opened, closed('18:00', 'expired')])?.glass.until).toBe(at('13:00'));
    expect(followedBy(COUNCIL, [opened])?.glass).not.toHaveProperty('endedBecause');
  });

  it('P6: an owner’s officer is given what left of her own agency, and neither declaration nor attempt', () => {
    const own = answered(
      '09:01',
      [
        ['police', 2],
        ['housing', 1],
      ],
      GLASS,
    );
    const found = followedBy('police', [own, ...tried, closed('12:00', 'expired')]);
    expect(found?.glass.left).toMatchObject([{ source: 'police' }]);
    expect(found?.glass).not.toHaveProperty('openedAt');
    expect(found?.attempts).toEqual([]);
    expect(followedBy('police', [opened, own])).toBeUndefined();
    expect(followedBy('westmarsh-council', [own])).toBeUndefined();
  });

  it('rests on nothing else: an entry of another kind, or of no emergency, gives nothing', () => {
    expect(followedBy(COUNCIL, [answered('09:00', [['police', 1]])])).toBeUndefined();
    expect(followedBy(COUNCIL, tried)).toBeUndefined();
  });
});

describe('whether the case was allocated to somebody then', () => {
  const by = { agency: COUNCIL, group: 'council', role: 'dai.dapg_coordinator', staffId: 'c.one' } as const;
  const allocations = [
    { to: 'a.worker', by, at: at('08:00') },
    { to: 'b.worker', by, at: at('10:00') },
  ];
  const tie = (staffId: string, when: string, kase: Parameters<typeof tieThen>[0]) =>
    tieThen(kase, { agency: COUNCIL, staffId }, when).allocated;

  it.each([
    ['a.worker', '09:00', 'allocated'],
    ['b.worker', '09:00', 'not-allocated'],
    ['a.worker', '10:00', 'not-allocated'],
    ['b.worker', '10:00', 'allocated'],
    ['a.worker', '07:59', 'not-recorded'],
  ])('%s at %s: %s', (staffId, when, said) => {
    expect(tie(staffId, at(when), { allocations, allocatedTo: 'b.worker', team: [] })).toBe(said);
  });

  it('where the register keeps no history it says what it knows, and never yes for then', () => {
    expect(tie('a.worker', at('09:00'), { allocatedTo: 'a.worker', team: [] })).toBe('allocated-now');
    expect(tie('b.worker', at('09:00'), { allocatedTo: 'a.worker', team: [] })).toBe('not-recorded');
    expect(tie('a.worker', at('09:00'), { team: [] })).toBe('not-allocated');
  });

  it('whoever the case is allocated to is on its team, and so are those beside her', () => {
    const kase = { allocatedTo: 'a.worker', team: ['b.worker'] };
    const onTeam = (staffId: string) => tieThen(kase, { agency: COUNCIL, staffId }, at('09:00')).onTeamNow;
    expect(['a.worker', 'b.worker', 'c.worker'].map(onTeam)).toEqual([true, true, false]);
  });

  it('never says yes to somebody of whom no allocation of the own agency speaks', () => {
    const agencies = fc.constantFrom(COUNCIL, 'westmarsh-council');
    const step = fc.record({
      to: fc.constantFrom('a.worker', 'b.worker'),
      agency: agencies,
      hour: fc.integer({ min: 0, max: 23 }),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 6 }), (steps) => {
        const made = steps
          .map(({ to, agency, hour }) => ({ to, by: { ...by, agency }, at: at(`${String(hour).padStart(2, '0')}:00`) }))
          .sort((a, b) => (a.at < b.at ? -1 : 1));
        const said = tie('a.worker', at('12:00'), { allocations: made, team: [] });
        const spoke = made.some(
          (each) => each.to === 'a.worker' && each.by.agency === COUNCIL && each.at <= at('12:00'),
        );
        expect(said !== 'allocated' || spoke).toBe(true);
      }),
      { seed: 20_26, numRuns: 500 },
    );
  });
});
