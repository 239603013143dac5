import { jaroWinkler } from '../compare/jaro-winkler.ts';
import { sameConsonants } from '../standardise/name-families.ts';
import { textOf, type Dictionary } from './dictionary.ts';
import { countBits, isOneEdit, jaroWinklerOf, letterMasks } from './distance.ts';
import { EQUAL } from './levels.ts';
import { FormsOfGiven, FormsOfSurname, type FormsOfName } from './name-forms.ts';
import { soundOf } from './sound.ts';
import { Words } from './words.ts';

/** The level of two different values of one dictionary; equal values are `EQUAL` without asking. Symmetrical. */
export type Likeness = (a: number, b: number) => number;

const NEAR = 0.88;
const LIKE = 0.78;
/** Pairs of names that are remembered: common names meet in many pairs of rows. */
const SLOTS_MOST = 1 << 17;
/** Values of a smaller dictionary meet each other again and again; of a larger one hardly twice. */
const SMALL_DICTIONARY = 4_096;

const slotsFor = (size: number): number => Math.min(SLOTS_MOST, 2 ** Math.ceil(Math.log2(Math.max(16, size * 16))));

/** Remembers levels, since the same two values meet in many pairs; a newer pair takes the place of an older. */
function remembered(size: number, likeness: Likeness): Likeness {
  const slots = slotsFor(size);
  const lower = new Int32Array(slots).fill(-1);
  const upper = new Int32Array(slots);
  const levels = new Uint8Array(slots);
  return (a, b) => {
    if (a === b) return EQUAL;
    const low = a < b ? a : b;
    const high = a < b ? b : a;
    const slot = ((Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> 7) & (slots - 1);
    if (lower[slot] === low && upper[slot] === high) return levels[slot] ?? 0;
    const level = likeness(low, high);
    lower[slot] = low;
    upper[slot] = high;
    levels[slot] = level;
    return level;
  };
}

const rememberedIfSmall = (size: number, likeness: Likeness): Likeness =>
  size <= SMALL_DICTIONARY ? remembered(size, likeness) : likeness;

/** Texts and what is needed to compare them quickly. */
class Texts {
  readonly dictionary: Dictionary;
  readonly #masks: Int32Array;

  constructor(dictionary: Dictionary) {
    this.dictionary = dictionary;
    this.#masks = letterMasks(dictionary);
  }

  string(value: number): string {
    return textOf(this.dictionary, value);
  }

  length(value: number): number {
    return (this.dictionary.offsets[value + 1] ?? 0) - (this.dictionary.offsets[value] ?? 0);
  }

  byte(value: number, at: number): number {
    return this.dictionary.bytes[(this.dictionary.offsets[value] ?? 0) + at] ?? 0;
  }

  oneEdit(a: number, b: number): boolean {
    return isOneEdit(this.dictionary, a, b);
  }

  /** Whether fewer than half of the letters that occur in the richer text occur in both. */
  haveLittleInCommon(a: number, b: number): boolean {
    const [ofA, ofB] = [this.#masks[a] ?? 0, this.#masks[b] ?? 0];
    return countBits(ofA & ofB) * 2 < Math.max(countBits(ofA), countBits(ofB));
  }

  /** Jaro-Winkler, the shorter text first and of equal length the lesser, so that it is symmetrical. */
  jaroWinkler(a: number, b: number): number {
    const [first, second] = this.#inOrder(a, b) ? [a, b] : [b, a];
    const { bytes, offsets } = this.dictionary;
    return jaroWinklerOf(
      bytes,
      offsets[first] ?? 0,
      offsets[first + 1] ?? 0,
      offsets[second] ?? 0,
      offsets[second + 1] ?? 0,
    );
  }

  #inOrder(a: number, b: number): boolean {
    const length = this.length(a);
    if (length !== this.length(b)) return length < this.length(b);
    for (let at = 0; at < length; at += 1) {
      const difference = this.byte(a, at) - this.byte(b, at);
      if (difference !== 0) return difference < 0;
    }
    return true;
  }
}

/** Names of so many letters are near that sound alike and are spelt so far alike: `Keeley` and `Kaylee`. */
const HEARD_LENGTH = 4;
const HEARD = 0.68;

/** Levels of `given` and `family`: 1 equal, 2 variant, 3 one edit, 4 near, 5 initial, 6 like, 7 different. */
function nameLikeness(dictionary: Dictionary, forms: FormsOfName, vowelless: Uint8Array): Likeness {
  const texts = new Texts(dictionary);
  return remembered(dictionary.size, (a, b) => {
    const [lengthA, lengthB] = [texts.length(a), texts.length(b)];
    if (lengthA === 1 || lengthB === 1) {
      if (texts.byte(a, 0) === texts.byte(b, 0)) return 5;
      return forms.mayBeginWith(lengthA === 1 ? a : b, lengthA === 1 ? b : a) ? 6 : 7;
    }
    if (forms.areOne(a, b)) return 2;
    if ((vowelless[a] === 1 || vowelless[b] === 1) && sameConsonants(texts.string(a), texts.string(b))) return 2;
    if (lengthA + lengthB > 6 && texts.oneEdit(a, b)) return 3;
    if (texts.haveLittleInCommon(a, b)) return 7;
    const similarity = texts.jaroWinkler(a, b);
    if (similarity >= NEAR) return 4;
    const mayBeHeard = similarity > HEARD && Math.min(lengthA, lengthB) >= HEARD_LENGTH;
    if (mayBeHeard && soundOf(texts.string(a)) === soundOf(texts.string(b))) return 4;
    return similarity >= LIKE ? 6 : 7;
  });
}

export const givenLikeness = (dictionary: Dictionary, vowelless: Uint8Array): Likeness =>
  nameLikeness(dictionary, new FormsOfGiven(dictionary), vowelless);

/** A surname of which one register writes a part is near: `Taylor-Smith` and `Smith`, `van den Berg` and `Berg`. */
export function familyLikeness(
  dictionary: Dictionary,
  vowelless: Uint8Array,
  parts: ReadonlyMap<number, readonly number[]>,
): Likeness {
  const likeness = nameLikeness(dictionary, new FormsOfSurname(dictionary), vowelless);
  if (parts.size === 0) return likeness;
  const isPart = (a: number, b: number): boolean => parts.get(a)?.includes(b) ?? false;
  return (a, b) => {
    const level = likeness(a, b);
    return level > NEAR_LEVEL && (isPart(a, b) || isPart(b, a)) ? NEAR_LEVEL : level;
  };
}

/** The level "near" of names. */
export const NEAR_LEVEL = 4;

/** Levels of `middle`: 1 equal, 2 initial, 3 near, 4 different. */
export function middleLikeness(dictionary: Dictionary): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => {
    if (texts.length(a) === 1 || texts.length(b) === 1) return texts.byte(a, 0) === texts.byte(b, 0) ? 2 : 4;
    return texts.oneEdit(a, b) || texts.jaroWinkler(a, b) >= NEAR ? 3 : 4;
  });
}

/** Shorter texts, such as house numbers, are equal or different: one edit makes another house of one. */
const SHORT = 4;

/** Levels of `text`: 1 equal, 2 one edit or the same words, 3 near, 5 like, 6 different; 4 is `Elsewhere`'s. */
export function textLikeness(dictionary: Dictionary, words = new Words(dictionary)): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => {
    if (Math.min(texts.length(a), texts.length(b)) < SHORT) return 6;
    if (texts.oneEdit(a, b)) return 2;
    if (texts.haveLittleInCommon(a, b)) return 6;
    const least = Math.min(words.count(a), words.count(b));
    const shared = least < 2 ? 0 : words.inCommon(a, b);
    if (shared > 0 && shared === Math.max(words.count(a), words.count(b))) return 2;
    const similarity = texts.jaroWinkler(a, b);
    if (similarity >= 0.92 || (shared > 0 && shared >= least * 0.75)) return 3;
    return similarity >= 0.82 || (shared > 0 && shared >= least * 0.5) ? 5 : 6;
  });
}

/** Characters at the end of a postcode that name the street in the district (Royal Mail: the inward code). */
const INWARD = 3;

/** Levels of `postcode`: 1 equal, 2 one edit, 3 same district, 4 different. Not only British ones. */
export function postcodeLikeness(dictionary: Dictionary): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => {
    if (texts.oneEdit(a, b)) return 2;
    const [lengthA, lengthB] = [texts.length(a), texts.length(b)];
    if (lengthA !== lengthB || lengthA <= INWARD + 1) return 4;
    for (let at = 0; at < lengthA - INWARD; at += 1) if (texts.byte(a, at) !== texts.byte(b, at)) return 4;
    return 3;
  });
}

/** Digits of a number without country and trunk code, at least. */
const SUBSCRIBER = 7;

/** Levels of `phone`: 1 equal, 2 near (the same last digits, or one edit), 3 different. */
export function phoneLikeness(dictionary: Dictionary): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => {
    const most = Math.min(texts.length(a), texts.length(b));
    let same = 0;
    while (same < most && texts.byte(a, texts.length(a) - 1 - same) === texts.byte(b, texts.length(b) - 1 - same)) {
      same += 1;
    }
    return same >= SUBSCRIBER || texts.oneEdit(a, b) ? 2 : 3;
  });
}

const withoutDigits = (text: string): string => text.replace(/\d+/g, '');

/** `j.hall34@` and `j.hall76@`: two of one name, who took what was left. */
const differInDigits = (a: string, b: string): boolean => withoutDigits(a) === withoutDigits(b);

const NEAR_EMAIL = 0.93;

/** Dots and hyphens are left out, or put elsewhere, more often than letters. */
const unpunctuated = (text: string): string => text.replace(/[^a-z0-9@]/g, '');
const isNearUnpunctuated = (a: string, b: string): boolean =>
  jaroWinkler(unpunctuated(a), unpunctuated(b)) >= NEAR_EMAIL;

/** Levels of `email`: 1 equal, 2 near, 3 same name at another place, 4 different. */
export function emailLikeness(dictionary: Dictionary): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => {
    const isOneEdit = texts.oneEdit(a, b);
    if (!isOneEdit && texts.haveLittleInCommon(a, b)) return 4;
    const similarity = isOneEdit ? 1 : texts.jaroWinkler(a, b);
    const isNear =
      similarity >= NEAR_EMAIL || (similarity >= NEAR && isNearUnpunctuated(texts.string(a), texts.string(b)));
    if (isNear) return differInDigits(texts.string(a), texts.string(b)) ? 3 : 2;
    const [nameA = '', placeA] = texts.string(a).split('@');
    const [nameB = '', placeB] = texts.string(b).split('@');
    if (placeA === undefined || placeB === undefined) return 4;
    return nameA === nameB && nameA.length > 2 ? 3 : 4;
  });
}

/** Levels of `identifier`: 1 equal, 2 near (one edit), 3 different. */
export function identifierLikeness(dictionary: Dictionary): Likeness {
  const texts = new Texts(dictionary);
  return rememberedIfSmall(dictionary.size, (a, b) => (texts.length(a) > 4 && texts.oneEdit(a, b) ? 2 : 3));
}

/** Levels of `sex`: 1 equal, 2 different. */
export const sexLikeness = (): Likeness => (a, b) => (a === b ? EQUAL : 2);
