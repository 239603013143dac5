import type { ProblemCode } from '../../schemas/problem.ts';
import type { ListFault } from '../cases/caseload.ts';
import type { ChangeCaseFault } from '../cases/change-case.ts';
import type { OpenCaseFault } from '../cases/open-case.ts';

/** How the API says what keeps somebody from seeing or changing a case. */
export const PROBLEM_OF_CASE_WORK: Readonly<Record<ChangeCaseFault | OpenCaseFault | ListFault, ProblemCode>> = {
  'not-found': 'case-not-known',
  'register-unavailable': 'register-unavailable',
  'case-unreadable': 'register-unavailable',
  'log-unavailable': 'log-unavailable',
  'may-not': 'change-not-yours',
  'changed-meanwhile': 'case-changed',
  'case-exists': 'case-exists',
  'case-full': 'case-full',
  'case-closed': 'case-closed',
  'category-not-allowed': 'category-not-allowed',
  'closure-rule-missing': 'closure-not-allowed',
  'police-not-asked': 'closure-not-allowed',
  'abuse-reported': 'closure-not-allowed',
  'referred-to-marac': 'closure-not-allowed',
  'chair-decides': 'closure-not-allowed',
  'contact-unusable': 'contact-unusable',
  'date-not-possible': 'date-not-possible',
  'marac-reference-known': 'marac-reference-known',
  'agency-not-on-case': 'agency-not-on-case',
  'block-unknown': 'part-not-known',
  'attempt-unknown': 'part-not-known',
  'gap-unknown': 'part-not-known',
  'no-contact-gap': 'no-contact-gap',
};
