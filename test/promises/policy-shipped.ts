import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadBundle } from '../../policies/engine/index.ts';
import { FACT_DIMENSIONS } from '../../policies/engine/dimensions.ts';
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
