import { readEmails } from './email.ts';
import { readPhones } from './phone.ts';
import { readPostcode } from './postcode.ts';

/** A postal address, in one spelling to show and in one to compare. */
export interface AddressRead {
  /** One line, postcode upper-case and last. Notes in brackets, numbers and e-mail addresses are not part of it. */
  readonly line: string;
  /** Postcode with house and flat numbers (or, where it has none, the name of the house): one for all spellings. */
  readonly key: string;
  /** The same without the flat, where it has one: a record that leaves the flat out means one of the building. */
  readonly building?: { readonly line: string; readonly key: string };
}

/**
 * Reads a one-line address. One without postcode, or with nothing but a postcode, is none: it could not be compared
 * with where a protected person lives, so it may not be shown. No-fixed-abode codes and phrases are no address.
 *
 * @param text plain text, see spelling.ts
 */
export function readAddress(text: string): AddressRead | undefined {
  if (text.includes('*') || NO_ABODE.test(text)) return undefined;
  const found = readPostcode(withoutNotes(text));
  if (found === undefined || isOfNoAbode(found.postcode)) return undefined;
  const parts = found.rest
    .split(/[,;\n]/)
    .map((part) => part.replace(/\s+/g, ' ').replace(/^[\s.-]+|[\s.-]+$/g, ''))
    .filter((part) => part !== '');
  if (parts.length === 0) return undefined;
  const line = [...parts, found.postcode].join(', ');
  const { units, buildings } = doorNumbers(parts);
  if (units.length + buildings.length === 0) return { line, key: `${found.postcode}|${houseName(parts)}` };
  const key = doorKey(found.postcode, [...units, ...buildings]);
  if (units.length === 0 || buildings.length === 0) return { line, key };
  const building = { line: `${buildings.join(' ')}, ${found.postcode}`, key: doorKey(found.postcode, buildings) };
  return { line, key, building };
}

/** Sorted, so that "Flat 2, 14 Mill Lane" and "14 Mill Lane, Flat 2" are one. */
function doorKey(postcode: string, numbers: readonly string[]): string {
  return `${postcode}|${[...new Set(numbers)].sort().join('.')}`;
}

/** NHS Data Dictionary pseudo-postcodes begin ZZ99; probation systems write NF1 1NF. */
const NO_ABODE_POSTCODE = /^(?:ZZ99 |NF1 1NF$)/;
export const isOfNoAbode = (postcode: string): boolean => NO_ABODE_POSTCODE.test(postcode);
const NO_ABODE = /\bno (?:fixed|permanent) (?:abode|address)\b|\bn\.?f\.?a\b\.?|\brough sleep|\bsofa[ -]?surf/i;

/** A note may hold a protected person's name or number; an address keeps only what a letter needs. */
function withoutNotes(text: string): string {
  const unbracketed = text.replace(/[([]([^)\]]*)[)\]]?/g, (_, note: string) => (DOOR.test(note) ? ` ${note} ` : ' '));
  if (!CARRIES_NUMBER_OR_MAIL.test(unbracketed)) return unbracketed;
  const { rest } = readEmailsKeepingCase(unbracketed);
  return rest.replace(LONG_RUN, (run) => (readPhones(run).numbers.length > 0 ? ' ' : run));
}

/** What may stand in brackets and still be part of the address: "(Flat 2)". */
const DOOR = /^\s*(?:(?:flat|flt|apartment|apt|unit|room|studio)\s*)?\d{0,4}[a-z]?\s*$/i;
const CARRIES_NUMBER_OR_MAIL = /@|(?:\d[\s().+-]*){9}/;
const LONG_RUN = /(?:\b(?:tel|telephone|phone|mob|mobile)\b[\s:.]*)?\+?\d(?:[\s().-]*\d){8,}/gi;

function readEmailsKeepingCase(text: string): { rest: string } {
  return text.includes('@') ? { rest: text.replace(/\S*@\S*/g, (word) => readEmails(word).rest) } : { rest: text };
}

const UNIT_WORDS = new Set(['FLAT', 'FLT', 'APARTMENT', 'APT', 'UNIT', 'ROOM', 'RM', 'STUDIO', 'BEDSIT']);
const FLOORS: Readonly<Record<string, string>> = {
  BASEMENT: 'F-1',
  LOWER: 'F-1',
  GROUND: 'F0',
  GFF: 'F0',
  FIRST: 'F1',
  FFF: 'F1',
  SECOND: 'F2',
  SFF: 'F2',
  THIRD: 'F3',
  TOP: 'FT',
};

/** The numbers of flats and of buildings in a line. */
export interface DoorNumbers {
  readonly units: readonly string[];
  readonly buildings: readonly string[];
}

/** @param parts of a line without its postcode */
export function doorNumbers(parts: readonly string[]): DoorNumbers {
  const each = parts.map(doorNumbersOfPart);
  return { units: each.flatMap((part) => part.units), buildings: each.flatMap((part) => part.buildings) };
}

function doorNumbersOfPart(part: string): DoorNumbers {
  const tokens = part
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((token) => token !== '');
  const units: string[] = [];
  const buildings: string[] = [];
  tokens.forEach((token, index) => {
    const before = tokens[index - 1] ?? '';
    const after = tokens[index + 1] ?? '';
    const ofUnit = UNIT_WORDS.has(before) || (before === 'NO' && UNIT_WORDS.has(tokens[index - 2] ?? ''));
    const floor = FLOORS[token];
    const ordinal = /^(\d+)(?:ST|ND|RD|TH)$/.exec(token)?.[1];
    const numbered = /^([A-Z]?)0*(\d+)([A-Z]?)$/.exec(token);
    if (floor !== undefined && (token.endsWith('FF') || after === 'FLOOR' || after === 'FLAT')) units.push(floor);
    else if (ordinal !== undefined && after === 'FLOOR') units.push(`F${ordinal}`);
    else if (numbered !== null) {
      const [, letterBefore = '', number = '', letterAfter = ''] = numbered;
      (ofUnit ? units : buildings).push(number);
      if (letterBefore + letterAfter !== '') units.push(letterBefore + letterAfter);
    } else if (ofUnit && token.length === 1) units.push(token);
  });
  return { units, buildings };
}

function houseName(parts: readonly string[]): string {
  return parts
    .join(' ')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && word !== 'THE')
    .slice(0, 2)
    .join('.');
}
