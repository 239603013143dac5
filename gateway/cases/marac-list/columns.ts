import { z } from 'zod';
import { maracReferenceSchema, referralCriterionSchema } from '../../../schemas/case-history.ts';
import { agencyIdSchema, caseRefSchema, isoDateSchema } from '../../../schemas/names.ts';
import { identifierSchema } from '../../../schemas/person.ts';

/** The columns of a MARAC list, as the header names them, and what each may hold. */

const nameSchema = z.string().regex(/^\p{L}[\p{L}\p{M} .'’-]*$/u);
/** As Royal Mail writes one: outward and inward part with a space between. */
const postcodeSchema = z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}$/);

interface Column {
  readonly schema: z.ZodType<string>;
  readonly isNeeded: boolean;
  /** Characters. */
  readonly longest: number;
}

const column = (schema: z.ZodType<string>, longest: number, isNeeded = true): Column => ({ schema, longest, isNeeded });

export const COLUMNS = {
  case_ref: column(caseRefSchema, 20),
  marac_reference: column(maracReferenceSchema, 30),
  criterion: column(referralCriterionSchema, 20),
  referred_on: column(isoDateSchema, 10),
  meeting_on: column(isoDateSchema, 10, false),
  given: column(nameSchema, 100),
  family: column(nameSchema, 100),
  date_of_birth: column(isoDateSchema, 10, false),
  postcode: column(postcodeSchema, 8, false),
  pnc: column(identifierSchema.shape.value.regex(/^\d{4}\/\d{7}[A-Z]$/), 13, false),
  /** Ids of the agencies that sit on the case, with spaces between; the lead agency need not be named. */
  agencies: column(z.string().refine(areAgencies), 1_200, false),
} as const satisfies Record<string, Column>;

export type ColumnName = keyof typeof COLUMNS;

const NAMES: readonly string[] = Object.keys(COLUMNS);
export const isColumn = (name: string): name is ColumnName => NAMES.includes(name);
export const columnNames = (): readonly ColumnName[] => NAMES.filter(isColumn);

export const agenciesIn = (text: string): readonly string[] => text.split(' ').filter((word) => word !== '');

function areAgencies(text: string): boolean {
  const ids = agenciesIn(text);
  return ids.length < 30 && ids.every((id) => agencyIdSchema.safeParse(id).success);
}
