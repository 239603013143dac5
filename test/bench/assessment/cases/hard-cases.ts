import { homeNow, makeHome, namesake, otherGiven, relative, type Household } from '../people/household.ts';
import { isoOf } from '../people/days.ts';
import { makePerson, nameAt, pickOrigin, type Someone } from '../people/people.ts';
import { nextDoor } from '../people/places.ts';
import type { RecordEntry } from '../registers/entries.ts';
import { nameEntry, pncForms } from '../registers/handwriting.ts';
import { writeRecord, type Writing } from '../registers/record.ts';
import { REGISTERS } from '../registers/register.ts';

/** What makes one person look like another, one function each: people first, records when these are written. */

export interface Held {
  record: RecordEntry;
  person: Someone;
}
export interface HardCase {
  readonly name: string;
  readonly people?: (house: Household) => void;
  readonly records?: (house: Household, held: Held[], writing: Writing) => void;
}

const YEAR = 365.25;
const registerOf = (system: string) => {
  const found = REGISTERS.find((one) => one.system === system);
  if (found === undefined) throw new RangeError(system);
  return found;
};
const replaceSubject = (house: Household, change: Partial<Someone>): void => void Object.assign(house.subject, change);
const brotherOf = (house: Household): Someone =>
  house.everybody.find(({ relation }) => relation === 'brother' || relation === 'twin') ??
  relative(house, 'brother', {
    born: house.subject.born + Math.round(2.2 * YEAR),
    given: otherGiven(house, 'male'),
    known: true,
    together: true,
  });
const half = (house: Household, held: Held[]): Held[] =>
  held.filter(({ person }) => person === house.subject && house.around.chance.happens(0.5));

export const HARD_CASES: readonly HardCase[] = [
  {
    name: 'twins',
    people: (house) =>
      void relative(house, 'twin', {
        born: house.subject.born,
        sex: house.subject.sex,
        given: otherGiven(house),
        known: true,
        together: house.around.chance.happens(0.6),
      }),
  },
  {
    name: 'twins-of-like-names',
    people: (house) => {
      const { given } = nameAt(house.subject, house.around.today);
      const alike = given.length > 3 ? `${given.slice(0, 2)}${given.slice(3)}` : `${given}y`;
      relative(house, 'twin', {
        born: house.subject.born,
        sex: house.subject.sex,
        given: house.around.chance.happens(0.5) ? alike : `${given.slice(0, -1)}o`,
        known: true,
        together: true,
      });
    },
  },
  {
    name: 'father-and-son',
    people: (house) => {
      const { given, middle } = nameAt(house.subject, house.around.today);
      relative(house, 'father', {
        born: house.subject.born - Math.round((18 + house.around.chance.next() * 15) * YEAR),
        sex: house.subject.sex,
        given,
        ...(middle === undefined ? {} : { middle }),
        known: house.around.chance.happens(0.6),
        together: house.around.chance.happens(0.7),
      });
    },
  },
  {
    name: 'son-named-after-him',
    people: (house) => {
      const { given } = nameAt(house.subject, house.around.today);
      const son = relative(house, 'son', {
        born: Math.min(house.subject.born + Math.round(19 * YEAR), house.around.today - 800),
        sex: house.subject.sex,
        given,
        known: false,
      });
      son.homes = house.victim.homes;
    },
  },
  {
    name: 'brother-at-one-address',
    people: (house) => {
      const { given } = nameAt(house.subject, house.around.today);
      const like = (house.subject.sex === 'male' ? house.origin.male : house.origin.female).find(
        (one) => one !== given && one.startsWith(given.charAt(0)),
      );
      relative(house, 'brother', {
        born:
          house.subject.born +
          Math.round(house.around.chance.pick([-1, 1]) * (0.9 + house.around.chance.next() * 2) * YEAR),
        sex: house.subject.sex,
        given: like ?? otherGiven(house),
        known: true,
        together: true,
      });
    },
  },
  {
    name: 'cousin-of-his-name-at-one-address',
    people: (house) => void namesake(house, { together: true, relation: 'cousin' }),
  },
  { name: 'namesake', people: (house) => void namesake(house, {}) },
  { name: 'namesake-born-the-same-day', people: (house) => void namesake(house, { sameBirth: true }) },
  {
    name: 'spouse-of-his-surname',
    people: (house) => {
      const { family } = nameAt(house.subject, house.around.today);
      Object.assign(house.victim, {
        names: house.victim.names.map((spell) => ({ ...spell, value: { ...spell.value, family } })),
        homes: house.subject.homes,
      });
    },
  },
  {
    name: 'alias',
    people: (house) => {
      const { chance, today } = house.around;
      const name = nameAt(house.subject, today);
      replaceSubject(house, {
        aliases: [
          {
            given: otherGiven(house),
            middle: undefined,
            family: chance.happens(0.5) ? name.family : chance.pick(house.origin.family),
          },
        ],
        aliasBorn: house.subject.born + chance.between(-900, 900),
      });
    },
  },
  {
    name: 'name-changed',
    people: (house) => {
      const { chance, today } = house.around;
      const name = nameAt(house.subject, today);
      const changed = today - chance.between(100, 1500);
      replaceSubject(house, {
        names: [
          { value: name, from: house.subject.born, to: changed },
          {
            value: {
              ...name,
              given: chance.happens(0.5) ? name.given : otherGiven(house),
              family: chance.pick(pickOrigin(chance).family),
            },
            from: changed,
            to: undefined,
          },
        ],
      });
    },
  },
  {
    name: 'hostel',
    people: (house) => {
      const { around, subject } = house;
      const hostel = makeHome(around.chance, around.town, around.exchange, 'hostel');
      const since = around.today - around.chance.between(20, 300);
      subject.homes = [
        ...subject.homes.map((spell) => (spell.to === undefined ? { ...spell, to: since } : spell)),
        { value: hostel, from: since, to: undefined },
      ];
      for (let count = 0; count < 6; count += 1) {
        const origin = around.chance.happens(0.5) ? house.origin : pickOrigin(around.chance);
        const mate = makePerson(
          around,
          {
            relation: 'hostel-mate',
            origin,
            sex: 'male',
            born: subject.born + around.chance.between(-4000, 4000),
            family: around.chance.pickCommon(origin.family),
            known: true,
          },
          [{ value: hostel, from: since, to: undefined }],
        );
        house.everybody.push(mate);
      }
    },
  },
  {
    name: 'same-house-other-flat',
    people: (house) => {
      const home = homeNow(house.subject, house.around.today);
      const other = namesake(house, {});
      if (home !== undefined)
        other.homes = [{ value: nextDoor(house.around.chance, home), from: house.around.today - 900, to: undefined }];
    },
  },
  {
    name: 'no-fixed-abode',
    records: (house, held) => {
      for (const { record } of half(house, held)) {
        record.person.addresses = [
          { lines: ['NO FIXED ABODE'], postcode: house.around.chance.pick(['ZZ99 3VZ', 'NF1 1NF', 'NF1 1FA']) },
        ];
        record.contacts = record.contacts.filter(({ kind }) => kind !== 'address');
      }
    },
  },
  {
    name: 'placeholder-birth-dates',
    records: (house, held) => {
      for (const { record } of half(house, held))
        record.person.dateOfBirth = house.around.chance.pick(['1900-01-01', '1970-01-01', '1901-01-01']);
    },
  },
  {
    name: 'day-and-month-swapped',
    records: (house, held) => {
      const [year = '', month = '', day = ''] = isoOf(house.subject.born).split('-');
      if (Number(day) <= 12)
        for (const { record } of half(house, held)) record.person.dateOfBirth = `${year}-${day}-${month}`;
    },
  },
  {
    name: 'masked',
    records: (_house, held) => {
      for (const { record } of held.filter(({ record }) => record.agency === 'probation')) {
        record.person.identifiers =
          record.person.identifiers?.map((one) => (one.type === 'PNC' ? { ...one, value: '**REDACTED**' } : one)) ?? [];
        record.contacts = record.contacts.map((one) =>
          one.kind === 'phone' ? { ...one, value: '**REDACTED**' } : one,
        );
        delete record.person.phones;
      }
    },
  },
  {
    name: 'restricted',
    records: (_house, held) => {
      for (const { record } of held.filter(({ record }) => record.agency === 'health')) {
        record.restricted = true;
        record.contacts = [];
        delete record.person.addresses;
        delete record.person.phones;
        delete record.person.emails;
      }
    },
  },
  {
    name: 'superseded',
    records: (house, held, writing) => {
      const first = held.find(({ person }) => person === house.subject);
      if (first === undefined) return;
      const older = writeRecord(writing, registerOf(first.record.system), house.subject, first.record.role);
      first.record.supersedes = [older.recordId];
      held.push({ record: older, person: house.subject });
    },
  },
  {
    name: 'number-of-his-brother-typed',
    records: (house, held) => {
      const brother = brotherOf(house);
      const his = held.find(
        ({ person, record }) =>
          person === house.subject && record.person.identifiers?.some(({ type }) => type === 'PNC'),
      );
      if (his === undefined) return;
      his.record.person.identifiers =
        his.record.person.identifiers?.map((one) =>
          one.type === 'PNC' ? { type: 'PNC', value: pncForms(house.around.chance, brother.pnc) } : one,
        ) ?? [];
    },
    people: (house) => void brotherOf(house),
  },
  {
    name: 'brother-gave-his-name',
    people: (house) => void brotherOf(house),
    records: (house, held, writing) => {
      const brother = brotherOf(house);
      const record = writeRecord(
        { ...writing, world: { ...writing.world, numberMissing: 0 } },
        registerOf('custody'),
        brother,
        'nominal',
      );
      record.person.names = [
        nameEntry(
          house.around.chance,
          writing.world,
          registerOf('custody'),
          nameAt(house.subject, house.around.today),
          house.subject.sex,
        ),
      ];
      record.person.dateOfBirth = isoOf(house.subject.born);
      record.person.identifiers = [
        { type: 'PNC', value: brother.pnc },
        { type: 'CRO', value: brother.cro },
      ];
      held.push({ record, person: brother });
    },
  },
  {
    name: 'health-numbers-of-twins-swapped',
    people: (house) =>
      void relative(house, 'twin', {
        born: house.subject.born,
        sex: house.subject.sex,
        given: otherGiven(house),
        known: true,
        together: true,
      }),
    records: (house, held) => {
      const twin = house.everybody.findLast(({ relation }) => relation === 'twin');
      if (twin === undefined) return;
      for (const { record, person } of held) {
        if (record.agency !== 'health' || (person !== twin && person !== house.subject)) continue;
        record.person.identifiers = [{ type: 'NHS', value: person === twin ? house.subject.nhs : twin.nhs }];
      }
    },
  },
  {
    name: 'victim-as-nominal',
    records: (house, held, writing) => {
      held.push({
        record: writeRecord(
          writing,
          registerOf('records'),
          house.victim,
          house.around.chance.happens(0.5) ? 'nominal' : undefined,
        ),
        person: house.victim,
      });
    },
  },
  {
    name: 'child-with-his-name-and-birth-date',
    people: (house) => {
      const { given } = nameAt(house.subject, house.around.today);
      const child = relative(house, 'child', { born: house.around.today - 3000, sex: house.subject.sex, given });
      child.homes = house.victim.homes;
    },
    records: (house, held) => {
      const { given } = nameAt(house.subject, house.around.today);
      for (const { record, person } of held)
        if (
          person.relation === 'child' &&
          nameAt(person, house.around.today).given === given &&
          record.agency === 'childrens'
        ) {
          record.person.dateOfBirth = isoOf(house.subject.born);
          record.role = 'child';
        }
    },
  },
];
