import type { PairedCap, PairedGrant, PolicyBundle } from '../../../policies/engine/bundle.ts';
import { readFact } from '../../../policies/engine/dimensions.ts';
import { powersInForce } from '../../../policies/engine/powers.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import { LEVELS } from '../../../schemas/level.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../../schemas/names.ts';

/**
 * The agreements reduced to what libraries for yes-or-no access can express: who, which fields, which levels, under
 * which values of facts. Powers are taken as they are on one day, every obligation as declared, every match as certain;
 * ages of facts are worked out before the library is asked. Reasons, obligations and transforms they do not have.
 */

export interface PlainRule {
  readonly effect: 'allow' | 'deny';
  /** The levels allowed or forbidden, as actions. */
  readonly levels: readonly string[];
  readonly fields: readonly FieldId[];
  /** For each fact read, by its name and limit of age, the values that satisfy; `unknown` is one for caps. */
  readonly when: Readonly<Record<string, readonly (string | number | boolean)[]>>;
}

const keyOf = (fact: string, maxAgeMs: number): string => `${fact}_${maxAgeMs}`;

/** The rules that bear on one role of a group for a purpose at a moment. */
export function plainRules(
  bundle: PolicyBundle,
  { purpose, group, role }: { readonly purpose: Purpose; readonly group: RequesterGroup; readonly role: Role },
  atMs: number,
): readonly PlainRule[] {
  const inForce = powersInForce(bundle.powers, atMs, undefined) ?? new Set();
  const fieldsOf = new Map<PairedGrant['rule'], { rule: PairedGrant | PairedCap; fields: FieldId[] }>();
  for (const [field, { grants, caps }] of bundle.rulesFor.get(purpose)?.get(group) ?? []) {
    if (bundle.fields.get(field)?.owner === group) continue;
    for (const rule of [...grants, ...caps]) {
      if (rule.roles?.has(role) === false) continue;
      if (rule.kind === 'grant' && !rule.powers.some((each) => each.standsAlone && inForce.has(each.code))) continue;
      const known = fieldsOf.get(rule.rule);
      if (known === undefined) fieldsOf.set(rule.rule, { rule, fields: [field] });
      else known.fields.push(field);
    }
  }
  return [...fieldsOf.values()].map(({ rule, fields }) => plain(rule, fields));
}

function plain(rule: PairedGrant | PairedCap, fields: readonly FieldId[]): PlainRule {
  const allows = rule.kind === 'grant';
  return {
    effect: allows ? 'allow' : 'deny',
    levels: allows ? LEVELS.slice(1, rule.level + 1) : LEVELS.slice(rule.level + 1),
    fields,
    when: Object.fromEntries(
      rule.rule.conditions.map(({ fact, values, maxAgeMs }) => [
        keyOf(fact, maxAgeMs),
        allows ? values : [...values, 'unknown'],
      ]),
    ),
  };
}

export type PlainFacts = Readonly<Record<string, string | number | boolean>>;

/** A request's facts under the names that rules read them by. */
export function plainFacts(bundle: PolicyBundle, { purpose, facts, at }: PolicyRequest): PlainFacts {
  const atMs = Date.parse(at);
  const read: Record<string, string | number | boolean> = {};
  for (const byField of bundle.rulesFor.get(purpose)?.values() ?? []) {
    for (const { grants, caps } of byField.values()) {
      for (const { rule } of [...grants, ...caps]) {
        for (const { fact, maxAgeMs } of rule.conditions) {
          read[keyOf(fact, maxAgeMs)] ??= readFact(fact, facts, atMs, maxAgeMs) ?? 'unknown';
        }
      }
    }
  }
  return read;
}

/** A library that was given the rules of one requester and purpose. */
export interface Rival {
  readonly allows: (facts: PlainFacts, field: FieldId, level: string) => boolean;
}

/** The level of a field, 0 to 4, asked upwards from the least: most fields are denied at the first question. */
export function levelFrom(rival: Rival, facts: PlainFacts, field: FieldId): number {
  let level = 0;
  while (level < 4 && rival.allows(facts, field, LEVELS[level + 1] ?? '')) level++;
  return level;
}
