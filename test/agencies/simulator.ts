import { createHash } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';

/**
 * The part that all HTTPS simulators share: a real server on loopback with its agency's certificate, a record of what
 * was asked, and the ways a real agency goes wrong. Each simulator brings its own protocol, authentication and limits.
 */

export interface SimulatorRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** SHA-256 of the client certificate's DER, base64url; undefined where none was shown or it did not verify. */
  readonly clientThumbprint?: string;
  readonly clientCommonName?: string;
}

export interface SimulatedResponse {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** How the next answers go wrong; undefined is a healthy agency. */
export type Fault =
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'html' }
  | { readonly kind: 'not-json' }
  | { readonly kind: 'truncated' }
  | { readonly kind: 'gzip-bomb' }
  | { readonly kind: 'huge' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export interface Simulator {
  readonly name: string;
  readonly url: string;
  /** Every request that came in, in order: what a test asks to prove that nobody asked for more than it may (P3). */
  readonly asked: readonly SimulatorRequest[];
  setFault(fault: Fault | undefined): void;
  /** Delay before each healthy answer, in milliseconds. */
  setDelay(ms: number): void;
  /** Forgets what was asked: long benchmarks would otherwise only measure this list. */
  forgetAsked(): void;
  stop(): Promise<void>;
}

export interface SimulatorOptions {
  readonly name: string;
  /** 0 takes any free port. */
  readonly port?: number;
  readonly tls: {
    readonly cert: string;
    readonly key: string;
    /** Authority of client certificates. */ readonly clientCa?: string;
  };
  readonly delayMs?: number;
  /** False in long benchmarks. */
  readonly recordAsked?: boolean;
  readonly handle: (request: SimulatorRequest) => Promise<SimulatedResponse> | SimulatedResponse;
}

const BODY_BYTES_MAX = 1024 * 1024;

/** Starts a simulator on loopback. It answers 400 to a body over 1 MiB and 500 where its own handler throws. */
export async function startSimulator(options: SimulatorOptions): Promise<Simulator> {
  const asked: SimulatorRequest[] = [];
  let fault: Fault | undefined;
  let delayMs = options.delayMs ?? 0;
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const request = await readRequest(incoming);
    if (options.recordAsked !== false) asked.push(request);
    if (fault !== undefined && (await misbehave(fault, outgoing))) return;
    if (delayMs > 0) await sleep(delayMs);
    send(outgoing, await options.handle(request));
  };
  const server = createServer(
    {
      cert: options.tls.cert,
      key: options.tls.key,
      minVersion: 'TLSv1.2',
      ...(options.tls.clientCa === undefined
        ? {}
        : { ca: options.tls.clientCa, requestCert: true, rejectUnauthorized: true }),
    },
    (incoming, outgoing) => {
      answer(incoming, outgoing).catch(() => {
        if (!outgoing.headersSent) outgoing.writeHead(500);
        outgoing.end();
      });
    },
  );
  // As long as the proxies in front of real services keep a connection, not Node's own five seconds.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a TCP address was expected');
  return {
    name: options.name,
    url: `https://127.0.0.1:${address.port}`,
    asked,
    setFault: (next) => {
      fault = next;
      if (next?.kind === 'gzip-bomb') packBomb();
    },
    setDelay: (ms) => {
      delayMs = ms;
    },
    forgetAsked: () => {
      asked.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function readRequest(incoming: IncomingMessage): Promise<SimulatorRequest> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    if (bytes > BODY_BYTES_MAX) throw new Error('the body is larger than any question');
    chunks.push(chunk);
  }
  const url = new URL(incoming.url ?? '/', 'https://agency.invalid');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (typeof value === 'string') headers[name] = value;
    else if (value !== undefined) headers[name] = value.join(', ');
  }
  return {
    method: incoming.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body: Buffer.concat(chunks).toString('utf8'),
    ...clientOf(incoming),
  };
}

function clientOf(incoming: IncomingMessage): { clientThumbprint?: string; clientCommonName?: string } {
  if (!(incoming.socket instanceof TLSSocket) || !incoming.socket.authorized) return {};
  const certificate = incoming.socket.getPeerCertificate();
  if (!Buffer.isBuffer(certificate.raw)) return {};
  return {
    clientThumbprint: createHash('sha256').update(certificate.raw).digest('base64url'),
    clientCommonName: String(certificate.subject.CN),
  };
}

function send(outgoing: ServerResponse, response: SimulatedResponse): void {
  const body = response.json === undefined ? '' : JSON.stringify(response.json);
  outgoing.writeHead(response.status, {
    ...(body === '' ? {} : { 'content-type': 'application/json' }),
    'content-length': String(Buffer.byteLength(body)),
    ...response.headers,
  });
  outgoing.end(body);
}

/** Packed once: packing 64 MB again for each answer would make a slow agency of a lying one. */
let bomb: Buffer | undefined;
const packBomb = (): Buffer => (bomb ??= gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 1 }));

/** Answers wrongly; true where the fault was the whole answer. */
async function misbehave(fault: Fault, outgoing: ServerResponse): Promise<boolean> {
  switch (fault.kind) {
    case 'slow':
      await sleep(fault.ms);
      return false;
    case 'hang':
      return true;
    case 'reset':
      outgoing.socket?.destroy();
      return true;
    case 'html':
      outgoing.writeHead(200, { 'content-type': 'text/html' });
      outgoing.end('<!doctype html><title>Sign in</title><p>Please sign in to continue</p>');
      return true;
    case 'not-json':
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.end('{"results": [');
      return true;
    case 'truncated':
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-length': '4096' });
      outgoing.write('{"results": [{"id":');
      await sleep(20);
      outgoing.socket?.destroy();
      return true;
    case 'gzip-bomb':
      outgoing.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
      outgoing.end(packBomb());
      return true;
    case 'huge':
      outgoing.writeHead(200, { 'content-type': 'application/json' });
      outgoing.end(`"${'x'.repeat(16 * 1024 * 1024)}"`);
      return true;
    case 'status':
      outgoing.writeHead(fault.status, fault.headers);
      outgoing.end();
      return true;
  }
}
