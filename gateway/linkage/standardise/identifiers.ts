import type { Identifier } from '../../../schemas/person.ts';
import { isNhsNumber, policeCheckLetter } from './check-characters.ts';
import type { StandardIdentifier } from './standard-person.ts';

type Reading = Pick<StandardIdentifier, 'value' | 'valid' | 'core'>;

/** Letters that are taken for digits, and the other way round. */
const AS_DIGITS: Readonly<Record<string, string>> = { O: '0', I: '1', L: '1', S: '5', B: '8', Z: '2' };

const bare = (value: string): string => value.toUpperCase().replace(/[^A-Z0-9]/g, '');

const asDigits = (text: string): string => text.replace(/[OILSBZ]/g, (letter) => AS_DIGITS[letter] ?? letter);

const coreOf = (yy: string, serial: string): string => `${String(Number(serial))}/${yy}`;

/** A two-digit year is read as 1951 to 2050: the PNC began in 1974 and took over older files. */
const fullYear = (year: string): string => (year.length === 4 ? year : (Number(year) > 50 ? '19' : '20') + year);

/** PNC: `YYYY/NNNNNNNX`, held also as `YY/NNNX` and without the slash. */
function readPnc(raw: string): Reading {
  const asHeld = pncOf(raw);
  if (asHeld?.valid === true) return asHeld;
  const text = bare(raw);
  const mended = pncOf(asDigits(text.slice(0, -1)) + text.slice(-1));
  // Only the check letter says that what looks like a slip of the eye was one.
  return mended?.valid === true ? mended : (asHeld ?? { value: text, valid: false });
}

function pncOf(raw: string): Reading | undefined {
  const text = raw.toUpperCase().replace(/[^A-Z0-9/]/g, '');
  const match = /^(\d{4}|\d{2})\/(\d{1,7})\/?([A-Z])$/.exec(text) ?? /^(\d{4}|\d{2})(\d{7})([A-Z])$/.exec(bare(raw));
  if (match === null) return undefined;
  const [, givenYear = '', digits = '', letter = ''] = match;
  const year = fullYear(givenYear);
  const serial = digits.padStart(7, '0');
  const yy = year.slice(2);
  return {
    value: `${year}/${serial}${letter}`,
    valid: policeCheckLetter(yy, serial) === letter && Number(serial) > 0 && /^(?:19|20)/.test(year),
    core: coreOf(yy, serial),
  };
}

/** CRO: `NNNNNN/YYX`, or `SFYY/NX` for a record without fingerprints. `000000/00Z` is a placeholder. */
function readCro(raw: string): Reading | undefined {
  const asHeld = croOf(raw);
  if (asHeld === undefined || asHeld.valid) return asHeld;
  const text = raw.toUpperCase().trim();
  const digits = text.startsWith('SF') ? `SF${asDigits(text.slice(2, -1))}` : asDigits(text.slice(0, -1));
  const mended = croOf(digits + text.slice(-1));
  return mended?.valid === true ? mended : asHeld;
}

function croOf(raw: string): Reading | undefined {
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

function readNhs(raw: string): Reading {
  const value = bare(raw);
  const mended = asDigits(value);
  // As with PNC numbers the check digit says whether it was a slip of the eye.
  return isNhsNumber(mended) ? { value: mended, valid: true } : { value, valid: false };
}

const readNoms = matching(/^[A-Z]\d{4}[A-Z]{2}$/);
const readCrn = matching(/^[A-Z]\d{6}$/);
/** Prefix letters that HMRC does not use are excluded (HMRC National Insurance Manual NIM39110). */
const NINO = /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/;
/** The last letter, which many leave out, tells no two people apart. */
const NINO_BODY = /^([A-Z]{2}[0-9OILSBZ]{6})[A-D]?$/;

function readNino(raw: string): Reading {
  const value = bare(raw);
  const body = NINO_BODY.exec(value)?.[1];
  if (body === undefined) return { value, valid: false };
  return { value, valid: NINO.test(value), core: body.slice(0, 2) + asDigits(body.slice(2)) };
}

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

/** All zeros, all nines, one letter repeated, digits as they stand on the keyboard: typed to get past a required field. */
const isFiller = (value: string): boolean =>
  /^(.)\1*$/.test(value.replace(/[/A-Z]$/, '').replace('/', '')) || /^(?:0?123456789?0?|9?87654321)$/.test(value);

/** Typed where there is none: two who have it have nothing in common. */
const SAYS_NOTHING: ReadonlySet<string> = new Set(
  (
    'NOTKNOWN UNKNOWN UNK NONE NOTHELD NOTRECORDED NOTENTERED NOTAVAILABLE NOTGIVEN NOTAPPLICABLE NOTSTATED NIL NULL ' +
    'TBC TBA REFUSED WITHHELD PENDING TEST NONUMBER NOID NOPNC NOCRO NONHS NONHSNUMBER NONINO NOCRN NOTALLOCATED'
  ).split(' '),
);

/** What people write before a number into the box of that number. */
const LABEL = /^\s*(?:PNC(?:ID)?|CRO|CRN|NHS|NOMS|NINO|NI)\b\s*(?:ID|NUMBER|NO|NUM)?\b\s*[.:#]*\s*/i;
const BETWEEN_TWO = /[,;&|]|\band\b/i;
const ASCII = /^[\x20-\x7e]*$/;

/** Each of the identifiers in one field. */
function textsIn(type: Identifier['type'], raw: string): readonly string[] {
  const plain = ASCII.test(raw) ? raw : raw.normalize('NFKC');
  if (type === 'OTHER' || type === 'TENANCY' || type === 'LCS') return [plain];
  return plain.split(BETWEEN_TWO).map((text) => text.replace(LABEL, ''));
}

/**
 * Identifiers in canonical notation, each with whether its format and check character hold. One that fails is kept
 * as weak evidence and is never a key; placeholders are dropped. A field may hold two.
 */
export function standardiseIdentifiers(identifiers: readonly Identifier[]): StandardIdentifier[] {
  const standard = new Map<string, StandardIdentifier>();
  for (const { type, value: field } of identifiers) {
    for (const raw of textsIn(type, field)) {
      const reading = READERS[type](raw);
      if (reading === undefined || saysNothing(reading.value)) continue;
      standard.set(`${type} ${reading.value}`, { type, ...reading });
    }
  }
  return [...standard.values()];
}

const saysNothing = (value: string): boolean => value.length < 3 || isFiller(value) || SAYS_NOTHING.has(value);
