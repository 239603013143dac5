import type { AgencyId } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Entry } from './assemble.ts';
import { isStale, type Registration } from './check.ts';
import { openFolders } from './folder.ts';
import { onlyAsked, type FindAnswer, type FindRequest, type HeldRecord } from './held-record.ts';
import { EXTRACT_LIMITS, type ExtractLimits } from './limits.ts';
import type { LoadedExtract } from './load.ts';
import { makeLookup, type Lookup } from './lookup.ts';
import { isManifestKey } from './manifest.ts';
import { makeDrop, type BatchReport } from './watch.ts';

/**
 * The extract agent: a small program that runs beside an agency and belongs to it. It takes up the agency's nightly
 * files, keeps an index of them in memory and answers the gateway's questions. Nothing of the index is ever written.
 */

export interface AgentOptions {
  /** Root of the folders of folder.ts. */
  readonly folder: string;
  readonly registration: Registration;
  /** Reads one person's rows as a record, as of a day; the agency's own part. Must not throw on accepted rows. */
  readonly recordOf: (entry: Entry, asOf: string) => HeldRecord;
  readonly limits?: ExtractLimits;
  readonly pollMs: number;
  readonly patience?: number;
  readonly now: () => number;
  /** Codes and counts only. */
  readonly report: (report: BatchReport) => void;
  /** For the agency's own log: who asked, for what, and how it ended. Never about whom. */
  readonly asked: (asked: AskedReport) => void;
}

export interface AskedReport {
  readonly questionId: string;
  readonly agency: AgencyId;
  readonly purpose: string;
  readonly caseRef: string;
  readonly fields: readonly string[];
  readonly outcome: FindAnswer['outcome'];
  readonly records: number;
}

export interface ExtractAgent {
  /** Answers one question. `asOf` and `fields` of the request say which facts, and how much of them. */
  answer(request: FindRequest): FindAnswer;
  /** Looks into the drop folder now instead of at the next turn. */
  poll(): Promise<void>;
  /** Stops watching; the index is gone with the process. */
  stop(): Promise<void>;
}

interface Loaded {
  readonly extract: LoadedExtract;
  readonly lookup: Lookup;
}

export type AgentFault = 'folder-open-to-others' | 'unfit-key';

/** Opens the folders, loads the last good batch and what has arrived since, and starts to watch. */
export async function startAgent(options: AgentOptions): Promise<Result<ExtractAgent, AgentFault>> {
  if (!isManifestKey(options.registration.publicKey)) return err('unfit-key');
  const folders = await openFolders(options.folder);
  if (!folders.ok) return folders;
  const { registration, now, report } = options;
  const limits = options.limits ?? EXTRACT_LIMITS;
  const drop = makeDrop({
    folders: folders.value,
    registration,
    limits,
    patience: options.patience ?? 10,
    now,
    report,
  });
  let loaded = indexOf(await drop.reload(), options);
  const pollNow = async (): Promise<void> => {
    const before = loaded?.extract;
    const extract = await drop.poll(before && { sequence: before.manifest.sequence, people: before.counts.people });
    // One assignment: a question sees the old batch or the new one, never a mixture.
    if (extract !== undefined) loaded = indexOf(extract, options);
  };
  const turns = inTurn(pollNow, () => report({ kind: 'folder-failed' }));
  await turns.take();
  const timer = setInterval(() => void turns.take(), options.pollMs);
  timer.unref();
  return ok({
    answer: (request) => {
      const answer = answerFrom(loaded, request, options);
      options.asked(askedReport(request, answer));
      return answer;
    },
    poll: turns.take,
    stop: async () => {
      clearInterval(timer);
      await turns.settled();
    },
  });
}

/** Runs a task one at a time; a failing disk is a task that did nothing, and the next turn tries again. */
function inTurn(task: () => Promise<void>, failed: () => void) {
  let last: Promise<void> = Promise.resolve();
  return {
    take: (): Promise<void> => {
      last = last.then(task).catch(failed);
      return last;
    },
    settled: (): Promise<void> => last,
  };
}

function indexOf(extract: LoadedExtract | undefined, options: AgentOptions): Loaded | undefined {
  if (extract === undefined) return undefined;
  const asOf = extract.manifest.createdAt.slice(0, 10);
  return { extract, lookup: makeLookup(recordsOf(extract, options, asOf)) };
}

function* recordsOf(extract: LoadedExtract, options: AgentOptions, asOf: string): Generator<HeldRecord> {
  for (const entry of extract.entries.values()) yield options.recordOf(entry, asOf);
}

function answerFrom(loaded: Loaded | undefined, request: FindRequest, options: AgentOptions): FindAnswer {
  if (loaded === undefined) return { outcome: 'no-extract' };
  const { batch, createdAt } = loaded.extract.manifest;
  if (isStale(createdAt, options.registration.maxAgeHours, options.now())) return { outcome: 'stale-extract', batch };
  const found = loaded.lookup.find(request.subject);
  if (found.outcome === 'not-enough-known') return { outcome: found.outcome };
  if (found.outcome !== 'found') return { outcome: found.outcome, batch };
  const records = found.references.flatMap((reference) => {
    const entry = loaded.extract.entries.get(reference);
    return entry === undefined ? [] : [onlyAsked(options.recordOf(entry, request.asOf), request.fields)];
  });
  return { outcome: 'found', batch, records };
}

function askedReport(request: FindRequest, answer: FindAnswer): AskedReport {
  const { questionId, fields, asker } = request;
  return {
    questionId,
    agency: asker.agency,
    purpose: asker.purpose,
    caseRef: asker.caseRef,
    fields,
    outcome: answer.outcome,
    records: answer.outcome === 'found' ? answer.records.length : 0,
  };
}
