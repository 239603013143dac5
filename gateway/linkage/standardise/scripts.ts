import { romaniseIndic } from './indic.ts';

/**
 * What any-ascii, which knows single characters, cannot know: groups of letters that are one sound, an article, a
 * family name that has a spelling of its own. From how bearers spell their names in English; Greek after ELOT 743.
 */

const GREEK: readonly (readonly [RegExp, string])[] = [
  [/ου|οὺ|ού/g, 'ou'],
  [/(?<!\p{L})μπ/gu, 'b'],
  [/μπ/g, 'mb'],
  [/(?<!\p{L})ντ/gu, 'd'],
  [/(?<!\p{L})γκ/gu, 'g'],
  [/γγ/g, 'ng'],
  [/γχ/g, 'nch'],
  [/([αε])[υύ](?=[αεηιουωάέήίόύώβγδζλμνρ])/g, '$1v'],
  [/([αε])[υύ]/g, '$1f'],
];

/** `Abd al-` begins a name that is one, servant of the Merciful; the article is written together with its word. */
const ARABIC: readonly (readonly [RegExp, string])[] = [
  [/عبد\s*ال/g, 'abdul '],
  [/(?<!\p{L})ال(?=\p{L})/gu, 'al '],
  [/[\u064b-\u0652\u0640]/g, ''],
];

/** Without its dot a letter at the beginning of a word is the hard one. */
const HEBREW: readonly (readonly [RegExp, string])[] = [
  [/(?<!\p{L})כ/gu, 'k'],
  [/(?<!\p{L})פ/gu, 'p'],
  [/(?<!\p{L})ב/gu, 'b'],
];

/** The commonest Korean family names, as their bearers write them. */
const KOREAN: Readonly<Record<string, string>> = {
  김: 'Kim', 이: 'Lee', 박: 'Park', 최: 'Choi', 정: 'Jung', 강: 'Kang', 조: 'Cho', 윤: 'Yoon', 장: 'Jang', 임: 'Lim',
  한: 'Han', 오: 'Oh', 서: 'Seo', 신: 'Shin', 권: 'Kwon', 황: 'Hwang', 안: 'Ahn', 송: 'Song', 류: 'Ryu', 홍: 'Hong',
}; // prettier-ignore
const KOREAN_ALONE = /(?<!\p{L})\p{Script=Hangul}(?!\p{L})/gu;

const GREEK_LETTER = /\p{Script=Greek}/u;
const ARABIC_LETTER = /\p{Script=Arabic}/u;
const HEBREW_LETTER = /\p{Script=Hebrew}/u;
const HANGUL = /\p{Script=Hangul}/u;
const INDIC_LETTER = /[\u0900-\u0d7f]/;

const replaceAll = (text: string, pairs: readonly (readonly [RegExp, string])[]): string =>
  pairs.reduce((changed, [from, to]) => changed.replace(from, to), text);

/** A text that is not ASCII, with what single characters would spell wrong spelt in Latin. */
export function spellGroups(text: string): string {
  if (GREEK_LETTER.test(text)) return replaceAll(text.toLowerCase(), GREEK);
  if (ARABIC_LETTER.test(text)) return replaceAll(text, ARABIC);
  if (HEBREW_LETTER.test(text)) return replaceAll(text, HEBREW);
  if (HANGUL.test(text)) return text.replace(KOREAN_ALONE, (name) => KOREAN[name] ?? name);
  return INDIC_LETTER.test(text) ? romaniseIndic(text) : text;
}

/** Chinese family names of two characters; nearly all have one. */
const TWO_CHARACTERS = /^(?:欧阳|歐陽|司马|司馬|诸葛|諸葛|上官|司徒|夏侯|남궁|황보|선우|제갈|독고)/u;
const UNSPACED = /^(?:\p{Script=Han}{2,4}|\p{Script=Hangul}{2,4})$/u;

/** A whole name written without a blank, family name first, as in China and Korea; undefined where it is none. */
export function splitUnspaced(full: string): { readonly family: string; readonly given: string } | undefined {
  const name = full.trim();
  if (!UNSPACED.test(name)) return undefined;
  const length = name.length > 2 && TWO_CHARACTERS.test(name) ? 2 : 1;
  return { family: name.slice(0, length), given: name.slice(length) };
}
