import type { FieldRules } from '../bundle.ts';
import { leafOf } from './forest.ts';
import type { Forest, Root } from './forest.ts';
import type { Outcomes } from './outcome.ts';
import { bitsOf, isSpent, masksOf, narrowed } from './rule-bits.ts';
import type { RuleBits, State } from './rule-bits.ts';
import type { Space } from './space.ts';
import { weighState } from './weigh-state.ts';
import type { Certainty } from './weigh-state.ts';
import type { MatchConfidence } from '../../../schemas/decision.ts';

/** Where diagrams are made: the space they are over, the store of their nodes and that of their outcomes. */
export interface Ground {
  readonly space: Space;
  readonly forest: Forest;
  readonly outcomes: Outcomes;
}

const CERTAINTIES: Readonly<Record<MatchConfidence, Certainty>> = { none: 0, probable: 1, certain: 4 };

/** One axis that matters to the field, with what each of its values does. */
interface Step {
  readonly axis: number;
  readonly masks: readonly Int32Array[] | undefined;
  /** For the situation axis: which values have the same powers in force. */
  readonly classes: readonly number[] | undefined;
  readonly certainties: readonly Certainty[] | undefined;
}

interface Reached {
  readonly state: State;
  /** A value of the situation axis that stands for all with the same powers of this field in force. */
  readonly situation: number;
  readonly certainty: Certainty;
}

/** For each situation the first one in which the same powers of these rules are in force. */
function situationClasses(rules: FieldRules, inForce: readonly ReadonlySet<string>[]): readonly number[] {
  const codes = [...new Set(rules.grants.flatMap(({ powers }) => powers.map(({ code }) => code)))];
  const first = new Map<string, number>();
  return inForce.map((held, situation) => {
    const key = codes.filter((code) => held.has(code)).join(',');
    const known = first.get(key) ?? situation;
    first.set(key, known);
    return known;
  });
}

/** Axes without an effect are left out: asking them would make nodes that are reduced away again. */
function stepsOf(ground: Ground, rules: FieldRules, bits: RuleBits, inForce: readonly ReadonlySet<string>[]): Step[] {
  const harmless = (masks: readonly Int32Array[]) => masks.every((mask) => mask.every((word) => word === -1));
  return ground.space.axes.flatMap((axis, number): Step[] => {
    const masks = masksOf(bits, axis, inForce);
    const classes = axis.kind === 'situation' ? situationClasses(rules, inForce) : undefined;
    const certainties = axis.kind === 'confidence' ? axis.confidences.map((each) => CERTAINTIES[each]) : undefined;
    const distinct = new Set(classes ?? []).size > 1;
    if (certainties === undefined && !distinct && (masks === undefined || harmless(masks))) return [];
    return [{ axis: number, masks, classes, certainties }];
  });
}

/**
 * The diagram of one field's rules: for every cell what comes of them. Goes through the axes once, depth first, and
 * goes on only once from each state of the rules; `inForce` gives for each situation of the space the codes of the
 * bundle's powers in force.
 */
export function compileField(ground: Ground, rules: FieldRules, inForce: readonly ReadonlySet<string>[]): Root {
  const bits = bitsOf(rules);
  const steps = stepsOf(ground, rules, bits, inForce);
  const done = new Map<string, Root>();
  const walk = (position: number, reached: Reached): Root => {
    const step = steps[position];
    if (step === undefined || isSpent(reached.state)) return leafAt(ground, bits, reached, inForce);
    const key = `${position} ${reached.situation} ${reached.state.join(' ')}`;
    const before = done.get(key);
    if (before !== undefined) return before;
    const size = ground.space.sizes[step.axis] ?? 0;
    const children = Array.from({ length: size }, (_each, value) =>
      walk(position + 1, next(bits, step, reached, value)),
    );
    const made = ground.forest.ask(step.axis, children);
    done.set(key, made);
    return made;
  };
  return walk(0, { state: bits.start, situation: 0, certainty: 4 });
}

function next(bits: RuleBits, step: Step, reached: Reached, value: number): Reached {
  const mask = step.masks?.[value];
  return {
    state: mask === undefined ? reached.state : narrowed(bits, reached.state, mask),
    situation: step.classes?.[value] ?? reached.situation,
    certainty: step.certainties?.[value] ?? reached.certainty,
  };
}

function leafAt(ground: Ground, bits: RuleBits, reached: Reached, inForce: readonly ReadonlySet<string>[]): Root {
  const powers = inForce[reached.situation] ?? new Set<string>();
  return leafOf(ground.outcomes.numberOf(weighState(bits, reached.state, reached.certainty, powers)));
}
