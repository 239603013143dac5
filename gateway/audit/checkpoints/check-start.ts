import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AccessLog } from '../../ports/access-log.ts';
import type { KeptCheckpoint, LogTree, NewestCosigned, PublishTurn } from '../../ports/log-tree.ts';
import { entryHashOf } from '../leaves.ts';
import { openCheckpoint } from '../note/checkpoint.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import { sameHash } from '../tree/hash.ts';
import { cutHashes, growEdge, rootOfEdge } from '../tree/tile-edge.ts';
import { TILE_WIDTH } from '../tree/tile.ts';
import { readEdge } from './publish.ts';

/**
 * Before a gateway writes its first entry: whether the database it was given holds the whole of the log, and the log
 * it is meant to continue. A restored backup looks sound in itself; only what was given out before shows that it is
 * not the newest. Going on from it would write other entries in places that the agencies have countersigned.
 */

export type StartFault =
  | { readonly code: 'log-unavailable' }
  | { readonly code: 'other-origin'; readonly found: string }
  | { readonly code: 'key-differs' }
  | { readonly code: 'behind-checkpoint'; readonly size: number; readonly signed: number }
  | { readonly code: 'differs-from-checkpoint'; readonly signed: number }
  | { readonly code: 'entry-changed'; readonly position: number }
  | { readonly code: 'behind-witnesses'; readonly size: number; readonly witnessed: number }
  | { readonly code: 'differs-from-witnesses'; readonly witnessed: number };

/** A log key that was replaced. Whoever steals it later can sign nothing that is newer than what it signed. */
export interface RetiredLogKey {
  readonly key: VerifierKey;
  /** Size of the last checkpoint that it signed. */
  readonly upTo: number;
}

export interface StartCheck {
  readonly tree: LogTree;
  readonly log: Pick<AccessLog, 'read'>;
  /** The key that signs from now on, and such as may have signed any size. All are named for the origin. */
  readonly logKeys: readonly [VerifierKey, ...VerifierKey[]];
  /** Keys that signed before, and sign no more. */
  readonly retired?: readonly RetiredLogKey[];
  readonly witnesses: NewestCosigned;
  /** This run of the gateway, noted where it is the first that ever wrote to this log. */
  readonly instance: string;
}

export interface CheckedStart {
  readonly size: number;
  /** `unreachable`: no witness answered, so nobody outside has confirmed that this copy is the newest. */
  readonly witnesses: 'agree' | 'none-yet' | 'unreachable';
}

/** Looks at the log as it is found, or says what keeps a gateway from starting on it. */
export async function checkStart(check: StartCheck): Promise<Result<CheckedStart, StartFault>> {
  const [{ name: origin }] = check.logKeys;
  const found = await check.tree.claimOrigin(origin, check.instance);
  if (!found.ok) return err({ code: 'log-unavailable' });
  if (found.value !== origin) return err({ code: 'other-origin', found: found.value });
  const witnessed = await check.witnesses.newestCosigned();
  const heads: Heads = { check, witnessed: witnessed.ok ? witnessed.value : undefined };
  const sound = await inSomeTurn(check.tree, (turn) => compare(turn, heads));
  if (!sound.ok) return err({ code: 'log-unavailable' });
  if (!sound.value.ok) return sound.value;
  const texts = await checkTexts(check.log, sound.value.value);
  if (!texts.ok) return texts;
  const agree = witnessed.ok && witnessed.value === undefined ? 'none-yet' : 'agree';
  return ok({ size: sound.value.value.size, witnesses: witnessed.ok ? agree : 'unreachable' });
}

const TURNS = 20;
const TURN_EVERY_MS = 250;

/** Another gateway may be publishing just now. */
async function inSomeTurn<T>(tree: LogTree, work: (turn: PublishTurn) => Promise<T>) {
  for (let n = 0; n < TURNS; n += 1) {
    const worked = await tree.inTurn(work);
    if (worked.ok || worked.error !== 'not-our-turn') return worked;
    await new Promise((resolve) => setTimeout(resolve, TURN_EVERY_MS));
  }
  return err('log-unavailable' as const);
}

interface Heads {
  readonly check: StartCheck;
  readonly witnessed: { readonly size: number; readonly root: Uint8Array } | undefined;
}

/** What the rows after the last full tile have to hash to. */
interface Tail {
  readonly base: number;
  readonly size: number;
  readonly hashes: readonly Uint8Array[];
}

async function compare(turn: PublishTurn, { check, witnessed }: Heads): Promise<Result<Tail, StartFault>> {
  const size = await turn.size();
  const last = await turn.newestCheckpoint();
  const signed = signedFault(last, size, check);
  if (signed !== undefined) return err(signed);
  if (witnessed !== undefined && witnessed.size > size)
    return err({ code: 'behind-witnesses', size, witnessed: witnessed.size });
  const base = (last?.size ?? 0) - ((last?.size ?? 0) % TILE_WIDTH);
  const edge = await readEdge(turn, base);
  const upTo = Math.max(last?.size ?? 0, witnessed?.size ?? 0);
  const hashes = cutHashes(await turn.leafHashes(base, Math.max(upTo - base, TAIL_MAX)));
  const rootAt = (at: number): Uint8Array => rootOfEdge(growEdge(edge, hashes.slice(0, at - base)).edge);
  if (last !== undefined && !sameHash(rootAt(last.size), last.root))
    return err({ code: 'differs-from-checkpoint', signed: last.size });
  if (witnessed !== undefined && !(await agrees(turn, witnessed, { base, rootAt })))
    return err({ code: 'differs-from-witnesses', witnessed: witnessed.size });
  return ok({ base, size, hashes });
}

/** Texts that are hashed again at each start; `holdfast log verify` hashes all. */
const TAIL_MAX = 2_048;

function signedFault(
  last: KeptCheckpoint | undefined,
  size: number,
  { logKeys, retired = [] }: StartCheck,
): StartFault | undefined {
  if (last === undefined) return undefined;
  const opened = openCheckpoint(last.note, [...logKeys, ...retired.map(({ key }) => key)]);
  if (!opened.ok) return { code: 'key-differs' };
  const signers = opened.value.signatures.map(({ key }) => key);
  const inForce = signers.some((key) => logKeys.includes(key));
  if (!inForce && !retired.some(({ key, upTo }) => signers.includes(key) && last.size <= upTo))
    return { code: 'key-differs' };
  const { checkpoint } = opened.value;
  if (checkpoint.size !== last.size || !sameHash(checkpoint.root, last.root))
    return { code: 'differs-from-checkpoint', signed: checkpoint.size };
  return last.size > size ? { code: 'behind-checkpoint', size, signed: last.size } : undefined;
}

async function agrees(
  turn: PublishTurn,
  witnessed: { readonly size: number; readonly root: Uint8Array },
  tail: { readonly base: number; readonly rootAt: (size: number) => Uint8Array },
): Promise<boolean> {
  if (witnessed.size >= tail.base) return sameHash(tail.rootAt(witnessed.size), witnessed.root);
  // Finished tiles lie over all of it, so the edge of the tree of that size is read from them.
  return sameHash(rootOfEdge(await readEdge(turn, witnessed.size)), witnessed.root);
}

async function checkTexts(log: StartCheck['log'], tail: Tail): Promise<Result<true, StartFault>> {
  const entries = await log.read(tail.base, Math.min(tail.hashes.length, TAIL_MAX));
  if (!entries.ok) return err({ code: 'log-unavailable' });
  for (const [n, hash] of tail.hashes.slice(0, TAIL_MAX).entries()) {
    const entry = entries.value[n];
    const position = tail.base + n;
    const expected = Buffer.from(hash).toString('base64url');
    if (entry?.position !== position || entryHashOf(entry.canonical) !== expected)
      return err({ code: 'entry-changed', position });
  }
  return ok(true);
}

const RUNBOOK = 'deploy/runbooks/README.md has the steps under "The gateway refuses the log".';

/** What an operator reads when the gateway does not start: what was found, and what to do. */
export function startSentence(fault: StartFault): string {
  switch (fault.code) {
    case 'log-unavailable':
      return 'The access log cannot be read, so the gateway does not start: check DATABASE_URL and the database.';
    case 'other-origin':
      return (
        `The database holds the log "${fault.found}", not the one this gateway is set up for. ` +
        'Correct DATABASE_URL or HOLDFAST_LOG_ORIGIN; never rename a log.'
      );
    case 'key-differs':
      return (
        'The newest checkpoint was not signed by this gateway’s log key, nor by a retired one within its size. ' +
        `Put the log’s own key back. ${RUNBOOK}`
      );
    case 'behind-checkpoint':
      return (
        `The log has ${fault.size} entries, but its own checkpoint covers ${fault.signed}: entries were removed. ` +
        `Do not go on with this database. ${RUNBOOK}`
      );
    case 'differs-from-checkpoint':
      return `The first ${fault.signed} entries are not those that the log signed: entries were changed. Do not go on with this database. ${RUNBOOK}`;
    case 'entry-changed':
      return `Entry ${fault.position} is not what was recorded: its text was changed. Do not go on with this database. ${RUNBOOK}`;
    case 'behind-witnesses':
      return (
        `The log has ${fault.size} entries, but the agencies’ witnesses have countersigned ${fault.witnessed}: this is ` +
        `an older copy, such as a restored backup. Restore the newest copy, or replay the database’s journal up to it. ${RUNBOOK}`
      );
    case 'differs-from-witnesses':
      return `The first ${fault.witnessed} entries are not those that the agencies’ witnesses countersigned: this is another history. Do not go on with this database. ${RUNBOOK}`;
  }
}
