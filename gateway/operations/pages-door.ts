import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { Express } from 'express';

/** The door for people's browsers: TLS without a client certificate, before the same app that agencies reach. */

export interface PagesDoorOptions {
  readonly certificatePem: string;
  readonly keyPem: string;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
}

const arrivals = new WeakSet<IncomingMessage>();

/** Whether a request came in here. By the door itself, never by a header: a caller can write any header. */
export const cameByPagesDoor = (request: IncomingMessage): boolean => arrivals.has(request);

const HEADER_BYTES_MAX = 16_384;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
const HANDSHAKE_WITHIN_MS = 10_000;
const KEEP_ALIVE_MS = 30_000;
const CONNECTIONS_MAX = 2_048;

export function makePagesDoor(app: Express, options: PagesDoorOptions): Server {
  const server = createServer(
    {
      cert: options.certificatePem,
      key: options.keyPem,
      minVersion: options.minTlsVersion,
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    (request, response) => {
      arrivals.add(request);
      app(request, response);
    },
  );
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = CONNECTIONS_MAX;
  return server;
}
