/** What a table holds, as far as linking it goes: which attributes there are, and how each is compared. */

/**
 * How the texts of an attribute are compared.
 *
 * - `line`: one line of an address; `postcode`; `uprn`: a home's
 * - `phone`, `email`: a contact point
 * - `identifier`: given to one person; `tenancy`: to a household
 * - `date`: a birth date; `sex`
 * - `other`: anything the analyst adds
 */
export type AttributeKind =
  'line' | 'postcode' | 'uprn' | 'phone' | 'email' | 'identifier' | 'tenancy' | 'date' | 'sex' | 'other';

export interface AttributeShape {
  /** As the mapping calls it; only for messages. */
  readonly name: string;
  readonly kind: AttributeKind;
  /** How many values a row may have, for example three phones: any of one row is compared with any of another. */
  readonly slots: number;
}

export interface TableShape {
  /** How many names (with aliases) a row may have. */
  readonly names: number;
  readonly attributes: readonly AttributeShape[];
  /** No link inside one source. */
  readonly linkOnly: boolean;
}

/** One name as the table holds it. */
export interface HeldName {
  readonly given?: string;
  readonly middle?: string;
  readonly family?: string;
  readonly full?: string;
}

/** One row, its texts as held. */
export interface Row {
  readonly recordId: string;
  readonly source: string;
  readonly names: readonly HeldName[];
  /** In the order of the shape's attributes; each a list of the texts that are there. Dates are `YYYY[MM[DD]]`. */
  readonly values: readonly (readonly string[])[];
}
