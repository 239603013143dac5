import { DECOYS_KNOWN } from './cases/decoys.ts';
import { HARD_CASES, type Held } from './cases/hard-cases.ts';
import { truthOf, type Truth } from './judge/truth.ts';
import { Chance } from './people/chance.ts';
import { dayOf, isoOf } from './people/days.ts';
import { makeHousehold, type Household } from './people/household.ts';
import { at, nameAt, type Someone } from './people/people.ts';
import type { ContactEntry, PersonEntry, Question } from './registers/entries.ts';
import { addressLine, phoneForm, pncForms, postcodeForm } from './registers/handwriting.ts';
import { writeRecord, type Writing } from './registers/record.ts';
import { REGISTERS, type Register } from './registers/register.ts';
import type { World } from './registers/worlds.ts';

export interface Labelled {
  readonly question: Question;
  readonly truth: Truth;
}

/** Question number `index` of a world: the same whenever it is asked for. */
export function labelled(world: World, index: number): Labelled {
  const chance = new Chance(world.seed * 1_000_003 + index * 7_919);
  const today = dayOf('2026-01-05') + chance.between(0, 300);
  const house = makeHousehold(chance, world, today);
  const cases = chance.happens(world.hard) ? chance.shuffled(HARD_CASES).slice(0, world.hardEach) : [];
  for (const hard of cases) hard.people?.(house);
  const writing: Writing = { chance, world, today, everybody: house.everybody };
  const held = house.everybody.flatMap((person) => recordsOf(writing, house, person));
  for (const hard of cases) hard.records?.(house, held, writing);
  const protectedContacts = protectedOf(house, world);
  const planted: string[] = [];
  for (const decoy of chance
    .shuffled(DECOYS_KNOWN)
    .slice(0, Math.floor(world.decoys) + (chance.happens(world.decoys % 1) ? 1 : 0))) {
    if (decoy.plant({ house, held, protectedContacts, world })) planted.push(decoy.name);
  }
  const question: Question = {
    queryId: `${world.name}-${index}`,
    asOf: isoOf(today),
    subject: askedFor(writing, house.subject),
    ...(protectedContacts.length === 0 ? {} : { protectedContacts }),
    records: chance.shuffled(held).map(({ record }) => record),
  };
  return { question, truth: truthOf(house, held, question, { cases: cases.map(({ name }) => name), decoys: planted }) };
}

const ROLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  police: { subject: 'nominal', victim: 'victim', child: 'other' },
  housing: { subject: 'tenant', victim: 'tenant', child: 'householdMember' },
  health: {},
  childrens: { subject: 'parent', victim: 'parent', child: 'child', son: 'child' },
};

function roleOf({ chance, today }: Writing, house: Household, register: Register, person: Someone): string | undefined {
  if (register.agency === 'health') return chance.happens(0.7) ? 'patient' : undefined;
  if (register.agency === 'housing' && person === house.subject && chance.happens(0.3)) return 'householdMember';
  if (!chance.happens(0.85)) return undefined;
  const minor = person.born > today - 18 * 365;
  const plain =
    register.agency === 'childrens'
      ? minor
        ? 'child'
        : 'other'
      : register.agency === 'housing'
        ? 'tenant'
        : 'nominal';
  return ROLES[register.agency]?.[person.relation] ?? plain;
}

function recordsOf(writing: Writing, house: Household, person: Someone): Held[] {
  const { chance, world } = writing;
  return REGISTERS.flatMap((register) => {
    const { relation, known } = person;
    const share =
      relation === 'subject' || relation === 'victim' || relation === 'child'
        ? register.holds[relation]
        : known
          ? register.holds.known
          : register.holds.unknown;
    if (!chance.happens(share)) return [];
    const first = { record: writeRecord(writing, register, person, roleOf(writing, house, register, person)), person };
    const again = relation === 'subject' && chance.happens(world.duplicates / 4);
    if (!again) return [first];
    const second = { record: writeRecord(writing, register, person, first.record.role), person };
    if (chance.happens(0.7)) first.record.supersedes = [second.record.recordId];
    return [first, second];
  });
}

/** What a worker knows of him: mostly from the referral. */
function askedFor({ chance, world, today }: Writing, subject: Someone): PersonEntry {
  const name = nameAt(subject, today);
  const home = at(subject.homes, today - Math.round(chance.wait(120)));
  const number = at(subject.mobiles, today - Math.round(chance.wait(200)));
  const identifiers = [
    ...(chance.happens(0.4) ? [{ type: 'PNC', value: pncForms(chance, subject.pnc) }] : []),
    ...(chance.happens(0.25) ? [{ type: 'CRN', value: subject.crn }] : []),
    ...(chance.happens(0.15) ? [{ type: 'NHS', value: subject.nhs }] : []),
  ];
  return {
    names: [
      {
        given: name.given,
        ...(name.middle !== undefined && chance.happens(0.5) ? { middle: name.middle } : {}),
        family: name.family,
        type: 'current',
      },
    ],
    ...(chance.happens(0.97) ? { dateOfBirth: isoOf(subject.born) } : {}),
    ...(chance.happens(0.8) ? { sex: subject.sex } : {}),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(home !== undefined && chance.happens(0.7)
      ? { addresses: [{ lines: [...home.lines], postcode: postcodeForm(chance, world, home.postcode) }] }
      : {}),
    ...(number !== undefined && chance.happens(0.15) ? { phones: [phoneForm(chance, number)] } : {}),
  };
}

function protectedOf(
  { around: { chance, today }, victim }: Household,
  world: World,
): { kind: ContactEntry['kind']; value: string }[] {
  if (!chance.happens(0.7)) return [];
  const number = at(victim.mobiles, today);
  const mail = at(victim.emails, today);
  const home = at(victim.homes, today);
  return [
    ...(number !== undefined ? [{ kind: 'phone' as const, value: phoneForm(chance, number) }] : []),
    ...(mail !== undefined && chance.happens(0.4) ? [{ kind: 'email' as const, value: mail }] : []),
    ...(home !== undefined && chance.happens(0.4)
      ? [{ kind: 'address' as const, value: addressLine(chance, { ...world, postcodeTypo: 0 }, home) }]
      : []),
    ...(home?.landline !== undefined && chance.happens(0.3)
      ? [{ kind: 'phone' as const, value: phoneForm(chance, home.landline) }]
      : []),
  ];
}
