import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLink } from '../../../gateway/cli/link-command.ts';
import { readMapping } from '../../../gateway/cli/link-mapping.ts';
import { readTable } from '../../../gateway/cli/link-table-file.ts';
import { indexKeys } from '../../../gateway/linkage/table/key-index.ts';
import { jobsOf, Meetings } from '../../../gateway/linkage/table/meetings.ts';
import type { Table } from '../../../gateway/linkage/table/table.ts';
import { accuracyOf, type Accuracy } from './accuracy.ts';
import type { LabelledTable } from './labelled-sets.ts';

export interface MeasuredLink extends Accuracy {
  /** Share of all pairs of one person that some key brings together, so that they are compared at all. */
  readonly blockingRecall: number;
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** Runs the command on a labelled table, from file to file, in this process. */
export async function measureLink({ csv, mapping, personOf }: LabelledTable): Promise<MeasuredLink> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-link-'));
  try {
    const [table, written, out] = ['in.csv', 'mapping.json', 'out.csv'].map((name) => join(folder, name));
    if (table === undefined || written === undefined || out === undefined) throw new Error('three paths');
    await writeFile(table, csv);
    await writeFile(written, JSON.stringify(mapping));
    const said: string[] = [];
    const before = process.cpuUsage();
    const began = performance.now();
    const status = await runLink(['--in', table, '--mapping', written, '--out', out], (line) => said.push(line));
    const wallMs = performance.now() - began;
    const { user, system } = process.cpuUsage(before);
    if (status === 2) throw new Error(said.join('\n'));
    const lines = (await readFile(out, 'utf8')).trimEnd().split('\n').slice(1);
    const clusters = lines.map((line) => line.slice(line.indexOf(',') + 1));
    const people = lines.map((line) => personOf.get(line.slice(0, line.indexOf(','))) ?? '');
    return {
      ...accuracyOf(clusters, people),
      blockingRecall: await blockingRecall(table, mapping, personOf),
      wallMs,
      cpuMs: (user + system) / 1_000,
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function blockingRecall(path: string, mapping: object, personOf: LabelledTable['personOf']): Promise<number> {
  const nobody = (): void => undefined;
  const written = readMapping(JSON.stringify(mapping));
  const read = written.ok ? await readTable(path, written.value, nobody, nobody) : written;
  if (!read.ok) throw new Error(read.error.join('\n'));
  const { table, recordIds } = read.value;
  const people = recordIds.map((id) => personOf.get(id) ?? '');
  const index = indexKeys(table);
  const meetings = new Meetings(table, index);
  const met = new Set<number>();
  const meet = (a: number, b: number): void => {
    if (people[a] === people[b]) met.add(Math.min(a, b) * table.rows + Math.max(a, b));
  };
  for (let job = 0; job < jobsOf(index); job += 1) meetings.do(job, meet);
  return met.size / Math.max(1, linkableTruth(people, table));
}

/** Pairs of one person that may be linked at all. */
function linkableTruth(people: readonly string[], { linkOnly, source }: Table): number {
  const rowsOf = new Map<string, number[]>();
  people.forEach((person, row) => rowsOf.set(person, [...(rowsOf.get(person) ?? []), row]));
  let pairs = 0;
  for (const rows of rowsOf.values()) {
    rows.forEach((row, at) => {
      pairs += rows.slice(at + 1).filter((other) => !linkOnly || source[row] !== source[other]).length;
    });
  }
  return pairs;
}
