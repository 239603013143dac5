/** Winkler's published constants; the boost only above .7, as DuckDB (so Splink) has it. */
const BOOST_ABOVE = 0.7;
const PREFIX_WEIGHT = 0.1;
const LONGEST_PREFIX = 4;
/** No name is longer; what is costs its square. */
const LONGEST = 64;

/** Characters of `a` and of `b` that match within the window, each in its own order. */
function matchingCharacters(a: string, b: string): readonly [string, string] {
  const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
  const taken = new Uint8Array(b.length);
  let fromA = '';
  for (let i = 0; i < a.length; i += 1) {
    const end = Math.min(b.length, i + reach + 1);
    for (let j = Math.max(0, i - reach); j < end; j += 1) {
      if (taken[j] === 0 && a.charCodeAt(i) === b.charCodeAt(j)) {
        taken[j] = 1;
        fromA += a.charAt(i);
        break;
      }
    }
  }
  let fromB = '';
  for (let j = 0; j < b.length; j += 1) if (taken[j] === 1) fromB += b.charAt(j);
  return [fromA, fromB];
}

function jaro(a: string, b: string): number {
  const [fromA, fromB] = matchingCharacters(a, b);
  const matches = fromA.length;
  if (matches === 0) return 0;
  let outOfOrder = 0;
  for (let i = 0; i < matches; i += 1) if (fromA.charCodeAt(i) !== fromB.charCodeAt(i)) outOfOrder += 1;
  const transpositions = Math.floor(outOfOrder / 2);
  return (matches / a.length + matches / b.length + (matches - transpositions) / matches) / 3;
}

/**
 * Jaro-Winkler similarity, 0 to 1, as DuckDB computes it: window of half the longer length less one, so that `ab`
 * and `ba` have nothing in common; prefix of at most four; boost only above .7. Two empty texts are 1. Of longer texts the first 64 characters count.
 * Source: Winkler 1990, with the window of Jaro 1989.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  if (a === '' || b === '') return 0;
  if (a.length > LONGEST || b.length > LONGEST) return jaroWinkler(a.slice(0, LONGEST), b.slice(0, LONGEST));
  const similarity = jaro(a, b);
  if (similarity <= BOOST_ABOVE) return similarity;
  let prefix = 0;
  while (prefix < LONGEST_PREFIX && prefix < a.length && a.charAt(prefix) === b.charAt(prefix)) prefix += 1;
  return similarity + prefix * PREFIX_WEIGHT * (1 - similarity);
}
