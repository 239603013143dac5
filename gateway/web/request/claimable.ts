import { mayClaim, type PolicyBundle } from '../../../policies/engine/index.ts';
import type { Agency, Case } from '../../../schemas/case.ts';
import type { Purpose, Role } from '../../../schemas/names.ts';
import type { StaffMember } from '../../access/staff/staff-member.ts';
import { policyRequestOf } from '../../disclosure/admit.ts';
import { CONTACT_PURPOSE, type Asked } from '../../disclosure/question.ts';
import { isOnTeam } from '../cases/case-page.ts';
import { canFulfilFor } from './can-fulfil.ts';

/** A purpose that this person may claim on this case now, and in which of her roles. */
export interface Claimable {
  readonly purpose: Purpose;
  readonly role: Role;
  readonly label: string;
  /** The fact of the case that the claim rests on, in a sentence. */
  readonly why: string;
}

/** Break-glass and review have pages of their own. */
const ELSEWHERE: ReadonlySet<Purpose> = new Set(['EMERG', 'IGREV']);

/**
 * The purposes to choose from, engagement first. One is offered only where everything that its claim rests on may be
 * known to this person: that "child-protection enquiry" is on the list today would tell that one is open (P6).
 */
export function claimablePurposes(
  bundle: PolicyBundle,
  kase: Case,
  asker: { readonly agency: Agency; readonly staff: StaffMember },
  now: Date,
): readonly Claimable[] {
  const offered = [...bundle.purposes].flatMap(([purpose, terms]) => {
    if (ELSEWHERE.has(purpose)) return [];
    if (purpose === CONTACT_PURPOSE && !isOnTeam(kase, asker.staff.staffId)) return [];
    const role = asker.staff.roles.find((each) => terms.claimants.includes(each));
    if (role === undefined || !mayKnowGround(terms, asker.agency)) return [];
    const asked = askedFor(kase, { purpose, role, staffId: asker.staff.staffId }, now);
    const request = policyRequestOf(bundle, { caller: callerFor(asker.agency, asked), asked, now }, kase);
    return mayClaim(bundle, request).ok ? [{ purpose, role, label: terms.label, why: terms.claim.why }] : [];
  });
  return offered.sort((a, b) => Number(b.purpose === CONTACT_PURPOSE) - Number(a.purpose === CONTACT_PURPOSE));
}

type Terms = NonNullable<ReturnType<PolicyBundle['purposes']['get']>>;

/** Whether this group may know of every fact that the claim rests on. */
export function mayKnowGround({ claim, askerMayKnow }: Terms, { group }: Agency): boolean {
  return groundsOf(claim).every((fact) => {
    const told = Object.entries(askerMayKnow).find(([name]) => name === fact)?.[1];
    return told === 'all' || told?.includes(group) === true;
  });
}

const groundsOf = ({ when }: Terms['claim']): readonly string[] => Object.keys(when ?? {});

/** A question of a page before its reason is known: enough for policy to say whether it may be asked. */
export function askedFor(
  { caseRef }: Pick<Case, 'caseRef'>,
  claim: { readonly purpose: Purpose; readonly role: Role; readonly staffId: string },
  now: Date,
): Asked {
  return {
    route: claim.purpose === CONTACT_PURPOSE ? 'contact-request' : 'disclosure',
    requestId: '',
    sentAt: now.toISOString(),
    staff: { id: claim.staffId, role: claim.role },
    purpose: claim.purpose,
    caseRef,
    reason: '',
    wanted: 'all',
    canFulfil: canFulfilFor(claim.purpose),
  };
}

/** The pages are one client of the gateway, whoever's staff sit before them. */
export const PAGES_CLIENT = 'holdfast-pages';

/** Who asks, as the pipeline knows callers. `session` names the session. */
export const callerFor = (agency: Agency, { purpose, caseRef }: Pick<Asked, 'purpose' | 'caseRef'>, session = '') => ({
  agency,
  clientId: PAGES_CLIENT,
  session,
  claim: { purpose, caseRef },
});
