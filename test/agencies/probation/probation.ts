import type { z } from 'zod';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Holding } from '../../population/types.ts';
import {
  startSimulator,
  type SimulatedResponse,
  type Simulator,
  type SimulatorOptions,
  type SimulatorRequest,
} from '../simulator.ts';
import {
  addressesShape,
  baseLocationShape,
  errorShape,
  keyDatesShape,
  licencesShape,
  mappaShape,
  officerShape,
  personAnswerShape,
  searchShape,
  type ServedPerson,
} from './contract.ts';
import { maskElements, maskOfficer, removeLimited } from './redact.ts';
import { mayRead, type ProbationRole } from './roles.ts';
import {
  addressesOf,
  baseLocationOf,
  crnOf,
  keyDatesOf,
  licencesOf,
  mappaOf,
  nomsOf,
  officerOf,
  prisonHalf,
  probationHalf,
  supersededOf,
} from './serve.ts';

/** The HMPPS External API as a partner meets it: registered certificate and key, roles, filters, masks, merges. */

export interface ProbationConsumer {
  /** SHA-256 of the registered certificate's DER, base64url. */
  readonly thumbprint: string;
  /** Checked too where given. */
  readonly commonName?: string;
  readonly apiKey: string;
  readonly role: ProbationRole;
}

export interface ProbationOptions {
  readonly holdings: readonly Holding[];
  readonly asOf: IsoDate;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  readonly consumers: readonly ProbationConsumer[];
  readonly delayMs?: number;
  readonly port?: number;
  readonly recordAsked?: boolean;
  /** Changes an answer after all checks, to make the source lie. Gets the path and the answer. */
  readonly tamper?: (path: string, response: SimulatedResponse) => SimulatedResponse | Promise<SimulatedResponse>;
}

/** Starts the simulator on loopback. */
export function startProbation(options: ProbationOptions): Promise<Simulator> {
  const register = makeRegister(options.holdings.filter(({ agency }) => agency === 'probation'));
  const handle = async (request: SimulatorRequest): Promise<SimulatedResponse> => {
    const response = respond(request, options, register);
    return options.tamper === undefined ? response : options.tamper(request.path, response);
  };
  const { delayMs, port, recordAsked } = options;
  return startSimulator({
    name: 'probation',
    tls: options.tls,
    handle,
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(port === undefined ? {} : { port }),
    ...(recordAsked === undefined ? {} : { recordAsked }),
  } satisfies SimulatorOptions);
}

interface Register {
  readonly holdings: readonly Holding[];
  readonly byId: ReadonlyMap<string, Holding>;
  readonly byPnc: ReadonlyMap<string, readonly Holding[]>;
  readonly byBirth: ReadonlyMap<string, readonly Holding[]>;
  readonly movedTo: ReadonlyMap<string, string>;
}

function makeRegister(holdings: readonly Holding[]): Register {
  const byId = new Map<string, Holding>();
  const movedTo = new Map<string, string>();
  const byPnc = new Map<string, Holding[]>();
  const byBirth = new Map<string, Holding[]>();
  const put = (map: Map<string, Holding[]>, key: string | undefined, holding: Holding): void => {
    if (key !== undefined) map.set(key, [...(map.get(key) ?? []), holding]);
  };
  for (const holding of holdings) {
    for (const id of [crnOf(holding), nomsOf(holding)]) if (id !== undefined) byId.set(id, holding);
    for (const id of supersededOf(holding)) movedTo.set(id, holding.reference);
    put(byPnc, holding.pnc === undefined ? undefined : pncKey(holding.pnc), holding);
    put(byBirth, holding.dateOfBirth, holding);
  }
  return { holdings, byId, byPnc, byBirth, movedTo };
}

/** The service reads both notations of a PNC. */
function pncKey(pnc: string): string {
  const [, year = '', serial = '', letter = ''] = /^(?:\d\d)?(\d\d)\/0*(\d+)([A-Z])$/i.exec(pnc.trim()) ?? [];
  return `${year}/${serial}${letter.toUpperCase()}`;
}

function respond(request: SimulatorRequest, options: ProbationOptions, register: Register): SimulatedResponse {
  const consumer = consumerOf(request, options.consumers);
  // The platform in front of the service refuses without the service's own error.
  if (consumer === undefined) return { status: 403, json: { message: 'Forbidden' } };
  if (request.method !== 'GET') return { status: 405, json: { message: 'Method Not Allowed' } };
  if (!mayRead(consumer.role, request.path)) {
    return { status: 403, json: { status: 403, error: 'Forbidden', path: request.path } };
  }
  if (request.path === '/v1/persons') return search(request.query, consumer.role, register);
  const [, , , id = '', ...detail] = request.path.split('/');
  return person(decodeURIComponent(id), detail.join('/'), consumer.role, register, options.asOf);
}

function consumerOf(request: SimulatorRequest, consumers: readonly ProbationConsumer[]): ProbationConsumer | undefined {
  return consumers.find(
    ({ thumbprint, commonName, apiKey }) =>
      request.clientThumbprint === thumbprint &&
      (commonName === undefined || request.clientCommonName === commonName) &&
      request.headers['x-api-key'] === apiKey,
  );
}

const PAGE_RULE =
  'Only the first page is served, of at most 100 records. If this is insufficient, then please narrow your search criteria.';

function search(query: URLSearchParams, role: ProbationRole, register: Register): SimulatedResponse {
  const first = query.get('first_name');
  const last = query.get('last_name');
  const pnc = query.get('pnc_number');
  const born = query.get('date_of_birth');
  const page = Number(query.get('page') ?? '1');
  const perPage = Number(query.get('perPage') ?? '10');
  if ([first, last, pnc, born].every((value) => value === null)) return problem(400, 'No query parameters specified.');
  if (born !== null && !/^\d{4}-\d\d-\d\d$/.test(born))
    return problem(400, 'Invalid date format. Please use yyyy-MM-dd.');
  if (!Number.isInteger(page) || !Number.isInteger(perPage) || page < 1 || perPage < 1) {
    return problem(400, 'Invalid page.');
  }
  if (page > 1 || perPage > 100) return problem(400, PAGE_RULE);
  const within = query.get('search_within_aliases') === 'true';
  const pool =
    pnc !== null
      ? (register.byPnc.get(pncKey(pnc)) ?? [])
      : born !== null
        ? (register.byBirth.get(born) ?? [])
        : register.holdings;
  const matching = pool.filter(
    (holding) => (born === null || holding.dateOfBirth === born) && isNamed(holding, first, last, within),
  );
  const halves = matching
    .filter((holding) => isServed(holding, role))
    .flatMap((holding) => halvesFor(holding, role))
    .sort((a, b) => (b.dateOfBirth ?? '').localeCompare(a.dateOfBirth ?? ''));
  const data = halves.slice(0, perPage);
  const totalPages = Math.ceil(halves.length / perPage);
  return serve(searchShape, {
    data,
    pagination: {
      isLastPage: totalPages <= 1,
      count: data.length,
      page: 1,
      perPage,
      totalCount: halves.length,
      totalPages,
    },
  });
}

function isNamed(holding: Holding, first: string | null, last: string | null, within: boolean): boolean {
  const same = (wanted: string | null, held: string): boolean =>
    wanted === null || wanted.toLowerCase() === held.toLowerCase();
  const [main, ...others] = holding.names;
  const names = [...(main === undefined ? [] : [main]), ...(within ? [...others, ...holding.aliases] : [])];
  return names.some((name) => same(first, name.given) && same(last, name.family));
}

/** Rows that a role filters out are as if they were not there. */
function isServed(holding: Holding, role: ProbationRole): boolean {
  if (role.mappaCategories === undefined) return true;
  return holding.mappa !== undefined && role.mappaCategories.includes(holding.mappa.category);
}

function halvesFor(holding: Holding, role: ProbationRole): ServedPerson[] {
  const limited = role.limitsAccess && holding.restricted;
  return [prisonHalf(holding), probationHalf(holding)]
    .filter((half) => half !== undefined)
    .map((half) => (limited ? removeLimited(half) : half));
}

function person(id: string, detail: string, role: ProbationRole, register: Register, asOf: IsoDate): SimulatedResponse {
  const survivor = register.movedTo.get(id);
  if (survivor !== undefined && detail === '') {
    return { status: 303, headers: { location: `/v1/persons/${survivor}` } };
  }
  const holding = register.byId.get(id);
  if (holding === undefined || !isServed(holding, role)) return notFound(id);
  const limited = role.limitsAccess && holding.restricted;
  switch (detail) {
    case '': {
      const [first, second] = halvesFor(holding, role);
      const prison = [first, second].find((half) => half !== undefined && half.hmppsId === nomsOf(holding));
      const probation = [first, second].find((half) => half !== undefined && half.hmppsId === crnOf(holding));
      return serve(personAnswerShape, {
        data: {
          ...(prison === undefined ? {} : { prisonerOffenderSearch: prison }),
          ...(probation === undefined ? {} : { probationOffenderSearch: probation }),
        },
      });
    }
    case 'addresses':
      return limited ? forbidden() : serve(addressesShape, { data: addressesOf(holding, asOf) });
    case 'prisoner-base-location':
      return served(baseLocationShape, baseLocationOf(holding, asOf), id);
    case 'sentences/latest-key-dates-and-adjustments':
      return served(keyDatesShape, keyDatesOf(holding), id);
    case 'risks/mappadetail':
      return served(mappaShape, limited ? maskElements(mappaOf(holding), ['notes']) : mappaOf(holding), id);
    case 'person-responsible-officer':
      return served(officerShape, role.masksOfficer ? maskOfficer(officerOf(holding)) : officerOf(holding), id);
    case 'licences/conditions': {
      const licences = licencesOf(holding, id);
      return served(licencesShape, limited ? maskElements(licences, ['condition']) : licences, id);
    }
    default:
      return notFound(id);
  }
}

/** 200 with what is held, 404 where nothing is. */
function served(shape: z.ZodType, data: unknown, id: string): SimulatedResponse {
  return data === undefined ? notFound(id) : serve(shape, { data });
}

/** Nothing leaves that the contract does not allow: a mistake here is a failing test, not a lenient adapter. */
function serve(shape: z.ZodType, json: unknown): SimulatedResponse {
  return { status: 200, json: shape.parse(json) };
}

function problem(status: number, userMessage: string, developerMessage = userMessage): SimulatedResponse {
  return { status, json: errorShape.parse({ status, errorCode: null, userMessage, developerMessage, moreInfo: null }) };
}

const notFound = (id: string): SimulatedResponse =>
  problem(404, `Could not find person with id: ${id}`, `404 Not found error: could not find person with id: ${id}`);

const forbidden = (): SimulatedResponse =>
  problem(403, 'Limited access', 'Forbidden to complete action by upstream service: access to this person is limited');
