import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runLink } from '../../../gateway/cli/link-command.ts';
import { accuracyOf, type Accuracy } from './accuracy.ts';
import type { LabelledTable } from './labelled-sets.ts';

export interface MeasuredLink extends Accuracy {
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
    return { ...accuracyOf(clusters, people), wallMs, cpuMs: (user + system) / 1_000 };
  } finally {
    await rm(folder, { recursive: true });
  }
}
