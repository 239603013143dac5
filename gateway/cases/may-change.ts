import type { Case } from '../../schemas/case.ts';
import type { CaseChangeKind } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { RequesterGroup, Role } from '../../schemas/names.ts';

/** Who may do what to a case, as data; who is not named may not (P2). */

interface Entitled {
  readonly role: Role;
  readonly group: RequesterGroup;
  /** What ties her to the case beside her agency being on it. */
  readonly tie: 'lead-agency' | 'case-team' | 'agency';
}

const COORDINATOR: Entitled = { role: 'dai.dapg_coordinator', group: 'council', tie: 'lead-agency' };
const CHAIR: Entitled = { role: 'dai.dapg_chair', group: 'council', tie: 'lead-agency' };
const WORKER: Entitled = { role: 'dai.daiw', group: 'council', tie: 'case-team' };
const VICTIM_SERVICES: Entitled = { role: 'vic.idva', group: 'victim-services', tie: 'agency' };
const POLICE: Entitled = { role: 'pol.da_officer', group: 'police', tie: 'agency' };
const MARAC = (['police', 'council'] as const).map((group): Entitled => ({
  role: 'marac.coordinator',
  group,
  tie: 'agency',
}));
const PANEL = [COORDINATOR, CHAIR];

const ENTITLED: Readonly<Record<CaseChangeKind, readonly Entitled[]>> = {
  'change-category': PANEL,
  review: PANEL,
  allocate: PANEL,
  'set-team': PANEL,
  'set-lead-agency': PANEL,
  'set-agencies': PANEL,
  'refer-again': [...PANEL, ...MARAC],
  'record-police-check': [...PANEL, POLICE],
  'record-attempt': [WORKER],
  'open-break-glass': [WORKER, ...PANEL],
  'close-break-glass': [WORKER, ...PANEL],
  'judge-record': [WORKER, ...PANEL],
  // What keeps somebody safe is theirs to say and theirs alone to take back.
  'set-safety-block': [VICTIM_SERVICES],
  'lift-safety-block': [VICTIM_SERVICES],
  'protect-contact': [VICTIM_SERVICES],
  'unprotect-contact': [VICTIM_SERVICES],
  'acknowledge-answer': [VICTIM_SERVICES],
  'raise-contact-gap': [WORKER, ...PANEL],
  'answer-contact-gap': [WORKER, ...PANEL],
};

/** Whether this person may make this kind of change to this case, of which her agency was found to be one. */
export function mayChange(kase: Case, actor: CaseActor, kind: CaseChangeKind): boolean {
  return ENTITLED[kind].some(
    ({ role, group, tie }) => role === actor.role && group === actor.group && isTied(kase, actor, tie),
  );
}

/**
 * Whether she may know that the case is there: a worker only where she is on its team, the panel where it leads. To
 * anybody else it looks like no case at all (P6).
 */
export function mayKnow(kase: Case, actor: CaseActor): boolean {
  if (!kase.agencies.includes(actor.agency)) return false;
  const all = Object.values(ENTITLED).flat();
  return all.some(({ role, group, tie }) => role === actor.role && group === actor.group && isTied(kase, actor, tie));
}

/** Whoever may open cases from referrals. */
export function mayOpenCases(actor: CaseActor): boolean {
  return PANEL.some(({ role, group }) => role === actor.role && group === actor.group);
}

/** Staff ids are an agency's own: the same id at another agency is somebody else. Workers are the lead agency's. */
function isTied(kase: Case, { agency, staffId }: CaseActor, tie: Entitled['tie']): boolean {
  switch (tie) {
    case 'agency':
      return kase.agencies.includes(agency);
    case 'lead-agency':
      return kase.leadAgency === agency;
    case 'case-team':
      return kase.leadAgency === agency && (kase.allocatedTo === staffId || kase.team.includes(staffId));
  }
}
