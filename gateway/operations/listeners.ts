import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server as HttpServer,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import express, { type Express } from 'express';
import { presentedBy } from '../access/connection.ts';
import { problemOf } from '../api/send-problem.ts';
import type { AccessRegister, AccessSnapshot } from '../ports/access-register.ts';
import { getLive, getReady, type ReadyDeps } from './health.ts';
import type { Metrics } from './metrics.ts';

/** The two doors: mutual TLS for agencies, and a plain one on the operator's own interface for health and metrics. */

export interface AgencyDoorOptions {
  readonly certificatePem: string;
  readonly keyPem: string;
  /** Authority that signs the agencies' client certificates. */
  readonly clientAuthorityPem: string;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
  readonly newId: () => string;
}

const HEADER_BYTES_MAX = 16_384;
const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;
const HANDSHAKE_WITHIN_MS = 10_000;
const KEEP_ALIVE_MS = 60_000;
const CONNECTIONS_MAX = 4_096;

/** The door for agencies. Whoever shows no certificate of the authority does not get past the handshake. */
export function makeAgencyDoor(app: Express, options: AgencyDoorOptions): HttpsServer {
  const server = createHttpsServer(
    {
      cert: options.certificatePem,
      key: options.keyPem,
      ca: options.clientAuthorityPem,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: options.minTlsVersion,
      handshakeTimeout: HANDSHAKE_WITHIN_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
    },
    app,
  );
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.maxConnections = CONNECTIONS_MAX;
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    refuseExpectation(response, options.newId());
  });
  server.on('clientError', (error: Error, socket: Socket) => answerBrokenRequest(error, socket, options.newId()));
  return server;
}

/** An `Expect` that nobody can fulfil; Node would answer it in words of its own. */
function refuseExpectation(response: ServerResponse, instance: string): void {
  const problem = problemOf('header-malformed', instance);
  response.writeHead(problem.status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    connection: 'close',
  });
  response.end(JSON.stringify(problem));
}

/** What Node could not read as a request is refused as a problem too, and the connection ends. */
function answerBrokenRequest(error: Error, socket: Socket, instance: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW';
  const problem = problemOf(overflow ? 'headers-too-large' : 'request-malformed', instance);
  const body = JSON.stringify(problem);
  const status = overflow ? '431 Request Header Fields Too Large' : '400 Bad Request';
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `cache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
  );
}

/**
 * Ends the connections of certificates that are no longer in force as soon as the register says so. Each request is
 * checked anyway; this also frees what a revoked client still holds open.
 */
export function endRevokedConnections(server: HttpsServer, register: AccessRegister): () => void {
  const open = new Set<TLSSocket>();
  server.on('secureConnection', (socket: TLSSocket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return register.onChange((snapshot) => {
    for (const socket of open) if (isRevoked(socket, snapshot)) socket.destroy();
  });
}

function isRevoked(socket: TLSSocket, snapshot: AccessSnapshot): boolean {
  const presented = presentedBy(socket);
  return presented.ok && snapshot.certificates.get(presented.value.thumbprint)?.status === 'revoked';
}

/** The operator's door: health and metrics, no personal data, to be bound to an interface that only operators reach. */
export function makeOperationsDoor(deps: ReadyDeps & { readonly metrics: Metrics }): HttpServer {
  const app = express();
  app.disable('x-powered-by');
  app.get('/live', getLive);
  app.get('/ready', getReady(deps));
  app.get('/metrics', async (_request, response) => {
    response.type('text/plain; version=0.0.4').send(await deps.metrics.text());
  });
  return createHttpServer({ maxHeaderSize: HEADER_BYTES_MAX }, app);
}
