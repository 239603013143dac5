import { covers, guards, levelNumber, rolesOf } from './assemble.ts';
import type { Agreement, BundleContent, CatalogueField } from './bundle.ts';
import { CASE_FACTS, FACT_DIMENSIONS } from './dimensions.ts';
import type { CapText, GrantText } from './language.ts';
import type { Complain } from './problem.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { Purpose, RequesterGroup } from '../../schemas/names.ts';

/**
 * What the rules of one agreement come to: a rule that does nothing is a rule whose author meant something else, and a
 * purpose whose fact no cap holds to is open to whoever gets past admission.
 */

interface Pair {
  readonly field: CatalogueField;
  readonly group: RequesterGroup;
}

/** Every requester group and field that a rule reaches, own records apart. */
export function reachOf(content: BundleContent, rule: GrantText | CapText): readonly Pair[] {
  return REQUESTER_GROUPS.filter((group) => rolesOf(rule.to, group, content) !== undefined).flatMap((group) =>
    [...content.fields.values()]
      .filter((field) => field.owner !== group && covers(rule, field))
      .map((field) => ({ field, group })),
  );
}

/** Whether a cap holds for every role of a group in every state of the case. */
const always = (cap: CapText, group: RequesterGroup, content: BundleContent): boolean =>
  cap.when === undefined && rolesOf(cap.to, group, content) === 'all';

function checkGrantEffect(
  content: BundleContent,
  caps: readonly CapText[],
  grant: GrantText,
  at: readonly PropertyKey[],
  complain: Complain,
): void {
  const reach = reachOf(content, grant);
  if (reach.length === 0) {
    const mend = 'Correct its owners, classes and fields; an agency is never given its own records.';
    if (grant.classes !== undefined || grant.fields !== undefined)
      complain(at, `grant ${grant.id} reaches nothing for anybody`, mend);
    return;
  }
  const denying = ({ field, group }: Pair) =>
    caps.find((cap) => cap.atMost === 'deny' && always(cap, group, content) && covers(cap, field));
  const first = reach[0] === undefined ? undefined : denying(reach[0]);
  if (first === undefined || !reach.every((pair) => denying(pair) !== undefined)) return;
  complain(
    at,
    `grant ${grant.id} gives nothing: ${first.id} denies it always`,
    'Remove the grant; the cap is meant to stand.',
  );
}

/** A cap binds where some grant gives more; one that never does is dead, unless it says that it stands by. */
function checkCapEffect(
  content: BundleContent,
  grants: readonly GrantText[],
  cap: CapText,
  at: readonly PropertyKey[],
  complain: Complain,
): void {
  const higher = grants.filter((grant) => levelNumber(grant.level) > levelNumber(cap.atMost));
  const binds = reachOf(content, cap).some(({ field, group }) =>
    higher.some((grant) => covers(grant, field) && rolesOf(grant.to, group, content) !== undefined),
  );
  if (!binds && cap.standBy !== true) {
    const mend = 'Lower or remove it, or say standBy: true where it is meant for grants yet to come.';
    complain(at, `cap ${cap.id} is dead: no grant gives more than ${cap.atMost} there`, mend);
  }
  if (binds && cap.standBy === true) {
    complain([...at, 'standBy'], `cap ${cap.id} says that it stands by, but it binds`, 'Remove standBy.');
  }
}

/** Whether a cap denies everything to everybody whenever a fact has one of some values. */
function deniesAllOn(cap: CapText, fact: (typeof CASE_FACTS)[number], values: readonly unknown[]): boolean {
  const limited = [cap.to, cap.owners, cap.classes, cap.fields, cap.exceptClasses, cap.exceptFields];
  const facts = CASE_FACTS.filter((each) => cap.when?.[each] !== undefined);
  const [only] = facts;
  if (cap.atMost !== 'deny' || limited.some((each) => each !== undefined) || facts.length !== 1 || only !== fact)
    return false;
  const named: readonly unknown[] = cap.when?.[fact] ?? [];
  return values.every((value) => named.includes(value));
}

/** Policy has to hold without admission in front of it: each fact of the claim has a cap for when it does not hold (P9). */
function checkClaim(content: BundleContent, purpose: Purpose, caps: readonly CapText[], complain: Complain): void {
  const when = content.purposes.get(purpose)?.claim.when ?? {};
  for (const fact of CASE_FACTS) {
    const supporting: readonly unknown[] | undefined = when[fact];
    if (supporting === undefined) continue;
    const others = FACT_DIMENSIONS[fact].values.filter((value) => !supporting.includes(value));
    if (caps.some((cap) => deniesAllOn(cap, fact, others))) continue;
    const mend = `Add a cap at deny with when: { ${fact}: [${others.map(String).join(', ')}] } and nothing else that limits it.`;
    complain(
      ['caps'],
      `${purpose} is claimed on ${fact}, but no cap denies all where ${fact} does not support it`,
      mend,
    );
  }
}

/** How long a copy may be kept and whether it may go further is said for everything that is given. */
function checkObligations(
  { obligations, grants }: Pick<Agreement, 'obligations' | 'grants'>,
  complain: Complain,
): void {
  for (const kind of ['retainMonths', 'onward'] as const) {
    if (obligations[kind] !== undefined) continue;
    grants.forEach((grant, index) => {
      if (grant.obligations?.[kind] !== undefined) return;
      complain(
        ['grants', index],
        `grant ${grant.id} does not say ${kind}`,
        `Add ${kind} to the obligations of the agreement or of the grant.`,
      );
    });
  }
}

/** Checks what the rules of an agreement come to, with the guards that hold for its purpose. */
export function checkEffect(content: BundleContent, purpose: Purpose, agreement: Agreement, complain: Complain): void {
  const caps = [...agreement.caps, ...content.guardCaps.filter((cap) => guards(cap, purpose))];
  agreement.grants.forEach((grant, index) => checkGrantEffect(content, caps, grant, ['grants', index], complain));
  agreement.caps.forEach((cap, index) => checkCapEffect(content, agreement.grants, cap, ['caps', index], complain));
  checkClaim(content, purpose, agreement.caps, complain);
  checkObligations(agreement, complain);
}
