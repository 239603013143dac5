import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBundle } from '../../policies/engine/index.ts';
import { CASE_FACTS, FACT_DIMENSIONS } from '../../policies/engine/index.ts';
import type { FactValue } from '../../policies/engine/index.ts';
import type { CaseFact } from '../../policies/engine/language.ts';
import type { PolicyBundle, PolicyFile } from '../../policies/engine/index.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import { caseFactsSchema } from '../../schemas/case.ts';
import type { CaseFacts, DatedFacts } from '../../schemas/case.ts';
import type { Purpose, RequesterGroup, Role } from '../../schemas/names.ts';

/** The shipped agreements and requests against them, for every policy test. */

const FOLDER = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'policies', 'agreements');

export const AT = '2027-01-15T10:00:00.000Z';

/** The texts of the shipped agreements. */
export function shippedFiles(): readonly PolicyFile[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ path: name, text: readFileSync(join(FOLDER, name), 'utf8') }));
}

/** Loads files that must be without problems; the problems are the message where they are not. */
export function mustLoad(files: readonly PolicyFile[]): PolicyBundle {
  const loaded = loadBundle(files);
  if (loaded.ok) return loaded.value;
  throw new Error(loaded.error.map(({ file, line, what }) => `${file}:${line} ${what}`).join('\n'));
}

/** Facts, all asserted at the same moment. */
export function dated(facts: CaseFacts, at: string = AT): DatedFacts {
  const asAt = Object.fromEntries(caseFactsSchema.keyof().options.map((fact) => [fact, at]));
  return { facts, asAt };
}

/** The first role of a group that may claim a purpose; undefined where none may. */
export function claimantOf(bundle: PolicyBundle, purpose: Purpose, group: RequesterGroup): Role | undefined {
  return bundle.purposes.get(purpose)?.claimants.find((role) => bundle.roles.get(role)?.groups.includes(group));
}

export function requestOf(
  bundle: PolicyBundle,
  purpose: Purpose,
  group: RequesterGroup,
  facts: DatedFacts,
  more: Partial<PolicyRequest> = {},
): PolicyRequest {
  const role = claimantOf(bundle, purpose, group) ?? 'ig.reviewer';
  return {
    at: AT,
    requester: { agency: 'riverton', group, role },
    purpose,
    facts,
    canFulfil: [...OBLIGATION_KINDS],
    ...more,
  };
}

/** Every combination of some facts' values. */
export function combinationsOf(facts: readonly (keyof CaseFacts)[]): readonly CaseFacts[] {
  return facts.reduce<readonly CaseFacts[]>(
    (all, fact) => all.flatMap((before) => FACT_DIMENSIONS[fact].values.map((value) => ({ ...before, [fact]: value }))),
    [{}],
  );
}

/** The facts on which a purpose's decisions for a group can depend: those that some rule on a granted field reads. */
export function factsReadFor(bundle: PolicyBundle, purpose: Purpose, group: RequesterGroup): readonly CaseFact[] {
  const read = new Set<CaseFact>(bundle.claims.get(purpose)?.map(({ fact }) => fact));
  for (const { grants, caps } of bundle.rulesFor.get(purpose)?.get(group)?.values() ?? []) {
    if (grants.length === 0) continue;
    for (const { rule } of [...grants, ...caps]) for (const { fact } of rule.conditions) read.add(fact);
  }
  return CASE_FACTS.filter((fact) => read.has(fact));
}

/** Every value of a fact that some rule or claim of the bundle mentions, and one that none does, if there is one. */
function valuesThatDiffer(bundle: PolicyBundle, fact: CaseFact): readonly FactValue[] {
  const rules = [...bundle.rulesFor.values()].flatMap((byGroup) => [...byGroup.values()]);
  const mentioned = new Set<FactValue>();
  for (const { grants, caps } of rules.flatMap((byField) => [...byField.values()])) {
    for (const { rule } of [...grants, ...caps]) {
      for (const condition of rule.conditions) {
        if (condition.fact === fact) for (const value of condition.values) mentioned.add(value);
      }
    }
  }
  for (const { fact: of, values } of [...bundle.claims.values()].flat()) {
    if (of === fact) for (const value of values) mentioned.add(value);
  }
  const { values } = FACT_DIMENSIONS[fact];
  const others = values.filter((value) => !mentioned.has(value));
  return values.filter((value) => mentioned.has(value) || value === others[0]);
}

/**
 * Every combination of facts that can make a difference to a group's decisions for a purpose. A fact that no rule reads
 * cannot change an answer, and two values that no rule mentions cannot be told apart, so these stand for all.
 */
export function combinationsThatDiffer(
  bundle: PolicyBundle,
  purpose: Purpose,
  group: RequesterGroup,
): readonly CaseFacts[] {
  return factsReadFor(bundle, purpose, group).reduce<readonly CaseFacts[]>(
    (all, fact) => {
      const values = valuesThatDiffer(bundle, fact);
      return all.flatMap((before) => values.map((value) => ({ ...before, [fact]: value })));
    },
    [{}],
  );
}

/** A case on which every precondition of every purpose holds. */
export const EVERYTHING_HOLDS: CaseFacts = {
  category: 'contact',
  marac: 'listed',
  mappa: 3,
  s47Open: true,
  orderInForce: true,
  dvds: 'decided',
  approved: true,
  emergency: true,
};
