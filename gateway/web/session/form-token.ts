import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { formTokenOf, type Session } from '../../access/staff/session.ts';

/** Whether a form was sent from a page of ours by the person whose session it is (cross-site request forgery). */

const same = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

/**
 * Three locks, each enough by itself where it works: what the browser says of the origin, and a token that only a page
 * of this session holds. Old browsers send no `Sec-Fetch-Site`, none sends a wrong one.
 */
export function isOwnForm(request: Request, session: Session, fields: Readonly<Record<string, unknown>>): boolean {
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return false;
  const { origin } = request.headers;
  if (origin !== undefined && origin !== 'null' && origin !== `https://${request.headers.host ?? ''}`) return false;
  const { formToken } = fields;
  return typeof formToken === 'string' && same(formToken, formTokenOf(session.secret));
}
