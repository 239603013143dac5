import { linkQuestion } from '../linkage/population-linked.ts';
import { questionFor } from '../../../gateway/disclosure/reach.ts';
import { reachBy, type ReachQuestion } from '../../../gateway/contacts/reach.ts';
import { WEIGHTS, type ContactWeights } from '../../../gateway/contacts/weights.ts';
import { generateQuestions } from '../../population/questions.ts';
import type { Who } from '../../population/questions/lives.ts';
import { inputsOf, isRight, keyOf } from './measure.ts';

/**
 * Chooses the weights by likelihood: one after another is made larger and smaller as long as the truth becomes likelier.
 * Seeds of their own, so that what is measured afterwards was never fitted to.
 */

interface Prepared {
  readonly question: ReachQuestion;
  readonly truth: ReadonlyMap<string, readonly Who[]>;
}

export interface Fit {
  readonly weights: ContactWeights;
  /** Mean negative log-likelihood of a contact point, before and after. */
  readonly before: number;
  readonly after: number;
}

/** @param tell is handed a line after each round */
export function fitWeights(seed: number, count: number, rounds: number, tell: (line: string) => void): Fit {
  const prepared = [...generateQuestions({ seed, count })].map((question): Prepared => {
    const linked = linkQuestion(question);
    const truth = new Map(question.truth.contacts.map((each) => [keyOf(each), each.reaches]));
    return { question: questionFor(linked, inputsOf(question)), truth };
  });
  const before = lossOf(WEIGHTS, prepared);
  let [weights, best] = [WEIGHTS, before];
  const steps = new Map(PARAMETERS.map(({ name }) => [name, 0.25]));
  for (let round = 1; round <= rounds; round += 1) {
    for (const { name, get, set } of PARAMETERS) {
      const step = steps.get(name) ?? 0.25;
      const tries = [step, -step].map((by) => set(weights, moved(get(weights), by, name)));
      const losses = tries.map((each) => lossOf(each, prepared));
      const at = (losses[0] ?? best) <= (losses[1] ?? best) ? 0 : 1;
      const [found, loss] = [tries[at], losses[at]];
      if (found !== undefined && loss !== undefined && loss < best) [weights, best] = [found, loss];
      else steps.set(name, step / 2);
    }
    tell(`round ${round}: ${best.toFixed(5)}`);
  }
  return { weights, before, after: best };
}

interface Parameter {
  readonly name: string;
  readonly get: (weights: ContactWeights) => number;
  readonly set: (weights: ContactWeights, value: number) => ContactWeights;
}

type Plain =
  'longerEachYearHeld' | 'worksAgreement' | 'givenUp' | 'givenUpSideBySide' | 'hisIfVerified' | 'hisAgreement';
const plain = (name: Plain): Parameter => ({
  name,
  get: (weights) => weights[name],
  set: (weights, value) => ({ ...weights, [name]: value }),
});

const keyed = <G extends 'halfLifeDays' | 'worksOnTheDay' | 'worksThoughEnded' | 'hisIfCalled'>(
  group: G,
  names: readonly (keyof ContactWeights[G] & string)[],
): readonly Parameter[] =>
  names.map((name) => ({
    name: `${group}.${name}`,
    get: (weights) => Number(weights[group][name]),
    set: (weights, value) => ({ ...weights, [group]: { ...weights[group], [name]: value } }),
  }));

const PARAMETERS: readonly Parameter[] = [
  ...keyed('halfLifeDays', ['mobile', 'address', 'email', 'hostel']),
  ...keyed('worksOnTheDay', ['verified', 'confirmed', 'begun', 'recordUpdated', 'inService']),
  ...keyed('worksThoughEnded', ['phone', 'address']),
  ...keyed('hisIfCalled', ['self', 'unknown']),
  ...(
    ['longerEachYearHeld', 'worksAgreement', 'givenUp', 'givenUpSideBySide', 'hisIfVerified', 'hisAgreement'] as const
  ).map(plain),
];

/** Shares move in odds, so that they stay shares; days move in proportion. */
function moved(value: number, by: number, name: string): number {
  if (name.startsWith('halfLifeDays') || name === 'longerEachYearHeld') return Math.max(0.02, value) * 2 ** by;
  const kept = Math.min(0.995, Math.max(0.005, value));
  const odds = (kept / (1 - kept)) * 2 ** (by * 2);
  return odds / (1 + odds);
}

function lossOf(weights: ContactWeights, prepared: readonly Prepared[]): number {
  let [sum, count] = [0, 0];
  for (const { question, truth } of prepared) {
    for (const contact of reachBy(weights, question).ranked) {
      const said = Math.min(0.995, Math.max(0.003, contact.probability));
      sum -= Math.log(isRight(contact.kind, truth.get(keyOf(contact)) ?? []) ? said : 1 - said);
      count += 1;
    }
  }
  return sum / count;
}
