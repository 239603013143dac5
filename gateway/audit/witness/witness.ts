import { createHash } from 'node:crypto';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../note/checkpoint.ts';
import { formatNote, formatSignatureLine, NOTE_BYTES_MAX } from '../note/signed-note.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import { readAddCheckpoint, type ReadAddCheckpoint } from './add-checkpoint.ts';
import { cosign, type WitnessSigner } from './cosign.ts';
import { judgeCheckpoint, keysOfLog, type WitnessRefusal } from './judge.ts';

/** A witness without its network and its disk: what it answers to whom, one log at a time, one request after another. */

/** Where the last checkpoint of each log is kept, with our cosignature. */
export interface KeptCheckpoints {
  /** The signed checkpoint that was kept last under this name, or undefined for none. Rejects where it is unreadable. */
  read(originHash: string): Promise<string | undefined>;
  /** Resolves only when it would be found again after a loss of power; rejects otherwise. */
  keep(originHash: string, checkpoint: string): Promise<void>;
}

export interface WitnessOptions {
  readonly signer: WitnessSigner;
  /** Keys of the logs that this agency follows, each named for its log's origin; several while one is replaced. */
  readonly logs: readonly VerifierKey[];
  readonly kept: KeptCheckpoints;
  /** Seconds since 1970. */
  readonly now: () => number;
  /** Told of every request that was judged; a refusal may be proof of a fraud. */
  readonly say: (said: WitnessSaid) => void;
}

export type WitnessSaid =
  | { readonly message: 'cosigned'; readonly origin: string; readonly size: number }
  | {
      readonly message: 'refused';
      readonly code: WitnessRefusal['code'] | 'malformed';
      readonly origin?: string;
      readonly size?: number;
    };

export interface WitnessReply {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: 'text/plain; charset=utf-8' | 'text/x.tlog.size';
  readonly body: string;
}

export interface Witness {
  /** Answers `add-checkpoint`. Rejects only where the disk failed: then nothing was cosigned. */
  addCheckpoint(body: string): Promise<WitnessReply>;
  /** The last cosigned checkpoint of the log with this hash of its origin, for whoever monitors. */
  checkpoint(originHash: string): Promise<WitnessReply>;
}

/** A request of this size holds the longest proof and the largest note. */
export const ADD_CHECKPOINT_BYTES_MAX = NOTE_BYTES_MAX + 4_096;

/** SHA-256 of a log's origin in lower-case hex: the name under which its checkpoint is kept and fetched. */
export const originHashOf = (origin: string): string => createHash('sha256').update(origin, 'utf8').digest('hex');

/** Makes a witness. Requests about one log wait for each other, so that no answer rests on a tree that has been left. */
export function makeWitness(options: WitnessOptions): Witness {
  const turns = new Map<string, Promise<unknown>>();
  const inTurn = <T>(log: string, work: () => Promise<T>): Promise<T> => {
    const mine = (turns.get(log) ?? Promise.resolve()).then(work, work);
    turns.set(log, mine);
    return mine;
  };
  return {
    async addCheckpoint(body) {
      const request = readAddCheckpoint(body);
      if (!request.ok) {
        options.say({ message: 'refused', code: 'malformed' });
        return plain(400, `malformed: ${request.error}`);
      }
      const { origin } = request.value.signed.checkpoint;
      // An unknown log gets no turn of its own: whoever invents names would fill the memory with them.
      if (keysOfLog(options.logs, origin).length === 0) return refused(options, request.value, { code: 'log-unknown' });
      return inTurn(origin, () => answer(options, request.value));
    },
    async checkpoint(originHash) {
      if (!options.logs.some(({ name }) => originHashOf(name) === originHash)) return plain(404, 'no such log');
      const kept = await options.kept.read(originHash);
      return kept === undefined ? plain(404, 'nothing cosigned yet') : reply(200, kept);
    },
  };
}

export type KeptFault = 'kept-unreadable' | 'kept-of-another-key';

/**
 * What was kept of a log, verified as strictly as a stranger's: our own cosignature and the log's signature are on it.
 * A witness that began again from nothing because its file was damaged would cosign a second history.
 */
export async function readSeen(
  { signer, logs, kept }: Pick<WitnessOptions, 'signer' | 'logs' | 'kept'>,
  origin: string,
): Promise<Result<OpenedCheckpoint | undefined, KeptFault>> {
  let text: string | undefined;
  try {
    text = await kept.read(originHashOf(origin));
  } catch {
    return err('kept-unreadable');
  }
  if (text === undefined) return ok(undefined);
  const opened = openCheckpoint(text, keysOfLog(logs, origin), [signer.key]);
  if (!opened.ok) return err('kept-unreadable');
  return opened.value.signatures.some(({ key }) => key === signer.key) ? opened : err('kept-of-another-key');
}

async function answer(options: WitnessOptions, request: ReadAddCheckpoint): Promise<WitnessReply> {
  const { origin } = request.signed.checkpoint;
  const seen = await readSeen(options, origin);
  if (!seen.ok) throw new Error(seen.error);
  const judged = judgeCheckpoint(request, options.logs, seen.value?.checkpoint);
  if (!judged.ok) return refused(options, request, judged.error);
  // A clock that was set back must not make us say that an older tree was the newest at a later time.
  const before = seen.value?.signatures.find(({ key }) => key === options.signer.key)?.timestamp ?? 0;
  const { text } = request.signed.note;
  const cosignature = cosign(options.signer, text, Math.max(Math.floor(options.now()), before, 1));
  const signatures = [...judged.value.logSignatures.map(({ signature }) => signature), cosignature];
  await options.kept.keep(originHashOf(origin), formatNote({ text, signatures }));
  options.say({ message: 'cosigned', origin, size: judged.value.checkpoint.size });
  return reply(200, formatSignatureLine(cosignature));
}

const STATUS: Readonly<Record<WitnessRefusal['code'], 400 | 403 | 404 | 409 | 422>> = {
  'log-unknown': 404,
  'log-signature-missing': 403,
  'log-signature-wrong': 403,
  'old-size-over-size': 400,
  'size-differs': 409,
  'not-consistent': 422,
};

function refused(
  options: WitnessOptions,
  { signed: { checkpoint } }: ReadAddCheckpoint,
  refusal: WitnessRefusal,
): WitnessReply {
  const { code } = refusal;
  const known = code === 'log-unknown' ? {} : { origin: checkpoint.origin, size: checkpoint.size };
  options.say({ message: 'refused', code, ...known });
  if (refusal.code === 'size-differs')
    return { status: 409, contentType: 'text/x.tlog.size', body: `${refusal.size}\n` };
  return plain(STATUS[code], code);
}

const reply = (status: WitnessReply['status'], body: string): WitnessReply => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body,
});
const plain = (status: WitnessReply['status'], sentence: string): WitnessReply => reply(status, `${sentence}\n`);
