import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import type { IssuedCertificate } from '../../adapters/keys/authority.ts';
import type { Partnership } from '../agencies/partnership.ts';

/** A TLS connection on which anything can be written: what an HTTP client would refuse to send. */

export interface RawReply {
  /** Everything that came back until the gateway closed, or until nothing came for a moment. */
  readonly text: string;
  /** Status codes of all responses in it. */
  readonly statuses: readonly number[];
  readonly closed: boolean;
  /** Bytes that the gateway's side took before it closed. */
  readonly taken: number;
}

const QUIET_MS = 400;

/** Connects as an agency; rejects where the handshake does. */
export function openRaw(
  partnership: Partnership,
  certificate: IssuedCertificate | undefined,
  options: ConnectionOptions = {},
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host: '127.0.0.1',
      port: partnership.gateway.port,
      servername: 'localhost',
      ca: partnership.pki.authority.certificatePem,
      ...(certificate === undefined ? {} : { cert: certificate.certificatePem, key: certificate.keyPem }),
      ...options,
    });
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined);
      resolve(socket);
    });
  });
}

/** Writes and reads until the other side closes or falls silent. */
export function exchange(socket: TLSSocket, written: string | Buffer): Promise<RawReply> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let timer = setTimeout(() => end(false), QUIET_MS * 5);
    const end = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      const text = Buffer.concat(chunks).toString('latin1');
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3})/gu)].map(([, status]) => Number(status));
      resolve({ text, statuses, closed, taken: socket.bytesWritten });
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      clearTimeout(timer);
      timer = setTimeout(() => end(false), QUIET_MS);
    });
    socket.once('close', () => end(true));
    socket.write(written);
  });
}

/** Pours bytes until the gateway closes; gives how many it took and what it said. */
export async function pour(socket: TLSSocket, head: string, piece: Buffer, pieces: number): Promise<RawReply> {
  const reply = exchange(socket, head);
  for (let n = 0; n < pieces && !socket.destroyed; n += 1) {
    if (socket.write(piece)) {
      await new Promise((resolve) => setImmediate(resolve));
    } else {
      await new Promise<void>((resolve) => {
        socket.once('drain', resolve);
        socket.once('close', () => resolve());
      });
    }
  }
  return reply;
}
