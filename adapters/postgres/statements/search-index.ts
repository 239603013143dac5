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

/**
 * Finds the newest entries that fit: stretch by stretch from the newest on, first one, then twice as many at once, until
 * the page is full. So a page of what is common costs one stretch, and what is nowhere costs each a look into an index.
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
  const end = Math.min(bounds?.end ?? 0, query.before ?? Number.MAX_SAFE_INTEGER);
  const found: number[] = [];
  let stretch = stretchOf(end - 1);
  for (let atOnce = 1; stretch >= stretchOf(first) && end > first && found.length <= limit; atOnce *= 2) {
    const last = Math.max(stretchOf(first), stretch - Math.min(atOnce, AT_ONCE_MAX) + 1);
    const { text, values } = statementFor({ ...query, limit: limit + 1 - found.length }, { stretch, last, first, end });
    const page = positionsSchema.parse((await pool.query(text, values)).rows).map(({ position }) => position);
    found.push(...page.sort((a, b) => b - a));
    stretch = last - 1;
  }
  return { positions: found.slice(0, limit), more: found.length > limit };
}

interface Stretches {
  /** The newest and the oldest that are asked. */
  readonly stretch: number;
  readonly last: number;
  readonly first: number;
  readonly end: number;
}

function statementFor(
  query: IndexQuery,
  { stretch, last, first, end }: Stretches,
): { text: string; values: unknown[] } {
  const values: unknown[] = [query.limit];
  const parameter = (value: unknown): string => `$${values.push(value)}`;
  const parts: string[] = [];
  for (let each = stretch; each >= last; each -= 1) {
    const hashes = (facets: readonly string[]): string[] => facets.map((facet) => facetHash(each, facet));
    const from = parameter(Math.max(first, each * STRETCH));
    const to = parameter(Math.min(end, (each + 1) * STRETCH));
    const conditions = [
      ...(query.all.length === 0 ? [] : [`facets @> ${parameter(hashes(query.all))}::bigint[]`]),
      ...query.anyOf.map((group) => `facets && ${parameter(hashes(group))}::bigint[]`),
    ];
    parts.push(
      `(select position from holdfast.review_entry
        where position >= ${from} and position < ${to}${conditions.map((each_) => ` and ${each_}`).join('')}
        order by position desc limit $1)`,
    );
  }
  return { text: parts.join(' union all '), values };
}
