import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer, type Server as HttpsServer } from 'node:https';
import { TLSSocket } from 'node:tls';
import express, { type Express } from 'express';
import { presentedBy } from '../access/connection.ts';
import { problemOf } from '../api/send-problem.ts';
import type { AccessRegister, AccessSnapshot } from '../ports/access-register.ts';
import { limitDoor, SERVER_LIMITS } from './door-limits.ts';
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

/** Agencies' systems keep their connections, and there are many of them behind one proxy. */
const PATIENCE = { connectionsMax: 4_096, keepAliveMs: 60_000 };
/** Probes and one scraper. */
const OPERATORS_PATIENCE = { connectionsMax: 64, keepAliveMs: 60_000 };

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
      ...SERVER_LIMITS,
    },
    app,
  );
  limitDoor(server, PATIENCE, problemFor(options.newId));
  return server;
}

const problemFor =
  (newId: () => string): Parameters<typeof limitDoor>[2] =>
  (code) => ({ contentType: 'application/problem+json', body: JSON.stringify(problemOf(code, newId())) });

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
  const { maxHeaderSize } = SERVER_LIMITS;
  const server = createHttpServer({ maxHeaderSize }, app);
  limitDoor(server, OPERATORS_PATIENCE, problemFor(randomUUID));
  return server;
}
