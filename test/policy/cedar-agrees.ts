import type { PolicyBundle } from '../../policies/engine/bundle.ts';
import type { Space } from '../../policies/engine/compile/space.ts';
import type { CompiledPolicy } from '../../policies/engine/compile/compile-policy.ts';
import { enumerate } from '../../policies/engine/compile/operations.ts';
import type { Region } from '../../policies/engine/compile/operations.ts';
import { compiledOf } from '../../policies/engine/decide.ts';
import { decide } from '../../policies/engine/index.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Random } from '../population/random.ts';
import type { CedarEngine } from './cedar-decisions.ts';
import { anywhere, partsOf, randomCell, randomTelling, requestIn } from './equal-parts.ts';
import type { Part } from './equal-parts.ts';

export interface CedarComparison {
  readonly decisions: number;
  /** Of them, how many allow something: agreement on denials alone would say little. */
  readonly allowed: number;
  readonly differences: readonly string[];
}

/**
 * Compares `decisions` yes-or-no decisions, spread over all parts of the space and, one in five, over the whole of it.
 * Around the level that the engine gives, since that is where a difference would be: the level itself must be allowed
 * and the one above it not.
 */
export function compareWithCedar(
  cedar: CedarEngine,
  bundle: PolicyBundle,
  random: Random,
  decisions: number,
): CedarComparison {
  const { space } = compiledOf(bundle).policy;
  const parts = partsOf(bundle, space);
  const sampled = (): Sample => sampleOf(bundle, space, parts, random);
  const differences: string[] = [];
  const showing = showingSampler(bundle, parts, random);
  let compared = 0;
  let allowed = 0;
  while (compared < decisions) {
    // Nearly all of the space is denied, and a sample of it would be denials. Half of the time one that shows something.
    const { request, field, given } = random.chance(0.5) ? showing() : sampled();
    for (const level of [given, given + 1].filter((each) => each >= 1 && each <= 4)) {
      const here = cedar.allows(request, field, level);
      if (here !== level <= given) {
        differences.push(
          `${field} at ${LEVELS[level] ?? ''}: Cedar says ${String(here)} to ${JSON.stringify(request)}`,
        );
      }
      compared++;
      if (here) allowed++;
    }
  }
  return { decisions: compared, allowed, differences };
}

interface Sample {
  readonly request: PolicyRequest;
  readonly field: FieldId;
  /** The height of the level that our engine gives, 0 to 4. */
  readonly given: number;
}

function sampleOf(bundle: PolicyBundle, space: Space, parts: readonly Part[], random: Random): Sample {
  const part = random.pick(parts);
  const whole = random.chance(0.2);
  const place = whole ? anywhere(random, bundle, space) : { ...part, cell: randomCell(random, part.values) };
  const field = random.pick(whole ? [...bundle.fields.keys()] : part.fields);
  const request = requestIn(space, place, place.cell, randomTelling(random));
  return { request, field, given: givenTo(bundle, request, field) };
}

const givenTo = (bundle: PolicyBundle, request: PolicyRequest, field: FieldId): number =>
  LEVELS.indexOf(decide(bundle, request, [field])[0]?.level ?? 'deny');

/** Boxes of a diagram that show something, so that nobody has to look for them by chance. */
function boxesOf(policy: CompiledPolicy, { purpose, group }: Part, field: FieldId): readonly Region[] {
  const root = policy.rootsOf(purpose, group)?.[policy.fields.indexOf(field)];
  if (root === undefined) return [];
  const boxes: Region[] = [];
  for (const box of enumerate(policy.forest, root, (terminal) => policy.outcomes.at(terminal).level > 0)) {
    if (boxes.push(box.values) === MOST_BOXES) break;
  }
  return boxes;
}

const MOST_BOXES = 300;

/** Samples that show something: a part and a field, one of its boxes, a cell of that. */
function showingSampler(bundle: PolicyBundle, parts: readonly Part[], random: Random): () => Sample {
  const { policy } = compiledOf(bundle);
  const boxes = parts.flatMap((part) =>
    part.fields.map((field) => ({ part, field, boxes: boxesOf(policy, part, field) })),
  );
  const showing = boxes.filter((each) => each.boxes.length > 0);
  return () => {
    const { part, field, boxes: some } = random.pick(showing);
    const box = random.pick(some);
    const values = part.values.map((free, axis) => box[axis] ?? free);
    const request = requestIn(policy.space, part, randomCell(random, values), randomTelling(random));
    return { request, field, given: givenTo(bundle, request, field) };
  };
}
