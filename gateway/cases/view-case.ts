import type { Case } from '../../schemas/case.ts';
import type { CaseActor, CategoryDecision, Referral } from '../../schemas/case-history.ts';
import type { SafetyStep } from '../../schemas/case-safety.ts';
import type { ContactKind, OtherOwner } from '../../schemas/contact-point.ts';
import type { AgencyId, CaseRef, IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { CaseWorkRegister, FindCaseFault } from '../ports/case-register.ts';
import { rowOf, type CaseRow } from './caseload.ts';
import { dayOf } from './days.ts';
import { mayKnow } from './may-change.ts';
import { victimAnswers, type VictimAnswer } from './victim-answers.ts';

/**
 * A case as one person may see it, built up from what is hers and never cut down from the whole. That anybody is
 * protected is a third party's (class TP, TL) and denied to the council for every purpose: neither worker nor panel is
 * told of a protected contact point or of a block on a single one. That everything is stopped she has to know.
 */
export interface CaseView extends CaseRow {
  readonly leadAgency: AgencyId;
  readonly agencies: readonly AgencyId[];
  readonly team: readonly string[];
  readonly openedOn: IsoDate;
  readonly maracReference: string;
  /** Victim services have stopped all contact. */
  readonly isContactStopped: boolean;
  /** Whom the case is about. Not for victim services, who are given what policy gives them by a question. */
  readonly subject?: Person;
  readonly referrals?: readonly Referral[];
  readonly decisions?: readonly CategoryDecision[];
  /** For victim services alone. */
  readonly safety?: SafetyView;
}

/** What victim services set, without a value: the register has none. */
export interface SafetyView {
  /** What victim services did, the latest first. */
  readonly steps: readonly SafetyStep[];
  /** Attempts at which the victim answered, or may have, the latest first. */
  readonly answers: readonly VictimAnswer[];
  readonly blocks: readonly {
    /** Absent in one that was loaded before blocks had ids: it cannot be lifted by a page. */
    readonly blockId?: string;
    readonly since: IsoDate;
    /** Absent where it stops everything. */
    readonly contactKind?: ContactKind;
    /** Who set it, when and why; absent where it was not set in a page. */
    readonly step?: SafetyStep;
  }[];
  readonly protectedContacts: readonly { readonly kind: ContactKind; readonly whose: OtherOwner }[];
}

/** Opens a case for somebody, or answers `not-found` for every case that is not hers (P6). */
export async function viewCase(
  deps: { readonly cases: CaseWorkRegister; readonly now: () => Date },
  actor: CaseActor,
  caseRef: CaseRef,
): Promise<Result<CaseView, FindCaseFault>> {
  const file = await deps.cases.open(caseRef, actor.agency);
  if (!file.ok) return file;
  const { kase } = file.value;
  if (!mayKnow(kase, actor)) return err('not-found');
  const row = rowOf(file.value, dayOf(deps.now().toISOString()));
  return ok(isVictimServices(actor) ? forVictimServices(kase, row) : forTeam(kase, row, actor));
}

const isVictimServices = ({ group }: CaseActor): boolean => group === 'victim-services';

function common(kase: Case) {
  const { leadAgency, agencies, team, openedOn, maracReference } = kase;
  const isContactStopped = (kase.safetyBlocks ?? []).some(({ sealedContact }) => sealedContact === undefined);
  return { leadAgency, agencies, team, openedOn, maracReference, isContactStopped };
}

/** The lead agency works with him; another agency of the case is told whom it is about and how it stands. */
function forTeam(kase: Case, row: CaseRow, { agency }: CaseActor): CaseView {
  if (agency !== kase.leadAgency) return { ...withoutAttempts(row), ...common(kase) };
  const { subject, referrals, decisions } = kase;
  return {
    ...row,
    ...common(kase),
    subject,
    ...(referrals === undefined ? {} : { referrals }),
    ...(decisions === undefined ? {} : { decisions }),
  };
}

function forVictimServices(kase: Case, row: CaseRow): CaseView {
  const { name: _his, ...rest } = withoutAttempts(row);
  return { ...rest, ...common(kase), safety: safetyOf(kase) };
}

/** How often he was rung and with what success is between him and his worker. */
function withoutAttempts(row: CaseRow): CaseRow {
  const { lastAttempt: _attempt, lastReachedOn: _reached, daysToFirstUsable: _days, ...rest } = row;
  return rest;
}

/** For victim services alone. Without a value: the register has none. */
export function safetyOf(kase: Case): SafetyView {
  const { safetyBlocks = [], protectedContacts, safetySteps = [] } = kase;
  const blocks = safetyBlocks.map(({ blockId, since, sealedContact }) => ({
    since,
    ...(blockId === undefined ? {} : { blockId }),
    ...(sealedContact === undefined ? {} : { contactKind: sealedContact.kind }),
    ...stepOf(safetySteps, blockId),
  }));
  const seen = new Set<string>();
  return {
    // A block on a flat lies under two seals, and is one block.
    blocks: blocks.filter(({ blockId }) => {
      if (blockId === undefined) return true;
      const isFirst = !seen.has(blockId);
      seen.add(blockId);
      return isFirst;
    }),
    // The building of a flat is kept beside the flat, and is no contact point of its own.
    protectedContacts: protectedContacts
      .filter(({ ofFlat }) => ofFlat !== true)
      .map(({ kind, whose }) => ({ kind, whose })),
    steps: [...safetySteps].reverse(),
    answers: victimAnswers(kase),
  };
}

function stepOf(steps: readonly SafetyStep[], blockId: string | undefined): { readonly step?: SafetyStep } {
  const step = blockId === undefined ? undefined : steps.find(({ stepId }) => stepId === blockId);
  return step === undefined ? {} : { step };
}
