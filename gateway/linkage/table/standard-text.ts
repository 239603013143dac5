import anyAscii from 'any-ascii';
import { standardiseEmail, standardisePhone } from '../standardise/phones.ts';
import { standardisePostcode } from '../standardise/postcodes.ts';
import { standardiseIdentifiers } from '../standardise/identifiers.ts';
import type { AttributeKind } from './shape.ts';

/** One notation for the texts of an attribute; empty where a text says nothing. Tables need not be British. */

const ASCII = /^[\x20-\x7e]*$/;

/** Typed where nothing was known. Compared after `plain`. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'n a',
  'na',
  'nan',
  'nil',
  'nk',
  'none',
  'not entered',
  'not known',
  'not recorded',
  'not stated',
  'null',
  'tbc',
  'unk',
  'unknown',
  'no fixed abode',
  'nfa',
  'refused',
  'withheld',
]);

/** Lower-case Latin letters and digits, words separated by one blank. */
function plain(text: string): string {
  const latin = ASCII.test(text) ? text : anyAscii(text.normalize('NFKC'));
  return latin
    .toLowerCase()
    .replace(/['`’]/g, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

const standardPlain = (text: string): string => {
  const found = plain(text);
  return SAYS_NOTHING.has(found) ? '' : found;
};

/** `Jay Jones <jj@example.org>` is the address in brackets; what has no `@` is kept, because it may have been lost. */
function standardEmail(text: string): string {
  const address = /<([^<>]+)>/.exec(text)?.[1] ?? text;
  const found = standardiseEmail(address) ?? standardPlain(address).replaceAll(' ', '');
  return ASCII.test(found) ? found : anyAscii(found);
}

const isFiller = (text: string): boolean => /^(.)\1{3,}$/.test(text);

function standardPhone(text: string): string {
  const digits = text.replace(/\D/g, '');
  if (digits.length < 5 || isFiller(digits)) return '';
  return standardisePhone(text)?.number ?? digits;
}

function standardPostcode(text: string): string {
  const bare = standardPlain(text).replaceAll(' ', '');
  return (standardisePostcode(text)?.postcode ?? bare).toLowerCase();
}

/** An identifier comes as `TYPE value`. */
function standardIdentifier(text: string): string {
  const [, type = 'OTHER', value = ''] = /^(PNC|CRO|CRN|NOMS|NHS|NINO|LCS|TENANCY|OTHER) (.*)$/.exec(text) ?? [];
  const [found] = standardiseIdentifiers([{ type: identifierType(type), value }]);
  const bare = plain(found?.value ?? '').replaceAll(' ', '');
  if (bare === '' || SAYS_NOTHING.has(bare)) return '';
  return type === 'OTHER' ? bare : `${type.toLowerCase()} ${bare}`;
}

const TYPES = ['PNC', 'CRO', 'CRN', 'NOMS', 'NHS', 'NINO', 'LCS', 'TENANCY', 'OTHER'] as const;
const identifierType = (type: string): (typeof TYPES)[number] => TYPES.find((known) => known === type) ?? 'OTHER';

function standardSex(text: string): string {
  const word = plain(text);
  if (/^(?:m|male|man|boy|1)$/.test(word)) return 'male';
  if (/^(?:f|female|woman|girl|2)$/.test(word)) return 'female';
  return word === 'other' ? 'other' : '';
}

/** Entered when the date was not known; hmpps-person-match nulls the same two. */
const DATE_PLACEHOLDERS: ReadonlySet<string> = new Set(['19000101', '19700101']);
const standardDate = (text: string): string => (DATE_PLACEHOLDERS.has(text) ? '' : text);

const STANDARDISERS: Readonly<Record<AttributeKind, (text: string) => string>> = {
  line: standardPlain,
  postcode: standardPostcode,
  uprn: (text) => text.replace(/\D/g, '').replace(/^0+/, ''),
  phone: standardPhone,
  email: standardEmail,
  identifier: standardIdentifier,
  tenancy: standardIdentifier,
  date: standardDate,
  sex: standardSex,
  other: standardPlain,
};

/** A text as held, in the notation in which it is compared: ASCII, empty where it says nothing. */
export const standardText = (kind: AttributeKind, text: string): string => STANDARDISERS[kind](text);
