import type { Dwelling } from '../places.ts';
import type { Random } from '../random.ts';

/** The spellings in which clerks write one value. */

const PHONE_STYLES: readonly ((national: string) => string)[] = [
  (n) => `0${n}`,
  (n) => `0${n.slice(0, 4)} ${n.slice(4)}`,
  (n) => `+44${n}`,
  (n) => `0${n.slice(0, 4)}-${n.slice(4, 7)}-${n.slice(7)}`,
  (n) => `0044 ${n}`,
  (n) => `(0${n.slice(0, 4)}) ${n.slice(4)}`,
  (n) => `+44 (0)${n}`,
];

export const writtenPhone = (random: Random, number: string): string =>
  (random.chance(0.6) ? PHONE_STYLES[0] : random.pick(PHONE_STYLES))?.(number.slice(3)) ?? number;

const SHORT: readonly (readonly [RegExp, string])[] = [
  [/\bStreet\b/u, 'St'],
  [/\bRoad\b/u, 'Rd'],
  [/\bAvenue\b/u, 'Ave'],
  [/\bLane\b/u, 'Ln'],
  [/\bGardens\b/u, 'Gdns'],
];

/** Lines and postcode as one clerk writes them. */
export function writtenAddress(
  random: Random,
  dwelling: Dwelling,
): { readonly lines: readonly string[]; readonly postcode: string } {
  const short = random.chance(0.3);
  const capitals = random.chance(0.2);
  const lines = dwelling.lines.map((line) => {
    const written = short ? SHORT.reduce((text, [long, abbreviated]) => text.replace(long, abbreviated), line) : line;
    return capitals ? written.toUpperCase() : written;
  });
  const town = random.chance(0.15) ? lines.slice(0, -1) : lines;
  const postcode = random.chance(0.15) ? dwelling.postcode.replace(' ', '').toLowerCase() : dwelling.postcode;
  return { lines: town, postcode };
}

/** What is typed to get past a mandatory field. */
export const PLACEHOLDER_PHONES = ['00000000000', '07000000000', '01234567890', 'NOT KNOWN', '0'] as const;
