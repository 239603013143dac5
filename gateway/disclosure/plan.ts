import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { SourceCode } from '../../schemas/source-outcome.ts';
import type { GuardedSource } from './ask.ts';
import type { Admitted } from './question.ts';
import type { Decide } from './shadow.ts';

/**
 * Step 3: what could be released at most, and from that whom to ask for which fields (P3). A source of which nothing
 * could be released is not asked at all, so that nothing of it can leak and its staff are not bothered.
 */

export interface Plan {
  readonly asks: readonly { readonly guarded: GuardedSource; readonly fields: readonly FieldId[] }[];
  readonly notAsked: readonly { readonly guarded: GuardedSource; readonly code: SourceCode }[];
  /** The decisions before any record is known, one a wanted field. */
  readonly decisions: ReadonlyMap<FieldId, FieldDecision>;
}

/** Plans a question from policy alone: no source has been asked, so nothing here depends on what anybody holds. */
export function plan(
  decide: Decide,
  bundle: PolicyBundle,
  sources: readonly GuardedSource[],
  admitted: Admitted,
): Plan {
  const decisions = new Map(
    decide(bundle, admitted.policyRequest, admitted.asked.wanted).map((decision) => [decision.field, decision]),
  );
  const asks: Plan['asks'][number][] = [];
  const notAsked: Plan['notAsked'][number][] = [];
  for (const guarded of sources) {
    const fields = guarded.source.takes.filter((field) => permits(decisions.get(field)));
    if (fields.length > 0) asks.push({ guarded, fields });
    else notAsked.push({ guarded, code: whyNotAsked(guarded, decisions) });
  }
  return { asks, notAsked, decisions };
}

function permits(decision: FieldDecision | undefined): boolean {
  return decision !== undefined && decision.level !== 'deny';
}

function whyNotAsked({ source }: GuardedSource, decisions: Plan['decisions']): SourceCode {
  const own = source.takes.some((field) => decisions.get(field)?.reason === 'own-records');
  return own ? 'own-records' : 'nothing-permitted';
}
