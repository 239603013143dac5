import { resolveQuestion } from '../../../gateway/cli/resolve.ts';
import { resolveQuestionSchema } from '../../../gateway/cli/resolve-question.ts';
import { makeSeal } from '../../../gateway/contacts/seal.ts';
import { judge, type Judged } from './judge/judge.ts';
import { labelled, type Labelled } from './question.ts';
import type { World } from './registers/worlds.ts';

const SEAL = makeSeal(new Uint8Array(32).fill(5));

/** One question, answered as `holdfast resolve` answers it, and what the answer is worth. */
export interface Assessed extends Labelled {
  readonly judged: Judged;
}

/** Asks questions number `from` to `from + count - 1` of a world. */
export function assess(world: World, count: number, from = 0): Assessed[] {
  return Array.from({ length: count }, (_, index) => {
    const one = labelled(world, from + index);
    return { ...one, judged: judge(one, resolveQuestion(resolveQuestionSchema.parse(one.question), SEAL)) };
  });
}
