import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { migrate } from '../adapters/postgres/migrate.ts';
import { createGatewayLogin } from '../adapters/postgres/gateway-login.ts';
import { startEmbeddedPostgres } from '../deploy/embedded-postgres.ts';
import { connectTo, TEMPLATE } from './database-address.ts';

/**
 * The database server of one test run: started by test/database-setup.js when the first test asks, told to stop by the
 * closing of its standard input, which also happens when the run is killed. Prints one line of JSON when it is ready.
 */

const folder = process.argv[2];
if (folder === undefined) throw new Error('name the folder');

const fail = (sentence: string) => {
  process.stdout.write(`${JSON.stringify({ error: sentence })}\n`);
};

async function main(at: string) {
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
  else process.stdout.write(`${JSON.stringify({ ownerUrl: server.value.url, gatewayUrl: gateway.value })}\n`);
}

// Ctrl-C in a terminal reaches us as well; our parent closes our input when it has finished with us.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
await main(folder);
