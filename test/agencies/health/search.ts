import { err, ok, type Result } from '../../../schemas/result.ts';
import type { SpineError } from './outcome.ts';

/** Parameters of `GET /Patient`, checked as the specification and its published tests say. */

export interface Search {
  readonly fuzzy: boolean;
  readonly exact: boolean;
  readonly history: boolean;
  readonly family?: string;
  readonly given: readonly string[];
  readonly gender?: string;
  readonly birthDates: readonly DateBound[];
  readonly deathDates: readonly DateBound[];
  readonly postcode?: string;
  readonly practice?: string;
  readonly email?: string;
  readonly phone?: string;
}

export interface DateBound {
  readonly bound: 'eq' | 'ge' | 'le';
  readonly date: string;
}

const REPEATABLE = new Set(['given', 'birthdate', 'death-date']);
const PARAMETERS = new Set([
  '_fuzzy-match',
  '_exact-match',
  '_history',
  '_max-results',
  'family',
  'given',
  'gender',
  'birthdate',
  'death-date',
  'address-postalcode',
  'address-postcode',
  'general-practitioner',
  'email',
  'phone',
]);
const GENDERS = ['male', 'female', 'other', 'unknown'];

const invalid = (field: string, value: string): { ok: false; error: SpineError } =>
  err({ code: 'INVALID_VALUE', diagnostics: `Invalid value - '${value}' in field '${field}'` });
const badSearch = (why: string): { ok: false; error: SpineError } =>
  err({ code: 'INVALID_SEARCH_DATA', diagnostics: `Invalid search data provided - '${why}'` });

/** Reads and checks the query of a search in application-restricted mode. */
export function readSearch(query: URLSearchParams): Result<Search, SpineError> {
  const names = [...new Set(query.keys())];
  if (names.length === 0) return err({ code: 'UNSUPPORTED_SERVICE' });
  const unknown = names.filter((name) => !PARAMETERS.has(name));
  if (unknown.length > 0) return err({ code: 'ADDITIONAL_PROPERTIES', diagnostics: unexpected(unknown) });
  const wrong = wrongValue(query, names);
  if (wrong !== undefined) return invalid(wrong, query.getAll(wrong).join(','));
  const most = query.get('_max-results');
  if (most !== null && most !== '1') {
    return err({
      code: 'INVALID_VALUE',
      status: 403,
      diagnostics: `Invalid value - '${most}' in field '_max-results'`,
    });
  }
  const search = searchOf(query);
  if (search.birthDates.length === 0) {
    const diagnostics = "Missing value - 'birth_date/birth_date_range_start/birth_date_range_end'";
    return err({ code: 'MISSING_VALUE', diagnostics });
  }
  const broken = brokenRule(search, query);
  return broken === undefined ? ok(search) : badSearch(broken);
}

const unexpected = (names: readonly string[]): string => {
  const list = names.map((name) => `'${name}'`).join(', ');
  return `Invalid request with error - Additional properties are not allowed (${list} ${names.length > 1 ? 'were' : 'was'} unexpected)`;
};

/** The first parameter whose value is not of its documented kind. */
function wrongValue(query: URLSearchParams, names: readonly string[]): string | undefined {
  return names.find((name) => {
    const values = query.getAll(name);
    if (values.length > 1 && !REPEATABLE.has(name)) return true;
    if (name.endsWith('-date') || name === 'birthdate') {
      return values.length > 2 || values.some((value) => dateBoundOf(value) === undefined);
    }
    return values.some((value) => !isOfItsKind(name, value));
  });
}

function isOfItsKind(name: string, value: string): boolean {
  if (['_fuzzy-match', '_exact-match', '_history'].includes(name)) return ['true', 'false'].includes(value);
  if (name === '_max-results') return /^\d{1,2}$/.test(value);
  if (name === 'gender') return GENDERS.includes(value);
  if (name === 'family' || name === 'given') return value !== '' && value.length <= 35;
  return value !== '';
}

function dateBoundOf(value: string): DateBound | undefined {
  const parts = /^(eq|ge|le)?(\d{4}-\d{2}-\d{2})$/.exec(value);
  const date = parts?.[2];
  if (date === undefined || Number.isNaN(Date.parse(date))) return undefined;
  const bound = parts?.[1];
  return { bound: bound === 'ge' || bound === 'le' ? bound : 'eq', date };
}

function searchOf(query: URLSearchParams): Search {
  const optional = (key: keyof Search, name: string): Partial<Search> => {
    const value = query.get(name);
    return value === null ? {} : { [key]: value };
  };
  return {
    fuzzy: query.get('_fuzzy-match') === 'true',
    exact: query.get('_exact-match') === 'true',
    history: query.get('_history') === 'true' || query.get('_fuzzy-match') === 'true',
    given: query.getAll('given'),
    birthDates: query.getAll('birthdate').flatMap((value) => dateBoundOf(value) ?? []),
    deathDates: query.getAll('death-date').flatMap((value) => dateBoundOf(value) ?? []),
    ...optional('family', 'family'),
    ...optional('gender', 'gender'),
    ...optional('postcode', query.has('address-postalcode') ? 'address-postalcode' : 'address-postcode'),
    ...optional('practice', 'general-practitioner'),
    ...optional('email', 'email'),
    ...optional('phone', 'phone'),
  };
}

/** Which rule of combination the search breaks, as its diagnostics would say. */
function brokenRule(search: Search, query: URLSearchParams): string | undefined {
  if (query.has('address-postalcode') && query.has('address-postcode')) return 'two names for the postcode';
  const wild = [search.family, ...search.given, search.postcode].filter((value) => value?.includes('*') === true);
  if (search.fuzzy && wild.length > 0) return 'wildcards are not allowed in a fuzzy search';
  if (wild.some((value) => value?.slice(0, 2).includes('*') === true)) {
    return 'a wildcard is not allowed in the first two characters';
  }
  if ([search.email, search.phone].some((value) => value?.includes('*') === true)) return 'no wildcards here';
  return meetsMinimum(search)
    ? undefined
    : 'No searches were performed as the search criteria did not meet the minimum requirements';
}

function meetsMinimum({ fuzzy, family, given, gender, postcode }: Search): boolean {
  if (!fuzzy) return family !== undefined;
  const withPlace = gender !== undefined && postcode !== undefined;
  return (family !== undefined && given.length > 0) || (withPlace && (family !== undefined || given.length > 0));
}
