import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Express } from 'express';
import { limitDoor, SERVER_LIMITS } from './door-limits.ts';

/** The door for people's browsers: TLS without a client certificate, before the same app that agencies reach. */

export interface PagesDoorOptions {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
}

const arrivals = new WeakSet<IncomingMessage>();

/** Whether a request came in here. By the door itself, never by a header: a caller can write any header. */
export const cameByPagesDoor = (request: IncomingMessage): boolean => arrivals.has(request);

/** People are fewer than systems, and a window left open is no work. */
const PATIENCE = { connectionsMax: 2_048, keepAliveMs: 30_000 };

export function makePagesDoor(app: Express, options: PagesDoorOptions): Server {
  const server = createServer(
    { cert: options.certificatePem, key: options.keyPem, minVersion: options.minTlsVersion, ...SERVER_LIMITS },
    (request, response) => {
      arrivals.add(request);
      app(request, response);
    },
  );
  limitDoor(server, PATIENCE, () => NO_REQUEST);
  return server;
}

/** Before there is a request there is no session and no style: a page of words, the same whatever was wrong. */
const NO_REQUEST = {
  contentType: 'text/html; charset=utf-8',
  body:
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>This could not be read – Holdfast</title></head>' +
    '<body><h1>This could not be read</h1><p>Your browser, or something between it and this service, sent what could ' +
    'not be read, so nothing was done. Close the browser, open it again and sign in. If it goes on, call your service ' +
    'desk.</p></body></html>',
};
