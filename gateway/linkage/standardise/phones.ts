import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { StandardPhone } from './standard-person.ts';

/** A British number in its usual notations; libphonenumber gives the same, fifty times slower. */
const BRITISH = /^(?:(?:\+44|0044)0?|0)([1-37]\d{9})$/;

/**
 * 07 numbers, mobiles and the few pagers (076), which one person carries; not 070, which is forwarded to anybody (Ofcom,
 * National Telephone Numbering Plan).
 */
const CARRIED = /^\+447(?!0)/;
/** Of a text with fewer, not even a number abroad can be made; libphonenumber throws inside to say so, at some cost. */
const FEWEST_DIGITS = 7;

function toE164(raw: string): string | undefined {
  const match = BRITISH.exec(raw) ?? BRITISH.exec(raw.replace(/[\s()-]/g, ''));
  if (match !== null) return `+44${match[1] ?? ''}`;
  if (raw.replace(/\P{Nd}/gu, '').length < FEWEST_DIGITS) return undefined;
  return parsePhoneNumberFromString(raw, 'GB')?.number;
}

/** `+` and nine digits: an extension or a service code such as 101 is nobody's number. */
const SHORTEST = 10;

/** `07000 000000` and the like, typed to get past a required field. */
const isFiller = (number: string): boolean => /(\d)\1{7,}$/.test(number);

/**
 * A phone number as E.164, United Kingdom unless it says otherwise; validity is not required, because numbers that
 * a plan does not list are still what two registers may share. Undefined where the text is no number.
 */
export function standardisePhone(raw: string): StandardPhone | undefined {
  const number = toE164(raw);
  if (number === undefined || number.length < SHORTEST || isFiller(number)) return undefined;
  return { number, personal: CARRIED.test(number) };
}

/** An e-mail address in lower case, or undefined where it is none. */
export function standardiseEmail(raw: string): string | undefined {
  const email = raw.trim().toLowerCase();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email) ? email : undefined;
}
