import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer, type Server, type Socket } from 'node:net';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { entryLeaves, verifyEntries } from '../../gateway/audit/leaves.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { connectTo } from '../database-address.ts';
import { consulted } from '../log-entries.ts';

/**
 * A wire between gateway and database that can be cut or held at the moment a chosen statement passes. What the
 * database did up to there is real; what the gateway learns of it is not.
 */
class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** Cut when the gateway sends this. */
  cutAtRequest: string | undefined;
  /** Cut when the database answers this, before the gateway hears it. */
  cutAtAnswer: string | undefined;
  /** From now on, nothing passes and nothing is closed. */
  held = false;
  refuse = false;

  constructor(port: number) {
    this.#server = createServer((near) => {
      if (this.refuse) {
        near.destroy();
        return;
      }
      const far = connect(port, '127.0.0.1');
      const cut = () => {
        near.destroy();
        far.destroy();
      };
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', cut);
        socket.on('close', cut);
      }
      near.on('data', (chunk) => {
        if (this.held) return;
        if (this.cutAtRequest !== undefined && chunk.includes(this.cutAtRequest)) cut();
        else far.write(chunk);
      });
      far.on('data', (chunk) => {
        if (this.held) return;
        if (this.cutAtAnswer !== undefined && chunk.includes(this.cutAtAnswer)) cut();
        else near.write(chunk);
      });
    });
  }

  async open(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    return address.port;
  }

  mend(): void {
    this.cutAtRequest = undefined;
    this.cutAtAnswer = undefined;
    this.held = false;
    this.refuse = false;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

describe('P1: a log that cannot be written gives no receipt', () => {
  let database: FreshDatabase;
  let wire: Wire;
  let url: string;
  const open = (): AccessLog =>
    createPostgresAccessLog({
      url,
      leaves: entryLeaves,
      limits: { answerWithinMs: 600, waitingMax: 20 },
      statementWithinMs: 400,
    });
  const count = async () => {
    const owner = await connectTo(database.ownerUrl);
    const { rows } = await owner.query<{ n: string }>('select count(*) as n from holdfast.entry');
    await owner.end();
    return Number(rows[0]?.n);
  };

  beforeAll(async () => {
    database = await freshDatabase();
    const address = new URL(database.url);
    wire = new Wire(Number(address.port));
    address.port = String(await wire.open());
    url = address.toString();
  });
  afterAll(async () => {
    await wire.close();
    await database.drop();
  });

  it.each([
    ['no connection at all', () => (wire.refuse = true), 0],
    ['the connection lost when it is opened', () => (wire.cutAtRequest = 'holdfast log writer'), 0],
    ['the connection lost when the entry is sent', () => (wire.cutAtRequest = 'append-entries'), 0],
    // Here the entry is there and nobody was told: more is logged than was disclosed, never less.
    ['the connection lost before the commit is answered', () => (wire.cutAtAnswer = 'SELECT 1'), 1],
    ['a database that goes silent', () => (wire.held = true), 0],
  ])('%s, and works again afterwards', async (_when, fault, written) => {
    const log = open();
    const before = await count();
    fault();
    const lost = await log.append(consulted(1), { clientId: 'c', requestId: `lost-${before}` });
    expect(lost).toEqual({ ok: false, error: 'log-unavailable' });
    wire.mend();
    expect(await count()).toBe(before + written);
    let again = await log.append(consulted(2));
    // The batch that went silent is given up a moment after its caller was.
    for (let n = 0; !again.ok && n < 40; n += 1) {
      await wait(50);
      again = await log.append(consulted(2));
    }
    expect(again).toMatchObject({ ok: true, value: { position: (await count()) - 1 } });
    const entries = await log.read(0, 1000);
    expect(entries.ok && verifyEntries(entries.value)).toMatchObject({ ok: true });
    await log.close();
  });

  it('P11: tells callers beyond the limit that the log is full, and keeps those who wait', async () => {
    const log = open();
    await log.append(consulted(0));
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => log.append(consulted(n))));
    await log.close();
    expect(results.filter((result) => result.ok)).toHaveLength(20);
    expect(results.filter((result) => !result.ok && result.error === 'log-full')).toHaveLength(30);
  });

  it('P11: gives up on the lock of a gateway that stopped in the middle', async () => {
    const stuck = await connectTo(database.url);
    await stuck.query('begin');
    await stuck.query('select pg_advisory_xact_lock(7246002)');
    const log = open();
    expect(await log.append(consulted(1))).toEqual({ ok: false, error: 'log-unavailable' });
    await stuck.end();
    await log.close();
  });

  it('an entry whose caller was sent away while it waited is never written', async () => {
    const stuck = await connectTo(database.url);
    await stuck.query('begin');
    await stuck.query('select pg_advisory_xact_lock(7246002)');
    const log = createPostgresAccessLog({
      url,
      leaves: entryLeaves,
      limits: { answerWithinMs: 150, batchMax: 1 },
      statementWithinMs: 10_000,
    });
    const before = await count();
    const results = await Promise.all(Array.from({ length: 5 }, (_, n) => log.append(consulted(n))));
    expect(results).toEqual(Array.from({ length: 5 }, () => ({ ok: false, error: 'log-unavailable' })));
    await stuck.query('rollback');
    await stuck.end();
    await log.close();
    // The first was in the hands of the database, and is there although nobody was told.
    expect(await count()).toBe(before + 1);
  });
});
