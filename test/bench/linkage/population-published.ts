import { fullNameShare, givenNameShare, surnameShare } from '../../../gateway/linkage/compare/frequencies.ts';
import { jaroWinkler } from '../../../gateway/linkage/compare/jaro-winkler.ts';
import type {
  StandardIdentifier,
  StandardName,
  StandardPerson,
} from '../../../gateway/linkage/standardise/standard-person.ts';
import { LEVEL_SHARE, PRIOR, PUBLISHED } from '../../../gateway/linkage/weigh/weights.ts';

/**
 * The Core Person Record's model as published (hmpps-person-match f5f9e73, model of 2026-02-23): its levels in its order,
 * the first that applies, with its term frequencies, its penalties for contradicting identifiers and its rule for twins.
 * It has no phones, no e-mails, no houses and no roles. Sentence dates, which no answer of ours holds, are left out.
 */

const NEAR = 0.9;
const LIKE = 0.7;
const NEAR_MIDDLE = 0.85;

const rarity = (levelShare: number, share: number): number => Math.log2(levelShare / share);
const whole = (name: StandardName): string => `${name.first} ${name.last}`;
const some = <T>(a: readonly T[], b: readonly T[], test: (one: T, other: T) => boolean): boolean =>
  a.some((one) => b.some((other) => test(one, other)));
const current = (person: StandardPerson): StandardName | undefined =>
  person.names.find(({ alias }) => !alias) ?? person.names[0];

function nameBits(a: StandardPerson, b: StandardPerson): number {
  const [one, other] = [current(a), current(b)];
  if (one === undefined || other === undefined) return 0;
  const exact = rarity(LEVEL_SHARE.fullName, fullNameShare(one.first, one.last));
  if (whole(one) === whole(other)) return PUBLISHED['name-exact'] + exact;
  if (jaroWinkler(whole(one), whole(other)) >= NEAR) return PUBLISHED['name-near'] + 0.7 * Math.min(0, exact);
  if (one.first === other.last && one.last === other.first) return PUBLISHED['name-swapped'];
  // Arrays of first names and of last names apart, as published: that of one alias meets that of another.
  const first = some(a.names, b.names, (x, y) => x.first === y.first);
  const last = some(a.names, b.names, (x, y) => x.last === y.last);
  if (first && last) return PUBLISHED['name-alias'];
  if (jaroWinkler(one.first, other.first) >= LIKE && jaroWinkler(one.last, other.last) >= LIKE) {
    return PUBLISHED['name-like'];
  }
  if (one.first === other.first) {
    return PUBLISHED['first-name-only'] + rarity(LEVEL_SHARE.firstName, givenNameShare(one.first));
  }
  if (one.last === other.last) return PUBLISHED['surname-only'] + rarity(LEVEL_SHARE.surname, surnameShare(one.last));
  return PUBLISHED['name-different'];
}

function middleBits(a: StandardPerson, b: StandardPerson): number {
  const [one, other] = [current(a)?.middle.join(' ') ?? '', current(b)?.middle.join(' ') ?? ''];
  if (one === '' || other === '') return 0;
  if (one === other) return PUBLISHED['middle-name-exact'] + rarity(LEVEL_SHARE.middleName, givenNameShare(one));
  return PUBLISHED[jaroWinkler(one, other) >= NEAR_MIDDLE ? 'middle-name-near' : 'middle-name-different'];
}

/** Same decade, and one character different in the rest of the date. */
function isOneEdit(a: string, b: string): boolean {
  if (a.slice(0, 3) !== b.slice(0, 3) || a.length !== b.length) return false;
  return Array.from(a).filter((character, at) => character !== b.charAt(at)).length === 1;
}

function birthDateBits(a: StandardPerson, b: StandardPerson): number {
  const [one, other] = [a.birthDates[0], b.birthDates[0]];
  if (one === undefined || other === undefined) return 0;
  if (one.text === other.text) return PUBLISHED['birth-date-exact'];
  if (some(a.birthDates, b.birthDates, (x, y) => x.text === y.text)) return PUBLISHED['birth-date-other'];
  if (isOneEdit(one.text, other.text)) return PUBLISHED['birth-date-one-edit'];
  const close = Math.abs(one.year - other.year) <= 5;
  return PUBLISHED[close ? 'birth-date-within-5-years' : 'birth-date-different'];
}

const postcodesOf = (person: StandardPerson): string[] =>
  person.homes.map(({ postcode }) => postcode).filter((postcode) => postcode !== undefined);

const sharesPostcode = (a: StandardPerson, b: StandardPerson): boolean =>
  some(postcodesOf(a), postcodesOf(b), (x, y) => x === y);

function postcodeBits(a: StandardPerson, b: StandardPerson): number {
  const [ofA, ofB] = [postcodesOf(a), postcodesOf(b)];
  if (ofA.length === 0 || ofB.length === 0) return 0;
  if (sharesPostcode(a, b)) return PUBLISHED['postcode-rare'];
  const outward = some(ofA, ofB, (x, y) => x.slice(0, -3) === y.slice(0, -3));
  return PUBLISHED[outward ? 'postcode-outward' : 'postcode-different'];
}

const ofType = (person: StandardPerson, type: StandardIdentifier['type']): StandardIdentifier[] =>
  person.identifiers.filter((identifier) => identifier.type === type && identifier.valid);

function compareType(a: StandardPerson, b: StandardPerson, type: 'PNC' | 'CRO'): 'equal' | 'differs' | 'unknown' {
  const [ofA, ofB] = [ofType(a, type), ofType(b, type)];
  if (ofA.length === 0 || ofB.length === 0) return 'unknown';
  return some(ofA, ofB, (x, y) => x.value === y.value) ? 'equal' : 'differs';
}

function identifierBits(a: StandardPerson, b: StandardPerson): number {
  const [pnc, cro] = [compareType(a, b, 'PNC'), compareType(a, b, 'CRO')];
  if (pnc === 'equal' && cro === 'equal') return PUBLISHED['identifiers-two-equal'];
  if (pnc === 'equal') return PUBLISHED['identifier-pnc-equal'];
  if (cro === 'equal') return PUBLISHED['identifier-cro-equal'];
  if (pnc === 'differs' && cro === 'differs') return PUBLISHED['identifiers-two-differ'];
  return pnc === 'differs' || cro === 'differs' ? PUBLISHED['identifier-differs'] : 0;
}

/** Same surname, birth date and postcode, and first names that are not near: forced to -5. */
function areTwins(a: StandardPerson, b: StandardPerson): boolean {
  const sameBirth = some(a.birthDates, b.birthDates, (x, y) => x.text === y.text);
  const firstsDiffer = !some(a.names, b.names, (x, y) => jaroWinkler(x.first, y.first) >= NEAR);
  return current(a)?.last === current(b)?.last && sameBirth && firstsDiffer && sharesPostcode(a, b);
}

/** The published weight of a pair, in bits. */
export function publishedBits(a: StandardPerson, b: StandardPerson): number {
  if (areTwins(a, b)) return -5;
  return PRIOR + nameBits(a, b) + middleBits(a, b) + birthDateBits(a, b) + postcodeBits(a, b) + identifierBits(a, b);
}
