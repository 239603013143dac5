/**
 * The service's own check of an NHS number, written apart from the adapter's so that a mistake of one shows.
 * @returns the number, or undefined where its modulus 11 check digit does not hold
 */
export function nhsNumberOf(value: string): string | undefined {
  if (!/^\d{10}$/.test(value)) return undefined;
  const weighted = Array.from(value).reduce((sum, digit, at) => sum + Number(digit) * (10 - at), 0);
  // With the check digit itself at weight one, the whole is a multiple of eleven.
  return weighted % 11 === 0 ? value : undefined;
}

/** Makes a number with its check digit out of nine digits, for synthetic patients; undefined where none exists. */
export function withCheckDigit(nineDigits: string): string | undefined {
  return Array.from('0123456789', (digit) => nhsNumberOf(`${nineDigits}${digit}`)).find(
    (number) => number !== undefined,
  );
}
