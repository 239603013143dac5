import type { z } from 'zod';
import type { Person } from '../../schemas/person.ts';
import { among, type Candidates, type Found } from '../council/candidates.ts';
import { compareNames } from '../council/names.ts';
import {
  hasBirthDate,
  isBornOnAnotherDay,
  mayBeHim,
  nameOf,
  wantedOf as whoOf,
  type Wanted as Who,
} from '../council/wanted.ts';
import { pathSegment } from '../https/agency-client.ts';
import { read, type Held, type Query } from '../https/calls.ts';
import { failed, type Failed } from '../https/failure.ts';
import type { Call } from './call.ts';
import { wireAdultHitsSchema, wireAdultsOfChildSchema, wireChildHitsSchema, type WireAdultHit } from './wire.ts';

/**
 * Under which numbers children's services hold the adult: among the adults that can be searched, else among those who
 * only stand in the relationships of a child's record. The service keeps children's records, and most fathers are known
 * to it as somebody's father.
 */

export interface Wanted extends Who {
  readonly postcodes: readonly string[];
}

export interface Candidate {
  readonly id: string;
  /** What the search said of him, where it named him. */
  readonly hit?: WireAdultHit;
  /** Whether a child's record names him. */
  readonly throughChild: boolean;
}

const RESIDENTS = '/api/v1/residents';
const LIMIT = 20;
/** Reading more children's records to find one adult would be a trawl. */
const CHILDREN_MAX = 10;
const POSTCODES_MAX = 2;

/** What the search needs of the subject, or undefined where the question does not know enough. */
export function wantedOf(subject: Person): Wanted | undefined {
  const who = whoOf(subject);
  if (who === undefined) return undefined;
  const postcodes = (subject.addresses ?? []).flatMap(({ postcode }) => postcode ?? []);
  const wellFormed = postcodes.filter((postcode) => /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(postcode));
  return { ...who, postcodes: [...new Set(wellFormed)].slice(0, POSTCODES_MAX) };
}

/**
 * The surest way first, and no further than needed (P3): until somebody with a birth date like his is found. Each way
 * says more of strangers than the one before, so they wait for each other.
 */
export async function find(wanted: Wanted, call: Call): Promise<Found<Candidate>> {
  const candidates = new Map<string, Candidate>();
  const strangers = new Set<string>();
  for (const query of adultQueries(wanted)) {
    const found = await searchAdults(query, wanted, call);
    if (found.kind === 'failed') return found;
    for (const candidate of found.candidates) candidates.set(candidate.id, candidate);
    for (const id of found.strangers) strangers.add(id);
    if (found.candidates.some(({ hit }) => hasBirthDate(hit?.dateOfBirth, wanted))) return among(candidates, false);
  }
  // A namesake whose birth date nobody wrote down is no reason to stop looking.
  const found = await findThroughChildren(wanted, strangers, call);
  if (found.kind === 'failed') return found;
  for (const { id } of found.candidates) candidates.set(id, { ...candidates.get(id), id, throughChild: true });
  return among(candidates, found.crowded);
}

/** Names with the birth date; the birth date with the family name, for a given name misspelt; the name alone. */
function adultQueries({ names, dateOfBirth }: Wanted): Query[] {
  const families = [...new Set(names.map(({ family }) => family))];
  return [
    ...names.map(({ given, family }): Query => [
      ['first_name', given],
      ['last_name', family],
      ['date_of_birth', dateOfBirth],
    ]),
    ...families.map((family): Query => [
      ['last_name', family],
      ['date_of_birth', dateOfBirth],
    ]),
    ...names.slice(0, 1).map(({ given, family }): Query => [
      ['first_name', given],
      ['last_name', family],
    ]),
  ];
}

interface Adults extends Candidates<Candidate> {
  /** Those born on another day: whoever names them later, their records need not be read. */
  readonly strangers: readonly string[];
}

async function searchAdults(query: Query, wanted: Wanted, call: Call): Promise<Adults | Failed> {
  const found = await list(call, [...query, ['context_flag', 'A']], wireAdultHitsSchema);
  if (found.kind === 'failed') return found;
  const { residents, nextCursor } = found.value;
  const hits = residents.filter((hit) => !isChild(hit.ageContext));
  const him = hits.filter((hit) => mayBeHim([nameOf(hit.firstName, hit.lastName)], hit.dateOfBirth, wanted));
  const more = (nextCursor ?? '') !== '';
  if (more && him.length === 0) return failed('too-many-matches');
  const strangers = hits.filter(({ dateOfBirth }) => isBornOnAnotherDay(dateOfBirth, wanted));
  return {
    kind: 'candidates',
    candidates: him.map((hit) => ({ id: hit.mosaicId, hit, throughChild: false })),
    strangers: strangers.map(({ mosaicId }) => mosaicId),
    crowded: false,
  };
}

/** The first page of a search. There is no list under this path where it answers 404: that is not this service. */
async function list<T>(call: Call, query: Query, schema: z.ZodType<T>): Promise<Held<T> | Failed> {
  const found = await read(call, RESIDENTS, schema, [...query, ['cursor', '0'], ['limit', String(LIMIT)]]);
  return found.kind === 'none' ? failed('bad-answer') : found;
}

/** Whether a context is a child's: "C", or the word. */
export const isChild = (context: string | null | undefined): boolean => /^c(?:hild)?$/i.test((context ?? '').trim());

/**
 * Children where he is known to live, then children of his family name; of each only who its adults are. More children
 * than a family has are not read: the answer then says that there were too many, never that he is not held.
 */
async function findThroughChildren(
  wanted: Wanted,
  strangers: ReadonlySet<string>,
  call: Call,
): Promise<Found<Candidate>> {
  const queries: Query[] = [
    ...wanted.postcodes.map((postcode): Query => [['postcode', postcode]]),
    ...[...new Set(wanted.names.map(({ family }) => family))].map((family): Query => [['last_name', family]]),
  ];
  let crowded = false;
  for (const query of queries) {
    const children = await searchChildren(query, call);
    if (children.kind === 'failed') {
      if (children.code !== 'too-many-matches') return children;
      crowded = true;
      continue;
    }
    const found = await adultsOf(children.ids, wanted, strangers, call);
    if (found.kind === 'failed' || found.candidates.length > 0) return found;
  }
  return { kind: 'candidates', candidates: [], crowded };
}

async function searchChildren(
  query: Query,
  call: Call,
): Promise<{ readonly kind: 'children'; readonly ids: readonly string[] } | Failed> {
  const found = await list(call, [...query, ['context_flag', 'C']], wireChildHitsSchema);
  if (found.kind === 'failed') return found;
  const { residents, nextCursor } = found.value;
  const ids = residents.filter((hit) => isChild(hit.ageContext)).map(({ mosaicId }) => mosaicId);
  const crowd = ids.length > CHILDREN_MAX || (nextCursor ?? '') !== '';
  return crowd ? failed('too-many-matches') : { kind: 'children', ids };
}

/** Relationships under which a child's record names other children. */
const CHILDREN_TOO = /sibling|cousin|nephew|niece|child/i;

async function adultsOf(
  childIds: readonly string[],
  wanted: Wanted,
  strangers: ReadonlySet<string>,
  call: Call,
): Promise<Found<Candidate>> {
  const reads = await Promise.all(
    childIds.map(async (childId) => {
      const path = `${RESIDENTS}/${pathSegment(childId)}/relationships`;
      return { childId, found: await read(call, path, wireAdultsOfChildSchema) };
    }),
  );
  const candidates = new Map<string, Candidate>();
  for (const { childId, found } of reads) {
    if (found.kind === 'failed') return found;
    if (found.kind === 'none') continue;
    if (found.value.personId !== childId) return failed('wrong-person');
    for (const { type, relationships } of found.value.personalRelationships) {
      if (CHILDREN_TOO.test(type ?? '')) continue;
      for (const { personId: id, firstName, lastName } of relationships) {
        const agreement = compareNames([nameOf(firstName, lastName)], wanted.names);
        const like = agreement === 'close' || agreement === 'near';
        if (like && !strangers.has(id)) candidates.set(id, { id, throughChild: true });
      }
    }
  }
  return among(candidates, false);
}
