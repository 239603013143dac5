import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { connectTo, doorOf, TEMPLATE } from './database-address.ts';

/** A real PostgreSQL for tests: one server a run, started when first asked for, and a database for each who asks. */

export interface FreshDatabase {
  /** Address for the gateway's own login, which may do what it may do in production and no more. */
  readonly url: string;
  /** Address for the owner, who made the tables. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

const answerSchema = z.union([
  z.strictObject({ ownerUrl: z.string(), gatewayUrl: z.string() }),
  z.strictObject({ error: z.string() }),
]);

let addresses: Promise<{ ownerUrl: string; gatewayUrl: string }> | undefined;

/** Workers are children of the run; with a single test file, the run is this process. */
async function askForServer() {
  const answered = await knock(process.ppid).catch(() => knock(process.pid));
  const answer = answerSchema.parse(JSON.parse(answered));
  if ('error' in answer) throw new Error(`No database for the tests: ${answer.error}`);
  return answer;
}

async function knock(pid: number): Promise<string> {
  const socket = connect(doorOf(pid));
  return text(socket);
}

/** Makes a migrated, empty database of its own from the template; a few dozen milliseconds. */
export async function freshDatabase(): Promise<FreshDatabase> {
  addresses ??= askForServer();
  const { ownerUrl, gatewayUrl } = await addresses;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const owner = await connectTo(ownerUrl);
  await owner.query(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  await owner.end();
  const drop = async () => {
    const again = await connectTo(ownerUrl);
    await again.query(`drop database if exists ${name} with (force)`);
    await again.end();
  };
  return { url: named(gatewayUrl, name), ownerUrl: named(ownerUrl, name), drop };
}

function named(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.toString();
}
