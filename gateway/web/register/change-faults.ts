import type { ChangeCaseFault } from '../../cases/change-case.ts';
import type { FieldError } from './fields.ts';
import { REFUSAL_WORDS } from './moves.ts';

/** What the register refuses, in a sentence that says what to do, beside the field it belongs to. */

export const CHANGED_MEANWHILE =
  'Somebody changed this case after you opened it. What you typed is still here: look at what the case says now, then check it again';

const at = (field: string, text: string): FieldError => ({ field, text });

/** Undefined where the page itself is refused or is not available just now. */
export function errorOf(fault: ChangeCaseFault): FieldError | undefined {
  switch (fault) {
    case 'not-found':
    case 'may-not':
    case 'register-unavailable':
    case 'case-unreadable':
    case 'log-unavailable':
      return undefined;
    case 'changed-meanwhile':
      return at('', CHANGED_MEANWHILE);
    case 'category-not-allowed':
    case 'closure-rule-missing':
      return at('to', 'The case cannot take this state now. Select another');
    case 'police-not-asked':
    case 'abuse-reported':
    case 'referred-to-marac':
    case 'chair-decides':
      return at('to', REFUSAL_WORDS[fault]);
    case 'case-closed':
      return at('', 'This case was closed, so nothing else is recorded on it. A further MARAC referral opens it again');
    case 'date-not-possible':
      return at('referredOn', 'The day must not be in the future');
    case 'marac-reference-known':
      return at('maracReference', 'The case has this MARAC reference already. Enter that of the further referral');
    case 'agency-not-on-case':
      return at('agency', 'The agency that leads the case is always one of its agencies');
    case 'case-full':
      return at('', 'This case holds as many of these as it may. Tell your service desk');
    default:
      return at('', 'This could not be recorded on this case. Tell your service desk');
  }
}
