import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createPostgresMeetingPacks } from '../../adapters/postgres/meeting-packs.ts';
import type { MeetingPack, MeetingPacks } from '../../gateway/ports/meeting-packs.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';

/** The port of meeting packs, over the database. */

const SESSION = 'S'.repeat(43);
const OTHER = 'T'.repeat(43);
const bytes = (text: string): Uint8Array => Buffer.from(text);
const NOW = 1_800_000_000_000;

let database: FreshDatabase;
let packs: MeetingPacks;
beforeAll(async () => {
  database = await freshDatabase();
  packs = createPostgresMeetingPacks({ url: database.url });
});
afterAll(async () => {
  await packs.close();
  await database.drop();
});

const newPack = (change: Partial<MeetingPack> = {}): MeetingPack => ({
  ...{ session: SESSION, packId: randomUUID(), sealed: bytes('list'), parts: 2, endsAtMs: NOW + 60_000 },
  ...change,
});
const takeOf = ({ session, packId }: MeetingPack, change = {}) => ({
  ...{ session, packId, part: 0, nowMs: NOW, untilMs: NOW + 1_000, again: false },
  ...change,
});
const done = (value: unknown) => ({ ok: true, value });

describe('meeting packs', () => {
  it('is begun once, however many press at once, with a part for each case', async () => {
    const pack = newPack();
    const begun = await Promise.all([1, 2, 3, 4].map(() => packs.begin(pack)));
    expect(begun.filter((each) => each.ok && each.value)).toHaveLength(1);
    expect(begun.every(({ ok }) => ok)).toBe(true);
    const found = await packs.find(SESSION, pack.packId);
    expect(found).toMatchObject(
      done({
        packId: pack.packId,
        parts: 2,
        endsAtMs: pack.endsAtMs,
        states: [
          { part: 0, state: 'waiting' },
          { part: 1, state: 'waiting' },
        ],
      }),
    );
  });

  it('a part is taken by one, taken again only when its time is over, and opened when it is settled', async () => {
    const pack = newPack();
    await packs.begin(pack);
    const taken = await Promise.all([1, 2, 3].map(() => packs.take(takeOf(pack))));
    expect(taken.filter((each) => each.ok && each.value)).toHaveLength(1);
    expect(await packs.take(takeOf(pack, { nowMs: NOW + 999 }))).toEqual(done(false));
    expect(await packs.take(takeOf(pack, { nowMs: NOW + 1_000, untilMs: NOW + 2_000 }))).toEqual(done(true));
    expect(await packs.open(SESSION, pack.packId, 0)).toEqual(done(undefined));
    const settled = { session: SESSION, packId: pack.packId, part: 0, sealed: bytes('answer') };
    await packs.settle({ ...settled, state: 'answered' });
    // The gateway that had fallen silent comes late.
    await packs.settle({ ...settled, state: 'refused', sealed: bytes('late') });
    const opened = await packs.open(SESSION, pack.packId, 0);
    expect(opened.ok && Buffer.from(opened.value ?? []).toString()).toBe('answer');
    expect(await packs.take(takeOf(pack, { nowMs: NOW + 9_000, again: true }))).toEqual(done(false));
  });

  it('what was refused is asked again only where somebody says so', async () => {
    const pack = newPack();
    await packs.begin(pack);
    await packs.take(takeOf(pack));
    await packs.settle({ session: SESSION, packId: pack.packId, part: 0, state: 'refused', sealed: bytes('code') });
    expect(await packs.take(takeOf(pack, { nowMs: NOW + 9_000 }))).toEqual(done(false));
    expect(await packs.take(takeOf(pack, { again: true }))).toEqual(done(true));
    expect(await packs.open(SESSION, pack.packId, 0)).toEqual(done(undefined));
  });

  it('P6: is another session’s as little as one that never was, and a list is one session’s own', async () => {
    const pack = newPack({ session: OTHER });
    await packs.begin(pack);
    expect(await packs.find(SESSION, pack.packId)).toEqual(done(undefined));
    expect(await packs.open(SESSION, pack.packId, 0)).toEqual(done(undefined));
    expect(await packs.take(takeOf(newPack({ packId: pack.packId })))).toEqual(done(false));
    const listed = await packs.list(OTHER);
    expect(listed.ok && listed.value.map(({ packId }) => packId)).toEqual([pack.packId]);
  });

  it('removed or over, nothing of it is left, and what comes later stays out', async () => {
    const [gone, over] = [newPack({ session: OTHER }), newPack({ endsAtMs: NOW - 1 })];
    for (const pack of [gone, over]) {
      await packs.begin(pack);
      await packs.take(takeOf(pack));
    }
    await packs.removeAllOf(OTHER);
    await packs.sweep(NOW);
    for (const { session, packId } of [gone, over]) {
      await packs.settle({ session, packId, part: 0, state: 'answered', sealed: bytes('late') });
      expect(await packs.find(session, packId)).toEqual(done(undefined));
      expect(await packs.open(session, packId, 0)).toEqual(done(undefined));
    }
  });

  it('says that it is unavailable where the database is away', async () => {
    const nowhere = createPostgresMeetingPacks({ url: 'postgres://nobody@127.0.0.1:1/nothing', max: 1 });
    expect(await nowhere.begin(newPack())).toEqual({ ok: false, error: 'store-unavailable' });
    expect(await nowhere.list(SESSION)).toEqual({ ok: false, error: 'store-unavailable' });
    await nowhere.close();
  });
});
