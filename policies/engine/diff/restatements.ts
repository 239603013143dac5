import type { BundleContent } from '../bundle.ts';
import { canonicalForm } from '../version.ts';

/**
 * What two versions say differently in their catalogues, entry by entry. Decisions are compared on the diagrams; this
 * is for what they do not show: how a value is made less at a level, on what a purpose may be claimed, what a power
 * rests on, on which lawful basis.
 */
export interface Restatement {
  readonly kind: 'purpose' | 'power' | 'role' | 'class' | 'field' | 'limit of age' | 'bases' | 'standing obligation';
  readonly id: string;
  readonly change: 'added' | 'removed' | 'changed';
  /** The keys that say something else, for one that changed. */
  readonly keys: readonly string[];
}

type Entries = ReadonlyMap<string, unknown>;

function entriesOf(content: BundleContent): Readonly<Record<Restatement['kind'], Entries>> {
  return {
    purpose: content.purposes,
    power: content.powers,
    role: content.roles,
    class: content.classes,
    field: content.fields,
    'limit of age': new Map(Object.entries(content.factLimits)),
    bases: content.bases,
    'standing obligation': new Map(content.standingObligations.map((each) => [each.id, each])),
  };
}

const partsOf = (entry: unknown): Readonly<Record<string, unknown>> =>
  typeof entry === 'object' && entry !== null && !Array.isArray(entry) ? { ...entry } : { '': entry };

function keysThatDiffer(before: unknown, after: unknown): readonly string[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.filter((key) => canonicalForm(old[key] ?? null) !== canonicalForm(now[key] ?? null)).sort();
}

/** Takes two contents; gives every entry of their catalogues that is new, gone or says something else. */
export function restatementsBetween(before: BundleContent, after: BundleContent): readonly Restatement[] {
  const [old, now] = [entriesOf(before), entriesOf(after)];
  const kinds: readonly Restatement['kind'][] = [
    ...(['purpose', 'power', 'role', 'class', 'field', 'limit of age', 'bases', 'standing obligation'] as const),
  ];
  return kinds.flatMap((kind) =>
    [...new Set([...old[kind].keys(), ...now[kind].keys()])].sort().flatMap((id): Restatement[] => {
      if (!old[kind].has(id)) return [{ kind, id, change: 'added', keys: [] }];
      if (!now[kind].has(id)) return [{ kind, id, change: 'removed', keys: [] }];
      const keys = keysThatDiffer(old[kind].get(id), now[kind].get(id));
      return keys.length === 0 ? [] : [{ kind, id, change: 'changed', keys }];
    }),
  );
}
