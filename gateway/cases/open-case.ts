import type { Case } from '../../schemas/case.ts';
import type { NewCaseReferral } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { AgencyId, CaseRef, IsoInstant } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { CaseFile } from '../ports/case-register.ts';
import type { ChangeCaseDeps } from './change-case.ts';
import { dayOf } from './days.ts';
import { mayOpenCases } from './may-change.ts';

/** A case begins with a MARAC referral that meets one of the three criteria, and in no other way. */

export interface AskedCase extends NewCaseReferral {
  readonly caseRef: CaseRef;
  readonly subject: Person;
  /** Whose staff may claim a purpose on it; the actor's own agency leads, and is always one. */
  readonly agencies: readonly AgencyId[];
}

/** `case-exists`: there is a case with this reference, perhaps another agency's; choose another reference. */
export type OpenCaseFault =
  'may-not' | 'date-not-possible' | 'case-exists' | 'log-unavailable' | 'register-unavailable';

/** The case as it begins: nobody's yet, and without a category until the panel decides (policy gives it next to nothing). */
export function caseFromReferral(asked: AskedCase, by: CaseActor, at: IsoInstant): Result<Case, 'date-not-possible'> {
  const { caseRef, maracReference, criterion, referredOn, maracMeetingOn, subject } = asked;
  if (referredOn > dayOf(at)) return err('date-not-possible');
  return ok({
    caseRef,
    maracReference,
    ...(maracMeetingOn === undefined ? {} : { maracMeetingOn }),
    category: 'none',
    leadAgency: by.agency,
    agencies: [...new Set([by.agency, ...asked.agencies])],
    team: [],
    facts: {
      facts: { category: 'none', marac: maracMeetingOn === undefined ? 'referred' : 'listed' },
      asAt: { category: at, marac: at },
    },
    subject,
    protectedContacts: [],
    openedOn: dayOf(at),
    referrals: [{ maracReference, criterion, referredOn, by, at }],
  });
}

/** Whose doing the log says it is: hers, or the operator's, who ran a command on her list. */
export type EnteredBy = 'actor' | 'operator';

/** Opens a case: its entry first, then the case. One of its own that is there already is left alone. */
export async function openCase(
  deps: ChangeCaseDeps,
  actor: CaseActor,
  asked: AskedCase,
  enteredBy: EnteredBy = 'actor',
): Promise<Result<CaseFile, OpenCaseFault>> {
  if (!mayOpenCases(actor)) return err('may-not');
  const at = deps.now().toISOString();
  const kase = caseFromReferral(asked, actor, at);
  if (!kase.ok) return kase;
  const { agency, staffId, role } = actor;
  const there = await deps.cases.open(asked.caseRef, agency);
  if (there.ok || there.error !== 'not-found')
    return err(!there.ok && there.error === 'register-unavailable' ? there.error : 'case-exists');
  const receipt = await deps.log.append({
    kind: 'case-changed',
    v: 1,
    at,
    operations: ['collection'],
    actor: enteredBy === 'operator' ? 'operator' : { agency, staffId, role },
    caseRef: asked.caseRef,
    subject: deps.pseudonymOf(kase.value),
    changes: ['opened'],
    revision: 1,
  });
  if (!receipt.ok) return err('log-unavailable');
  const stored = await deps.cases.replace(kase.value, 0);
  if (stored.ok) return ok({ kase: kase.value, revision: stored.value });
  return err(stored.error === 'changed-meanwhile' ? 'case-exists' : stored.error);
}
