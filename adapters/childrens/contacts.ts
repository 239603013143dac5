import type { ContactPoint, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';
import type { Address } from '../../schemas/person.ts';
import { sealed, type Seal } from '../council/seals.ts';
import { severalIn, squeezed } from '../council/text.ts';
import type { WireAdult, WireOther } from './wire.ts';

/** What reaches the adult, and what reaches anybody else: the latter sealed here and forgotten (P4). */

/** Everything that reaches somebody else. */
export function sealsOf(other: WireOther, whose: OtherOwner, seal: Seal): SealedContact[] {
  const address = lineOf(other);
  return [
    ...(other.phoneNumbers ?? [])
      .flatMap(({ number }) => numbersIn(number))
      .flatMap((number) => sealed('phone', number, whose, seal)),
    ...emailsOf(other).flatMap((email) => sealed('email', email, whose, seal)),
    ...(address === undefined ? [] : sealed('address', address, whose, seal)),
  ];
}

const numbersIn = (text: string | null | undefined): string[] => severalIn(text).filter((part) => part.length <= 40);

const emailsOf = ({ emailAddress, emails }: Pick<WireOther, 'emailAddress' | 'emails'>): string[] => {
  const all = [emailAddress, ...(emails ?? []).map(({ email }) => email)].map(squeezed);
  return [...new Set(all.filter((email) => /^[^\s@]{1,64}@[^\s@]{1,189}$/.test(email)))];
};

function lineOf({ address }: Pick<WireOther, 'address'>): string | undefined {
  const line = squeezed(address?.address).replace(/,$/, '');
  const postcode = squeezed(address?.postcode).toUpperCase();
  if (line === '') return undefined;
  const complete = postcode === '' || line.toUpperCase().endsWith(postcode) ? line : `${line}, ${postcode}`;
  return complete.length > 400 ? undefined : complete;
}

/** The adult's address as a contact point, or undefined where none is held. */
export function homeOf(adult: WireAdult): ContactPoint | undefined {
  const value = lineOf(adult);
  const uprn = uprnOf(adult);
  return value === undefined
    ? undefined
    : {
        kind: 'address',
        value,
        recordedAs: 'self',
        field: 'chi.address',
        basis: 'stated',
        ...(uprn === undefined ? {} : { uprn }),
      };
}

function uprnOf({ address }: Pick<WireOther, 'address'>): string | undefined {
  const digits = squeezed(String(address?.uprn ?? ''));
  return /^[1-9]\d{0,11}$/.test(digits) ? digits : undefined;
}

/** Postcode and property number, for matching: no line of the address. */
export function placeOf(adult: WireAdult): Address[] {
  const postcode = squeezed(adult.address?.postcode).toUpperCase();
  const uprn = uprnOf(adult);
  if ((postcode === '' || postcode.length > 12) && uprn === undefined) return [];
  return [
    {
      ...(postcode === '' || postcode.length > 12 ? {} : { postcode }),
      ...(uprn === undefined ? {} : { uprn }),
    },
  ];
}

/** Words of a telephone, and of nobody: a type with any other word is somebody else's number. */
const OWN_TYPE =
  /^(?:(?:mobile|mob|home|work|landline|main|primary|personal|telephone|phone|tel|number|own|\d)[\s_-]*)*$/i;
const MOTHER = /\b(?:mother|mum)/i;
const PARTNER = /partner|wife|husband|spouse|girlfriend|boyfriend|\bex\b/i;

export interface Phones {
  readonly own: readonly string[];
  readonly others: readonly SealedContact[];
}

/** Numbers in the adult's own record: his, or another's by the word beside it. */
export function phonesOf(adult: WireAdult, seal: Seal): Phones {
  const own: string[] = [];
  const others: SealedContact[] = [];
  for (const { number, type } of adult.phoneNumbers ?? []) {
    const word = squeezed(type);
    const whose = MOTHER.test(word) ? 'mother' : PARTNER.test(word) ? 'partner' : 'other';
    if (OWN_TYPE.test(word)) own.push(...numbersIn(number));
    else others.push(...numbersIn(number).flatMap((each) => sealed('phone', each, whose, seal)));
  }
  return { own, others };
}

/** The adult's e-mail addresses. */
export const ownEmailsOf = (adult: WireAdult): string[] => emailsOf(adult);
