import type { PolicyBundle } from '../bundle.ts';
import { canonicalize } from '../canonical-json.ts';
import { areTwoSigners, personOf, type Office, type Signer } from './signers.ts';
import type { FieldId, RequesterGroup } from '../../../schemas/names.ts';

/**
 * Whose signatures a change needs, worked out from what it does: each owner whose fields somebody comes to see more of,
 * a Caldicott Guardian where any of them is of health, and never the author alone. Source: policy reference section 5,
 * diff-driven countersignature.
 */

/** A field of which somebody sees more than before, in some state. */
export interface Gain {
  readonly owner: RequesterGroup;
  readonly class: string;
  readonly field: FieldId;
}

/** What a second version gives that a first did not. `diffBundles` knows. */
export type GainsBetween = (old: PolicyBundle, now: PolicyBundle) => readonly Gain[];

const HEALTH_CLASS = 'HX';

/** Everything that a bundle may give to anybody: what it gains on having none before it. */
export function allThatIsGiven({ fields, rulesFor }: PolicyBundle): readonly Gain[] {
  const byGroup = [...rulesFor.values()].flatMap((groups) => [...groups.values()]);
  return [...fields.values()]
    .filter(({ id }) => byGroup.some((rules) => (rules.get(id)?.grants.length ?? 0) > 0))
    .map(gainOf);
}

/**
 * Fields whose own terms changed. A level of a field that is made less in another way, or is of another class, may show
 * more though no decision differs.
 */
export function gainsOfTerms(old: PolicyBundle, now: PolicyBundle): readonly Gain[] {
  return [...now.fields.values()].flatMap((field) => {
    const before = old.fields.get(field.id);
    if (before === undefined || textOf(before) === textOf(field)) return [];
    return [gainOf(before), gainOf(field)];
  });
}

function textOf(value: unknown): string {
  const text = canonicalize(value);
  return text.ok ? text.value : text.error;
}

const gainOf = ({ id, owner, class: of }: { id: FieldId; owner: RequesterGroup; class: string }): Gain => ({
  ...{ owner, class: of, field: id },
});

/** The offices that have to sign for gains, in order of their names. */
export function officesNeeded(gains: readonly Gain[]): readonly Office[] {
  const offices = new Set<Office>();
  for (const { owner, class: of } of gains) {
    offices.add(`owner:${owner}`);
    if (of === HEALTH_CLASS || owner === 'health') offices.add('caldicott');
  }
  return [...offices].sort();
}

/** What is short: offices without a person of their own, or somebody beside the author. */
export interface Missing {
  readonly offices: readonly Office[];
  readonly another: boolean;
}

/**
 * What is short of a set of signatures that hold. The author counts for nothing, nor does anybody of the author's team;
 * two keys of one person are one person; and one person fills one office, so that whoever holds them all cannot sign
 * alone for everybody.
 */
export function missingSignatures(needed: readonly Office[], author: Signer, signedBy: readonly Signer[]): Missing {
  const people = new Map<string, Set<Office>>();
  for (const signer of signedBy) {
    if (!areTwoSigners(signer, author)) continue;
    const offices = people.get(personOf(signer)) ?? new Set<Office>();
    for (const office of signer.roles) offices.add(office);
    people.set(personOf(signer), offices);
  }
  const filled = fillOffices(needed, people);
  return { offices: needed.filter((office) => !filled.has(office)), another: people.size === 0 };
}

/** Gives as many offices as can be a person each (augmenting paths over at most eight offices). */
function fillOffices(needed: readonly Office[], people: ReadonlyMap<string, ReadonlySet<Office>>): ReadonlySet<Office> {
  const holder = new Map<string, Office>();
  const place = (office: Office, tried: Set<string>): boolean => {
    for (const [person, offices] of people) {
      if (!offices.has(office) || tried.has(person)) continue;
      tried.add(person);
      const held = holder.get(person);
      if (held !== undefined && !place(held, tried)) continue;
      holder.set(person, office);
      return true;
    }
    return false;
  };
  for (const office of needed) place(office, new Set());
  return new Set(holder.values());
}
