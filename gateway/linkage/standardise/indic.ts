/**
 * The scripts of India, Bangladesh and Sri Lanka to Latin, as their writers spell their names in English: the vowel that
 * a consonant bears unwritten is spelt where it is spoken. The Unicode blocks are laid out alike (The Unicode Standard,
 * chapter 12, after ISCII), so that one table serves all; sounds after ISO 15919, marks left out.
 */

const FIRST_BLOCK = 0x0900;
const AFTER_LAST_BLOCK = 0x0d80;
const BLOCK = 0x80;
/** From here on (Tamil, Telugu, Kannada, Malayalam) unwritten vowels are all spoken. */
const DRAVIDIAN = 0x0b80;
const TAMIL = 0x0b80;

const CONSONANTS: readonly string[] =
  'k kh g gh ng ch ch j jh n t th d dh n t th d dh n n p ph b bh m y r r l l l v sh sh s h'.split(' ');
const FIRST_CONSONANT = 0x15;
/** Letters with a dot below. */
const DOTTED: readonly string[] = 'k kh g z r rh f y'.split(' ');
const FIRST_DOTTED = 0x58;
const VOWELS: Readonly<Record<number, string>> = {
  0x05: 'a', 0x06: 'a', 0x07: 'i', 0x08: 'i', 0x09: 'u', 0x0a: 'u', 0x0b: 'ri', 0x0d: 'e', 0x0e: 'e', 0x0f: 'e',
  0x10: 'ai', 0x11: 'o', 0x12: 'o', 0x13: 'o', 0x14: 'au',
}; // prettier-ignore
const SIGNS: Readonly<Record<number, string>> = {
  0x3e: 'a', 0x3f: 'i', 0x40: 'i', 0x41: 'u', 0x42: 'u', 0x43: 'ri', 0x45: 'e', 0x46: 'e', 0x47: 'e', 0x48: 'ai',
  0x49: 'o', 0x4a: 'o', 0x4b: 'o', 0x4c: 'au',
}; // prettier-ignore
const KILLS_VOWEL = 0x4d;
/** A dot below, written as a mark of its own: sounds that came with Persian names. */
const DOT = 0x3c;
const WITH_DOT: Readonly<Record<string, string>> = { j: 'z', ph: 'f', d: 'r', dh: 'rh' };
/** Nasals above or behind a syllable, and the Gurmukhi tippi. */
const NASALS: ReadonlySet<number> = new Set([0x01, 0x02, 0x70]);

interface Syllable {
  consonants: string;
  vowel: string;
  /** The vowel is not written. */
  inherent: boolean;
  /** What closes it: a nasal. */
  end: string;
}

const isLetter = (point: number): boolean => point >= FIRST_BLOCK && point < AFTER_LAST_BLOCK;

function consonantOf(offset: number): string | undefined {
  return CONSONANTS[offset - FIRST_CONSONANT] ?? DOTTED[offset - FIRST_DOTTED];
}

function syllablesOf(points: readonly number[]): Syllable[] {
  const syllables: Syllable[] = [];
  let joins = false;
  for (const point of points) {
    const offset = (point - FIRST_BLOCK) % BLOCK;
    const last = syllables.at(-1);
    const consonant = consonantOf(offset);
    const vowel = VOWELS[offset];
    const sign = SIGNS[offset];
    if (consonant !== undefined && joins && last !== undefined) {
      last.consonants += consonant;
      Object.assign(last, { vowel: 'a', inherent: true });
    } else if (consonant !== undefined) syllables.push({ consonants: consonant, vowel: 'a', inherent: true, end: '' });
    else if (vowel !== undefined) syllables.push({ consonants: '', vowel, inherent: false, end: '' });
    else if (sign !== undefined && last !== undefined) Object.assign(last, { vowel: sign, inherent: false });
    else if (NASALS.has(offset) && last !== undefined) last.end = 'n';
    if (offset === DOT && last !== undefined) last.consonants = WITH_DOT[last.consonants] ?? last.consonants;
    if (offset === KILLS_VOWEL && last !== undefined) Object.assign(last, { vowel: '', inherent: false });
    joins = offset === KILLS_VOWEL;
  }
  return syllables;
}

/** One consonant, or one with a glide after it: before those an unwritten vowel falls silent, before a double one not. */
const OPENS_LIGHTLY = /^(?:kh|gh|ch|jh|th|dh|ph|bh|sh|[a-z])?[rlyv]?$/;

/** `ra-ha-ma-n` is spoken Rahman, and `ra-je-sha` Rajesh. */
function silenceUnspoken(syllables: readonly Syllable[]): void {
  const last = syllables.at(-1);
  if (syllables.length > 1 && last?.inherent === true && last.end === '') last.vowel = '';
  for (let at = syllables.length - 2; at > 0; at -= 1) {
    const [before, one, after] = [syllables[at - 1], syllables[at], syllables[at + 1]];
    if (before === undefined || one === undefined || after === undefined || !one.inherent || one.end !== '') continue;
    if (before.vowel !== '' && after.vowel !== '' && OPENS_LIGHTLY.test(after.consonants)) one.vowel = '';
  }
}

/** Tamil has one letter for a voiced and an unvoiced sound; between vowels it is voiced. */
const asTamilIsSpoken = (latin: string): string =>
  latin
    .replace(/(?<=[aeiou])k(?=[aeiou])/g, 'g')
    .replace(/(?<=[aeiou])p(?=[aeiou])/g, 'b')
    .replace(/^ch/, 's');

function romaniseWord(word: string): string {
  const points = Array.from(word, (letter) => letter.codePointAt(0) ?? 0).filter(isLetter);
  const syllables = syllablesOf(points);
  const [first = 0] = points;
  if (first < DRAVIDIAN) silenceUnspoken(syllables);
  const latin = syllables.map(({ consonants, vowel, end }) => consonants + vowel + end).join('');
  return first >= TAMIL && first < TAMIL + BLOCK ? asTamilIsSpoken(latin) : latin;
}

const INDIC_WORD = /[\u0900-\u0d7f\u200c\u200d]+/g;

/** Replaces every word in a script of India by its Latin spelling; the rest of the text stays. */
export const romaniseIndic = (text: string): string => text.normalize('NFC').replace(INDIC_WORD, romaniseWord);
