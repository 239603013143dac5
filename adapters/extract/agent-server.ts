import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { findRequestSchema, type FindAnswer, type FindRequest } from './held-record.ts';

/** The agent's one door: `POST /v1/find` over mutual TLS 1.3, for the registered gateway and nobody else. */

export interface AgentServerOptions {
  readonly answer: (request: FindRequest) => FindAnswer | Promise<FindAnswer>;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
  /** SHA-256 of the registered gateways' certificates, base64url. A certificate of the same authority is not enough. */
  readonly gatewayThumbprints: ReadonlySet<string>;
}

export interface AgentServer {
  readonly url: string;
  close(): Promise<void>;
}

export const FIND_PATH = '/v1/find';
const BODY_BYTES_MAX = 64 * 1024;
const CONNECTIONS_MAX = 256;

/** Starts listening. Rejects where the port is taken or the certificate unusable. */
export async function serveAgent(options: AgentServerOptions): Promise<AgentServer> {
  const server = createServer(
    {
      cert: options.tls.cert,
      key: options.tls.key,
      ca: options.tls.clientCa,
      requestCert: true,
      rejectUnauthorized: true,
      minVersion: 'TLSv1.3',
      maxHeaderSize: 8 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      handshakeTimeout: 5_000,
    },
    (request, response) => {
      handle(options, request, response).catch(() => respond(response, 500));
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: urlOf(server, options.host), close: () => closeAll(server) };
}

async function handle(options: AgentServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const refusal = refusalOf(request, options.gatewayThumbprints);
  const body = refusal === undefined ? await readBody(request) : undefined;
  if (body === undefined) {
    refuse(request, response, refusal ?? 413);
    return;
  }
  const question = findRequestSchema.safeParse(parseOrUndefined(body));
  if (question.success) respond(response, 200, await options.answer(question.data));
  else respond(response, 400);
}

/** The status with which a request is turned away before its body is read, if it is. */
function refusalOf(request: IncomingMessage, thumbprints: ReadonlySet<string>): number | undefined {
  if (!isRegistered(request, thumbprints)) return 403;
  // The path is compared whole: a question mark would mean that something about a person stood in the URL.
  if (request.url !== FIND_PATH) return 404;
  if (request.method !== 'POST') return 405;
  return request.headers['content-type'] === 'application/json' ? undefined : 415;
}

function isRegistered(request: IncomingMessage, thumbprints: ReadonlySet<string>): boolean {
  const { socket } = request;
  if (!(socket instanceof TLSSocket) || !socket.authorized) return false;
  const { raw } = socket.getPeerCertificate();
  return Buffer.isBuffer(raw) && thumbprints.has(createHash('sha256').update(raw).digest('base64url'));
}

/** Undefined once the body is larger than any question. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseOrUndefined(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Answers without having read the body, and closes: what is left of it is not read either. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.setHeader('connection', 'close');
  respond(response, status);
  request.resume();
}

/** A status and, for an answer, JSON. Refusals carry no words: whoever has no business here learns nothing. */
function respond(response: ServerResponse, status: number, answer?: FindAnswer): void {
  if (response.headersSent) return;
  const body = answer === undefined ? '' : JSON.stringify(answer);
  response.writeHead(status, {
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
  });
  response.end(body);
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  return `https://${host}:${address.port}`;
}

function closeAll(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
