const CODES: Readonly<Record<string, string>> = {
  B: '1',
  F: '1',
  P: '1',
  V: '1',
  C: '2',
  G: '2',
  J: '2',
  K: '2',
  Q: '2',
  S: '2',
  X: '2',
  Z: '2',
  D: '3',
  T: '3',
  L: '4',
  M: '5',
  N: '5',
  R: '6',
};

/** American Soundex: the first letter and three digits, for example Smith and Smythe are both S530. */
export function soundex(word: string): string {
  const letters = word
    .normalize('NFD')
    .toUpperCase()
    .replace(/[^A-Z]/g, '');
  let code = letters.charAt(0);
  let last = CODES[code] ?? '';
  for (const letter of letters.slice(1)) {
    const digit = CODES[letter];
    if (digit !== undefined && digit !== last) code += digit;
    // H and W do not part two letters of one code; vowels do.
    if (letter !== 'H' && letter !== 'W') last = digit ?? '';
  }
  return code.padEnd(4, '0').slice(0, 4);
}
