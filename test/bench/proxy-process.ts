import { createServer } from 'node:https';
import { Pool } from 'undici';
import { z } from 'zod';
import { serveParent } from './parent.ts';

/** The least that could stand between two agencies: a bare mutual-TLS proxy on Node's own server, which checks nothing. */

const pem = z.strictObject({ cert: z.string(), key: z.string() });
const openSchema = z.strictObject({
  target: z.url(),
  ca: z.string(),
  server: pem,
  client: pem,
  connections: z.number().int().positive(),
});

let stop: () => Promise<void> = () => Promise.resolve();

serveParent(
  {
    open: async (told) => {
      const { target, ca, server: own, client, connections } = openSchema.parse(told);
      const pool = new Pool(target, { connections, connect: { ca, ...client } });
      const tls = { ...own, ca, requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } as const;
      const server = createServer(tls, (request, response) => {
        pool
          .request({ path: request.url ?? '/', method: 'GET' })
          .then(({ statusCode, headers, body }) => {
            const { 'content-type': type, 'content-length': length } = headers;
            response.writeHead(statusCode, { 'content-type': String(type), 'content-length': String(length) });
            body.pipe(response);
          })
          .catch(() => response.writeHead(502).end());
      });
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      stop = async () => {
        server.close();
        server.closeAllConnections();
        await pool.destroy();
      };
      const address = server.address();
      return { port: typeof address === 'object' && address !== null ? address.port : 0 };
    },
  },
  () => stop(),
);
