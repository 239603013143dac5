import type { Category } from '../../schemas/case.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { AgencyId, CaseRef } from '../../schemas/names.ts';
import { ok, type Result } from '../../schemas/result.ts';
import type { CaseFile, CaseWorkRegister } from '../ports/case-register.ts';
import { mayKnow } from './may-change.ts';
import { isUnacknowledged, victimAnswers, type VictimAnswer } from './victim-answers.ts';
import { safetyOf } from './view-case.ts';

/** The cases in which a victim service is an agency, as its staff may see them: no name, no value. */

export interface SafetyRow {
  readonly caseRef: CaseRef;
  readonly maracReference: string;
  readonly category: Category;
  /** All contact is stopped. */
  readonly isStopped: boolean;
  /** How many blocks stand on single contact points, and how many contact points are protected. */
  readonly blocks: number;
  readonly protectedContacts: number;
}

export interface UnreadAnswers {
  readonly caseRef: CaseRef;
  readonly leadAgency: AgencyId;
  readonly answers: readonly VictimAnswer[];
}

export interface SafetyList {
  /** Cases with something still to be read, of all pages. */
  readonly unread: readonly UnreadAnswers[];
  readonly rows: readonly SafetyRow[];
  /** Cases that belong here and cannot be opened. */
  readonly unreadable: readonly CaseRef[];
  readonly next?: string;
}

const UNREAD_MAX = 200;

/** What is unread is looked up by itself: it must not wait on the last page of a long list. */
export async function listForVictimServices(
  cases: Pick<CaseWorkRegister, 'listShared'>,
  actor: CaseActor,
  page: { readonly limit: number; readonly after?: string },
): Promise<Result<SafetyList, 'register-unavailable'>> {
  const { agency } = actor;
  const [unread, open] = await Promise.all([
    cases.listShared({ agency, of: 'unacknowledged', limit: UNREAD_MAX }),
    cases.listShared({ agency, of: 'open', ...page }),
  ]);
  if (!unread.ok) return unread;
  if (!open.ok) return open;
  const hers = ({ kase }: CaseFile): boolean => mayKnow(kase, actor);
  const { next } = open.value;
  return ok({
    unread: unread.value.files.filter(hers).map(unreadOf),
    rows: open.value.files.filter(hers).map(rowOf),
    unreadable: [...new Set([...unread.value.unreadable, ...open.value.unreadable])],
    ...(next === undefined ? {} : { next }),
  });
}

function unreadOf({ kase }: CaseFile): UnreadAnswers {
  const { caseRef, leadAgency } = kase;
  return { caseRef, leadAgency, answers: victimAnswers(kase).filter(isUnacknowledged) };
}

function rowOf({ kase }: CaseFile): SafetyRow {
  const { caseRef, maracReference, category } = kase;
  const { blocks, protectedContacts } = safetyOf(kase);
  const single = blocks.filter(({ contactKind }) => contactKind !== undefined);
  return {
    ...{ caseRef, maracReference, category },
    isStopped: single.length < blocks.length,
    blocks: single.length,
    protectedContacts: protectedContacts.length,
  };
}
