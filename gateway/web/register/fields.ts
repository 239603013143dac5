import { isoDateSchema, type IsoDate } from '../../../schemas/names.ts';
import type { FormFields } from '../session/form-fields.ts';

/** Fields of the panel's forms as `register/fields.njk` draws them. */

interface Common {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly error?: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  readonly hint?: string;
}

export type Field =
  | (Common & { readonly kind: 'text'; readonly value: string; readonly wide?: boolean })
  | (Common & { readonly kind: 'words'; readonly value: string; readonly longest: number })
  | (Common & { readonly kind: 'lines'; readonly value: string })
  | (Common & { readonly kind: 'date'; readonly day: string; readonly month: string; readonly year: string })
  | (Common & { readonly kind: 'radios'; readonly value: string; readonly choices: readonly Choice[] })
  /** Each box has a name of its own: of a name that is sent twice only the last counts. */
  | (Common & { readonly kind: 'boxes'; readonly choices: readonly (Choice & { readonly checked: boolean })[] });

export interface FieldError {
  /** Name of the field. */
  readonly field: string;
  readonly text: string;
}

const DATE_PARTS = ['day', 'month', 'year'] as const;

/** A field for a day, with what was typed into its three boxes. */
export function dateField(about: Common, typed: FormFields): Field {
  const [day = '', month = '', year = ''] = DATE_PARTS.map((part) => typed[`${about.name}-${part}`]);
  return { ...about, kind: 'date', day, month, year };
}

/** What a day is in the three boxes of a form. */
export function dateTyped(name: string, date: IsoDate): FormFields {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}-day`]: String(Number(day)), [`${name}-month`]: String(Number(month)), [`${name}-year`]: year };
}

export type ReadDate = { readonly date: IsoDate } | { readonly fault: 'empty' | 'not-a-day' };

/** The day that three boxes hold, if it is one. */
export function readDate(name: string, typed: FormFields): ReadDate {
  const [day = '', month = '', year = ''] = DATE_PARTS.map((part) => (typed[`${name}-${part}`] ?? '').trim());
  if (day === '' && month === '' && year === '') return { fault: 'empty' };
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const read = isoDateSchema.safeParse(iso);
  return read.success ? { date: read.data } : { fault: 'not-a-day' };
}

/** Names under which a field is sent. */
export function namesOf(field: Field): readonly string[] {
  if (field.kind === 'date') return DATE_PARTS.map((part) => `${field.name}-${part}`);
  return field.kind === 'boxes' ? field.choices.map(({ value }) => boxName(field.name, value)) : [field.name];
}

export const boxName = (name: string, value: string): string => `${name}-${value}`;

/** Where a line of the error summary leads. */
export function hrefOf(field: Field): string {
  return `#${field.kind === 'date' ? `${field.name}-day` : field.name}`;
}

/** The fields with what is wrong beside each. */
export function withErrors(fields: readonly Field[], errors: readonly FieldError[]): readonly Field[] {
  return fields.map((field) => {
    const error = errors.find((each) => each.field === field.name)?.text;
    return error === undefined ? field : { ...field, error };
  });
}

/** The error summary: a line a fault, in the order of the form; a fault of no field leads to the first. */
export function summaryOf(fields: readonly Field[], errors: readonly FieldError[]) {
  const [first] = fields;
  return errors.map(({ field, text }) => {
    const at = fields.find(({ name }) => name === field) ?? first;
    return { text, href: at === undefined ? '#main-content' : hrefOf(at) };
  });
}
