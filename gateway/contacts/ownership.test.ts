import { describe, expect, it } from '@jest/globals';
import { HIS, HOME, home, mobile, reach, record, sealed } from './reach-by-hand.ts';

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
