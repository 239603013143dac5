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

/**
 * Reads house and street from the lines of an address, its postcode left out; undefined where no number stands before a
 * street. "St" is a saint at the beginning of a name and a street at its end.
 */
export function readStreet(text: string): Street | undefined {
  const words =
    text
      .toLowerCase()
      .replace(/['’.]/g, '')
      .match(/[a-z]+|\d+[a-z]?\b/g) ?? [];
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const number = words[at] ?? '';
    if (!/^\d/.test(number)) continue;
    for (let end = at + 2; end < words.length && end <= at + LONGEST_NAME; end += 1) {
      const type = typeOf(words[end] ?? '');
      const name = words.slice(at + 1, end);
      if (type === undefined || name.some((word) => /^\d/.test(word))) continue;
      const others = [...words.slice(0, at), ...words.slice(end + 1)];
      const places = others.filter((word) => word.length >= SHORTEST_PLACE && !OF_A_FLAT.has(word));
      return { house: [number, ...name, type].join(' '), places: [...new Set(places)].sort() };
    }
  }
  return undefined;
}
