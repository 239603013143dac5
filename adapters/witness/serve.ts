import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';

/** A witness's door: HTTPS with the agency's own certificate, two paths, and a limit on everything (P11). */

export interface ServedReply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

export interface WitnessServerOptions {
  readonly addCheckpoint: (body: string) => Promise<ServedReply>;
  readonly checkpoint: (originHash: string) => Promise<ServedReply>;
  readonly bodyBytesMax: number;
  /** Told when the disk failed; the asker is told 503 and no more. */
  readonly failed: () => void;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly tls: {
    readonly cert: string;
    readonly key: string;
    /** Where given, whoever shows no certificate of this authority does not get past the handshake. */
    readonly clientCa?: string;
  };
}

export interface WitnessServer {
  readonly url: string;
  close(): Promise<void>;
}

const CONNECTIONS_MAX = 64;
const UNDER_WAY_MAX = 16;
const CHECKPOINT_PATH = /^\/([0-9a-f]{64})\/checkpoint$/;
const TEXT = 'text/plain; charset=utf-8';

/** Starts listening. Rejects where the port is taken or the certificate unusable. */
export async function serveWitness(options: WitnessServerOptions): Promise<WitnessServer> {
  let underWay = 0;
  const { cert, key, clientCa } = options.tls;
  const server = createServer(
    {
      ...{ cert, key },
      ...(clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }),
      minVersion: 'TLSv1.3',
      maxHeaderSize: 8 * 1024,
      headersTimeout: 5_000,
      requestTimeout: 10_000,
      handshakeTimeout: 5_000,
      keepAliveTimeout: 60_000,
    },
    (request, response) => {
      if (underWay >= UNDER_WAY_MAX) {
        refuse(request, response, 503, 'busy');
        return;
      }
      underWay += 1;
      handle(options, request, response)
        .catch(() => {
          options.failed();
          refuse(request, response, 503, 'not recorded, so not cosigned');
        })
        .finally(() => (underWay -= 1));
    },
  );
  server.maxConnections = CONNECTIONS_MAX;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return { url: urlOf(server, options.host), close: () => closeAll(server) };
}

async function handle(
  options: WitnessServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, originHash] = CHECKPOINT_PATH.exec(request.url ?? '') ?? [];
  if (originHash !== undefined && request.method === 'GET') {
    respond(response, await options.checkpoint(originHash));
    return;
  }
  if (request.url !== '/add-checkpoint') {
    refuse(request, response, 404, 'no such path');
    return;
  }
  if (request.method !== 'POST') {
    refuse(request, response, 405, 'POST is wanted');
    return;
  }
  const body = await readBody(request, options.bodyBytesMax);
  if (body === 'cut-off') return;
  if (body === 'too-large') {
    refuse(request, response, 413, 'too large');
    return;
  }
  respond(response, body.text === undefined ? badText() : await options.addCheckpoint(body.text));
}

const badText = (): ServedReply => ({ status: 400, contentType: TEXT, body: 'malformed: note-not-utf8\n' });

async function readBody(
  request: IncomingMessage,
  bytesMax: number,
): Promise<{ readonly text: string | undefined } | 'too-large' | 'cut-off'> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > bytesMax) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut-off';
  }
  try {
    // Lossy decoding would let two different bodies be judged as one.
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(chunks)) };
  } catch {
    return { text: undefined };
  }
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, sentence: string): void {
  if (response.headersSent) return;
  response.setHeader('connection', 'close');
  respond(response, { status, contentType: TEXT, body: `${sentence}\n` });
  request.resume();
}

function respond(response: ServerResponse, { status, contentType, body }: ServedReply): void {
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': String(Buffer.byteLength(body)),
    'cache-control': 'no-store',
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
