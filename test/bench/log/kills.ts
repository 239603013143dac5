import { generateKeyPairSync } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresAccessLog } from '../../../adapters/postgres/access-log.ts';
import { createPostgresLogTree } from '../../../adapters/postgres/log-tree.ts';
import { makeFileSigner } from '../../../adapters/keys/file-signer.ts';
import { publishOnce } from '../../../gateway/audit/checkpoints/publish.ts';
import { readSignedCheckpoint } from '../../../gateway/audit/note/checkpoint.ts';
import { entryLeaves, NOTHING_VERIFIED, verifyEntries, type VerifiedEntries } from '../../../gateway/audit/leaves.ts';
import type { AccessLog, Receipt } from '../../../gateway/ports/access-log.ts';
import { consulted } from '../../log-entries.ts';
import type { LogGround } from './ground.ts';

/** kill -9 of the database under load, again and again: nothing that was acknowledged may be missing afterwards. */

export interface KillFigures {
  readonly kills: number;
  readonly acknowledged: number;
  readonly refused: number;
  readonly entries: number;
  /** Entries whose caller was told that it is not known whether they are there. They may be, and say too much. */
  readonly unclaimed: number;
  readonly checkpoints: number;
  /** Each of these has to be 0. */
  readonly lost: number;
  readonly twice: number;
}

const GATEWAYS = 2;
const WRITERS = 16;
const BETWEEN = 40;

/** Throws where an entry is out of place or the log does not hold; counts what else is wrong. */
export async function measureKills(
  ground: LogGround,
  kills: number,
  tell: (line: string) => void,
): Promise<KillFigures> {
  const gateways = Array.from({ length: GATEWAYS }, () =>
    createPostgresAccessLog({ url: ground.url, leaves: entryLeaves }),
  );
  const before = await sizeOf(gateways);
  const tree = createPostgresLogTree({ url: ground.url });
  const acknowledged: Receipt[] = [];
  const heads: { readonly size: number; readonly root: Uint8Array }[] = [];
  const counts = { asked: 0, refused: 0 };
  try {
    for (let round = 0; round < kills; round += 1) {
      await underLoad(gateways, acknowledged, counts, async (goal) => {
        while (acknowledged.length < goal) await wait(1);
        heads.push(...(await published(tree)));
        // Another moment of a batch each time.
        await wait(round % 7);
        process.kill(ground.pid(), 'SIGKILL');
        await wait(10);
      });
      await ground.restart();
      if (round % 25 === 24) tell(`${round + 1} kills, ${acknowledged.length} entries acknowledged`);
    }
    return await judge(gateways, { acknowledged, heads, kills, before, refused: counts.refused });
  } finally {
    await Promise.all([...gateways.map((gateway) => gateway.close()), tree.close()]);
  }
}

async function underLoad(
  gateways: readonly AccessLog[],
  acknowledged: Receipt[],
  counts: { asked: number; refused: number },
  kill: (goal: number) => Promise<void>,
): Promise<void> {
  let over = false;
  const write = async (log: AccessLog): Promise<void> => {
    while (!over) {
      const result = await log.append(consulted((counts.asked += 1)));
      if (result.ok) acknowledged.push(result.value);
      else counts.refused += 1;
    }
  };
  const writers = gateways.flatMap((log) => Array.from({ length: WRITERS / GATEWAYS }, () => write(log)));
  await kill(acknowledged.length + BETWEEN);
  over = true;
  await Promise.all(writers);
}

const signer = makeFileSigner(
  'bench.example/kills',
  generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
);

async function published(tree: ReturnType<typeof createPostgresLogTree>) {
  if (!signer.ok) throw new Error(signer.error);
  const step = await publishOnce(tree, signer.value);
  if (!step.ok || step.value.state !== 'published') return [];
  const read = readSignedCheckpoint(step.value.note);
  if (!read.ok) throw new Error(read.error);
  return [read.value.checkpoint];
}

async function sizeOf([gateway]: readonly AccessLog[]): Promise<number> {
  const head = await gateway?.head();
  if (head?.ok !== true) throw new Error('the log cannot be read');
  return head.value === undefined ? 0 : head.value.position + 1;
}

interface Outcome {
  readonly acknowledged: readonly Receipt[];
  readonly heads: readonly { readonly size: number; readonly root: Uint8Array }[];
  readonly kills: number;
  readonly before: number;
  readonly refused: number;
}

async function judge([log]: readonly AccessLog[], outcome: Outcome): Promise<KillFigures> {
  if (log === undefined) throw new Error('no gateway');
  const { acknowledged, heads, kills, before, refused } = outcome;
  const receipts = new Map(acknowledged.map(({ position, entryHash }) => [position, entryHash]));
  const roots = new Map(heads.map(({ size, root }) => [size, Buffer.from(root).toString('base64url')]));
  const questions = new Set<string>();
  let verified: VerifiedEntries = NOTHING_VERIFIED;
  let found = 0;
  let twice = acknowledged.length - receipts.size;
  for (;;) {
    const page = await log.read(verified.range.size, 1_000);
    if (!page.ok) throw new Error(page.error);
    if (page.value.length === 0) break;
    for (const entry of page.value) {
      const root = roots.get(verified.range.size + 1);
      const head = root === undefined ? {} : { head: { size: verified.range.size + 1, root } };
      const holds = verifyEntries([entry], { after: verified, ...head });
      if (!holds.ok) throw new Error(`${holds.error.code} at ${holds.error.position}`);
      verified = holds.value;
      if (receipts.get(entry.position) === entry.entryHash) found += 1;
      if (entry.position < before) continue;
      const question = /"questionId":"([^"]+)"/.exec(entry.canonical)?.[1] ?? '';
      if (questions.has(question)) twice += 1;
      questions.add(question);
    }
  }
  const entries = verified.range.size - before;
  return {
    ...{ kills, refused, entries, twice, acknowledged: acknowledged.length, checkpoints: heads.length },
    unclaimed: entries - acknowledged.length,
    lost: receipts.size - found,
  };
}
