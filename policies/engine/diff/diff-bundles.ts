import type { CatalogueField, PolicyBundle } from '../bundle.ts';
import { compileTogether } from '../compile/compile-policy.ts';
import type { CompiledPolicy } from '../compile/compile-policy.ts';
import { leafOf } from '../compile/forest.ts';
import type { Root } from '../compile/forest.ts';
import { apply, countCells, exampleOf, project } from '../compile/operations.ts';
import type { Cell } from '../compile/operations.ts';
import { requestOfCell } from '../compile/request-of-cell.ts';
import { axisOf } from '../compile/space.ts';
import { cellInWords, groupInWords, levelInWords } from '../explain/state-in-words.ts';
import { aspectsIn } from './aspects.ts';
import type { Aspect } from './aspects.ts';
import { restatementsBetween } from './restatements.ts';
import type { Restatement } from './restatements.ts';
import { levelNumber, levelOf } from '../assemble.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../../schemas/names.ts';

/**
 * What a change of agreements does: not which lines are others, but who can now see what, and who no longer can. Worked
 * out on the diagrams of both versions over one space, so that nothing is missed and every count is exact. Comparing
 * two versions of a policy over its whole space was done first by Margrave: K. Fisler and others, Verification and
 * change-impact analysis of access-control policies, ICSE 2005.
 */

interface Place {
  readonly requesterGroup: RequesterGroup;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly owner: RequesterGroup;
  readonly class: string;
  readonly field: FieldId;
  /** How many states of case, asker's system, day, area and match it happens in, exactly. */
  readonly cells: bigint;
  /** One of them in words. */
  readonly example: string;
  /** The same one as a request, which the two versions decide differently. */
  readonly request: PolicyRequest;
}

/** Somebody sees more of a field, or less, in some states. */
export interface Change extends Place {
  readonly from: Level;
  readonly to: Level;
}

/** The level stays; what comes with it, what it rests on or what is said of it is another. */
export interface OtherChange extends Place {
  readonly level: Level;
  readonly aspects: readonly Aspect[];
}

export interface PolicyDiff {
  /** The versions compared. */
  readonly from: string;
  readonly to: string;
  /** Every diagram of one is the very diagram of the other: no decision differs anywhere, in level or words. */
  readonly sameDecisions: boolean;
  readonly gains: readonly Change[];
  readonly losses: readonly Change[];
  readonly others: readonly OtherChange[];
  /** What the files say otherwise that no decision shows, or that changes what a level leaves of a value. */
  readonly restatements: readonly Restatement[];
  /** How many diagrams were compared, and over how many cells each; the whole space is their product. */
  readonly diagrams: number;
  readonly cellsOfEach: bigint;
}

interface Pair {
  readonly before: CompiledPolicy;
  readonly after: CompiledPolicy;
}

/** One purpose, group and field with its diagram in both versions. */
interface Compared {
  readonly purpose: Purpose;
  readonly group: RequesterGroup;
  readonly field: CatalogueField;
  /** Undefined where the version has no such purpose or field. */
  readonly before: Root | undefined;
  readonly after: Root | undefined;
}

/**
 * Takes two bundles; gives what the second gives that the first did not, what it no longer gives, and what else came to
 * differ, one entry for each role, purpose, field and pair of levels. Gains and losses of a bundle against itself are
 * empty, and those of `(a, b)` are the losses and gains of `(b, a)`.
 */
export function diffBundles(old: PolicyBundle, now: PolicyBundle): PolicyDiff {
  const [before, after] = compileTogether([old, now]);
  if (before === undefined || after === undefined) throw new Error('two bundles give two policies');
  return diffCompiled({ before, after });
}

/** The same for two policies that were compiled together. `purposes` limits what is looked at; left out, all are. */
export function diffCompiled({ before, after }: Pair, purposes?: readonly Purpose[]): PolicyDiff {
  const compared = comparedOf({ before, after }, purposes);
  const differing = compared.filter((each) => each.before !== each.after);
  const found = differing.map((each) => differencesIn(after, each));
  return {
    from: before.bundle.version,
    to: after.bundle.version,
    sameDecisions: differing.length === 0,
    gains: found.flatMap(({ gains }) => gains),
    losses: found.flatMap(({ losses }) => losses),
    others: found.flatMap(({ others }) => others),
    restatements: restatementsBetween(before.bundle, after.bundle),
    diagrams: compared.length,
    cellsOfEach: after.space.sizes.reduce((product, size) => product * BigInt(size), 1n),
  };
}

function comparedOf({ before, after }: Pair, purposes: readonly Purpose[] | undefined): readonly Compared[] {
  const both = [before, after];
  const all = purposes ?? [...new Set(both.flatMap(({ bundle }) => [...bundle.purposes.keys()]))].sort();
  const fields = new Map(both.flatMap(({ bundle }) => [...bundle.fields]));
  return all.flatMap((purpose) =>
    REQUESTER_GROUPS.flatMap((group) => {
      const [old, now] = both.map((policy) => rootsByField(policy, purpose, group));
      return [...fields.values()].map((field) => ({
        ...{ purpose, group, field },
        before: old?.get(field.id),
        after: now?.get(field.id),
      }));
    }),
  );
}

function rootsByField(policy: CompiledPolicy, purpose: Purpose, group: RequesterGroup): ReadonlyMap<FieldId, Root> {
  const roots = policy.rootsOf(purpose, group) ?? [];
  return new Map(policy.fields.flatMap((field, place) => (roots[place] === undefined ? [] : [[field, roots[place]]])));
}

/** What became of a cell; two that became the same have one number. */
interface Kind {
  readonly from: Level;
  readonly to: Level;
  readonly aspects: readonly Aspect[];
}

const SAME = 0;

/** The diagram of what became of each cell, with what its terminals stand for; terminal 0 is "the same". */
function differenceOf(policy: CompiledPolicy, { before, after }: Compared): { root: Root; kinds: readonly Kind[] } {
  const { forest, outcomes } = policy;
  const kinds: Kind[] = [{ from: 'deny', to: 'deny', aspects: [] }];
  const numbers = new Map<string, number>();
  const numberOf = (kind: Kind): number => {
    const key = JSON.stringify(kind);
    const known = numbers.get(key) ?? kinds.push(kind) - 1;
    numbers.set(key, known);
    return known;
  };
  if (before === undefined || after === undefined) {
    // A purpose or field that only one version has: the other gives nothing of it, and says nothing either.
    const root = project(forest, before ?? after ?? leafOf(SAME), (terminal) => {
      const level = levelOf(outcomes.at(terminal).level);
      if (level === 'deny') return SAME;
      return numberOf(before === undefined ? kind('deny', level) : kind(level, 'deny'));
    });
    return { root, kinds };
  }
  const root = apply(forest, before, after, (old, now) => {
    if (old === now) return SAME;
    const [one, other] = [outcomes.at(old), outcomes.at(now)];
    if (one.level !== other.level) return numberOf(kind(levelOf(one.level), levelOf(other.level)));
    return numberOf({ ...kind(levelOf(one.level), levelOf(other.level)), aspects: aspectsIn(one, other) });
  });
  return { root, kinds };
}

const kind = (from: Level, to: Level): Kind => ({ from, to, aspects: [] });

interface Differences {
  readonly gains: readonly Change[];
  readonly losses: readonly Change[];
  readonly others: readonly OtherChange[];
}

function differencesIn(policy: CompiledPolicy, compared: Compared): Differences {
  const { forest, space } = policy;
  const { root, kinds } = differenceOf(policy, compared);
  const gains: Change[] = [];
  const losses: Change[] = [];
  const others: OtherChange[] = [];
  for (const [number, role] of (axisOf(space, 'role')?.roles ?? []).entries()) {
    const region = [[number]];
    for (const [terminal, cells] of countCells(forest, root, region)) {
      const became = kinds[terminal];
      if (terminal === SAME || became === undefined) continue;
      const cell = exampleOf(forest, root, (each) => each === terminal, region) ?? [];
      const place = placeOf(policy, compared, { role, cells, cell, root });
      const { from, to, aspects } = became;
      if (from === to) others.push({ ...place, level: to, aspects, example: inWords(policy, place, became) });
      else {
        const change = { ...place, from, to, example: inWords(policy, place, became) };
        (levelNumber(to) > levelNumber(from) ? gains : losses).push(change);
      }
    }
  }
  return { gains, losses, others };
}

interface Found {
  readonly role: Role;
  readonly cells: bigint;
  readonly cell: Cell;
  readonly root: Root;
}

/** A place with the state of its example in words, which the sentence about it is made from. */
function placeOf(policy: CompiledPolicy, { purpose, group, field }: Compared, found: Found): Place {
  const { role, cells, cell, root } = found;
  return {
    ...{ requesterGroup: group, role, purpose, owner: field.owner, class: field.class, field: field.id, cells },
    example: cellInWords(policy.space, policy.forest, root, cell),
    request: requestOfCell(policy.space, { purpose, group }, cell),
  };
}

function inWords({ bundle }: CompiledPolicy, place: Place, { from, to, aspects }: Kind): string {
  const who = `${bundle.roles.get(place.role)?.label ?? place.role} (${groupInWords(place.requesterGroup)})`;
  const what = `${bundle.fields.get(place.field)?.label ?? place.field} of ${groupInWords(place.owner)}`;
  const state = `for ${place.purpose}, for example where ${place.example}`;
  if (from === to) return `${who} sees as much as before of ${what}, with other ${aspects.join(', ')}, ${state}.`;
  if (to === 'deny') return `${who} can no longer see anything of ${what}; before: ${levelInWords(from)}; ${state}.`;
  const can = levelNumber(to) > levelNumber(from) ? 'can now see' : 'can now see only';
  return `${who} ${can} ${levelInWords(to)} of ${what}; before: ${levelInWords(from)}; ${state}.`;
}
