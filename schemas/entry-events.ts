import { z } from 'zod';
import { categorySchema } from './case.ts';
import { contactKindSchema } from './contact-point.ts';
import {
  digestSchema,
  entryActorSchema,
  entryCodeSchema,
  entryHeader,
  entryIdSchema,
  entryStaffSchema,
  policyVersionSchema,
  regimeSchema,
} from './entry-parts.ts';
import { agencyIdSchema, caseRefSchema, fieldIdSchema, isoInstantSchema, purposeSchema } from './names.ts';
import {
  reviewStateSchema,
  reviewSubjectSchema,
  searchFilterSchema,
  searchGroundSchema,
  unusualRuleSchema,
} from './review.ts';

/**
 * Entries of everything but questions. Each kind says which operations of section 62 of the Data Protection Act 2018 it
 * is, as literals: what is not one of them (a sign-in, a certificate) says so with an empty list.
 */

const aboutCase = {
  actor: entryActorSchema,
  caseRef: caseRefSchema,
  /** Keyed pseudonym of the person of the case. */
  subject: digestSchema.optional(),
  regime: regimeSchema.optional(),
};

const none = z.tuple([]);
const count = z.number().int().min(0);

export const VIEWED_PAGES = [
  'cases',
  'case',
  'request',
  'answer',
  'attempts',
  'contact-gaps',
  'break-glass',
  'who-has-looked',
  'register',
  'marac-list',
  'meetings',
  'meeting-pack',
  'safety-blocks',
] as const;

/** Somebody opened a page with personal data in it, or tried to: then `code` says why nothing was shown. */
export const pageViewedSchema = z.strictObject({
  kind: z.literal('page-viewed'),
  ...entryHeader,
  operations: z.tuple([z.literal('consultation')]),
  actor: entryActorSchema,
  page: z.enum(VIEWED_PAGES),
  /** Absent for a list; where nothing was found, the reference that was asked for. */
  caseRef: caseRefSchema.optional(),
  /** Keyed pseudonym of the person of the case. */
  subject: digestSchema.optional(),
  /** The question whose answer was opened again, and the log position of the entry that recorded it. */
  questionId: z.uuid().optional(),
  disclosedAt: count.optional(),
  /** How many cases a list showed. */
  found: count.optional(),
  code: entryCodeSchema.optional(),
});

/** A worker tried to reach him, or noted that she did not: personal data are collected. */
export const attemptRecordedSchema = z.strictObject({
  kind: z.literal('attempt-recorded'),
  ...entryHeader,
  operations: z.tuple([z.literal('collection')]),
  ...aboutCase,
  attemptId: z.uuid(),
  contact: contactKindSchema.optional(),
  /** The question whose answer was acted upon. */
  questionId: z.uuid().optional(),
});

/** What came of attempts; the victim's is a code of its own because the value is blocked at once. */
export const LOGGED_ATTEMPT_OUTCOMES = [
  'reached-him',
  'no-answer',
  'not-his',
  'someone-else',
  'victim-answered-or-may-have',
  'not-tried',
] as const;

export const outcomeRecordedSchema = z.strictObject({
  kind: z.literal('outcome-recorded'),
  ...entryHeader,
  operations: z.tuple([z.literal('collection')]),
  ...aboutCase,
  attemptId: z.uuid(),
  outcome: z.enum(LOGGED_ATTEMPT_OUTCOMES),
});

/** Somebody declared an emergency: who is at risk, why now and what was tried lie sealed beside the log. */
export const breakGlassOpenedSchema = z.strictObject({
  kind: z.literal('break-glass-opened'),
  ...entryHeader,
  operations: z.tuple([z.literal('consultation')]),
  ...aboutCase,
  breakGlassId: z.uuid(),
  expiresAt: isoInstantSchema,
  /** Keyed digest of the declaration's words. */
  declarationDigest: digestSchema,
});

export const breakGlassReviewedSchema = z.strictObject({
  kind: z.literal('break-glass-reviewed'),
  ...entryHeader,
  operations: none,
  ...aboutCase,
  breakGlassId: z.uuid(),
  decision: z.enum(['justified', 'not-justified', 'more-information']),
});

export const breakGlassClosedSchema = z.strictObject({
  kind: z.literal('break-glass-closed'),
  ...entryHeader,
  operations: none,
  ...aboutCase,
  breakGlassId: z.uuid(),
  /** Whose staff had opened it, where it lapsed by itself. */
  agency: agencyIdSchema.optional(),
  because: z.enum(['expired', 'ended-by-opener', 'ended-by-reviewer', 'case-closed']),
});

const aboutCertificate = {
  ...entryHeader,
  operations: none,
  actor: entryActorSchema,
  agency: agencyIdSchema,
  certificate: digestSchema,
};

export const certificateIssuedSchema = z.strictObject({
  kind: z.literal('certificate-issued'),
  ...aboutCertificate,
  expiresAt: isoInstantSchema,
});

export const certificateRenewedSchema = z.strictObject({
  kind: z.literal('certificate-renewed'),
  ...aboutCertificate,
  expiresAt: isoInstantSchema,
  /** The certificate in whose place this one came. */
  replaces: digestSchema,
});

export const certificateRevokedSchema = z.strictObject({
  kind: z.literal('certificate-revoked'),
  ...aboutCertificate,
  because: entryCodeSchema.optional(),
});

/** Somebody signed in, out, or could not. */
export const signedInSchema = z.strictObject({
  kind: z.literal('signed-in'),
  ...entryHeader,
  operations: none,
  /** Absent where nobody could be told from what was shown. */
  actor: entryStaffSchema.optional(),
  agency: agencyIdSchema.optional(),
  event: z.enum(['signed-in', 'signed-out', 'expired', 'refused']),
  code: entryCodeSchema.optional(),
  /** Names the session without being its key. */
  session: digestSchema.optional(),
});

/** Part of the log left as a bundle: the log is personal data, so that is a disclosure. */
export const logExportedSchema = z.strictObject({
  kind: z.literal('log-exported'),
  ...entryHeader,
  operations: z.tuple([z.literal('disclosure')]),
  actor: entryActorSchema,
  /** First and last position of the bundle. */
  from: count,
  to: count,
  entries: count,
  /** SHA-256 over the bundle's sums. */
  digest: digestSchema.optional(),
});

/**
 * Somebody searched the log. Codes are kept as they were asked for; what was typed freely (part of a name, words of a
 * reason) is kept as a keyed digest, because it may name anybody.
 */
export const logSearchedSchema = z.strictObject({
  kind: z.literal('log-searched'),
  ...entryHeader,
  operations: z.tuple([z.literal('consultation')]),
  actor: entryActorSchema,
  /** What was looked at. `subject-access` is everything about one person, extracted for him to be given some of it. */
  view: z.enum(['entries', 'ledger', 'recipients', 'reviews', 'unusual-access', 'reasons', 'subject-access']),
  purpose: purposeSchema,
  ground: searchGroundSchema,
  /** The matter under which it was searched: a case, or the review's own reference. */
  caseRef: caseRefSchema.optional(),
  /** Which filters were set. */
  filters: z.array(searchFilterSchema).max(20),
  about: z
    .strictObject({
      agency: agencyIdSchema,
      caseRef: caseRefSchema,
      subject: digestSchema,
      field: fieldIdSchema,
      staffId: entryStaffSchema.shape.staffId,
      from: isoInstantSchema,
      to: isoInstantSchema,
    })
    .partial()
    .optional(),
  /** Keyed digest of what was typed freely. */
  queryDigest: digestSchema.optional(),
  /** How many were found on this page. */
  found: count,
});

/** Past decisions were taken again from what the log says they rested on, as they were taken and under other agreements. */
export const logReplayedSchema = z.strictObject({
  kind: z.literal('log-replayed'),
  ...entryHeader,
  operations: z.tuple([z.literal('consultation')]),
  actor: entryActorSchema,
  purpose: purposeSchema,
  ground: searchGroundSchema,
  /** How many entries of the log were read, from the first. */
  entries: count,
  /** How many decisions on fields were taken again under their own version, and how many came out otherwise. */
  replayed: count,
  differing: count,
  /** The agreements that were proposed, with what would be refused and newly allowed under them. */
  proposed: z
    .strictObject({ policyVersion: policyVersionSchema, refused: count, allowed: count, lowered: count, raised: count })
    .optional(),
});

export const logVerifiedSchema = z.strictObject({
  kind: z.literal('log-verified'),
  ...entryHeader,
  operations: none,
  actor: entryActorSchema,
  /** How many entries were looked at, from the first. */
  entries: count,
  holds: z.boolean(),
  code: entryCodeSchema.optional(),
  /** Where it first does not hold. */
  position: count.optional(),
});

/** A key was destroyed, and with it all that was sealed under it: erasure that breaks no proof. */
export const keyDestroyedSchema = z
  .strictObject({
    kind: z.literal('key-destroyed'),
    ...entryHeader,
    operations: z.tuple([z.literal('erasure')]),
    ...aboutCase,
    caseRef: caseRefSchema.optional(),
    /** In place of a case: the review about none whose notes lay under a key of their own. */
    reviewId: z.uuid().optional(),
    /** What can be read no more. */
    what: z.enum(['case', 'reasons', 'case-and-reasons', 'notes']),
    because: z.enum(['retention-over', 'erasure-requested', 'case-rejected', 'key-compromised']),
    /** The agreement whose retention is over. */
    agreement: entryIdSchema.optional(),
  })
  .refine(
    ({ caseRef, reviewId, what }) =>
      what === 'notes' ? reviewId !== undefined && caseRef === undefined : caseRef !== undefined,
    'names the case, or the review whose notes they were',
  );

/** A bundle of agreements was not loaded; the last good one stays in force. */
export const policyRefusedSchema = z.strictObject({
  kind: z.literal('policy-refused'),
  ...entryHeader,
  operations: none,
  /** What stays in force, where anything was. */
  policyVersion: policyVersionSchema.optional(),
  /** SHA-256 of what was refused, where it could be read as a whole. */
  bundleDigest: digestSchema.optional(),
  code: entryCodeSchema,
  problems: count,
});

/** One step of a review. */
export const reviewStepSchema = z.strictObject({
  kind: z.literal('review-step'),
  ...entryHeader,
  operations: none,
  actor: entryActorSchema,
  reviewId: z.uuid(),
  about: reviewSubjectSchema,
  /** The agency whose reviewers it lies with. */
  agency: agencyIdSchema,
  rule: unusualRuleSchema.optional(),
  caseRef: caseRefSchema.optional(),
  /** Absent when the review is opened. */
  from: reviewStateSchema.optional(),
  to: reviewStateSchema,
  dueAt: isoInstantSchema.optional(),
  /** Keyed digest of the note's words, which lie sealed beside the log. */
  noteDigest: digestSchema.optional(),
});

/** Something about a case was changed; which parts, never what stands in them. */
export const caseChangedSchema = z.strictObject({
  kind: z.literal('case-changed'),
  ...entryHeader,
  operations: z.union([z.tuple([z.literal('alteration')]), z.tuple([z.literal('collection')])]),
  ...aboutCase,
  /** Parts of the case, by name. */
  changes: z.array(entryCodeSchema).min(1).max(40),
  category: z.strictObject({ from: categorySchema, to: categorySchema }).optional(),
  /** The agency that was asked to obtain a way to reach him, where the change is that. */
  askedOf: agencyIdSchema.optional(),
  /** The revision that the change made. */
  revision: count.optional(),
});

/** Somebody said that records of several agencies are, or are not, of one person. */
export const recordsCombinedSchema = z.strictObject({
  kind: z.literal('records-combined'),
  ...entryHeader,
  operations: z.tuple([z.literal('combination')]),
  ...aboutCase,
  questionId: z.uuid().optional(),
  agencies: z.array(agencyIdSchema).min(1).max(60),
  decision: z.enum(['same', 'not-same']),
});
