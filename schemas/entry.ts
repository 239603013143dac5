import { z } from 'zod';
import { datedFactsSchema, staffIdSchema } from './case.ts';
import { decisionReasonSchema, obligationsSchema, policyRequestSchema } from './decision.ts';
import {
  attemptRecordedSchema,
  breakGlassClosedSchema,
  breakGlassOpenedSchema,
  breakGlassReviewedSchema,
  caseChangedSchema,
  certificateIssuedSchema,
  certificateRenewedSchema,
  certificateRevokedSchema,
  keyDestroyedSchema,
  logExportedSchema,
  logSearchedSchema,
  logReplayedSchema,
  logVerifiedSchema,
  outcomeRecordedSchema,
  pageViewedSchema,
  policyRefusedSchema,
  recordsCombinedSchema,
  reviewStepSchema,
  signedInSchema,
} from './entry-events.ts';
import {
  digestSchema,
  entryCodeSchema,
  entryHeader,
  entryIdSchema,
  lawfulBasisSchema,
  LOGGED_OPERATIONS,
  policyVersionSchema,
  regimeSchema,
} from './entry-parts.ts';
import { levelSchema } from './level.ts';
import { meetingSchema } from './meeting.ts';
import {
  agencyIdSchema,
  areaSchema,
  caseRefSchema,
  fieldIdSchema,
  isoInstantSchema,
  purposeSchema,
  requesterGroupSchema,
  roleSchema,
} from './names.ts';
import { withheldReasonSchema } from './reach.ts';
import { sourceCodeSchema, sourceOutcomeSchema } from './source-outcome.ts';

/**
 * What the access log says. Every member is a code, a reference, a number or a digest: there is no member into which
 * a name, a number that rings or an address would fit (P8), so no mistake in the pipeline can put one here for good.
 */

export {
  digestSchema,
  entryActorSchema,
  entryCodeSchema,
  entryIdSchema,
  lawfulBasisSchema,
  LAWFUL_BASES,
  LOGGED_OPERATIONS,
  policyVersionSchema,
  REGIMES,
  regimeSchema,
  type EntryActor,
  type LawfulBasis,
  type LoggedOperation,
  type Regime,
} from './entry-parts.ts';

/**
 * Who asked, as it was proven. For an agency's system certificate and token give agency and client, and the request
 * names the person; in the pages the person's own sign-in gives all of it.
 */
export const entryRequesterSchema = z.strictObject({
  agency: agencyIdSchema,
  clientId: entryIdSchema,
  /** SHA-256 of the client certificate, base64url, as in RFC 8705 `x5t#S256`; absent where a person asked in a page. */
  certificate: digestSchema.optional(),
  /** Names the session of whoever asked in a page, without being its key. */
  session: digestSchema.optional(),
  staffId: staffIdSchema,
  role: roleSchema,
});
export type EntryRequester = z.infer<typeof entryRequesterSchema>;

const header = {
  ...entryHeader,
  operations: z.array(z.enum(LOGGED_OPERATIONS)).max(LOGGED_OPERATIONS.length),
};

const question = {
  ...header,
  /** The regime of whoever asked. */
  regime: regimeSchema,
  /** Ties the entries of one question together. */
  questionId: z.uuid(),
  route: z.enum(['disclosure', 'contact-request']),
  requester: entryRequesterSchema,
  purpose: purposeSchema,
  caseRef: caseRefSchema,
  /** Keyed pseudonym of the person asked about: equal for equal people, of no use without the key. */
  subject: digestSchema,
  policyVersion: policyVersionSchema,
  /** On what the recipient rests its asking. */
  basis: lawfulBasisSchema.optional(),
  /** The emergency under which it was asked. */
  breakGlassId: z.uuid().optional(),
  /** The meeting to which it is disclosed. */
  meeting: meetingSchema.optional(),
};

/**
 * Keyed digest of the reason that was given. The words themselves name people ("his sister rang from …"), so they
 * never enter the log; the key keeps a reader of the log from testing guesses. Whoever holds the words can prove them.
 */
const reasonDigest = digestSchema;

export const entrySourceSchema = z.strictObject({
  source: agencyIdSchema,
  outcome: sourceOutcomeSchema,
  code: sourceCodeSchema.optional(),
  tookMs: z.number().int().min(0).max(3_600_000),
  /** The regime of the agency that disclosed. */
  regime: regimeSchema.optional(),
  /** On what it rests its disclosing. */
  basis: lawfulBasisSchema.optional(),
  /** How many of its records were judged the subject's, and how many only probably. */
  records: z.strictObject({ subject: z.number().int().min(0), probable: z.number().int().min(0) }).optional(),
});
export type EntrySource = z.infer<typeof entrySourceSchema>;

export const entryFieldSchema = z.strictObject({
  field: fieldIdSchema,
  /** The agency whose record the field is of, where several hold it. */
  source: agencyIdSchema.optional(),
  level: levelSchema,
  reason: decisionReasonSchema,
  grants: z.array(entryIdSchema).max(40),
  caps: z.array(entryIdSchema).max(40),
  powers: z.array(entryIdSchema).max(40),
  obligations: obligationsSchema,
  /** How many values left at this level. */
  count: z.number().int().min(0).max(10_000).optional(),
});
export type EntryField = z.infer<typeof entryFieldSchema>;

/** Somebody asked: written before any agency is. */
export const questionConsultedSchema = z.strictObject({
  kind: z.literal('question-consulted'),
  ...question,
  reasonDigest: reasonDigest.optional(),
  /** Which fields were wanted; absent means all that may be had. */
  wanted: z.array(fieldIdSchema).max(200).optional(),
});

/**
 * All that a decision depends on beside the requester, the purpose and the agreements, so that it can be taken again.
 * Facts are codes and moments; some of them are hidden from the asker's own agency, and no reviewer sees them here.
 */
export const decidedOnSchema = z.strictObject({
  /** When the release was decided; that the agencies were asked was decided at the moment of the entry. */
  at: isoInstantSchema,
  group: requesterGroupSchema,
  facts: datedFactsSchema,
  /** The facts on which the agencies were asked, where they are others: a field denied then stays denied. */
  planned: z.strictObject({ facts: datedFactsSchema, area: areaSchema.optional() }).optional(),
  area: areaSchema.optional(),
  canFulfil: policyRequestSchema.shape.canFulfil,
});
export type DecidedOn = z.infer<typeof decidedOnSchema>;

/** Something was answered, be it only "none held": written before the answer leaves (P1). */
export const questionDisclosedSchema = z.strictObject({
  kind: z.literal('question-disclosed'),
  ...question,
  /** Log position of the entry that recorded the question. */
  consultedAt: z.number().int().min(0),
  sources: z.array(entrySourceSchema).max(60),
  fields: z.array(entryFieldSchema).max(400),
  /** On what the fields were decided; entries from before it was kept have none. */
  decidedOn: decidedOnSchema.optional(),
  /** Contact points held back, counted by reason. */
  withheld: z.partialRecord(withheldReasonSchema, z.number().int().min(1).max(10_000)),
  /** SHA-256 of the released body, byte for byte. */
  bodyDigest: digestSchema,
});

/** A question that was turned away; what is not known or not proven about the asker is absent. */
export const questionRefusedSchema = z.strictObject({
  kind: z.literal('question-refused'),
  ...header,
  regime: regimeSchema.optional(),
  questionId: z.uuid(),
  route: z.enum(['disclosure', 'contact-request', 'review']),
  requester: entryRequesterSchema.partial().optional(),
  purpose: purposeSchema.optional(),
  caseRef: caseRefSchema.optional(),
  subject: digestSchema.optional(),
  policyVersion: policyVersionSchema.optional(),
  /** The problem code that was answered. */
  code: entryCodeSchema,
  consultedAt: z.number().int().min(0).optional(),
});

export const policyLoadedSchema = z.strictObject({
  kind: z.literal('policy-loaded'),
  ...header,
  policyVersion: policyVersionSchema,
  /** SHA-256 of the whole bundle. */
  bundleDigest: digestSchema,
  agreements: z.array(entryIdSchema).max(200),
  /** How the bundle was signed; absent where nobody has to sign. */
  signed: z
    .strictObject({
      number: z.number().int().min(1).max(1_000_000),
      /** SHA-256 of the signed statement, and of the list of signers, base64url. */
      digest: digestSchema,
      signers: digestSchema,
      author: entryIdSchema,
      by: z.array(entryIdSchema).max(200),
    })
    .optional(),
});

export const gatewayStartedSchema = z.strictObject({
  kind: z.literal('gateway-started'),
  ...header,
  /** This run of the process. */
  instance: z.uuid(),
  version: z.string().regex(/^\d{1,3}\.\d{1,3}\.\d{1,3}(-[a-z]{1,10}\.\d{1,3})?$/),
});

/** Closed: a new kind of entry is a change here, and old entries keep their shape. */
export const logEntryBodySchema = z.discriminatedUnion('kind', [
  questionConsultedSchema,
  questionDisclosedSchema,
  questionRefusedSchema,
  policyLoadedSchema,
  gatewayStartedSchema,
  pageViewedSchema,
  attemptRecordedSchema,
  outcomeRecordedSchema,
  breakGlassOpenedSchema,
  breakGlassReviewedSchema,
  breakGlassClosedSchema,
  certificateIssuedSchema,
  certificateRenewedSchema,
  certificateRevokedSchema,
  signedInSchema,
  logExportedSchema,
  logSearchedSchema,
  logReplayedSchema,
  logVerifiedSchema,
  keyDestroyedSchema,
  policyRefusedSchema,
  reviewStepSchema,
  caseChangedSchema,
  recordsCombinedSchema,
]);
export type LogEntryBody = z.infer<typeof logEntryBodySchema>;
export type LogEntryKind = LogEntryBody['kind'];
