import type { PairedCap, PairedGrant } from '../bundle.ts';
import type { Outcome } from '../interpret.ts';
import { uniteObligations } from '../obligations.ts';
import { sentenceFor } from '../sentence.ts';
import type { CompiledOutcome } from './outcome.ts';
import { standingOf } from './rule-bits.ts';
import type { RuleBits, State } from './rule-bits.ts';
import { levelNumberSchema } from '../../../schemas/level.ts';
import type { LevelNumber } from '../../../schemas/level.ts';
import type { DecisionReason } from '../../../schemas/decision.ts';
import { levelOf } from '../assemble.ts';

/** What a state of the rules amounts to, once nothing is left to ask. */

/** How far linkage is sure enough: 4 no limit, 1 at most exists, 0 not his record at all. */
export type Certainty = 0 | 1 | 4;

interface Sums {
  readonly applying: readonly PairedGrant[];
  readonly granted: number;
  readonly ifKnown: number;
  readonly ifFulfilled: number;
  readonly capped: number;
  readonly binding: readonly PairedCap[];
  readonly onlyByDoubt: boolean;
}

function sum(bits: RuleBits, state: State, openly: boolean): Sums {
  const standing = bits.rules.map((rule, index) => ({ rule, is: standingOf(bits, state, index, openly) }));
  const grants = standing.flatMap(({ rule, is }) => (rule.kind === 'grant' ? [{ rule, is }] : []));
  const most = (kind: string) => Math.max(0, ...grants.flatMap(({ rule, is }) => (is === kind ? [rule.level] : [])));
  const caps = standing.flatMap(({ rule, is }) => (rule.kind === 'cap' && is !== 'dead' ? [{ rule, is }] : []));
  const capped = Math.min(4, ...caps.map(({ rule }) => rule.level));
  const binding = caps.filter(({ rule }) => rule.level === capped);
  return {
    applying: grants.flatMap(({ rule, is }) => (is === 'applies' ? [rule] : [])),
    granted: most('applies'),
    ifKnown: most('unknown'),
    ifFulfilled: most('unfulfilled'),
    capped,
    binding: binding.map(({ rule }) => rule),
    onlyByDoubt: binding.every(({ is }) => is === 'unknown'),
  };
}

function outcomeOf(sums: Sums, certainty: Certainty): Outcome {
  const ceiling = Math.min(sums.capped, certainty);
  const level = Math.min(sums.granted, ceiling);
  const grants = level > 0 ? sums.applying.filter((grant) => grant.level >= level) : [];
  if (level === ceiling && Math.max(sums.granted, sums.ifKnown, sums.ifFulfilled) > ceiling) {
    const caps = sums.capped === ceiling ? sums.binding : [];
    const reason = caps.length === 0 ? 'match-not-certain' : sums.onlyByDoubt ? 'fact-missing-or-stale' : 'capped';
    return { level, reason, grants, caps };
  }
  return { level, reason: reasonBelowCeiling(sums, level), grants, caps: [] };
}

function reasonBelowCeiling(sums: Sums, level: number): DecisionReason {
  if (sums.ifFulfilled > level) return 'obligation-not-declared';
  if (sums.ifKnown > level) return 'fact-missing-or-stale';
  return level > 0 ? 'granted' : 'no-grant';
}

const numbered = (level: number): LevelNumber => levelNumberSchema.parse(level);
const idsOf = (rules: readonly (PairedGrant | PairedCap)[]): string[] => rules.map(({ rule }) => rule.id);

/**
 * Takes a field's rules, how they stand, how sure the match is and the codes of the powers in force; gives the outcome.
 * What the asker is told depends on the open outcome alone, except that "no more than this" is said where they differ.
 */
export function weighState(
  bits: RuleBits,
  state: State,
  certainty: Certainty,
  inForce: ReadonlySet<string>,
): CompiledOutcome {
  const outcome = outcomeOf(sum(bits, state, false), certainty);
  const open = outcomeOf(sum(bits, state, true), certainty);
  const codes = outcome.grants.flatMap((grant) => grant.powers.map(({ code }) => code));
  return {
    level: numbered(outcome.level),
    reason: outcome.reason,
    open: { level: numbered(open.level), reason: open.reason, grants: idsOf(open.grants), caps: idsOf(open.caps) },
    decision: {
      level: levelOf(outcome.level),
      reason: outcome.level === open.level ? open.reason : 'capped',
      because: sentenceFor(outcome, open),
      grants: idsOf(outcome.grants),
      caps: idsOf(outcome.caps),
      powers: [...new Set(codes)].filter((code) => inForce.has(code)).sort(),
      obligations: uniteObligations(outcome.grants.map((grant) => grant.obligations)),
    },
  };
}
