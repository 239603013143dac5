import type { RecordedAs } from '../../../schemas/contact-point.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import { daysBefore } from '../calendar.ts';
import { oneLine, type Dwelling } from '../places.ts';
import type { Random } from '../random.ts';
import type { Circle } from './circle.ts';
import { homeOn, mobileOn, type Life } from './lives.ts';
import { ANSWERS_WITH, LABELLED, SAYS_NOTHING, type Habits } from './question-rates.ts';

/** What a register learned over the years, one visit at a time. */

export interface Noted<T> {
  readonly value: T;
  readonly recordedAs: RecordedAs;
  readonly first: IsoDate;
  /** The last day on which the agency wrote down that it still held good. */
  confirmed?: IsoDate;
  closed?: IsoDate;
}

export interface Learned {
  readonly phones: readonly Noted<string>[];
  readonly homes: readonly Noted<Dwelling>[];
  readonly lastVisit: IsoDate;
}

/** Follows the visits of one agency to one person. Undefined where none took place. */
export function learn(random: Random, circle: Circle, life: Life, habits: Habits): Learned | undefined {
  const days = visitDays(random, circle, life, habits);
  const lastVisit = days.at(-1);
  if (lastVisit === undefined) return undefined;
  const phones = new Map<string, Noted<string>>();
  const homes = new Map<string, Noted<Dwelling>>();
  for (const day of days) {
    if (random.chance(habits.asksPhone)) {
      const given = numberGiven(random, circle, life, day);
      if (given !== undefined) note(random, habits, phones, given.number, { ...given, value: given.number }, day);
    }
    const home = homeOn(life, day);
    if (home !== undefined && random.chance(habits.asksAddress)) {
      const recordedAs = home.kind === 'hostel' ? 'hostel' : 'self';
      note(random, habits, homes, oneLine(home.dwelling), { value: home.dwelling, recordedAs }, day);
    }
  }
  return { phones: [...phones.values()], homes: [...homes.values()].slice(-habits.keepsHomes), lastVisit };
}

const VISITS_MAX = 40;

function visitDays(random: Random, { asOf, him, custodySince, releasedOn }: Circle, life: Life, habits: Habits) {
  const [least, most] = habits.years;
  const days: IsoDate[] = [];
  let ago = Math.round(365 * (least + random.fraction() * (most - least)));
  for (; ago >= 1 && days.length < VISITS_MAX;) {
    days.push(daysBefore(asOf, ago));
    ago -= Math.max(7, Math.round((-Math.log(1 - random.fraction()) * 365) / habits.visitsPerYear));
  }
  if (life !== him || custodySince === undefined) return days;
  return days.filter((day) => day < custodySince || (releasedOn !== undefined && day >= releasedOn));
}

function note<T>(
  random: Random,
  habits: Habits,
  held: Map<string, Noted<T>>,
  key: string,
  what: { readonly value: T; readonly recordedAs: RecordedAs },
  day: IsoDate,
): void {
  const before = held.get(key);
  const confirms = random.chance(habits.confirms);
  if (before === undefined) {
    for (const other of held.values()) if (random.chance(habits.closes)) other.closed ??= day;
    held.set(key, { ...what, first: day, ...(confirms ? { confirmed: day } : {}) });
    return;
  }
  if (confirms) before.confirmed = day;
  // What was closed and is seen again is open again.
  if (before.closed !== undefined && confirms) delete before.closed;
}

/** The number a person gives on a day: mostly the own one. */
export function numberGiven(
  random: Random,
  circle: Circle,
  life: Life,
  day: IsoDate,
): { readonly number: string; readonly recordedAs: RecordedAs } | undefined {
  const own = mobileOn(life, day);
  if (life !== circle.him) return own === undefined ? undefined : { number: own.number, recordedAs: 'self' };
  const answer = random.weighted(ANSWERS_WITH);
  const labelled = random.chance(LABELLED);
  const unsaid = random.chance(SAYS_NOTHING) ? ('unknown' as const) : ('self' as const);
  const called = (label: RecordedAs): RecordedAs => (labelled ? label : unsaid);
  const mine = own === undefined ? undefined : { number: own.number, recordedAs: unsaid };
  switch (answer) {
    case 'own':
      return mine;
    case 'former': {
      const former = life.mobiles.filter(({ to }) => to !== undefined && to <= day).at(-1);
      return former === undefined ? mine : { number: former.number, recordedAs: 'self' };
    }
    case 'partner': {
      const hers = partnerOn(circle, day);
      return hers === undefined ? mine : { number: hers, recordedAs: called('partner') };
    }
    case 'mother': {
      const mother = circle.others.find(({ who }) => who === 'mother');
      const line = mother === undefined ? undefined : mobileOn(mother, day);
      return line === undefined ? mine : { number: line.number, recordedAs: called('mother') };
    }
    case 'friend':
      return { number: friendsNumber(circle), recordedAs: called('friend') };
    case 'mistyped':
      return own === undefined ? undefined : { number: oneDigitOff(random, own.number), recordedAs: 'self' };
  }
}

/** Hers while they live together, and for some time after; else that of whoever lives with him now. */
function partnerOn({ him, victim, others }: Circle, day: IsoDate): string | undefined {
  const home = homeOn(him, day);
  const sameHome = (life: Life): boolean => home !== undefined && homeOn(life, day)?.dwelling === home.dwelling;
  const partner = others.find((life) => life.who === 'partner' && sameHome(life));
  const [lastTogether] = him.homes.filter(({ dwelling }) => dwelling === victim.homes.at(-1)?.dwelling);
  const hers = sameHome(victim) || lastTogether !== undefined ? mobileOn(victim, day) : undefined;
  return (sameHome(victim) ? hers : partner === undefined ? hers : mobileOn(partner, day))?.number;
}

/** A friend whom nobody in the answer knows: the number after his first, in the same made-up block. */
export const friendsNumber = ({ him }: Circle): string => {
  const [first] = him.mobiles;
  const tail = Number(first?.number.slice(-6) ?? '0');
  return `+447613${String(tail).padStart(6, '0')}`;
};

function oneDigitOff(random: Random, number: string): string {
  const at = random.between(number.length - 4, number.length - 1);
  const digit = (Number(number.charAt(at)) + random.between(1, 9)) % 10;
  return `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
}
