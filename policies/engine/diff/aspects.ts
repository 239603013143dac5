import type { CompiledOutcome } from '../compile/outcome.ts';
import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';

/** In what two outcomes of one level differ. `rules`: what decided, which only the log and reviewers see. */
export type Aspect = 'obligations' | 'powers' | 'words' | 'rules';

const sameTexts = (one: readonly string[], other: readonly string[]): boolean => String(one) === String(other);

function sameObligations({ decision: one }: CompiledOutcome, { decision: other }: CompiledOutcome): boolean {
  return OBLIGATION_KINDS.every((kind) => String(one.obligations[kind]) === String(other.obligations[kind]));
}

/** In what two outcomes differ beside the level. Empty only where they are one and the same. */
export function aspectsIn(one: CompiledOutcome, other: CompiledOutcome): readonly Aspect[] {
  if (one === other) return [];
  const aspects: readonly (Aspect | false)[] = [
    !sameObligations(one, other) && 'obligations',
    !sameTexts(one.decision.powers, other.decision.powers) && 'powers',
    (one.decision.because !== other.decision.because || one.decision.reason !== other.decision.reason) && 'words',
  ];
  const seen = aspects.filter((aspect) => aspect !== false);
  return seen.length > 0 ? seen : ['rules'];
}
