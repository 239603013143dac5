import type { Person, PersonName } from '../../schemas/person.ts';

/**
 * Whether a name in a list of hits can be the man's. A guard that keeps strangers out of the process, not linkage: that
 * comes later, weighs everything, and is far stricter (P5).
 */

export interface FullName {
  readonly given: string;
  readonly family: string;
}

/** Letters, marks, and what stands between them in names. Anything else is not a name and is never sent. */
const NAME = /^\p{L}[\p{L}\p{M} '’.-]{0,99}$/u;
const NAMES_MAX = 3;

/** The names to look for, the current ones first; each has both parts. */
export function namesOf(subject: Person): FullName[] {
  const names = [...(subject.names ?? [])].sort((a, b) => Number(a.type === 'alias') - Number(b.type === 'alias'));
  const distinct = new Map<string, FullName>();
  for (const { given, family } of names.map(partsOf)) {
    if (given === undefined || family === undefined || !NAME.test(given) || !NAME.test(family)) continue;
    const key = `${fold(given)} ${fold(family)}`;
    if (!distinct.has(key)) distinct.set(key, { given, family });
  }
  return [...distinct.values()].slice(0, NAMES_MAX);
}

function partsOf(name: PersonName): { given: string | undefined; family: string | undefined } {
  const words = (name.full ?? '').split(/\s+/).filter((word) => word !== '');
  const [first, last] = words.length >= 2 ? [words[0], words.at(-1)] : [undefined, undefined];
  return { given: clean(name.given) ?? first, family: clean(name.family) ?? last };
}

const clean = (text: string | undefined): string | undefined => {
  const trimmed = (text ?? '').replace(/\s+/g, ' ').trim();
  return trimmed === '' ? undefined : trimmed;
};

/** Letters that do not fall apart into a letter and a mark. */
const PLAIN: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };

function fold(name: string): string {
  return name
    .toLowerCase()
    .replace(/[łøđßæœı]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFKD')
    .replace(/[^a-z]/g, '');
}

/**
 * - `close`: the same name, shortened or with its parts exchanged;
 * - `near`: both parts the same but for spelling;
 * - `given-only`: the given name agrees, the family name is another, as after a marriage.
 */
export type NameAgreement = 'close' | 'near' | 'given-only' | 'none';

const ORDER: readonly NameAgreement[] = ['close', 'near', 'given-only', 'none'];

/** The best agreement of any held name with any asked one. */
export function compareNames(held: readonly Partial<FullName>[], asked: readonly FullName[]): NameAgreement {
  const all = held.flatMap((name) => asked.map((other) => compareName(name, other)));
  return ORDER.find((agreement) => all.includes(agreement)) ?? 'none';
}

function compareName(held: Partial<FullName>, asked: FullName): NameAgreement {
  const [given, family] = [fold(held.given ?? ''), fold(held.family ?? '')];
  const [askedGiven, askedFamily] = [fold(asked.given), fold(asked.family)];
  if (given === '' || askedGiven === '') return 'none';
  if (given === askedFamily && family === askedGiven) return 'close';
  const shortened = isShortened(given, askedGiven);
  if (!shortened && !isMisspelt(given, askedGiven)) return 'none';
  if (family === askedFamily) return shortened ? 'close' : 'near';
  const sameFamily = isMisspelt(family, askedFamily) || isPartOf(held.family ?? '', asked.family);
  if (sameFamily) return 'near';
  return shortened ? 'given-only' : 'none';
}

function isShortened(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (short.length === 1 || short.length >= 3 || short === long);
}

/** One half of a double-barrelled name, or a particle left out. */
function isPartOf(a: string, b: string): boolean {
  const parts = (name: string): string[] => name.split(/[\s-]+/).map(fold);
  const [partsA, partsB] = [parts(a), parts(b)];
  const [few, many] = partsA.length <= partsB.length ? [partsA, partsB] : [partsB, partsA];
  return many.length > few.length && few.every((part) => part.length >= 3 && many.includes(part));
}

/** One letter wrong in five, two in seven and more; a transposition counts as one. */
function isMisspelt(a: string, b: string): boolean {
  const length = Math.min(a.length, b.length);
  const allowed = length >= 7 ? 2 : length >= 5 ? 1 : 0;
  return Math.abs(a.length - b.length) <= allowed && distance(a, b) <= allowed;
}

/** Optimal string alignment distance (Damerau-Levenshtein without repeated edits). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const same = a[row - 1] === b[column - 1];
      const edits = [(last[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (same ? 0 : 1)];
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        edits.push((before[column - 2] ?? 0) + 1);
      }
      next.push(Math.min(...edits));
    }
    before = last;
    last = next;
  }
  return last[b.length] ?? 0;
}
