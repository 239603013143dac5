/** ASCII decimal without leading zeroes, as the C2SP formats write sizes, indexes and times. */

const DECIMAL = /^(?:0|[1-9]\d{0,15})$/;

/** Takes text, gives a whole number from 0 to 2^53 - 1, or undefined for anything else. */
export function parseDecimal(text: string): number | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
