import type { Request, Response } from 'express';
import { z } from 'zod';
import type { Session } from '../../access/staff/session.ts';
import type { PageDeps } from '../page-deps.ts';
import { clearCookie, readCookie, setCookie } from './cookies.ts';
import { fieldsOf, type FormFields } from './form-fields.ts';

/**
 * What somebody typed when her session had ended, carried by her browser through sign-in, sealed, and filled in again
 * for her alone. It is only ever filled in, never sent: a form from elsewhere gains nothing by it.
 */

const GOOD_FOR_SECONDS = 900;
const PURPOSE = 'typed fields';
/** A browser keeps cookies of 4,096 bytes; sealed and encoded, so much text fits. */
const BYTES_MAX = 2_700;

const typedSchema = z.strictObject({
  path: z.string(),
  typedBy: z.string(),
  fields: z.record(z.string(), z.string()),
  cut: z.boolean(),
  untilMs: z.number().int(),
});
type Typed = z.infer<typeof typedSchema>;

/** Names of fields that belong to the session that ended. */
const OF_SESSION = new Set(['formToken', 'typedBy']);

/** The keyed digest of a person that a form carries: who typed is known even when her session is not any more. */
export const typedByOf = (deps: PageDeps, { staff }: Session): string =>
  deps.sessions.digestOfStaff(staff.agency, staff.staffId);

/** Keeps the fields of a form that came without a live session. Gives the page that shows the form again. */
export function keepTyped(deps: PageDeps, request: Request, response: Response): string {
  const { typedBy = '', ...rest } = fieldsOf(request);
  const site = request.headers['sec-fetch-site'];
  if (typedBy === '' || (site !== undefined && site !== 'same-origin')) return '/';
  const fields = Object.fromEntries(Object.entries(rest).filter(([name]) => !OF_SESSION.has(name)));
  const path = request.path;
  const untilMs = deps.now().getTime() + GOOD_FOR_SECONDS * 1000;
  const typed = fitted({ path, typedBy, fields, cut: false, untilMs });
  if (typed === undefined) return path;
  setCookie(response, 'kept', deps.cookieSeal.seal(PURPOSE, JSON.stringify(typed)), GOOD_FOR_SECONDS);
  return path;
}

/** Cuts the longest field until everything fits; undefined where even that does not help. */
function fitted(typed: Typed): Typed | undefined {
  const over = Buffer.byteLength(JSON.stringify(typed)) - BYTES_MAX;
  if (over <= 0) return typed;
  const [longest] = Object.entries(typed.fields).sort(([, a], [, b]) => b.length - a.length);
  if (longest === undefined || longest[1] === '') return undefined;
  const [name, text] = longest;
  // A character may take six bytes in JSON; cutting a little too little only means another round.
  const shorter = text.slice(0, Math.max(0, text.length - Math.max(1, Math.ceil(over / 6))));
  return fitted({ ...typed, cut: true, fields: { ...typed.fields, [name]: shorter } });
}

/** Takes them back, once, for the same page and the same person; anybody else's are thrown away. */
export function takeTyped(
  deps: PageDeps,
  { request, response, session }: { readonly request: Request; readonly response: Response; readonly session: Session },
): { readonly fields: FormFields; readonly cut: boolean } | undefined {
  const sealed = readCookie(request, 'kept');
  if (sealed === undefined) return undefined;
  clearCookie(response, 'kept');
  const text = deps.cookieSeal.open(PURPOSE, sealed);
  const typed = text === undefined ? undefined : typedSchema.safeParse(JSON.parse(text));
  if (typed?.success !== true) return undefined;
  const { path, typedBy, fields, cut, untilMs } = typed.data;
  const isHers = typedBy === typedByOf(deps, session) && path === request.path && untilMs > deps.now().getTime();
  return isHers ? { fields, cut } : undefined;
}
