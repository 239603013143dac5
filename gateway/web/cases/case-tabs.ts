import type { CaseRef } from '../../../schemas/names.ts';

/** The parts of a case, as a sub-navigation shows them. */
export function caseTabs(caseRef: CaseRef, current: 'contact' | 'attempts' | 'who-has-looked') {
  const href = `/cases/${caseRef}`;
  return [
    { text: 'Contact', href, active: current === 'contact' },
    { text: 'Attempts', href: `${href}/attempts`, active: current === 'attempts' },
    { text: 'Who has looked', href: `${href}/who-has-looked`, active: current === 'who-has-looked' },
  ];
}
