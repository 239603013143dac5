import { describe, expect, it } from '@jest/globals';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import { rankedContactSchema, withheldContactSchema } from '../../schemas/reach.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject } from './reach.ts';
import type { Reach, ReachQuestion } from './reach.ts';
import { makeSeal } from './seal.ts';

const seal = makeSeal(new Uint8Array(32).fill(1));
const asOf = '2026-11-22';
const HIS = '07700 900111';
const HOME = '14 Mill Lane, Rivertown, AB1 2CD';

function record(agency: string, contacts: readonly ContactPoint[], more: Partial<SourceRecord> = {}): SourceRecord {
  const recordId = more.recordId ?? `${agency}:1`;
  return sourceRecordSchema.parse({ recordId, agency, system: agency, person: {}, contacts: [...contacts], ...more });
}

function reach(subjectRecords: readonly SourceRecord[], more: Partial<ReachQuestion> = {}): Reach {
  const answer = reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf, ...more });
  for (const ranked of answer.ranked) rankedContactSchema.parse(ranked);
  for (const withheld of answer.withheld) withheldContactSchema.parse(withheld);
  return answer;
}

const mobile = (value = HIS, more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'phone',
  value,
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
  field: 'pro.phone',
  ...more,
});
const home = (value = HOME, more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'address',
  value,
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
  ...more,
});
const sealed = (
  kind: 'phone' | 'email' | 'address',
  value: string,
  whose: 'victim' | 'mother' | 'child' | 'other' | 'partner',
) => {
  const of = seal(kind, value);
  if (of === undefined) throw new Error('not a contact point');
  return { kind, seal: of, whose };
};

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

describe('P4: a value that anybody marks as another person’s is withheld', () => {
  const threeSayHis = [record('police', [mobile()]), record('housing', [mobile()]), record('health', [mobile()])];

  it.each([
    ['the case', { protectedContacts: [sealed('phone', '0044 7700 900111', 'victim')] }, 'protected-person'],
    [
      'a victim’s record',
      { otherRecords: [record('childrens', [mobile('+447700900111')], { role: 'victim' })] },
      'held-by-another-record',
    ],
    ['a namesake’s record', { otherRecords: [record('childrens', [mobile()])] }, 'held-by-another-record'],
    [
      'a household member’s matching details',
      { otherRecords: [record('childrens', [], { role: 'householdMember', person: { phones: ['7700900111'] } })] },
      'held-by-another-record',
    ],
    [
      'a third party of another record',
      { otherRecords: [record('childrens', [], { othersContacts: [sealed('phone', HIS, 'mother')] })] },
      'held-by-another-record',
    ],
  ] as const)('when %s does, against three agencies that call it his', (_, more, reason) => {
    const answer = reach(threeSayHis, more);
    expect(answer.ranked).toEqual([]);
    expect(answer.withheld).toMatchObject([{ kind: 'phone', reason }]);
    expect(JSON.stringify(answer)).not.toMatch(/900 ?111/);
  });

  it.each(['victim', 'partner', 'child', 'mother', 'other'] as const)(
    'when one of his records seals it as of a %s',
    (whose) => {
      const answer = reach([
        ...threeSayHis,
        record('childrens', [], { othersContacts: [sealed('phone', HIS, whose)] }),
      ]);
      expect(answer.ranked).toEqual([]);
      expect(answer.withheld.map(({ reason }) => reason)).toEqual(['recorded-as-others']);
    },
  );

  it.each(['partner', 'mother', 'relative', 'friend'] as const)(
    'when one of his records calls it that of a %s',
    (recordedAs) => {
      const answer = reach([...threeSayHis, record('childrens', [mobile('(0)7700 900111', { recordedAs })])]);
      expect(answer.ranked).toEqual([]);
      expect(answer.withheld.map(({ reason }) => reason)).toEqual(['recorded-as-others']);
    },
  );

  it('when the words beside it do', () => {
    const answer = reach([...threeSayHis, record('childrens', [mobile('07700 900111 (wife)')])]);
    expect(answer.ranked).toEqual([]);
  });

  it('when it hides behind his own number in one box', () => {
    const hers = record('childrens', [mobile('07700 900333')], { role: 'victim' });
    const answer = reach([record('police', [mobile('07700 900111 / 07700 900333')])], { otherRecords: [hers] });
    expect(answer.ranked.map(({ value }) => value)).toEqual(['+447700900111']);
    expect(answer.withheld).toHaveLength(1);
  });

  it('when it hides in an e-mail address', () => {
    const answer = reach(
      [record('police', [{ kind: 'email', value: '07700900333@sms.example.org', recordedAs: 'self' }])],
      {
        protectedContacts: [sealed('phone', '07700 900333', 'victim')],
      },
    );
    expect(answer.ranked).toEqual([]);
    expect(JSON.stringify(answer)).not.toContain('900333');
  });

  it('when the record itself is of a victim, partner or child, whatever linkage said', () => {
    for (const role of ['victim', 'partner', 'child'] as const) {
      const answer = reach([record('police', [mobile()]), record('housing', [mobile(), home()], { role })]);
      expect(answer.ranked).toEqual([]);
    }
  });

  it('with one source’s several numbers in an order and number that tell nothing of the values', () => {
    const hers = ['07700 900333', '07700 900222', '07700 900444'];
    const answer = reach([
      record(
        'police',
        hers.map((value) => mobile(value, { recordedAs: 'partner' })),
      ),
    ]);
    expect(answer.withheld).toEqual([
      { kind: 'phone', reason: 'recorded-as-others', sources: [{ recordId: 'police:1', field: 'pro.phone' }] },
    ]);
  });

  it('names unusable values without showing them', () => {
    const answer = reach([record('probation', [mobile('**REDACTED**'), mobile('ask Jane')])]);
    expect(answer.withheld).toMatchObject([{ kind: 'phone', reason: 'unusable' }]);
    expect(JSON.stringify(answer)).not.toMatch(/REDACTED|Jane/);
  });
});

describe('P4: an address where a protected person lives is withheld', () => {
  it.each([
    ['sealed by the case', { protectedContacts: [sealed('address', '14 MILL LN AB12CD', 'victim')] }],
    ['of a child by the case', { protectedContacts: [sealed('address', HOME, 'child')] }],
    ['of a partner’s record', { otherRecords: [record('housing', [home()], { role: 'partner' })] }],
    [
      'of a victim’s matching details',
      {
        otherRecords: [
          record('housing', [], {
            role: 'victim',
            person: { addresses: [{ lines: ['14 Mill Ln'], postcode: 'ab12cd' }] },
          }),
        ],
      },
    ],
    [
      'named by one property number in two spellings',
      { otherRecords: [record('housing', [home('Mill House, AB1 2CD', { uprn: '00100012345' })], { role: 'victim' })] },
    ],
  ] as const)('%s', (_, more) => {
    const answer = reach([record('police', [home(HOME, { uprn: '100012345' })])], more);
    expect(answer.ranked).toEqual([]);
    expect(answer.withheld).toMatchObject([{ kind: 'address', reason: 'location-of-protected-person' }]);
    expect(JSON.stringify(answer)).not.toMatch(/mill|AB1/i);
  });

  it('even where he must notify it by law', () => {
    const notified = home(HOME, { basis: 'statutory-notification' });
    const answer = reach([record('police', [notified])], { protectedContacts: [sealed('address', HOME, 'victim')] });
    expect(answer.ranked).toEqual([]);
  });

  it('where his record leaves out the flat, or the protected person’s does', () => {
    const flat = 'Flat 2, 14 Mill Lane, AB1 2CD';
    const hers = (value: string) => ({ otherRecords: [record('housing', [home(value)], { role: 'victim' as const })] });
    expect(reach([record('police', [home(HOME)])], hers(flat)).ranked).toEqual([]);
    expect(reach([record('police', [home(flat)])], hers(HOME)).ranked).toEqual([]);
    expect(
      reach([record('police', [home(flat)])], { protectedContacts: [sealed('address', HOME, 'victim')] }).ranked,
    ).toEqual([]);
    expect(reach([record('police', [home('Flat 3, 14 Mill Lane, AB1 2CD')])], hers(flat)).ranked).toHaveLength(1);
  });

  it('under its second spelling too, where one record holds both', () => {
    const both = [home(HOME, { uprn: '1' }), home('Mill House, Mill Lane, AB1 2CD', { uprn: '1' })];
    const answer = reach([record('police', both)], { protectedContacts: [sealed('address', HOME, 'victim')] });
    expect(answer.ranked).toEqual([]);
  });
});

describe('a home that he shares', () => {
  it('stays when his mother lives there, flagged; her number does not', () => {
    const tenancy = record('housing', [home(), mobile('01632 960111', { recordedAs: 'unknown' })], {
      othersContacts: [sealed('address', HOME, 'mother'), sealed('phone', '01632 960111', 'mother')],
    });
    const answer = reach([tenancy]);
    expect(answer.ranked.map(({ kind, flags }) => ({ kind, flags }))).toEqual([
      { kind: 'address', flags: ['confirmed-recently', 'shared-with-others'] },
    ]);
    expect(answer.ranked[0]?.because).toContain('somebody else is recorded there too');
    expect(answer.withheld.map(({ kind }) => kind)).toEqual(['phone']);
  });

  it('is withheld where a record that nobody knows to be his holds it: it may be the victim’s', () => {
    const wife = record('housing', [home()], { role: 'tenant', recordId: 'housing:2' });
    expect(reach([record('housing', [home()])], { otherRecords: [wife] }).withheld).toMatchObject([
      { kind: 'address', reason: 'held-by-another-record' },
    ]);
  });

  it('stays when it is a hostel and another resident is in the answer, unless that one is protected', () => {
    const his = record('probation', [home(HOME, { recordedAs: 'hostel' })]);
    const [stays] = reach([his], { otherRecords: [record('housing', [home()])] }).ranked;
    expect(stays?.flags).toEqual(['confirmed-recently', 'shared-with-others', 'hostel']);
    expect(reach([his], { otherRecords: [record('housing', [home()], { role: 'victim' })] }).ranked).toEqual([]);
  });
});

describe('an address that he must notify by law', () => {
  const notified = home('Flat 2, 9 Weir Road, AB1 3EF', {
    basis: 'statutory-notification',
    lastConfirmed: '2026-02-10',
  });

  it('comes first, with its date, above everything that somebody wrote down', () => {
    const { ranked } = reach([
      record('probation', [mobile(HIS, { lastConfirmed: asOf, verified: true }), home(HOME, { verified: true })]),
      record('health', [mobile(HIS, { lastConfirmed: asOf, verified: true })]),
      record('police', [notified]),
    ]);
    expect(ranked[0]).toMatchObject({ kind: 'address', lastConfirmed: '2026-02-10' });
    expect(ranked[0]?.flags).toContain('statutory-notification');
    expect(ranked[0]?.because).toBe(
      'By law he must tell police where he lives (Domestic Abuse Act 2021 s.41), and he gave this address on 10 February 2026.',
    );
  });

  it('is replaced by a newer one', () => {
    const newer = home(HOME, { basis: 'statutory-notification', lastConfirmed: '2026-10-01' });
    const { ranked } = reach([record('police', [notified, newer])]);
    expect(ranked[0]?.lastConfirmed).toBe('2026-10-01');
    expect(ranked[1]?.because).toContain('he has since notified another address');
    expect(ranked[1]?.probability).toBeLessThan(0.1);
    expect(ranked[1]?.flags).not.toContain('statutory-notification');
  });

  it('is replaced even by one that is withheld: nobody is sent to where he no longer lives', () => {
    const newer = home(HOME, { basis: 'statutory-notification', lastConfirmed: '2026-10-01' });
    const { ranked } = reach([record('police', [notified, newer])], {
      protectedContacts: [sealed('address', HOME, 'victim')],
    });
    expect(ranked).toHaveLength(1);
    expect(ranked[0]?.probability).toBeLessThan(0.1);
  });

  it('does not come first while he is in custody', () => {
    const inside = record('probation', [], {
      whereabouts: { field: 'pro.custody', custody: { establishment: 'HMP Weir', since: '2026-10-01' } },
    });
    expect(reach([record('police', [notified]), inside]).ranked[0]?.probability).toBeLessThan(0.1);
  });
});

describe('where he is', () => {
  const custody = (more: object): Partial<SourceRecord> => ({
    whereabouts: { field: 'pro.custody', custody: { establishment: 'HMP Weir', since: '2026-05-03', ...more } },
  });

  it('in custody: no mobile is likely to work, no address is where he is, and both say so', () => {
    const { ranked, whereabouts } = reach([record('probation', [mobile(), home()], custody({}))]);
    for (const contact of ranked) {
      expect(contact.probability).toBeLessThan(0.1);
      expect(contact.flags).toContain('in-custody');
      expect(contact.because).toContain('he is in custody, so');
    }
    expect(whereabouts).toEqual({
      custody: { state: 'in-custody', establishment: 'HMP Weir', since: '2026-05-03', releaseConfirmed: false },
      noFixedAbode: false,
      sources: [{ recordId: 'probation:1', field: 'pro.custody' }],
      because: 'He has been in custody at HMP Weir since 3 May 2026, with no release date given.',
    });
  });

  it.each([
    [
      { releaseDate: '2026-12-04', releaseConfirmed: true },
      'in-custody',
      'is due out on 4 December 2026, which is confirmed',
    ],
    [{ releaseDate: '2026-12-04' }, 'in-custody', 'is due out on 4 December 2026, which is not yet confirmed'],
    [{ releaseDate: '2026-11-15' }, 'release-due', 'but nobody has confirmed that he was released'],
    [{ releaseDate: '2026-11-15', releaseConfirmed: true }, 'released', 'He was released on 15 November 2026.'],
  ])('with %j is %s', (more, state, sentence) => {
    const { whereabouts } = reach([record('probation', [], custody(more))]);
    expect(whereabouts?.custody?.state).toBe(state);
    expect(whereabouts?.because).toContain(sentence);
  });

  it('released last week: what was confirmed before is doubtful, what was confirmed since is not', () => {
    const before = mobile('07700 900222', { lastConfirmed: '2026-05-01' });
    const since = mobile(HIS, { lastConfirmed: '2026-11-18' });
    const free = reach([record('probation', [before, since])]).ranked;
    const { ranked } = reach([
      record('probation', [before, since], custody({ releaseDate: '2026-11-15', releaseConfirmed: true })),
    ]);
    expect(ranked[0]).toMatchObject({ value: '+447700900111', probability: free[0]?.probability });
    expect(ranked[1]?.probability).toBeLessThan((free[1]?.probability ?? 0) / 2);
    expect(ranked[1]?.flags).toContain('released-recently');
    expect(ranked[1]?.because).toContain('he was in custody until 15 November 2026 and nobody has confirmed it since');
  });

  it('released long ago, or a period yet to come: says nothing', () => {
    expect(
      reach([record('probation', [], custody({ releaseDate: '2026-06-01', releaseConfirmed: true }))]).whereabouts,
    ).toBeUndefined();
    expect(reach([record('probation', [], custody({ since: '2026-12-01' }))]).whereabouts).toBeUndefined();
  });

  it('no fixed abode: an older address is doubted, a later one and a hostel are not', () => {
    const homeless: Partial<SourceRecord> = {
      whereabouts: { field: 'pro.nfa', noFixedAbode: true },
      lastUpdated: '2026-10-01',
      recordId: 'probation:9',
    };
    const older = home(HOME, { lastConfirmed: '2026-09-01' });
    const newer = home('9 Weir Road, AB1 3EF', { lastConfirmed: '2026-11-01' });
    const { ranked, whereabouts } = reach([record('housing', [older, newer]), record('probation', [], homeless)]);
    expect(ranked.map(({ value }) => value)).toEqual(['9 Weir Road, AB1 3EF', HOME]);
    expect(ranked[1]?.probability).toBeLessThan(0.25);
    expect(ranked[0]?.because).not.toContain('no fixed abode');
    expect(whereabouts?.because).toBe('He is recorded as having no fixed abode.');
  });

  it('P4: a prison’s name carries no number or mailbox', () => {
    const { whereabouts } = reach([record('probation', [], custody({ establishment: 'HMP Weir 07700 900333' }))]);
    expect(JSON.stringify(whereabouts)).not.toContain('900333');
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
