/** Text as councils' staff write it into one element. */

/** One line of text without spaces at its ends or two together. */
export const squeezed = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

/** The parts of an element in which people write several values: each counts, as the second may be hers. */
export const severalIn = (text: string | null | undefined): string[] =>
  squeezed(text)
    .split(/[/,;&|]|\bor\b|\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
