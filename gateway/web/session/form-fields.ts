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
