import type { z } from 'zod';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Holding } from '../../population/types.ts';
import { startSimulator, type SimulatedResponse, type Simulator, type SimulatorRequest } from '../simulator.ts';
import { HOUSING_AUDIENCE, makeAuthoriser } from './token.ts';
import {
  alertsShape,
  contactsShape,
  personShape,
  searchShape,
  tenureShape,
  type ServedAlert,
  type ServedHit,
} from './contract.ts';
import { contactsOf, hitOf, personOf, tenureOf, tenuresOf, type Tenure } from './serve.ts';

/** A landlord's read services behind one host: free-text search, persons, contact details, tenures, alerts. */

export interface HousingOptions {
  /** Those of other agencies are ignored. */
  readonly holdings: readonly Holding[];
  readonly asOf: IsoDate;
  readonly tls: { readonly cert: string; readonly key: string };
  /** PEM of the public key that verifies the bearer JWT. */
  readonly verificationKeyPem: string;
  readonly audience?: string;
  readonly now?: () => Date;
  /** Cautionary alerts by person id. */
  readonly alerts?: ReadonlyMap<string, readonly ServedAlert[]>;
  readonly delayMs?: number;
  readonly port?: number;
  readonly recordAsked?: boolean;
  /** Changes an answer after all checks, to make the source lie. Gets the path and the answer. */
  readonly tamper?: (path: string, response: SimulatedResponse) => SimulatedResponse | Promise<SimulatedResponse>;
}

/** Starts the simulator on loopback. */
export function startHousing(options: HousingOptions): Promise<Simulator> {
  const register = makeRegister(options);
  const authorised = makeAuthoriser(
    options.verificationKeyPem,
    options.audience ?? HOUSING_AUDIENCE,
    options.now ?? (() => new Date()),
  );
  const { delayMs, port, recordAsked } = options;
  return startSimulator({
    name: 'housing',
    tls: options.tls,
    handle: async (request) => {
      const response = (await authorised(request.headers.authorization))
        ? respond(request, register, options)
        : { status: 401, json: { message: 'Unauthorized' } };
      return options.tamper === undefined ? response : options.tamper(request.path, response);
    },
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(port === undefined ? {} : { port }),
    ...(recordAsked === undefined ? {} : { recordAsked }),
  });
}

interface Register {
  readonly byId: ReadonlyMap<string, Holding>;
  readonly tenures: ReadonlyMap<string, { readonly tenure: Tenure; readonly tenants: readonly Holding[] }>;
  /** People by each word of their names and addresses. */
  readonly index: ReadonlyMap<string, readonly Holding[]>;
}

function makeRegister({ holdings, asOf }: HousingOptions): Register {
  const byId = new Map<string, Holding>();
  const tenures = new Map<string, { tenure: Tenure; tenants: Holding[] }>();
  const index = new Map<string, Holding[]>();
  for (const holding of holdings.filter(({ agency }) => agency === 'housing')) {
    byId.set(holding.reference, holding);
    for (const tenure of tenuresOf(holding, asOf)) {
      const known = tenures.get(tenure.id);
      if (known === undefined) tenures.set(tenure.id, { tenure, tenants: [holding] });
      else known.tenants.push(holding);
    }
    for (const word of new Set(wordsOf(searchable(hitOf(holding, asOf, false), holding)))) {
      const found = index.get(word);
      if (found === undefined) index.set(word, [holding]);
      else found.push(holding);
    }
  }
  return { byId, tenures, index };
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{M}\p{N}'’-]+/gu) ?? [];

const searchable = (hit: ServedHit, holding: Holding): string =>
  [
    hit.firstname,
    hit.middleName ?? '',
    hit.surname,
    hit.preferredFirstname ?? '',
    hit.preferredSurname ?? '',
    ...hit.tenures.map(({ assetFullAddress }) => assetFullAddress),
    ...holding.addresses.map(({ uprn }) => uprn ?? ''),
  ].join(' ');

function respond(request: SimulatorRequest, register: Register, options: HousingOptions): SimulatedResponse {
  if (request.method !== 'GET') return { status: 405, json: { message: 'Method Not Allowed' } };
  const { path, query } = request;
  if (path === '/housing-search/api/v1/search/persons') return search(query, register, options);
  if (path === '/contact-details/api/v2/contactDetails') return contacts(query, register, options);
  const person = /^\/person\/api\/v1\/persons\/([^/]+)$/.exec(path)?.[1];
  if (person !== undefined) {
    return ofPerson(person, register, (holding) => ({
      ...serve(personShape, personOf(holding, options.asOf)),
      headers: { etag: '"3"' },
    }));
  }
  const tenure = register.tenures.get(/^\/tenure-information\/api\/v1\/tenures\/([^/]+)$/.exec(path)?.[1] ?? '');
  if (tenure !== undefined) return serve(tenureShape, tenureOf(tenure.tenure, tenure.tenants));
  const alerted = /^\/cautionary-alerts\/api\/v1\/cautionary-alerts\/persons\/([^/]+)$/.exec(path)?.[1];
  if (alerted !== undefined) {
    const alerts = options.alerts?.get(alerted) ?? [];
    return ofPerson(alerted, register, (holding) =>
      alerts.length === 0 ? notFound(alerted) : serve(alertsShape, { personId: holding.reference, alerts }),
    );
  }
  return notFound(path);
}

/** 403 for a sensitive tenant, whom this caller may not see; 404 for nobody. */
function ofPerson(id: string, register: Register, give: (holding: Holding) => SimulatedResponse): SimulatedResponse {
  const holding = register.byId.get(id);
  if (holding === undefined) return notFound(id);
  return holding.restricted ? { status: 403, json: { message: 'Forbidden' } } : give(holding);
}

const PAGE_SIZE_MAX = 400;

function search(query: URLSearchParams, register: Register, options: HousingOptions): SimulatedResponse {
  const text = query.get('searchText') ?? '';
  const page = Number(query.get('page') ?? '1');
  const size = Number(query.get('pageSize') ?? '12');
  if (text.length < 2 || !isCount(page) || !isCount(size) || size > PAGE_SIZE_MAX) {
    return { status: 400, json: { errors: { searchText: ['The search text must have 2 characters or more.'] } } };
  }
  const scores = new Map<Holding, number>();
  for (const word of new Set(wordsOf(text))) {
    for (const holding of register.index.get(word) ?? []) scores.set(holding, (scores.get(holding) ?? 0) + 1);
  }
  // Every word counts for itself: a namesake's cousin is a hit too, only a worse one.
  const ranked = [...scores].sort(([a, x], [b, y]) => y - x || a.reference.localeCompare(b.reference));
  const persons = ranked
    .slice((page - 1) * size, page * size)
    .map(([holding]) => hitOf(holding, options.asOf, options.alerts?.has(holding.reference) === true));
  return serve(searchShape, { results: { persons }, total: ranked.length });
}

const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1;

/** An empty list is a 404 whose body is the id that was asked for. */
function contacts(query: URLSearchParams, register: Register, options: HousingOptions): SimulatedResponse {
  const target = query.get('targetId') ?? '';
  return ofPerson(target, register, (holding) => {
    const results = contactsOf(holding, options.asOf, query.get('includeHistoric') === 'true');
    return results.length === 0 ? notFound(target) : serve(contactsShape, { results });
  });
}

/** Nothing leaves that the contract does not allow: a mistake here is a failing test, not a lenient adapter. */
function serve(shape: z.ZodType, json: unknown): SimulatedResponse {
  return { status: 200, json: shape.parse(json) };
}

const notFound = (what: string): SimulatedResponse => ({ status: 404, json: what });
