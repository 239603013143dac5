import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { proveConsistency } from '../../gateway/audit/checkpoints/prove-entry.ts';
import { connectTo } from '../database-address.ts';
import { openLogStage, type LogStage } from './log-tree-stage.ts';

/** A finished tile that lost its end, as a damaged disk or whoever works on the tables leaves it. */

let stage: LogStage;
beforeAll(async () => {
  stage = await openLogStage();
  await stage.start();
  await stage.fill(600);
  expect(await stage.publish()).toMatchObject({ ok: true, value: { size: 600 } });
}, 30_000);
afterAll(() => stage.close());

async function withoutLengthCheck(): Promise<void> {
  const owner = await connectTo(stage.ownerUrl);
  const { rows } = await owner.query<{ name: string }>(
    `select conname as name from pg_constraint where conrelid = 'holdfast.tile'::regclass and contype = 'c'`,
  );
  for (const { name } of rows) await owner.query(`alter table holdfast.tile drop constraint "${name}"`);
  await owner.end();
}

describe('P10: a tile cut short', () => {
  it('is not taken by the table', async () => {
    await expect(
      stage.tamper('update holdfast.tile set hashes = substring(hashes for 8160) where level = 0 and index = 1'),
    ).rejects.toThrow('violates check constraint');
  });

  it('gives no proof rather than a wrong one, and is whole again when it is made again from its entries', async () => {
    const whole = await proveConsistency(stage.tree, 300, 600);
    expect(whole.ok).toBe(true);
    await withoutLengthCheck();
    await stage.tamper('update holdfast.tile set hashes = substring(hashes for 8160) where level = 0 and index = 1');
    expect(await proveConsistency(stage.tree, 300, 600)).toEqual({ ok: false, error: 'log-unavailable' });
    // No entry was lost with it, and the log goes on; a tile is nothing but what its entries hash to.
    await stage.fill(10);
    expect(await stage.publish()).toMatchObject({ ok: true, value: { size: 610 } });
    await stage.tamper(
      `update holdfast.tile set hashes = (select string_agg(entry_hash, ''::bytea order by position) from holdfast.entry
         where position >= 256 and position < 512) where level = 0 and index = 1`,
    );
    expect(await proveConsistency(stage.tree, 300, 600)).toEqual(whole);
  });
});
