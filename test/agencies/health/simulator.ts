import type { IsoDate } from '../../../schemas/names.ts';
import type { Holding } from '../../population/types.ts';
import { startSimulator, type SimulatedResponse, type Simulator, type SimulatorRequest } from '../simulator.ts';
import { makeTokenEndpoint, type RegisteredClient } from './assertion.ts';
import { servedPatientSchema, servedSearchsetSchema, type ServedSearchset } from './contract.ts';
import { scoreOf } from './match.ts';
import { outcomeOf } from './outcome.ts';
import { heldPatientOf, numberOf, retrieved, searched, type HeldPatient } from './patient.ts';
import { readSearch, type Search } from './search.ts';
import { nhsNumberOf } from './number.ts';

/**
 * The Personal Demographics Service in application-restricted mode, as its specification describes it: token endpoint,
 * `GET /Patient` and `GET /Patient/{id}`, with its limits and its refusals. There is no write, here as there.
 */

export interface HealthOptions {
  readonly holdings: readonly Holding[];
  readonly asOf: IsoDate;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly clients: readonly RegisteredClient[];
  /** 5 unless a test or a benchmark says otherwise. */
  readonly requestsPerSecond?: number;
  readonly delayMs?: number;
  readonly port?: number;
  readonly recordAsked?: boolean;
  readonly now?: () => Date;
  /** NHS numbers that were invalidated and not superseded. */
  readonly invalidated?: readonly string[];
  /** NHS numbers that a search still finds and a retrieval does not: a record that goes while it is asked for. */
  readonly vanished?: readonly string[];
  /** Day of death by NHS number. */
  readonly died?: Readonly<Record<string, IsoDate>>;
  /** NHS numbers with the code V. */
  readonly veryRestricted?: readonly string[];
}

export interface HealthSimulator extends Simulator {
  readonly tokenUrl: string;
  /** The FHIR interface. */
  readonly fhirUrl: string;
  /** How many access tokens were issued. */
  readonly tokensIssued: () => number;
  /** Refuses every token that was issued until now. */
  readonly revokeTokens: () => void;
}

const FHIR_PATH = '/personal-demographics/FHIR/R4';
const TOKEN_PATH = '/oauth2/token';
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const REMEMBERED_REQUESTS = 10_000;

/** Starts the service on loopback. Holdings of other agencies are left out. */
export async function startHealth(options: HealthOptions): Promise<HealthSimulator> {
  const now = options.now ?? (() => new Date());
  const index = indexOf(options);
  let tokenUrl = '';
  const tokens = makeTokenEndpoint(options.clients, () => tokenUrl, now);
  const quota = makeQuota(options.requestsPerSecond ?? 5, now);
  const repeated = makeRepeats();

  const answer = (request: SimulatorRequest): SimulatedResponse => {
    const authorization = request.headers.authorization;
    if (authorization === undefined)
      return outcomeOf({ code: 'ACCESS_DENIED', diagnostics: 'Missing Authorization header' });
    if (!tokens.accepts(authorization))
      return outcomeOf({ code: 'ACCESS_DENIED', diagnostics: 'Invalid Access Token' });
    if (!quota()) return outcomeOf({ code: 'TOO_MANY_REQUESTS', diagnostics: RATE }, { 'retry-after': '1' });
    const requestId = request.headers['x-request-id'];
    if (requestId === undefined)
      return outcomeOf({ code: 'MISSING_VALUE', diagnostics: "Missing value - 'X-Request-ID'" });
    if (!UUID.test(requestId)) {
      return outcomeOf({
        code: 'INVALID_VALUE',
        diagnostics: `Invalid value - '${requestId}' in header 'X-Request-ID'`,
      });
    }
    return repeated(requestId, `${request.path}?${request.query.toString()}`, () =>
      route(request, index, options.asOf),
    );
  };

  const simulator = await startSimulator({
    name: 'health',
    tls: options.tls,
    ...(options.delayMs === undefined ? {} : { delayMs: options.delayMs }),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.recordAsked === undefined ? {} : { recordAsked: options.recordAsked }),
    handle: (request) => (request.path === TOKEN_PATH ? tokens.issue(request) : mirrored(request, answer(request))),
  });
  tokenUrl = `${simulator.url}${TOKEN_PATH}`;
  return {
    ...simulator,
    tokenUrl,
    fhirUrl: `${simulator.url}${FHIR_PATH}`,
    tokensIssued: tokens.issued,
    revokeTokens: tokens.revoke,
  };
}

const RATE = 'You have exceeded the rate limit of your application';

interface Index {
  readonly byNumber: ReadonlyMap<string, HeldPatient>;
  readonly byBirthDate: ReadonlyMap<string, readonly HeldPatient[]>;
  readonly all: readonly HeldPatient[];
  readonly invalidated: ReadonlySet<string>;
}

function indexOf(options: HealthOptions): Index {
  const byNumber = new Map<string, HeldPatient>();
  const byBirthDate = new Map<string, HeldPatient[]>();
  const invalidated = new Set(options.invalidated ?? []);
  const all: HeldPatient[] = [];
  for (const holding of options.holdings.filter(({ agency }) => agency === 'health')) {
    const id = numberOf(holding);
    if (nhsNumberOf(id) === undefined || invalidated.has(id)) continue;
    const died = options.died?.[id];
    const held = heldPatientOf(holding, {
      ...(died === undefined ? {} : { died }),
      veryRestricted: options.veryRestricted?.includes(id) ?? false,
    });
    all.push(held);
    const vanished = options.vanished?.includes(id) ?? false;
    for (const number of vanished ? [] : [id, ...held.superseded]) byNumber.set(number, held);
    const born = held.patient.birthDate ?? '';
    const sameDay = byBirthDate.get(born);
    if (sameDay === undefined) byBirthDate.set(born, [held]);
    else sameDay.push(held);
  }
  return { byNumber, byBirthDate, all, invalidated };
}

function route(request: SimulatorRequest, index: Index, asOf: IsoDate): SimulatedResponse {
  if (request.method !== 'GET') return outcomeOf({ code: 'UNSUPPORTED_SERVICE', status: 405 });
  if (request.path === `${FHIR_PATH}/Patient`) return search(request.query, index, asOf);
  const id = new RegExp(`^${FHIR_PATH}/Patient/([^/]+)$`).exec(request.path)?.[1];
  return id === undefined ? outcomeOf({ code: 'UNSUPPORTED_SERVICE' }) : retrieve(decodeURIComponent(id), index);
}

function retrieve(id: string, index: Index): SimulatedResponse {
  if (nhsNumberOf(id) === undefined) return outcomeOf({ code: 'INVALID_RESOURCE_ID' });
  if (index.invalidated.has(id)) return outcomeOf({ code: 'INVALIDATED_RESOURCE' });
  const held = index.byNumber.get(id);
  if (held === undefined) return outcomeOf({ code: 'RESOURCE_NOT_FOUND' });
  const patient = servedPatientSchema.parse(retrieved(held));
  return { status: 200, headers: { ...FHIR_JSON, etag: `W/"${patient.meta.versionId}"` }, json: patient };
}

const FHIR_JSON = { 'content-type': 'application/fhir+json' };

function search(query: URLSearchParams, index: Index, asOf: IsoDate): SimulatedResponse {
  const asked = readSearch(query);
  if (!asked.ok) return outcomeOf(asked.error);
  const found = candidates(asked.value, index).flatMap((held) => {
    const score = scoreOf(held, asked.value);
    return score === undefined ? [] : [{ held, score }];
  });
  if (found.length > 1) return outcomeOf({ code: 'TOO_MANY_MATCHES' });
  const entry = found.map(({ held, score }) => ({
    fullUrl: `https://api.service.nhs.uk${FHIR_PATH}/Patient/${held.patient.id}`,
    search: { score },
    resource: searched(held),
  }));
  const bundle: ServedSearchset = {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: `${asOf}T12:00:00+00:00`,
    total: entry.length,
    ...(entry.length === 0 ? {} : { entry }),
  };
  return { status: 200, headers: FHIR_JSON, json: servedSearchsetSchema.parse(bundle) };
}

function candidates({ birthDates }: Search, index: Index): readonly HeldPatient[] {
  const exact = birthDates.find(({ bound }) => bound === 'eq');
  return exact === undefined ? index.all : (index.byBirthDate.get(exact.date) ?? []);
}

/** Both ids come back in every answer of the interface. */
function mirrored(request: SimulatorRequest, response: SimulatedResponse): SimulatedResponse {
  const ids: Record<string, string> = {};
  for (const name of ['x-request-id', 'x-correlation-id']) {
    const value = request.headers[name];
    if (value !== undefined) ids[name] = value;
  }
  return { ...response, headers: { ...response.headers, ...ids } };
}

/** Fixed seconds, as the platform counts them: the sixth request of one second is refused. */
function makeQuota(perSecond: number, now: () => Date): () => boolean {
  let second = 0;
  let used = 0;
  return () => {
    const current = Math.floor(now().getTime() / 1_000);
    if (current !== second) {
      second = current;
      used = 0;
    }
    used += 1;
    return used <= perSecond;
  };
}

/** The same id for the same request gets the same answer; for another request it is an error of the caller. */
function makeRepeats() {
  const remembered = new Map<string, { readonly what: string; readonly response: SimulatedResponse }>();
  return (requestId: string, what: string, respond: () => SimulatedResponse): SimulatedResponse => {
    const before = remembered.get(requestId);
    if (before !== undefined && before.what !== what) {
      return outcomeOf({
        code: 'INVALID_VALUE',
        diagnostics: `Invalid value - '${requestId}' in header 'X-Request-ID'`,
      });
    }
    if (before !== undefined) return before.response;
    const response = respond();
    remembered.set(requestId, { what, response });
    const [oldest] = remembered.keys();
    if (remembered.size > REMEMBERED_REQUESTS && oldest !== undefined) remembered.delete(oldest);
    return response;
  };
}
