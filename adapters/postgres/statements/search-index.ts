import type { Pool } from 'pg';
import { z } from 'zod';
import type { IndexPage, IndexQuery } from '../../../gateway/ports/entry-index.ts';
import { facetHash, STRETCH, stretchOf } from './facet-hash.ts';

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
 * common; then stretch by stretch through the index over facets, first one, then twice as many at once. So what is
 * common never costs a long list, and what is nowhere costs each stretch a look into an index.
 */
export async function searchStretches(pool: Pool, query: IndexQuery): Promise<IndexPage> {
  const limit = Math.max(1, Math.min(query.limit, 1_000));
  if (query.anyOf.some((group) => group.length === 0)) return { positions: [], more: false };
  const { rows } = await pool.query({
    name: 'search-bounds',
    text: BOUNDS,
    values: [query.from ?? null, query.to ?? null],
  });
  const [bounds] = boundsSchema.parse(rows);
  const first = bounds?.first ?? 0;
  let end = Math.min(bounds?.end ?? 0, query.before ?? Number.MAX_SAFE_INTEGER);
  const found: number[] = [];
  for (let atOnce = 0; end > first && found.length <= limit; atOnce = Math.min(AT_ONCE_MAX, Math.max(1, atOnce * 2))) {
    const begin = Math.max(first, atOnce === 0 ? end - NEWEST : (stretchOf(end - 1) - atOnce + 1) * STRETCH);
    const asked = { ...query, limit: limit + 1 - found.length };
    const { text, values } = statementFor(asked, { begin, end, through: atOnce === 0 ? 'positions' : 'facets' });
    const page = positionsSchema.parse((await pool.query(text, values)).rows).map(({ position }) => position);
    found.push(...page.sort((one, other) => other - one));
    end = begin;
  }
  return { positions: found.slice(0, limit), more: found.length > limit };
}

interface Part {
  readonly begin: number;
  readonly end: number;
  /** Which index leads to the rows. */
  readonly through: 'positions' | 'facets';
}

function statementFor(query: IndexQuery, { begin, end, through }: Part): { text: string; values: unknown[] } {
  const values: unknown[] = [query.limit];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const parts: string[] = [];
  for (let stretch = stretchOf(end - 1); stretch >= stretchOf(begin); stretch -= 1) {
    const hashes = (facets: readonly string[]): string[] => facets.map((facet) => facetHash(stretch, facet));
    const from = parameter(Math.max(begin, stretch * STRETCH));
    const to = parameter(Math.min(end, (stretch + 1) * STRETCH));
    const conditions = [
      ...(query.all.length === 0 ? [] : [`facets @> ${parameter(hashes(query.all))}::bigint[]`]),
      ...query.anyOf.map((group) => `facets && ${parameter(hashes(group))}::bigint[]`),
    ];
    const within = `position >= ${from} and position < ${to}`;
    const order = 'order by position desc limit $1';
    // The hashes are those of one stretch only, so they lead to its rows without the positions. `offset 0` keeps the
    // planner from reading the whole stretch instead, which it thinks cheap because it cannot know how rare they are.
    parts.push(
      through === 'positions' || conditions.length === 0
        ? `(select position from holdfast.review_entry where ${[within, ...conditions].join(' and ')} ${order})`
        : `(select position from (select position from holdfast.review_entry
            where ${conditions.join(' and ')} offset 0) held where ${within} ${order})`,
    );
  }
  return { text: parts.join(' union all '), values };
}
