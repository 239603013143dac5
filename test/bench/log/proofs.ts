import { Pool } from 'pg';
import { generateKeyPairSync } from 'node:crypto';
import { createPostgresLogTree } from '../../../adapters/postgres/log-tree.ts';
import { makeFileSigner } from '../../../adapters/keys/file-signer.ts';
import { proveEntry } from '../../../gateway/audit/checkpoints/prove-entry.ts';
import { publishOnce } from '../../../gateway/audit/checkpoints/publish.ts';
import { readSignedCheckpoint } from '../../../gateway/audit/note/checkpoint.ts';
import { parseTlogProof } from '../../../gateway/audit/note/tlog-proof.ts';
import { verifyInclusion } from '../../../gateway/audit/tree/verify.ts';
import { quantilesOf, type Quantiles } from '../quantiles.ts';
import type { LogGround } from './ground.ts';

/** How long a proof takes out of a long log, and what it costs to publish one. */

export interface ProofFigures {
  readonly entries: number;
  readonly loadSeconds: number;
  readonly publishSeconds: number;
  /** Milliseconds for one proof, one at a time, at positions spread over the whole log. */
  readonly proof: Quantiles;
  readonly cpuMicrosecondsPerProof: number;
  /** Of this process, MB, before and after publishing. */
  readonly residentBefore: number;
  readonly residentAfter: number;
}

const PROOFS = 1_000;
const CHUNK = 250_000;

/** Loads entries past the append function, which is for one writer and not for ten million rows at once. */
const LOAD = `
  insert into holdfast.entry (position, recorded_at, kind, entry_hash, canonical)
  select n, to_timestamp(1790000000), 'gateway-started', sha256('\\x00'::bytea || convert_to(text, 'UTF8')), text
  from (select n, '{"body":{"kind":"gateway-started"},"position":' || n || ',"recordedAt":"2026-09-21T14:13:20.000Z"}' as text
        from generate_series($1::bigint, $2::bigint) n) rows`;

/** Fills an emptied log with so many entries and proves some of them, each proof verified. */
export async function measureProofs(
  ground: LogGround,
  entries: number,
  tell: (line: string) => void,
): Promise<ProofFigures> {
  const loadSeconds = await load(ground, entries, tell);
  const tree = createPostgresLogTree({ url: ground.url, statementWithinMs: 60_000 });
  try {
    const residentBefore = resident();
    const publishStart = performance.now();
    await publishAll(tree, tell);
    const publishSeconds = (performance.now() - publishStart) / 1_000;
    const residentAfter = resident();
    for (let n = 0; n < 50; n += 1) await prove(tree, (n * 7_919) % entries);
    const took: number[] = [];
    let cpu = 0;
    for (let n = 0; n < PROOFS; n += 1) {
      const once = await prove(tree, Math.floor(((n + 0.5) * entries) / PROOFS));
      took.push(once.milliseconds);
      cpu += once.cpuMicroseconds;
    }
    const cpuMicrosecondsPerProof = cpu / PROOFS;
    return {
      ...{ entries, loadSeconds, publishSeconds, residentBefore, residentAfter, cpuMicrosecondsPerProof },
      proof: quantilesOf(took),
    };
  } finally {
    await tree.close();
  }
}

const resident = (): number => process.memoryUsage.rss() / 1_048_576;

async function load({ ownerUrl }: LogGround, entries: number, tell: (line: string) => void): Promise<number> {
  const owner = new Pool({ connectionString: ownerUrl, max: 1 });
  const start = performance.now();
  await owner.query('alter table holdfast.entry disable trigger all');
  await owner.query('alter table holdfast.checkpoint disable trigger all');
  await owner
    .query('truncate holdfast.entry, holdfast.tile, holdfast.cosignature, holdfast.checkpoint')
    .catch(() => undefined);
  for (let from = 0; from < entries; from += CHUNK) {
    await owner.query(LOAD, [from, Math.min(entries, from + CHUNK) - 1]);
    tell(`${Math.min(entries, from + CHUNK)} entries loaded`);
  }
  await owner.query('analyze holdfast.entry');
  await owner.query('alter table holdfast.entry enable always trigger entry_append_only');
  await owner.query('alter table holdfast.checkpoint enable always trigger checkpoint_follows');
  await owner.end();
  return (performance.now() - start) / 1_000;
}

type Tree = ReturnType<typeof createPostgresLogTree>;

async function publishAll(tree: Tree, tell: (line: string) => void): Promise<void> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signer = makeFileSigner('bench.example/log', pem);
  if (!signer.ok) throw new Error(signer.error);
  for (let step = 0; ; step += 1) {
    const published = await publishOnce(tree, signer.value);
    if (!published.ok) throw new Error(published.error);
    if (published.value.state === 'nothing-new' || !published.value.more) return;
    if (step % 20 === 19) tell(`${published.value.size} entries under a checkpoint`);
  }
}

/** Against the newest tree, whose proofs are the longest. What it takes to check the proof afterwards is not counted. */
async function prove(tree: Tree, position: number): Promise<{ milliseconds: number; cpuMicroseconds: number }> {
  const newest = await tree.newestCheckpoint();
  if (!newest.ok || newest.value === undefined) throw new Error('no checkpoint');
  const { value } = newest;
  const [cpu, asked] = [process.cpuUsage(), performance.now()];
  const proof = await proveEntry({ ...tree, checkpointFrom: () => Promise.resolve({ ok: true, value }) }, position);
  const milliseconds = performance.now() - asked;
  const { user, system } = process.cpuUsage(cpu);
  const read = proof.ok ? parseTlogProof(proof.value) : proof;
  if (!read.ok) throw new Error(read.error);
  const signed = readSignedCheckpoint(read.value.checkpoint);
  if (!signed.ok) throw new Error(signed.error);
  const leaf = await tree.tiles([{ level: 0, index: Math.floor(position / 256), width: (position % 256) + 1 }]);
  if (!leaf.ok) throw new Error(leaf.error);
  const { size, root } = signed.value.checkpoint;
  const hash = leaf.value[0]?.slice(-32) ?? new Uint8Array();
  if (!verifyInclusion(position, size, hash, read.value.hashes, root)) throw new Error('a proof does not hold');
  return { milliseconds, cpuMicroseconds: user + system };
}
