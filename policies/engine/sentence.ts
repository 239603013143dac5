import type { DecisionReason } from '../../schemas/decision.ts';
import type { Outcome } from './interpret.ts';

/**
 * The sentence beside a decision, which the asker reads. It is worked out from the level and from rules that read only
 * what he may know, never from hidden facts: two states that differ only in hidden facts and give the same level give
 * the same words.
 */

const SENTENCES: Readonly<Record<DecisionReason, string>> = {
  granted: 'The agreement allows it for this purpose.',
  capped: 'The agreement allows no more for this purpose.',
  'no-grant': 'No agreement shares this with you for this purpose.',
  'unknown-field': 'There is no such field in the catalogue.',
  'unknown-role': 'This role is not one that your agency has under the agreements.',
  'unknown-purpose': 'There is no agreement for such a purpose.',
  'role-may-not-claim': 'Your role may not claim this purpose.',
  'own-records': 'This is your own agency\u2019s record: read it in your own system.',
  'fact-missing-or-stale': 'A fact of the case that this rests on is missing or out of date.',
  'rule-failed': 'A rule could not be worked out, so nothing is shown.',
  'obligation-not-declared': 'Your system has not declared that it can fulfil what comes with more.',
  'match-not-certain': 'It is not certain that this record is his.',
};

const AS_THE_CASE_STANDS = 'As the case stands, the agreement allows no more than this for this purpose.';

/** The sentence for a decision that rests on no rule. */
export function sentenceForRefusal(reason: DecisionReason): string {
  return SENTENCES[reason];
}

function factsInDoubt(outcome: Outcome): string {
  const facts = new Set(outcome.caps.flatMap((cap) => cap.rule.conditions.map(({ fact }) => fact)));
  return facts.size === 0
    ? SENTENCES['fact-missing-or-stale']
    : `A fact of the case is missing or out of date: ${[...facts].join(', ')}.`;
}

/** Takes a decision's outcome and the outcome with everything hidden left out; gives one sentence. */
export function sentenceFor(outcome: Outcome, open: Outcome): string {
  if (outcome.reason === 'rule-failed') return SENTENCES['rule-failed'];
  if (outcome.level !== open.level) return AS_THE_CASE_STANDS;
  const [grant] = open.grants;
  const [cap] = open.caps;
  switch (open.reason) {
    case 'granted':
      return grant?.rule.sentence ?? SENTENCES.granted;
    case 'capped':
      return cap?.rule.sentence ?? SENTENCES.capped;
    case 'fact-missing-or-stale':
      return factsInDoubt(open);
    default:
      return SENTENCES[open.reason];
  }
}
