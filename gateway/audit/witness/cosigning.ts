import { openCheckpoint, readSignedCheckpoint, type OpenedCheckpoint } from '../note/checkpoint.ts';
import { formatNote, formatSignatureLine } from '../note/signed-note.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import type { CosignedHead, KeptCosignature, LogTree, NewestCosigned } from '../../ports/log-tree.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import { askWitness, type AskedWitness, type AskWitnessOptions, type KnownWitness } from './ask-witness.ts';
import { isLost, NOTHING_LACKING, published, reached, type QuorumWatch } from './quorum-watch.ts';
import { hasQuorum } from './quorum.ts';
import { originHashOf } from './witness.ts';

/**
 * The gateway's side: each tree it publishes is shown to all agencies' witnesses, and what they sign is kept beside it.
 * It runs apart from the questions: a witness that is slow, silent or lying delays nobody.
 */

export interface CosigningOptions extends Omit<AskWitnessOptions, 'newestSize'> {
  /** The log's keys, named for its origin; the first signs. */
  readonly logKeys: readonly VerifierKey[];
  readonly witnesses: readonly KnownWitness[];
  /** How many of them are enough. */
  readonly quorum: number;
  readonly store: Pick<LogTree, 'keepCosignatures' | 'newestCheckpoint'>;
  /** Milliseconds of a clock that never goes back. */
  readonly elapsed: () => number;
  /** Milliseconds after which a tree that lacked its quorum is shown again, also where nothing new happens; 15 s. */
  readonly againAfterMs?: number;
  readonly say: (said: CosigningSaid) => void;
}

export type CosigningSaid =
  | { readonly message: 'witness-failed'; readonly witness: string; readonly code: AskedWitness['outcome'] }
  | { readonly message: 'cosignatures-not-kept'; readonly size: number }
  | { readonly message: 'quorum-lost'; readonly quorum: number; readonly cosigned: number; readonly size: number }
  | { readonly message: 'quorum-reached'; readonly size: number };

export interface CosigningStatus {
  readonly witnesses: number;
  readonly quorum: number;
  /** Size of the newest tree that a quorum signed, as far as this process has seen. */
  readonly size?: number;
  /** Lost for ten minutes or longer. */
  readonly lost: boolean;
  /** What each witness did last. */
  readonly last: readonly { readonly witness: string; readonly outcome: AskedWitness['outcome'] | 'not-asked' }[];
}

export interface Cosigning extends NewestCosigned {
  /** Shows a signed checkpoint to the witnesses, without waiting; while a round is under way the newest one waits. */
  offer(checkpoint: string): void;
  status(): CosigningStatus;
  /** Ends once the round under way is done, or cuts it short after two seconds. */
  close(): Promise<void>;
}

const AGAIN_AFTER_MS = 15_000;
const LAST_ROUND_MS = 2_000;

/** Starts nothing by itself; the loop that publishes checkpoints calls `offer`. */
export function startCosigning(options: CosigningOptions): Cosigning {
  const sizes = new Map<string, number>();
  const last = new Map<string, AskedWitness['outcome']>();
  const bell = makeBell(options);
  let waiting: { readonly checkpoint: string; readonly since: number } | undefined;
  let running: Promise<void> | undefined;
  let again: NodeJS.Timeout | undefined;
  let closed = false;

  const pause = (ms: number): Promise<void> => (closed ? Promise.resolve() : options.wait(ms));
  const drain = async (): Promise<void> => {
    while (waiting !== undefined && !closed) {
      const { checkpoint } = waiting;
      waiting = undefined;
      const collected = await collect({ ...options, wait: pause }, checkpoint, sizes);
      tellFailures(options, collected.asked, last);
      await keep(options, collected);
      if (hasQuorum(collected.opened, policyOf(options))) bell.reached(collected.opened.checkpoint.size, waiting);
      else if (isOvertaken(collected)) await showNewest(checkpoint);
      else {
        bell.missed(collected.cosignatures.length, collected.opened.checkpoint.size);
        showAgain(checkpoint);
      }
    }
    running = undefined;
  };
  const showAgain = (checkpoint: string): void => {
    if (closed || waiting !== undefined) return;
    again = setTimeout(() => offer(checkpoint), options.againAfterMs ?? AGAIN_AFTER_MS).unref();
  };
  /** Another gateway's tree covers ours: once that is witnessed, ours is. */
  const showNewest = async (checkpoint: string): Promise<void> => {
    const newest = await options.store.newestCheckpoint();
    if (!newest.ok || newest.value === undefined) showAgain(checkpoint);
    else waiting ??= { checkpoint: newest.value.note, since: bell.published() };
  };
  const offer = (checkpoint: string): void => {
    if (closed || options.witnesses.length === 0) return;
    clearTimeout(again);
    waiting = { checkpoint, since: bell.published() };
    running ??= drain();
  };

  return {
    offer,
    status: () => ({
      witnesses: options.witnesses.length,
      quorum: options.quorum,
      ...bell.status(),
      last: options.witnesses.map(({ key }) => ({ witness: key.name, outcome: last.get(key.name) ?? 'not-asked' })),
    }),
    newestCosigned: () => newestCosigned(options),
    async close() {
      // What was published last is still shown, for a moment; a witness that hangs keeps nobody from stopping.
      if (running !== undefined) await Promise.race([running, options.wait(LAST_ROUND_MS)]);
      closed = true;
      clearTimeout(again);
      await Promise.all(options.witnesses.map(({ client }) => client.close()));
      await running;
    },
  };
}

/** Rings once when quorum has been lost for long enough, and once when it is back. */
function makeBell({ elapsed, quorum, say }: Pick<CosigningOptions, 'elapsed' | 'quorum' | 'say'>) {
  let watch: QuorumWatch = NOTHING_LACKING;
  let size: number | undefined;
  let rung = false;
  return {
    /** Gives the moment from which this tree has been waiting. */
    published(): number {
      const since = elapsed();
      watch = published(watch, since);
      return since;
    },
    reached(of: number, waiting: { readonly since: number } | undefined): void {
      size = Math.max(size ?? 0, of);
      watch = reached(waiting?.since);
      if (rung) say({ message: 'quorum-reached', size: of });
      rung = false;
    },
    missed(cosigned: number, of: number): void {
      if (rung || !isLost(watch, elapsed())) return;
      rung = true;
      say({ message: 'quorum-lost', quorum, cosigned, size: of });
    },
    status: () => ({ lost: isLost(watch, elapsed()), ...(size === undefined ? {} : { size }) }),
  };
}

/** Said when it changes, not with every checkpoint of an outage. */
function tellFailures(
  options: CosigningOptions,
  asked: Collected['asked'],
  last: Map<string, AskedWitness['outcome']>,
) {
  for (const { witness, asked: each } of asked) {
    const failed = each.outcome !== 'cosigned' && each.outcome !== 'overtaken';
    if (failed && last.get(witness) !== each.outcome)
      options.say({ message: 'witness-failed', witness, code: each.outcome });
    last.set(witness, each.outcome);
  }
}

async function keep({ store, say }: CosigningOptions, { opened, cosignatures }: Collected): Promise<void> {
  if (cosignatures.length === 0) return;
  const { size } = opened.checkpoint;
  const kept = await store.keepCosignatures(size, cosignatures);
  if (!kept.ok) say({ message: 'cosignatures-not-kept', size });
}

const policyOf = ({ witnesses, quorum }: CosigningOptions) => ({ witnesses: witnesses.map(({ key }) => key), quorum });

interface Collected {
  readonly opened: OpenedCheckpoint;
  readonly cosignatures: readonly KeptCosignature[];
  readonly asked: readonly { readonly witness: string; readonly asked: AskedWitness }[];
}

const isOvertaken = ({ asked }: Collected): boolean => asked.some(({ asked: { outcome } }) => outcome === 'overtaken');

async function collect(options: CosigningOptions, checkpoint: string, sizes: Map<string, number>): Promise<Collected> {
  const signed = readSignedCheckpoint(checkpoint);
  if (!signed.ok) throw new Error(`our own checkpoint cannot be read: ${signed.error}`);
  const newestSize = async (): Promise<number | undefined> => {
    const newest = await options.store.newestCheckpoint();
    return newest.ok ? newest.value?.size : undefined;
  };
  const asked = await Promise.all(
    options.witnesses.map(async (witness) => {
      const { name } = witness.key;
      const asking = { ...options, newestSize };
      const outcome = await askWitness(witness, signed.value, checkpoint, sizes.get(name) ?? 0, asking);
      if (outcome.outcome === 'cosigned') sizes.set(name, signed.value.checkpoint.size);
      return { witness: name, asked: outcome };
    }),
  );
  const given = asked.flatMap(({ asked: each }) => (each.outcome === 'cosigned' ? [each.signature] : []));
  const { text, signatures } = signed.value.note;
  const note = formatNote({ text, signatures: [...signatures, ...given] });
  const opened = openCheckpoint(note, options.logKeys, policyOf(options).witnesses);
  if (!opened.ok) throw new Error(`our own checkpoint does not open: ${opened.error.code}`);
  const cosignatures = given.map((each) => ({ witness: each.name, line: formatSignatureLine(each) }));
  return { opened: opened.value, cosignatures, asked };
}

async function newestCosigned({
  witnesses,
  logKeys,
}: CosigningOptions): Promise<Result<CosignedHead | undefined, 'witnesses-unreachable'>> {
  const [own] = logKeys;
  if (own === undefined) throw new Error('a log has a key');
  const answers = await Promise.all(witnesses.map((witness) => lastOf(witness, originHashOf(own.name), logKeys)));
  if (witnesses.length > 0 && answers.every((answer) => answer === undefined)) return err('witnesses-unreachable');
  const heads = answers.flatMap((answer) => (answer?.head === undefined ? [] : [answer.head]));
  return ok(heads.toSorted((a, b) => b.size - a.size)[0]);
}

/** What a witness cosigned last, undefined where it gave no answer that counts. */
async function lastOf(
  { client, key }: KnownWitness,
  originHash: string,
  logKeys: readonly VerifierKey[],
): Promise<{ readonly head?: CosignedHead } | undefined> {
  const answer = await client.checkpoint(originHash);
  if (!answer.ok) return undefined;
  if (answer.value.status === 404) return {};
  const opened = answer.value.status === 200 ? openCheckpoint(answer.value.body, logKeys, [key]) : undefined;
  // Without both signatures it is a claim of somebody, and no reason to stop anything.
  if (opened?.ok !== true || !opened.value.signatures.some((each) => each.key === key)) return undefined;
  const { size, root } = opened.value.checkpoint;
  return { head: { size, root } };
}
