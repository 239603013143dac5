import { hash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { EVERYWHERE, facetHash, STRETCH, stretchOf } from '../../../adapters/postgres/statements/facet-hash.ts';
import type { IndexRow } from '../../../gateway/ports/entry-index.ts';
import { indexRowOfEvent } from '../../../gateway/review/index/facets.ts';
import { BEGIN, boroughLog, END, type BoroughEntry } from './borough-log.ts';

/**
 * Loads the search index in bulk: the very rows that following the log would have written, by COPY, and its indexes
 * afterwards. A load that was broken off goes on where it was.
 */

const SEED = 20_26;
/** A whole stretch, so that what occurs in a stretch is known when it is written. */
const BLOCK = STRETCH;

const INDEXES: Readonly<Record<string, string>> = {
  review_entry_pkey: 'alter table holdfast.review_entry add constraint review_entry_pkey primary key (position)',
  review_entry_recorded: 'create index review_entry_recorded on holdfast.review_entry (recorded_at, position)',
  review_entry_case: 'create index review_entry_case on holdfast.review_entry (case_ref) where case_ref is not null',
  review_facet_pkey: 'alter table holdfast.review_facet add constraint review_facet_pkey primary key (facet, stretch)',
  review_entry_facets:
    'create index review_entry_facets on holdfast.review_entry using gin (facets) with (fastupdate = off)',
};

/** Entries, two a question, out of which a longer log is drawn again and again. */
const POOL = 4 * STRETCH;

/** What an entry has in the index wherever it lies. */
type Placeless = Omit<IndexRow, 'position' | 'recordedAt'>;

/**
 * Gives the event at each position of a log of so many entries. What is asked in a borough repeats itself, so the
 * questions of one log of 131,072 entries are drawn over and over, in another order each time.
 */
export function drawnLog(count: number): (position: number) => { readonly event: number; readonly recordedAt: string } {
  return (position) => {
    const question = Math.floor(position / 2);
    const drawn = hash('sha256', `${SEED} ${question}`, 'buffer').readUInt32BE(0) % (POOL / 2);
    const recordedAt = new Date(BEGIN + Math.floor(((END - BEGIN) * 2 * question) / count)).toISOString();
    return { event: drawn * 2 + (position % 2), recordedAt };
  };
}

/** The events that are drawn, in the order of a log. */
export const poolOf = (count: number): readonly BoroughEntry[] => [
  ...boroughLog(SEED, Math.max(count, POOL), { from: 0, until: POOL }),
];

/** The rows of the index for a part of the log. */
function rowsFrom(count: number): (from: number, until: number) => IndexRow[] {
  const pool = poolOf(count).map(({ at, body, tokens }): Placeless => {
    const {
      position: _position,
      recordedAt: _recordedAt,
      ...placeless
    } = indexRowOfEvent({ position: 0, recordedAt: at, body }, tokens);
    return placeless;
  });
  const at = drawnLog(count);
  return (from, until) =>
    Array.from({ length: until - from }, (_, n) => {
      const { event, recordedAt } = at(from + n);
      const placeless = pool[event];
      if (placeless === undefined) throw new Error('drawn beyond the pool');
      return { ...placeless, position: from + n, recordedAt };
    });
}

export interface Load {
  readonly ownerUrl: string;
  /** That the database's server may read from. */
  readonly folder: string;
  readonly entries: number;
  readonly tell: (sentence: string) => void;
  /** Stop before the next block after this moment of `performance.now()`; never when absent. */
  readonly until?: number;
}

/** Gives whether all of it is there. */
export async function loadIndex({ ownerUrl, folder, entries, tell, until = Infinity }: Load): Promise<boolean> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ next: string }>('select next from holdfast.review_index');
    let next = Number(rows[0]?.next ?? 0);
    if (next === 0) await dropIndexes(owner);
    const rowsOf = rowsFrom(entries);
    for (; next < entries; next = Math.min(entries, next + BLOCK)) {
      if (performance.now() > until) return false;
      await copyBlock(owner, folder, rowsOf(next, Math.min(entries, next + BLOCK)));
      tell(`${Math.min(entries, next + BLOCK)} of ${entries} entries are loaded`);
    }
    return await makeIndexes(owner, tell, until);
  } finally {
    await owner.end();
  }
}

async function dropIndexes(owner: Client): Promise<void> {
  await owner.query('alter table holdfast.review_entry drop constraint review_entry_pkey');
  await owner.query('alter table holdfast.review_facet drop constraint review_facet_pkey');
  for (const name of Object.keys(INDEXES)) await owner.query(`drop index if exists holdfast.${name}`);
}

async function makeIndexes(owner: Client, tell: (sentence: string) => void, until: number): Promise<boolean> {
  await owner.query("set maintenance_work_mem = '1500MB'");
  for (const [name, sql] of Object.entries(INDEXES)) {
    const { rowCount } = await owner.query('select from pg_indexes where indexname = $1', [name]);
    if (rowCount !== 0) continue;
    if (performance.now() > until) return false;
    await owner.query(sql);
    tell(`index ${name} is made`);
  }
  await owner.query('vacuum analyze holdfast.review_entry');
  await owner.query('vacuum analyze holdfast.review_facet');
  return true;
}

/** One block is there wholly or not at all. */
async function copyBlock(owner: Client, folder: string, rows: readonly IndexRow[]): Promise<void> {
  const last = rows.at(-1);
  if (last === undefined) return;
  const files = { entries: join(folder, 'entries.copy'), facets: join(folder, 'facets.copy') };
  await writeFile(files.entries, entryLines(rows), { mode: 0o644 });
  await writeFile(files.facets, facetLines(rows), { mode: 0o644 });
  await owner.query('begin');
  await owner.query('set local synchronous_commit = off');
  const columns = 'position, recorded_at, case_ref, facets';
  await owner.query(`copy holdfast.review_entry (${columns}) from ${owner.escapeLiteral(files.entries)}`);
  await owner.query(`copy holdfast.review_facet (facet, stretch) from ${owner.escapeLiteral(files.facets)}`);
  const staff = new Map(
    rows.flatMap((row) => (row.staff === undefined ? [] : [[JSON.stringify(row.staff), row.staff]])),
  );
  await owner.query(
    'insert into holdfast.review_staff select * from unnest($1::text[], $2::text[]) on conflict do nothing',
    [[...staff.values()].map(({ agency }) => agency), [...staff.values()].map(({ staffId }) => staffId)],
  );
  await owner.query('update holdfast.review_index set next = $1', [last.position + 1]);
  await owner.query('commit');
  await Promise.all(Object.values(files).map((file) => rm(file, { force: true })));
}

/** Hashes of what occurs in one stretch, each worked out once. */
function hashesOf(stretch: number): (facet: string) => string {
  const known = new Map<string, string>();
  return (facet) => {
    let hashed = known.get(facet);
    if (hashed === undefined) known.set(facet, (hashed = facetHash(stretch, facet)));
    return hashed;
  };
}

function entryLines(rows: readonly IndexRow[]): string {
  const hashed = hashesOf(stretchOf(rows[0]?.position ?? 0));
  return rows
    .map(({ position, recordedAt, caseRef, facets }) => {
      return `${position}\t${recordedAt}\t${caseRef ?? '\\N'}\t{${facets.map(hashed).join(',')}}\n`;
    })
    .join('');
}

const everywhere = new Map<string, string>();

function facetLines(rows: readonly IndexRow[]): string {
  const stretch = stretchOf(rows[0]?.position ?? 0);
  const held = new Set(rows.flatMap(({ facets }) => facets));
  return [...held]
    .map((each) => {
      const hashed = everywhere.get(each) ?? facetHash(EVERYWHERE, each);
      everywhere.set(each, hashed);
      return `${hashed}\t${stretch}\n`;
    })
    .join('');
}
