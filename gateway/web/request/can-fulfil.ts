import type { OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { Purpose } from '../../../schemas/names.ts';
import { EMERGENCY_PURPOSE } from '../../disclosure/question.ts';

/**
 * The obligations that our own pages fulfil; what carries another comes at a lower level.
 * - `retainMonths`: a page keeps an answer for ten minutes and has no way to save one.
 * - `onward`: it shows an answer to the person who asked, says that it goes no further, and has no export.
 * - `notifyOwner`: every release is in the ledger that each owner's reviewers read.
 * - `show`: the date and source of each value stand beside it, and whether it is fact or opinion.
 * - `loneWorkingCheck`: the check stands on the answer before the first contact.
 *
 * Not `undertaking`, which wants a signature.
 */
export const PAGES_CAN_FULFIL = [
  'retainMonths',
  'onward',
  'notifyOwner',
  'show',
  'loneWorkingCheck',
] as const satisfies readonly (typeof OBLIGATION_KINDS)[number][];

/**
 * The obligations that these pages fulfil for a purpose. Break-glass fulfils two more:
 * - `reviewWithinHours`: the review is opened with the declaration, before any agency is asked.
 * - `expiresAfterHours`: an answer is shown for as long as the declaration stands and no longer than ten minutes.
 *
 * The panel's own purpose fulfils `reviewWithinHours`, which there means the case: the register says when its review is
 * due, 90 days after the panel last looked, and the panel's list shows what is overdue.
 */
export function canFulfilFor(purpose: Purpose): (typeof OBLIGATION_KINDS)[number][] {
  if (purpose === EMERGENCY_PURPOSE) return [...PAGES_CAN_FULFIL, 'reviewWithinHours', 'expiresAfterHours'];
  return purpose === PANEL_PURPOSE ? [...PAGES_CAN_FULFIL, 'reviewWithinHours'] : [...PAGES_CAN_FULFIL];
}

/** Case management by the panel. */
const PANEL_PURPOSE: Purpose = 'DAPG';
