import type { PersonName } from '../../../schemas/person.ts';
import { toLatin, writesConsonantsOnly } from './latin.ts';
import { isMarkAlone, spellOrdinal, takeGeneration, type Generation } from './generations.ts';
import { ALSO_KNOWN_AS, JOINS_NEXT, NAMES_ANOTHER, NOT_A_NAME, PARTICLES, STUCK_PREFIX, TITLES } from './name-words.ts';
import type { StandardName } from './standard-person.ts';

/** No name is longer, and what is costs its square to compare (P11). */
const LONGEST_WORD = 32;

/** Reads one name field. */
export type ReadName = (field: string) => readonly string[];

/** Words of one name field; none where the field says that there is no name. */
export function readNameWords(field: string): readonly string[] {
  const latin = toLatin(spellOrdinal(field).replace(STUCK_PREFIX, '').replace(/_/g, ' '))
    .replace(ALSO_KNOWN_AS, '')
    .trim();
  if (latin === '' || NOT_A_NAME.has(latin) || NAMES_ANOTHER.test(latin)) return [];
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

function dropTitles(words: readonly string[]): readonly string[] {
  let from = 0;
  while (from < words.length && TITLES.has(words[from] ?? '')) from += 1;
  return from === 0 ? words : words.slice(from);
}

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

function splitFull(full: string, read: ReadName): NameParts {
  const comma = full.indexOf(',');
  if (comma > 0) {
    const before = read(full.slice(0, comma));
    const after = read(full.slice(comma + 1));
    if (isMarkAlone(after)) return splitWords([...before, ...after]);
    const family = takeGeneration(before, 'family');
    const given = takeGeneration(dropTitles(after), 'given');
    return { given: given.words, family: dropTitles(family.words), generation: family.generation ?? given.generation };
  }
  return splitWords(read(full));
}

function splitWords(written: readonly string[]): NameParts {
  const { words, generation } = takeGeneration(dropTitles(written), 'full');
  const start = surnameStart(words);
  return { given: words.slice(0, Math.max(0, start)), family: words.slice(Math.max(0, start)), generation };
}

const NO_WORDS: readonly string[] = [];

function partsOf(name: PersonName, read: ReadName): NameParts {
  const wordsOf = (field: string | undefined) => (field === undefined ? NO_WORDS : read(field));
  const family = takeGeneration(wordsOf(name.family), 'family');
  const given = takeGeneration(dropTitles(wordsOf(name.given)), 'given');
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

/** `Abd al-Rahman` and `Abdul Rahman` are one name: servant of the Merciful. */
function joinServant(words: readonly string[]): readonly string[] {
  const [first, second] = words;
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
  if (first === '' && last === '') return undefined;
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
