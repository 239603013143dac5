import type { Person, PersonName } from '../../schemas/person.ts';

/**
 * Mailboxes that say by their name whose they are: "jane.lee84@…" or "danandjane@…" in his file, where the answer knows
 * a victim called Jane. A clerk's word that it is his does not outweigh that; she reads it, or did.
 */

/**
 * Whether the name of a mailbox bears a protected person's first name, once every name of his own is taken out of it.
 *
 * @param email lower-case
 * @param theirs first names of protected persons, his own names and parts of them left out; see `firstNamesOf`
 * @param his every word of his names, longest first
 */
export function isNamedAfter(email: string, theirs: ReadonlySet<string>, his: readonly string[]): boolean {
  if (theirs.size === 0) return false;
  const name = plain(email.slice(0, email.lastIndexOf('@')));
  const rest = his.reduce((left, word) => left.replaceAll(word, ' '), name);
  const words = rest.split(/[^a-z]+/);
  return [...theirs].some((first) => words.includes(first) || (first.length >= LONG && rest.includes(first)));
}

/** A short name may be a part of any word ("ann" of "channel"), so it has to stand alone. */
const LONG = 5;
/** Two letters are initials. */
const SHORTEST = 3;

/** Every word of a person's names, longest first. */
export function wordsOfNames({ names = [] }: Person): readonly string[] {
  const words = names.flatMap(({ given, middle, family, full }) => [given, middle, family, full].flatMap(splitName));
  return [...new Set(words)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** First names, and the first word of a name held in one piece. */
export function firstNamesOf({ names = [] }: Person): readonly string[] {
  return names.flatMap(({ given, full }) => [...splitName(given), ...splitName(full).slice(0, 1)]);
}

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'rev']);

/** First and last name, also of a name in one piece: "Mr Darren Lee Threlfall", "THRELFALL, Darren". */
export function nameParts({ given, family, full }: PersonName): { readonly first?: string; readonly last?: string } {
  const words = (text: string | undefined): string[] =>
    plain(text ?? '')
      .split(/[^a-z]+/)
      .filter((word) => word !== '' && !TITLES.has(word));
  const [before = '', after] = (full ?? '').split(',');
  const [firsts, lasts] =
    full === undefined
      ? [words(given), words(family)]
      : after === undefined
        ? [words(full), words(full)]
        : [words(after), words(before)];
  const [first, last] = [firsts[0], lasts.at(-1)];
  return { ...(first === undefined ? {} : { first }), ...(last === undefined ? {} : { last }) };
}

function splitName(name: string | undefined): string[] {
  return plain(name ?? '')
    .split(/[^a-z]+/)
    .filter((word) => word.length >= SHORTEST);
}

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
