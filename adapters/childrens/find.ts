import { isoDateSchema, type IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import { pathSegment } from '../https/agency-client.ts';
import { failed, type Call, type Failed } from './call.ts';
import { birthDateOf, compareBirthDates } from './dates.ts';
import { compareNames, namesOf, type FullName } from './names.ts';
import { wireAdultHitsSchema, wireAdultsOfChildSchema, wireChildHitsSchema, type WireAdultHit } from './wire.ts';

/**
 * Under which numbers children's services hold the adult: among the adults that can be searched, else among those who
 * only stand in the relationships of a child's record. The service keeps children's records, and most fathers are known
 * to it as somebody's father.
 */

/** Who is looked for: the parts of the subject that decide whether somebody may be him. */
export interface Wanted {
  readonly names: readonly FullName[];
  readonly dateOfBirth: IsoDate;
  readonly postcodes: readonly string[];
}

export interface Candidate {
  readonly id: string;
  /** What the search said of him; none where he was reached through a child. */
  readonly hit?: WireAdultHit;
}

export interface Candidates {
  readonly kind: 'candidates';
  readonly candidates: readonly Candidate[];
  /** More were there than may be read: he may be among those who were not. */
  readonly crowded: boolean;
}
export type Found = Candidates | Failed;

const RESIDENTS = '/api/v1/residents';
const LIMIT = 20;
/** More than this of one name and birth date are a crowd, and each would cost reads about a stranger's family. */
const CANDIDATES_MAX = 4;
/** Reading more children's records to find one adult would be a trawl. */
const CHILDREN_MAX = 10;
const POSTCODES_MAX = 2;

/** What the search needs of the subject, or undefined: a name and a full birth date. A name alone is never searched. */
export function wantedOf(subject: Person): Wanted | undefined {
  const dateOfBirth = isoDateSchema.safeParse(subject.dateOfBirth).data;
  const names = namesOf(subject);
  if (dateOfBirth === undefined || names.length === 0) return undefined;
  const postcodes = (subject.addresses ?? []).flatMap(({ postcode }) => postcode ?? []);
  const wellFormed = postcodes.filter((postcode) => /^[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}$/i.test(postcode));
  return { names, dateOfBirth, postcodes: [...new Set(wellFormed)].slice(0, POSTCODES_MAX) };
}

/** The surest way first, and no further than needed (P3): until somebody with a birth date like his is found. */
export async function find(wanted: Wanted, call: Call): Promise<Found> {
  const candidates = new Map<string, Candidate>();
  for (const query of adultQueries(wanted)) {
    const found = await searchAdults(query, wanted, call);
    if (found.kind === 'failed') return found;
    for (const candidate of found.candidates) candidates.set(candidate.id, candidate);
    if (found.candidates.some(({ hit }) => hasBirthDate(hit, wanted))) return among(candidates, found.crowded);
  }
  // A namesake whose birth date nobody wrote down is no reason to stop looking.
  const found = await findThroughChildren(wanted, call);
  if (found.kind === 'failed') return found;
  for (const candidate of found.candidates) candidates.set(candidate.id, candidate);
  return among(candidates, found.crowded);
}

const hasBirthDate = (hit: WireAdultHit | undefined, { dateOfBirth }: Wanted): boolean =>
  birthDateOf(hit?.dateOfBirth, dateOfBirth) !== undefined;

const among = (candidates: ReadonlyMap<string, Candidate>, crowded: boolean): Found =>
  candidates.size > CANDIDATES_MAX
    ? failed('too-many-matches')
    : { kind: 'candidates', candidates: [...candidates.values()], crowded };

type Query = readonly (readonly [string, string])[];

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

async function searchAdults(query: Query, wanted: Wanted, call: Call): Promise<Found> {
  const reply = await call(RESIDENTS, [...query, ['context_flag', 'A'], ['cursor', '0'], ['limit', String(LIMIT)]]);
  if (reply.kind !== 'answered') return refused(reply);
  const parsed = wireAdultHitsSchema.safeParse(reply.json);
  if (!parsed.success) return failed('bad-answer');
  const { residents, nextCursor } = parsed.data;
  const hits = residents.filter((hit) => !isChild(hit.ageContext));
  const him = hits.filter((hit) => mayBeHim([nameOf(hit.firstName, hit.lastName)], hit.dateOfBirth, wanted));
  const more = (nextCursor ?? '') !== '';
  if (more && him.length === 0) return failed('too-many-matches');
  return { kind: 'candidates', candidates: him.map((hit) => ({ id: hit.mosaicId, hit })), crowded: false };
}

/** A search that refuses: there is no list under this path, so a 404 is not this service. */
const refused = (reply: { readonly kind: 'none' } | Failed): Failed =>
  reply.kind === 'none' ? failed('bad-answer') : reply;

/** Whether a context is a child's: "C", or the word. */
export const isChild = (context: string | null | undefined): boolean => /^c(?:hild)?$/i.test((context ?? '').trim());

/** A name of whatever parts are there. */
export const nameOf = (given: string | null | undefined, family: string | null | undefined): Partial<FullName> => ({
  ...(typeof given === 'string' ? { given } : {}),
  ...(typeof family === 'string' ? { family } : {}),
});

/** The same birth date with a like name; a birth date that slipped, or none, only with the very name. */
export function mayBeHim(
  held: readonly Partial<FullName>[],
  dateOfBirth: string | null | undefined,
  wanted: Wanted,
): boolean {
  const name = compareNames(held, wanted.names);
  switch (compareBirthDates(birthDateOf(dateOfBirth, wanted.dateOfBirth), wanted.dateOfBirth)) {
    case 'same':
      return name === 'close' || name === 'near';
    case 'near':
    case 'unknown':
      return name === 'close';
    case 'different':
      return false;
  }
}

/**
 * Children where he is known to live, then children of his family name; of each only who its adults are. More children
 * than a family has are not read: the answer then says that there were too many, never that he is not held.
 */
async function findThroughChildren(wanted: Wanted, call: Call): Promise<Found> {
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
    const found = await adultsOf(children.ids, wanted, call);
    if (found.kind === 'failed' || found.candidates.length > 0) return found;
  }
  return { kind: 'candidates', candidates: [], crowded };
}

async function searchChildren(
  query: Query,
  call: Call,
): Promise<{ readonly kind: 'children'; readonly ids: readonly string[] } | Failed> {
  const reply = await call(RESIDENTS, [...query, ['context_flag', 'C'], ['cursor', '0'], ['limit', String(LIMIT)]]);
  if (reply.kind !== 'answered') return refused(reply);
  const parsed = wireChildHitsSchema.safeParse(reply.json);
  if (!parsed.success) return failed('bad-answer');
  const ids = parsed.data.residents.filter((hit) => isChild(hit.ageContext)).map(({ mosaicId }) => mosaicId);
  const crowd = ids.length > CHILDREN_MAX || (parsed.data.nextCursor ?? '') !== '';
  return crowd ? failed('too-many-matches') : { kind: 'children', ids };
}

/** Relationships under which a child's record names other children. */
const CHILDREN_TOO = /sibling|cousin|nephew|niece|child/i;

async function adultsOf(childIds: readonly string[], wanted: Wanted, call: Call): Promise<Found> {
  const replies = await Promise.all(
    childIds.map(async (childId) => ({
      childId,
      reply: await call(`${RESIDENTS}/${pathSegment(childId)}/relationships`),
    })),
  );
  const ids = new Set<string>();
  for (const { childId, reply } of replies) {
    if (reply.kind === 'failed') return reply;
    if (reply.kind === 'none') continue;
    const parsed = wireAdultsOfChildSchema.safeParse(reply.json);
    if (!parsed.success) return failed('bad-answer');
    if (parsed.data.personId !== childId) return failed('wrong-person');
    for (const { type, relationships } of parsed.data.personalRelationships) {
      if (CHILDREN_TOO.test(type ?? '')) continue;
      for (const adult of relationships) {
        const agreement = compareNames([nameOf(adult.firstName, adult.lastName)], wanted.names);
        if (agreement === 'close' || agreement === 'near') ids.add(adult.personId);
      }
    }
  }
  if (ids.size > CANDIDATES_MAX) return failed('too-many-matches');
  return { kind: 'candidates', candidates: [...ids].map((id) => ({ id })), crowded: false };
}
