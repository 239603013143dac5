import type { IsoDate } from '../../schemas/names.ts';
import { isoDateSchema } from '../../schemas/names.ts';
import type { Person, PersonName } from '../../schemas/person.ts';
import { failed, type Call, type Failed } from './call.ts';
import { crnOf, isHmppsId, isLimited, nomsOf } from './identity.ts';
import { shown } from './masked.ts';
import { pncKey, pncLong } from './pnc.ts';
import { wireSearchSchema, type WirePerson } from './wire.ts';

/** Under which ids the API holds somebody like the subject: the surest way first, and no further than needed (P3). */

export interface Candidate {
  readonly id: string;
  /** What the search said of this person; empty where the id was known beforehand. */
  readonly hits: readonly WirePerson[];
  /** The search already says that access is limited: nothing more is asked. */
  readonly limited: boolean;
}

export type Found =
  { readonly kind: 'candidates'; readonly candidates: readonly Candidate[] } | { readonly kind: 'too-many' } | Failed;

/** One way of looking him up; the caller tries the next where this one leads to nobody. */
export type Way = () => Promise<Found>;

/** More people than this under one name and birth date are a crowd, and each would cost six reads about a stranger. */
const CANDIDATES_MAX = 4;
const PER_PAGE = 20;
const NAMES_MAX = 3;

type Query = readonly (readonly [string, string])[];

/**
 * The ways that the subject allows, surest first: an id he is known by, his PNC, his names with his birth date. None
 * where the question does not know enough: a name alone is never searched.
 */
export function waysToFind(subject: Person, asOf: IsoDate, call: Call): Way[] {
  const identifiers = subject.identifiers ?? [];
  const ids = identifiers
    .filter(({ type }) => type === 'CRN' || type === 'NOMS')
    .map(({ value }) => value.trim().toUpperCase())
    .filter(isHmppsId);
  const pncs = identifiers
    .filter(({ type }) => type === 'PNC')
    .map(({ value }) => pncLong(value, asOf))
    .filter((pnc) => pnc !== undefined);
  return [
    ...[...new Set(ids)].slice(0, 2).map(byId),
    ...[...new Set(pncs)].slice(0, 2).map((pnc) => byPnc(pnc, call)),
    ...queriesByName(subject).map((query) => byName(query, call)),
  ];
}

const byId =
  (id: string): Way =>
  () =>
    Promise.resolve({ kind: 'candidates', candidates: [{ id, hits: [], limited: false }] });

const byPnc =
  (pnc: string, call: Call): Way =>
  () =>
    search(call, [['pnc_number', pnc]], (hit) => {
      const held = shown(hit.pncId);
      return held === undefined || pncKey(held) === pncKey(pnc);
    });

function byName(query: NameQuery, call: Call): Way {
  return () =>
    search(
      call,
      [
        ['first_name', query.given],
        ['last_name', query.family],
        ['date_of_birth', query.dateOfBirth],
        ['search_within_aliases', 'true'],
      ],
      (hit) => {
        const dates = [hit, ...(hit.aliases ?? [])].map((part) => shown(part.dateOfBirth));
        return dates.some((date) => date === undefined || date === query.dateOfBirth);
      },
    );
}

interface NameQuery {
  readonly given: string;
  readonly family: string;
  readonly dateOfBirth: IsoDate;
}

/** Letters, marks, and what stands between them in names. Anything else is not a name and is never sent. */
const NAME = /^\p{L}[\p{L}\p{M} '’.-]{0,99}$/u;

function queriesByName(subject: Person): NameQuery[] {
  const dateOfBirth = isoDateSchema.safeParse(subject.dateOfBirth).data;
  if (dateOfBirth === undefined) return [];
  const names = [...(subject.names ?? [])].sort((a, b) => Number(a.type === 'alias') - Number(b.type === 'alias'));
  const queries = new Map<string, NameQuery>();
  for (const name of names) {
    const { given, family } = partsOf(name);
    if (given === undefined || family === undefined || !NAME.test(given) || !NAME.test(family)) continue;
    const key = `${given}\n${family}`.toLowerCase();
    if (!queries.has(key)) queries.set(key, { given, family, dateOfBirth });
  }
  return [...queries.values()].slice(0, NAMES_MAX);
}

function partsOf(name: PersonName): { given: string | undefined; family: string | undefined } {
  const words = (shown(name.full) ?? '').split(' ').filter((word) => word !== '');
  const [first, last] = words.length >= 2 ? [words[0], words.at(-1)] : [undefined, undefined];
  return { given: shown(name.given) ?? first, family: shown(name.family) ?? last };
}

async function search(call: Call, query: Query, isAskedFor: (hit: WirePerson) => boolean): Promise<Found> {
  const reply = await call('/v1/persons', [...query, ['page', '1'], ['perPage', String(PER_PAGE)]]);
  if (reply.kind === 'failed' || reply.kind === 'too-many') return reply;
  // A search has neither a person to limit nor one to move; an empty result is 200. Anything else is not this API.
  if (reply.kind === 'limited') return failed('not-authorised');
  if (reply.kind !== 'answered') return failed('bad-answer');
  const read = wireSearchSchema.safeParse(reply.json);
  if (!read.success) return failed('bad-answer');
  const { data, pagination } = read.data;
  if ((pagination?.totalCount ?? data.length) > data.length || pagination?.isLastPage === false) {
    return { kind: 'too-many' };
  }
  const right = data.filter(isAskedFor);
  if (data.length > 0 && right.length === 0) return failed('wrong-person');
  const candidates = groupHits(right);
  if (right.length > 0 && candidates.length === 0) return failed('bad-answer');
  return candidates.length > CANDIDATES_MAX ? { kind: 'too-many' } : { kind: 'candidates', candidates };
}

/**
 * The registers answer a search separately: one man in both comes twice, joined by his prison number in the probation
 * case (or the case number in the prison record). Nothing else joins hits.
 */
function groupHits(hits: readonly WirePerson[]): Candidate[] {
  const groups: WirePerson[][] = [];
  for (const hit of hits) {
    const ids = [crnOf(hit), nomsOf(hit)].filter((id) => id !== undefined);
    if (ids.length === 0) continue;
    const group = groups.find((other) => other.some((half) => joins(half, hit)));
    if (group === undefined) groups.push([hit]);
    else group.push(hit);
  }
  return groups.flatMap((group) => {
    const id =
      group.map(crnOf).find((crn) => crn !== undefined) ?? group.map(nomsOf).find((noms) => noms !== undefined);
    return id === undefined ? [] : [{ id, hits: group, limited: group.some(isLimited) }];
  });
}

function joins(a: WirePerson, b: WirePerson): boolean {
  const [crnA, crnB, nomsA, nomsB] = [crnOf(a), crnOf(b), nomsOf(a), nomsOf(b)];
  // Two probation cases with one prison number are two cases until probation itself merges them.
  if (crnA !== undefined && crnB !== undefined) return crnA === crnB;
  return nomsA !== undefined && nomsA === nomsB;
}
