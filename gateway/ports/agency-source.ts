import type { CaseRef, FieldId, IsoDate, IsoInstant, AgencyId, Purpose } from '../../schemas/names.ts';
import type { ContactKind } from '../../schemas/contact-point.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';

/**
 * The port that every agency's adapter satisfies. An adapter turns one question into the calls its agency's real
 * interface needs, takes only the fields it is asked for, and never throws: whatever goes wrong is an outcome (P7).
 */

/** What a source is asked. The subject is the least that the agency's own search needs. */
export interface SourceQuestion {
  /** A fresh UUID for each question and source, sent on where the agency takes a request id. */
  readonly questionId: string;
  readonly subject: Person;
  /** The fields that could be released to this asker now; a subset of `takes`. Anything else must be dropped (P3). */
  readonly fields: readonly FieldId[];
  /** The day of the question, for periods and ages. Never read the clock for meaning. */
  readonly asOf: IsoDate;
  /** Sent on to the agency only where its interface has a place for it, and kept for its own log. */
  readonly asker: {
    readonly agency: AgencyId;
    readonly purpose: Purpose;
    readonly caseRef: CaseRef;
    readonly at: IsoInstant;
  };
  /**
   * Seals a contact point of somebody else: normalises it and returns its keyed hash, or undefined where it is no
   * usable value. An adapter calls it on every contact that is not the subject's and keeps only the seal (P4).
   */
  readonly seal: (kind: ContactKind, value: string) => string | undefined;
}

export interface SourceLimits {
  /** Aborted when the whole question's time is over; every call must be bound to it. */
  readonly signal: AbortSignal;
  /** Time left for this source in milliseconds (its own limit or what the question has left). */
  readonly timeoutMs: number;
}

export interface SourceAnswer {
  readonly outcome: SourceOutcome;
  readonly code?: SourceCode;
  /** Present only with outcome found, withheld or restricted. */
  readonly records: readonly SourceRecord[];
  /** How long the source asks us to wait, where it said so, in milliseconds. */
  readonly retryAfterMs?: number;
}

export interface AgencySource {
  readonly agency: AgencyId;
  /** A name for people, for example "Riverton Police". */
  readonly name: string;
  /** The allow-list: every field this adapter is able to take, and no other ever leaves it. */
  readonly takes: readonly FieldId[];
  ask(question: SourceQuestion, limits: SourceLimits): Promise<SourceAnswer>;
  /** Releases connections. Safe to call twice. */
  close(): Promise<void>;
}
