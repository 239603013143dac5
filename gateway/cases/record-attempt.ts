import type { SealedValue } from '../../schemas/attempt.ts';
import type { Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Seal } from '../contacts/seal.ts';
import type { Changed, Decided } from './apply-change.ts';
import { dayOf } from './days.ts';
import { sealTried } from './sealed-contacts.ts';

type Attempt = Extract<CaseChange, { kind: 'record-attempt' }>;

/** The rest of what a case may hold is kept for what must never be refused: that she answered. */
export const ORDINARY_ATTEMPTS_MAX = 900;

/**
 * Puts what came of an attempt where the ranking reads it. A value at which the victim answered, or may have, is kept
 * as widely as a protected person's: for a flat its building too, so that no spelling of it comes out again (P4).
 */
export function recordAttempt(
  kase: Case,
  { attemptId, contact, outcome }: Attempt,
  { by, at, seal }: Decided,
): Result<Changed, 'contact-unusable' | 'case-full'> {
  const attempts = kase.attempts ?? [];
  if (attempts.some((each) => each.attemptId === attemptId)) return ok({ kase, changes: [] });
  const isHers = outcome === 'victim-answered-or-may-have';
  if (!isHers && attempts.length >= ORDINARY_ATTEMPTS_MAX) return err('case-full');
  const sealed = sealsOf(contact, isHers, seal);
  if (sealed.length === 0) return err('contact-unusable');
  const recorded = sealed.map((sealedContact) => ({
    sealedContact,
    outcome,
    at: dayOf(at),
    attemptId,
    by: by.staffId,
  }));
  return ok({ kase: { ...kase, attempts: [...attempts, ...recorded] }, changes: ['attempts'] });
}

/** Told in clear it is sealed now; what was sealed when it was shown is taken as it is. */
function sealsOf(contact: Attempt['contact'], isHers: boolean, seal: Seal): readonly SealedValue[] {
  const tried = 'value' in contact ? sealTried(seal, contact) : contact;
  return isHers ? tried.widely : tried.exactly;
}
