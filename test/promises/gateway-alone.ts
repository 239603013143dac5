import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { startGateway } from '../../deploy/gateway.ts';
import { readKeysFolder } from '../../deploy/keys-folder.ts';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import { sourcesOver } from '../agencies/five-agencies.ts';
import { standingSchema } from '../bench/credentials.ts';

/** A gateway in a process of its own, so that it can be killed. Prints its port, and ends with its parent. */

const standing = standingSchema
  .extend({ databaseUrl: z.string() })
  .parse(JSON.parse(await readFile(process.argv[2] ?? '', 'utf8')));
const [keys, bundle] = await Promise.all([
  readKeysFolder(standing.keysFolder),
  readPoliciesFolder(standing.policiesFolder),
]);
if (!keys.ok || !bundle.ok) throw new Error('keys and agreements could not be read');
const gateway = await startGateway({
  databaseUrl: standing.databaseUrl,
  publicUrl: 'https://gateway.riverton.example',
  host: '127.0.0.1',
  port: 0,
  operationsHost: '127.0.0.1',
  operationsPort: 0,
  minTlsVersion: 'TLSv1.3',
  keys: keys.value,
  bundle: bundle.value,
  sources: sourcesOver(standing.credentials),
  say: saysNothing,
});
if (!gateway.ok) throw new Error(gateway.error);
process.stdin.resume();
process.stdin.once('close', () => process.exit(0));
process.stdout.write(`${gateway.value.port}\n`);
