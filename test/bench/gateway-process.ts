import { subscribe } from 'node:diagnostics_channel';
import { writeFile } from 'node:fs/promises';
import { Session } from 'node:inspector/promises';
import { z } from 'zod';
import { startGateway } from '../../deploy/gateway.ts';
import { readKeysFolder } from '../../deploy/keys-folder.ts';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { sayThroughPino } from '../../deploy/say.ts';
import { sourcesOver } from '../agencies/five-agencies.ts';
import { standingSchema } from './credentials.ts';
import { serveParent } from './parent.ts';
import { wanted } from './wanted.ts';

/** The gateway under test, alone in its process and put together as production does it, its log lines included. */

const openSchema = standingSchema.extend({ databaseUrl: z.string() });

let stop: () => Promise<void> = () => Promise.resolve();
let profiling: Session | undefined;
/** Connections opened to agencies so far: each costs a handshake. */
let connected = 0;
subscribe('undici:client:connected', () => {
  connected += 1;
});

serveParent(
  {
    open: async (told) => {
      const { databaseUrl, keysFolder, policiesFolder, credentials } = openSchema.parse(told);
      const gateway = wanted(
        await startGateway({
          databaseUrl,
          publicUrl: 'https://gateway.riverton.example',
          host: '127.0.0.1',
          port: 0,
          operationsHost: '127.0.0.1',
          operationsPort: 0,
          minTlsVersion: 'TLSv1.3',
          keys: wanted(await readKeysFolder(keysFolder)),
          bundle: wanted(await readPoliciesFolder(policiesFolder)),
          sources: sourcesOver(credentials),
          say: sayThroughPino(),
        }),
      );
      stop = () => gateway.stop();
      return { port: gateway.port };
    },
    connected: () => connected,
    'begin-profile': async () => {
      profiling = new Session();
      profiling.connect();
      await profiling.post('Profiler.enable');
      await profiling.post('Profiler.start');
    },
    'end-profile': async (told) => {
      const taken = await profiling?.post('Profiler.stop');
      profiling?.disconnect();
      await writeFile(z.string().parse(told), JSON.stringify(taken?.profile));
    },
  },
  () => stop(),
);
