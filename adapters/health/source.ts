import { err, ok, type Result } from '../../schemas/result.ts';
import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { makeAgencyClient, type AgencyClientOptions } from '../https/agency-client.ts';
import { CASCADE, knownOf, type Known } from './cascade.ts';
import { makeRateLimit, startDeadline } from './limit.ts';
import { CONTACT_FIELDS, HEALTH_FIELDS, isRestricted, recordOf } from './map.ts';
import { makePds, type Call, type Pds } from './pds.ts';
import {
  answerOf,
  BAD_ANSWER,
  NOT_ENOUGH_KNOWN,
  OUT_OF_TIME,
  TOO_MANY,
  WRONG_PERSON,
  type Refusal,
} from './refusal.ts';
import { agreesThroughout, mayBeHim } from './same-person.ts';
import { makeAccessTokens } from './token.ts';
import type { WirePatient } from './wire.ts';

/** The health partner's source: the Personal Demographics Service under the partner's own credentials. See README. */

export interface HealthSourceOptions {
  /** A name for people, for example "Riverton Health Partnership". */
  readonly name: string;
  /** Origin, with the path of the FHIR interface where that is not the published one. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly tls: AgencyClientOptions['tls'];
  /** PEM of the RSA private key that signs the client assertion. */
  readonly signingKey: string;
  readonly kid: string;
  /** API key of the registered application: issuer and subject of the assertion. */
  readonly clientId: string;
  /** ODS code of the health partner. */
  readonly odsCode: string;
  /** The clock, for the life of tokens only. */
  readonly now: () => Date;
  /** A fresh UUID. */
  readonly newId: () => string;
  /** What the service grants this application: 5 unless agreed otherwise. */
  readonly requestsPerSecond: number;
}

const FHIR_PATH = '/personal-demographics/FHIR/R4';

/** Opens the source; nothing is asked before the first question. Throws where the signing key is no RSA key. */
export function makeHealthSource(options: HealthSourceOptions): AgencySource {
  const base = new URL(options.baseUrl);
  const tokenOrigin = new URL(options.tokenUrl).origin;
  const client = makeAgencyClient({ baseUrl: base.origin, tls: options.tls });
  const tokenClient =
    tokenOrigin === base.origin ? client : makeAgencyClient({ baseUrl: tokenOrigin, tls: options.tls });
  const pds = makePds({
    client,
    fhirPath: base.pathname === '/' ? FHIR_PATH : base.pathname.replace(/\/$/, ''),
    tokens: makeAccessTokens({ ...options, client: tokenClient }),
    limit: makeRateLimit(options.requestsPerSecond),
    odsCode: options.odsCode,
    newId: options.newId,
  });
  return {
    agency: 'health',
    name: options.name,
    takes: HEALTH_FIELDS,
    ask: async (question, limits) => {
      try {
        return await ask(pds, question, limits);
      } catch {
        // The port never throws: a shape that nobody foresaw is an answer outside the contract.
        return answerOf(BAD_ANSWER);
      }
    },
    close: async () => {
      await Promise.all([client.close(), tokenClient.close()]);
    },
  };
}

/** A patient and the number under which he was last asked for. */
interface Found {
  readonly patient: WirePatient;
  readonly askedNumber?: string;
}

async function ask(pds: Pds, question: SourceQuestion, limits: SourceLimits): Promise<SourceAnswer> {
  const known = knownOf(question.subject);
  const searchable = CASCADE.some((step) => step.query(known) !== undefined);
  if (known.nhsNumber === undefined && !searchable) return answerOf(NOT_ENOUGH_KNOWN);
  if (limits.signal.aborted) return answerOf(OUT_OF_TIME);
  const call: Call = {
    deadline: startDeadline(limits.signal, limits.timeoutMs),
    correlationId: question.questionId,
  };
  const found = await find(pds, known, question, call);
  if (!found.ok) return answerOf(found.error);
  return found.value === undefined ? { outcome: 'none-held', records: [] } : answerWith(found.value, question);
}

function answerWith(found: Found, question: SourceQuestion): SourceAnswer {
  const record = recordOf(found.patient, {
    fields: question.fields,
    asOf: question.asOf,
    seal: question.seal,
    ...(found.askedNumber === undefined ? {} : { askedNumber: found.askedNumber }),
  });
  return isRestricted(found.patient)
    ? { outcome: 'restricted', code: 'limited-access', records: [record] }
    : { outcome: 'found', records: [record] };
}

/** By his NHS number; where that names nobody, or somebody else, by the cascade. */
async function find(
  pds: Pds,
  known: Known,
  question: SourceQuestion,
  call: Call,
): Promise<Result<Found | undefined, Refusal>> {
  if (known.nhsNumber === undefined) return findByCascade(pds, known, question, call);
  const byNumber = await retrieve(pds, known.nhsNumber, question, call);
  if (byNumber.ok && byNumber.value !== undefined) return byNumber;
  if (!byNumber.ok && byNumber.error.code !== 'wrong-person') return byNumber;
  const byName = await findByCascade(pds, known, question, call);
  // The number is somebody else's and nobody answers to his name: that is a fault to look at, not "nothing held".
  return byName.ok && byName.value === undefined ? byNumber : byName;
}

async function retrieve(
  pds: Pds,
  nhsNumber: string,
  question: SourceQuestion,
  call: Call,
): Promise<Result<Found | undefined, Refusal>> {
  const patient = await pds.patient(nhsNumber, call);
  if (!patient.ok) return patient;
  if (patient.value === undefined) return ok(undefined);
  if (!mayBeHim(patient.value, question.subject, nhsNumber)) return err(WRONG_PERSON);
  return ok({ patient: patient.value, askedNumber: nhsNumber });
}

async function findByCascade(
  pds: Pds,
  known: Known,
  question: SourceQuestion,
  call: Call,
): Promise<Result<Found | undefined, Refusal>> {
  let state: 'nobody-yet' | 'too-many' = 'nobody-yet';
  for (const step of CASCADE) {
    const query = step.when === state ? step.query(known) : undefined;
    if (query === undefined) continue;
    const reply = await pds.search(query, call);
    if (!reply.ok) return reply;
    if (reply.value === 'many') state = 'too-many';
    else if (reply.value !== 'none') return withDetails(pds, reply.value, question, call);
  }
  return state === 'too-many' ? err(TOO_MANY) : ok(undefined);
}

/**
 * A search tells one address; the others need a retrieval, which is made only where contact details are asked for (P3)
 * and the service does not hold them back anyway.
 */
async function withDetails(
  pds: Pds,
  patient: WirePatient,
  question: SourceQuestion,
  call: Call,
): Promise<Result<Found | undefined, Refusal>> {
  if (!mayBeHim(patient, question.subject, undefined)) return err(WRONG_PERSON);
  if (isRestricted(patient)) {
    return agreesThroughout(patient, question.subject) ? ok({ patient }) : err(WRONG_PERSON);
  }
  const wantsContacts = CONTACT_FIELDS.some((field) => question.fields.includes(field));
  if (!wantsContacts) return ok({ patient });
  const details = await retrieve(pds, patient.id, question, call);
  // Found a moment ago and gone now: the service contradicts itself.
  return details.ok && details.value === undefined ? err(BAD_ANSWER) : details;
}
