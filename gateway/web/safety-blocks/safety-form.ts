import { CONTACT_KINDS, type ContactKind } from '../../../schemas/contact-point.ts';
import type { CaseChange, ToldContact } from '../../../schemas/case-change.ts';
import type { Case } from '../../../schemas/case.ts';
import type { Result } from '../../../schemas/result.ts';
import { readContact } from '../../contacts/normalise.ts';
import type { Field, FieldError } from '../register/fields.ts';
import type { FormFields } from '../session/form-fields.ts';
import { sayNumber } from '../request/say-value.ts';
import { ONE_OF_KIND } from './kind-words.ts';

/** One thing that victim services do to a case: a form, what it reads, and what the worker will see of it. */

export interface CheckRow {
  readonly key: string;
  readonly value: string;
}

export interface SafetyForm {
  /** Its place in the address: `/safety-blocks/:ref/<slug>`. */
  readonly slug: 'block' | 'lift' | 'protect' | 'unprotect';
  readonly heading: string;
  /** What to know before filling it in. */
  readonly intro: string;
  /** On the button that does it. */
  readonly button: string;
  readonly done: string;
  /** Why it cannot be done on this case; undefined where it can. */
  readonly whyNot: (kase: Case, typed: FormFields) => string | undefined;
  readonly fields: (typed: FormFields) => readonly Field[];
  /** Names sent with it that are no fields. */
  readonly carries: readonly string[];
  readonly read: (typed: FormFields, stepId: string) => Result<CaseChange, readonly FieldError[]>;
  readonly says: (change: CaseChange, kase: Case) => readonly CheckRow[];
  /** What anybody else will see of it, in the words of their pages. */
  readonly seen: (change: CaseChange, kase: Case) => readonly string[];
}

export const BECAUSE_MIN = 10;
export const BECAUSE_MAX = 500;
const VALUE_MAX = 400;

/** Marks that nobody sees and that turn the words around them about; line ends and tabs stay. */
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;
const visible = (text = ''): string =>
  text.replace(INVISIBLE, (each) => (each === '\n' || each === '\t' ? each : '')).trim();

/** What came with the form, without marks that hide or turn words about: so it is read, shown and sent on. */
export const typedIn = (fields: FormFields): FormFields => ({
  ...fields,
  because: visible(fields.because),
  value: visible(fields.value).replaceAll('\n', ', '),
});
export const becauseTyped = ({ because = '' }: FormFields): string => because;
export const valueTyped = ({ value = '' }: FormFields): string => value;

export const becauseField = (typed: FormFields): Field => ({
  kind: 'words',
  name: 'because',
  label: 'Why?',
  hint: 'Your service and whoever reviews the access log of it read this. Workers and the panel do not.',
  value: becauseTyped(typed),
  longest: BECAUSE_MAX,
});

export const valueField = (typed: FormFields, hint: string): Field => ({
  kind: 'text',
  name: 'value',
  label: 'Which number or address?',
  hint,
  value: valueTyped(typed),
  wide: true,
});

export const KIND_CHOICES = CONTACT_KINDS.map((kind) => ({ value: kind, text: ONE_OF_KIND[kind] }));
export const isKind = (word: string | undefined): word is ContactKind => CONTACT_KINDS.some((kind) => kind === word);

export function becauseErrors(typed: FormFields): readonly FieldError[] {
  const because = becauseTyped(typed);
  if (because === '') return [{ field: 'because', text: 'Enter why' }];
  if (because.length < BECAUSE_MIN)
    return [{ field: 'because', text: `Why must be ${BECAUSE_MIN} characters or more` }];
  if (because.length > BECAUSE_MAX)
    return [{ field: 'because', text: `Why must be ${BECAUSE_MAX} characters or less` }];
  return [];
}

/** What could not be recognised later protects nobody, so it is refused with how to write it. */
export function valueErrors(kind: ContactKind, typed: FormFields): readonly FieldError[] {
  const value = valueTyped(typed);
  const field = 'value';
  if (value === '') return [{ field, text: WANTED[kind] }];
  if (value.length > VALUE_MAX) return [{ field, text: `It must be ${VALUE_MAX} characters or less` }];
  return readContact(kind, value).contacts.length === 0 ? [{ field, text: WANTED[kind] }] : [];
}

const WANTED: Readonly<Record<ContactKind, string>> = {
  phone: 'Enter a whole telephone number, like 07700 900123',
  email: 'Enter an e-mail address, like name@example.com',
  address: 'Enter an address with its house number or name and its whole postcode',
};

/** As the system has read it: what she checks is what will be recognised. */
export function sayContact({ kind, value }: ToldContact): string {
  const read = readContact(kind, value).contacts.map(({ value: line }) => (kind === 'phone' ? sayNumber(line) : line));
  return read.join(' and ');
}
