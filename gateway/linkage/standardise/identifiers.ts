import type { Identifier } from '../../../schemas/person.ts';
import { isNhsNumber, policeCheckLetter } from './check-characters.ts';
import type { StandardIdentifier } from './standard-person.ts';

type Reading = Pick<StandardIdentifier, 'value' | 'valid' | 'core'>;

const bare = (value: string): string => value.toUpperCase().replace(/[^A-Z0-9]/g, '');

const coreOf = (yy: string, serial: string): string => `${String(Number(serial))}/${yy}`;

/** A two-digit year is read as 1951 to 2050: the PNC began in 1974 and took over older files. */
const fullYear = (year: string): string => (year.length === 4 ? year : (Number(year) > 50 ? '19' : '20') + year);

/** PNC: `YYYY/NNNNNNNX`, held also as `YY/NNNX` and without the slash. */
function readPnc(raw: string): Reading {
  const text = raw.toUpperCase().replace(/[^A-Z0-9/]/g, '');
  const match = /^(\d{4}|\d{2})\/(\d{1,7})([A-Z])$/.exec(text) ?? /^(\d{4}|\d{2})(\d{7})([A-Z])$/.exec(bare(raw));
  if (match === null) return { value: bare(raw), valid: false };
  const [, givenYear = '', digits = '', letter = ''] = match;
  const year = fullYear(givenYear);
  const serial = digits.padStart(7, '0');
  const yy = year.slice(2);
  return {
    value: `${year}/${serial}${letter}`,
    valid: policeCheckLetter(yy, serial) === letter && Number(serial) > 0,
    core: coreOf(yy, serial),
  };
}

/** CRO: `NNNNNN/YYX`, or `SFYY/NX` for a record without fingerprints. `000000/00Z` is a placeholder. */
function readCro(raw: string): Reading | undefined {
  const text = raw.toUpperCase().replace(/[^A-Z0-9/]/g, '');
  const file = /^SF(\d{2})\/?(\d{1,6})([A-Z])$/.exec(text);
  const standard = /^(\d{1,6})\/(\d{2})([A-Z])$/.exec(text) ?? /^(\d{6})(\d{2})([A-Z])$/.exec(text);
  if (file !== null) {
    const [, yy = '', digits = '', letter = ''] = file;
    const serial = String(Number(digits));
    return { value: `SF${yy}/${serial}${letter}`, valid: policeCheckLetter(yy, serial) === letter };
  }
  if (standard === null) return { value: bare(raw), valid: false };
  const [, digits = '', yy = '', letter = ''] = standard;
  const serial = digits.padStart(6, '0');
  if (Number(serial) === 0) return undefined;
  return {
    value: `${serial}/${yy}${letter}`,
    valid: policeCheckLetter(yy, serial) === letter,
    core: coreOf(yy, serial),
  };
}

const matching =
  (pattern: RegExp) =>
  (raw: string): Reading => {
    const value = bare(raw);
    return { value, valid: pattern.test(value) };
  };

const readNhs = (raw: string): Reading => ({ value: bare(raw), valid: isNhsNumber(bare(raw)) });
const readNoms = matching(/^[A-Z]\d{4}[A-Z]{2}$/);
const readCrn = matching(/^[A-Z]\d{6}$/);
/** Prefix letters that HMRC does not use are excluded (HMRC National Insurance Manual NIM39110). */
const readNino = matching(/^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/);
const readLocal = matching(/^[A-Z0-9]{3,}$/);

const READERS: Readonly<Record<Identifier['type'], (raw: string) => Reading | undefined>> = {
  PNC: readPnc,
  CRO: readCro,
  NHS: readNhs,
  NOMS: readNoms,
  CRN: readCrn,
  NINO: readNino,
  LCS: readLocal,
  TENANCY: readLocal,
  OTHER: readLocal,
};

/** All zeros, all nines, one letter repeated: typed to get past a required field. */
const isFiller = (value: string): boolean => /^(.)\1*$/.test(value.replace(/[/A-Z]$/, '').replace('/', ''));

/**
 * Identifiers in canonical notation, each with whether its format and check character hold. One that fails is kept
 * as weak evidence and is never a key; placeholders are dropped.
 */
export function standardiseIdentifiers(identifiers: readonly Identifier[]): StandardIdentifier[] {
  const standard = new Map<string, StandardIdentifier>();
  for (const { type, value: raw } of identifiers) {
    const reading = READERS[type](raw);
    if (reading === undefined || reading.value.length < 3 || isFiller(reading.value)) continue;
    standard.set(`${type} ${reading.value}`, { type, ...reading });
  }
  return [...standard.values()];
}
