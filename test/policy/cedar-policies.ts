import type { Agreement, PolicyBundle } from '../../policies/engine/bundle.ts';
import type { CapText, GrantText, GuardCapText, PowerText, When } from '../../policies/engine/language.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { Obligations } from '../../schemas/decision.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { Level } from '../../schemas/level.ts';
import type { Purpose, RequesterGroup } from '../../schemas/names.ts';

/**
 * The agreements said again in Cedar (cedarpolicy.com), one policy a rule: a second meaning, by other people. Made from
 * what the files say, not from anything laid out or compiled for our own engines, and every condition is left for
 * Cedar to work out: ages of facts, days and areas of powers, groups and roles, obligations declared.
 *
 * An action is "see at least level k": a grant permits the levels up to its own, a cap forbids those above its own.
 */

/** The actions, from the lowest level that shows anything. */
export const CEDAR_LEVELS = LEVELS.slice(1);

const quoted = (word: string): string => JSON.stringify(word);
const setOf = (words: readonly unknown[]): string => `[${words.map((word) => JSON.stringify(word)).join(', ')}]`;
const allOf = (terms: readonly string[]): string => (terms.length === 0 ? 'true' : terms.join(' && '));
const anyOf = (terms: readonly string[]): string => (terms.length === 0 ? 'false' : `(${terms.join(' || ')})`);

/** A day as a number that sorts like it: 20270115. */
export const dayNumber = (day: string): number => Number(day.replaceAll('-', ''));

const actions = (from: number, to: number): string =>
  `action in [${CEDAR_LEVELS.slice(from - 1, to)
    .map((level) => `Action::${quoted(level)}`)
    .join(', ')}]`;
const heightOf = (level: Level): number => LEVELS.indexOf(level);

interface Scope {
  readonly owners?: readonly string[] | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly fields?: readonly string[] | undefined;
  readonly exceptClasses?: readonly string[] | undefined;
  readonly exceptFields?: readonly string[] | undefined;
}

function scopeOf(scope: Scope): string[] {
  const { owners, classes, fields, exceptClasses, exceptFields } = scope;
  const named = [
    ...(classes === undefined ? [] : [`${setOf(classes)}.contains(resource.class)`]),
    ...(fields === undefined ? [] : [`${setOf(fields)}.contains(resource.id)`]),
  ];
  return [
    ...(owners === undefined ? [] : [`${setOf(owners)}.contains(resource.owner)`]),
    ...(named.length === 0 ? [] : [anyOf(named)]),
    ...(exceptClasses === undefined ? [] : [`!${setOf(exceptClasses)}.contains(resource.class)`]),
    ...(exceptFields === undefined ? [] : [`!${setOf(exceptFields)}.contains(resource.id)`]),
  ];
}

const toWhom = (to: readonly string[] | undefined): string[] =>
  to === undefined ? [] : [`(${setOf(to)}.contains(principal.group) || ${setOf(to)}.contains(principal.role))`];

interface Conditional {
  readonly when?: When | undefined;
  readonly factsNoOlderThanHours?: Partial<Record<string, number>> | undefined;
}

/** For each condition: whether its fact is known, and whether it has one of the values. */
function conditionsOf(rule: Conditional, bundle: PolicyBundle): { readonly known: string; readonly holds: string }[] {
  return Object.entries(bundle.factLimits).flatMap(([fact, { staleAfterHours }]) => {
    const values: readonly unknown[] | undefined = Object.entries(rule.when ?? {}).find(([name]) => name === fact)?.[1];
    if (values === undefined) return [];
    const hours = Math.min(staleAfterHours, rule.factsNoOlderThanHours?.[fact] ?? Infinity);
    const at = `context.${fact}`;
    return [
      {
        known: `(context has ${fact} && ${at}.ageMs >= 0 && ${at}.ageMs <= ${hours * 3_600_000})`,
        holds: `${setOf(values)}.contains(${at}.value)`,
      },
    ];
  });
}

/** A grant applies only where every fact is known to be as it asks. */
const surely = (rule: Conditional, bundle: PolicyBundle): string[] =>
  conditionsOf(rule, bundle).map(({ known, holds }) => `${known} && ${holds}`);

/** A cap applies unless some fact is known to be otherwise. */
const unlessKnownOtherwise = (rule: Conditional, bundle: PolicyBundle): string[] =>
  conditionsOf(rule, bundle).map(({ known, holds }) => `!(${known} && !${holds})`);

/** In force on both of the two days that it may be in the United Kingdom, in the area of the case. */
function inForce({ inForceFrom, inForceTo, areas }: PowerText): string {
  if (inForceFrom === null) return 'false';
  const between = (from: string | null, to: string | null): string[] => [
    ...(from === null ? [] : [`context.firstDay >= ${dayNumber(from)}`]),
    ...(to === null ? [] : [`context.lastDay <= ${dayNumber(to)}`]),
  ];
  const inAreas = areas?.map(({ area, from, to }) =>
    allOf([`context has area && context.area == ${quoted(area)}`, ...between(from, to)]),
  );
  return allOf([
    ...between(inForceFrom === 'not-recorded' ? null : inForceFrom, inForceTo),
    ...(inAreas === undefined ? [] : [anyOf(inAreas)]),
  ]);
}

function carriedBy(grant: GrantText, bundle: PolicyBundle): string {
  const powers = grant.powers.flatMap((code) => bundle.powers.get(code) ?? []).filter(({ standsAlone }) => standsAlone);
  return anyOf(
    powers.map((power) =>
      allOf([
        inForce(power),
        ...(power.owners === undefined ? [] : [`${setOf(power.owners)}.contains(resource.owner)`]),
        ...(power.requesters === undefined ? [] : [`${setOf(power.requesters)}.contains(principal.group)`]),
        ...(power.exceptClasses === undefined ? [] : [`!${setOf(power.exceptClasses)}.contains(resource.class)`]),
      ]),
    ),
  );
}

function declared(obligations: Obligations | undefined): string {
  const kinds = OBLIGATION_KINDS.filter((kind) => {
    const asked = obligations?.[kind];
    return asked !== undefined && asked !== false && !(Array.isArray(asked) && asked.length === 0);
  });
  return kinds.length === 0 ? 'true' : `context.canFulfil.containsAll(${setOf(kinds)})`;
}

function grantPolicy(purpose: Purpose, agreement: Agreement, grant: GrantText, bundle: PolicyBundle): string {
  const standing = bundle.standingObligations.map(
    (rule) => `(!(${allOf(scopeOf(rule))}) || ${declared(rule.obligations)})`,
  );
  const conditions = [
    `context.purpose == ${quoted(purpose)}`,
    ...toWhom(grant.to),
    ...scopeOf(grant),
    ...surely(grant, bundle),
    carriedBy(grant, bundle),
    declared(agreement.obligations),
    declared(grant.obligations),
    ...standing,
  ];
  return `permit(principal, ${actions(1, heightOf(grant.level))}, resource) when { ${allOf(conditions)} };`;
}

function capPolicy(cap: CapText | GuardCapText, purposes: string[], bundle: PolicyBundle): string {
  const conditions = [...purposes, ...toWhom(cap.to), ...scopeOf(cap), ...unlessKnownOtherwise(cap, bundle)];
  const above = actions(heightOf(cap.atMost) + 1, heightOf('full'));
  return `forbid(principal, ${above}, resource) when { ${allOf(conditions)} };`;
}

function guardPurposes({ purposes, exceptPurposes }: GuardCapText): string[] {
  return [
    ...(purposes === undefined ? [] : [`${setOf(purposes)}.contains(context.purpose)`]),
    ...(exceptPurposes === undefined ? [] : [`!${setOf(exceptPurposes)}.contains(context.purpose)`]),
  ];
}

/** What holds whatever agreements say. */
function standingPolicies(bundle: PolicyBundle): [string, string][] {
  const roles = [...bundle.roles].map(
    ([role, { groups }]) => `(principal.role == ${quoted(role)} && ${setOf(groups)}.contains(principal.group))`,
  );
  const claims = [...bundle.purposes].map(
    ([purpose, { claimants }]) =>
      `(context.purpose == ${quoted(purpose)} && ${setOf(claimants)}.contains(principal.role))`,
  );
  return [
    ['holdfast-role-of-the-group', `forbid(principal, action, resource) unless { ${anyOf(roles)} };`],
    ['holdfast-role-may-claim', `forbid(principal, action, resource) unless { ${anyOf(claims)} };`],
    ['holdfast-own-records', 'forbid(principal, action, resource) when { principal.group == resource.owner };'],
    ['holdfast-no-match', 'forbid(principal, action, resource) when { context.confidence == "none" };'],
    [
      'holdfast-uncertain-match',
      `forbid(principal, ${actions(2, 4)}, resource) when { context.confidence == "probable" };`,
    ],
  ];
}

/** Whether a rule is addressed to anybody of a group. */
const concerns = (
  bundle: PolicyBundle,
  { to }: { readonly to?: readonly string[] | undefined },
  group: RequesterGroup,
) => to === undefined || to.some((word) => word === group || bundle.roles.get(word)?.groups.includes(group) === true);

/**
 * The agreements as Cedar policies, by the id of their rule. With a purpose and a group, those alone that can bear on
 * requests of that group for that purpose.
 */
export function cedarPolicies(
  bundle: PolicyBundle,
  only?: { readonly purpose: Purpose; readonly group: RequesterGroup },
): Readonly<Record<string, string>> {
  const policies: [string, string][] = [...standingPolicies(bundle)];
  const bears = (rule: { readonly to?: readonly string[] | undefined }) =>
    only === undefined || concerns(bundle, rule, only.group);
  for (const [purpose, agreement] of bundle.agreements) {
    if (only !== undefined && purpose !== only.purpose) continue;
    for (const grant of agreement.grants.filter(bears)) {
      policies.push([grant.id, grantPolicy(purpose, agreement, grant, bundle)]);
    }
    for (const cap of agreement.caps.filter(bears)) {
      policies.push([cap.id, capPolicy(cap, [`context.purpose == ${quoted(purpose)}`], bundle)]);
    }
  }
  for (const cap of bundle.guardCaps.filter(bears)) policies.push([cap.id, capPolicy(cap, guardPurposes(cap), bundle)]);
  return Object.fromEntries(policies);
}
