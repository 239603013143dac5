import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { accuracyOf, type Accuracy } from './accuracy.ts';
import { PEOPLE_HEADER, PEOPLE_MAPPING, peopleRows } from './people.ts';
import { measureCommand, type ProcessCost } from './process-tree.ts';

/** `holdfast link` beside Splink on DuckDB: the same file, the same machine, one after the other, each as a user starts it. */

const SEED = 7;
/** The thresholds that `splink-run.py` writes clusters for, in bits; the best of them is chosen with the truth at hand. */
const LADDER = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 24, 28, 32];

const scriptAt = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

function* blocks(rows: number, personOf: Map<string, string>): Generator<string> {
  let block = [PEOPLE_HEADER];
  for (const row of peopleRows(rows, SEED)) {
    const [id = '', person = ''] = row.split(',', 2);
    personOf.set(id, person);
    block.push(row);
    if (block.length < 10_000) continue;
    yield `${block.join('\n')}\n`;
    block = [];
  }
  if (block.length > 0) yield `${block.join('\n')}\n`;
}

async function judge(path: string, personOf: ReadonlyMap<string, string>): Promise<Accuracy> {
  const clusters: string[] = [];
  const people: string[] = [];
  for (const line of (await readFile(path, 'utf8')).trimEnd().split('\n').slice(1)) {
    const comma = line.indexOf(',');
    clusters.push(line.slice(comma + 1));
    people.push(personOf.get(line.slice(0, comma)) ?? '');
  }
  return accuracyOf(clusters, people);
}

export interface BesideSplink {
  readonly ours: ProcessCost & Accuracy;
  /** At its documented threshold. */
  readonly splink: ProcessCost & Accuracy;
  /** At the threshold of the ladder with the best F1, which nobody without the truth could choose. */
  readonly splinkAtBest: Accuracy & { readonly bits: number };
}

/**
 * Runs both on `rows` people of our own making.
 *
 * @param python an interpreter that has Splink 5 with DuckDB
 */
export async function besideSplink(rows: number, python: string): Promise<BesideSplink> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-splink-'));
  const at = (name: string): string => join(folder, name);
  try {
    const personOf = new Map<string, string>();
    await pipeline(Readable.from(blocks(rows, personOf)), createWriteStream(at('people.csv')));
    await writeFile(at('mapping.json'), JSON.stringify(PEOPLE_MAPPING));
    const link = ['link', '--in', at('people.csv'), '--mapping', at('mapping.json'), '--out', at('ours.csv')];
    const oursCost = await measureCommand({
      command: process.execPath,
      args: [scriptAt('../../../deploy/holdfast.mjs'), ...link],
    });
    const script = [scriptAt('./splink-run.py'), at('people.csv'), at('splink'), String(availableParallelism())];
    const splinkCost = await measureCommand({
      command: python,
      args: [...script, LADDER.join(',')],
      until: '"said": "linked"',
    });
    const ours = await judge(at('ours.csv'), personOf);
    const documented = await judge(at('splink-documented.csv'), personOf);
    let best = { ...documented, bits: Math.log2(0.95 / 0.05) };
    for (const bits of LADDER) {
      const found = await judge(at(`splink-${bits}.csv`), personOf);
      if (found.f1 > best.f1) best = { ...found, bits };
    }
    return { ours: { ...ours, ...oursCost }, splink: { ...documented, ...splinkCost }, splinkAtBest: best };
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Ours is to take at most this share of Splink's memory. */
const MEMORY_SHARE = 0.5;

const verdict = (met: boolean): string => (met ? 'met' : 'MISSED');

/** The comparison in lines of text. */
export function linesBeside(rows: number, { ours, splink, splinkAtBest }: BesideSplink): string[] {
  const row = (name: string, { f1, precision, recall, bCubed }: Accuracy, cost?: ProcessCost): string =>
    `| ${[
      name,
      ...[f1, precision, recall, bCubed].map((figure) => figure.toFixed(4)),
      ...(cost === undefined
        ? ['', '', '']
        : [(cost.wallMs / 1_000).toFixed(1), (cost.cpuMs / 1_000).toFixed(1), cost.peakMiB.toFixed(0)]),
    ].join(' | ')} |`;
  const ratio = (name: string, one: number, other: number, most: number): string =>
    `${name}: ${(one / other).toFixed(2)} of Splink's, at most ${most}: ${verdict(one <= other * most)}`;
  return [
    `\n${rows.toLocaleString('en-GB')} rows beside Splink on DuckDB, the same file; memory of all processes together.`,
    '| | F1 | precision | recall | B-cubed | wall s | CPU s | peak MiB |',
    '|---|---|---|---|---|---|---|---|',
    row('holdfast link', ours, ours),
    row('Splink at its documented .95', splink, splink),
    row(`Splink at its best, ${splinkAtBest.bits.toFixed(1)} bits`, splinkAtBest),
    ratio('Wall time', ours.wallMs, splink.wallMs, 1),
    ratio('CPU time', ours.cpuMs, splink.cpuMs, 1),
    ratio('Memory', ours.peakMiB, splink.peakMiB, MEMORY_SHARE),
    `F1: ${verdict(ours.f1 >= splinkAtBest.f1)}; B-cubed: ${verdict(ours.bCubed >= splinkAtBest.bCubed)}; both against Splink at its best.`,
  ];
}
