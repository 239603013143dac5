import type { Server } from 'node:net';
import { err, ok, type Result } from '../schemas/result.ts';

/** Opening and closing the gateway's ports. */

/** Opens a door; gives the port it has (0 takes any free one), or a sentence saying why it could not. */
export function listen(server: Server, port: number, host: string): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const sentence =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is in use: stop what uses it, or name another port.`
          : `The gateway could not listen on port ${port} (${error.code ?? error.name}).`;
      resolve(err(sentence));
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(ok(typeof address === 'object' && address !== null ? address.port : port));
    });
  });
}

const LET_END_MS = 10_000;

/** Lets what is under way end for ten seconds, then closes what is left. */
export function shut(server: Server & { closeIdleConnections(): void; closeAllConnections(): void }): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), LET_END_MS);
    server.close(() => {
      clearTimeout(timer);
      resolve();
    });
    server.closeIdleConnections();
  });
}
