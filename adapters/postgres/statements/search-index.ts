import type { Pool } from 'pg';
import { z } from 'zod';
import type { IndexPage, IndexQuery } from '../../../gateway/ports/entry-index.ts';
import { EVERYWHERE, facetHash, STRETCH, stretchOf } from './facet-hash.ts';

/** Stretches that are asked in one statement, at most. */
const AT_ONCE_MAX = 32;
const positionsSchema = z.array(z.object({ position: z.coerce.number().int() }));
const boundsSchema = z
  .array(z.object({ first: z.coerce.number().int().nullable(), end: z.coerce.number().int().nullable() }))
  .length(1);

/** The positions between two moments: recorded times never go back, so each moment is one place in the log. */
const BOUNDS = `
  select
    (select position from holdfast.review_entry
     where recorded_at >= coalesce($1::timestamptz, '-infinity') order by recorded_at, position limit 1) as first,
    (select position + 1 from holdfast.review_entry
     where recorded_at < coalesce($2::timestamptz, 'infinity') order by recorded_at desc, position desc limit 1) as end`;

/** Positions that are read through before any index over facets is asked: enough to fill a page of what is common. */
const NEWEST = 2_048;

/**
 * Finds the newest entries that fit: first by reading the newest of all, which fills the page where what is asked for is
 * common; then through the index over facets, stretch by stretch, and only those stretches in which everything that is
 * asked for occurs: first one, then twice as many at once. So what is common never costs a long list, and what is rare or
 * nowhere never costs a look into every stretch.
 */
export async function searchStretches(pool: Pool, query: IndexQuery, readThrough = NEWEST): Promise<IndexPage> {
  const limit = Math.max(1, Math.min(query.limit, 1_000));
  if (query.anyOf.some((group) => group.length === 0)) return { positions: [], more: false };
  const { first, end } = await boundsOf(pool, query);
  const found: number[] = [];
  const read = async (parts: readonly Part[], through: 'positions' | 'facets'): Promise<void> => {
    const { text, values } = statementFor({ ...query, limit: limit + 1 - found.length }, parts, through);
    const page = positionsSchema.parse((await pool.query(text, values)).rows).map(({ position }) => position);
    found.push(...page.sort((one, other) => other - one));
  };
  const newest = { begin: Math.max(first, end - readThrough), end };
  if (newest.begin < end) await read(cutByStretches(newest), 'positions');
  const older = { begin: first, end: newest.begin };
  if (found.length <= limit && older.begin < older.end) {
    const parts = await partsWithAll(pool, query, older);
    for (let atOnce = 1; parts.length > 0 && found.length <= limit; atOnce = Math.min(AT_ONCE_MAX, atOnce * 2))
      await read(parts.splice(0, atOnce), 'facets');
  }
  return { positions: found.slice(0, limit), more: found.length > limit };
}

/** Positions from `begin` on and before `end`. */
interface Part {
  readonly begin: number;
  readonly end: number;
}

async function boundsOf(pool: Pool, { from, to, before }: IndexQuery): Promise<{ first: number; end: number }> {
  const { rows } = await pool.query({ name: 'search-bounds', text: BOUNDS, values: [from ?? null, to ?? null] });
  const [bounds] = boundsSchema.parse(rows);
  return { first: bounds?.first ?? 0, end: Math.min(bounds?.end ?? 0, before ?? Number.MAX_SAFE_INTEGER) };
}

/** The parts of each stretch, newest first. */
function cutByStretches({ begin, end }: Part): Part[] {
  const parts: Part[] = [];
  for (let stretch = stretchOf(end - 1); stretch >= stretchOf(begin); stretch -= 1)
    parts.push({ begin: Math.max(begin, stretch * STRETCH), end: Math.min(end, (stretch + 1) * STRETCH) });
  return parts;
}

const stretchesSchema = z.array(z.object({ stretch: z.number().int() }));

/** The parts of those stretches in which each facet occurs that is asked for, newest first. */
async function partsWithAll(pool: Pool, { all, anyOf }: IndexQuery, within: Part): Promise<Part[]> {
  const values: unknown[] = [stretchOf(within.begin), stretchOf(within.end - 1)];
  const occurring = (facets: readonly string[], atLeast: string): string => {
    const hashes = values.push(facets.map((each) => facetHash(EVERYWHERE, each)));
    return `select stretch from holdfast.review_facet where facet = any($${hashes}::bigint[])
      and stretch between $1 and $2 group by stretch ${atLeast}`;
  };
  const distinct = [...new Set(all)];
  const conditions = [
    ...(distinct.length === 0 ? [] : [occurring(distinct, `having count(*) = ${distinct.length}`)]),
    ...anyOf.map((group) => occurring(group, '')),
  ];
  if (conditions.length === 0) return cutByStretches(within);
  const { rows } = await pool.query(conditions.map((each) => `(${each})`).join(' intersect '), values);
  const held = new Set(stretchesSchema.parse(rows).map(({ stretch }) => stretch));
  return cutByStretches(within).filter(({ begin }) => held.has(stretchOf(begin)));
}

/** @param through which index leads to the rows */
function statementFor(
  query: IndexQuery,
  within: readonly Part[],
  through: 'positions' | 'facets',
): { text: string; values: unknown[] } {
  const values: unknown[] = [query.limit];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const parts = within.map(({ begin, end }) => {
    const hashes = (facets: readonly string[]): string[] => facets.map((each) => facetHash(stretchOf(begin), each));
    const conditions = [
      ...(query.all.length === 0 ? [] : [`facets @> ${parameter(hashes(query.all))}::bigint[]`]),
      ...query.anyOf.map((group) => `facets && ${parameter(hashes(group))}::bigint[]`),
    ];
    const inPart = `position >= ${parameter(begin)} and position < ${parameter(end)}`;
    const order = 'order by position desc limit $1';
    // The hashes are those of one stretch only, so they lead to its rows without the positions. `offset 0` keeps the
    // planner from reading the whole stretch instead, which it thinks cheap because it cannot know how rare they are.
    return through === 'positions' || conditions.length === 0
      ? `(select position from holdfast.review_entry where ${[inPart, ...conditions].join(' and ')} ${order})`
      : `(select position from (select position from holdfast.review_entry
          where ${conditions.join(' and ')} offset 0) held where ${inPart} ${order})`;
  });
  return { text: parts.join(' union all '), values };
}
