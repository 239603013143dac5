import type { PersonName } from '../../../schemas/person.ts';
import { toLatin, writesConsonantsOnly } from './latin.ts';
import { isMarkAlone, spellOrdinal, takeGeneration, type Generation } from './generations.ts';
import {
  ALSO_KNOWN_AS,
  BEHIND_A_NAME,
  JOINS_NEXT,
  LOOSE_PREFIX,
  NAMES_ANOTHER,
  NO_NAME_TOGETHER,
  NOT_A_NAME,
  NOT_KNOWN,
  PARTICLES,
  STUCK_PREFIX,
  TITLES,
  TITLES_BEFORE_A_NAME,
  TYPED_TO_GET_PAST,
} from './name-words.ts';
import { splitUnspaced } from './scripts.ts';
import type { StandardName } from './standard-person.ts';

/** No name is longer, and what is costs its square to compare (P11). */
const LONGEST_WORD = 32;

/** Reads one name field. */
export type ReadName = (field: string) => readonly string[];

/** Words of one name field; none where the field says that there is no name. */
export function readNameWords(field: string): readonly string[] {
  const latin = toLatin(spellOrdinal(field).replace(STUCK_PREFIX, '').replace(/_/g, ' '))
    .replace(ALSO_KNOWN_AS, '')
    .replace(LOOSE_PREFIX, '')
    .trim();
  if (latin === '' || NOT_A_NAME.has(latin) || TYPED_TO_GET_PAST.test(latin) || NAMES_ANOTHER.test(latin)) return [];
  return latin.split(' ').map((word) => word.slice(0, LONGEST_WORD));
}

function joinLoosePrefixes(words: readonly string[]): readonly string[] {
  if (!words.some((word) => JOINS_NEXT.has(word))) return words;
  const joined: string[] = [];
  let waiting = '';
  for (const word of words) {
    if (JOINS_NEXT.has(word)) {
      waiting += word === 'saint' ? 'st' : word;
    } else {
      joined.push(waiting + word);
      waiting = '';
    }
  }
  if (waiting !== '') joined.push(waiting);
  return joined;
}

/** @param behind so many words have to stand behind a title that may be a name */
function dropTitles(words: readonly string[], behind: number): readonly string[] {
  let from = 0;
  while (from < words.length) {
    const at = words[from] === 'the' ? from + 1 : from;
    const word = words[at] ?? '';
    if (!TITLES.has(word) && !(TITLES_BEFORE_A_NAME.has(word) && words.length - at > behind)) break;
    from = at + 1;
  }
  return from === 0 ? words : words.slice(from);
}

function dropHonours(words: readonly string[]): readonly string[] {
  let to = words.length;
  while (to > 1 && BEHIND_A_NAME.has(words[to - 1] ?? '')) to -= 1;
  return to === words.length ? words : words.slice(0, to);
}

/** `William (Bill)`, `Darren "Dazza"`: what he is called besides is no middle name. A name that is all there is stays. */
const CALLED_BESIDES =
  /(?<=\S\s*)(?:\((?!\s*(?:\d\w*|snr|sr|jnr|jr|senior|junior|i{1,3}|iv|v|the)\b)[^)]*\)|"[^"]*"|\u201c[^\u201d]*\u201d)/gi;

const OPENS = /[("\u201c]/;

function givenWords(field: string | undefined, read: ReadName): readonly string[] {
  if (field === undefined) return NO_WORDS;
  return dropTitles(read(OPENS.test(field) ? field.replace(CALLED_BESIDES, ' ') : field), 1);
}

const familyWords = (field: string, read: ReadName): readonly string[] => dropHonours(read(field));

/** Where the surname begins in words written given name first: the last word and the particles before it. */
function surnameStart(words: readonly string[]): number {
  let start = words.length - 1;
  while (start > 1 && (PARTICLES.has(words[start - 1] ?? '') || JOINS_NEXT.has(words[start - 1] ?? ''))) start -= 1;
  return start;
}

interface NameParts {
  readonly given: readonly string[];
  readonly family: readonly string[];
  readonly generation: Generation;
}

/** `SMITH John Paul`: only the surname is in capitals, and stands first. Two letters are initials. */
const SURNAME_IN_CAPITALS =
  /^\s*((?:\p{Lu}[\p{Lu}'\u2019-]{2,}\s+|(?:DE|LA|LE|DU|EL|AL|DI|DA|MC|ST)\s+)+)(?=\p{Lu}\p{Ll})/u;

function partedByCapitals(full: string): readonly [string, string] | undefined {
  const surname = SURNAME_IN_CAPITALS.exec(full)?.[1];
  const word = surname?.trim().toLowerCase() ?? '';
  if (surname === undefined || TITLES.has(word) || NOT_KNOWN.has(word)) return undefined;
  return [surname, full.slice(surname.length)];
}

function splitFull(full: string, read: ReadName): NameParts {
  const unspaced = splitUnspaced(full);
  if (unspaced !== undefined) {
    return { given: read(unspaced.given), family: read(unspaced.family), generation: undefined };
  }
  const comma = full.search(/[,;]/);
  const [before, after] = comma > 0 ? [full.slice(0, comma), full.slice(comma + 1)] : (partedByCapitals(full) ?? []);
  if (before === undefined || after === undefined) return splitWords(givenWords(full, read));
  const behind = givenWords(after, read);
  if (isMarkAlone(behind)) return splitWords([...givenWords(before, read), ...behind]);
  const family = takeGeneration(familyWords(before, read), 'family');
  const given = takeGeneration(behind, 'given');
  return { given: given.words, family: dropTitles(family.words, 1), generation: family.generation ?? given.generation };
}

function splitWords(written: readonly string[]): NameParts {
  const { words, generation } = takeGeneration(dropHonours(dropTitles(written, 2)), 'full');
  const start = Math.max(0, surnameStart(words));
  return {
    given: words.slice(0, start).filter((word) => !NOT_KNOWN.has(word)),
    family: words.slice(start).filter((word) => !NOT_KNOWN.has(word)),
    generation,
  };
}

const NO_WORDS: readonly string[] = [];

function partsOf(name: PersonName, read: ReadName): NameParts {
  const wordsOf = (field: string | undefined) => (field === undefined ? NO_WORDS : read(field));
  const family = takeGeneration(dropHonours(wordsOf(name.family)), 'family');
  const given = takeGeneration(givenWords(name.given, read), 'given');
  const middle = takeGeneration(wordsOf(name.middle), 'middle');
  if (family.words.length + given.words.length + middle.words.length === 0 && name.full !== undefined) {
    return splitFull(name.full, read);
  }
  return {
    given: middle.words.length === 0 ? given.words : [...given.words, ...middle.words],
    family: family.words,
    generation: family.generation ?? given.generation ?? middle.generation,
  };
}

const ARTICLES: ReadonlySet<string> = new Set(['al', 'ar', 'as', 'el', 'er', 'ul', 'ur', 'us']);

const PILGRIM: ReadonlySet<string> = new Set(['haj', 'hajj', 'haji', 'hajji']);

/** `Abd al-Rahman` and `Abdul Rahman` are one name, servant of the Merciful; `Al-Haj` is said of a pilgrim. */
function joinServant(words: readonly string[]): readonly string[] {
  const [first, second] = words;
  if (first === 'al' && second !== undefined && PILGRIM.has(second)) return words.slice(1);
  return first === 'abd' && second !== undefined && ARTICLES.has(second) && words.length > 2
    ? ['abdul', ...words.slice(2)]
    : words;
}

const hidesVowels = (part: string | undefined): boolean => part !== undefined && writesConsonantsOnly(part);

function standardiseName(name: PersonName, read: ReadName): StandardName | undefined {
  const parts = partsOf(name, read);
  const words = joinLoosePrefixes(parts.family);
  const withoutParticles = words.filter((word) => !PARTICLES.has(word));
  const lastWords = withoutParticles.length > 0 ? withoutParticles : words;
  const given = joinServant(parts.given);
  const [first = ''] = given;
  const last = words.join('');
  if ((first === '' && last === '') || NO_NAME_TOGETHER.has([...given, ...words].join(' '))) return undefined;
  return {
    first,
    middle: given.length < 2 ? NO_WORDS : given.slice(1).filter((word) => word.length > 1),
    last: last.length > 1 ? last : '',
    lastWords,
    lastBare: lastWords.length === words.length ? last : lastWords.join(''),
    alias: name.type === 'alias',
    ...(parts.generation === undefined ? {} : { generation: parts.generation }),
    consonantsOnly: hidesVowels(name.given) || hidesVowels(name.family) || hidesVowels(name.full),
  };
}

const sameName = (a: StandardName, b: StandardName): boolean =>
  a.first === b.first &&
  a.last === b.last &&
  a.alias === b.alias &&
  a.middle.join(' ') === b.middle.join(' ') &&
  a.generation === b.generation;

/**
 * Names as sources hold them to complete first-middle-last tuples in lower-case Latin. A tuple stays together: the
 * first name of one alias never meets the surname of another. Non-names and repeated names are dropped.
 *
 * @param read reads each field; `readEachOnce` remembers those it has read
 */
export function standardiseNames(names: readonly PersonName[], read: ReadName = readNameWords): StandardName[] {
  const standard: StandardName[] = [];
  for (const name of names) {
    const one = standardiseName(name, read);
    if (one !== undefined && !standard.some((known) => sameName(known, one))) standard.push(one);
  }
  return standard;
}
