import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  checkpointFile,
  EXPORT_FILES,
  EXPORT_FORMAT,
  formatSums,
  type ExportAbout,
} from '../../../gateway/audit/export/layout.ts';
import { growingTree } from '../../../gateway/audit/export/growing-tree.ts';
import { exportReadme } from '../../../gateway/audit/export/readme.ts';
import { verifyExport } from '../../../gateway/audit/export/verify-export.ts';
import { entryLeaves } from '../../../gateway/audit/leaves.ts';
import { formatNote, parseNote } from '../../../gateway/audit/note/signed-note.ts';
import { formatVerifierKey } from '../../../gateway/audit/note/verifier-key.ts';
import { leafHash } from '../../../gateway/audit/tree/hash.ts';
import { cosign } from '../../../gateway/audit/witness/cosign.ts';
import { openExportFiles, openExportSink } from '../../../gateway/cli/export-log-files.ts';
import { consulted, disclosed } from '../../log-entries.ts';
import { party, signedCheckpoint } from '../../signed-tree.ts';

/** How long it takes to verify a whole export offline, with each of the two verifiers. */

const LOG = party('bench.example/log');
const WITNESSES = ['police', 'probation', 'housing'].map((name) => party(`${name}.example/witness`, 'cosignature/v1'));
const CHECKPOINTS = 100;
const BEGUN = Date.parse('2026-01-01T00:00:00.000Z');

export interface VerifyFigures {
  readonly entries: number;
  readonly megabytes: number;
  /** Of the gateway's verifier: wall clock, and processor time of all its threads. */
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly memory: MemoryCourse;
  /** Of deploy/verify-log.mjs, in a process of its own, with its start. */
  readonly secondSeconds: number;
  readonly secondMemory: MemoryCourse;
}

/** Resident memory of a process while it verifies, in megabytes; not a number where the system does not tell. */
export interface MemoryCourse {
  readonly start: number;
  readonly middle: number;
  readonly end: number;
}

const SAMPLE_EVERY_MS = 50;

/** Follows a memory figure until it is asked how it went. */
function followMemory(megabytes: () => number): () => MemoryCourse {
  const samples = [megabytes()];
  const sampling = setInterval(() => samples.push(megabytes()), SAMPLE_EVERY_MS);
  const at = (share: number): number => samples[Math.floor(share * (samples.length - 1))] ?? Number.NaN;
  return () => {
    clearInterval(sampling);
    return { start: at(0), middle: at(0.5), end: at(1) };
  };
}

const ownMegabytes = (): number => process.memoryUsage.rss() / 1e6;

/** Of a child process, where the system has /proc. Its first moments, in which it is still being started, do not count. */
function megabytesOf(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes) / 1e3;
  } catch {
    return Number.NaN;
  }
}

/** Makes an export of so many entries, half of them disclosures, and verifies it twice. Throws where one refuses it. */
export async function measureVerify(entries: number): Promise<VerifyFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-bench-verify-'));
  try {
    const megabytes = await makeExport(folder, entries);
    const memoryOf = followMemory(ownMegabytes);
    const cpu = process.cpuUsage();
    const from = performance.now();
    const verified = await verifyExport(openExportFiles(folder), {
      logKeys: [LOG.key],
      policy: { witnesses: WITNESSES.map(({ key }) => key), quorum: 3 },
    });
    const seconds = (performance.now() - from) / 1000;
    const used = process.cpuUsage(cpu);
    const memory = memoryOf();
    if (!verified.ok) throw new Error(`an honest export was refused: ${verified.error.code}`);
    const second = await runSecond(folder);
    return {
      ...{ entries, megabytes, seconds, memory },
      ...{ secondSeconds: second.seconds, secondMemory: second.memory },
      cpuSeconds: (used.user + used.system) / 1e6,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeExport(folder: string, entries: number): Promise<number> {
  const sink = openExportSink(folder);
  const tree = growingTree();
  const every = Math.max(1, Math.floor(entries / CHECKPOINTS));
  const checkpoints: [number, string][] = [];
  let bytes = 0;
  function* pieces(): Generator<string> {
    const bodies = [entryLeaves.prepare(consulted(1)), entryLeaves.prepare(disclosed(1))];
    let run = '';
    for (let position = 0; position < entries; position += 1) {
      const body = bodies[position % 2];
      if (body?.ok !== true) throw new Error('no entry');
      const recordedAt = new Date(BEGUN + position * 1000).toISOString();
      const { canonical } = entryLeaves.place(body.value, { position, recordedAt });
      const leaf = Buffer.from(canonical, 'utf8');
      tree.push(0, leafHash(leaf));
      bytes += leaf.length + 1;
      if (tree.size() % every === 0 || tree.size() === entries)
        checkpoints.push([tree.size(), cosigned(tree.size(), tree.root())]);
      run += `${canonical}\n`;
      if (run.length < 1_000_000) continue;
      yield run;
      run = '';
    }
    yield run;
  }
  for (const file of [EXPORT_FILES.before, EXPORT_FILES.after, EXPORT_FILES.keys]) await sink.write(file, '');
  await sink.stream(EXPORT_FILES.entries, Readable.from(pieces()));
  for (const [size, note] of checkpoints) await sink.write(checkpointFile(size), note);
  const about: ExportAbout = {
    format: EXPORT_FORMAT,
    origin: LOG.key.name,
    ...{ from: 0, until: entries, size: entries, checkpoints: checkpoints.map(([size]) => size) },
    madeAt: new Date(BEGUN + entries * 1000).toISOString(),
  };
  await sink.write(EXPORT_FILES.about, JSON.stringify(about));
  await sink.write(EXPORT_FILES.readme, exportReadme(about));
  await sink.write(EXPORT_FILES.sums, formatSums(new Map(sink.sums())));
  return bytes / 1e6;
}

function cosigned(size: number, root: Uint8Array): string {
  const note = parseNote(signedCheckpoint(LOG, size, root));
  if (!note.ok) throw new Error(note.error);
  const { text, signatures } = note.value;
  const time = Math.floor((BEGUN + size * 1000) / 1000);
  return formatNote({ text, signatures: [...signatures, ...WITNESSES.map((each) => cosign(each, text, time))] });
}

/** How long a child process takes to begin its work, roughly: before that its memory is that of nothing. */
const STARTED_MS = 250;

async function runSecond(folder: string): Promise<{ seconds: number; memory: MemoryCourse }> {
  const script = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'deploy', 'verify-log.mjs');
  const keys = ['--log-key', formatVerifierKey(LOG.key)];
  const witnesses = WITNESSES.flatMap(({ key }) => ['--witness', formatVerifierKey(key)]);
  const from = performance.now();
  const child = spawn(process.execPath, [script, folder, ...keys, ...witnesses, '--quorum', '3'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit').then(() => child.exitCode);
  const said = text(child.stderr);
  await Promise.race([wait(STARTED_MS), ended]);
  const memoryOf = followMemory(() => megabytesOf(child.pid ?? 0));
  const status = await ended;
  const seconds = (performance.now() - from) / 1000;
  const memory = memoryOf();
  if (status !== 0) throw new Error(`an honest export was refused by the second verifier: ${await said}`);
  return { seconds, memory };
}
