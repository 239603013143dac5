import type { CaseRef } from '../../../schemas/names.ts';
import type { UnusualRule } from '../../../schemas/review.ts';
import type { Context, PlacedLook } from './context.ts';

/** Why a look, or a run of looks, is unusual. */
export interface Reason {
  readonly rule: UnusualRule;
  readonly who: string;
  /** Absent where it is about a day's or a run's looks at many cases. */
  readonly caseRef?: CaseRef;
  readonly looks: readonly PlacedLook[];
  /**
   * How much it says by itself: 1 is for a person to look at even if there is nothing else; what is less has to come
   * together with something else. Each rule argues its own.
   */
  readonly weight: number;
  /** One sentence for the officer: what was seen, in numbers, and what is usual. */
  readonly sentence: string;
}

/** A rule reads the whole context and knows no clock. */
export type Rule = (context: Context) => readonly Reason[];

/** `1 case`, `3 cases`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
