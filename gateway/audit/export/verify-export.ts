import { err, ok, type Result } from '../../../schemas/result.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../note/checkpoint.ts';
import type { VerifierKey } from '../note/verifier-key.ts';
import { leafHash, sameHash } from '../tree/hash.ts';
import { subtreesOf, type LeafRange } from '../tree/subtrees.ts';
import { verifyConsistency } from '../tree/verify.ts';
import { cosignersOf, type Cosigner, type WitnessPolicy } from '../witness/quorum.ts';
import { checkEntry, type EntryFaultCode } from './check-entry.ts';
import { growingTree, type GrowingTree } from './growing-tree.ts';
import {
  checkpointFile,
  consistencyFile,
  EXPORT_FILES,
  exportAboutSchema,
  filesOf,
  parseHashes,
  parseSums,
  type ExportAbout,
} from './layout.ts';

/** Whether an export is what the log says, with nothing but public keys. Pure: files are handed in, nothing is asked. */

/** An export's folder. Everything in it may have been written by somebody who lies. */
export interface ExportFiles {
  /** Names of all files, with `/` between folder and file. */
  list(): Promise<readonly string[]>;
  /** Text of a small file, or undefined where there is none, it is no UTF-8, or larger than any should be. */
  text(file: string): Promise<string | undefined>;
  /** SHA-256 of a file in hex, or undefined where there is none. */
  sum(file: string): Promise<string | undefined>;
  /**
   * The lines of a file in runs, without their newlines; a last line without one is given too. `done` has the file's
   * SHA-256 in hex once all are read. Undefined for a file that is not there.
   */
  lines(file: string): Promise<{ readonly runs: AsyncIterable<readonly Uint8Array[]>; done(): LinesEnd } | undefined>;
}

export interface LinesEnd {
  readonly sum: string;
  /** Whether the file was empty or ended in a newline. */
  readonly whole: boolean;
}

export interface ExportTrust {
  /** Keys of the one log this export has to be of; several while one was replaced. */
  readonly logKeys: readonly VerifierKey[];
  readonly policy: WitnessPolicy;
  /** A signed checkpoint that was kept apart from the log, for example by a witness. It shows a tail that was cut off. */
  readonly known?: string;
}

export type ExportFault =
  | { readonly code: 'file-missing' | 'file-unlisted' | 'file-malformed' | 'sum-differs'; readonly file: string }
  | { readonly code: EntryFaultCode; readonly position: number }
  /** Recorded, by its own account, before a tree without it had already been witnessed. */
  | {
      readonly code: 'back-dated';
      readonly position: number;
      readonly recordedAt: string;
      readonly witnessedAt: string;
    }
  | { readonly code: 'entries-missing'; readonly position: number; readonly until: number }
  | { readonly code: 'entries-too-many'; readonly position: number }
  | { readonly code: 'origin-differs'; readonly origin: string }
  | { readonly code: 'log-signature-missing'; readonly size: number }
  | { readonly code: 'signature-wrong'; readonly size: number; readonly name: string }
  | { readonly code: 'quorum-missing'; readonly size: number; readonly cosigners: number; readonly quorum: number }
  /** The entries do not make the tree that was signed at this size; up to `after` they held. */
  | { readonly code: 'root-differs'; readonly size: number; readonly after: number }
  | { readonly code: 'known-unusable' }
  | { readonly code: 'known-differs' | 'known-is-newer' | 'known-not-shown'; readonly size: number };

export interface VerifiedExport {
  readonly origin: string;
  /** Position of the first entry, and the one after the last. */
  readonly from: number;
  readonly until: number;
  /** Number of entries of the log by the newest checkpoint. */
  readonly size: number;
  readonly root: Uint8Array;
  readonly checkpoints: number;
  /** The witnesses on the newest checkpoint. */
  readonly cosigners: readonly Cosigner[];
  /** Entries recorded, by their own account, more than five minutes after they were witnessed: a clock that was wrong. */
  readonly aheadOfClock: number;
}

/** Between the log's clock and the witnesses', in milliseconds. */
const CLOCKS_APART_MS = 300_000;
const ENTRY_BYTES_MAX = 65_535;

/** Verifies a whole export, or gives the first thing that does not hold. One pass over the entries, memory flat. */
export async function verifyExport(
  files: ExportFiles,
  trust: ExportTrust,
): Promise<Result<VerifiedExport, ExportFault>> {
  const about = await readAbout(files);
  if (!about.ok) return about;
  const sums = await checkSums(files, about.value);
  if (!sums.ok) return sums;
  const checkpoints = await openCheckpoints(files, about.value, trust);
  if (!checkpoints.ok) return checkpoints;
  const known = knownOf(about.value, checkpoints.value, trust);
  if (!known.ok) return known;
  const tree = growingTree();
  const milestones = [...checkpoints.value, ...known.value];
  const before = await pushHashes(files, EXPORT_FILES.before, tree, { begin: 0, end: about.value.from });
  if (!before.ok) return before;
  const entries = await readEntries(files, about.value, tree, milestones, sums.value);
  if (!entries.ok) return entries;
  const { until, size } = about.value;
  const after = await pushHashes(files, EXPORT_FILES.after, tree, { begin: until, end: size });
  if (!after.ok) return after;
  const last = checkpoints.value.at(-1);
  if (last === undefined) throw new Error('an export has a checkpoint');
  if (!sameHash(tree.root(), last.root)) return err({ code: 'root-differs', size, after: entries.value.heldUpTo });
  const earlier = await checkEarlier(files, about.value, checkpoints.value, last);
  if (!earlier.ok) return earlier;
  return ok({
    ...{ origin: about.value.origin, from: about.value.from, until, size, root: last.root },
    checkpoints: checkpoints.value.length,
    cosigners: last.cosigners,
    aheadOfClock: entries.value.ahead,
  });
}

/** A signed tree of a size, and between which times the witnesses say that it was the newest. */
interface Milestone {
  readonly size: number;
  readonly root: Uint8Array;
  readonly cosigners: readonly Cosigner[];
  /** Milliseconds since 1970 by which a quorum had seen this tree, and from which on it had; absent without witnesses. */
  readonly witnessed?: { readonly earliest: number; readonly latest: number };
}

async function readAbout(files: ExportFiles): Promise<Result<ExportAbout, ExportFault>> {
  const file = EXPORT_FILES.about;
  const text = await files.text(file);
  if (text === undefined) return err({ code: 'file-missing', file });
  const parsed = exportAboutSchema.safeParse(parseJson(text));
  return parsed.success ? ok(parsed.data) : err({ code: 'file-malformed', file });
}

/** Every file that belongs here is there, is listed and has its sum; that of the entries is compared as they are read. */
async function checkSums(
  files: ExportFiles,
  about: ExportAbout,
): Promise<Result<ReadonlyMap<string, string>, ExportFault>> {
  const text = await files.text(EXPORT_FILES.sums);
  if (text === undefined) return err({ code: 'file-missing', file: EXPORT_FILES.sums });
  const sums = parseSums(text);
  if (!sums.ok) return err({ code: 'file-malformed', file: EXPORT_FILES.sums });
  const wanted = filesOf(about);
  const there = new Set(await files.list());
  for (const file of there) {
    if (file !== EXPORT_FILES.sums && !wanted.includes(file)) return err({ code: 'file-unlisted', file });
  }
  for (const file of sums.value.keys()) if (!wanted.includes(file)) return err({ code: 'file-unlisted', file });
  for (const file of wanted) {
    const sum = sums.value.get(file);
    if (sum === undefined || !there.has(file)) return err({ code: 'file-missing', file });
    if (file !== EXPORT_FILES.entries && (await files.sum(file)) !== sum) return err({ code: 'sum-differs', file });
  }
  return sums;
}

async function openCheckpoints(
  files: ExportFiles,
  about: ExportAbout,
  trust: ExportTrust,
): Promise<Result<readonly Milestone[], ExportFault>> {
  const milestones: Milestone[] = [];
  for (const size of about.checkpoints) {
    const file = checkpointFile(size);
    const opened = openCheckpoint((await files.text(file)) ?? '', trust.logKeys, trust.policy.witnesses);
    if (!opened.ok) return err(faultOfNote(opened.error, file, size));
    const milestone = milestoneOf(opened.value, trust.policy);
    // A file of another size would let the newest checkpoint stand in for one that is not there.
    if (milestone.size !== size || opened.value.checkpoint.origin !== about.origin)
      return err({ code: 'file-malformed', file });
    const { quorum } = trust.policy;
    const cosigners = milestone.cosigners.length;
    if (cosigners < quorum) return err({ code: 'quorum-missing', size, cosigners, quorum });
    milestones.push(milestone);
  }
  return ok(milestones);
}

function faultOfNote(
  fault: { readonly code: string; readonly origin?: string; readonly name?: string },
  file: string,
  size: number,
): ExportFault {
  if (fault.code === 'origin-differs') return { code: 'origin-differs', origin: fault.origin ?? '' };
  if (fault.code === 'log-signature-missing') return { code: 'log-signature-missing', size };
  if (fault.code === 'signature-wrong') return { code: 'signature-wrong', size, name: fault.name ?? '' };
  return { code: 'file-malformed', file };
}

function milestoneOf(opened: OpenedCheckpoint, policy: WitnessPolicy): Milestone {
  const { size, root } = opened.checkpoint;
  const cosigners = cosignersOf(opened, policy);
  const rising = cosigners.map(({ timestamp }) => timestamp * 1000).toSorted((a, b) => a - b);
  // One witness that misstates its time changes nothing where a quorum of others states theirs.
  const [earliest, latest] = [rising[policy.quorum - 1], rising[rising.length - policy.quorum]];
  return {
    ...{ size, root, cosigners },
    ...(earliest === undefined || latest === undefined ? {} : { witnessed: { earliest, latest } }),
  };
}

/** A checkpoint from elsewhere is one more that the entries have to lead to; a newer one shows that the end is missing. */
function knownOf(
  { size, from, until }: ExportAbout,
  checkpoints: readonly Milestone[],
  { known, logKeys, policy }: ExportTrust,
): Result<readonly Milestone[], ExportFault> {
  if (known === undefined) return ok([]);
  const opened = openCheckpoint(known, logKeys, policy.witnesses);
  if (!opened.ok) return err({ code: 'known-unusable' });
  const milestone = milestoneOf(opened.value, { ...policy, quorum: 1 });
  if (milestone.size > size) return err({ code: 'known-is-newer', size: milestone.size });
  const same = checkpoints.find((each) => each.size === milestone.size);
  if (same !== undefined)
    return sameHash(same.root, milestone.root) ? ok([]) : err({ code: 'known-differs', size: same.size });
  // Entries that are not here cannot lead to it.
  if (milestone.size <= from || milestone.size > until) return err({ code: 'known-not-shown', size: milestone.size });
  // What it says of time is not used: one witness that lies could call honest entries back-dated with it.
  return ok([{ size: milestone.size, root: milestone.root, cosigners: [] }]);
}

async function pushHashes(
  files: ExportFiles,
  file: string,
  tree: GrowingTree,
  range: LeafRange,
): Promise<Result<true, ExportFault>> {
  const hashes = parseHashes((await files.text(file)) ?? '?');
  const subtrees = subtreesOf(range);
  if (hashes?.length !== subtrees.length) return err({ code: 'file-malformed', file });
  const fits = subtrees.every(({ level }, n) => tree.push(level, hashes[n] ?? new Uint8Array()));
  return fits ? ok(true) : err({ code: 'file-malformed', file });
}

interface ReadEntries {
  /** Entries that are dated after they were witnessed. */
  readonly ahead: number;
  /** The last signed tree that they were seen to make, or where they begin. */
  readonly heldUpTo: number;
}

async function readEntries(
  files: ExportFiles,
  { from, until }: ExportAbout,
  tree: GrowingTree,
  milestones: readonly Milestone[],
  sums: ReadonlyMap<string, string>,
): Promise<Result<ReadEntries, ExportFault>> {
  const file = EXPORT_FILES.entries;
  const lines = await files.lines(file);
  if (lines === undefined) return err({ code: 'file-missing', file });
  const reading = startReading(tree, milestones, until);
  for await (const run of lines.runs) {
    for (const line of run) {
      const fault = reading.take(line);
      if (fault !== undefined) return err(fault);
    }
  }
  const { sum, whole } = lines.done();
  if (tree.size() < until) return err({ code: 'entries-missing', position: Math.max(from, tree.size()), until });
  if (!whole) return err({ code: 'file-malformed', file });
  return sum === sums.get(file) ? ok(reading.read()) : err({ code: 'sum-differs', file });
}

function startReading(tree: GrowingTree, milestones: readonly Milestone[], until: number) {
  const due = milestones.toSorted((a, b) => a.size - b.size);
  let next = due.findIndex(({ size }) => size > tree.size());
  if (next < 0) next = due.length;
  let recordedAt = '';
  /** What the witnesses had seen by the last milestone that was passed, and when. */
  let notBefore = due[next - 1]?.witnessed?.latest ?? 0;
  let ahead = 0;
  let heldUpTo = tree.size();
  const take = (line: Uint8Array): ExportFault | undefined => {
    const position = tree.size();
    if (position >= until) return { code: 'entries-too-many', position };
    const entry = line.length > ENTRY_BYTES_MAX ? undefined : textOf(line);
    const checked = checkEntry(entry ?? '', position, recordedAt);
    if (!checked.ok) return { code: checked.error, position };
    ({ recordedAt } = checked.value);
    const recorded = Date.parse(recordedAt);
    if (recorded + CLOCKS_APART_MS < notBefore) {
      return { code: 'back-dated', position, recordedAt, witnessedAt: new Date(notBefore).toISOString() };
    }
    const milestone = due[next];
    if (milestone?.witnessed !== undefined && recorded - CLOCKS_APART_MS > milestone.witnessed.earliest) ahead += 1;
    tree.push(0, leafHash(line));
    if (milestone?.size !== tree.size()) return undefined;
    next += 1;
    notBefore = Math.max(notBefore, milestone.witnessed?.latest ?? 0);
    if (!sameHash(tree.root(), milestone.root)) return { code: 'root-differs', size: milestone.size, after: heldUpTo };
    heldUpTo = milestone.size;
    return undefined;
  };
  return { take, read: (): ReadEntries => ({ ahead, heldUpTo }) };
}

/** Checkpoints from before the first entry, which the entries cannot show: the newest one continues them. */
async function checkEarlier(
  files: ExportFiles,
  { from, size }: ExportAbout,
  milestones: readonly Milestone[],
  last: Milestone,
): Promise<Result<true, ExportFault>> {
  for (const milestone of milestones) {
    if (milestone.size === 0 || milestone.size > from) continue;
    const file = consistencyFile(milestone.size);
    const proof = parseHashes((await files.text(file)) ?? '?');
    if (proof === undefined) return err({ code: 'file-malformed', file });
    if (!verifyConsistency(milestone.size, size, proof, milestone.root, last.root))
      return err({ code: 'root-differs', size, after: milestone.size });
  }
  return ok(true);
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function textOf(line: Uint8Array): string | undefined {
  try {
    return UTF8.decode(line);
  } catch {
    return undefined;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
