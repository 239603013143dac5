import { createHmac, createSecretKey } from 'node:crypto';
import type { Person } from '../../../schemas/person.ts';

/**
 * Keyed digests by which a member of staff and the person of a case can be compared without either being read. The
 * attacker dumps the staff register to find where an officer lives: without the key there is nothing in it to find.
 */
export interface LikenessDigests {
  readonly name: (given: string, family: string) => string;
  readonly surname: (family: string) => string;
  readonly home: (postcode: string) => string;
}

const KEY_BYTES_MIN = 32;

/** @param key at least 32 random bytes, apart from the database; a shorter one throws */
export function makeLikenessDigests(key: Uint8Array): LikenessDigests {
  if (key.byteLength < KEY_BYTES_MIN) throw new RangeError('a key for likeness has at least 32 bytes');
  const secret = createSecretKey(key);
  const digest = (label: string, text: string): string =>
    createHmac('sha256', secret).update(`holdfast likeness ${label} 1\n${text}`).digest('base64url');
  return {
    name: (given, family) => digest('name', `${plain(given).split(' ')[0] ?? ''} ${plain(family)}`),
    surname: (family) => digest('surname', plain(family)),
    home: (postcode) => digest('home', postcode.toUpperCase().replaceAll(/[^A-Z0-9]/gu, '')),
  };
}

const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toUpperCase()
    .replaceAll(/[^\p{L} ]/gu, '')
    .replaceAll(/\s+/gu, ' ')
    .trim();

/** The digests of the person of a case: every name he goes by, every home that is known. */
export function likenessOf(subject: Person, digests: LikenessDigests): Likeness {
  const names = (subject.names ?? []).flatMap(({ given, family, full }) => {
    const words = (full ?? '').trim().split(/\s+/u);
    const last = family ?? (words.length > 1 ? words.at(-1) : undefined);
    const first = given ?? (words.length > 1 ? words[0] : undefined);
    return last === undefined ? [] : [{ first, last }];
  });
  return {
    names: names.flatMap(({ first, last }) => (first === undefined ? [] : [digests.name(first, last)])),
    surnames: names.map(({ last }) => digests.surname(last)),
    homes: (subject.addresses ?? []).flatMap(({ postcode }) =>
      postcode === undefined ? [] : [digests.home(postcode)],
    ),
  };
}

export interface Likeness {
  readonly names: readonly string[];
  readonly surnames: readonly string[];
  readonly homes: readonly string[];
}
