import type { ContactKind, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';
import { foldEmail, foldPhone, foldPostcode } from './agreement.ts';
import type { HeldContact, HeldOtherContact } from './held-record.ts';

/**
 * Somebody else's contact points in his file. Their values are sealed here, at the boundary; and a value of his that
 * is also theirs is theirs: the same house written twice is still the house she lives in (P4).
 */

export type Seal = (kind: ContactKind, value: string) => string | undefined;

/** Seals every contact of somebody else. What cannot be sealed is not kept in any form. */
export function sealOthers(others: readonly HeldOtherContact[], seal: Seal): readonly SealedContact[] {
  const sealed = new Map<string, SealedContact>();
  for (const { kind, value, whose } of others) {
    const mark = seal(kind, value);
    if (mark === undefined) continue;
    const known = sealed.get(mark);
    if (known === undefined || guards(whose) > guards(known.whose)) sealed.set(mark, { kind, seal: mark, whose });
  }
  return [...sealed.values()];
}

/** Where one value is two people's, the one who is most in danger names it. */
function guards(whose: OtherOwner): number {
  return ['other', 'friend', 'relative', 'mother', 'partner', 'child', 'victim', 'protected-person'].indexOf(whose);
}

/** Makes a test of whether a contact of his is (also) somebody else's, however either was written. */
export function makeTheirsTest(
  others: readonly HeldOtherContact[],
  seal: Seal,
): (contact: Pick<HeldContact, 'kind' | 'value' | 'postcode' | 'uprn'>) => boolean {
  const theirs = new Set(others.flatMap((other) => marksOf(other, seal)));
  return (contact) => marksOf(contact, seal).some((mark) => theirs.has(mark));
}

function marksOf(
  { kind, value, postcode, uprn }: Pick<HeldContact, 'kind' | 'value' | 'postcode' | 'uprn'>,
  seal: Seal,
): readonly string[] {
  const mark = seal(kind, value);
  const sealed = mark === undefined ? [] : [`${kind}:seal:${mark}`];
  if (kind === 'phone') return [...sealed, `phone:${foldPhone(value)}`];
  if (kind === 'email') return [...sealed, `email:${foldEmail(value)}`];
  const house = houseOf(value, postcode);
  return [
    ...sealed,
    `address:text:${value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')}`,
    ...(uprn === undefined ? [] : [`address:uprn:${uprn.replace(/^0+/, '')}`]),
    ...(house === undefined ? [] : [`address:house:${house}`]),
  ];
}

/**
 * Postcode and every number of the address, in order: `Flat 2, 12 Elm Street, B1 1AA` and `2/12 Elm St B1 1AA` are
 * one door. It may call two doors one; then a right address is withheld, which is the cheaper mistake.
 */
function houseOf(value: string, postcode: string | undefined): string | undefined {
  const written = POSTCODE_AT_END.exec(value)?.[0];
  const code = postcode ?? written;
  if (code === undefined) return undefined;
  const before = written === undefined ? value : value.slice(0, -written.length);
  const numbers = before.toUpperCase().match(/\d+[A-Z]?/g);
  return numbers === null ? undefined : `${foldPostcode(code)}:${numbers.join('/')}`;
}

const POSTCODE_AT_END = /[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}\s*$/i;
