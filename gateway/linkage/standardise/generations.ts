import type { StandardName } from './standard-person.ts';

/**
 * Marks of the generation, which tell a father from the son who bears his name: `Snr`, `Jr`, `III`, `4th`, `the younger`.
 * They stand at the end of any part of a name, and are taken off it. Our own selection, of the forms that English-speaking
 * registers write, with those of French and Portuguese names.
 */
export type Generation = StandardName['generation'];

const MARKS: ReadonlyMap<string, NonNullable<Generation>> = new Map([
  ['senior', 'senior'],
  ['snr', 'senior'],
  ['sr', 'senior'],
  ['junior', 'junior'],
  ['jnr', 'junior'],
  ['jr', 'junior'],
  ['fils', 'junior'],
  ['filho', 'junior'],
  ['ii', 'junior'],
  ['second', 'junior'],
  ['iii', 'third'],
  ['third', 'third'],
  ['iv', 'fourth'],
  ['fourth', 'fourth'],
  ['fifth', 'fifth'],
]);

/** Words that are marks after `the` only: they are surnames too. */
const AFTER_ARTICLE: ReadonlyMap<string, NonNullable<Generation>> = new Map([
  ['elder', 'senior'],
  ['younger', 'junior'],
  ['first', 'senior'],
]);

/** Marks that are words of their own in any place; `Filho`, `Third` and `Iv` are borne as surnames. */
const PLAIN: ReadonlySet<string> = new Set(['senior', 'snr', 'sr', 'junior', 'jnr', 'jr', 'ii', 'iii']);

/** One letter, and so an initial as likely: `I` says no more than that he is not the second or the third, `V` nothing. */
const FIRST = 'i';
const FIFTH = 'v';

/** Generations as ordinals, which would lose their digits. */
const ORDINALS: readonly (readonly [RegExp, string])[] = [
  [/\b1st[\s.)]*$/i, 'Snr'],
  [/\b2nd[\s.)]*$/i, 'II'],
  [/\b3rd[\s.)]*$/i, 'III'],
  [/\b4th[\s.)]*$/i, 'fourth'],
  [/\b5th[\s.)]*$/i, 'fifth'],
];

/** A field with an ordinal at its end written as a word. */
export const spellOrdinal = (field: string): string =>
  ORDINALS.reduce((text, [ordinal, mark]) => text.replace(ordinal, mark), field);

export interface WithoutGeneration {
  readonly words: readonly string[];
  readonly generation: Generation;
}

/**
 * Which part of a name the words are. In a whole name a short mark has to leave a first name and a surname before it; a
 * surname alone is followed by no initial.
 */
export type NamePart = 'given' | 'middle' | 'family' | 'full';

/** Takes a mark off the end of a part of a name. */
export function takeGeneration(words: readonly string[], part: NamePart): WithoutGeneration {
  const last = words.at(-1) ?? '';
  const ofLast = MARKS.get(last);
  const afterArticle = words.at(-2) === 'the' ? (AFTER_ARTICLE.get(last) ?? ofLast) : undefined;
  if (afterArticle !== undefined && words.length > 2) return { words: words.slice(0, -2), generation: afterArticle };
  const least = part === 'middle' ? 1 : part === 'full' && !PLAIN.has(last) ? 3 : 2;
  if (words.length < least || (part === 'middle' && words.length === 1 && !PLAIN.has(last))) {
    return { words, generation: undefined };
  }
  if (ofLast !== undefined) return { words: words.slice(0, -1), generation: ofLast };
  if (last === FIRST) return { words: words.slice(0, -1), generation: 'senior' };
  if (last !== FIFTH || part === 'given' || part === 'middle') return { words, generation: undefined };
  // `Ramesh Kumar V`: in the south of India the father's initial stands last.
  return { words: words.slice(0, -1), generation: part === 'family' ? 'fifth' : undefined };
}

/** Whether words are a mark and nothing else, as after the comma of `John Smith, Jr`. */
export const isMarkAlone = (words: readonly string[]): boolean =>
  words.length === 1 && (MARKS.has(words[0] ?? '') || words[0] === FIRST || words[0] === FIFTH);
