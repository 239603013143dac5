import { TEXT_BYTES_MAX, type Dictionary } from './dictionary.ts';

/**
 * Likeness of two texts of a dictionary, on bytes, without making strings: the inner loop of linking a table.
 * `jaroWinkler` gives what `../compare/jaro-winkler.ts` gives for the same texts.
 */

const BOOST_ABOVE = 0.7;
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;

const fromA = new Uint8Array(TEXT_BYTES_MAX);
const taken = new Uint8Array(TEXT_BYTES_MAX);
/** Where each letter stands in the second text, a bit for each place. */
const places = new Int32Array(256);
/** Texts up to this long have their places in one word. */
const WORD_BITS = 31;

/** Jaro-Winkler similarity (Winkler 1990), 0 to 1, of the texts at `[startA, endA)` and `[startB, endB)`. */
export function jaroWinklerOf(bytes: Uint8Array, startA: number, endA: number, startB: number, endB: number): number {
  const lengthA = endA - startA;
  const lengthB = endB - startB;
  if (lengthA === 0 || lengthB === 0) return 0;
  const isShort = lengthA <= WORD_BITS && lengthB <= WORD_BITS;
  const jaro = isShort
    ? jaroOfShort(bytes, startA, lengthA, startB, lengthB)
    : jaroOfLong(bytes, startA, lengthA, startB, lengthB);
  if (jaro <= BOOST_ABOVE) return jaro;
  const most = Math.min(LONGEST_PREFIX, lengthA, lengthB);
  let prefix = 0;
  while (prefix < most && bytes[startA + prefix] === bytes[startB + prefix]) prefix += 1;
  return jaro + prefix * PREFIX_WEIGHT * (1 - jaro);
}

const reachOf = (lengthA: number, lengthB: number): number => Math.max(0, (Math.max(lengthA, lengthB) >> 1) - 1);

const jaroFrom = (matches: number, outOfOrder: number, lengthA: number, lengthB: number): number =>
  matches === 0 ? 0 : (matches / lengthA + matches / lengthB + (matches - (outOfOrder >> 1)) / matches) / 3;

/** The same letters in the same order as `jaroOfLong` finds them, by words of bits (Hyyrö's way with edit distances). */
function jaroOfShort(bytes: Uint8Array, startA: number, lengthA: number, startB: number, lengthB: number): number {
  const reach = reachOf(lengthA, lengthB);
  for (let j = 0; j < lengthB; j += 1) {
    const letter = bytes[startB + j] ?? 0;
    places[letter] = (places[letter] ?? 0) | (1 << j);
  }
  let free = -1;
  let matches = 0;
  for (let i = 0; i < lengthA; i += 1) {
    const letter = bytes[startA + i] ?? 0;
    const from = i - reach;
    const to = i + reach + 1;
    let found = (places[letter] ?? 0) & free;
    if (found === 0) continue;
    if (from > 0) found &= from > WORD_BITS ? 0 : -1 << from;
    if (to <= WORD_BITS) found &= (1 << to) - 1;
    if (found === 0) continue;
    free &= ~(found & -found);
    fromA[matches] = letter;
    matches += 1;
  }
  for (let j = 0; j < lengthB; j += 1) places[bytes[startB + j] ?? 0] = 0;
  let outOfOrder = 0;
  let at = 0;
  for (let rest = ~free; rest !== 0; rest &= rest - 1) {
    const j = 31 - Math.clz32(rest & -rest);
    if (bytes[startB + j] !== fromA[at]) outOfOrder += 1;
    at += 1;
  }
  return jaroFrom(matches, outOfOrder, lengthA, lengthB);
}

function jaroOfLong(bytes: Uint8Array, startA: number, lengthA: number, startB: number, lengthB: number): number {
  const reach = reachOf(lengthA, lengthB);
  taken.fill(0, 0, lengthB);
  let matches = 0;
  for (let i = 0; i < lengthA; i += 1) {
    const end = Math.min(lengthB, i + reach + 1);
    const letter = bytes[startA + i] ?? 0;
    for (let j = Math.max(0, i - reach); j < end; j += 1) {
      if (taken[j] === 0 && bytes[startB + j] === letter) {
        taken[j] = 1;
        fromA[matches] = letter;
        matches += 1;
        break;
      }
    }
  }
  let outOfOrder = 0;
  let at = 0;
  for (let j = 0; j < lengthB; j += 1) {
    if (taken[j] === 0) continue;
    if (bytes[startB + j] !== fromA[at]) outOfOrder += 1;
    at += 1;
  }
  return jaroFrom(matches, outOfOrder, lengthA, lengthB);
}

/** Whether one letter put in, left out or changed, or two neighbours exchanged, makes one text of the other. */
export function isOneEdit({ bytes, offsets }: Dictionary, a: number, b: number): boolean {
  let startA = offsets[a] ?? 0;
  let startB = offsets[b] ?? 0;
  let endA = offsets[a + 1] ?? 0;
  let endB = offsets[b + 1] ?? 0;
  if (Math.abs(endA - startA - (endB - startB)) > 1) return false;
  while (startA < endA && startB < endB && bytes[startA] === bytes[startB]) {
    startA += 1;
    startB += 1;
  }
  while (startA < endA && startB < endB && bytes[endA - 1] === bytes[endB - 1]) {
    endA -= 1;
    endB -= 1;
  }
  const restA = endA - startA;
  const restB = endB - startB;
  if (restA <= 1 && restB <= 1) return true;
  return restA === 2 && restB === 2 && bytes[startA] === bytes[startB + 1] && bytes[startA + 1] === bytes[startB];
}

/** Which letters and digits occur in each text, one bit each: cheap to see that two have little in common. */
export function letterMasks({ bytes, offsets, size }: Dictionary): Int32Array {
  const masks = new Int32Array(size);
  for (let value = 0; value < size; value += 1) {
    let mask = 0;
    const end = offsets[value + 1] ?? 0;
    for (let at = offsets[value] ?? 0; at < end; at += 1) mask |= 1 << ((bytes[at] ?? 0) & 31);
    masks[value] = mask;
  }
  return masks;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
export function countBits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
