import type { Person } from '../../../schemas/person.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { daysBefore } from '../calendar.ts';
import type { World } from '../drafts.ts';
import type { ClearContact, Question } from '../questions.ts';
import type { Random } from '../random.ts';
import { oneLine } from '../places.ts';
import type { Circle } from './circle.ts';
import { drawLife, homeOn, mobileOn, type Life, type Who } from './lives.ts';
import { AGENCIES, HABITS, HARDER, type Agency } from './question-rates.ts';
import { writeRecord } from './registers.ts';
import { reachTruth } from './reaches.ts';
import { hardCasesOf } from './hard-cases.ts';

/** What the agencies return for a search after the subject, and what the practitioner knew beforehand. */

interface Written {
  readonly life: Life;
  readonly record: SourceRecord;
}

/** How often an agency knows somebody around him and returns them too. Estimates. */
const OTHERS_KNOWN: Readonly<Record<Exclude<Who, 'himself'>, Partial<Record<Agency, number>>>> = {
  victim: { police: 0.85, housing: 0.35, health: 0.7, childrens: 0.3 },
  partner: { police: 0.2, housing: 0.3, health: 0.5 },
  wife: {},
  child: { health: 0.6, childrens: 0.5 },
  mother: { housing: 0.25, health: 0.5 },
  father: { police: 0.25, housing: 0.35, health: 0.8, courts: 0.1 },
  brother: { police: 0.45, probation: 0.15, prison: 0.1, courts: 0.15, housing: 0.25, health: 0.7 },
  sister: { housing: 0.2, health: 0.5 },
  twin: { police: 0.6, probation: 0.25, prison: 0.1, courts: 0.2, housing: 0.35, health: 0.95 },
  namesake: { police: 0.4, probation: 0.15, prison: 0.08, courts: 0.15, housing: 0.25, health: 0.9, childrens: 0.05 },
  neighbour: {},
  friend: {},
  stranger: { health: 1 },
};

export function answerOf(
  world: World,
  random: Random,
  circle: Circle,
  recordsAtLeast: number,
): Omit<Question, 'queryId' | 'asOf'> {
  const { him, others, asOf } = circle;
  const counter = { n: 100 };
  const write = (life: Life, agency: Agency): Written[] => {
    const record = writeRecord(world, random, circle, life, agency, `${agency}:${(counter.n += 1)}`);
    return record === undefined ? [] : [{ life, record }];
  };
  const knows = AGENCIES.filter((agency) => random.chance(knowsHim(circle, agency)));
  const his = knows.flatMap((agency) => write(him, agency));
  const second = circle.cases.has('two-records-of-one-system') && knows.includes('police') ? write(him, 'police') : [];
  const merged = random.chance(0.5);
  const alone = namesakeAlone(circle, random, knows);
  const theirs = others.flatMap((life) => {
    const known = life.who === 'himself' ? {} : OTHERS_KNOWN[life.who];
    if (life === alone?.life) return write(life, alone.agency);
    return AGENCIES.filter((agency) => random.chance(known[agency] ?? 0)).flatMap((agency) => write(life, agency));
  });
  const written = [...his, ...(merged ? joined(his, second) : second), ...theirs];
  while (written.length < recordsAtLeast) {
    const { origin, name, sex } = him.person;
    const dateOfBirth = daysBefore(asOf, random.between(18 * 365, 70 * 365));
    const wish = { who: 'stranger' as const, origin, sex: sex === 'female' ? ('female' as const) : ('male' as const) };
    const stranger = drawLife(world, random, asOf, { ...wish, dateOfBirth, family: name.family });
    written.push(...AGENCIES.filter(() => random.chance(0.4)).flatMap((agency) => write(stranger, agency)));
  }
  const protectedContacts = protectedOf(random, circle);
  const records = withMergers(written, his, merged ? second : []).sort(() => random.fraction() - 0.5);
  const reach = reachTruth(
    random,
    circle,
    his.concat(second).map(({ record }) => record),
  );
  const idsOf = (list: readonly Written[]): readonly string[] => list.map(({ record }) => record.recordId);
  const relationOf = new Map(written.map(({ life, record }) => [record.recordId, life.who]));
  return {
    subject: subjectOf(random, circle),
    protectedContacts,
    records,
    attempts: reach.attempts,
    truth: {
      his: idsOf(merged ? [...his, ...second] : his),
      secondInSystem: merged ? [] : idsOf(second),
      relationOf,
      nameOrigin: circle.origin,
      hardCases: hardCasesOf(
        circle,
        his.map(({ record }) => record),
        reach.contacts,
      ),
      contacts: reach.contacts,
    },
  };
}

const joined = (his: readonly Written[], second: readonly Written[]): readonly Written[] =>
  his.length === 0 ? [] : second;

/**
 * The cruellest namesake: born on his day, and known to one agency alone, which does not know him. Nothing in the
 * answer says that there are two.
 */
function namesakeAlone(
  { harder, him, others }: Circle,
  random: Random,
  knows: readonly Agency[],
): { readonly life: Life; readonly agency: Agency } | undefined {
  const life = others.find(({ who, dateOfBirth }) => who === 'namesake' && dateOfBirth === him.dateOfBirth);
  const free = AGENCIES.filter((agency) => !knows.includes(agency));
  if (!harder || life === undefined || free.length === 0 || !random.chance(HARDER.plantedAlone)) return undefined;
  return { life, agency: random.pick(free) };
}

/** Police have merged the two themselves: the newer record says which it replaces. */
function withMergers(written: readonly Written[], his: readonly Written[], second: readonly Written[]): SourceRecord[] {
  const kept = his.find(({ record }) => record.agency === 'police')?.record.recordId;
  const replaced = second.map(({ record }) => record.recordId);
  return written.map(({ record }) =>
    record.recordId === kept && replaced.length > 0 ? { ...record, supersedes: replaced } : record,
  );
}

function knowsHim({ cases, custodySince }: Circle, agency: Agency): number {
  if (agency === 'prison' && custodySince !== undefined) return 0.95;
  if (agency === 'probation' && custodySince !== undefined) return 0.8;
  if (agency === 'police' && (cases.has('two-records-of-one-system') || cases.has('dapo-notified-address'))) return 1;
  return HABITS[agency].knows;
}

/** What a referral to the panel says of him: mostly right, seldom all. */
function subjectOf(random: Random, { him, asOf }: Circle): Person {
  const { person, otherName } = him;
  const { given, middle, family } = person.name;
  const uses = otherName !== undefined && random.chance(0.25) ? otherName : { given, family };
  const name = { given: uses.given, family: uses.family, type: 'current' as const };
  const alias =
    otherName !== undefined && random.chance(0.6) ? [uses === otherName ? { given, family } : otherName] : [];
  const known = daysBefore(asOf, random.between(30, 700));
  const homes = [homeOn(him, known), ...(random.chance(0.4) ? [homeOn(him, daysBefore(known, 500))] : [])];
  const addresses = (random.chance(0.85) ? homes : []).flatMap((home) =>
    home === undefined ? [] : [{ lines: [...home.dwelling.lines], postcode: home.dwelling.postcode }],
  );
  const line = random.chance(0.5) ? mobileOn(him, known) : undefined;
  const identifiers = [
    ...(random.chance(0.65) ? [{ type: 'PNC' as const, value: him.pnc }] : []),
    ...(random.chance(0.3) ? [{ type: 'NHS' as const, value: him.nhsNumber }] : []),
    ...(random.chance(0.25) ? [{ type: 'CRN' as const, value: him.crn }] : []),
  ];
  const date = him.otherBirthDate !== undefined && random.chance(0.25) ? him.otherBirthDate : him.dateOfBirth;
  return {
    names: [
      { ...name, ...(middle !== undefined && random.chance(0.6) ? { middle } : {}) },
      ...alias.map((each) => ({ given: each.given, family: each.family, type: 'alias' as const })),
    ],
    ...(random.chance(0.97) ? { dateOfBirth: date } : {}),
    sex: person.sex,
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(line === undefined ? {} : { phones: [line.number] }),
  };
}

/** What the victim's adviser has told the panel of where she and her children can be reached. */
function protectedOf(random: Random, { victim, asOf }: Circle): ClearContact[] {
  const line = mobileOn(victim, asOf);
  const home = homeOn(victim, asOf);
  const former = victim.mobiles.filter(({ to }) => to !== undefined && to > daysBefore(asOf, 900));
  return [
    ...(line !== undefined && random.chance(0.85) ? [{ kind: 'phone' as const, value: line.number }] : []),
    ...former.filter(() => random.chance(0.4)).map(({ number }) => ({ kind: 'phone' as const, value: number })),
    ...(home !== undefined && random.chance(0.8) ? [{ kind: 'address' as const, value: oneLine(home.dwelling) }] : []),
    ...(victim.email !== undefined && random.chance(0.4) ? [{ kind: 'email' as const, value: victim.email }] : []),
  ];
}
