import { Client } from 'pg';
import { entryLeaves } from '../../../gateway/audit/leaves.ts';
import { insertIndexRows } from '../../../adapters/postgres/statements/insert-index-rows.ts';
import { indexRowOfEvent } from '../../../gateway/review/index/facets.ts';
import type { IndexRow } from '../../../gateway/ports/entry-index.ts';
import { boroughLog } from '../review/borough-log.ts';

/** A long log and its index, in bulk: the entries are real ones with their own hashes, only written past the one writer, under every guard of the table. */

const ROWS_AT_ONCE = 5_000;
const TOLD_EVERY = 500_000;
const SEED = 20_26;

const ENTRIES = `
  insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
  select * from unnest($1::bigint[], $2::timestamptz[], $3::text[], $4::bytea[], $5::text[])`;

interface Row {
  readonly position: number;
  readonly recordedAt: string;
  readonly kind: string;
  readonly hash: Buffer;
  readonly canonical: string;
}

/**
 * Fills an empty log before the gateway first starts on it.
 * @param caseRefOf the reference that stands for the nth case of the log, of which the first are the busiest
 */
export async function fillLog(
  ownerUrl: string,
  count: number,
  caseRefOf: (nth: number) => string,
  tell: (sentence: string) => void,
): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query("set synchronous_commit = off; set maintenance_work_mem = '512MB'");
    await owner.query('drop index holdfast.review_entry_facets');
    let [entries, indexed]: [Row[], IndexRow[]] = [[], []];
    const flush = async (): Promise<void> => {
      await insertEntries(owner, entries);
      await insertIndexRows(owner, indexed);
      [entries, indexed] = [[], []];
    };
    let position = 0;
    for (const { at, body: drawn, tokens } of boroughLog(SEED, count)) {
      const body = 'caseRef' in drawn ? { ...drawn, caseRef: caseRefOf(Number(drawn.caseRef?.slice(-5))) } : drawn;
      const prepared = entryLeaves.prepare(body);
      if (!prepared.ok) throw new Error(prepared.error);
      const { entryHash, canonical } = entryLeaves.place(prepared.value, { position, recordedAt: at });
      const hash = Buffer.from(entryHash, 'base64url');
      entries.push({ position, recordedAt: at, kind: prepared.value.kind, hash, canonical });
      indexed.push(indexRowOfEvent({ position, recordedAt: at, body }, tokens));
      position += 1;
      if (entries.length === ROWS_AT_ONCE) await flush();
      if (position % TOLD_EVERY === 0) tell(`${position} of ${count} entries are loaded`);
    }
    await flush();
    await finish(owner, position);
  } finally {
    await owner.end();
  }
}

async function insertEntries(owner: Client, rows: readonly Row[]): Promise<void> {
  await owner.query({
    name: 'insert-entries',
    text: ENTRIES,
    values: [
      rows.map(({ position }) => position),
      rows.map(({ recordedAt }) => recordedAt),
      rows.map(({ kind }) => kind),
      rows.map(({ hash }) => hash),
      rows.map(({ canonical }) => canonical),
    ],
  });
}

async function finish(owner: Client, next: number): Promise<void> {
  await owner.query('update holdfast.review_index set next = $1', [next]);
  await owner.query(
    'create index review_entry_facets on holdfast.review_entry using gin (facets) with (fastupdate = off)',
  );
  await owner.query('vacuum analyze holdfast.entry');
  await owner.query('vacuum analyze holdfast.review_entry');
}
