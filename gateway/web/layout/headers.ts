import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * What every page tells the browser: run, load and send nothing that is not ours, be framed by nobody, keep nothing,
 * and treat every string put into the page as text (Trusted Types). A script that slipped into a record is then a
 * word on a page.
 */
export function pageHeaders(identityOrigin: string): RequestHandler[] {
  return [
    helmet({
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'none'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          fontSrc: ["'none'"],
          connectSrc: ["'none'"],
          // Signing out posts to us and is sent on to the provider; browsers hold the redirect to this list too.
          formAction: ["'self'", identityOrigin],
          frameAncestors: ["'none'"],
          baseUri: ["'none'"],
          objectSrc: ["'none'"],
          requireTrustedTypesFor: ["'script'"],
          trustedTypes: ["'none'"],
        },
      },
      strictTransportSecurity: { maxAge: 63_072_000, includeSubDomains: true },
      referrerPolicy: { policy: 'no-referrer' },
      crossOriginEmbedderPolicy: { policy: 'require-corp' },
      crossOriginOpenerPolicy: { policy: 'same-origin' },
      crossOriginResourcePolicy: { policy: 'same-origin' },
    }),
    (_request, response, next) => {
      response.setHeader('permissions-policy', 'camera=(), geolocation=(), microphone=(), browsing-topics=()');
      // Not even "back" after sign-out may show a page again.
      response.setHeader('cache-control', 'no-store');
      next();
    },
  ];
}
