import type { CompiledPolicy } from '../compile/compile-policy.ts';
import type { Root } from '../compile/forest.ts';
import { distinctionsOf, evaluate } from '../compile/operations.ts';
import { explainCell, mayKnow } from './explain.ts';
import type { AskerExplanation, Located } from './explain.ts';
import { axisInWords } from './state-in-words.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../../schemas/names.ts';

/**
 * Whether the words that an asker reads tell more than he may know. Looked at over the whole space of a policy: two
 * states that differ only in facts hidden from him and give the same level and obligations must give the same words.
 * J. A. Goguen and J. Meseguer, Security policies and security models, IEEE Symposium on Security and Privacy 1982,
 * call this non-interference.
 */

/** Two states that the words tell apart and should not. */
export interface Leak {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly field: FieldId;
  /** What the asker may not know of, as it is in the two states. */
  readonly hidden: readonly [string, string];
  readonly words: readonly [string, string];
}

export interface Interference {
  /** States looked at: those of fields whose outcome hangs on something hidden, values that it does not tell apart once. */
  readonly states: number;
  readonly leaks: readonly Leak[];
}

/** How a cell is put into words for the asker; the shipped way unless a test plants another. */
export type Explain = (policy: CompiledPolicy, located: Located) => AskerExplanation;

/** Looks for leaks over every state of every field that differs; `purposes` limits it. */
export function interferenceIn(
  policy: CompiledPolicy,
  explain: Explain = explainCell,
  purposes: readonly Purpose[] = [...policy.bundle.purposes.keys()],
): Interference {
  let states = 0;
  const leaks: Leak[] = [];
  for (const purpose of purposes) {
    for (const group of REQUESTER_GROUPS) {
      const seen = new Set<Root>();
      for (const [place, root] of (policy.rootsOf(purpose, group) ?? []).entries()) {
        // Fields with one diagram have one set of rules, and so the same words but for their name.
        if (seen.has(root)) continue;
        seen.add(root);
        const found = leaksOf(policy, explain, { purpose, group, field: policy.fields[place] ?? '', root });
        states += found.states;
        leaks.push(...found.leaks);
      }
    }
  }
  return { states, leaks };
}

type Place = Omit<Located, 'cell' | 'outcome'>;

interface Told {
  readonly words: string;
  readonly cell: readonly number[];
}

function leaksOf(policy: CompiledPolicy, explain: Explain, place: Place): Interference {
  const { bundle, forest, outcomes, space } = policy;
  const known = mayKnow(bundle, place.purpose, place.group);
  const open = space.axes.flatMap((axis, number) => (known(axis) ? [number] : []));
  const told = new Map<string, Told>();
  const leaks: Leak[] = [];
  let states = 0;
  const values = distinctionsOf(forest, [place.root]).map((classes) => firstOfEach(classes));
  // Where the outcome hangs on nothing hidden, no two states that differ are alike in all that he knows.
  const hides = space.axes.some((axis, number) => !known(axis) && (values[number]?.length ?? 1) > 1);
  if (!hides) return { states, leaks };
  for (const cell of everyCellOf(values)) {
    states++;
    const outcome = outcomes.at(evaluate(forest, place.root, cell));
    const words = wordsOf(explain(policy, { ...place, cell, outcome }));
    const { level, obligations } = outcome.decision;
    const key = JSON.stringify([open.map((number) => cell[number]), level, obligations]);
    const before = told.get(key);
    if (before === undefined) told.set(key, { words, cell: [...cell] });
    else if (before.words !== words) {
      const hidden = [hiddenIn(policy, known, before.cell), hiddenIn(policy, known, cell)] as const;
      const { purpose, group, field } = place;
      leaks.push({ purpose, group, field, hidden, words: [before.words, words] });
    }
  }
  return { states, leaks };
}

const wordsOf = (explanation: AskerExplanation): string => JSON.stringify({ ...explanation, field: '' });

function hiddenIn({ space }: CompiledPolicy, known: ReturnType<typeof mayKnow>, cell: readonly number[]): string {
  return space.axes.flatMap((axis, number) => (known(axis) ? [] : [axisInWords(axis, cell[number] ?? 0)])).join('; ');
}

/** Every combination of some values of the axes. The same array each time, written over. */
function* everyCellOf(values: readonly (readonly number[])[]): Generator<readonly number[]> {
  const cell = values.map((each) => each[0] ?? 0);
  const places = values.map(() => 0);
  for (;;) {
    yield cell;
    let axis = values.length - 1;
    for (; axis >= 0; axis--) {
      const next = ((places[axis] ?? 0) + 1) % (values[axis]?.length ?? 1);
      places[axis] = next;
      cell[axis] = values[axis]?.[next] ?? 0;
      if (next !== 0) break;
    }
    if (axis < 0) return;
  }
}

const firstOfEach = (classes: Uint16Array): readonly number[] =>
  [...classes.keys()].filter((value) => classes.indexOf(classes[value] ?? 0) === value);
