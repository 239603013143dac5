import { createHmac, createSecretKey } from 'node:crypto';
import type { ContactKind } from '../../schemas/contact-point.ts';
import { isOfNoAbode } from './address.ts';
import { readHome } from './near-home.ts';
import { completionsOf } from './near-number.ts';
import { normaliseContact, readContact } from './normalise.ts';
import { plainText } from './spelling.ts';

/** Seals a contact point: undefined where the value is none, so that nothing unusable is ever kept. */
export type Seal = (kind: ContactKind, value: string) => string | undefined;

/**
 * Makes the function that turns contact points of protected persons into keyed hashes.
 *
 * The attacker dumps the case register (or is its operator) and wants the victim's number. There are only a few hundred
 * million British numbers, so a plain hash falls in seconds; HMAC-SHA-256 (RFC 2104) falls only to whoever also has the
 * key, which lives apart from the database. The kind is inside the hash: a seal of one kind never matches another. The
 * attacker who may ask questions learns nothing from a match either: the value is withheld, without one.
 *
 * Changing how a key is derived orphans every seal in the register, so its vectors are pinned in a test.
 *
 * @param key at least 32 random bytes; a shorter one is a bug of the caller and throws
 * @returns 43 characters of base64url
 */
export function makeSeal(key: Uint8Array): Seal {
  if (key.byteLength < SHORTEST_KEY) throw new RangeError('a sealing key has at least 32 bytes');
  const secret = createSecretKey(key);
  return (kind, value) => {
    const compared = normaliseContact(kind, value)?.key ?? (kind === 'address' ? keyOfPartOfHome(value) : undefined);
    if (compared === undefined) return undefined;
    return createHmac('sha256', secret).update(`holdfast contact 1\n${kind}\n${compared}`).digest('base64url');
  };
}

const SHORTEST_KEY = 32;

/** A home of which only the postcode is known, or only door and street: it may be any that has them. */
function keyOfPartOfHome(value: string): string | undefined {
  const { postcode, doors, street } = readHome(plainText(value));
  const numbers = [...doors.units, ...doors.buildings].sort();
  if (postcode === undefined) return numbers.length === 0 || street.size === 0 ? undefined : streetKey(numbers, street);
  return numbers.length === 0 && street.size === 0 && !isOfNoAbode(postcode) ? `${postcode}|` : undefined;
}

const streetKey = (numbers: readonly string[], street: ReadonlySet<string>): string =>
  `|${numbers.join('.')}|${[...street].sort().join(' ')}`;

/**
 * Every seal under which a protected person's contact point should be kept: each of several numbers in one field, and
 * for a flat its building too, so that a record of his that leaves the flat out is still recognised. A seal alone
 * cannot do that: nobody can take the flat out of a hash. Of a number with a digit too few or too many, every number
 * that it may be; of a home of which nothing but the postcode is known, the postcode, which is every home in it.
 *
 * @returns empty where nothing can be told from the value: tell the worker who typed it
 */
export function sealsFor(seal: Seal, kind: ContactKind, value: string): readonly string[] {
  const lines = readContact(kind, value).contacts.flatMap((contact) => [
    contact.value,
    ...(contact.building === undefined ? [] : [contact.building.line]),
  ]);
  const unread = lines.length > 0 ? [] : kind === 'phone' ? completionsOf(plainText(value)) : [value];
  return [...lines, ...unread].flatMap((line) => seal(kind, line) ?? []);
}
