/** The parts of a United Kingdom postcode that say less and less where somebody lives. */
export interface Postcode {
  /** The half before the space: a district of some thousand households. */
  readonly outward: string;
  /** Its letters: a region. */
  readonly area: string;
}

// Outward: one or two letters, a digit, at most one more character. Inward: a digit and two letters.
const POSTCODE = /(?:^|[^A-Z0-9])([A-Z]{1,2})(\d[A-Z\d]?) ?(\d[A-Z]{2})$/;

/** Splits the postcode that a text ends with; undefined where it does not end with a whole one. */
export function postcodeAtEnd(text: string): Postcode | undefined {
  const [, area, district] = POSTCODE.exec(text.trim().toUpperCase().replaceAll(/\s+/g, ' ')) ?? [];
  return area === undefined || district === undefined ? undefined : { outward: `${area}${district}`, area };
}
