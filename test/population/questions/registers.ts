import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Address, Identifier, Person, PersonName } from '../../../schemas/person.ts';
import type { RecordRole, SourceRecord } from '../../../schemas/source-record.ts';
import { daysBefore } from '../calendar.ts';
import { mistyped, mistypedPnc, slippedBirthDate, slippedName } from '../corruption.ts';
import type { World } from '../drafts.ts';
import type { Dwelling } from '../places.ts';
import type { Random } from '../random.ts';
import { PUBLISHED, slipRate } from '../rates.ts';
import { PLACEHOLDER_BIRTH_DATES } from '../register-entry.ts';
import type { HeldName } from '../types.ts';
import type { Circle } from './circle.ts';
import { PLACEHOLDER_PHONES, writtenAddress, writtenPhone } from './handwriting.ts';
import { mobileOn, type Life } from './lives.ts';
import { nameHeard, withPostcodeHeard } from './hearsay.ts';
import { BIRTH_DATES, HABITS, HEARSAY, NAMES, type Agency, type Habits } from './question-rates.ts';
import { learn, type Learned, type Noted } from './visits.ts';

/** Everything that decides how one agency writes one person down. */
interface Writing {
  readonly world: World;
  readonly random: Random;
  readonly circle: Circle;
  readonly life: Life;
  readonly agency: Agency;
  readonly habits: Habits;
  readonly learned: Learned;
}

/**
 * One agency's record of one person, with the slips of that agency's clerks. Undefined where it never met them.
 * Record ids are `agency:n` and say nothing of who it is.
 */
export function writeRecord(
  world: World,
  random: Random,
  circle: Circle,
  life: Life,
  agency: Agency,
  recordId: string,
): SourceRecord | undefined {
  const habits = HABITS[agency];
  const seen = learn(random, circle, life, habits);
  if (seen === undefined) return undefined;
  const hearsay = circle.harder && HEARSAY.has(agency);
  const learned = hearsay ? { ...seen, homes: seen.homes.map((home) => withPostcodeHeard(random, home)) } : seen;
  const writing: Writing = { world, random, circle, life, agency, habits, learned };
  const contacts = contactsOf(writing);
  const role = random.chance(0.85) ? roleOf(writing) : undefined;
  const whereabouts = whereaboutsOf(writing);
  return {
    recordId,
    agency,
    system: habits.system,
    ...(role === undefined ? {} : { role }),
    person: personOf(writing, contacts),
    contacts,
    ...(whereabouts === undefined ? {} : { whereabouts }),
    ...(random.chance(0.9) ? { lastUpdated: touchedOn(writing, contacts) } : {}),
  };
}

function roleOf({ agency, life, random }: Writing): RecordRole {
  if (agency === 'housing') return life.who === 'child' || random.chance(0.15) ? 'householdMember' : 'tenant';
  if (agency === 'health') return 'patient';
  if (agency === 'childrens') return life.who === 'child' ? 'child' : 'parent';
  return agency === 'police' && life.who === 'victim' ? 'victim' : 'nominal';
}

/** The last change of the record for whatever reason: rent, a prescription, a hearing. */
function touchedOn({ circle, random, habits, learned }: Writing, contacts: readonly ContactPoint[]): IsoDate {
  const touched = daysBefore(circle.asOf, random.between(1, habits.touchedWithin));
  const dates = [learned.lastVisit, touched, ...contacts.map(({ lastConfirmed }) => lastConfirmed ?? '')];
  return dates.reduce((a, b) => (a > b ? a : b));
}

function personOf(writing: Writing, contacts: readonly ContactPoint[]): Person {
  const { life, random, learned } = writing;
  const own = contacts.filter(({ recordedAs }) => recordedAs === 'self');
  const phones = own.filter(({ kind }) => kind === 'phone').map(({ value }) => value.slice(0, 40));
  const emails = own.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  const dateOfBirth = writtenDate(writing);
  const identifiers = identifiersOf(writing);
  const addresses = learned.homes.map((home) => matchingAddress(writing, home));
  return {
    names: [...namesOf(writing)],
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(random.chance(0.97) ? { sex: life.person.sex } : {}),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(phones.length === 0 ? {} : { phones }),
    ...(emails.length === 0 ? {} : { emails }),
  };
}

function namesOf({ circle, life, random, agency, habits }: Writing): readonly PersonName[] {
  const { person, otherName } = life;
  const given = otherName !== undefined && random.chance(0.5) ? otherName : person.name;
  const written = random.chance(NAMES.slip) ? slippedName(random, { ...person, name: given }).name : given;
  const middle = random.chance(habits.middle) ? writtenMiddle(random, person.name.middle) : undefined;
  const hearsay = circle.harder && HEARSAY.has(agency);
  const { given: first, family } = hearsay ? nameHeard(random, person, written) : written;
  const current = { given: first, ...(middle === undefined ? {} : { middle }), family, type: 'current' as const };
  // Police and probation keep the other name as an alias; the rest hear of one.
  const keepsAlias = agency === 'police' || agency === 'probation' || agency === 'prison';
  const unused = given === person.name ? otherName : person.name;
  const alias =
    otherName !== undefined && unused !== undefined && random.chance(keepsAlias ? 0.7 : 0.1) ? [unused] : [];
  const inOne = random.chance(0.04) ? [{ full: fullOf(current), type: 'current' as const }] : [current];
  return [...inOne, ...alias.map((name) => ({ given: name.given, family: name.family, type: 'alias' as const }))];
}

const fullOf = ({ given, middle, family }: { given: string; middle?: string; family: string }): string =>
  [given, middle, family].filter((part) => part !== undefined).join(' ');

function writtenMiddle(random: Random, middle: HeldName['middle']): string | undefined {
  if (middle === undefined || !random.chance(slipRate(PUBLISHED.middleExact))) return middle;
  return random.chance(0.5) ? middle.charAt(0) : mistyped(random, middle);
}

function writtenDate({ life, random, habits }: Writing): string | undefined {
  if (random.chance(habits.placeholderBirthDate)) return random.pick(PLACEHOLDER_BIRTH_DATES);
  if (random.chance(habits.placeholderBirthDate * 2)) return undefined;
  const { otherBirthDate, dateOfBirth } = life;
  const given = otherBirthDate !== undefined && random.chance(0.5) ? otherBirthDate : dateOfBirth;
  return random.chance(BIRTH_DATES.slip) ? slippedBirthDate(random, given).date : given;
}

/** Which identifiers an agency keeps, and how often. Estimates; the errors in them are published (rates.ts). */
const KEEPS: Readonly<Record<Agency, readonly (readonly [Identifier['type'], number])[]>> = {
  police: [
    ['PNC', 0.95],
    ['CRO', 0.8],
  ],
  probation: [
    ['CRN', 1],
    ['PNC', 0.9],
    ['CRO', 0.6],
    ['NOMS', 0.4],
  ],
  prison: [
    ['NOMS', 1],
    ['PNC', 0.92],
    ['CRO', 0.5],
  ],
  courts: [
    ['PNC', 0.8],
    ['CRO', 0.4],
  ],
  housing: [],
  health: [['NHS', 1]],
  childrens: [['NHS', 0.3]],
};

/** Criminal identifiers belong to those who were arrested. */
const ARRESTED: ReadonlySet<Life['who']> = new Set(['himself', 'namesake', 'brother', 'twin', 'father']);

function identifiersOf(writing: Writing): Identifier[] {
  const { agency, life, random, world } = writing;
  return KEEPS[agency].flatMap(([type, share]): Identifier[] => {
    if (!random.chance(share)) return [];
    if (type === 'NHS') return [{ type, value: life.nhsNumber }];
    if (type === 'CRN') return [{ type, value: life.crn }];
    if (!ARRESTED.has(life.who)) return [];
    if (type === 'NOMS') return [{ type, value: life.noms }];
    if (type === 'CRO') return life.cro === undefined ? [] : [{ type, value: life.cro }];
    return [{ type, value: agency === 'police' ? life.pnc : writtenPnc(world, random, life.pnc) }];
  });
}

function writtenPnc(world: World, random: Random, pnc: string): string {
  const slip = slipRate(PUBLISHED.identifierAgrees - PUBLISHED.identifierCoreOnly);
  const held = random.chance(slip) ? mistypedPnc(random, pnc) : pnc;
  const another = random.chance(0.01) ? world.identifiers.pnc(Number(pnc.slice(0, 4))) : held;
  return random.chance(0.4) ? another.slice(2).replace(/\/0+/u, '/') : another;
}

function matchingAddress({ random, agency }: Writing, { value, first, closed }: Noted<Dwelling>): Address {
  const { lines, postcode } = writtenAddress(random, value);
  const council = agency === 'housing' || agency === 'childrens';
  return {
    lines: [...lines],
    ...(postcode === '' ? {} : { postcode }),
    ...(random.chance(council ? 0.9 : 0.2) ? { uprn: value.uprn } : {}),
    from: first,
    ...(closed === undefined ? {} : { to: closed }),
  };
}

function contactsOf(writing: Writing): ContactPoint[] {
  const { life, random, learned, habits, circle } = writing;
  const undated = keepsNoDates(writing);
  // Such a record has one box for his number: what was written there last.
  const phones = (undated ? learned.phones.slice(-1) : learned.phones).map((noted) => ({
    kind: 'phone' as const,
    value: writtenPhone(random, noted.value),
    recordedAs: noted.recordedAs,
    ...(undated ? { basis: 'active-service' as const } : { ...datesOf(writing, noted), ...verifiedIn(writing, noted) }),
  }));
  const homes = learned.homes.map((noted) => addressPoint(writing, noted));
  const email =
    life.email !== undefined && random.chance(habits.email)
      ? [{ kind: 'email' as const, value: life.email, recordedAs: 'self' as const, from: learned.lastVisit }]
      : [];
  const junk = random.chance(0.05)
    ? [{ kind: 'phone' as const, value: random.pick(PLACEHOLDER_PHONES), recordedAs: 'self' as const }]
    : [];
  const dated = junk.map((each) => ({ ...each, lastConfirmed: learned.lastVisit }));
  return [...phones, ...dated, ...email, ...homes, ...(life === circle.him ? nextOfKin(writing) : [])];
}

/** Probation's interface gives numbers without dates; that an officer sees him now is all there is to go by. */
function keepsNoDates({ agency, circle, learned, random }: Writing): boolean {
  return agency === 'probation' && learned.lastVisit >= daysBefore(circle.asOf, 60) && random.chance(0.4);
}

function datesOf({ random, habits }: Writing, { first, confirmed, closed }: Noted<unknown>) {
  return {
    ...(random.chance(habits.datesFrom) ? { from: first } : {}),
    ...(closed === undefined ? {} : { to: closed }),
    ...(confirmed === undefined ? {} : { lastConfirmed: confirmed }),
  };
}

/** Somebody rang the number while he stood there: so it is never another's. */
function verifiedIn({ random, agency, life, learned }: Writing, noted: Noted<string>): { verified?: boolean } {
  const rings = agency === 'probation' || agency === 'housing';
  const isOwn = life.mobiles.some(({ number }) => number === noted.value);
  const latest = noted.confirmed !== undefined && noted.confirmed >= learned.lastVisit;
  return rings && isOwn && latest && random.chance(0.3) ? { verified: true } : {};
}

function addressPoint(writing: Writing, noted: Noted<Dwelling>): ContactPoint {
  const { random, agency, circle, life } = writing;
  const { lines, postcode } = writtenAddress(random, noted.value);
  const council = agency === 'housing' || agency === 'childrens';
  const isHis = life === circle.him && noted.closed === undefined;
  const notified = isHis && agency === 'police' && isNotified(circle, noted);
  return {
    kind: 'address',
    value: [...lines, postcode].filter((part) => part !== '').join(', '),
    recordedAs: noted.recordedAs,
    ...datesOf(writing, noted),
    ...(council && random.chance(0.9) ? { uprn: noted.value.uprn } : {}),
    ...(notified
      ? { basis: 'statutory-notification' as const, lastConfirmed: daysBefore(circle.asOf, random.between(2, 60)) }
      : {}),
  };
}

/** Under a DAPO he tells police where he lives; here he does. */
function isNotified({ cases, him, asOf }: Circle, { value }: Noted<Dwelling>): boolean {
  const home = him.homes.filter(({ from, to }) => from <= asOf && (to === undefined || to > asOf)).at(-1);
  return cases.has('dapo-notified-address') && home?.dwelling === value;
}

/** Next of kin in his own file, under their own label. */
function nextOfKin({ random, circle, learned }: Writing): ContactPoint[] {
  if (!random.chance(0.15)) return [];
  const kin = circle.others.filter(({ who }) => who === 'mother' || who === 'partner' || who === 'victim');
  const [chosen] = kin.length === 0 ? [] : [random.pick(kin)];
  const line = chosen === undefined ? undefined : mobileOn(chosen, learned.lastVisit);
  if (chosen === undefined || line === undefined) return [];
  const recordedAs = chosen.who === 'mother' ? ('mother' as const) : ('partner' as const);
  return [{ kind: 'phone', value: writtenPhone(random, line.number), recordedAs, from: learned.lastVisit }];
}

function whereaboutsOf({ circle, life, agency, random }: Writing): SourceRecord['whereabouts'] {
  if (life !== circle.him) return undefined;
  const { custodySince, releasedOn, cases } = circle;
  const field = 'pro.address';
  if (custodySince !== undefined && (agency === 'prison' || agency === 'probation')) {
    const released = releasedOn === undefined ? {} : { releaseDate: releasedOn, releaseConfirmed: true };
    return { field, custody: { establishment: 'HMP Weir', since: custodySince, ...released } };
  }
  const homeless = cases.has('no-fixed-abode') && agency !== 'housing' && random.chance(0.6);
  return homeless ? { field, noFixedAbode: true } : undefined;
}
