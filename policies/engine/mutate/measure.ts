import { assembleBundle } from '../assemble.ts';
import type { BundleContent } from '../bundle.ts';
import { compileTogether } from '../compile/compile-policy.ts';
import type { CompiledPolicy } from '../compile/compile-policy.ts';
import { diffCompiled } from '../diff/diff-bundles.ts';
import type { PolicyDiff } from '../diff/diff-bundles.ts';
import { proveAgain } from '../prove/prove.ts';
import type { Statement } from '../prove/statement.ts';
import { holdsIn } from './examples.ts';
import type { Example } from './examples.ts';
import { mutantsOf } from './mutants.ts';
import type { Mutant } from './mutants.ts';

/** Which changes of one rule somebody would notice: by what they do, by the statements, by the written examples. */

/** `level`: somebody sees more or less; `other`: only what comes with it or is said of it is another; `nothing`. */
export type Effect = 'level' | 'other' | 'nothing';

export interface Measured {
  readonly mutant: Omit<Mutant, 'content'>;
  readonly effect: Effect;
  /** Entries of the difference that are gains, and losses. */
  readonly gains: number;
  readonly losses: number;
  /** One of the changes in words; undefined where nothing changes. */
  readonly example: string | undefined;
  /** The statements that no longer hold and the examples that no longer come out, by id; the first of each. */
  readonly statement: string | undefined;
  readonly written: string | undefined;
}

/** A mutant with both bundles compiled together, for whoever wants to look for himself. */
export interface Compared {
  readonly mutant: Mutant;
  readonly before: CompiledPolicy;
  readonly after: CompiledPolicy;
  readonly diff: PolicyDiff;
}

/** How many mutants share one space and one forest. Past it they are let go, so that memory stays bounded. */
const TOGETHER = 40;

/** Compares every mutant that is wanted with the bundle that it comes from. */
export function* compareMutants(
  content: BundleContent,
  wanted: (mutant: Mutant, number: number) => boolean = () => true,
): Generator<Compared> {
  const byPurposes = new Map<string, Mutant[]>();
  let number = 0;
  for (const mutant of mutantsOf(content)) {
    if (!wanted(mutant, number++)) continue;
    const key = mutant.purposes.join();
    byPurposes.set(key, [...(byPurposes.get(key) ?? []), mutant]);
  }
  for (const mutants of byPurposes.values()) {
    for (let from = 0; from < mutants.length; from += TOGETHER) {
      yield* compareTogether(content, mutants.slice(from, from + TOGETHER));
    }
  }
}

/** Mutants that bear on the same purposes, over those purposes alone: no other can have changed. */
function* compareTogether(content: BundleContent, mutants: readonly Mutant[]): Generator<Compared> {
  const purposes = new Map([...content.purposes].filter(([purpose]) => mutants[0]?.purposes.includes(purpose)));
  const contents = [content, ...mutants.map((mutant) => mutant.content)];
  const [before, ...after] = compileTogether(contents.map((each) => assembleBundle({ ...each, purposes })));
  for (const [number, mutant] of mutants.entries()) {
    const changed = after[number];
    if (before === undefined || changed === undefined) throw new Error('every bundle gives a policy');
    yield { mutant, before, after: changed, diff: diffCompiled({ before, after: changed }) };
  }
}

/** Says of one mutant who would notice it. */
export function measure(
  { mutant, before, after, diff }: Compared,
  statements: readonly Statement[],
  examples: readonly Example[],
): Measured {
  const { gains, losses, others } = diff;
  const effect = gains.length + losses.length > 0 ? 'level' : others.length > 0 ? 'other' : 'nothing';
  const { content: _content, ...told } = mutant;
  const noticed =
    effect === 'nothing'
      ? { statement: undefined, written: undefined }
      : {
          statement: statements.find((statement) => proveAgain(after, statement, before) !== undefined)?.id,
          written: examples
            .filter(({ purpose }) => mutant.purposes.includes(purpose))
            .find((example) => !holdsIn(after.bundle, example))?.id,
        };
  const example = [...gains, ...losses, ...others][0]?.example;
  return { mutant: told, effect, gains: gains.length, losses: losses.length, example, ...noticed };
}
