import { generateKeyPair, randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createGatewayLogin } from '../adapters/postgres/gateway-login.ts';
import { startEmbeddedPostgres } from '../deploy/embedded-postgres.ts';
import { connectTo, TEMPLATE } from './database-address.ts';
import type { Shared } from './of-the-run.ts';

/**
 * The database server of one test run, and the key that its tests share: started by test/database-setup.js when the first test asks, told to stop by the
 * closing of its standard input, which also happens when the run is killed. Prints one line of JSON when it is ready.
 */

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder');

const fail = (sentence: string) => {
  process.stdout.write(`${JSON.stringify({ error: sentence })}\n`);
};

/** Off the main thread, while the database server starts. */
async function makeRsaKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 4096 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

async function main(at: string) {
  const key = makeRsaKey();
  const server = await startEmbeddedPostgres({ folder: at, durable: false });
  process.stdin.resume();
  process.stdin.once('close', () => {
    void (async () => {
      if (server.ok) await server.value.stop();
      await rm(at, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      process.exit(0);
    })();
  });
  if (!server.ok) {
    fail(server.error.sentence);
    return;
  }
  const owner = await connectTo(server.value.url);
  await owner.query(`create database ${TEMPLATE}`);
  const templateUrl = new URL(server.value.url);
  templateUrl.pathname = `/${TEMPLATE}`;
  const migrated = await migrate({ ownerUrl: templateUrl.toString() });
  const gateway = await createGatewayLogin(templateUrl.toString(), randomBytes(18).toString('base64url'));
  await owner.end();
  if (!migrated.ok) fail(migrated.error.sentence);
  else if (!gateway.ok) fail('the gateway login could not be made');
  else {
    const shared: Shared = { ownerUrl: server.value.url, gatewayUrl: gateway.value, rsaKeyPem: await key };
    process.stdout.write(`${JSON.stringify(shared)}\n`);
  }
}

// Ctrl-C in a terminal reaches us as well; our parent closes our input when it has finished with us.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
await main(folder);
