import type { Case } from '../../schemas/case.ts';
import type { CaseChange, CaseChangeKind } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { CaseRef, IsoInstant } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Seal } from '../contacts/seal.ts';
import type { AccessLog } from '../ports/access-log.ts';
import type { CaseFile, CaseWorkRegister, FindCaseFault } from '../ports/case-register.ts';
import { breakGlassEntry, closedByCaseEntries } from './break-glass.ts';
import { applyChange, type Changed, type ChangeRefusal } from './apply-change.ts';
import { mayChange, mayKnow } from './may-change.ts';

/**
 * Makes one change to a case: may she, does it follow the rules, is it in the log, then stored. The pages, the API and
 * the commands call this one function.
 */

export interface ChangeCaseDeps {
  readonly cases: CaseWorkRegister;
  readonly log: AccessLog;
  /** The key's function that sealed the register's contact points. */
  readonly seal: Seal;
  /** Keyed pseudonym of a case's subject. */
  readonly pseudonymOf: (kase: Case) => string;
  readonly now: () => Date;
}

/**
 * - `not-found`: no such case, or none of hers; nobody can tell which (P6).
 * - `may-not`: she knows the case, and this is not hers to do.
 * - `changed-meanwhile`: the case was stored since she read it; show it to her again.
 * - `log-unavailable`: nothing is known to be recorded, so nothing was changed (P1).
 */
export type ChangeCaseFault = FindCaseFault | 'may-not' | 'changed-meanwhile' | 'log-unavailable' | ChangeRefusal;

export interface AskedChange {
  readonly caseRef: CaseRef;
  readonly change: CaseChange;
  /** The revision that she was shown. Only what adds and overwrites nothing can do without, see `ADDS_ONLY`. */
  readonly revision?: number;
  /** Names the session in which it is done, where a person does it in a page. */
  readonly session?: string;
}

/** Whatever was decided meanwhile, these stand beside it: a block must not wait for somebody to read a page again. */
const ADDS_ONLY: ReadonlySet<CaseChangeKind> = new Set<CaseChangeKind>([
  'record-attempt',
  'record-police-check',
  'judge-record',
  'set-safety-block',
  'lift-safety-block',
  'protect-contact',
  'unprotect-contact',
  'acknowledge-answer',
  'open-break-glass',
  'close-break-glass',
  'raise-contact-gap',
  'answer-contact-gap',
]);
const TRIES_MAX = 10;

/** @returns the case as it then is. A change that was made before (the same form sent twice) succeeds and logs nothing. */
export async function changeCase(
  deps: ChangeCaseDeps,
  actor: CaseActor,
  asked: AskedChange,
): Promise<Result<CaseFile, ChangeCaseFault>> {
  const at = deps.now().toISOString();
  let recorded = false;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const file = await deps.cases.open(asked.caseRef, actor.agency);
    if (!file.ok) return file;
    const changed = decide(deps, actor, asked, file.value, at);
    if (!changed.ok) return changed;
    if (changed.value.changes.length === 0) return file;
    // Once is enough: a second try stores the same change on a newer case.
    if (!recorded && !(await record(deps, actor, asked, { changed: changed.value, before: file.value, at })))
      return err('log-unavailable');
    recorded = true;
    const stored = await deps.cases.replace(changed.value.kase, file.value.revision);
    if (stored.ok) return ok({ kase: changed.value.kase, revision: stored.value });
    if (stored.error !== 'changed-meanwhile' || !ADDS_ONLY.has(asked.change.kind)) return stored;
  }
  return err('changed-meanwhile');
}

function decide(
  deps: ChangeCaseDeps,
  actor: CaseActor,
  { change, revision }: AskedChange,
  file: CaseFile,
  at: IsoInstant,
): Result<Changed, ChangeCaseFault> {
  if (!mayKnow(file.kase, actor)) return err('not-found');
  if (!mayChange(file.kase, actor, change.kind)) return err('may-not');
  if (revision !== file.revision && !ADDS_ONLY.has(change.kind)) return err('changed-meanwhile');
  return applyChange(file.kase, change, { by: actor, at, seal: deps.seal });
}

interface Step {
  readonly changed: Changed;
  readonly before: CaseFile;
  readonly at: IsoInstant;
}

/** True once every entry of the change is durably committed. One too many can happen, one too few cannot (P1). */
async function record(deps: ChangeCaseDeps, actor: CaseActor, asked: AskedChange, step: Step): Promise<boolean> {
  for (const entry of entriesOf(deps, actor, asked, step)) {
    const receipt = await deps.log.append(entry);
    if (!receipt.ok) return false;
  }
  return true;
}

function entriesOf(
  deps: ChangeCaseDeps,
  { agency, staffId, role }: CaseActor,
  { caseRef, change, session }: AskedChange,
  { changed, before, at }: Step,
): LogEntryBody[] {
  const about = {
    v: 1 as const,
    at,
    actor: { agency, staffId, role, ...(session === undefined ? {} : { session }) },
    caseRef,
    subject: deps.pseudonymOf(before.kase),
  };
  if (change.kind === 'record-attempt') {
    const { attemptId, contact, outcome, questionId } = change;
    const operations: ['collection'] = ['collection'];
    const asked = questionId === undefined ? {} : { questionId };
    return [
      { kind: 'attempt-recorded', ...about, operations, attemptId, contact: contact.kind, ...asked },
      { kind: 'outcome-recorded', ...about, operations, attemptId, outcome },
    ];
  }
  if (change.kind === 'judge-record' && change.says !== 'taken-back') {
    const { agency: of, says, questionId } = change;
    const asked = questionId === undefined ? {} : { questionId };
    return [
      { kind: 'records-combined', ...about, operations: ['combination'], agencies: [of], decision: says, ...asked },
    ];
  }
  if (change.kind === 'open-break-glass' || change.kind === 'close-break-glass')
    return [breakGlassEntry(change, about)];
  return [
    {
      kind: 'case-changed',
      ...about,
      operations: ['alteration'],
      changes: [...changed.changes],
      ...(changed.category === undefined ? {} : { category: changed.category }),
      ...(change.kind === 'raise-contact-gap' ? { askedOf: change.agency } : {}),
      // Of what only adds, another may store in between and take the number.
      ...(ADDS_ONLY.has(change.kind) ? {} : { revision: before.revision + 1 }),
    },
    ...closedByCaseEntries(before.kase, changed.kase, about),
  ];
}
