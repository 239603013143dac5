import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { makeWitnessClient } from '../../adapters/witness/client.ts';
import { makeWitnessKey } from '../../deploy/witness.ts';
import { openCheckpoint } from '../../gateway/audit/note/checkpoint.ts';
import { parseSignatureLines, verifySignature } from '../../gateway/audit/note/signed-note.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import { formatAddCheckpoint } from '../../gateway/audit/witness/add-checkpoint.ts';
import { originHashOf } from '../../gateway/audit/witness/witness.ts';
import type { WitnessAnswer, WitnessClient } from '../../gateway/ports/witness.ts';
import { makeTestPki } from '../agencies/pki.ts';
import { randomOf } from '../population/random.ts';
import { leavesOf, party, signedTree, type SignedTree } from '../signed-tree.ts';

/**
 * A witness as an agency runs it, killed with `kill -9` again and again while several operators, each with another
 * history, ask for its name. If it ever forgot what it signed, one of those who had lost would be signed after a restart.
 *
 *     node --import ./deploy/typescript.mjs test/journeys/witness-kills.ts 300
 */

export interface WitnessKills {
  readonly rounds: number;
  /** Cosignatures that were given, each verified. */
  readonly cosigned: number;
  /** Requests of another history that were refused. */
  readonly refused: number;
  /** Requests that a kill cut off. */
  readonly cutOff: number;
  /** Rounds after which the witness kept less than it had signed. */
  readonly forgotten: number;
  /** Rounds in which it signed two histories. */
  readonly forked: number;
}

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** The command as it is typed, and a quicker one that runs the same witness without all that is not. */
export const TYPED = [join(ROOT, 'deploy', 'holdfast.mjs'), 'witness', '--config'];
export const QUICK = ['--import', join(ROOT, 'deploy', 'typescript.mjs'), join(ROOT, 'test/journeys/witness-alone.ts')];
const WAYS = 4;
const STEPS = 60;
const log = party('riverton.example/log');

interface Alone {
  readonly words: readonly string[];
  readonly folder: string;
  readonly key: VerifierKey;
  readonly ca: string;
}

/**
 * Runs the loop. The same seed kills at the same moments, as far as the machine allows.
 * @param words what starts a witness, before the name of its configuration
 */
export async function killWitness({
  rounds,
  seed,
  words = TYPED,
}: {
  readonly rounds: number;
  readonly seed: number;
  readonly words?: readonly string[];
}): Promise<WitnessKills> {
  const random = randomOf(seed);
  const alone = await makeAlone(words);
  const found = { rounds, cosigned: 0, refused: 0, cutOff: 0, forgotten: 0, forked: 0 };
  let base: Kept = { way: signedTree(log, []), size: 0 };
  let last: Killed | undefined;
  try {
    for (let round = 0; round <= rounds; round += 1) {
      const started = await startAlone(alone);
      const kept = last === undefined ? base : await keptBy(alone, started.url, last.ways);
      if (last !== undefined && forgot(kept, base.size, last)) found.forgotten += 1;
      base = kept;
      if (round === rounds) await endOf(started.child);
      else {
        last = await oneRound(alone, started, waysFrom(base, round), base.size, random.between(1, 150));
        found.cosigned += last.signed.reduce((sum, { sizes }) => sum + sizes.length, 0);
        found.refused += last.refused;
        found.cutOff += last.cutOff;
        if (last.signed.filter(({ sizes }) => sizes.length > 0).length > 1) found.forked += 1;
      }
    }
  } finally {
    await rm(alone.folder, { recursive: true, force: true });
  }
  return found;
}

/** Whether it has less than it signed before it was killed, or another history. */
function forgot(kept: Kept, before: number, { signed }: Killed): boolean {
  const given = signed.filter(({ sizes }) => sizes.length > 0);
  const most = Math.max(before, ...given.flatMap(({ sizes }) => sizes));
  return kept.size < most || given.some(({ way }) => way !== kept.way);
}

interface Kept {
  readonly way: SignedTree;
  readonly size: number;
}

async function makeAlone(words: readonly string[]): Promise<Alone> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-killed-witness-'));
  const name = 'police.example/witness';
  const made = await makeWitnessKey(folder, name);
  const key = made.ok ? parseVerifierKey(made.value) : made;
  if (!key.ok) throw new Error(key.error);
  const pki = await makeTestPki();
  const server = await pki.server('police-witness');
  await writeFile(join(folder, 'tls.crt'), server.certificatePem);
  await writeFile(join(folder, 'tls.key'), server.keyPem, { mode: 0o600 });
  const config = {
    ...{ name, key: 'witness.key', folder: 'kept', host: '127.0.0.1', port: 0 },
    ...{ tls: { cert: 'tls.crt', key: 'tls.key' }, logs: [formatVerifierKey(log.key)] },
  };
  await writeFile(join(folder, 'witness.yaml'), JSON.stringify(config));
  return { words, folder, key: key.value, ca: pki.authority.certificatePem };
}

interface StartedAlone {
  readonly child: ChildProcess;
  readonly url: string;
}

async function startAlone({ words, folder }: Alone): Promise<StartedAlone> {
  const child = spawn(process.execPath, [...words, join(folder, 'witness.yaml')], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the witness ended before it listened')));
  });
  const url = /"url":"([^"]+)"/.exec(line)?.[1];
  if (url === undefined) throw new Error(line);
  // What it says from now on is not needed, and a full pipe would stop it.
  child.stdout.resume();
  return { child, url };
}

const clientOf = ({ ca }: Alone, url: string): WitnessClient =>
  makeWitnessClient({ name: 'police', url, tls: { ca }, withinMs: 5_000 });

/** Histories that agree in what was signed before, and in nothing after it. */
const waysFrom = ({ way: { leaves }, size }: Kept, round: number): readonly SignedTree[] =>
  Array.from({ length: WAYS }, (_, way) =>
    signedTree(log, [...leaves.slice(0, size), ...leavesOf(STEPS, `${round} way ${way}`)]),
  );

interface Killed {
  readonly ways: readonly SignedTree[];
  readonly signed: readonly { readonly way: SignedTree; readonly sizes: readonly number[] }[];
  readonly refused: number;
  readonly cutOff: number;
}

/** All ways ask at once; after so many milliseconds from the first signature the witness is killed. */
async function oneRound(
  alone: Alone,
  { child, url }: StartedAlone,
  ways: readonly SignedTree[],
  base: number,
  afterMs: number,
): Promise<Killed> {
  const told = { refused: 0, cutOff: 0, first: (): void => undefined };
  const firstSigned = new Promise<void>((resolve) => (told.first = resolve));
  const asking = ways.map(async (way) => {
    const client = clientOf(alone, url);
    const sizes = await askOn(alone, client, way, base, told);
    await client.close();
    return { way, sizes };
  });
  await firstSigned;
  await wait(afterMs);
  await endOf(child);
  const signed = await Promise.all(asking);
  return { ways, signed, refused: told.refused, cutOff: told.cutOff };
}

interface Told {
  refused: number;
  cutOff: number;
  readonly first: () => void;
}

/** One operator: from the old size, as if nobody else had been signed, until the connection ends. Gives what was signed. */
async function askOn({ key }: Alone, client: WitnessClient, way: SignedTree, base: number, told: Told) {
  const sizes: number[] = [];
  for (let from = base, size = base + 1; size <= way.leaves.length;) {
    const proof = from > 0 && from < size ? await way.proof(from, size) : [];
    const answer = await client.addCheckpoint(
      formatAddCheckpoint({ oldSize: from, proof, checkpoint: way.checkpoint(size) }),
    );
    if (!answer.ok) {
      told.cutOff += 1;
      return sizes;
    }
    if (answer.value.status === 200) {
      if (!holds(answer.value, way.checkpoint(size), key)) throw new Error('a signature that does not hold');
      sizes.push(size);
      told.first();
      from = size;
      size += 1;
      continue;
    }
    told.refused += 1;
    const seen = answer.value.status === 409 ? Number(answer.value.body) : base;
    // Whoever has lost tries again from what the witness says it has, and from the beginning.
    from = Math.min(seen, way.leaves.length);
    size = Math.max(size, from);
    if (answer.value.status === 422) [from, size] = [base, base + 1];
  }
  return sizes;
}

function holds({ body }: WitnessAnswer, checkpoint: string, key: VerifierKey): boolean {
  const lines = parseSignatureLines(body);
  const text = checkpoint.slice(0, checkpoint.indexOf('\n\n') + 1);
  return lines.ok && lines.value.some((line) => verifySignature(text, line, key) !== undefined);
}

function endOf(child: ChildProcess): Promise<unknown> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  return ended;
}

/** What a witness that was started again has, and which of the histories it belongs to. */
async function keptBy(alone: Alone, url: string, ways: readonly SignedTree[]): Promise<Kept> {
  const client = clientOf(alone, url);
  try {
    const answer = await client.checkpoint(originHashOf(log.key.name));
    const opened = answer.ok ? openCheckpoint(answer.value.body, [log.key], [alone.key]) : undefined;
    if (opened?.ok !== true) throw new Error('nothing was kept');
    const { size, root } = opened.value.checkpoint;
    const way = ways.find((each) => Buffer.from(each.root(size)).equals(root));
    if (way === undefined) throw new Error('a history that nobody told');
    return { way, size };
  } finally {
    await client.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const rounds = Number(process.argv[2] ?? '100');
  process.stdout.write(`${JSON.stringify(await killWitness({ rounds, seed: 2026 }))}\n`);
}
