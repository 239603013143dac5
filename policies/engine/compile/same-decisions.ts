import type { FieldDecision } from '../../../schemas/decision.ts';
import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';

const sameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((item, index) => item === other[index]);

function sameObligations(one: FieldDecision['obligations'], other: FieldDecision['obligations']): boolean {
  if (one === other) return true;
  return OBLIGATION_KINDS.every((kind) => {
    const [first, second] = [one[kind], other[kind]];
    return Array.isArray(first) && Array.isArray(second) ? sameList(first, second) : first === second;
  });
}

function same(one: FieldDecision, other: FieldDecision | undefined): boolean {
  return (
    other !== undefined &&
    one.field === other.field &&
    one.level === other.level &&
    one.reason === other.reason &&
    one.because === other.because &&
    sameList(one.grants, other.grants) &&
    sameList(one.caps, other.caps) &&
    sameList(one.powers, other.powers) &&
    sameObligations(one.obligations, other.obligations)
  );
}

/** The fields on which two engines differ, of the same request. Everything in a decision counts, its words too. */
export function differingFields(one: readonly FieldDecision[], other: readonly FieldDecision[]): readonly string[] {
  if (one.length !== other.length) return [...new Set([...one, ...other].map(({ field }) => field))];
  return one.flatMap((decision, index) => (same(decision, other[index]) ? [] : [decision.field]));
}
