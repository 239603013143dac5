import { z } from 'zod';

/**
 * Every way a request can be refused, in one closed table: the code for machines, the HTTP status, and one sentence
 * that tells a person what to do. Nothing of the request is ever repeated in a problem (RFC 9457, P4, P6).
 */
export const PROBLEMS = {
  'body-not-json': [400, 'The body is not JSON. Send one JSON object in UTF-8.'],
  'body-duplicate-key': [400, 'An object in the body names a key twice. Send each key once.'],
  'body-too-deep': [400, 'The body is nested too deeply. Send the shape that /openapi.json describes.'],
  'body-too-large': [413, 'The body is larger than a question may be. Send at most 64 KiB.'],
  'body-wrong-content-type': [415, 'Send the body as application/json, without a content encoding.'],
  'field-missing': [400, 'A field that is needed is missing. The list names where.'],
  'field-unknown': [400, 'A field is not part of this request. The list names where.'],
  'field-wrong-type': [400, 'A field has the wrong type. The list names where.'],
  'field-too-long': [400, 'A field is longer, or a list has more members, than it may. The list names where.'],
  'field-malformed': [400, 'A field does not have the form it needs. The list names where.'],
  'field-not-in-catalogue': [400, 'A wanted field is not in the catalogue. The list names where.'],
  'certificate-missing': [
    401,
    'No client certificate was shown. Connect with the certificate registered for your agency.',
  ],
  'certificate-not-registered': [
    401,
    'This certificate is not registered. Ask the operator to register its thumbprint.',
  ],
  'certificate-revoked': [401, 'This certificate has been revoked. Connect with a certificate that is in force.'],
  'certificate-profile': [
    401,
    'This certificate does not follow the profile that the onboarding guide gives. Have a new one issued.',
  ],
  'token-missing': [401, 'No access token was sent. Get one from the token endpoint and send it as a bearer token.'],
  'token-invalid': [401, 'The access token is not valid here. Get a new one from the token endpoint.'],
  'token-expired': [401, 'The access token has expired. Get a new one; tokens live five minutes.'],
  'token-not-bound': [
    401,
    'The access token is bound to another certificate. Use it on the connection it was issued to.',
  ],
  'token-other-purpose': [403, 'The access token was issued for another purpose or case. Get one for this question.'],
  'purpose-unknown': [403, 'The agreements know no such purpose. Choose one that they list.'],
  'role-may-not-claim': [403, 'This role may not claim this purpose under the agreements.'],
  'purpose-not-supported': [
    403,
    'The case does not support this purpose now: the fact it rests on does not hold, or is too old.',
  ],
  'case-not-known': [404, 'No case with this reference is known to your agency.'],
  'subject-not-of-case': [403, 'The person described is not the subject of this case. Check the case reference.'],
  'not-on-case-team': [
    403,
    'The named member of staff is not on this case’s team. Ask the panel coordinator to allocate the case.',
  ],
  'request-replayed': [409, 'A request with this id was answered before. Send a fresh id for a fresh question.'],
  'clock-wrong': [
    400,
    'The request was made more than a minute from now by the gateway’s clock. Correct the clock, then ask again.',
  ],
  'too-many-questions': [429, 'Too many questions at once. Wait for the time in Retry-After, then ask again.'],
  overloaded: [
    503,
    'The gateway is answering as many questions as it can. Wait for the time in Retry-After, then ask again.',
  ],
  'log-unavailable': [503, 'The access log cannot be written, so nothing may be disclosed. Try again in a minute.'],
  'register-unavailable': [503, 'The registers cannot be read, so nothing may be disclosed. Try again in a minute.'],
  'search-too-wide': [400, 'More than 200 members of staff fit that. Give more of the name or id.'],
  'review-not-known': [404, 'No review with this id lies with your agency.'],
  'review-changed': [409, 'Somebody took a step since you read this review. Read it again, then decide.'],
  'step-not-allowed': [
    403,
    'This state does not lead there, or not for you. The list of reviews says which steps are open.',
  ],
  'not-independent': [
    403,
    'Nobody decides about herself or her own team, and where a team is not known nobody of the agency may. Ask a reviewer of another team, or have the staff list completed.',
  ],
  'change-not-yours': [403, 'This is not this role’s to see or to do on this case. Have whoever may do it ask.'],
  'case-exists': [409, 'There is a case with this reference already. Choose another reference.'],
  'case-changed': [409, 'The case was changed since this revision. View it again, then decide.'],
  'case-closed': [409, 'The case is closed. Only a new referral opens it again.'],
  'case-full': [409, 'The case holds as many of these as it may. Tell the operator.'],
  'category-not-allowed': [409, 'This category may not follow the one that the case has.'],
  'closure-not-allowed': [
    409,
    'No rule for closing holds on this case, or not for this role. Its pages say what is missing.',
  ],
  'contact-unusable': [409, 'This is no number, e-mail address, or address with a postcode. Correct it.'],
  'date-not-possible': [409, 'A date lies in the future. Correct it.'],
  'marac-reference-known': [409, 'The case has this MARAC reference already: it is no new referral.'],
  'agency-not-on-case': [409, 'The agency is not one of this case. Add it to the case first.'],
  'part-not-known': [409, 'The case has no block, attempt or gap with this id. View it again.'],
  'no-contact-gap': [409, 'The panel has not decided that this person is to be contacted, so there is no gap.'],
  'proof-not-yet': [503, 'No checkpoint covers this entry yet. Wait for the time in Retry-After, then ask again.'],
  'not-found': [404, 'There is nothing here. The interface is described at /openapi.json.'],
  'method-not-allowed': [405, 'This path does not take that method. The interface is described at /openapi.json.'],
  'header-malformed': [400, 'A header does not have the form it needs. Send the headers that /openapi.json describes.'],
  'headers-too-large': [431, 'The headers are larger than they may be. Send at most 16 KiB of them.'],
  'request-malformed': [400, 'This is not a well-formed HTTP request.'],
  internal: [500, 'Something went wrong inside. Nothing was disclosed; tell the operator the instance id.'],
} as const satisfies Record<string, readonly [status: number, sentence: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

const codes = new Set(Object.keys(PROBLEMS));

export const problemCodeSchema = z.custom<ProblemCode>((value) => typeof value === 'string' && codes.has(value));

/** Where a request is wrong: a JSON pointer into it and a code, never the value that stands there. */
export const problemPlaceSchema = z.strictObject({
  pointer: z.string().max(300),
  code: z.enum(['missing', 'unknown', 'wrong-type', 'too-long', 'malformed', 'not-in-catalogue']),
});
export type ProblemPlace = z.infer<typeof problemPlaceSchema>;

/** `application/problem+json`, RFC 9457. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  /** A reference for the operator; it leads to the log line, not to the request. */
  instance: z.string(),
  places: z.array(problemPlaceSchema).max(20).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
