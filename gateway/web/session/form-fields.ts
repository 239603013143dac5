import express, { type Request, type RequestHandler } from 'express';

/** What a form sent, as flat texts. */
export type FormFields = Readonly<Record<string, string>>;

/** Largest form: ten times what the longest may hold. */
const FORM_BYTES_MAX = '64kb';
const FIELDS_MAX = 100;

/** Reads `application/x-www-form-urlencoded`, flat: `a[b]=c` is a field named `a[b]`, so nothing can be built of names. */
export const readForm: RequestHandler = express.urlencoded({
  extended: false,
  limit: FORM_BYTES_MAX,
  parameterLimit: FIELDS_MAX,
});

/** The fields of a form that `readForm` has read; of a field sent twice the last counts. Line ends become `\n`. */
export function fieldsOf(request: Request): FormFields {
  const body: unknown = request.body;
  if (typeof body !== 'object' || body === null) return {};
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(body)) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value;
    if (typeof last === 'string') fields[name] = last.replaceAll('\r\n', '\n');
  }
  return fields;
}

/**
 * Characters that nobody sees and that turn the words around them about: an officer of information governance would
 * read another reason than the one that was typed. Line ends and tabs stay.
 */
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What somebody wrote into a field, without what nobody can see and blanks around it. */
export const writtenIn = (fields: FormFields, name: string): string =>
  (fields[name] ?? '').replace(INVISIBLE, (each) => (each === '\n' || each === '\t' ? each : '')).trim();
