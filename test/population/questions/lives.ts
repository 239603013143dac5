import type { IsoDate } from '../../../schemas/names.ts';
import { daysAfter, daysBefore } from '../calendar.ts';
import { slippedBirthDate, slippedName, type NamedPerson } from '../corruption.ts';
import type { World } from '../drafts.ts';
import { NAMES as NAME_LISTS, type Origin } from '../name-lists.ts';
import { withoutMarks } from '../name-variants.ts';
import type { Dwelling } from '../places.ts';
import type { Random } from '../random.ts';
import type { HeldName, Relation } from '../types.ts';
import {
  BIRTH_DATES,
  MAILBOX_ABANDONED,
  MONTHS_OF_A_NUMBER,
  NAMES,
  TWO_PHONES,
  YEARS_IN_A_HOME,
} from './question-rates.ts';

/** Who somebody in an answer is to the subject. */
export type Who = Relation | 'himself' | 'sister' | 'namesake' | 'stranger';

export interface HomeSpell {
  readonly dwelling: Dwelling;
  readonly kind: 'home' | 'hostel';
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

export interface LineSpell {
  readonly number: string;
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

/** One person's life as far as registers could know it: the truth. Lists run from oldest to newest. */
export interface Life {
  readonly who: Who;
  readonly person: NamedPerson;
  readonly dateOfBirth: IsoDate;
  readonly homes: readonly HomeSpell[];
  readonly mobiles: readonly LineSpell[];
  readonly email?: string;
  /** Nobody reads the mailbox any more. */
  readonly emailAbandoned: boolean;
  readonly pnc: string;
  readonly cro?: string;
  readonly nhsNumber: string;
  readonly crn: string;
  readonly noms: string;
  /** The other name and date that he gives as often as the true ones, where he is such a man. */
  readonly otherName?: HeldName;
  readonly otherBirthDate?: IsoDate;
}

export interface LifeWish {
  readonly who: Who;
  readonly origin: Origin;
  readonly sex: 'male' | 'female';
  readonly dateOfBirth: IsoDate;
  readonly given?: string;
  readonly family?: string;
  /** Homes that somebody else decides; otherwise the person has a chain of their own. */
  readonly homes?: readonly HomeSpell[];
}

const HISTORY_DAYS = 12 * 365;

/** Draws a person with a history of twelve years. */
export function drawLife(world: World, random: Random, asOf: IsoDate, wish: LifeWish): Life {
  const person = personOf(random, wish);
  const isSubject = wish.who === 'himself';
  const year = Number(wish.dateOfBirth.slice(0, 4)) + random.between(15, 19);
  const nickname = random.chance(NAMES.gaveTwo) ? slippedName(random, person).name : undefined;
  return {
    who: wish.who,
    person,
    dateOfBirth: wish.dateOfBirth,
    homes: wish.homes ?? homesOf(world, random, asOf, isSubject ? YEARS_IN_A_HOME.subject : YEARS_IN_A_HOME.others),
    mobiles: mobilesOf(world, random, asOf, isSubject),
    ...(random.chance(0.5) ? { email: emailOf(random, person.name) } : {}),
    emailAbandoned: random.chance(isSubject ? MAILBOX_ABANDONED.subject : MAILBOX_ABANDONED.others),
    pnc: world.identifiers.pnc(year),
    ...(random.chance(0.7) ? { cro: world.identifiers.cro(year) } : {}),
    nhsNumber: world.identifiers.nhsNumber(),
    crn: world.identifiers.crn(),
    noms: world.identifiers.noms(),
    ...(nickname === undefined ? {} : { otherName: nickname }),
    ...(random.chance(BIRTH_DATES.gaveTwo) ? { otherBirthDate: slippedBirthDate(random, wish.dateOfBirth).date } : {}),
  };
}

function personOf(random: Random, { origin, sex, given, family }: LifeWish): NamedPerson {
  const lists = NAME_LISTS[origin];
  const givens = sex === 'male' ? lists.male : lists.female;
  const name = {
    given: given ?? random.early(givens),
    ...(random.chance(0.6) ? { middle: random.early(givens) } : {}),
    family: family ?? random.early(lists.family),
  };
  const alias = { given: random.pick(givens), family: random.chance(0.5) ? name.family : random.pick(lists.family) };
  return { name, aliases: [alias], sex, origin };
}

/** Days of a spell whose ends come at random, so that most are short and some long. */
const exponential = (random: Random, mean: number): number =>
  Math.max(7, Math.round(-Math.log(1 - random.fraction()) * mean));

function homesOf(world: World, random: Random, asOf: IsoDate, meanYears: number): readonly HomeSpell[] {
  const homes: HomeSpell[] = [];
  for (let left = HISTORY_DAYS; left > 0;) {
    const days = Math.min(left, Math.max(45, exponential(random, meanYears * 365)));
    // Nearly half of all moves stay in the district.
    const [last] = homes.slice(-1);
    const near = last !== undefined && random.chance(0.45);
    const dwelling = world.places.dwelling(
      near ? { sameOutwardAs: last.dwelling.postcode.split(' ')[0] ?? '' } : undefined,
    );
    const to = left - days <= 0 ? {} : { to: daysBefore(asOf, left - days) };
    homes.push({ dwelling, kind: 'home', from: daysBefore(asOf, left), ...to });
    left -= days;
  }
  return homes;
}

function mobilesOf(world: World, random: Random, asOf: IsoDate, isSubject: boolean): readonly LineSpell[] {
  const settled = random.chance(MONTHS_OF_A_NUMBER.shareSettled);
  const kept = settled ? MONTHS_OF_A_NUMBER.settled : MONTHS_OF_A_NUMBER.unsettled;
  const months = isSubject ? kept : MONTHS_OF_A_NUMBER.others;
  const lines: LineSpell[] = [];
  for (let left = HISTORY_DAYS; left > 0;) {
    const days = exponential(random, months * 30);
    const overlap = random.chance(TWO_PHONES) ? exponential(random, 150) : 0;
    const ends = left - days - overlap;
    const from = daysBefore(asOf, left);
    lines.push({ number: world.phones.mobile(false), from, ...(ends <= 0 ? {} : { to: daysBefore(asOf, ends) }) });
    // Now and then he has none for a while.
    left -= days + (random.chance(0.12) ? exponential(random, 40) : 0);
  }
  return lines;
}

function emailOf(random: Random, { given, family }: HeldName): string {
  const plain = (text: string): string =>
    withoutMarks(text)
      .toLowerCase()
      .replace(/[^a-z]/gu, '');
  return `${plain(given)}.${plain(family)}${random.between(10, 9999)}@${random.pick(['example.org', 'example.com', 'example.net'])}`;
}

/** Whether a spell holds on a day. */
export const holdsOn = ({ from, to }: { readonly from: IsoDate; readonly to?: IsoDate }, day: IsoDate): boolean =>
  from <= day && (to === undefined || day < to);

export const homeOn = ({ homes }: Life, day: IsoDate): HomeSpell | undefined =>
  homes.filter((home) => holdsOn(home, day)).at(-1);

/** The number he would give on a day: the newest that he has. */
export const mobileOn = ({ mobiles }: Life, day: IsoDate): LineSpell | undefined =>
  mobiles.filter((line) => holdsOn(line, day)).at(-1);

/** The life with its homes ended from a day on and another beginning there. */
export function movedTo(life: Life, next: HomeSpell | undefined, on: IsoDate): Life {
  const before = life.homes
    .filter(({ from }) => from < on)
    .map((home) => (holdsOn(home, on) ? { ...home, to: on } : home));
  return { ...life, homes: next === undefined ? before : [...before, next] };
}

/** The life with every number ended from a day on: custody takes the phone away. */
export function withoutPhoneSince(life: Life, on: IsoDate): Life {
  const mobiles = life.mobiles
    .filter(({ from }) => from < on)
    .map((line) => (holdsOn(line, on) ? { ...line, to: on } : line));
  return { ...life, mobiles };
}

/** A birth date some years from another, on any day of the year. */
export const bornYearsFrom = (random: Random, date: IsoDate, least: number, most: number): IsoDate =>
  daysAfter(date, random.between(least * 365, most * 365));
