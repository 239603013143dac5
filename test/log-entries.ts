import { createHash } from 'node:crypto';
import type { LogEntryBody } from '../schemas/entry.ts';

/** Entries as the pipeline writes them, about nobody. */

const digest = (text: string) => createHash('sha256').update(text).digest('base64url');
const uuid = (n: number) => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const question = (n: number) => ({
  v: 1 as const,
  at: '2026-11-20T09:30:00.000Z',
  regime: 'uk-gdpr' as const,
  questionId: uuid(n),
  route: 'contact-request' as const,
  requester: {
    agency: 'riverton-council',
    clientId: 'riverton-council-cases',
    certificate: digest('certificate'),
    staffId: 'a.worker',
    role: 'dai.daiw',
  },
  purpose: 'ENGAGE',
  caseRef: 'DAPG-2026-0042',
  subject: digest('subject'),
  policyVersion: 'v1.0.0',
});

export const consulted = (n: number): Extract<LogEntryBody, { kind: 'question-consulted' }> => ({
  kind: 'question-consulted',
  ...question(n),
  operations: ['consultation'],
  reasonDigest: digest(`reason ${n}`),
});

/** About as long as a real one: five agencies, a dozen fields. */
export const disclosed = (n: number): Extract<LogEntryBody, { kind: 'question-disclosed' }> => ({
  kind: 'question-disclosed',
  ...question(n),
  operations: ['combination', 'disclosure'],
  consultedAt: n,
  sources: ['police', 'probation', 'housing', 'health', 'childrens'].map((source) => ({
    source,
    outcome: 'found' as const,
    tookMs: 20,
    regime: 'part-3' as const,
  })),
  fields: ['pol.phone', 'pro.phone', 'hou.phone', 'hea.phone'].map((field) => ({
    field,
    level: 'full' as const,
    reason: 'granted' as const,
    grants: ['isa-riverton/engage-contact'],
    caps: [],
    powers: ['CDA1998-s115'],
    obligations: { retainMonths: 12, onward: 'case-team' as const },
  })),
  withheld: { 'protected-person': 1 },
  bodyDigest: digest(`body ${n}`),
});
