import type { AccessLog } from '../gateway/ports/access-log.ts';
import type { LogTree, NewestCosigned } from '../gateway/ports/log-tree.ts';
import type { Signer } from '../gateway/ports/signer.ts';
import { makeFileSigner } from '../adapters/keys/file-signer.ts';
import { makePkcs11Signer, type Pkcs11Options } from '../adapters/keys/pkcs11-signer.ts';
import { createPostgresLogTree } from '../adapters/postgres/log-tree.ts';
import { checkStart, startSentence, type RetiredLogKey } from '../gateway/audit/checkpoints/check-start.ts';
import { startPublishing, type PublishLoop } from '../gateway/audit/checkpoints/loop.ts';
import { makeVerifierKey, type VerifierKey } from '../gateway/audit/note/verifier-key.ts';
import type { Say } from '../gateway/operations/messages.ts';
import { err, ok, type Result } from '../schemas/result.ts';

/** The log's tree as a gateway runs it: looked at before the first entry, then published every second. */

/** The witnesses as the publisher needs them: what they signed last, and somewhere to show what is new. */
export interface LogWitnesses extends NewestCosigned {
  /** Shows them a signed checkpoint, without waiting. */
  offer(checkpoint: string): void;
  close(): Promise<void>;
}

export interface TransparencyOptions {
  readonly databaseUrl: string;
  /** The log's name for ever (C2SP: its address without the scheme). */
  readonly origin: string;
  /** PEM of the log's key, where it is in a file. */
  readonly keyPem: string;
  /** Where it is in a hardware token instead. */
  readonly token?: Pkcs11Options;
  /** Keys that signed before this one. */
  readonly retired?: readonly RetiredLogKey[];
  /** Left out, nobody outside is asked or shown anything. */
  readonly witnesses?: (log: { readonly tree: LogTree; readonly logKeys: readonly VerifierKey[] }) => LogWitnesses;
  readonly say: Say;
}

export interface Transparency {
  readonly tree: LogTree;
  /** Before the first entry of a run: whether this is the whole log, in a sentence where it is not. Then publishes. */
  begin(log: Pick<AccessLog, 'read'>, instance: string): Promise<Result<true, string>>;
  /** Publishes what is there, and ends. Call it before the log itself is closed. */
  close(): Promise<void>;
}

/** Opens nothing by itself. */
export function makeTransparency(options: TransparencyOptions): Transparency {
  const tree = createPostgresLogTree({ url: options.databaseUrl });
  let witnesses: LogWitnesses | undefined;
  let loop: PublishLoop | undefined;
  const begin = async (log: Pick<AccessLog, 'read'>, instance: string): Promise<Result<true, string>> => {
    const signer = await signerOf(options);
    if (!signer.ok) return signer;
    const key = makeVerifierKey(options.origin, 'ed25519', signer.value.publicKey);
    if (!key.ok) return err(`The log cannot be named "${options.origin}": correct HOLDFAST_LOG_ORIGIN.`);
    const logKeys = [key.value] as const;
    const { retired = [] } = options;
    witnesses = options.witnesses?.({ tree, logKeys: [...logKeys, ...retired.map((each) => each.key)] });
    const checked = await checkStart({
      ...{ tree, log, logKeys, retired, instance },
      witnesses: witnesses ?? NO_WITNESSES,
    });
    if (!checked.ok) return err(startSentence(checked.error));
    options.say(checked.value.witnesses === 'unreachable' ? 'warn' : 'info', {
      message: 'log-checked',
      ...checked.value,
    });
    loop = startPublishing({
      ...{ tree, signer: signer.value },
      onPublished: ({ note }) => witnesses?.offer(note),
      onState: (fault) => {
        if (fault === undefined) options.say('info', { message: 'checkpoints-resumed' });
        else options.say('error', { message: 'checkpoint-failed', code: fault });
      },
    });
    return ok(true);
  };
  return {
    tree,
    begin,
    close: async () => {
      await loop?.stop();
      await witnesses?.close();
      await tree.close();
    },
  };
}

const NO_WITNESSES: NewestCosigned = { newestCosigned: () => Promise.resolve(ok(undefined)) };

async function signerOf({ origin, keyPem, token }: TransparencyOptions): Promise<Result<Signer, string>> {
  if (token === undefined) {
    const signer = makeFileSigner(origin, keyPem);
    return signer.ok ? signer : err('The log’s key is not an Ed25519 key in PEM: deploy/keys.md says how it is made.');
  }
  const signer = await makePkcs11Signer(origin, token);
  if (signer.ok) return signer;
  return err(
    signer.error === 'key-unusable'
      ? 'The key in the token is not an Ed25519 key: make one of that kind, or name another key.'
      : 'The token with the log’s key cannot be used: check tool, library, token label, key id and PIN.',
  );
}
