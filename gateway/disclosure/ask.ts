import {
  bulkhead,
  type BulkheadPolicy,
  circuitBreaker,
  ConsecutiveBreaker,
  handleAll,
  isBrokenCircuitError,
  isBulkheadRejectedError,
} from 'cockatiel';
import type { AgencySource, SourceAnswer, SourceQuestion } from '../ports/agency-source.ts';
import type { AgencyId, FieldId } from '../../schemas/names.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';

/**
 * Step 4: ask all agencies at once. Each stands behind its own bulkhead, breaker and deadline, so that a slow or lying
 * agency costs its own answer and nobody else's; and every outcome is kept (P7).
 */

export interface AskLimits {
  /** Longest a source may take, in milliseconds. */
  readonly sourceTimeoutMs: number;
  /** Longest the whole question may take, in milliseconds. */
  readonly questionTimeoutMs: number;
  /** Questions under way at one source, and waiting for a place there. */
  readonly concurrencyMax: number;
  readonly queueMax: number;
  /** Failures in a row after which a source is left alone, and for how long. */
  readonly failuresMax: number;
  readonly restMs: number;
}

export const ASK_LIMITS: AskLimits = {
  sourceTimeoutMs: 4_000,
  questionTimeoutMs: 8_000,
  concurrencyMax: 64,
  queueMax: 256,
  failuresMax: 5,
  restMs: 10_000,
};

/** What became of one source, asked or not. */
export interface SourceReport {
  readonly agency: AgencyId;
  readonly name: string;
  readonly fields: readonly FieldId[];
  readonly tookMs: number;
  readonly answer: SourceAnswer;
}

export type AskSource = (question: SourceQuestion, deadline: AbortSignal, leftMs: number) => Promise<SourceReport>;

/** A source and the guard that every question to it passes. */
export interface GuardedSource {
  readonly source: AgencySource;
  readonly ask: AskSource;
}

/** Thrown inside the guard only, so that the breaker counts an answer that shows the source is not well. */
class UnwellSource extends Error {
  readonly answer: SourceAnswer;
  constructor(answer: SourceAnswer) {
    super('the source is not well');
    this.answer = answer;
  }
}

/** Made once: an abort without a reason makes an error with its stack, for every source of every question. */
const OVER = new Error('the time for this source is over, or it has answered');

const UNWELL: ReadonlySet<SourceOutcome> = new Set(['timed-out', 'unavailable', 'error']);
/** The source is well and says so: it must not be rested for telling us to slow down or that there are too many. */
const WELL_ALL_THE_SAME: ReadonlySet<SourceCode> = new Set([
  'rate-limited',
  'too-many-matches',
  'wrong-person',
  'stale-extract',
]);

const failed = (outcome: SourceOutcome, code: SourceCode): SourceAnswer => ({ outcome, code, records: [] });

const NO_PLACE = failed('unavailable', 'bulkhead-full');

/** Puts a source behind its own bulkhead and breaker; one guard per source for the life of the process. */
export function guardSource(source: AgencySource, limits: AskLimits = ASK_LIMITS): GuardedSource {
  const room = bulkhead(limits.concurrencyMax, limits.queueMax);
  const breaker = circuitBreaker(handleAll, {
    halfOpenAfter: limits.restMs,
    breaker: new ConsecutiveBreaker(limits.failuresMax),
  });
  const ask: AskSource = async (question, deadline, leftMs) => {
    const startedAt = performance.now();
    const timeoutMs = Math.min(limits.sourceTimeoutMs, leftMs);
    const answer = await placeInTime(room, deadline, question.fields, () =>
      breaker.execute(() => askOnce(source, question, deadline, timeoutMs)),
    );
    return {
      agency: source.agency,
      name: source.name,
      fields: question.fields,
      tookMs: Math.round(performance.now() - startedAt),
      answer,
    };
  };
  return { source, ask };
}

/**
 * Waits for a place at the source no longer than the question lives. Without this a slow source's queue would hold up
 * every question behind it, and would then ask the source on account of questions that are long over.
 */
async function placeInTime(
  room: BulkheadPolicy,
  deadline: AbortSignal,
  fields: readonly FieldId[],
  run: () => Promise<SourceAnswer>,
): Promise<SourceAnswer> {
  let begun = false;
  const inPlace = (): Promise<SourceAnswer> => {
    if (deadline.aborted) return Promise.resolve(NO_PLACE);
    begun = true;
    return run();
  };
  const overBefore = new Promise<SourceAnswer>((resolve) => {
    deadline.addEventListener('abort', () => {
      if (!begun) resolve(NO_PLACE);
    });
  });
  const answered = guarded(async () => onlyWhatWasAsked(await room.execute(inPlace), fields));
  return Promise.race([answered, overBefore]);
}

async function guarded(run: () => Promise<SourceAnswer>): Promise<SourceAnswer> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof UnwellSource) return error.answer;
    if (isBrokenCircuitError(error)) return failed('unavailable', 'breaker-open');
    if (isBulkheadRejectedError(error)) return failed('unavailable', 'bulkhead-full');
    // An adapter that throws has broken its port's promise: its source counts as failed, and nothing else does.
    return failed('error', 'bad-answer');
  }
}

/** The deadline is kept here and not only in the adapter: one that ignores its signal must not hold the question up. */
async function askOnce(
  source: AgencySource,
  question: SourceQuestion,
  deadline: AbortSignal,
  timeoutMs: number,
): Promise<SourceAnswer> {
  let stop: () => void = () => undefined;
  const abort = new AbortController();
  const timedOut = new Promise<SourceAnswer>((resolve) => {
    stop = () => {
      abort.abort(OVER);
      resolve(failed('timed-out', 'deadline'));
    };
  });
  const timer = setTimeout(stop, timeoutMs);
  deadline.addEventListener('abort', stop, { once: true });
  try {
    const answer = await Promise.race([source.ask(question, { signal: abort.signal, timeoutMs }), timedOut]);
    if (UNWELL.has(answer.outcome) && (answer.code === undefined || !WELL_ALL_THE_SAME.has(answer.code))) {
      throw new UnwellSource(answer);
    }
    return answer;
  } finally {
    clearTimeout(timer);
    deadline.removeEventListener('abort', stop);
    abort.abort(OVER);
  }
}

/**
 * P3 once more, behind the adapter's back: whatever it returns beyond what it was asked for is dropped here, so that
 * a fault in one adapter cannot put an unasked field into the process's hands.
 */
function onlyWhatWasAsked(answer: SourceAnswer, fields: readonly FieldId[]): SourceAnswer {
  const asked = new Set(fields);
  return {
    ...answer,
    records: answer.records.map(({ whereabouts, ...record }) => ({
      ...record,
      ...(whereabouts !== undefined && asked.has(whereabouts.field) ? { whereabouts } : {}),
      contacts: record.contacts.filter((contact) => contact.field !== undefined && asked.has(contact.field)),
      ...(record.values === undefined ? {} : { values: record.values.filter((value) => asked.has(value.field)) }),
      ...(record.withheldFields === undefined
        ? {}
        : { withheldFields: record.withheldFields.filter((field) => asked.has(field)) }),
      ...(record.unansweredFields === undefined
        ? {}
        : { unansweredFields: record.unansweredFields.filter((field) => asked.has(field)) }),
    })),
  };
}

/** Asks every planned source at once and waits for all, each within its time and all within the question's. */
export async function askAll(
  asks: readonly { readonly guarded: GuardedSource; readonly question: SourceQuestion }[],
  limits: AskLimits = ASK_LIMITS,
): Promise<readonly SourceReport[]> {
  if (asks.length === 0) return [];
  const whole = new AbortController();
  const timer = setTimeout(() => whole.abort(), limits.questionTimeoutMs);
  try {
    return await Promise.all(
      asks.map(({ guarded: { ask }, question }) => ask(question, whole.signal, limits.questionTimeoutMs)),
    );
  } finally {
    clearTimeout(timer);
  }
}
