import type { Chance } from './chance.ts';

/** Numbers with their check characters, and telephone numbers of the ranges that Ofcom keeps for drama. */

const LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';
const checkLetter = (digits: string): string => LETTERS.charAt(Number(digits) % 23);
const padded = (value: number, length: number): string => String(value).padStart(length, '0');

export function pncOf(chance: Chance): string {
  const year = chance.between(1988, 2024);
  const serial = padded(chance.between(1, 699_999), 7);
  return `${year}/${serial}${checkLetter(`${padded(year % 100, 2)}${serial}`)}`;
}

export function croOf(chance: Chance): string {
  const year = padded(chance.between(0, 24), 2);
  const serial = padded(chance.between(1, 399_999), 6);
  return `${serial}/${year}${checkLetter(`${year}${serial}`)}`;
}

export function nhsOf(chance: Chance): string {
  for (;;) {
    const nine = padded(chance.between(400_000_000, 499_999_999), 9);
    const sum = Array.from(nine).reduce((total, digit, at) => total + Number(digit) * (10 - at), 0);
    const check = (11 - (sum % 11)) % 11;
    if (check !== 10) return `${nine}${check}`;
  }
}

const letter = (chance: Chance, from = 'ABCDEFGHJKLMNPQRSTUVWXYZ'): string =>
  from.charAt(chance.between(0, from.length - 1));

export const nomsOf = (chance: Chance): string =>
  `${letter(chance)}${padded(chance.between(1, 9999), 4)}${letter(chance)}${letter(chance)}`;
export const crnOf = (chance: Chance): string => `${letter(chance)}${padded(chance.between(1, 999_999), 6)}`;
export const ninoOf = (chance: Chance): string =>
  `${letter(chance, 'ABCEGHJKLMNPRSTWXYZ')}${letter(chance, 'ABCEGHJKLMNPRSTWXYZ')}${padded(chance.between(1, 999_999), 6)}${letter(chance, 'ABCD')}`;

const LANDLINES = ['1632960', '2079460', '1134960', '1614960', '1214960', '1514960', '1174960', '1914980'];

/** Telephone numbers of one question, none given twice. */
export class Exchange {
  readonly #given = new Set<string>();

  mobile(chance: Chance): string {
    return this.#fresh(() => `+447700900${padded(chance.between(0, 999), 3)}`);
  }

  landline(chance: Chance): string {
    return this.#fresh(() => `+44${chance.pick(LANDLINES)}${padded(chance.between(0, 999), 3)}`);
  }

  #fresh(draw: () => string): string {
    for (;;) {
      const number = draw();
      if (this.#given.has(number)) continue;
      this.#given.add(number);
      return number;
    }
  }
}
