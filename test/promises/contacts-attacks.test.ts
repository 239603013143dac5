import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { resolveQuestionSchema } from '../../gateway/cli/resolve-question.ts';
import { resolveQuestion } from '../../gateway/cli/resolve.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import type { ContactKind, ContactPoint } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';

/**
 * P4 attacked by hand, through the same command that strangers score: each row says what a file holds, what must come of
 * it and why. Numbers lie in a block that nobody holds (test/population/phones.ts), since slips say nothing in the
 * crowded ranges for drama.
 */

const seal = makeSeal(new Uint8Array(32).fill(4));
const HIM: Person = {
  names: [{ given: 'Daniel', family: 'Marsh' }],
  dateOfBirth: '1988-03-14',
  sex: 'male',
  identifiers: [{ type: 'PNC', value: '2005/0123456R' }],
};
const JANE: Person = { names: [{ given: 'Jane', family: 'Lee' }], dateOfBirth: '1990-01-02', sex: 'female' };

interface File {
  readonly his?: readonly ContactPoint[];
  /** In a second agency's record of him. */
  readonly hisElsewhere?: readonly ContactPoint[];
  /** In the victim's own record. */
  readonly hers?: readonly ContactPoint[];
  readonly herDetails?: Partial<Person>;
  readonly herRecord?: { readonly restricted?: boolean; readonly role?: 'victim' | 'partner' | 'child' };
  /** Somebody else's record of whom no source says who it is. */
  readonly another?: { readonly person: Person; readonly contacts: readonly ContactPoint[]; readonly role?: 'other' };
  readonly further?: { readonly person: Person; readonly role: 'child' };
  readonly protectedContacts?: readonly { readonly kind: ContactKind; readonly value: string }[];
}

function ask({ his = [], hisElsewhere, hers, herDetails, herRecord, another, further, protectedContacts = [] }: File) {
  const lastUpdated = '2026-11-01';
  const base = { lastUpdated, contacts: [] };
  const question = resolveQuestionSchema.parse({
    queryId: 'attack',
    asOf: '2026-11-22',
    subject: HIM,
    protectedContacts,
    records: [
      { recordId: 'police:1', agency: 'police', system: 'records', person: HIM, contacts: his, lastUpdated },
      ...(hisElsewhere === undefined
        ? []
        : [
            {
              ...base,
              recordId: 'probation:1',
              agency: 'probation',
              system: 'delius',
              person: HIM,
              contacts: hisElsewhere,
            },
          ]),
      ...(hers === undefined && herDetails === undefined
        ? []
        : [
            {
              ...{ ...base, recordId: 'police:2', agency: 'police', system: 'records', role: 'victim' },
              ...{ person: { ...JANE, ...herDetails }, contacts: hers ?? [], ...herRecord },
            },
          ]),
      ...(another === undefined
        ? []
        : [{ ...base, recordId: 'health:9', agency: 'health', system: 'pds', ...another }]),
      ...(further === undefined
        ? []
        : [{ ...base, recordId: 'childrens:9', agency: 'childrens', system: 'lcs', ...further }]),
    ],
  });
  const answer = resolveQuestion(question, seal);
  expect(answer.subjectRecords).toContain('police:1');
  return answer;
}

const phone = (value: string, more: Partial<ContactPoint> = {}): ContactPoint => ({
  ...{ kind: 'phone', value, recordedAs: 'self', lastConfirmed: '2026-11-01' },
  ...more,
});
const mail = (value: string): ContactPoint => ({ kind: 'email', value, recordedAs: 'self' });
const home = (value: string, more: Partial<ContactPoint> = {}): ContactPoint => ({
  ...{ kind: 'address', value, recordedAs: 'self', lastConfirmed: '2026-11-01' },
  ...more,
});
const guarded = (kind: ContactKind, value: string): Pick<File, 'protectedContacts'> => ({
  protectedContacts: [{ kind, value }],
});

const NUMBER = '07612 839415';
const HOME = '14 Mill Lane, Rivertown, AB1 2CD';

type Row = readonly [what: string, file: File, why: string];

const WITHHELD: readonly Row[] = [
  // The protected number as somebody else wrote it, and as nobody can read it.
  ...[
    '00447612839415',
    '+44 (0) 7612 839415',
    '+44.7612.839415',
    '07612/839415',
    '０７６１２８３９４１５',
    'O7612 839415',
    '07612 839415 x12',
    '07612 839 415 Jane',
    '07612 839415 or 07612 999888',
  ].map((value): Row => [
    `her number protected as ${value}`,
    { his: [phone(NUMBER)], ...guarded('phone', value) },
    'one number in another notation',
  ]),
  ...[NUMBER.slice(0, -1), NUMBER.replace('2', ''), `${NUMBER}5`, `${NUMBER.slice(0, -1)}S`, 'O76I2 839415'].map(
    (value): Row => [
      `her number protected as ${value}`,
      { his: [phone(NUMBER)], ...guarded('phone', value) },
      'a digit left out, doubled or unreadable: it may be his file’s number, and nobody would know',
    ],
  ),
  ...['07612 893415', '07612 839416', NUMBER.replace('61', '16')].flatMap((value): Row[] => [
    [
      `her number protected as ${value}`,
      { his: [phone(NUMBER)], ...guarded('phone', value) },
      'the panel was told one digit wrong: his file has the right one',
    ],
    [
      `her record holding ${value}`,
      { his: [phone(NUMBER)], hers: [phone(value)] },
      'a slip in her record is as likely as one in the panel’s list',
    ],
    [
      `his record labelling ${value} as his partner’s`,
      { his: [phone(NUMBER), phone(value, { recordedAs: 'partner' })] },
      'one agency wrote her number down twice, once with a slip and without the label',
    ],
  ]),
  // Whose it is, said once and denied elsewhere.
  [
    'her record calling the number her work’s',
    { his: [phone(NUMBER)], hers: [phone(NUMBER, { recordedAs: 'work' })] },
    'she answers it, whatever it is called',
  ],
  [
    'her record being restricted',
    { his: [phone(NUMBER)], hers: [phone(NUMBER)], herRecord: { restricted: true } },
    'what may not be shown still marks',
  ],
  [
    'a partner’s number that another agency verified as his since',
    {
      his: [phone(NUMBER, { recordedAs: 'partner', lastConfirmed: '2024-01-01' })],
      hisElsewhere: [phone(NUMBER, { verified: true })],
    },
    'three that call it his do not outvote the one that calls it hers',
  ],
  [
    'his mother’s number, in whose home the victim may be',
    { his: [phone(NUMBER, { recordedAs: 'mother' })], hisElsewhere: [phone(NUMBER)] },
    'it is his mother’s',
  ],
  [
    'the works number of both',
    {
      his: [phone('01632 960111', { recordedAs: 'work' })],
      hers: [phone('01632 960111', { recordedAs: 'work' })],
    },
    'she may pick it up',
  ],
  [
    'his former number that is hers now',
    { his: [phone(NUMBER, { to: '2023-01-01', lastConfirmed: '2022-12-01' })], hers: [phone(NUMBER)] },
    'numbers are issued again, and this one reaches her',
  ],
  [
    'the number his record matches by, among hers',
    { his: [phone('01632 960111')], herDetails: { phones: ['01632 960111'] } },
    'a matching detail marks like a contact point',
  ],
  [
    'the landline of the home where she lives',
    { his: [home(HOME), phone('01632 960111')], ...guarded('address', HOME) },
    'it rings in her home',
  ],
  [
    'a number held by a record that is perhaps his and perhaps his son’s',
    {
      his: [phone(NUMBER)],
      another: { person: { names: HIM.names }, contacts: [phone(NUMBER)] },
      further: { person: { names: HIM.names, dateOfBirth: '2014-05-01' }, role: 'child' },
    },
    'the answer shows that such a son exists',
  ],
  [
    'a number held by a namesake of another birth date',
    {
      his: [phone(NUMBER)],
      another: { person: { names: HIM.names, dateOfBirth: '1961-09-30' }, contacts: [phone(NUMBER)] },
    },
    'it is another man’s record',
  ],
  // Mailboxes.
  ...[
    'JaneLee+kids@googlemail.com',
    'Jane Lee <jane.lee@gmail.com>',
    'jane.lee＠gmail.com',
    'jane.lee @ gmail.com',
    'jane.lee(at)gmail.com',
    'jane.lee@gmail,com',
    'jane.lee@gmail.com.',
  ].map((value): Row => [
    `her mailbox protected as ${value}`,
    { his: [mail('jane.lee@gmail.com')], ...guarded('email', value) },
    'one mailbox in another spelling',
  ]),
  ['a mailbox with her name', { his: [mail('jane.lee84@example.org')], hers: [] }, 'its name says whose it is'],
  ['a mailbox of both', { his: [mail('daniel.and.jane@example.org')], hers: [] }, 'she reads it too'],
  // Homes.
  ...[
    'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD',
    '14 MILL LN FLAT 2 ab12cd',
    'c/o Lee, Flat 2, 14 Mill Lane, AB1 2CD',
    '14 Mill Lane, Rivertown, AB1 2CD',
    'AB1 2CD',
    'Flat 2, 14 Mill Lane, Rivertown',
  ].map((value): Row => [
    `her home protected as ${value}`,
    { his: [home('Flat 2, 14 Mill Lane, Rivertown, AB1 2CD')], ...guarded('address', value) },
    'in another order, without its flat, or as far as it is known',
  ]),
  ...[
    '14 Mill Lane, Rivertown, AB1 2CE',
    '14 Mill Lane, Rivertown',
    'AB1 2CD',
    '41 Mill Lane, AB1 2CD',
    '14-16 Mill Lane, AB1 2CD',
    'Rose Cottage, Mill Lane, AB1 2CD',
    'Fourteen Mill Lane, AB1 2CD',
    'Mill Lane, Rivertown, AB1 2CD',
    '14 Mill Lane, Rivertown, AB1 2C',
  ].map((value): Row => [
    `her record holding the home as ${value}`,
    { his: [home(HOME)], hers: [home(value)] },
    'a slip away, or not known well enough to be another',
  ]),
  [
    'a refuge that only the other resident’s record calls a hostel',
    {
      his: [home(HOME)],
      another: {
        person: { names: [{ given: 'Mary', family: 'Poole' }] },
        contacts: [home(HOME, { recordedAs: 'hostel' })],
      },
    },
    'he has found where she is, and his file calls it his',
  ],
];

const SHOWN: readonly Row[] = [
  ['a number far from hers', { his: [phone(NUMBER)], ...guarded('phone', '07612 214807') }, 'nothing marks it'],
  [
    'a number one slip from hers that an agency rang while he stood there',
    { his: [phone(NUMBER, { verified: true })], ...guarded('phone', '07612 839416') },
    'couples buy neighbouring numbers, and this one is known to be his',
  ],
  [
    'a number one slip from hers among many that stand close together',
    {
      his: [phone(NUMBER), phone('07612 839200'), phone('07612 839777')],
      ...guarded('phone', '07612 839416'),
    },
    'in a crowd a near miss is chance',
  ],
  [
    'a number that a second file of his, without birth date, holds too',
    { his: [phone(NUMBER)], another: { person: { names: HIM.names }, contacts: [phone(NUMBER)] } },
    'nothing says that the file is anybody else’s',
  ],
  [
    'the flat beside hers',
    { his: [home('Flat 3, 14 Mill Lane, AB1 2CD')], hers: [home('Flat 2, 14 Mill Lane, AB1 2CD')] },
    'another home',
  ],
  [
    'the house beside hers',
    { his: [home('16 Mill Lane, AB1 2CD')], hers: [home('14 Mill Lane, AB1 2CD')] },
    'another home',
  ],
  [
    'the same door in another street',
    { his: [home('14 High Street, Rivertown, AB1 9ZZ')], hers: [home(HOME)] },
    'another home',
  ],
  ['his own name in the mailbox', { his: [mail('daniel.marsh@example.org')], hers: [] }, 'nothing marks it'],
  [
    'his name in the mailbox, and a child’s who is called like him',
    { his: [mail('daniel.marsh@example.org')], herDetails: { names: HIM.names ?? [] }, herRecord: { role: 'child' } },
    'a name of his own says nothing',
  ],
  [
    'a landline that he had only after he left her home',
    {
      his: [home(HOME, { to: '2024-01-01' }), phone('01632 960111', { from: '2025-03-01' })],
      ...guarded('address', HOME),
    },
    'it rings where he went',
  ],
];

const kindsAsked = ({ his = [], hisElsewhere = [] }: File): ReadonlySet<ContactKind> =>
  new Set([...his, ...hisElsewhere].map(({ kind }) => kind));

describe('P4: whatever leaves a trace of being another’s is not given as his', () => {
  it.each(WITHHELD)('P4: %s', (_, file) => {
    const { contacts, withheldContacts } = ask(file);
    expect(contacts).toEqual([]);
    expect(new Set(withheldContacts.map(({ kind }) => kind))).toEqual(kindsAsked(file));
  });

  it('P4: a slip of any digit anywhere in what the panel was told is caught', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), (at, by) => {
        const digits = Array.from('7612839415');
        const slipped = digits
          .map((digit, index) => (index === at ? String((Number(digit) + by) % 10) : digit))
          .join('');
        const { contacts } = ask({ his: [phone(NUMBER)], ...guarded('phone', `0${slipped}`) });
        expect(contacts).toEqual([]);
      }),
      { seed: 11, numRuns: 60 },
    );
  });

  it('P4: the reason is that of the value itself, so nothing tells a near miss from a hit', () => {
    const [hit, miss] = [NUMBER, '07612 839416'].map((value) => {
      const { contacts, withheldContacts } = ask({ his: [phone(NUMBER)], ...guarded('phone', value) });
      return { contacts, withheldContacts };
    });
    expect(hit?.withheldContacts).toHaveLength(1);
    expect(hit).toEqual(miss);
  });
});

describe('what leaves no such trace is given: an answer that never comes can kill as well', () => {
  it.each(SHOWN)('%s', (_, file) => {
    const { contacts } = ask(file);
    expect(new Set(contacts.map(({ kind }) => kind)).size).toBeGreaterThan(0);
    const [wanted] = [...(file.his ?? [])].reverse();
    expect(contacts.map(({ kind }) => kind)).toContain(wanted?.kind);
  });

  it('one of two numbers in a box is given as of unknown owner: nobody knows which of them the label meant', () => {
    const { contacts } = ask({ his: [phone(`${NUMBER} / 07612 214807`)], ...guarded('phone', '07612 214807') });
    expect(contacts).toMatchObject([{ value: '+447612839415' }]);
    expect(contacts[0]?.flags).toContain('whose-unknown');
  });
});
