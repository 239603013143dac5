import type { PolicyBundle } from './bundle.ts';
import type { Basis } from './language.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import type { LawfulBasis } from '../../schemas/entry-parts.ts';
import type { Purpose, RequesterGroup } from '../../schemas/names.ts';

/** On what discloser and recipient rest a disclosure. Each has its own: nobody borrows another's public task. */

export interface StatedBasis {
  readonly basis: LawfulBasis;
  /** Codes of powers.yaml: the law that authorises another purpose (DPA 2018 s.36(4)), and the conditions relied on. */
  readonly authorisedBy: readonly string[];
  readonly conditions: readonly string[];
  readonly strictNecessity: boolean;
}

export type Controller = NonNullable<Basis['controller']>;

export interface Sharing {
  readonly purpose: Purpose;
  readonly owner: RequesterGroup;
  readonly requester: RequesterGroup;
  readonly facts: CaseFacts;
  /** Whether the party in question is a private body; a group of which both are stated counts as public otherwise. */
  readonly controller?: Controller;
}

function rowFor(
  bundle: PolicyBundle,
  party: Basis['party'],
  { purpose, owner, requester, controller = 'public-authority' }: Sharing,
): Basis | undefined {
  const group = party === 'discloser' ? owner : requester;
  const stated = (bundle.bases.get(purpose) ?? []).filter(
    (each) => each.party === party && each.groups.includes(group),
  );
  const towards = stated.filter((each) => each.towards?.includes(requester) === true);
  const rows = towards.length > 0 ? towards : stated.filter((each) => each.towards === undefined);
  return rows.find((each) => each.controller === controller) ?? (rows.length === 1 ? rows[0] : undefined);
}

/**
 * The basis that an agreement states for one party of a disclosure. Undefined where it states none, which a bundle that
 * passed its check has only for groups that it gives nothing to or takes nothing from.
 */
export function basisFor(bundle: PolicyBundle, party: Basis['party'], sharing: Sharing): StatedBasis | undefined {
  const row = rowFor(bundle, party, sharing);
  if (row === undefined) return undefined;
  const { protectedPerson } = sharing.facts;
  const atRisk = protectedPerson === 'child' || protectedPerson === 'adult-at-risk';
  return {
    basis: row.basis,
    authorisedBy: row.authorisedBy ?? [],
    conditions: [...(row.conditions ?? []), ...(atRisk ? (row.ifAtRisk ?? []) : [])],
    strictNecessity: row.strictNecessity ?? false,
  };
}
