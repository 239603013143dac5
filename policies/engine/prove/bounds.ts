import type { CompiledPolicy } from '../compile/compile-policy.ts';
import type { CompiledOutcome } from '../compile/outcome.ts';
import type { Root } from '../compile/forest.ts';
import { leafOf } from '../compile/forest.ts';
import { apply, project, restrict } from '../compile/operations.ts';
import type { FactAxis } from '../compile/space.ts';
import { caseFactSchema } from '../language.ts';
import { levelNumber } from '../assemble.ts';
import { axisNumberOf, statesSaying } from './regions.ts';
import type { Carries, Statement } from './statement.ts';
import type { Obligations } from '../../../schemas/decision.ts';

/** From a bound to the cells that break it: a diagram with terminal 1 where it is broken and 0 where it holds. */

const HOLDS = 0;
export const BROKEN = 1;

const brokenIf = (broken: boolean): number => (broken ? BROKEN : HOLDS);

type Diagrams = Pick<CompiledPolicy, 'forest' | 'outcomes' | 'space'>;

/** The cells of a diagram in which a statement's bound is broken, wherever the statement speaks. */
export function brokenIn(diagrams: Diagrams, statement: Statement, root: Root): Root {
  const { forest, outcomes } = diagrams;
  const broken = outcomeBound(statement);
  if (broken !== undefined) return project(forest, root, (terminal) => brokenIf(broken(outcomes.at(terminal))));
  const levels = project(forest, root, (terminal) => outcomes.at(terminal).level);
  return relations(diagrams, statement, levels).reduce(
    (either, each) => apply(forest, either, each, (one, other) => brokenIf(one === BROKEN || other === BROKEN)),
    leafOf(HOLDS),
  );
}

/** The bound as a question about one outcome; undefined where it compares cells with each other. */
function outcomeBound(statement: Statement): ((outcome: CompiledOutcome) => boolean) | undefined {
  const { atMost, atLeast, carries, restsOnOneOf, restsOnlyOn, neverRestsOn } = statement;
  if (atMost !== undefined) return ({ level }) => level > levelNumber(atMost);
  if (atLeast !== undefined) return ({ level }) => level < levelNumber(atLeast);
  if (carries !== undefined) return ({ level, decision }) => level > 0 && !isCarried(carries, decision.obligations);
  const powers = (broken: (codes: readonly string[]) => boolean) => (outcome: CompiledOutcome) =>
    outcome.level > 0 && broken(outcome.decision.powers);
  if (restsOnOneOf !== undefined) return powers((codes) => !codes.some((code) => restsOnOneOf.includes(code)));
  if (restsOnlyOn !== undefined) {
    return powers((codes) => codes.length === 0 || codes.some((code) => !restsOnlyOn.includes(code)));
  }
  if (neverRestsOn !== undefined) return powers((codes) => codes.some((code) => neverRestsOn.includes(code)));
  return undefined;
}

/** Whether obligations are at least as strict as a statement asks. */
function isCarried(wanted: Carries, carried: Obligations): boolean {
  const { show, onward, notifyOwner } = wanted;
  const within = (most: number | undefined, period: number | undefined) =>
    most === undefined || (period !== undefined && period <= most);
  return (
    within(wanted.retainMonths, carried.retainMonths) &&
    within(wanted.reviewWithinHours, carried.reviewWithinHours) &&
    within(wanted.expiresAfterHours, carried.expiresAfterHours) &&
    (onward === undefined || (carried.onward !== undefined && onward.includes(carried.onward))) &&
    (notifyOwner === undefined || (carried.notifyOwner !== undefined && notifyOwner.includes(carried.notifyOwner))) &&
    (show ?? []).every((item) => carried.show?.includes(item) === true) &&
    (wanted.loneWorkingCheck !== true || carried.loneWorkingCheck === true) &&
    (wanted.undertaking !== true || carried.undertaking === true)
  );
}

/** Where a cell gives more than the one beside it that it is compared with: a diagram for each comparison. */
function relations(diagrams: Diagrams, { noMoreThanWhen, neverMoreFor }: Statement, levels: Root): readonly Root[] {
  const { forest, space } = diagrams;
  const more = (one: Root, other: Root) => apply(forest, one, other, (first, second) => brokenIf(first > second));
  const found: Root[] = [];
  for (const fact of caseFactSchema.options) {
    const values = noMoreThanWhen?.[fact];
    const number = axisNumberOf(space, fact);
    const axis = space.axes[number];
    if (values === undefined || axis?.kind !== 'fact') continue;
    for (const state of statesSaying(axis, values)) found.push(more(levels, restrict(forest, levels, number, state)));
  }
  for (const [number, axis] of space.axes.entries()) {
    const at = (value: number) => restrict(forest, levels, number, value);
    if (axis.kind === 'fact' && neverMoreFor?.includes('a-fact-unknown') === true) found.push(more(at(0), levels));
    if (axis.kind === 'fact' && neverMoreFor?.includes('a-fact-older') === true) {
      for (const [older, younger] of agesOf(axis)) found.push(more(at(older), at(younger)));
    }
    if (axis.kind === 'obligation' && neverMoreFor?.includes('an-obligation-undeclared') === true) {
      found.push(more(at(0), levels));
    }
    if (axis.kind === 'confidence' && neverMoreFor?.includes('a-match-in-doubt') === true) {
      for (let sure = 1; sure < axis.size; sure++) found.push(more(at(sure - 1), at(sure)));
    }
  }
  return found;
}

/** Values of a fact's axis that say the same, the first longer ago than the second. */
function agesOf(axis: FactAxis): readonly (readonly [older: number, younger: number])[] {
  const ages = axis.maxAgesMs.length;
  return axis.values.flatMap((_value, index) =>
    Array.from({ length: ages - 1 }, (_each, age) => [2 + index * ages + age, 1 + index * ages + age] as const),
  );
}
