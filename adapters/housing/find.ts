import { isoDateSchema, type IsoDate } from '../../schemas/names.ts';
import type { Address, Person } from '../../schemas/person.ts';
import { failed, type Call, type Failed } from './call.ts';
import { birthDateOf, compareBirthDates } from './dates.ts';
import { compareNames, namesOf, type FullName, type NameAgreement } from './names.ts';
import { wireSearchSchema, type WireHit } from './wire.ts';

/**
 * Under which ids the landlord holds somebody like the subject. The search is one box of free text without a birth
 * date, so it answers with everybody of a like name: all but those who may be him are dropped here, unread.
 */

/** Who is looked for: the parts of the subject that decide whether a hit may be him. */
export interface Wanted {
  readonly names: readonly FullName[];
  readonly dateOfBirth: IsoDate;
  readonly addresses: readonly Address[];
}

export interface Candidate {
  readonly hit: WireHit;
  /** Found by where he lives: the person's own tenures must confirm the property before he is anybody. */
  readonly byAddress: boolean;
}

export interface Candidates {
  readonly kind: 'candidates';
  readonly candidates: readonly Candidate[];
  /** More were there than may be read: he may be among those who were not. */
  readonly crowded: boolean;
}
export type Found = Candidates | Failed;

const SEARCH = '/housing-search/api/v1/search/persons';
const PAGE_SIZE = 40;
const PAGES_MAX = 3;
/** More than this of one name and birth date are a crowd, and each would cost five reads about a stranger. */
const CANDIDATES_MAX = 4;
const ADDRESSES_MAX = 2;

/** What the search needs of the subject, or undefined: a name and a full birth date. A name alone is never searched. */
export function wantedOf(subject: Person): Wanted | undefined {
  const dateOfBirth = isoDateSchema.safeParse(subject.dateOfBirth).data;
  const names = namesOf(subject);
  if (dateOfBirth === undefined || names.length === 0) return undefined;
  return { names, dateOfBirth, addresses: subject.addresses ?? [] };
}

/** By his names, each in turn until one leads to a birth date like his; then by where he is known to live. */
export async function find(wanted: Wanted, call: Call): Promise<Found> {
  const candidates = new Map<string, Candidate>();
  let crowded = false;
  for (const { given, family } of wanted.names) {
    const found = await search(`${given} ${family}`, wanted, false, call);
    if (found.kind === 'failed' && found.code !== 'too-many-matches') return found;
    if (found.kind === 'failed') crowded = true;
    else for (const candidate of found.candidates) candidates.set(candidate.hit.id, candidate);
    // A namesake whose birth date nobody wrote down is no reason to stop looking.
    if (found.kind === 'candidates' && found.candidates.some(({ hit }) => hasBirthDate(hit, wanted))) break;
  }
  if (candidates.size > CANDIDATES_MAX) return failed('too-many-matches');
  if (candidates.size > 0) return { kind: 'candidates', candidates: [...candidates.values()], crowded };
  for (const text of addressTexts(wanted.addresses)) {
    const found = await search(text, wanted, true, call);
    // A street has many doors: what is not on the first pages is no better known than before.
    if (found.kind === 'failed' && found.code !== 'too-many-matches') return found;
    if (found.kind === 'candidates' && found.candidates.length > 0) return found;
  }
  return { kind: 'candidates', candidates: [], crowded };
}

const hasBirthDate = (hit: WireHit, { dateOfBirth }: Wanted): boolean =>
  birthDateOf(hit.dateOfBirth, dateOfBirth) !== undefined;

function addressTexts(addresses: readonly Address[]): string[] {
  const texts = addresses.map(({ lines, postcode, uprn }) => {
    const [first] = lines ?? [];
    return first !== undefined && postcode !== undefined ? `${first} ${postcode}` : uprn;
  });
  const safe = texts.filter((text) => text !== undefined && /^[\p{L}\p{N}][\p{L}\p{N} ,'’./-]{4,150}$/u.test(text));
  return [...new Set(safe.filter((text) => text !== undefined))].slice(0, ADDRESSES_MAX);
}

/** Reads pages, best first, until one holds nobody of the name, the list ends, or the bound is reached. */
async function search(text: string, wanted: Wanted, byAddress: boolean, call: Call): Promise<Found> {
  const candidates = new Map<string, Candidate>();
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const read = await readPage(text, page, call);
    if (read.kind === 'failed') return read;
    for (const hit of read.hits) {
      if (mayBeHim(namesOfHit(hit), hit.dateOfBirth, wanted, byAddress)) candidates.set(hit.id, { hit, byAddress });
    }
    const named = read.hits.some((hit) => compareNames(namesOfHit(hit), wanted.names) !== 'none');
    const last = read.hits.length === 0 || page * PAGE_SIZE >= read.total;
    if (last || !named) break;
    if (page === PAGES_MAX && candidates.size === 0) return failed('too-many-matches');
  }
  if (candidates.size > CANDIDATES_MAX) return failed('too-many-matches');
  return { kind: 'candidates', candidates: [...candidates.values()], crowded: false };
}

async function readPage(
  text: string,
  page: number,
  call: Call,
): Promise<{ readonly kind: 'page'; readonly hits: readonly WireHit[]; readonly total: number } | Failed> {
  const reply = await call(SEARCH, [
    ['searchText', text],
    ['page', String(page)],
    ['pageSize', String(PAGE_SIZE)],
  ]);
  if (reply.kind === 'failed') return reply;
  // A search has no tenant to restrict: whoever is refused here is not let in at all.
  if (reply.kind === 'limited') return failed('not-authorised');
  if (reply.kind === 'none') return failed('bad-answer');
  const parsed = wireSearchSchema.safeParse(reply.json);
  if (!parsed.success) return failed('bad-answer');
  return { kind: 'page', hits: parsed.data.results.persons, total: parsed.data.total };
}

const namesOfHit = (hit: WireHit): Partial<FullName>[] => [
  nameOf(hit.firstname, hit.surname),
  nameOf(hit.preferredFirstname ?? hit.firstname, hit.preferredSurname ?? hit.surname),
];

/** A name of whatever parts are there. */
export const nameOf = (given: string | null | undefined, family: string | null | undefined): Partial<FullName> => ({
  ...(typeof given === 'string' ? { given } : {}),
  ...(typeof family === 'string' ? { family } : {}),
});

const WITH_SAME_DATE: ReadonlySet<NameAgreement> = new Set(['close', 'near']);

/**
 * The same birth date with a like name; a birth date that slipped, or none, only with the very name. At his own address
 * the given name and the same birth date are enough to look closer: a family name changes with a marriage.
 */
export function mayBeHim(
  held: readonly Partial<FullName>[],
  dateOfBirth: string | null | undefined,
  wanted: Wanted,
  byAddress: boolean,
): boolean {
  const name = compareNames(held, wanted.names);
  switch (compareBirthDates(birthDateOf(dateOfBirth, wanted.dateOfBirth), wanted.dateOfBirth)) {
    case 'same':
      return WITH_SAME_DATE.has(name) || (byAddress && name === 'given-only');
    case 'near':
    case 'unknown':
      return name === 'close';
    case 'different':
      return false;
  }
}
