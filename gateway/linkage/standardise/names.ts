import type { PersonName } from '../../../schemas/person.ts';
import { toLatin, writesConsonantsOnly } from './latin.ts';
import {
  ALSO_KNOWN_AS,
  JOINS_NEXT,
  JUNIOR,
  FIRST,
  NAMES_ANOTHER,
  NOT_A_NAME,
  ORDINALS,
  PARTICLES,
  SENIOR,
  STUCK_PREFIX,
  THIRD,
  TITLES,
} from './name-words.ts';
import type { StandardName } from './standard-person.ts';

/** No name is longer, and what is costs its square to compare (P11). */
const LONGEST_WORD = 32;

/** Words of one name field; none where the field says that there is no name. */
function nameWords(field: string | undefined): string[] {
  if (field === undefined) return [];
  const spelt = ORDINALS.reduce((text, [ordinal, mark]) => text.replace(ordinal, mark), field);
  const latin = toLatin(spelt.replace(STUCK_PREFIX, '').replace(/_/g, ' ')).replace(ALSO_KNOWN_AS, '').trim();
  if (latin === '' || NOT_A_NAME.has(latin) || NAMES_ANOTHER.test(latin)) return [];
  return latin.split(' ').map((word) => word.slice(0, LONGEST_WORD));
}

function joinLoosePrefixes(words: readonly string[]): string[] {
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

type Generation = StandardName['generation'];

function generationOf(word: string): Generation {
  if (SENIOR.has(word) || word === FIRST) return 'senior';
  if (JUNIOR.has(word)) return 'junior';
  return THIRD.has(word) ? 'third' : undefined;
}

/**
 * Takes a mark off the end of a field.
 *
 * @param least so many words have to be there: a surname may be `I`, and a name is no mark alone
 */
function takeGeneration(
  words: readonly string[],
  least = 2,
): { readonly words: string[]; readonly generation: Generation } {
  const last = words.at(-1) ?? '';
  const generation = words.length < (last === FIRST ? Math.max(2, least) : 2) ? undefined : generationOf(last);
  return { words: generation === undefined ? [...words] : words.slice(0, -1), generation };
}

function dropTitles(words: readonly string[]): string[] {
  let from = 0;
  while (from < words.length && TITLES.has(words[from] ?? '')) from += 1;
  return words.slice(from);
}

/** Where the surname begins in words written given name first: the last word and the particles before it. */
function surnameStart(words: readonly string[]): number {
  let start = words.length - 1;
  while (start > 1 && (PARTICLES.has(words[start - 1] ?? '') || JOINS_NEXT.has(words[start - 1] ?? ''))) start -= 1;
  return start;
}

interface NameParts {
  readonly given: string[];
  readonly family: string[];
  readonly generation: Generation;
}

function splitFull(full: string): NameParts {
  const comma = full.indexOf(',');
  if (comma > 0) {
    const family = takeGeneration(nameWords(full.slice(0, comma)));
    const given = takeGeneration(dropTitles(nameWords(full.slice(comma + 1))));
    return { given: given.words, family: dropTitles(family.words), generation: family.generation ?? given.generation };
  }
  const { words, generation } = takeGeneration(dropTitles(nameWords(full)), 3);
  const start = surnameStart(words);
  return { given: words.slice(0, Math.max(0, start)), family: words.slice(Math.max(0, start)), generation };
}

function partsOf(name: PersonName): NameParts {
  const family = takeGeneration(nameWords(name.family));
  const given = takeGeneration(dropTitles(nameWords(name.given)));
  const middle = takeGeneration(nameWords(name.middle));
  if (family.words.length + given.words.length + middle.words.length === 0 && name.full !== undefined) {
    return splitFull(name.full);
  }
  return {
    given: [...given.words, ...middle.words],
    family: family.words,
    generation: family.generation ?? given.generation ?? middle.generation,
  };
}

const ARTICLES: ReadonlySet<string> = new Set(['al', 'ar', 'as', 'el', 'er', 'ul', 'ur', 'us']);

/** `Abd al-Rahman` and `Abdul Rahman` are one name: servant of the Merciful. */
const joinServant = ([first, second, ...rest]: readonly string[]): string[] =>
  first === 'abd' && second !== undefined && ARTICLES.has(second) && rest.length > 0
    ? ['abdul', ...rest]
    : [first, second, ...rest].filter((word) => word !== undefined);

function standardiseName(name: PersonName): StandardName | undefined {
  const parts = partsOf(name);
  const words = joinLoosePrefixes(parts.family);
  const withoutParticles = words.filter((word) => !PARTICLES.has(word));
  const [first = '', ...middle] = joinServant(parts.given);
  const last = words.join('');
  if (first === '' && last === '') return undefined;
  return {
    first,
    middle: middle.filter((word) => word.length > 1),
    last: last.length > 1 ? last : '',
    lastWords: withoutParticles.length > 0 ? withoutParticles : words,
    alias: name.type === 'alias',
    ...(parts.generation === undefined ? {} : { generation: parts.generation }),
    consonantsOnly: [name.given, name.family, name.full].some(
      (part) => part !== undefined && writesConsonantsOnly(part),
    ),
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
 */
export function standardiseNames(names: readonly PersonName[]): StandardName[] {
  const standard: StandardName[] = [];
  for (const name of names) {
    const one = standardiseName(name);
    if (one !== undefined && !standard.some((known) => sameName(known, one))) standard.push(one);
  }
  return standard;
}
