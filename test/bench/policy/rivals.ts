import { createMongoAbility, subject } from '@casl/ability';
import { newEnforcer, newModelFromString } from 'casbin';
import type { PlainFacts, PlainRule, Rival } from './plain-rules.ts';

/** CASL: one prebuilt ability. Its later rule wins, so what is forbidden comes last. */
export function caslOf(rules: readonly PlainRule[]): Rival {
  const raw = [...rules]
    .sort((a, b) => Number(a.effect === 'deny') - Number(b.effect === 'deny'))
    .map(({ effect, levels, fields, when }) => ({
      action: [...levels],
      subject: 'Record',
      fields: [...fields],
      inverted: effect === 'deny',
      ...(Object.keys(when).length > 0 && {
        conditions: Object.fromEntries(Object.entries(when).map(([fact, values]) => [fact, { $in: [...values] }])),
      }),
    }));
  const ability = createMongoAbility(raw);
  const subjects = new WeakMap<PlainFacts, ReturnType<typeof record>>();
  const record = (facts: PlainFacts) => subject('Record', { ...facts });
  return {
    allows: (facts, field, level) => {
      const known = subjects.get(facts) ?? record(facts);
      subjects.set(facts, known);
      return ability.can(level, known, field);
    },
  };
}

const MODEL = `
[request_definition]
r = facts, field, level
[policy_definition]
p = rule, eft
[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
[matchers]
m = bears(p.rule, r.facts, r.field, r.level)
`;

/** casbin: one enforcer of one requester and purpose, which is its quicker way; the conditions are a function of ours. */
export async function casbinOf(rules: readonly PlainRule[]): Promise<Rival> {
  const byName = new Map(rules.map((rule, nth) => [`rule-${nth}`, { ...rule, fieldSet: new Set(rule.fields) }]));
  const enforcer = await newEnforcer(newModelFromString(MODEL));
  await enforcer.addFunction('bears', (name: string, facts: PlainFacts, field: string, level: string) => {
    const rule = byName.get(name);
    return (
      rule?.fieldSet.has(field) === true &&
      rule.levels.includes(level) &&
      Object.entries(rule.when).every(([fact, values]) => values.includes(facts[fact] ?? 'unknown'))
    );
  });
  await enforcer.addPolicies([...byName].map(([name, { effect }]) => [name, effect]));
  return { allows: (facts, field, level) => enforcer.enforceSync(facts, field, level) };
}
