import type { ContactPoint, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';
import type { Address } from '../../schemas/person.ts';
import { isMasked, shown } from './masked.ts';
import { addressKind, whoseByLabel } from './whose.ts';
import type { WireAddress, WirePerson } from './wire.ts';

/** Phones, e-mails and addresses: his, somebody else's (sealed and forgotten here), or held back. */

export type Seal = (kind: 'phone' | 'email' | 'address', value: string) => string | undefined;

export interface Contacts {
  readonly his: readonly ContactPoint[];
  readonly others: readonly SealedContact[];
  /** Something of this kind is masked. */
  readonly withheld: boolean;
}

/** A number inside a text element that may hold more: "07700 900123 (mum)", "ask for Jo on 020 7946 0000". */
const NUMBER = /\+?\d[\d ()-]{7,18}\d/;
const EMAIL = /^[^\s@<>"]{1,64}@[^\s@<>"]{1,189}$/;

/**
 * Phones and e-mails of one half. Only the number leaves its element. Words beside it that say whose it is, or that
 * might (a first name does), make it somebody else's; only plain words about the telephone itself do not (P4).
 */
export function phonesAndEmails(half: WirePerson, seal: Seal): Contacts {
  const details = half.contactDetails;
  if (details === null || details === undefined) return { his: [], others: [], withheld: false };
  const his: ContactPoint[] = [];
  const others: SealedContact[] = [];
  for (const { number, type } of details.phoneNumbers ?? []) {
    const written = shown(number);
    const digits = written === undefined ? undefined : NUMBER.exec(written)?.[0];
    if (written === undefined || digits === undefined) continue;
    const beside = `${written.replace(digits, ' ')} ${shown(type) ?? ''}`;
    const recordedAs = whoseByLabel(beside) === undefined ? phoneIs(beside) : undefined;
    if (recordedAs !== undefined) his.push({ kind: 'phone', value: digits, recordedAs, field: 'pro.phone' });
    else keepSeal(others, seal, 'phone', digits, whoseByLabel(beside) ?? 'other');
  }
  for (const email of details.emails ?? []) {
    const value = shown(email);
    if (value !== undefined && EMAIL.test(value))
      his.push({ kind: 'email', value, recordedAs: 'self', field: 'pro.phone' });
  }
  const masked = [
    ...(details.phoneNumbers ?? []).flatMap((phone) => [phone.number, phone.type]),
    ...(details.emails ?? []),
  ];
  return { his, others, withheld: masked.some(isMasked) };
}

const WORK = /\b(?:bus|business|work)\b/gi;
const HOSTEL = /\b(?:hostel|approved premises)\b/gi;
const SAYS_NOTHING = /\b(?:telephone|mobile|home|mob|tel|phone|number|personal|own|self|new|current|main|ext)\b/gi;

/** Whose a number is by plain words beside it, or undefined where a word is left that may name somebody. */
function phoneIs(beside: string): 'self' | 'work' | 'hostel' | undefined {
  const left = [WORK, HOSTEL, SAYS_NOTHING].reduce((text, words) => text.replace(words, ' '), beside);
  if (/[\p{L}]/u.test(left)) return undefined;
  if (beside.search(WORK) >= 0) return 'work';
  return beside.search(HOSTEL) >= 0 ? 'hostel' : 'self';
}

function keepSeal(
  others: SealedContact[],
  seal: Seal,
  kind: 'phone' | 'address',
  value: string,
  whose: OtherOwner,
): void {
  const sealed = seal(kind, value);
  if (sealed !== undefined) others.push({ kind, seal: sealed, whose });
}

const parts = (address: WireAddress): (string | null | undefined)[] => [
  address.name,
  address.number,
  address.street,
  address.locality,
  address.town,
  address.county,
  address.postcode,
];

const addressIsMasked = (address: WireAddress): boolean =>
  [
    ...parts(address),
    address.startDate,
    address.endDate,
    ...(address.types ?? []).flatMap((type) => [type.code, type.description]),
  ].some(isMasked);

/** One line with the postcode last, or undefined where nothing is left that a person could find. */
export function lineOf(address: WireAddress): string | undefined {
  const number = shown(address.number);
  const street = shown(address.street);
  const road = number === undefined || street === undefined ? (street ?? number) : `${number} ${street}`;
  const place = [address.name, road, address.locality, address.town, address.county].map(shown);
  const line = place.filter((part) => part !== undefined);
  if (line.length === 0) return undefined;
  const postcode = shown(address.postcode)?.toUpperCase();
  return [...line, ...(postcode === undefined ? [] : [postcode])].join(', ').slice(0, 400);
}

const period = (address: WireAddress): { from?: string; to?: string } => {
  const from = shown(address.startDate);
  const to = shown(address.endDate);
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
};

const kindOf = (address: WireAddress) =>
  addressKind(
    (address.types ?? []).map((type) => ({ code: shown(type.code) ?? '', description: shown(type.description) ?? '' })),
  );

const whoseIs = (address: WireAddress): OtherOwner | undefined => address.notes ?? kindOf(address).whose;

/** The addresses as contact points. Called only where `pro.address` is asked for. */
export function addressContacts(addresses: readonly WireAddress[], seal: Seal): Contacts {
  const his: ContactPoint[] = [];
  const others: SealedContact[] = [];
  for (const address of addresses) {
    const value = lineOf(address);
    if (value === undefined || addressIsMasked(address) || address.noFixedAddress === true) continue;
    const whose = whoseIs(address);
    if (whose !== undefined) {
      keepSeal(others, seal, 'address', value, whose);
      continue;
    }
    const { recordedAs, approved } = kindOf(address);
    const basis = approved ? ({ basis: 'approved-address' } as const) : {};
    his.push({ kind: 'address', value, recordedAs, ...period(address), ...basis, field: 'pro.address' });
  }
  return { his, others, withheld: addresses.some(addressIsMasked) };
}

/** Postcodes with their periods, for matching: addresses said to be another's are left out. */
export function postcodesOf(addresses: readonly WireAddress[]): Address[] {
  return addresses
    .filter((address) => !addressIsMasked(address) && whoseIs(address) === undefined)
    .flatMap((address) => {
      const postcode = shown(address.postcode)?.toUpperCase();
      return postcode === undefined || postcode.length > 12 ? [] : [{ postcode, ...period(address) }];
    });
}

/** No fixed abode now: an address element that says so, whose period has begun and not ended. */
export function hasNoFixedAbode(addresses: readonly WireAddress[], asOf: string): boolean {
  return addresses.some((address) => {
    const { from, to } = period(address);
    return address.noFixedAddress === true && (from === undefined || from <= asOf) && (to === undefined || to >= asOf);
  });
}
