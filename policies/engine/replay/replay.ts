import type { PolicyBundle } from '../bundle.ts';
import { levelNumber } from '../assemble.ts';
import { decide } from '../decide.ts';
import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { FieldDecision, Obligations, PolicyRequest } from '../../../schemas/decision.ts';
import type { DatedFacts } from '../../../schemas/case.ts';
import type { AgencyId, FieldId, IsoInstant, Purpose, RequesterGroup, Role } from '../../../schemas/names.ts';

/**
 * Past decisions, taken again from what the log says they rested on. Under their own version they have to come out as
 * they did, or the log or an engine is wrong; under another version they show what it would have done.
 */

/** One decision as the log has it, of a field and, where several hold it, of one source's. */
export type LoggedDecision = Pick<
  FieldDecision,
  'field' | 'level' | 'reason' | 'grants' | 'caps' | 'powers' | 'obligations'
>;

/** One answered question as the log has it. */
export interface LoggedQuestion {
  /** When it was asked, and which agencies with it. */
  readonly at: IsoInstant;
  readonly requester: { readonly agency: AgencyId; readonly role: Role };
  readonly purpose: Purpose;
  readonly policyVersion: string;
  readonly decidedOn: {
    /** When the release was decided. */
    readonly at: IsoInstant;
    readonly group: RequesterGroup;
    readonly facts: DatedFacts;
    readonly area?: string | undefined;
    readonly planned?: { readonly facts: DatedFacts; readonly area?: string | undefined } | undefined;
    readonly canFulfil: PolicyRequest['canFulfil'];
  };
  readonly fields: readonly LoggedDecision[];
}

/** The decisions of a question under a bundle, in the order of its recorded fields. */
export function decideAgain(bundle: PolicyBundle, question: LoggedQuestion): readonly (FieldDecision | undefined)[] {
  const { decidedOn, purpose, fields } = question;
  const { group, canFulfil } = decidedOn;
  const common = { requester: { ...question.requester, group }, purpose, canFulfil };
  const names = fields.map(({ field }) => field);
  const about = (moment: IsoInstant, facts: DatedFacts, area: string | undefined) => ({
    ...{ ...common, at: moment, facts },
    ...(area === undefined ? {} : { area }),
  });
  const released = { ...about(decidedOn.at, decidedOn.facts, decidedOn.area), confidence: 'certain' as const };
  const now = byField(decide(bundle, released, names));
  // What was denied when the agencies were asked stays so: nobody was asked for it.
  const { facts, area } = decidedOn.planned ?? decidedOn;
  const alike = decidedOn.planned === undefined && decidedOn.at === question.at;
  const planned = alike ? undefined : byField(decide(bundle, about(question.at, facts, area), names));
  return names.map((field) => {
    const before = planned?.get(field);
    return before?.level === 'deny' ? before : now.get(field);
  });
}

const byField = (decisions: readonly FieldDecision[]): ReadonlyMap<FieldId, FieldDecision> =>
  new Map(decisions.map((decision) => [decision.field, decision]));

/** Whether a decision came out as it is recorded, in all that is recorded of it. */
export function cameOutAlike(recorded: LoggedDecision, again: FieldDecision | undefined): boolean {
  return (
    again !== undefined &&
    again.level === recorded.level &&
    again.reason === recorded.reason &&
    sameList(again.grants, recorded.grants) &&
    sameList(again.caps, recorded.caps) &&
    sameList(again.powers, recorded.powers) &&
    sameObligations(again.obligations, recorded.obligations)
  );
}

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, place) => item === other[place]);

const sameObligations = (one: Obligations, other: Obligations): boolean =>
  OBLIGATION_KINDS.every((kind) => one[kind] === other[kind] || String(one[kind]) === String(other[kind]));

/** What another version would have done. */
export type Otherwise = 'refused' | 'allowed' | 'lowered' | 'raised';

/** How a decision would have been another; undefined where the level is the same. */
export function otherwise(recorded: LoggedDecision, again: FieldDecision | undefined): Otherwise | undefined {
  const [before, now] = [levelNumber(recorded.level), levelNumber(again?.level ?? 'deny')];
  if (before === now) return undefined;
  if (now === 0) return 'refused';
  if (before === 0) return 'allowed';
  return now < before ? 'lowered' : 'raised';
}

/** One decision that came or would come out otherwise, to be opened in the log by its position. */
export interface Differing {
  readonly position: number;
  readonly field: FieldId;
  readonly recorded: FieldDecision['level'];
  readonly again: FieldDecision['level'];
}

export interface ReplayTally {
  /** Answered questions, and decisions on fields in them. */
  questions: number;
  decisions: number;
  /** Under their own version. */
  differing: number;
  /** Questions that cannot be taken again: of a version that was not given, or from before facts were recorded. */
  readonly unknownVersions: Map<string, number>;
  withoutFacts: number;
  /** Under the proposed version. */
  readonly otherwise: Record<Otherwise, number>;
}

/** Counts of a replay, at their beginning. */
export const startTally = (): ReplayTally => ({
  ...{ questions: 0, decisions: 0, differing: 0, withoutFacts: 0 },
  unknownVersions: new Map(),
  otherwise: { refused: 0, allowed: 0, lowered: 0, raised: 0 },
});

export interface Replaying {
  /** The bundle of a version, where it is known. */
  readonly bundleOf: (version: string) => PolicyBundle | undefined;
  readonly proposed?: PolicyBundle;
  /** Told of each decision that came out otherwise (`own`), and of each that the proposed version would change. */
  readonly differs: (differing: Differing, how: Otherwise | 'own') => void;
}

/** Takes one question again under its own version, and under the proposed one, and adds it to the tally. */
export function replayQuestion(
  { bundleOf, proposed, differs }: Replaying,
  question: LoggedQuestion,
  position: number,
  tally: ReplayTally,
): void {
  const { policyVersion, fields } = question;
  const own = bundleOf(policyVersion);
  if (own === undefined) {
    tally.unknownVersions.set(policyVersion, (tally.unknownVersions.get(policyVersion) ?? 0) + 1);
    return;
  }
  tally.questions += 1;
  const again = decideAgain(own, question);
  const then = proposed === undefined ? undefined : decideAgain(proposed, question);
  for (const [place, recorded] of fields.entries()) {
    tally.decisions += 1;
    const told = (decision: FieldDecision | undefined): Differing => ({
      ...{ position, field: recorded.field, recorded: recorded.level, again: decision?.level ?? 'deny' },
    });
    if (!cameOutAlike(recorded, again[place])) {
      tally.differing += 1;
      differs(told(again[place]), 'own');
    }
    const how = then === undefined ? undefined : otherwise(recorded, then[place]);
    if (how === undefined) continue;
    tally.otherwise[how] += 1;
    differs(told(then?.[place]), how);
  }
}
