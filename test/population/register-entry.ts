import type { IsoDate } from '../../schemas/names.ts';
import { daysAfter, daysBefore } from './calendar.ts';
import { writtenBirthDate, writtenName } from './corruption.ts';
import type { Draft, Line, Residence, World } from './drafts.ts';
import { outward } from './places.ts';
import { PUBLISHED, STRAY_HOME } from './rates.ts';
import type { HeldAddress, HeldAgency, HeldOther, HeldPhone, Holding, Relation } from './types.ts';

/** What every agency writes down of anybody: name, birth date, addresses, phones; with the slips registers have. */

export interface EntryWish {
  readonly agency: HeldAgency;
  readonly reference: string;
  /** Certain slips, for the examples of a situation. */
  readonly nameSlip?: 'near' | 'alias';
  readonly birthDateSlip?: 'day-month-swap';
  /** The number that this agency still has, whatever came after. */
  readonly number?: Line;
}

interface Habits {
  /** How long ago the agency last confirmed what it holds, in days. */
  readonly confirmed: readonly [least: number, most: number];
  readonly phone: number;
  readonly email: number;
  readonly middle: number;
  readonly placeholder: number;
  readonly noBirthDate: number;
}

/** Estimates: how fresh and how full each register is. */
const HABITS: Readonly<Record<HeldAgency, Habits>> = {
  police: { confirmed: [20, 900], phone: 0.7, email: 0.15, middle: 0.8, placeholder: 0.006, noBirthDate: 0.005 },
  probation: { confirmed: [3, 150], phone: 0.92, email: 0.4, middle: 0.85, placeholder: 0.008, noBirthDate: 0 },
  housing: { confirmed: [30, 1200], phone: 0.8, email: 0.5, middle: 0.3, placeholder: 0.01, noBirthDate: 0.04 },
  health: { confirmed: [10, 1200], phone: 0.8, email: 0.4, middle: 0.7, placeholder: 0, noBirthDate: 0 },
  childrens: { confirmed: [10, 500], phone: 0.6, email: 0.2, middle: 0.2, placeholder: 0.01, noBirthDate: 0.03 },
};

export const PLACEHOLDER_BIRTH_DATES: readonly string[] = ['1900-01-01', '1970-01-01'];

/** Makes an agency's entry of one person, and marks on the person which hard case a slip made of them. */
export function registerEntry(world: World, draft: Draft, wish: EntryWish): Holding {
  const { random, asOf } = world;
  const habits = HABITS[wish.agency];
  const confirmed = daysBefore(asOf, random.between(...habits.confirmed));
  const written = writtenName(random, draft, wish.nameSlip);
  if (written.slip === 'transliterated') draft.situations.add('transliterated-name');
  if (written.slip === 'alias' || draft.aliases.length > 0) draft.situations.add('alias');
  const { middle, ...short } = written.name;
  const keepsMiddle = middle !== undefined && random.chance(habits.middle);
  const dateOfBirth = heldBirthDate(world, draft, wish, habits);
  const email = draft.email !== undefined && random.chance(habits.email) ? [draft.email] : [];
  return {
    agency: wish.agency,
    reference: wish.reference,
    otherReferences: [],
    citizen: draft.id,
    names: [keepsMiddle ? { ...short, middle } : short],
    aliases: [...written.alsoKnownAs, ...heldAliases(world, draft, wish.agency)],
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    sex: draft.sex,
    addresses: heldAddresses(world, draft, wish.agency, confirmed),
    phones: random.chance(habits.phone) || wish.number !== undefined ? heldPhones(world, draft, wish, confirmed) : [],
    emails: email,
    others: [],
    noFixedAbode: false,
    restricted: false,
    licenceConditions: [],
    orders: [],
    relationshipOnly: false,
    lastUpdated: confirmed,
  };
}

function heldBirthDate(world: World, draft: Draft, wish: EntryWish, habits: Habits): string | undefined {
  const { random } = world;
  if (wish.birthDateSlip === undefined && random.chance(habits.noBirthDate)) return undefined;
  if (wish.birthDateSlip === undefined && random.chance(habits.placeholder)) {
    draft.situations.add('placeholder-birth-date');
    return random.pick(PLACEHOLDER_BIRTH_DATES);
  }
  const written = writtenBirthDate(random, draft.dateOfBirth, wish.birthDateSlip);
  if (written.slip === 'day-month-swap') draft.situations.add('day-month-swap');
  return written.date;
}

/** Police and probation keep aliases; others hear of them seldom. */
function heldAliases(world: World, draft: Draft, agency: HeldAgency): Holding['aliases'] {
  const chance = agency === 'police' || agency === 'probation' ? 0.9 : 0.15;
  return draft.aliases.filter(() => world.random.chance(chance));
}

/**
 * The core home in most registers; in the rest a place of his own that this agency alone knew and never closed. One in
 * three of those is in the same outward code, as in the published levels.
 */
function heldAddresses(world: World, draft: Draft, agency: HeldAgency, confirmed: IsoDate): HeldAddress[] {
  const { random } = world;
  const { core } = draft;
  if (core === undefined) return [];
  if (random.chance(STRAY_HOME)) return [strayAddress(world, draft, core, confirmed)];
  const first = core.from > confirmed ? core.from : confirmed;
  const previous = draft.residences
    .filter((residence) => residence.kind === 'home' && residence.from < core.from && agency !== 'childrens')
    .filter(() => random.chance(0.3))
    .map((residence) => heldAddress(residence, 'previous', { closed: true }));
  const ended = core.to === undefined || first <= core.to ? first : core.to;
  return [heldAddress(core, 'home', { lastConfirmed: ended }), ...previous];
}

function strayAddress(world: World, draft: Draft, core: Residence, confirmed: IsoDate): HeldAddress {
  const code = outward(core.dwelling.postcode);
  const near = world.random.chance(PUBLISHED.sameOutwardOnly / (1 - PUBLISHED.anyPostcode));
  const dwelling = world.places.dwelling(near ? { sameOutwardAs: code } : { notOutward: code });
  const from = later(daysBefore(core.from, 900), draft.dateOfBirth);
  const to = daysBefore(core.from, 30);
  draft.residences.push({ dwelling, kind: 'home', from, to });
  const lastConfirmed = later(from, confirmed > to ? to : confirmed);
  return heldAddress({ dwelling, from, to }, 'home', { lastConfirmed });
}

const later = (a: IsoDate, b: IsoDate): IsoDate => (a > b ? a : b);

/** An address as held; the landlord's or clerk's UPRN comes along. */
export function heldAddress(
  residence: Pick<Residence, 'dwelling' | 'from' | 'to'>,
  type: HeldAddress['type'],
  known: { readonly lastConfirmed?: IsoDate; readonly closed?: boolean } = {},
): HeldAddress {
  const { lines, postcode, uprn } = residence.dwelling;
  const ended = known.closed === true && residence.to !== undefined ? { to: residence.to } : {};
  // Nobody confirms an address before anybody lived there.
  const lastConfirmed =
    known.lastConfirmed === undefined ? {} : { lastConfirmed: later(known.lastConfirmed, residence.from) };
  return { lines, postcode, uprn, from: residence.from, ...ended, ...lastConfirmed, type };
}

/** The number that was his when the agency last asked; sometimes with the one before it, closed. */
function heldPhones(world: World, draft: Draft, wish: EntryWish, confirmed: IsoDate): HeldPhone[] {
  const { random } = world;
  const then = draft.mobiles.findIndex(
    (line) => line.from <= confirmed && (line.to === undefined || line.to > confirmed),
  );
  const at = then === -1 ? draft.mobiles.length - 1 : then;
  const line = wish.number ?? draft.mobiles[at];
  if (line === undefined) return [];
  const recordedAs = wish.agency === 'police' && random.chance(0.3) ? 'unknown' : 'self';
  const asked = line.to !== undefined && line.to <= confirmed ? daysBefore(line.to, 1) : confirmed;
  const lastConfirmed = asked < line.from ? daysAfter(line.from, 1) : asked;
  const held: HeldPhone = { number: line.number, type: 'mobile', recordedAs, from: line.from, lastConfirmed };
  const before = wish.number === undefined ? draft.mobiles[at + 1] : undefined;
  if (before?.to === undefined || !random.chance(0.25)) return [held];
  return [held, { number: before.number, type: 'mobile', recordedAs: 'self', from: before.from, to: before.to }];
}

/** A third party as an agency notes one in somebody's file. */
export function heldOther(
  draft: Draft,
  as: Relation,
  known: { readonly phone?: boolean; readonly address?: boolean } = {},
): HeldOther {
  const { given, family } = draft.name;
  const [line] = draft.mobiles;
  const { core } = draft;
  return {
    citizen: draft.id,
    as,
    name: { given, family },
    dateOfBirth: draft.dateOfBirth,
    phones: known.phone === true && line !== undefined ? [line.number] : [],
    ...(known.address === true && core !== undefined ? { address: heldAddress(core, 'home') } : {}),
  };
}
