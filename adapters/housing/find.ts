import type { Address, Person } from '../../schemas/person.ts';
import { among, type Found } from '../council/candidates.ts';
import { compareNames, type FullName } from '../council/names.ts';
import { hasBirthDate, mayBeHim, nameOf, wantedOf as whoOf, type Wanted as Who } from '../council/wanted.ts';
import { read } from '../https/calls.ts';
import { failed, type Failed } from '../https/failure.ts';
import type { Call } from './call.ts';
import { wireSearchSchema, type WireHit } from './wire.ts';

/**
 * Under which ids the landlord holds somebody like the subject. The search is one box of free text without a birth
 * date, so it answers with everybody of a like name: all but those who may be him are dropped here, unread.
 */

export interface Wanted extends Who {
  readonly addresses: readonly Address[];
}

export interface Candidate {
  readonly hit: WireHit;
  /** Found by where he lives: the person's own tenures must confirm the property before he is anybody. */
  readonly byAddress: boolean;
}

const SEARCH = '/housing-search/api/v1/search/persons';
const PAGE_SIZE = 40;
const PAGES_MAX = 3;
const ADDRESSES_MAX = 2;

/** What the search needs of the subject, or undefined where the question does not know enough. */
export function wantedOf(subject: Person): Wanted | undefined {
  const who = whoOf(subject);
  return who === undefined ? undefined : { ...who, addresses: subject.addresses ?? [] };
}

/** By his names, each in turn until one leads to a birth date like his; then by where he is known to live. */
export async function find(wanted: Wanted, call: Call): Promise<Found<Candidate>> {
  const candidates = new Map<string, Candidate>();
  let crowded = false;
  for (const { given, family } of wanted.names) {
    const found = await search(`${given} ${family}`, wanted, false, call);
    if (found.kind === 'failed' && found.code !== 'too-many-matches') return found;
    if (found.kind === 'failed') crowded = true;
    else for (const candidate of found.candidates) candidates.set(candidate.hit.id, candidate);
    // A namesake whose birth date nobody wrote down is no reason to stop looking.
    if (found.kind === 'candidates' && found.candidates.some(({ hit }) => hasBirthDate(hit.dateOfBirth, wanted))) break;
  }
  if (candidates.size > 0) return among(candidates, crowded);
  for (const text of addressTexts(wanted.addresses)) {
    const found = await search(text, wanted, true, call);
    // A street has many doors: what is not on the first pages is no better known than before.
    if (found.kind === 'failed' && found.code !== 'too-many-matches') return found;
    if (found.kind === 'candidates' && found.candidates.length > 0) return found;
  }
  return among(candidates, crowded);
}

function addressTexts(addresses: readonly Address[]): string[] {
  const texts = addresses.map(({ lines, postcode, uprn }) => {
    const [first] = lines ?? [];
    return first !== undefined && postcode !== undefined ? `${first} ${postcode}` : uprn;
  });
  const safe = texts.filter((text) => text !== undefined && /^[\p{L}\p{N}][\p{L}\p{N} ,'’./-]{4,150}$/u.test(text));
  return [...new Set(safe.filter((text) => text !== undefined))].slice(0, ADDRESSES_MAX);
}

/** Reads pages, best first, until one holds nobody of the name, the list ends, or the bound is reached. */
async function search(text: string, wanted: Wanted, byAddress: boolean, call: Call): Promise<Found<Candidate>> {
  const candidates = new Map<string, Candidate>();
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const found = await readPage(text, page, call);
    if (found.kind === 'failed') return found;
    for (const hit of found.hits) {
      if (mayBeHim(namesOfHit(hit), hit.dateOfBirth, wanted, byAddress)) candidates.set(hit.id, { hit, byAddress });
    }
    const named = found.hits.some((hit) => compareNames(namesOfHit(hit), wanted.names) !== 'none');
    const last = found.hits.length === 0 || page * PAGE_SIZE >= found.total;
    if (last || !named) break;
    if (page === PAGES_MAX && candidates.size === 0) return failed('too-many-matches');
  }
  return among(candidates, false);
}

async function readPage(
  text: string,
  page: number,
  call: Call,
): Promise<{ readonly kind: 'page'; readonly hits: readonly WireHit[]; readonly total: number } | Failed> {
  const found = await read(call, SEARCH, wireSearchSchema, [
    ['searchText', text],
    ['page', String(page)],
    ['pageSize', String(PAGE_SIZE)],
  ]);
  if (found.kind === 'failed') return found;
  // A search has no tenant to restrict: whoever is refused here is not let in at all.
  if (found.kind === 'limited') return failed('not-authorised');
  if (found.kind === 'none') return failed('bad-answer');
  return { kind: 'page', hits: found.value.results.persons, total: found.value.total };
}

const namesOfHit = (hit: WireHit): Partial<FullName>[] => [
  nameOf(hit.firstname, hit.surname),
  nameOf(hit.preferredFirstname ?? hit.firstname, hit.preferredSurname ?? hit.surname),
];
