import { err, ok, type Result } from '../../schemas/result.ts';
import { pathSegment, type AgencyClient, type AgencyRequest, type AgencyResponse } from '../https/agency-client.ts';
import type { Query } from './cascade.ts';
import type { Deadline, RateLimit } from './limit.ts';
import { BAD_ANSWER, NOT_AUTHORISED, rateLimited, refusalOfFault, SERVER_ERROR, type Refusal } from './refusal.ts';
import type { AccessTokens } from './token.ts';
import { patientSchema, searchsetSchema, spineCodes, type WirePatient } from './wire.ts';

/** The two reads of the Personal Demographics Service, in application-restricted mode. There is no write here. */

export interface PdsOptions {
  readonly client: AgencyClient;
  /** Path of the FHIR interface, for example `/personal-demographics/FHIR/R4`. */
  readonly fhirPath: string;
  readonly tokens: AccessTokens;
  readonly limit: RateLimit;
  /** ODS code of the health partner on whose behalf is asked. */
  readonly odsCode: string;
  readonly newId: () => string;
}

/** One question's calls: its time, and the id under which the service can find them together. */
export interface Call {
  readonly deadline: Deadline;
  readonly correlationId: string;
}

export interface Pds {
  /** The patient of an NHS number, or undefined where there is none (any more). */
  patient(nhsNumber: string, call: Call): Promise<Result<WirePatient | undefined, Refusal>>;
  /** The one patient who matches, or that nobody or too many do. */
  search(query: Query, call: Call): Promise<Result<WirePatient | 'none' | 'many', Refusal>>;
}

/** See Pds. Every request takes a place of the rate limit and carries its own request id. */
export function makePds(options: PdsOptions): Pds {
  return {
    patient: async (nhsNumber, call) => {
      const answer = await get(options, `/Patient/${pathSegment(nhsNumber)}`, undefined, call);
      return answer.ok ? readPatient(answer.value) : answer;
    },
    search: async (query, call) => {
      const answer = await get(options, '/Patient', query, call);
      return answer.ok ? readSearchset(answer.value) : answer;
    },
  };
}

function readPatient(response: AgencyResponse): Result<WirePatient | undefined, Refusal> {
  if (response.status === 404) {
    const codes = spineCodes(response.json);
    // Another 404 is a proxy's or a wrong path: it says nothing about him (P7).
    const gone = codes.includes('RESOURCE_NOT_FOUND') || codes.includes('INVALIDATED_RESOURCE');
    return gone ? ok(undefined) : err(BAD_ANSWER);
  }
  if (response.status !== 200) return err(refusalOfStatus(response));
  const patient = patientSchema.safeParse(response.json);
  return patient.success ? ok(patient.data) : err(BAD_ANSWER);
}

function readSearchset(response: AgencyResponse): Result<WirePatient | 'none' | 'many', Refusal> {
  if (response.status !== 200) return err(refusalOfStatus(response));
  // A 200 that is no bundle: the service found people and does not say which.
  if (spineCodes(response.json).includes('TOO_MANY_MATCHES')) return ok('many');
  const bundle = searchsetSchema.safeParse(response.json);
  if (!bundle.success) return err(BAD_ANSWER);
  const entries = bundle.data.entry ?? [];
  if (entries.length !== bundle.data.total) return err(BAD_ANSWER);
  // This mode promises one at most. Several would mean that we were given another mode: never choose among them.
  if (entries.length > 1) return ok('many');
  return ok(entries[0]?.resource ?? 'none');
}

function refusalOfStatus(response: AgencyResponse): Refusal {
  if (response.status === 401 || response.status === 403) return NOT_AUTHORISED;
  if (response.status === 429) return rateLimited(response.headers['retry-after']);
  // The service could not reach its own back end in time.
  if (response.status === 408) return { outcome: 'unavailable', code: 'server-error' };
  return response.status >= 500 ? SERVER_ERROR : BAD_ANSWER;
}

/** Asks, and once more with a new token where the token was refused: it may have been revoked while we held it. */
async function get(
  options: PdsOptions,
  path: string,
  query: Query | undefined,
  call: Call,
): Promise<Result<AgencyResponse, Refusal>> {
  // The service asks for the same id when a refused request is sent again.
  const requestId = options.newId();
  for (let attempt = 0; ; attempt += 1) {
    const token = await options.tokens.take(call.deadline);
    if (!token.ok) return token;
    const place = await options.limit.admit(call.deadline);
    if (!place.ok) return place;
    const answer = await options.client.request(requestOf(options, path, query, call, token.value, requestId));
    if (!answer.ok) return err(refusalOfFault(answer.error));
    if (answer.value.status !== 401 || attempt > 0) return ok(answer.value);
    options.tokens.forget(token.value);
  }
}

function requestOf(
  options: PdsOptions,
  path: string,
  query: Query | undefined,
  call: Call,
  token: string,
  requestId: string,
): AgencyRequest {
  return {
    method: 'GET',
    path: `${options.fhirPath}${path}`,
    ...(query === undefined ? {} : { query }),
    headers: {
      accept: 'application/fhir+json',
      authorization: `Bearer ${token}`,
      'x-request-id': requestId,
      'x-correlation-id': call.correlationId,
      'nhsd-end-user-organisation-ods': options.odsCode,
    },
    signal: call.deadline.signal,
    timeoutMs: Math.max(1, call.deadline.leftMs()),
  };
}
