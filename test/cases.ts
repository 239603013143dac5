import { createHash } from 'node:crypto';
import type { Case } from '../schemas/case.ts';

/** A case about nobody. */
export const caseOf = (caseRef: string, more: Partial<Case> = {}): Case => ({
  caseRef,
  maracReference: 'MARAC-2026-11-05-3',
  category: 'contact',
  leadAgency: 'riverton-council',
  agencies: ['riverton-council', 'police'],
  allocatedTo: 'a.worker',
  team: ['b.worker'],
  facts: { facts: { marac: 'listed' }, asAt: { marac: '2026-11-05T10:00:00.000Z' } },
  subject: { names: [{ given: 'Sample', family: 'Subjectson' }], phones: ['07700 900123'] },
  protectedContacts: [
    { kind: 'phone', seal: createHash('sha256').update(caseRef).digest('base64url'), whose: 'victim' },
  ],
  openedOn: '2026-11-05',
  ...more,
});
