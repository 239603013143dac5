import { isPostcode, saysNoPlace, standardisePostcode } from './postcodes.ts';
import type { StandardHome } from './standard-person.ts';
import { readStreet } from './streets.ts';

/** Words that name a place where unrelated people live: sharing it says little. */
const CROWDED =
  /\b(?:hmp|hmyoi|yoi|prison|hostel|approved premises|shelter|refuge|hotel|ymca|foyer|night ?stop|salvation army|care home|hospital|barracks)\b/;

/** Whether the lines of an address name a place where unrelated people live. */
export const isCrowdedPlace = (text: string): boolean => CROWDED.test(text.toLowerCase());

const POSTCODE_AT_END = /\b([A-Z015]{1,2}[0-9OIS][A-Z0-9]?[\s.-]*[0-9OIS][A-Z0-9]{2})[\s.,]*$/i;
const COUNTRY_AT_END = /[\s,.]*\b(?:england|wales|scotland|united kingdom|great britain|u\.?k\.?|gb)[\s.]*$/i;

/** A register's way to say that he has no home; a postcode beside it is an office's or a friend's. */
const NO_ABODE =
  /\bno (?:fixed|permanent|settled) (?:abode|address)\b|\bn\.?f\.?a\b|\brough sleep|\bsofa[ -]?surf|\bof no fixed\b/;

/** House and flat numbers: the digits in the lines, with a letter that follows directly. */
const numbersIn = (lowerCase: string): string[] => lowerCase.match(/\b\d+[a-z]?\b/g) ?? [];

/** Digits of a Unique Property Reference Number (GeoPlace). One digit again and again was typed to get past the field. */
const LONGEST_UPRN = 12;

function standardiseUprn(raw: string | undefined): string | undefined {
  if (raw === undefined) return undefined;
  const digits = raw.replace(/\D/g, '').replace(/^0+/, '');
  return digits === '' || digits.length > LONGEST_UPRN || /^(\d)\1{5,}$/.test(digits) ? undefined : digits;
}

function home(text: string, rawPostcode: string | undefined, rawUprn: string | undefined): StandardHome | undefined {
  const found = rawPostcode === undefined ? undefined : standardisePostcode(rawPostcode);
  const uprn = standardiseUprn(rawUprn);
  const lowerCase = text.toLowerCase();
  if (NO_ABODE.test(lowerCase)) return undefined;
  const street = readStreet(lowerCase);
  if (found === undefined && uprn === undefined) {
    if (street === undefined || (rawPostcode !== undefined && saysNoPlace(rawPostcode))) return undefined;
  }
  // Filled in, not spread together: an answer holds hundreds of homes.
  const made: Draft = { numbers: numbersIn(lowerCase), crowded: CROWDED.test(lowerCase) };
  if (found !== undefined) {
    made.postcode = found.postcode;
    made.outward = found.outward;
  }
  if (uprn !== undefined) made.uprn = uprn;
  if (street !== undefined) made.street = street;
  return made;
}

type Draft = { -readonly [Part in keyof StandardHome]: StandardHome[Part] };

export interface HeldAddressLines {
  readonly lines?: readonly string[] | undefined;
  readonly postcode?: string | undefined;
  readonly uprn?: string | undefined;
}

/** An address held in parts; undefined where it has neither postcode, UPRN nor house and street, or says no fixed abode. */
export function standardiseHome(address: HeldAddressLines): StandardHome | undefined {
  const text = (address.lines ?? []).join(' ');
  if (address.postcode !== undefined) return home(text, address.postcode, address.uprn);
  return standardiseHomeLine(text, address.uprn);
}

/** An address held as one line with its postcode last. */
export function standardiseHomeLine(line: string, uprn: string | undefined): StandardHome | undefined {
  const match = POSTCODE_AT_END.exec(line) ?? POSTCODE_AT_END.exec(line.replace(COUNTRY_AT_END, ''));
  const [, postcode] = match ?? [];
  // "15 123" at the end has the shape of one only by its noughts and ones.
  if (match === null || postcode === undefined || !isPostcode(postcode)) return home(line, undefined, uprn);
  return home(line.slice(0, match.index), postcode, uprn);
}

/** Equal for two homes of which everything that is compared is equal. */
export const homeKey = ({ postcode, uprn, crowded, numbers, street }: StandardHome): string =>
  `${postcode ?? ''}|${uprn ?? ''}|${crowded ? 'y' : 'n'}|${numbers.join()}|${street?.house ?? ''}|${street?.places.join() ?? ''}`;

/** Homes without repetition, in order. */
export function distinctHomes(homes: readonly StandardHome[]): readonly StandardHome[] {
  if (homes.length < 2) return homes;
  const byKey = new Map<string, StandardHome>();
  for (const one of homes) {
    const key = homeKey(one);
    if (!byKey.has(key)) byKey.set(key, one);
  }
  return [...byKey.values()];
}
