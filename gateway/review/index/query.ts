import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import type { SearchFilter } from '../../../schemas/review.ts';
import type { SearchFilters } from '../../../schemas/review-request.ts';
import type { IndexQuery } from '../../ports/entry-index.ts';
import { EVERYBODY } from '../seen-by.ts';
import { facet } from './facets.ts';

/** What an officer's filters mean to the index. */

export interface StaffOfAgency {
  readonly agency: AgencyId;
  readonly staffId: string;
}

export interface Meant {
  /** Staff whose id or name contains what was typed, where it was. */
  readonly staff?: readonly StaffOfAgency[];
  /** Keyed tokens of the words that were typed, where they were. */
  readonly tokens?: readonly string[];
  readonly before?: number;
  readonly limit: number;
}

/**
 * The query of a viewer. Whatever else is asked, only what her agency may see can be found: the viewer is in every
 * query, and the parts of a disclosure are looked up under her agency's name alone.
 */
export function indexQueryOf(viewer: AgencyId, filters: SearchFilters, meant: Meant): IndexQuery {
  const all: string[] = [];
  const anyOf: string[][] = [];
  const one = (of: string): number => all.push(of);
  const oneOf = (values: readonly string[] | undefined, of: (value: string) => string): void => {
    const [first, ...more] = values ?? [];
    if (first === undefined) return;
    if (more.length === 0) one(of(first));
    else anyOf.push([first, ...more].map(of));
  };
  if (filters.agency !== undefined) one(facet.agency(filters.agency));
  if (filters.role !== undefined) one(facet.role(filters.role));
  if (filters.caseRef !== undefined) one(facet.caseRef(filters.caseRef));
  if (filters.subject !== undefined) one(facet.subject(filters.subject));
  if (filters.power !== undefined) one(facet.power(viewer, filters.power));
  if (filters.policyVersion !== undefined) one(facet.policyVersion(filters.policyVersion));
  if (filters.breakGlass === true) one(facet.breakGlass);
  oneOf(filters.kinds, facet.kind);
  oneOf(filters.purposes, facet.purpose);
  oneOf(filters.fields, (field) => facet.field(viewer, field));
  oneOf(filters.outcomes, (outcome) => facet.outcome(viewer, outcome));
  oneOf(filters.decisions, (decision) => facet.decision(viewer, decision));
  if (meant.staff !== undefined) anyOf.push(meant.staff.map(({ agency, staffId }) => facet.staff(agency, staffId)));
  if (meant.tokens !== undefined) {
    if (meant.tokens.length === 0) anyOf.push([]);
    all.push(...meant.tokens.map((token) => facet.word(viewer, token)));
  }
  // How the gateway was run is everybody's to see, and has nothing in it by which these others could find it.
  const ofGateway = Object.keys(filters).every((name) => FOUND_IN_ALL.has(name));
  return {
    all: ofGateway ? all : [facet.viewer(viewer), ...all],
    anyOf: ofGateway ? [[facet.viewer(viewer), facet.viewer(EVERYBODY)], ...anyOf] : anyOf,
    limit: meant.limit,
    ...(filters.from === undefined ? {} : { from: filters.from }),
    ...(filters.to === undefined ? {} : { to: filters.to }),
    ...(meant.before === undefined ? {} : { before: meant.before }),
  };
}

/** Filters by which also entries about the gateway itself can be found. */
const FOUND_IN_ALL: ReadonlySet<string> = new Set(['kinds', 'policyVersion', 'from', 'to']);

const NAMES: Readonly<Record<keyof SearchFilters, SearchFilter>> = {
  kinds: 'kind',
  staff: 'staff',
  agency: 'agency',
  role: 'role',
  caseRef: 'case',
  subject: 'subject',
  purposes: 'purpose',
  power: 'power',
  fields: 'field',
  outcomes: 'outcome',
  decisions: 'decision',
  policyVersion: 'policy-version',
  breakGlass: 'break-glass',
  from: 'from',
  to: 'to',
  text: 'text',
};

type About = NonNullable<Extract<LogEntryBody, { kind: 'log-searched' }>['about']>;

/** What the log says of a search: which filters were set, and the codes among them. What was typed is not a code. */
export function searchAsLogged(filters: SearchFilters): { filters: SearchFilter[]; about?: About } {
  const { agency, caseRef, subject, fields, from, to } = filters;
  const [field, ...more] = fields ?? [];
  const about: About = {
    ...(agency === undefined ? {} : { agency }),
    ...(caseRef === undefined ? {} : { caseRef }),
    ...(subject === undefined ? {} : { subject }),
    ...(field === undefined || more.length > 0 ? {} : { field }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const set = Object.entries(NAMES).flatMap(([key, name]) => (Object.hasOwn(filters, key) ? [name] : []));
  return { filters: set, ...(Object.keys(about).length === 0 ? {} : { about }) };
}
