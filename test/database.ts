import { randomBytes } from 'node:crypto';
import { connectTo, TEMPLATE } from './database-address.ts';
import { ofTheRun } from './of-the-run.ts';

/** A real PostgreSQL for tests: one server a run, started when first asked for, and a database for each who asks. */

export interface FreshDatabase {
  /** Address for the gateway's own login, which may do what it may do in production and no more. */
  readonly url: string;
  /** Address for the owner, who made the tables. */
  readonly ownerUrl: string;
  drop(): Promise<void>;
}

/** Makes a migrated, empty database of its own from the template; a few dozen milliseconds. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const { ownerUrl, gatewayUrl } = await ofTheRun();
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
