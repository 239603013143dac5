/** A house by its number and street, for homes whose postcode is missing or mistyped on one side. */

const TYPES: Readonly<Record<string, string>> = {
  ave: 'avenue',
  av: 'avenue',
  cl: 'close',
  cres: 'crescent',
  ct: 'court',
  dr: 'drive',
  gdns: 'gardens',
  gdn: 'gardens',
  gr: 'grove',
  grn: 'green',
  la: 'lane',
  ln: 'lane',
  pl: 'place',
  rd: 'road',
  sq: 'square',
  st: 'street',
  str: 'street',
  terr: 'terrace',
  ter: 'terrace',
};

const NAMES_OF_TYPES: ReadonlySet<string> = new Set([
  ...Object.values(TYPES),
  ...'walk way hill park rise row view mews parade drove croft fold'.split(' '),
]);

/** Longer street names do not exist; what stands further off belongs to something else. */
const LONGEST_NAME = 5;
/** Shorter words of an address are articles and abbreviations. */
const SHORTEST_PLACE = 4;
const OF_A_FLAT: ReadonlySet<string> = new Set(['flat', 'apartment', 'unit', 'room', 'floor', 'ground', 'house']);

export interface Street {
  /** For example `14 quarry lane`: house number, name and kind of street, nothing abbreviated. */
  readonly house: string;
  /** The other words of the address, its town among them; sorted. */
  readonly places: readonly string[];
}

const typeOf = (word: string): string | undefined => TYPES[word] ?? (NAMES_OF_TYPES.has(word) ? word : undefined);

const isNumber = (word: string): boolean => word.charCodeAt(0) <= NINE;
const NINE = '9'.charCodeAt(0);

/** Where the kind of street stands after the number at `at`; undefined where no street follows it. */
function typeAfter(words: readonly string[], at: number): number | undefined {
  const last = Math.min(words.length - 1, at + LONGEST_NAME);
  for (let end = at + 1; end <= last; end += 1) {
    const word = words[end] ?? '';
    // A name has a word at least: "14 Close" is a house called so.
    if (end > at + 1 && typeOf(word) !== undefined) return end;
    if (isNumber(word)) return undefined;
  }
  return undefined;
}

function placesIn(words: readonly string[], from: number, to: number): string[] {
  const places = words.filter(
    (word, at) => (at < from || at > to) && word.length >= SHORTEST_PLACE && !OF_A_FLAT.has(word),
  );
  return places.length < 2 ? places : [...new Set(places)].sort();
}

/**
 * Reads house and street from the lines of an address, its postcode left out; undefined where no number stands before a
 * street. "St" is a saint at the beginning of a name and a street at its end.
 */
export function readStreet(text: string): Street | undefined {
  const words = text
    .toLowerCase()
    .replace(/['’.]/g, '')
    .match(/[a-z]+|\d+[a-z]?\b/g);
  if (words === null) return undefined;
  for (let at = words.length - 1; at >= 0; at -= 1) {
    if (!isNumber(words[at] ?? '')) continue;
    const end = typeAfter(words, at);
    if (end === undefined) continue;
    const house = [...words.slice(at, end), typeOf(words[end] ?? '')].join(' ');
    return { house, places: placesIn(words, at, end) };
  }
  return undefined;
}
