import { compiledOf } from '../../../policies/engine/decide.ts';
import { decide, interpret, type PolicyBundle } from '../../../policies/engine/index.ts';
import { anywhere, cellsOf, differenceIn, partsOf, randomTelling, requestIn } from '../../policy/equal-parts.ts';
import { randomOf } from '../../population/random.ts';

export interface EveryCell {
  readonly parts: number;
  readonly decisions: number;
  readonly random: number;
  readonly differences: readonly string[];
}

const ENGINES = [decide, interpret] as const;

/**
 * Compares both engines on every cell of every part of the space, or on one cell in `oneIn`, then on random cells of
 * the whole of it.
 */
export function compareEveryCell(
  bundle: PolicyBundle,
  { oneIn, randomDecisions }: { readonly oneIn: number; readonly randomDecisions: number },
  tell: (line: string) => void,
): EveryCell {
  const { space } = compiledOf(bundle).policy;
  const differences: string[] = [];
  const note = (difference: string | undefined) => {
    if (difference !== undefined) differences.push(difference);
  };
  let decisions = 0;
  let nth = 0;
  const parts = partsOf(bundle, space);
  for (const part of parts) {
    for (const cell of cellsOf(part)) {
      if (nth++ % oneIn !== 0) continue;
      decisions += part.fields.length;
      note(differenceIn(ENGINES, bundle, requestIn(space, part, cell), part.fields));
    }
  }
  tell(`${decisions.toLocaleString('en-GB')} decisions in ${parts.length} parts looked at`);
  const chance = randomOf(10_000_000);
  let random = 0;
  while (random < randomDecisions) {
    const place = anywhere(chance, bundle, space);
    note(differenceIn(ENGINES, bundle, requestIn(space, place, place.cell, randomTelling(chance)), 'all'));
    random += bundle.fields.size;
  }
  return { parts: parts.length, decisions, random, differences };
}
