/**
 * The API masks a value by writing this literal in its place, in any text element. It says "held, and not for you":
 * copied on it would become somebody's name or number, dropped silently it would read as "nothing held" (P7).
 */
export const MASK = '**REDACTED**';

/** Whether a text is masked, as a whole or in part. */
export function isMasked(value: string | null | undefined): boolean {
  return typeof value === 'string' && value.includes(MASK);
}

/** The text as people would read it, or undefined where there is none or it is masked. */
export function shown(value: string | null | undefined): string | undefined {
  if (typeof value !== 'string' || isMasked(value)) return undefined;
  const text = value.replace(/\s+/g, ' ').trim();
  return text === '' ? undefined : text;
}

/** Whether any text inside a parsed answer is masked, however deep. */
export function anyMasked(value: unknown): boolean {
  if (typeof value === 'string') return isMasked(value);
  if (Array.isArray(value)) return value.some(anyMasked);
  return typeof value === 'object' && value !== null && Object.values(value).some(anyMasked);
}
