import type { Identifier, PersonName } from '../../schemas/person.ts';
import type { HeldRecord, SoughtPerson } from './held-record.ts';

/**
 * Whether a held record can be the one that is sought, as an agency's own search would say. This finds candidates; who
 * he is gets decided by linkage, which sees all agencies' answers.
 */

/** Letters and digits only, lower case, without accents: spelling of a name for comparison. */
export function foldName(name: string | undefined): string {
  return (name ?? '')
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

export const foldPostcode = (postcode: string): string => postcode.toUpperCase().replace(/[^A-Z0-9]/g, '');

/** The last ten digits: the same for +44 7700 900123, 07700 900123 and 447700900123. */
export const foldPhone = (number: string): string => number.replace(/\D/g, '').slice(-10);

export const foldEmail = (address: string): string => address.trim().toLowerCase();

/**
 * One spelling for each identifier. PNC: `12/394773H` and `2012/0394773H` are one number; a two-digit year above the
 * present one (75) is of the last century, as the PNC began in 1974.
 */
export function foldIdentifier({ type, value }: Identifier): string {
  const bare = value.toUpperCase().replace(/\s/g, '');
  const pnc = type === 'PNC' ? /^(\d{4}|\d{2})\/?0*(\d{1,7})([A-Z])$/.exec(bare) : null;
  if (pnc?.[1] === undefined || pnc[2] === undefined || pnc[3] === undefined) return `${type}:${bare}`;
  const year = pnc[1].length === 4 ? pnc[1] : `${Number(pnc[1]) > 73 ? '19' : '20'}${pnc[1]}`;
  return `${type}:${year}/${pnc[2].padStart(7, '0')}${pnc[3]}`;
}

const BY_NAME_ONLY = new Set(['1900-01-01', '1901-01-01', '1970-01-01']);

/** A birth date that stands for "not known". 1970-01-01 is what a missing number becomes in many systems. */
export function isPlaceholder(date: string | undefined): boolean {
  return date === undefined || BY_NAME_ONLY.has(date);
}

/** The date itself and, where day and month could have changed places, the other reading. */
export function readingsOf(date: string): readonly string[] {
  const [year, month, day] = date.split('-');
  if (year === undefined || month === undefined || day === undefined || Number(day) > 12 || day === month) {
    return [date];
  }
  return [date, `${year}-${day}-${month}`];
}

export type NamePart = Pick<PersonName, 'given' | 'family'>;

/** First given name and family name both agree, in any pair of names or aliases. */
export function namesAgree(a: readonly NamePart[], b: readonly NamePart[]): boolean {
  return a.some((one) => b.some((other) => givenAgrees(one, other) && familyAgrees(one, other)));
}

/** At least one part of some name agrees: for a spelling that differs between agencies. */
export function aNamePartAgrees(a: readonly NamePart[], b: readonly NamePart[]): boolean {
  return a.some((one) => b.some((other) => givenAgrees(one, other) || familyAgrees(one, other)));
}

function givenAgrees(one: NamePart, other: NamePart): boolean {
  const first = foldName(one.given?.trim().split(/\s+/)[0]);
  return first !== '' && first === foldName(other.given?.trim().split(/\s+/)[0]);
}

function familyAgrees(one: NamePart, other: NamePart): boolean {
  const family = foldName(one.family);
  return family !== '' && family === foldName(other.family);
}

/** Both sexes are known and differ. */
export function sexesDiffer(a: string | undefined, b: string | undefined): boolean {
  return (a === 'male' && b === 'female') || (a === 'female' && b === 'male');
}

export function birthDatesAgree(sought: readonly string[], held: string | undefined): boolean {
  return held !== undefined && !isPlaceholder(held) && sought.some((date) => readingsOf(date).includes(held));
}

export function anIdentifierAgrees(sought: SoughtPerson, record: HeldRecord): boolean {
  const known = new Set(sought.identifiers.map(foldIdentifier));
  return record.identifiers.some((identifier) => known.has(foldIdentifier(identifier)));
}

/**
 * The least that a record must have in common with the question: an identifier, or a part of a name together with a
 * birth date that agrees or is not known. Anything less is about somebody we did not ask about.
 */
export function couldBeSought(sought: SoughtPerson, record: HeldRecord): boolean {
  if (anIdentifierAgrees(sought, record)) return true;
  const birth = isPlaceholder(record.dateOfBirth) || birthDatesAgree(sought.datesOfBirth, record.dateOfBirth);
  return birth && !sexesDiffer(sought.sex, record.sex) && aNamePartAgrees(sought.names, record.names);
}
