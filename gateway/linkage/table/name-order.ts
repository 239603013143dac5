import { isKnownGivenName, isKnownSurname } from '../compare/frequencies.ts';
import { hasGivenFamily } from '../standardise/name-families.ts';
import { MISSING, textsOf, type Dictionary } from './dictionary.ts';
import type { Column, NameColumns, Table } from './table.ts';

/**
 * Some registers write the surname first, without a comma. One row does not tell, `Thomas James` is either, but a whole
 * column does: where its second words are first names far more often than its first words, it is read the other way round.
 */

/** So many rows have to tell, and so many times more of them for the other order than for the written one. */
const ROWS_LEAST = 10;
const TIMES = 4;

/** Per word: 1 a first name and no surname, -1 a surname and no first name, 0 both, neither or not known. */
function leanings(dictionary: Dictionary): Int8Array {
  const leaning = new Int8Array(dictionary.size);
  let value = 0;
  for (const word of textsOf(dictionary)) {
    const isGiven = isKnownGivenName(word) || hasGivenFamily(word);
    leaning[value] = Number(isGiven) - Number(isKnownSurname(word));
    value += 1;
  }
  return leaning;
}

function isReversed({ given, family }: NameColumns, leaning: Int8Array): boolean {
  const leanOf = (column: Column, row: number): number => leaning[column[row] ?? MISSING] ?? 0;
  let [asWritten, reversed] = [0, 0];
  for (let row = 0; row < given.length; row += 1) {
    const lean = leanOf(given, row) - leanOf(family, row);
    if (lean > 0) asWritten += 1;
    else if (lean < 0) reversed += 1;
  }
  return reversed >= ROWS_LEAST && reversed >= TIMES * asWritten;
}

/** A table with first names where first names belong; the table itself where it has them there. */
export function withNamesInOrder(table: Table): Table {
  const leaning = leanings(table.nameDictionary);
  const names = table.names.map((one) => (isReversed(one, leaning) ? { given: one.family, family: one.given } : one));
  return names.every((one, at) => one === table.names[at]) ? table : { ...table, names };
}
