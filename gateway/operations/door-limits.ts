import type { IncomingMessage, Server as HttpServer, ServerResponse } from 'node:http';
import type { Server as HttpsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { ProblemCode } from '../../schemas/problem.ts';

/** What every door holds its callers to (P11), whoever comes by it. */

const HEADERS_WITHIN_MS = 10_000;
const REQUEST_WITHIN_MS = 30_000;

/** For the making of a server; of these `handshakeTimeout` counts for TLS alone. */
export const SERVER_LIMITS = { maxHeaderSize: 16_384, handshakeTimeout: 10_000 } as const;

export interface Patience {
  /** Connections at once; more are closed before they say anything. */
  readonly connectionsMax: number;
  /** Milliseconds for which a connection may stand idle between two requests. */
  readonly keepAliveMs: number;
}

/** What goes back to a caller who could not be read as HTTP: nobody knows yet what he wanted. */
export interface BrokenAnswer {
  readonly contentType: string;
  readonly body: string;
}

type Broken = Extract<ProblemCode, 'header-malformed' | 'headers-too-large' | 'request-malformed'>;

/** Limits times and numbers of a server, and refuses in our words, not in Node's, what is no request. */
export function limitDoor(
  server: HttpServer | HttpsServer,
  { connectionsMax, keepAliveMs }: Patience,
  answerOf: (code: Broken) => BrokenAnswer,
): void {
  server.headersTimeout = HEADERS_WITHIN_MS;
  server.requestTimeout = REQUEST_WITHIN_MS;
  server.keepAliveTimeout = keepAliveMs;
  server.maxConnections = connectionsMax;
  // An `Expect` that nobody can fulfil.
  server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const { contentType, body } = answerOf('header-malformed');
    response.writeHead(400, { 'content-type': contentType, 'cache-control': 'no-store', connection: 'close' });
    response.end(body);
  });
  server.on('clientError', (error: Error, socket: Socket) => refuseBroken(error, socket, answerOf));
}

/** What Node could not read as a request; the connection ends, since nobody knows where the next one would begin. */
function refuseBroken(error: Error, socket: Socket, answerOf: (code: Broken) => BrokenAnswer): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const overflow = 'code' in error && error.code === 'HPE_HEADER_OVERFLOW';
  const status = overflow ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const { contentType, body } = answerOf(overflow ? 'headers-too-large' : 'request-malformed');
  socket.end(
    `HTTP/1.1 ${status}\r\ncontent-type: ${contentType}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `cache-control: no-store\r\nconnection: close\r\n\r\n${body}`,
  );
}
