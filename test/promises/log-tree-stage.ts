import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresLogTree } from '../../adapters/postgres/log-tree.ts';
import { makeFileSigner } from '../../adapters/keys/file-signer.ts';
import { checkStart } from '../../gateway/audit/checkpoints/check-start.ts';
import { publishOnce } from '../../gateway/audit/checkpoints/publish.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { makeVerifierKey, type VerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import type { CosignedHead, LogTree, NewestCosigned } from '../../gateway/ports/log-tree.ts';
import type { Signer } from '../../gateway/ports/signer.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase } from '../database.ts';
import { consulted } from '../log-entries.ts';

/** A log with its tree on a database of its own, and what somebody does to it who may do everything there. */

export const ORIGIN = 'log.example/riverton';

export interface LogStage {
  readonly log: AccessLog;
  readonly tree: LogTree;
  readonly signer: Signer;
  readonly key: VerifierKey;
  readonly url: string;
  readonly ownerUrl: string;
  /** Appends so many entries, some hundred at once. */
  fill(entries: number): Promise<void>;
  publish(): ReturnType<typeof publishOnce>;
  /** A gateway's look at the log as it starts, with what the witnesses say. */
  start(witnessed?: CosignedHead | 'unreachable', key?: VerifierKey): ReturnType<typeof checkStart>;
  /** Statements of a superuser with every trigger out of the way. */
  tamper(...statements: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

export function newSigner(name = ORIGIN): { readonly signer: Signer; readonly key: VerifierKey } {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const signer = makeFileSigner(name, pem);
  if (!signer.ok) throw new Error(signer.error);
  const key = makeVerifierKey(name, 'ed25519', signer.value.publicKey);
  if (!key.ok) throw new Error(key.error);
  return { signer: signer.value, key: key.value };
}

export const witnessesThatSay = (said: CosignedHead | undefined | 'unreachable'): NewestCosigned => ({
  newestCosigned: () =>
    Promise.resolve(said === 'unreachable' ? { ok: false, error: 'witnesses-unreachable' } : { ok: true, value: said }),
});

/** Opens the log of a database; without one, of a fresh one that is dropped at the end. */
export async function openLogStage(
  given: { readonly url?: string; readonly ownerUrl?: string; readonly signed?: ReturnType<typeof newSigner> } = {},
): Promise<LogStage> {
  const database =
    given.url === undefined || given.ownerUrl === undefined
      ? await freshDatabase()
      : { url: given.url, ownerUrl: given.ownerUrl, drop: () => Promise.resolve() };
  const { url, ownerUrl } = database;
  const { signer, key } = given.signed ?? newSigner();
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const tree = createPostgresLogTree({ url });
  return {
    ...{ log, tree, signer, key, url, ownerUrl },
    async fill(entries) {
      for (let n = 0; n < entries; n += 500) {
        const appended = Array.from({ length: Math.min(500, entries - n) }, (_, m) => log.append(consulted(n + m)));
        const failed = (await Promise.all(appended)).find((result) => !result.ok);
        if (failed !== undefined) throw new Error('not appended');
      }
    },
    publish: () => publishOnce(tree, signer),
    start: (witnessed, started = key) =>
      checkStart({
        ...{ tree, log, instance: randomUUID() },
        logKeys: [started],
        witnesses: witnessesThatSay(witnessed),
      }),
    async tamper(...statements) {
      const owner = await connectTo(ownerUrl);
      try {
        for (const table of ['entry', 'tile', 'checkpoint'])
          await owner.query(`alter table holdfast.${table} disable trigger all`);
        for (const statement of statements) await owner.query(statement);
      } finally {
        await owner.end();
      }
    },
    async close() {
      await Promise.all([log.close(), tree.close()]);
      await database.drop();
    },
  };
}
