import type { AttemptOutcome } from '../../../schemas/attempt.ts';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AgencyId, FieldId, IsoInstant, Purpose } from '../../../schemas/names.ts';
import type { Level } from '../../../schemas/level.ts';
import { hasLeft, staffOf } from '../index/facets.ts';
import type { LoggedEvent } from '../index/read-entry.ts';
import { seenBy } from '../seen-by.ts';

/**
 * What an officer would find by hand about one declared emergency, worked out from the entries that she may see: what
 * left, how long it was open, what came after. Names of fields and moments only; the log has no value to give.
 */

/** What left of one agency's records under the emergency, by name of field. */
export interface LeftOfSource {
  readonly source: AgencyId;
  readonly fields: readonly { readonly field: FieldId; readonly level: Level }[];
}

export interface Glass {
  readonly breakGlassId: string;
  /** Absent for an owner's officers, who see what left and not the declaration. */
  readonly openedAt?: IsoInstant;
  /** When it was over; where nothing ended it yet, when it lapses. */
  readonly until?: IsoInstant;
  readonly endedBecause?: Extract<LogEntryBody, { kind: 'break-glass-closed' }>['because'];
  /** How often agencies were asked under it and something was answered. */
  readonly answers: number;
  readonly left: readonly LeftOfSource[];
}

export interface FollowingAttempt {
  readonly at: IsoInstant;
  readonly staffId: string;
  readonly outcome?: AttemptOutcome;
}

export interface WhatFollowed {
  readonly glass: Glass;
  readonly attempts: readonly FollowingAttempt[];
  /** Other questions about the case that were answered to staff of the opener's agency. */
  readonly disclosures: readonly { readonly at: IsoInstant; readonly staffId: string; readonly purpose: Purpose }[];
}

/**
 * @param viewer whose officer looks: of each entry she is given what she may see of it
 * @param start the entry that the review rests on: a declaration, or what was disclosed under one
 * @param events entries of the same case since then, oldest first
 * @returns undefined where the review rests on an entry of another kind, or one that she may not see
 */
export function whatFollowed(
  viewer: AgencyId,
  start: LoggedEvent,
  events: readonly LoggedEvent[],
): WhatFollowed | undefined {
  const first = seenBy(viewer, start.body);
  if (first?.kind !== 'break-glass-opened' && first?.kind !== 'question-disclosed') return undefined;
  const { breakGlassId } = first;
  if (breakGlassId === undefined) return undefined;
  const seen = [start, ...events.filter(({ position }) => position > start.position)].flatMap(({ body }) => {
    const shown = seenBy(viewer, body);
    return shown === undefined ? [] : [shown];
  });
  const opener = staffOf(first)?.agency;
  const isOther = (body: LogEntryBody): body is Extract<LogEntryBody, { kind: 'question-disclosed' }> =>
    body.kind === 'question-disclosed' && body.breakGlassId !== breakGlassId;
  return {
    glass: glassOf(first, breakGlassId, seen),
    attempts: attemptsIn(seen),
    disclosures: seen.flatMap((body) =>
      isOther(body) && body.requester.agency === opener
        ? [{ at: body.at, staffId: body.requester.staffId, purpose: body.purpose }]
        : [],
    ),
  };
}

function glassOf(first: LogEntryBody, breakGlassId: string, seen: readonly LogEntryBody[]): Glass {
  const under = seen.flatMap((body) =>
    body.kind === 'question-disclosed' && body.breakGlassId === breakGlassId ? [body] : [],
  );
  const answered = { breakGlassId, answers: under.length, left: leftIn(under) };
  if (first.kind !== 'break-glass-opened') return answered;
  const [closed] = seen.flatMap((body) =>
    body.kind === 'break-glass-closed' && body.breakGlassId === breakGlassId ? [body] : [],
  );
  // That it lapsed is written down when a gateway comes to it; it was over before.
  const until = closed !== undefined && closed.at < first.expiresAt ? closed.at : first.expiresAt;
  const ended = closed === undefined ? {} : { endedBecause: closed.because };
  return { ...answered, openedAt: first.at, until, ...ended };
}

function leftIn(disclosed: readonly Extract<LogEntryBody, { kind: 'question-disclosed' }>[]): LeftOfSource[] {
  const sources = new Map<AgencyId, Map<string, { field: FieldId; level: Level }>>();
  for (const { source, field, level } of disclosed.flatMap(({ fields }) => fields.filter(hasLeft))) {
    if (source === undefined) continue;
    const of = sources.get(source) ?? new Map<string, { field: FieldId; level: Level }>();
    sources.set(source, of.set(`${field} ${level}`, { field, level }));
  }
  return [...sources]
    .map(([source, fields]) => ({ source, fields: [...fields.values()].sort((a, b) => (a.field < b.field ? -1 : 1)) }))
    .sort((a, b) => (a.source < b.source ? -1 : 1));
}

function attemptsIn(seen: readonly LogEntryBody[]): FollowingAttempt[] {
  const outcomes = new Map(
    seen.flatMap((body) => (body.kind === 'outcome-recorded' ? [[body.attemptId, body.outcome] as const] : [])),
  );
  return seen.flatMap((body) => {
    if (body.kind !== 'attempt-recorded' || typeof body.actor !== 'object') return [];
    const outcome = outcomes.get(body.attemptId);
    return [{ at: body.at, staffId: body.actor.staffId, ...(outcome === undefined ? {} : { outcome }) }];
  });
}
