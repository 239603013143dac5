import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { Purpose } from '../../../schemas/names.ts';
import { breakGlassReviewId } from '../../review/break-glass/follow.ts';
import type { LoggedEvent } from '../../review/index/read-entry.ts';
import { ENDED } from '../../review/states/transitions.ts';
import type { KeptCase } from '../../ports/retention-store.ts';

/**
 * Whether what is kept about a case is due to be erased (UK GDPR Article 5(1)(e), DPA 2018 s.39). Every agreement under
 * which the case was asked about, or answered, has a term of its own; the case and its words go when all have run and
 * the case has been closed for as long as the register's own agreement says. In doubt it is kept: erasing early cannot
 * be taken back, and what is under review is evidence.
 */

export interface Terms {
  /** Months by agreement. */
  readonly monthsOf: ReadonlyMap<Purpose, number>;
  /** The agreement under which the case register itself is kept. */
  readonly register: Purpose;
  /** The agreement under which access is reviewed. */
  readonly reviews: Purpose;
}

export type KeptBecause =
  | 'case-open'
  | 'closing-not-recorded' // the register says closed, and the log has no entry of it: somebody has to look
  | 'not-in-register' // words of a case that is nowhere, with no entry to count from
  | 'under-review'
  | 'emergency-not-reviewed'
  | 'term-runs';

export type Judged =
  | { readonly state: 'due'; readonly since: Date; readonly agreement: Purpose }
  | { readonly state: 'kept'; readonly because: KeptBecause; readonly until?: Date; readonly agreement?: Purpose };

export interface End {
  readonly at: Date;
  readonly agreement: Purpose;
}

/** @param events the log's entries about the case, oldest first; their times are the log's own, not the asker's */
export function judgeRetention(kept: KeptCase, events: readonly LoggedEvent[], terms: Terms, now: Date): Judged {
  if (kept.file?.isOpen === true) return { state: 'kept', because: 'case-open' };
  if (kept.openReviews > 0) return { state: 'kept', because: 'under-review' };
  if (emergencyOpen(events)) return { state: 'kept', because: 'emergency-not-reviewed' };
  const closed = closedAt(events);
  if (kept.file !== undefined && closed === undefined) return { state: 'kept', because: 'closing-not-recorded' };
  const ends = [
    ...(closed === undefined ? [] : [endOf(closed, terms.register, undefined, terms)]),
    ...events.flatMap((event) => endsOf(event, terms)),
  ];
  const [first, ...others] = ends;
  if (first === undefined) return { state: 'kept', because: 'not-in-register' };
  const last = others.reduce((latest, end) => (end.at > latest.at ? end : latest), first);
  if (last.at <= now) return { state: 'due', since: last.at, agreement: last.agreement };
  return { state: 'kept', because: 'term-runs', until: last.at, agreement: last.agreement };
}

/** When the case was last closed, unless it was opened again. The register's own column could be changed by hand. */
function closedAt(events: readonly LoggedEvent[]): string | undefined {
  const last = events.findLast(({ body }) => body.kind === 'case-changed' && body.category !== undefined);
  return last?.body.kind === 'case-changed' && last.body.category?.to === 'closed' ? last.recordedAt : undefined;
}

/** Glass was broken, and no officer of whoever broke it has said whether that was justified. */
function emergencyOpen(events: readonly LoggedEvent[]): boolean {
  const decided = new Set(
    events.flatMap(({ body }) => {
      if (body.kind === 'break-glass-reviewed' && body.decision !== 'more-information') return [body.breakGlassId];
      return body.kind === 'review-step' && ENDED.includes(body.to) ? [body.reviewId] : [];
    }),
  );
  return events.some(({ body }) => {
    if (body.kind !== 'break-glass-opened' || decided.has(body.breakGlassId)) return false;
    const own = typeof body.actor === 'object' ? breakGlassReviewId(body.breakGlassId, body.actor.agency) : '';
    return !decided.has(own);
  });
}

function endsOf({ body, recordedAt }: LoggedEvent, terms: Terms): readonly End[] {
  const purpose = purposeOf(body);
  if (purpose === undefined) return [];
  const given =
    body.kind === 'question-disclosed' ? body.fields.map((field) => field.obligations.retainMonths ?? 0) : [];
  return [endOf(recordedAt, purpose, Math.max(0, ...given), terms)];
}

function purposeOf(body: LogEntryBody): Purpose | undefined {
  switch (body.kind) {
    case 'question-consulted':
    case 'question-disclosed':
      return body.purpose;
    case 'question-refused':
      return body.purpose;
    default:
      return undefined;
  }
}

/**
 * When a term that began at a moment is over. An agreement that is no more, or names no term, counts as the longest:
 * nobody shortens one by removing its file.
 * @param given months that were laid on what was given then
 */
export function endOf(from: string, agreement: Purpose, given: number | undefined, { monthsOf }: Terms): End {
  const months = monthsOf.get(agreement) ?? Math.max(0, ...monthsOf.values());
  return { at: monthsAfter(new Date(from), Math.max(months, given ?? 0)), agreement };
}

/** Whole calendar months later, on the last day of a month that is too short for the day. UTC. */
export function monthsAfter(from: Date, months: number): Date {
  const to = new Date(from);
  to.setUTCMonth(to.getUTCMonth() + months);
  // The 31st of January and a month would be the 3rd of March.
  if (to.getUTCDate() !== from.getUTCDate()) to.setUTCDate(0);
  return to;
}
