import type { HeldPatient } from './patient.ts';
import type { DateBound, Search } from './search.ts';
import { soundex } from './soundex.ts';

/** Which patients a search finds, and how closely: 1 exactly as asked, less where a wildcard or a sound decided. */

interface Name {
  readonly given: readonly string[];
  readonly family: string;
}

const CURRENT_NAMES: readonly string[] = ['usual', 'nickname', 'temp'];
const WILD_SCORE = 0.9;
const FUZZY_SCORE = 0.85;

/** The score of a patient for a search, or undefined where he does not match. */
export function scoreOf(held: HeldPatient, search: Search): number | undefined {
  const { patient } = held;
  const restricted = patient.meta.security[0].code !== 'U';
  if (restricted && (search.postcode !== undefined || search.practice !== undefined)) return undefined;
  if (!inBounds(patient.birthDate, search.birthDates)) return undefined;
  if (!search.fuzzy && !inBounds(patient.deceasedDateTime?.slice(0, 10), search.deathDates)) return undefined;
  if (search.gender !== undefined && search.gender !== patient.gender) return undefined;
  if (!placeMatches(held, search) || !contactsMatch(held, search)) return undefined;
  const scores = namesOf(held, search).map((name) => nameScore(name, search));
  const best = Math.max(...scores.map((score) => score ?? 0), 0);
  return best === 0 || (search.exact && best < 1) ? undefined : best;
}

function inBounds(date: string | undefined, bounds: readonly DateBound[]): boolean {
  if (bounds.length === 0) return true;
  if (date === undefined) return false;
  return bounds.every(({ bound, date: limit }) =>
    bound === 'eq' ? date === limit : bound === 'ge' ? date >= limit : date <= limit,
  );
}

function placeMatches(held: HeldPatient, search: Search): boolean {
  const { patient, formerPostcodes } = held;
  const practice = patient.generalPractitioner?.[0]?.identifier.value;
  if (!search.fuzzy && search.practice !== undefined && search.practice.toUpperCase() !== practice) return false;
  if (search.postcode === undefined) return true;
  const current = (patient.address ?? []).flatMap(({ postalCode }) => postalCode ?? []);
  const wanted = pattern(search.postcode.replace(/\s/g, ''));
  return [...current, ...(search.history ? formerPostcodes : [])].some((postcode) =>
    wanted.test(postcode.replace(/\s/g, '')),
  );
}

function contactsMatch({ patient }: HeldPatient, search: Search): boolean {
  const values = (patient.telecom ?? []).map(({ value }) => value.toLowerCase());
  return [search.email, search.phone].every((value) => value === undefined || values.includes(value.toLowerCase()));
}

const namesOf = ({ patient }: HeldPatient, search: Search): Name[] =>
  (patient.name ?? [])
    .filter(({ use }) => search.history || CURRENT_NAMES.includes(use))
    .map(({ given, family }) => ({ given: given ?? [], family }));

function nameScore(name: Name, search: Search): number | undefined {
  if (search.fuzzy) return soundsLike(name, search) ? FUZZY_SCORE : undefined;
  if (search.family !== undefined && !pattern(search.family).test(name.family)) return undefined;
  const given = search.given.every((wanted, at) =>
    // A wildcard matches the start of the first given name only.
    wanted.includes('*')
      ? at === 0 && pattern(wanted).test(name.given[0] ?? '')
      : name.given.some((held) => pattern(wanted).test(held)),
  );
  if (!given) return undefined;
  const wild = [search.family ?? '', ...search.given, search.postcode ?? ''].some((value) => value.includes('*'));
  return wild ? WILD_SCORE : 1;
}

/** Homophones, and given and family name exchanged. */
function soundsLike(name: Name, search: Search): boolean {
  const family = soundex(name.family);
  const given = name.given.map(soundex);
  const wantedFamily = search.family === undefined ? undefined : soundex(search.family);
  const wantedGiven = search.given[0] === undefined ? undefined : soundex(search.given[0]);
  const straight =
    (wantedFamily === undefined || wantedFamily === family) &&
    (wantedGiven === undefined || given.includes(wantedGiven));
  const exchanged =
    wantedFamily !== undefined && wantedGiven !== undefined && wantedGiven === family && given.includes(wantedFamily);
  return straight || exchanged;
}

/** A whole-value pattern, case ignored, in which `*` stands for any characters. */
function pattern(value: string): RegExp {
  const escaped = value.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${escaped.join('.*')}$`, 'iu');
}
