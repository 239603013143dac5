import { createHash } from 'node:crypto';
import type { LogEntryBody, LogEntryKind } from '../../schemas/entry.ts';

/** One entry of each kind that is no question, with every member that it may have, about nobody. */

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
const uuid = '00000000-0000-4000-8000-000000000001';
const at = '2026-11-20T09:30:00.000Z';
const head = { v: 1, at } as const;
const actor = {
  agency: 'riverton-council',
  staffId: 'a.worker',
  role: 'dai.daiw',
  clientId: 'riverton-council-cases',
  certificate: digest('certificate'),
};
const aboutCase = { actor, caseRef: 'DAPG-2026-0042', subject: digest('subject'), regime: 'uk-gdpr' } as const;
const none: [] = [];
const aboutCertificate = {
  ...head,
  operations: none,
  actor: 'operator',
  agency: 'housing',
  certificate: digest('of housing'),
} as const;

type Event = Exclude<
  LogEntryKind,
  'question-consulted' | 'question-disclosed' | 'question-refused' | 'policy-loaded' | 'gateway-started'
>;

export const EVENTS: { readonly [K in Event]: Extract<LogEntryBody, { kind: K }> } = {
  'page-viewed': {
    kind: 'page-viewed',
    ...head,
    operations: ['consultation'],
    actor: { ...actor, session: digest('session') },
    page: 'answer',
    caseRef: 'DAPG-2026-0042',
    subject: digest('subject'),
    questionId: uuid,
    disclosedAt: 12,
    found: 3,
    code: 'case-on-hold',
  },
  'attempt-recorded': {
    kind: 'attempt-recorded',
    ...head,
    operations: ['collection'],
    ...aboutCase,
    attemptId: uuid,
    contact: 'phone',
    questionId: uuid,
  },
  'outcome-recorded': {
    kind: 'outcome-recorded',
    ...head,
    operations: ['collection'],
    ...aboutCase,
    attemptId: uuid,
    outcome: 'no-answer',
  },
  'break-glass-opened': {
    kind: 'break-glass-opened',
    ...head,
    operations: ['consultation'],
    ...aboutCase,
    breakGlassId: uuid,
    expiresAt: at,
    declarationDigest: digest('declaration'),
  },
  'break-glass-reviewed': {
    kind: 'break-glass-reviewed',
    ...head,
    operations: [],
    ...aboutCase,
    breakGlassId: uuid,
    decision: 'justified',
  },
  'break-glass-closed': {
    kind: 'break-glass-closed',
    ...head,
    operations: [],
    ...aboutCase,
    breakGlassId: uuid,
    because: 'expired',
  },
  'certificate-issued': { kind: 'certificate-issued', ...aboutCertificate, expiresAt: at },
  'certificate-renewed': {
    kind: 'certificate-renewed',
    ...aboutCertificate,
    expiresAt: at,
    replaces: digest('before'),
  },
  'certificate-revoked': { kind: 'certificate-revoked', ...aboutCertificate, because: 'key-lost' },
  'signed-in': {
    kind: 'signed-in',
    ...head,
    operations: [],
    actor,
    agency: 'riverton-council',
    event: 'refused',
    code: 'wrong-agency',
    session: digest('session'),
  },
  'log-exported': {
    kind: 'log-exported',
    ...head,
    operations: ['disclosure'],
    actor: 'operator',
    from: 0,
    to: 99,
    entries: 100,
    digest: digest('sums'),
  },
  'log-searched': {
    kind: 'log-searched',
    ...head,
    operations: ['consultation'],
    actor,
    view: 'entries',
    purpose: 'IGREV',
    ground: 'lawfulness',
    caseRef: 'IGREV-2026-0007',
    filters: ['staff', 'from', 'to'],
    about: {
      agency: 'housing',
      caseRef: 'DAPG-2026-0042',
      subject: digest('subject'),
      field: 'pol.phone',
      staffId: 'a.worker',
      from: at,
      to: at,
    },
    queryDigest: digest('query'),
    found: 3,
  },
  'log-verified': {
    kind: 'log-verified',
    ...head,
    operations: [],
    actor: 'operator',
    entries: 100,
    holds: false,
    code: 'hash-differs',
    position: 41,
  },
  'key-destroyed': {
    kind: 'key-destroyed',
    ...head,
    operations: ['erasure'],
    ...aboutCase,
    what: 'case-and-reasons',
    because: 'retention-over',
    agreement: 'ENGAGE',
  },
  'policy-refused': {
    kind: 'policy-refused',
    ...head,
    operations: [],
    policyVersion: 'v1.0.0',
    bundleDigest: digest('bundle'),
    code: 'signature-missing',
    problems: 2,
  },
  'review-step': {
    kind: 'review-step',
    ...head,
    operations: [],
    actor,
    reviewId: uuid,
    about: 'unusual-access',
    agency: 'riverton-council',
    rule: 'volume',
    caseRef: 'DAPG-2026-0042',
    from: 'open',
    to: 'explained',
    dueAt: at,
    noteDigest: digest('note'),
  },
  'case-changed': {
    kind: 'case-changed',
    ...head,
    operations: ['alteration'],
    ...aboutCase,
    changes: ['category', 'allocation'],
    category: { from: 'monitor', to: 'contact' },
    revision: 3,
  },
  'records-combined': {
    kind: 'records-combined',
    ...head,
    operations: ['combination'],
    ...aboutCase,
    questionId: uuid,
    agencies: ['police', 'housing'],
    decision: 'same',
  },
};
