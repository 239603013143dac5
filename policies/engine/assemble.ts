import { kindsOf, uniteObligations } from './obligations.ts';
import type {
  BundleContent,
  CatalogueField,
  Condition,
  FieldRules,
  PairedCap,
  PairedGrant,
  PolicyBundle,
  Power,
  Rule,
} from './bundle.ts';
import type { CapText, GrantText, GuardCapText, PowerText, PurposeTerms, When } from './language.ts';
import { caseFactSchema } from './language.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { Level, LevelNumber } from '../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { FieldId, Purpose, RequesterGroup, Role } from '../../schemas/names.ts';
import { versionOf } from './version.ts';

const NUMBERS: Readonly<Record<Level, LevelNumber>> = { deny: 0, exists: 1, summary: 2, partial: 3, full: 4 };

/** The number of a level, 0 (deny) to 4 (full). */
export const levelNumber = (level: Level): LevelNumber => NUMBERS[level];

/** The level of a number; anything that is not a level's number is deny. */
export const levelOf = (number: number): Level => LEVELS[number] ?? 'deny';

interface Scope {
  readonly owners?: readonly RequesterGroup[] | undefined;
  readonly classes?: readonly string[] | undefined;
  readonly fields?: readonly FieldId[] | undefined;
  readonly exceptClasses?: readonly string[] | undefined;
  readonly exceptFields?: readonly FieldId[] | undefined;
}

/** Whether a rule's owners, classes and fields take in this field. */
export function covers(scope: Scope, field: CatalogueField): boolean {
  if (scope.owners !== undefined && !scope.owners.includes(field.owner)) return false;
  if (scope.exceptClasses?.includes(field.class) === true || scope.exceptFields?.includes(field.id) === true) {
    return false;
  }
  if (scope.classes === undefined && scope.fields === undefined) return true;
  return scope.classes?.includes(field.class) === true || scope.fields?.includes(field.id) === true;
}

/** Whether an owner may rely on a power to disclose this field to a requester group at some time. */
export function powerFits(power: PowerText, field: CatalogueField, group: RequesterGroup): boolean {
  return (
    (power.owners?.includes(field.owner) ?? true) &&
    (power.requesters?.includes(group) ?? true) &&
    power.exceptClasses?.includes(field.class) !== true
  );
}

/** What a rule's `to` means for one group: every role, some roles, or not this group at all. */
export function rolesOf(
  to: readonly string[] | undefined,
  group: RequesterGroup,
  content: Pick<BundleContent, 'roles'>,
): 'all' | ReadonlySet<Role> | undefined {
  if (to === undefined || to.includes(group)) return 'all';
  const named = to.filter((word) => content.roles.get(word)?.groups.includes(group) === true);
  return named.length > 0 ? new Set(named) : undefined;
}

/** Whether a guard holds for a purpose. */
export function guards(cap: GuardCapText, purpose: Purpose): boolean {
  if (cap.exceptPurposes?.includes(purpose) === true) return false;
  return cap.purposes?.includes(purpose) ?? true;
}

/** A rule's conditions with the age limit of each fact: the rule's own where it is tighter than the bundle's. */
export function conditionsOf(
  rule: {
    readonly when?: When | undefined;
    readonly factsNoOlderThanHours?: Partial<Record<string, number>> | undefined;
  },
  content: Pick<BundleContent, 'factLimits'>,
): readonly Condition[] {
  const conditions: Condition[] = [];
  for (const fact of caseFactSchema.options) {
    const values = rule.when?.[fact];
    if (values === undefined) continue;
    const bundleHours = content.factLimits[fact].staleAfterHours;
    const hours = Math.min(bundleHours, rule.factsNoOlderThanHours?.[fact] ?? bundleHours);
    conditions.push({ fact, values, maxAgeMs: hours * 3_600_000 });
  }
  return conditions;
}

function isHidden(rule: Rule, terms: PurposeTerms, group: RequesterGroup): boolean {
  return rule.conditions.some(({ fact }) => {
    const told = terms.askerMayKnow[fact];
    return told !== 'all' && told?.includes(group) !== true;
  });
}

interface Numbered<T> {
  readonly text: T;
  readonly rule: Rule;
}

/** Lays out one purpose for one requester group: which rules bear on which field. */
function layOut(
  content: BundleContent,
  terms: PurposeTerms,
  group: RequesterGroup,
  grants: readonly (Numbered<GrantText> & { readonly obligations: GrantText['obligations'] })[],
  caps: readonly Numbered<CapText>[],
): ReadonlyMap<FieldId, FieldRules> {
  const byField = new Map<FieldId, FieldRules>();
  for (const field of content.fields.values()) {
    const standing = content.standingObligations.filter((rule) => covers(rule, field)).map((rule) => rule.obligations);
    const pairedGrants: PairedGrant[] = [];
    for (const { text, rule, obligations } of grants) {
      const roles = covers(text, field) ? rolesOf(text.to, group, content) : undefined;
      if (roles === undefined) continue;
      const carried = uniteObligations([obligations ?? {}, text.obligations ?? {}, ...standing]);
      pairedGrants.push({
        kind: 'grant',
        rule,
        level: levelNumber(text.level),
        roles: roles === 'all' ? undefined : roles,
        hidden: isHidden(rule, terms, group),
        powers: usablePowers(content, text, field, group),
        obligations: carried,
        asks: kindsOf(carried),
      });
    }
    const pairedCaps: PairedCap[] = [];
    for (const { text, rule } of caps) {
      const roles = covers(text, field) ? rolesOf(text.to, group, content) : undefined;
      if (roles === undefined) continue;
      pairedCaps.push({
        kind: 'cap',
        rule,
        level: levelNumber(text.atMost),
        roles: roles === 'all' ? undefined : roles,
        hidden: isHidden(rule, terms, group),
      });
    }
    const hidden = [...pairedGrants, ...pairedCaps].some((paired) => paired.hidden);
    byField.set(field.id, { grants: pairedGrants, caps: pairedCaps, hidden });
  }
  return byField;
}

/** The powers of a grant that this owner and this requester can use for the field. */
function usablePowers(
  content: BundleContent,
  text: GrantText,
  field: CatalogueField,
  group: RequesterGroup,
): readonly Power[] {
  return text.powers.flatMap((code) => {
    const power = content.powers.get(code);
    return power !== undefined && powerFits(power, field, group) ? [{ code, ...power }] : [];
  });
}

/** Owners of the fields on which some rule waits for their owner's approval. */
function ownersToApprove(content: BundleContent): PolicyBundle['ownersToApprove'] {
  const agreements = [...content.agreements.values()].flatMap(({ grants, caps }) => [...grants, ...caps]);
  const waiting = [...agreements, ...content.guardCaps].filter(({ when }) => when?.ownerApproval !== undefined);
  const fields = [...content.fields.values()].filter((field) => waiting.some((rule) => covers(rule, field)));
  return new Set(fields.map(({ owner }) => owner));
}

/**
 * Lays checked content out for deciding: rules by purpose, group and field, in order of their ids, so that neither
 * the order of files nor that of rules within one can change an answer or the words of it.
 */
export function assembleBundle(content: BundleContent): PolicyBundle {
  let ruleCount = 0;
  const numbered = <T extends GrantText | CapText>(text: T, sentence: string): Numbered<T> => ({
    text,
    rule: { id: text.id, number: ruleCount++, conditions: conditionsOf(text, content), sentence },
  });
  const byId = (a: { text: { id: string } }, b: { text: { id: string } }) => (a.text.id < b.text.id ? -1 : 1);
  const guardCaps = content.guardCaps.map((text) => numbered(text, text.why));
  const rulesFor = new Map<Purpose, ReadonlyMap<RequesterGroup, ReadonlyMap<FieldId, FieldRules>>>();
  for (const [purpose, terms] of content.purposes) {
    const agreement = content.agreements.get(purpose);
    const grants = (agreement?.grants ?? [])
      .map((text) => ({ ...numbered(text, text.necessity), obligations: agreement?.obligations }))
      .sort(byId);
    const caps = [
      ...(agreement?.caps ?? []).map((text) => numbered(text, text.why)),
      ...guardCaps.filter((cap) => guards(cap.text, purpose)),
    ].sort(byId);
    rulesFor.set(
      purpose,
      new Map(REQUESTER_GROUPS.map((group) => [group, layOut(content, terms, group, grants, caps)])),
    );
  }
  const claims = new Map(
    [...content.purposes].map(([purpose, terms]) => [purpose, conditionsOf(terms.claim, content)]),
  );
  return {
    ...content,
    version: versionOf(content),
    claims,
    ruleCount,
    rulesFor,
    ownersToApprove: ownersToApprove(content),
  };
}
