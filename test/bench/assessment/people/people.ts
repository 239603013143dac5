import type { Chance } from './chance.ts';
import { isoOf } from './days.ts';
import { ORIGINS, type Origin } from './names.ts';
import { crnOf, croOf, nhsOf, ninoOf, nomsOf, pncOf, type Exchange } from './numbers.ts';
import { makeHome, type Home, type Town } from './places.ts';

/** People as they really are: what no register knows, and by which every answer is judged. */

export type Relation =
  | 'subject'
  | 'victim'
  | 'child'
  | 'father'
  | 'mother'
  | 'brother'
  | 'sister'
  | 'twin'
  | 'son'
  | 'cousin'
  | 'namesake'
  | 'friend'
  | 'former-partner'
  | 'hostel-mate'
  | 'new-partner';

/** Something that was so from one day to another (days since 1970; `to` open where it still is so). */
export interface Spell<T> {
  readonly value: T;
  readonly from: number;
  readonly to: number | undefined;
}

export interface FullName {
  readonly given: string;
  readonly middle: string | undefined;
  readonly family: string;
}

export interface Someone {
  readonly id: string;
  readonly relation: Relation;
  readonly sex: 'male' | 'female';
  readonly origin: string;
  readonly born: number;
  readonly names: readonly Spell<FullName>[];
  readonly aliases: readonly FullName[];
  readonly aliasBorn: number | undefined;
  readonly pnc: string;
  readonly cro: string;
  readonly crn: string;
  readonly noms: string;
  readonly nhs: string;
  readonly nino: string;
  readonly known: boolean;
  homes: readonly Spell<Home>[];
  mobiles: readonly Spell<string>[];
  emails: readonly Spell<string>[];
  work: string | undefined;
}

export const at = <T>(spells: readonly Spell<T>[], day: number): T | undefined =>
  spells.findLast(({ from, to }) => from <= day && (to === undefined || to > day))?.value ?? undefined;

export const nameAt = (person: Someone, day: number): FullName => {
  const name = at(person.names, day) ?? person.names[0]?.value;
  if (name === undefined) throw new RangeError('a person without a name');
  return name;
};

/** Spells that follow one another back from today, of this mean length. */
export function history<T>(chance: Chance, today: number, since: number, mean: number, make: () => T): Spell<T>[] {
  const spells: Spell<T>[] = [];
  let to: number | undefined;
  for (let from = today - chance.wait(mean); ; from -= chance.wait(mean)) {
    const start = Math.max(from, since);
    spells.unshift({ value: make(), from: start, to });
    if (start === since || spells.length === 6) return spells;
    to = start;
  }
}

export interface PersonPlan {
  readonly relation: Relation;
  readonly origin: Origin;
  readonly sex: 'male' | 'female';
  readonly born: number;
  readonly family: string;
  readonly given?: string;
  readonly middle?: string;
  /** Known to police and probation, with numbers of theirs. */
  readonly known: boolean;
}

export interface Surroundings {
  readonly chance: Chance;
  readonly exchange: Exchange;
  readonly town: Town;
  readonly today: number;
  /** Mean days for which a mobile and a home are kept. */
  readonly mobileDays: number;
  readonly homeDays: number;
}

export const pickOrigin = (chance: Chance): Origin => {
  let left = chance.next() * ORIGINS.reduce((sum, { share }) => sum + share, 0);
  return ORIGINS.find(({ share }) => (left -= share) <= 0) ?? chance.pick(ORIGINS);
};

/** The surname as this sex bears it, where the language tells them apart. */
export function familyFor(family: string, origin: Origin, sex: 'male' | 'female'): string {
  if (sex === 'male') return family;
  if (origin.name === 'polish' && /[sc]ki$/u.test(family)) return family.replace(/i$/u, 'a');
  if (origin.name === 'sikh-hindu' && family === 'Singh') return 'Kaur';
  return family;
}

/** Makes a person with a life of numbers, homes and e-mail addresses behind them. */
export function makePerson(around: Surroundings, plan: PersonPlan, home?: Spell<Home>[]): Someone {
  const { chance, today } = around;
  const given = plan.given ?? chance.pickCommon(plan.sex === 'male' ? plan.origin.male : plan.origin.female);
  const middle =
    plan.middle ??
    (chance.happens(0.6) ? chance.pickCommon(plan.sex === 'male' ? plan.origin.male : plan.origin.female) : undefined);
  const family = familyFor(plan.family, plan.origin, plan.sex);
  const adult = plan.born + 16 * 365;
  const name: FullName = { given, middle: middle === given ? undefined : middle, family };
  const maiden = plan.sex === 'female' && plan.relation !== 'child' && chance.happens(0.45);
  const changed = today - chance.between(200, 4000);
  return {
    id: `p${chance.between(10_000_000, 99_999_999)}`,
    relation: plan.relation,
    sex: plan.sex,
    origin: plan.origin.name,
    born: plan.born,
    names: maiden
      ? [
          {
            value: { ...name, family: familyFor(chance.pickCommon(plan.origin.family), plan.origin, plan.sex) },
            from: plan.born,
            to: changed,
          },
          { value: name, from: changed, to: undefined },
        ]
      : [{ value: name, from: plan.born, to: undefined }],
    aliases: [],
    aliasBorn: undefined,
    pnc: pncOf(chance),
    cro: croOf(chance),
    crn: crnOf(chance),
    noms: nomsOf(chance),
    nhs: nhsOf(chance),
    nino: ninoOf(chance),
    known: plan.known,
    homes:
      home ??
      history(chance, today, Math.max(plan.born, today - 9000), around.homeDays, () =>
        makeHome(chance, around.town, around.exchange),
      ),
    mobiles:
      adult > today
        ? []
        : history(chance, today, Math.max(adult, today - 5500), around.mobileDays, () =>
            around.exchange.mobile(chance),
          ),
    emails:
      adult > today || chance.happens(0.3)
        ? []
        : history(chance, today, adult, 2500, () => emailOf(chance, given, family, isoOf(plan.born).slice(0, 4))),
    work: undefined,
  };
}

function emailOf(chance: Chance, given: string, family: string, year: string): string {
  const plain = (text: string): string =>
    text
      .normalize('NFD')
      .replace(/[^A-Za-z]/gu, '')
      .toLowerCase();
  const local = chance.pick([
    `${plain(given)}.${plain(family)}${chance.between(1, 99)}`,
    `${plain(given)}${year}`,
    `${plain(family)}${plain(given).charAt(0)}${chance.between(10, 9999)}`,
    `${chance.pick(['blue', 'fast', 'big', 'lil', 'the'])}${plain(given)}${chance.between(1, 999)}`,
  ]);
  return `${local}@${chance.pick(['example.com', 'example.org', 'mail.example.net', 'example.co.uk'])}`;
}
