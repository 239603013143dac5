import type { FieldRules, PolicyBundle } from '../bundle.ts';
import { refusal } from '../claim.ts';
import { powersInForce } from '../powers.ts';
import { sentenceForRefusal } from '../sentence.ts';
import { compileField } from './compile-field.ts';
import type { Ground } from './compile-field.ts';
import { Forest, leafOf } from './forest.ts';
import type { Root } from './forest.ts';
import { Outcomes } from './outcome.ts';
import { spaceOf } from './space.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { DecisionReason } from '../../../schemas/decision.ts';
import type { FieldId, Purpose, RequesterGroup } from '../../../schemas/names.ts';

/** A bundle as decision diagrams: one for each purpose, requester group and field, over one space, in one forest. */
export interface CompiledPolicy extends Ground {
  readonly bundle: PolicyBundle;
  /** Fields of the catalogue, in its order. */
  readonly fields: readonly FieldId[];
  /** The diagrams of all fields for a purpose and a group, in the order of `fields`; undefined for another purpose. */
  readonly rootsOf: (purpose: Purpose, group: RequesterGroup) => readonly Root[] | undefined;
}

/** Compiles one bundle. Diagrams are made when they are first asked for; `compileAll` asks for them all. */
export function compilePolicy(bundle: PolicyBundle): CompiledPolicy {
  return compileOver(groundOf([bundle]), bundle);
}

/**
 * Compiles bundles over one space and in one forest, so that their diagrams can be compared: where two roots are the
 * same number, the two bundles decide alike in every cell. Where they are not, the asker may still be told the same:
 * outcomes differ also in the true reason and in what comes of hidden facts left out. To compare what he is told or the
 * levels alone, `project` both roots onto that first.
 */
export function compileTogether(bundles: readonly PolicyBundle[]): readonly CompiledPolicy[] {
  const ground = groundOf(bundles);
  return bundles.map((bundle) => compileOver(ground, bundle));
}

/** Makes every diagram of a policy. */
export function compileAll(policy: CompiledPolicy): void {
  for (const purpose of policy.bundle.purposes.keys()) {
    for (const group of REQUESTER_GROUPS) policy.rootsOf(purpose, group);
  }
}

function groundOf(bundles: readonly PolicyBundle[]): Ground {
  const space = spaceOf(bundles);
  return { space, forest: new Forest(space.sizes), outcomes: new Outcomes() };
}

function compileOver(ground: Ground, bundle: PolicyBundle): CompiledPolicy {
  const inForce = ground.space.axes.flatMap((axis) =>
    axis.kind === 'situation'
      ? axis.situations.map(({ atMs, area }) => powersInForce(bundle.powers, atMs, area) ?? new Set<string>())
      : [],
  );
  const made = new Map<string, readonly Root[]>();
  const rootsOf = (purpose: Purpose, group: RequesterGroup): readonly Root[] | undefined => {
    if (!bundle.purposes.has(purpose)) return undefined;
    const key = `${purpose} ${group}`;
    const before = made.get(key);
    if (before !== undefined) return before;
    const roots = compilePair(ground, bundle, { purpose, group, inForce });
    made.set(key, roots);
    return roots;
  };
  return { ...ground, bundle, fields: [...bundle.fields.keys()], rootsOf };
}

interface Pair {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly inForce: readonly ReadonlySet<string>[];
}

function compilePair(ground: Ground, bundle: PolicyBundle, pair: Pair): readonly Root[] {
  const { purpose, group, inForce } = pair;
  const rulesFor = bundle.rulesFor.get(purpose)?.get(group);
  const refusals = refusalsOf(ground, bundle, pair);
  const alike = new Map<string, Root>();
  return [...bundle.fields.values()].map((field) => {
    if (field.owner === group) return refusing(ground, refusals, refused(ground, 'own-records'));
    const rules = rulesFor?.get(field.id);
    if (rules === undefined) return refusing(ground, refusals, refused(ground, 'no-grant'));
    const key = likenessOf(rules);
    const before = alike.get(key);
    if (before !== undefined) return before;
    const root = refusing(ground, refusals, compileField(ground, rules, inForce));
    alike.set(key, root);
    return root;
  });
}

/** Fields on which the same rules bear with the same powers and obligations have the same diagram. */
function likenessOf({ grants, caps }: FieldRules): string {
  return JSON.stringify([
    grants.map(({ rule, powers, obligations }) => [rule.number, powers.map(({ code }) => code), obligations]),
    caps.map(({ rule }) => rule.number),
  ]);
}

function refused(ground: Ground, reason: DecisionReason): Root {
  const because = sentenceForRefusal(reason);
  const nothing = { level: 0, reason, grants: [], caps: [] } as const;
  const decision = { level: 'deny', reason, because, grants: [], caps: [], powers: [], obligations: {} } as const;
  return leafOf(
    ground.outcomes.numberOf({
      level: 0,
      reason,
      open: nothing,
      decision: { ...decision, grants: [], caps: [], powers: [] },
    }),
  );
}

/** For each role of the space why it is refused before any field is looked at, as a terminal; undefined where it is not. */
function refusalsOf(ground: Ground, bundle: PolicyBundle, { purpose, group }: Pair): readonly (Root | undefined)[] {
  const [first] = ground.space.axes;
  const roles = first?.kind === 'role' ? first.roles : [];
  return roles.map((role) => {
    const reason = refusal(bundle, { purpose, requester: { agency: '', group, role } });
    return reason === undefined ? undefined : refused(ground, reason);
  });
}

const ROLE_AXIS = 0;

/** A diagram in which the roles that may not ask at all are refused. */
function refusing({ forest }: Ground, refusals: readonly (Root | undefined)[], root: Root): Root {
  const asksRole = forest.axisOf(root) === ROLE_AXIS;
  return forest.ask(
    ROLE_AXIS,
    refusals.map((refusedRoot, role) => refusedRoot ?? (asksRole ? forest.childOf(root, role) : root)),
  );
}
