import type { ClientBase } from 'pg';
import type { IndexRow } from '../../../gateway/ports/entry-index.ts';
import { EVERYWHERE, facetHash, stretchOf } from './facet-hash.ts';

const ROWS = `
  insert into holdfast.review_entry (position, recorded_at, case_ref, facets)
  select row.position, row.recorded_at, row.case_ref, row.facets::bigint[]
  from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::text[]) as row (position, recorded_at, case_ref, facets)`;

const STAFF = `
  insert into holdfast.review_staff (agency, staff_id)
  select distinct * from unnest($1::text[], $2::text[])
  on conflict do nothing`;

const STRETCHES = `
  insert into holdfast.review_facet (facet, stretch)
  select * from unnest($1::bigint[], $2::integer[])
  on conflict do nothing`;

/** Adds rows to the index, with the hashes of what they can be found by. */
export async function insertIndexRows(client: ClientBase, rows: readonly IndexRow[]): Promise<void> {
  await client.query({
    name: 'insert-index-rows',
    text: ROWS,
    values: [
      rows.map(({ position }) => position),
      rows.map(({ recordedAt }) => recordedAt),
      rows.map(({ caseRef }) => caseRef ?? null),
      rows.map(facetArray),
    ],
  });
  await insertStretches(client, rows);
  const staff = rows.flatMap((row) => row.staff ?? []);
  if (staff.length === 0) return;
  await client.query({
    name: 'insert-index-staff',
    text: STAFF,
    values: [staff.map(({ agency }) => agency), staff.map(({ staffId }) => staffId)],
  });
}

async function insertStretches(client: ClientBase, rows: readonly IndexRow[]): Promise<void> {
  const occurs = new Map<string, readonly [string, number]>();
  for (const { position, facets } of rows)
    for (const each of facets) {
      const stretch = stretchOf(position);
      const hash = facetHash(EVERYWHERE, each);
      occurs.set(`${hash} ${stretch}`, [hash, stretch]);
    }
  const pairs = [...occurs.values()];
  await client.query({
    name: 'insert-index-stretches',
    text: STRETCHES,
    values: [pairs.map(([hash]) => hash), pairs.map(([, stretch]) => stretch)],
  });
}

/** A row's hashes as PostgreSQL writes an array. */
export function facetArray({ position, facets }: IndexRow): string {
  const stretch = stretchOf(position);
  return `{${facets.map((each) => facetHash(stretch, each)).join(',')}}`;
}
