import type { IsoDate } from '../../schemas/names.ts';
import { daysBefore, dayMonthSwapped } from './calendar.ts';
import { identifierStock, type IdentifierStock } from './identifiers.ts';
import { NAMES, ORIGIN_SHARES, type Origin } from './name-lists.ts';
import { withoutMarks } from './name-variants.ts';
import { phoneStock, type PhoneStock } from './phones.ts';
import { oneLine, placeStock, type Dwelling, type PlaceStock } from './places.ts';
import { randomOf, type Random } from './random.ts';
import type { Citizen, HeldName, Relation, Situation, TrueContact } from './types.ts';

/** People while the population is being made: the truth in the form in which it is easiest to make records from. */

export interface Residence {
  readonly dwelling: Dwelling;
  readonly kind: 'home' | 'hostel' | 'approved';
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

/** A phone number that somebody had for a while. */
export interface Line {
  readonly number: string;
  readonly from: IsoDate;
  readonly to?: IsoDate;
}

export interface Draft {
  readonly id: string;
  readonly kind: Citizen['kind'];
  readonly origin: Origin;
  readonly name: HeldName;
  readonly aliases: HeldName[];
  readonly sex: 'male' | 'female';
  readonly dateOfBirth: IsoDate;
  readonly situations: Set<Situation>;
  readonly relations: { to: string; as: Relation }[];
  /** Newest first. */
  readonly residences: Residence[];
  /** Newest first. */
  readonly mobiles: Line[];
  landline?: Line;
  email?: string;
  /** Entries about numbers that he once had and others answer now. */
  readonly othersContacts: TrueContact[];
  pnc?: string;
  cro?: string;
  readonly nhsNumber: string;
  /** The home that most registers know of. */
  core?: Residence;
}

/** Everything that is handed out while the population is made. */
export interface World {
  readonly asOf: IsoDate;
  readonly random: Random;
  readonly phones: PhoneStock;
  readonly places: PlaceStock;
  readonly identifiers: IdentifierStock;
  readonly drafts: Draft[];
}

/** An empty world for a seed. */
export function worldOf(seed: number, asOf: IsoDate): World {
  const random = randomOf(seed);
  return {
    asOf,
    random,
    phones: phoneStock(),
    places: placeStock(random),
    identifiers: identifierStock(random),
    drafts: [],
  };
}

export interface PersonWish {
  readonly kind: Citizen['kind'];
  readonly ages: readonly [from: number, to: number];
  readonly origin?: Origin;
  readonly sex?: 'male' | 'female';
  readonly given?: string;
  readonly family?: string;
  readonly dateOfBirth?: IsoDate;
  /** A birth date that is another date with day and month exchanged. */
  readonly swappableBirthDate?: boolean;
}

const PREFIXES: Readonly<Record<Citizen['kind'], string>> = {
  perpetrator: 'P',
  victim: 'V',
  child: 'C',
  relative: 'R',
  'household-member': 'H',
  namesake: 'N',
  stranger: 'S',
};

/** Draws a person who has nothing yet: no home, phone or relations. The person is added to the world. */
export function bornInto(world: World, wish: PersonWish): Draft {
  const { random } = world;
  const origin = wish.origin ?? random.weighted(ORIGIN_SHARES);
  const sex = wish.sex ?? (random.chance(0.5) ? 'male' : 'female');
  const givens = sex === 'male' ? NAMES[origin].male : NAMES[origin].female;
  const given = wish.given ?? random.early(givens);
  const draft: Draft = {
    id: `${PREFIXES[wish.kind]}${String(world.drafts.length + 1).padStart(6, '0')}`,
    kind: wish.kind,
    origin,
    name: {
      given,
      ...(random.chance(0.6) ? { middle: random.early(givens) } : {}),
      family: wish.family ?? random.early(NAMES[origin].family),
    },
    aliases: [],
    sex,
    dateOfBirth: wish.dateOfBirth ?? birthDate(world, wish),
    situations: new Set(),
    relations: [],
    residences: [],
    mobiles: [],
    othersContacts: [],
    nhsNumber: world.identifiers.nhsNumber(),
  };
  world.drafts.push(draft);
  return draft;
}

function birthDate(world: World, wish: PersonWish): IsoDate {
  const [from, to] = wish.ages;
  for (;;) {
    // The sum of two draws: middle ages are commoner than the ends.
    const half = (): number => world.random.between(Math.round(from * 182.6), Math.round(to * 182.6));
    const date = daysBefore(world.asOf, half() + half());
    if (wish.swappableBirthDate !== true || dayMonthSwapped(date) !== undefined) return date;
  }
}

/** Gives the person a home from so many days before; returns it as the one that registers know of. */
export function movesIn(
  world: World,
  draft: Draft,
  dwelling: Dwelling,
  daysAgo: number,
  leftDaysAgo?: number,
): Residence {
  const residence: Residence = {
    dwelling,
    kind: 'home',
    from: daysBefore(world.asOf, daysAgo),
    ...(leftDaysAgo === undefined ? {} : { to: daysBefore(world.asOf, leftDaysAgo) }),
  };
  draft.residences.push(residence);
  draft.core ??= residence;
  return residence;
}

/** Gives the person one working mobile and perhaps an e-mail address. */
export function getsPhone(world: World, draft: Draft, seen: boolean): Line {
  const line = { number: world.phones.mobile(seen), from: daysBefore(world.asOf, world.random.between(400, 1500)) };
  draft.mobiles.push(line);
  getsEmail(world, draft);
  return line;
}

export function getsEmail(world: World, draft: Draft): void {
  if (!world.random.chance(0.45)) return;
  const plain = (text: string): string =>
    withoutMarks(text)
      .toLowerCase()
      .replace(/[^a-z]/gu, '');
  const host = world.random.pick(['example.org', 'example.com', 'example.net']);
  draft.email = `${plain(draft.name.given)}.${plain(draft.name.family)}${world.drafts.length * 7}@${host}`;
}

/** The finished truth of one person. */
export function citizenOf(draft: Draft): Citizen {
  const contacts: TrueContact[] = [
    ...[...draft.mobiles, ...(draft.landline === undefined ? [] : [draft.landline])].map((line) =>
      contact(draft, 'phone', line.number, line),
    ),
    ...(draft.email === undefined ? [] : [contact(draft, 'email', draft.email, { from: firstDate(draft) })]),
    ...draft.residences.map((residence) => contact(draft, 'address', oneLine(residence.dwelling), residence)),
    ...draft.othersContacts,
  ];
  return {
    id: draft.id,
    kind: draft.kind,
    name: draft.name,
    aliases: draft.aliases,
    sex: draft.sex,
    dateOfBirth: draft.dateOfBirth,
    situations: [...draft.situations].sort(),
    contacts,
    relations: draft.relations,
  };
}

const firstDate = (draft: Draft): IsoDate => draft.mobiles.at(-1)?.from ?? draft.dateOfBirth;

function contact(
  draft: Draft,
  kind: TrueContact['kind'],
  value: string,
  period: { readonly from: IsoDate; readonly to?: IsoDate },
): TrueContact {
  const ended = period.to === undefined ? {} : { worksTo: period.to };
  return { kind, value, owner: draft.id, worksFrom: period.from, ...ended };
}
