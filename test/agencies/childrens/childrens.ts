import type { z } from 'zod';
import type { IsoDate } from '../../../schemas/names.ts';
import type { Holding } from '../../population/types.ts';
import { startSimulator, type SimulatedResponse, type Simulator, type SimulatorRequest } from '../simulator.ts';
import {
  allocationsShape,
  listShape,
  relationshipsShape,
  residentShape,
  statusesShape,
  warningNotesShape,
} from './contract.ts';
import { residentsOf, type Resident, type Residents } from './residents.ts';
import { allocationsOf, relationshipsOf, residentOf, statusesOf, summaryOf } from './serve.ts';

/** A council's social-care service: residents, relationships, case statuses, allocations, warning notes. */

export interface ChildrensOptions {
  /** Those of other agencies are ignored. */
  readonly holdings: readonly Holding[];
  readonly asOf: IsoDate;
  readonly tls: { readonly cert: string; readonly key: string };
  /** Keys that the platform in front of the service knows. */
  readonly apiKeys: readonly string[];
  readonly delayMs?: number;
  readonly port?: number;
  readonly recordAsked?: boolean;
  /** Changes an answer after all checks, to make the source lie. Gets the request and the answer. */
  readonly tamper?: (
    request: SimulatorRequest,
    response: SimulatedResponse,
  ) => SimulatedResponse | Promise<SimulatedResponse>;
}

/** Starts the simulator on loopback. */
export function startChildrens(options: ChildrensOptions): Promise<Simulator> {
  const people = residentsOf(
    options.holdings.filter(({ agency }) => agency === 'childrens'),
    options.asOf,
  );
  const keys = new Set(options.apiKeys);
  const { delayMs, port, recordAsked } = options;
  return startSimulator({
    name: 'childrens',
    tls: options.tls,
    handle: (request) => {
      const response = keys.has(request.headers['x-api-key'] ?? '')
        ? respond(request, people)
        : { status: 403, json: { message: 'Forbidden' } };
      return options.tamper === undefined ? response : options.tamper(request, response);
    },
    ...(delayMs === undefined ? {} : { delayMs }),
    ...(port === undefined ? {} : { port }),
    ...(recordAsked === undefined ? {} : { recordAsked }),
  });
}

function respond({ method, path, query }: SimulatorRequest, people: Residents): SimulatedResponse {
  if (method !== 'GET') return { status: 405 };
  if (path === '/api/v1/residents' || path === '/api/v1/search/person') return search(query, people);
  if (path === '/api/v1/allocations') {
    const resident = people.byId.get(Number(query.get('mosaic_id') ?? '0'));
    return serve(
      allocationsShape,
      resident === undefined ? { allocations: [], nextCursor: null, totalCount: 0 } : allocationsOf(resident),
    );
  }
  const [, id, detail] = /^\/api\/v1\/residents\/(\d+)(?:\/([A-Za-z-]+))?$/.exec(path) ?? [];
  const resident = people.byId.get(Number(id));
  if (resident === undefined) return { status: 404 };
  switch (detail) {
    case undefined:
      return serve(residentShape, residentOf(resident, people));
    case 'relationships':
      return serve(relationshipsShape, relationshipsOf(resident, people));
    case 'case-statuses':
      return serve(statusesShape, statusesOf(resident));
    case 'warningNotes':
      return serve(warningNotesShape, { warningNotes: [] });
    default:
      return { status: 404 };
  }
}

const LIMIT_MAX = 100;

/** Every criterion must be contained in what is held, in any case; pages begin after the last number of the one before. */
function search(query: URLSearchParams, people: Residents): SimulatedResponse {
  const text = (name: string): string => (query.get(name) ?? '').trim().toLowerCase();
  const bare = (value: string | undefined): string => (value ?? '').toLowerCase().replace(/\s/g, '');
  const limit = Math.min(Number(query.get('limit') ?? '20'), LIMIT_MAX);
  const cursor = Number(query.get('cursor') ?? '0');
  const matches = ({ isSearched, isChild, name, dateOfBirth, addresses, id }: Resident): boolean =>
    isSearched &&
    name.given.toLowerCase().includes(text('first_name')) &&
    name.family.toLowerCase().includes(text('last_name')) &&
    (dateOfBirth ?? '').includes(text('date_of_birth')) &&
    (isChild ? 'c' : 'a').includes(text('context_flag')) &&
    String(id).includes(text('mosaic_id')) &&
    (text('postcode') === '' || addresses.some(({ postcode }) => bare(postcode).includes(bare(text('postcode')))));
  const found = people.all.filter(matches);
  const rest = found.filter(({ id }) => id > cursor);
  const page = rest.slice(0, limit);
  return serve(listShape, {
    residents: page.map(summaryOf),
    nextCursor: rest.length > page.length ? String(page.at(-1)?.id) : null,
    totalCount: found.length,
  });
}

/** Nothing leaves that the contract does not allow: a mistake here is a failing test, not a lenient adapter. */
function serve(shape: z.ZodType, json: unknown): SimulatedResponse {
  return { status: 200, json: shape.parse(json) };
}
