import { open, type FileHandle } from 'node:fs/promises';
import type { ScoredPairs } from '../linkage/table/group.ts';
import { probabilityOf } from '../linkage/table/model.ts';

/** The files that `holdfast link` writes. They are nobody else's to read on a shared machine. */

const OWNER_ONLY = 0o600;
const LINES_AT_ONCE = 20_000;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

async function writeLines(path: string, lines: Iterable<string>): Promise<void> {
  const file: FileHandle = await open(path, 'w', OWNER_ONLY);
  try {
    let block: string[] = [];
    for (const line of lines) {
      block.push(line);
      if (block.length < LINES_AT_ONCE) continue;
      await file.write(block.join(''));
      block = [];
    }
    await file.write(block.join(''));
  } finally {
    await file.close();
  }
}

function* clusterLines(recordIds: readonly string[], clusterOf: Int32Array): Generator<string> {
  yield 'record_id,cluster_id\n';
  for (let row = 0; row < recordIds.length; row += 1) {
    yield `${quoted(recordIds[row] ?? '')},${quoted(recordIds[clusterOf[row] ?? 0] ?? '')}\n`;
  }
}

/** Writes `record_id,cluster_id` for every row, in the order of the table; a cluster bears its first record's id. */
export const writeClusters = (path: string, recordIds: readonly string[], clusterOf: Int32Array): Promise<void> =>
  writeLines(path, clusterLines(recordIds, clusterOf));

/** Pairs at or above this many bits are written: more likely one person than two. */
const WRITTEN_FROM = 0;

function* pairLines(recordIds: readonly string[], pairs: ScoredPairs): Generator<string> {
  yield 'a,b,bits,probability\n';
  for (const pair of sortedPairs(pairs)) {
    const [one, other] = [pairs.a[pair] ?? 0, pairs.b[pair] ?? 0];
    const [a, b] = one < other ? [one, other] : [other, one];
    const bits = pairs.bits[pair] ?? 0;
    yield `${quoted(recordIds[a] ?? '')},${quoted(recordIds[b] ?? '')},${bits.toFixed(2)},${probabilityOf(bits).toFixed(6)}\n`;
  }
}

/** Numbers of the pairs to write, by the row that comes first in the table, then by the other. */
function sortedPairs({ count, a, b, bits }: ScoredPairs): number[] {
  const kept: number[] = [];
  for (let pair = 0; pair < count; pair += 1) if ((bits[pair] ?? 0) >= WRITTEN_FROM) kept.push(pair);
  const first = (pair: number): number => Math.min(a[pair] ?? 0, b[pair] ?? 0);
  const second = (pair: number): number => Math.max(a[pair] ?? 0, b[pair] ?? 0);
  return kept.sort((one, other) => first(one) - first(other) || second(one) - second(other));
}

/** Writes `a,b,bits,probability` for every scored pair at or above 0 bits, in the order of the table. */
export const writePairs = (path: string, recordIds: readonly string[], pairs: ScoredPairs): Promise<void> =>
  writeLines(path, pairLines(recordIds, pairs));
