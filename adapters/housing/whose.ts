import type { OtherOwner, RecordedAs } from '../../schemas/contact-point.ts';
import { ageOn, dayOf } from '../council/dates.ts';
import type { WireMember } from './wire.ts';

/**
 * Whose a contact or a home is, by the landlord's own words. They only ever take something away from him. The attacker
 * is the accident: a number of subtype "wife" in his file is very likely the victim's (P4).
 */

export type Whose =
  { readonly his: Extract<RecordedAs, 'self' | 'work' | 'unknown'> } | { readonly others: OtherOwner };

/** Subtypes of a number or e-mail that is his own. */
const HIS: Readonly<Record<string, 'self' | 'work'>> = {
  mobile: 'self',
  home: 'self',
  mainnumber: 'self',
  landline: 'self',
  work: 'work',
};

const OWNERS: Readonly<Record<string, OtherOwner>> = {
  wife: 'partner',
  husband: 'partner',
  spouse: 'partner',
  partner: 'partner',
  expartner: 'partner',
  girlfriend: 'partner',
  boyfriend: 'partner',
  child: 'child',
  son: 'child',
  daughter: 'child',
  mother: 'mother',
  father: 'relative',
  parent: 'relative',
  sibling: 'relative',
  relative: 'relative',
  friend: 'friend',
};

/** Words beside a value that say whose it is. Longer ones first, where one begins another. */
const RELATIONS: readonly (readonly [RegExp, OtherOwner])[] = [
  [/\b(?:victim|complainant)\b/iu, 'victim'],
  [/\b(?:ex-?)?(?:partner|wife|husband|spouse|girlfriend|boyfriend|fianc[eé]e?)\b|\bex\b/iu, 'partner'],
  [/\b(?:step)?(?:mother|mum|mam)\b/iu, 'mother'],
  [/\b(?:step)?(?:daughter|son|child|children|kids?)\b/iu, 'child'],
  [/\b(?:father|dad|parents?|brother|sister|aunt|uncle|nan|gran|cousin|family|relative|next of kin)\b/iu, 'relative'],
  [/\b(?:friend|mate)\b/iu, 'friend'],
  [/\b(?:neighbour|carer|landlord|landlady|solicitor|social worker|doctor|emergency contact)\b/iu, 'other'],
];

/** Whom a note beside a value names, or undefined. Nothing else of the note is used. */
export function ownerByWords(words: string | null | undefined): OtherOwner | undefined {
  const said = (words ?? '').slice(0, 1_000).replace(/['’]s\b/giu, '');
  return RELATIONS.find(([pattern]) => pattern.test(said))?.[1];
}

/**
 * Whose a phone or e-mail is. Without a subtype an e-mail is his, as the landlord never gives them one, and a number is
 * held as his without anybody having said so. A subtype that nobody here has read of is another's.
 */
export function whoseContact(
  kind: 'phone' | 'email',
  subType: string | null | undefined,
  words: string | null | undefined,
): Whose {
  const key = (subType ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const named = ownerByWords(words);
  const owner = OWNERS[key];
  if (owner !== undefined) return { others: owner };
  if (named !== undefined) return { others: named };
  if (key === '') return { his: kind === 'email' ? 'self' : 'unknown' };
  const his = HIS[key];
  return his === undefined ? { others: 'other' } : { his };
}

/** Whose the home is because of one member of the household who is not he. */
export function ownerByMembership(member: WireMember, asOf: string): OtherOwner {
  const born = dayOf(member.dateOfBirth);
  if (born !== undefined && born <= asOf && ageOn(born, asOf) < 18) return 'child';
  const type = (member.personTenureType ?? '').toLowerCase();
  const named = ownerByWords(type.replace(/([a-z])(member)/g, '$1 $2'));
  if (named !== undefined) return named;
  // A joint tenant: in a domestic-abuse case as good as the victim.
  if (member.isResponsible === true || /tenant|leaseholder|freeholder|licensee/.test(type)) return 'partner';
  return 'other';
}
