import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { readContact } from '../../contacts/normalise.ts';
import type { StandardPhone } from './standard-person.ts';

/** A British number as nearly all are written; reading it otherwise gives the same, fifty times slower. */
const BRITISH = /^(?:(?:\+44|0044)0?|0)([1-37]\d{9})$/;

/**
 * 07 numbers, mobiles and the few pagers (076), which one person carries; not 070, which is forwarded to anybody, and
 * none that lacks a digit or has one too many (Ofcom, National Telephone Numbering Plan).
 */
const CARRIED = /^\+447(?!0)\d{9}$/;

/** `+` and nine digits: an extension or a service code such as 101 is nobody's number. */
const SHORTEST = 10;

/** `07000 000000`, `07123 456789` and the like, typed to get past a required field. */
const FILLER = /(\d)\1{7,}$|^\+44\d*(?:12345678|98765432)/;

/** Of a text with fewer, not even a number abroad can be made; libphonenumber throws inside to say so, at some cost. */
const FEWEST_DIGITS = 7;

/** The values of one field, and whether what stands beside them names somebody else ("mum's"). */
export interface FieldRead<T> {
  readonly values: readonly T[];
  readonly pointsElsewhere: boolean;
}

const NO_PHONES: FieldRead<StandardPhone> = { values: [], pointsElsewhere: false };

function asPhones(numbers: readonly string[]): readonly StandardPhone[] {
  return numbers
    .filter((number) => number.length >= SHORTEST && !FILLER.test(number))
    .map((number) => ({ number, personal: CARRIED.test(number) }));
}

/**
 * Reads every phone number of a field as E.164, United Kingdom unless it says otherwise; validity is not required,
 * because numbers that a plan does not list are still what two registers may share. What contact ranking reads in the
 * field counts; only where it reads none, libphonenumber is asked.
 */
export function readPhoneField(raw: string): FieldRead<StandardPhone> {
  const match = BRITISH.exec(raw) ?? BRITISH.exec(raw.replace(/[\s()-]/g, ''));
  if (match !== null) return { values: asPhones([`+44${match[1] ?? ''}`]), pointsElsewhere: false };
  if (!/\p{Nd}/u.test(raw)) return NO_PHONES;
  const mended = raw.replace(/(?<=\d)[lI|](?=\d)/g, '1');
  const { contacts, pointsElsewhere } = readContact('phone', mended);
  if (contacts.length > 0) return { values: asPhones(contacts.map(({ key }) => key)), pointsElsewhere };
  if (mended.includes('*') || mended.replace(/\P{Nd}/gu, '').length < FEWEST_DIGITS) return NO_PHONES;
  const number = parsePhoneNumberFromString(mended, 'GB')?.number;
  return number === undefined ? NO_PHONES : { values: asPhones([number]), pointsElsewhere: false };
}

/** The first number of a field, see `readPhoneField`; undefined where the text is none. */
export const standardisePhone = (raw: string): StandardPhone | undefined => readPhoneField(raw).values[0];

/**
 * Every e-mail address of a field, one spelling for each mailbox: in lower case, without what follows a plus, and for
 * Google without dots, which it disregards (Gmail Help, "Dots don't matter in Gmail addresses"). Other providers' dots
 * tell two people apart. Empty where it holds none, or one that was typed to get past the field.
 */
export function readEmailField(raw: string): FieldRead<string> {
  const { contacts, pointsElsewhere } = readContact('email', raw);
  return { values: contacts.map(({ key }) => key), pointsElsewhere };
}

/** The first address of a field, see `readEmailField`. */
export const standardiseEmail = (raw: string): string | undefined => readEmailField(raw).values[0];
