import { Client } from 'pg';
import { facetArray } from '../../../adapters/postgres/statements/insert-index-rows.ts';
import { indexRowOf } from '../../../gateway/review/index/facets.ts';
import { entryLeaves } from '../../../gateway/audit/leaves.ts';
import { drawnLog, poolOf } from './load.ts';

/** Whether what was loaded in bulk is what following the log writes, on a sample spread over all of it. */

const SAMPLE = 500;

interface Row {
  readonly position: string;
  readonly recorded: string;
  readonly case_ref: string | null;
  readonly facets: string;
}

const ROWS = `
  select position, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as recorded, case_ref,
    facets::text as facets
  from holdfast.review_entry where position = any($1::bigint[])`;

/**
 * Makes the entries of some positions as the log keeps them, to the text, indexes them as the follower does, and
 * compares. Gives how many it compared; throws at the first that differs.
 */
export async function compareSample(ownerUrl: string, entries: number): Promise<number> {
  const positions = Array.from({ length: Math.min(SAMPLE, entries) }, (_, n) => Math.floor((n * entries) / SAMPLE));
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<Row>(ROWS, [[...new Set(positions)]]);
  await owner.end();
  const pool = poolOf(entries);
  const at = drawnLog(entries);
  for (const row of rows) {
    const position = Number(row.position);
    const { event, recordedAt } = at(position);
    const drawn = pool[event];
    const prepared = drawn === undefined ? undefined : entryLeaves.prepare(drawn.body);
    if (prepared?.ok !== true) throw new Error(`no entry at ${position}`);
    const { canonical } = entryLeaves.place(prepared.value, { position, recordedAt });
    const followed = indexRowOf({ position, canonical }, drawn?.tokens);
    const same =
      row.recorded === followed.recordedAt &&
      row.case_ref === (followed.caseRef ?? null) &&
      row.facets === facetArray(followed);
    if (!same) throw new Error(`the row at ${position} is not what following the log writes`);
  }
  if (rows.length !== new Set(positions).size) throw new Error('rows are missing');
  return rows.length;
}
