import type { OBLIGATION_KINDS } from '../../../schemas/decision.ts';

/**
 * The obligations that our own pages fulfil; what carries another comes at a lower level.
 * - `retainMonths`: a page keeps an answer for ten minutes and has no way to save one.
 * - `onward`: it shows an answer to the person who asked, says that it goes no further, and has no export.
 * - `notifyOwner`: every release is in the ledger that each owner's reviewers read.
 * - `show`: the date and source of each value stand beside it, and whether it is fact or opinion.
 * - `loneWorkingCheck`: the check stands on the answer before the first contact.
 *
 * Not `undertaking`, which wants a signature, nor `reviewWithinHours` and `expiresAfterHours`, which belong to
 * break-glass.
 */
export const PAGES_CAN_FULFIL = [
  'retainMonths',
  'onward',
  'notifyOwner',
  'show',
  'loneWorkingCheck',
] as const satisfies readonly (typeof OBLIGATION_KINDS)[number][];
