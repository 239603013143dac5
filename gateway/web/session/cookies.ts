import type { IncomingMessage } from 'node:http';
import type { Response } from 'express';

/**
 * Cookies of the pages. All are `__Host-`: set over TLS, by this host, for this host alone, and out of reach of
 * scripts. `Lax`, because the way back from the identity provider is a link from another site.
 */
const COOKIES = {
  session: '__Host-holdfast',
  signIn: '__Host-holdfast-sign-in',
  kept: '__Host-holdfast-kept',
} as const;
export type CookieName = keyof typeof COOKIES;

const ATTRIBUTES = 'Path=/; Secure; HttpOnly; SameSite=Lax';

/** The cookie's value, or undefined. Of a name sent twice none counts: somebody may have planted one. */
export function readCookie(request: IncomingMessage, name: CookieName): string | undefined {
  const wanted = `${COOKIES[name]}=`;
  const found = (request.headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(wanted));
  return found.length === 1 ? found[0]?.slice(wanted.length) : undefined;
}

/** Sets a cookie that ends with the browser, or earlier after `seconds`. The value must be base64url. */
export function setCookie(response: Response, name: CookieName, value: string, seconds?: number): void {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`;
  response.append('set-cookie', `${COOKIES[name]}=${value}; ${ATTRIBUTES}${age}`);
}

export function clearCookie(response: Response, name: CookieName): void {
  response.append('set-cookie', `${COOKIES[name]}=; ${ATTRIBUTES}; Max-Age=0`);
}
