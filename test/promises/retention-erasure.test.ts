import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { createPostgresRetentionStore } from '../../adapters/postgres/retention-store.ts';
import { createPostgresEntryIndex } from '../../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../../adapters/postgres/review-reasons.ts';
import { termsOf } from '../../deploy/retention.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { monthsAfter } from '../../gateway/audit/retention/due.ts';
import { eraseDue, finishErasures, judgeAll, type RetentionDeps } from '../../gateway/audit/retention/run.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { sayJudged } from '../../gateway/cli/retention.ts';
import { verifyLog } from '../../gateway/cli/verify-log.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import { catchUp } from '../../gateway/review/index/follow.ts';
import { makeReasons, type Reasons } from '../../gateway/review/reasons/reasons.ts';
import { caseSchema } from '../../schemas/case.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { ok } from '../../schemas/result.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { castCases } from '../population/cast-cases.ts';
import { cosignedCheckpoint, exportOf, HONEST, judge, type ToldLog } from './history-ground.ts';
import { mustLoad, shippedFiles } from './policy-shipped.ts';

const [told] = castCases('2026-11-20').map(({ subjectIs: _truth, ...kase }) => kase);
if (told === undefined) throw new Error('the cast has no case');
const CASES = ['DAPG-2026-0042', 'DAPG-2026-0043', 'DAPG-2026-0044'] as const;
const [CLOSED, OPEN, REVIEWED] = CASES;
const secret = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const master = { current: { id: 'master-1', key: secret(1) } };
const WORDS = 'His sister rang from the hostel in Canal Street';

const closing = (caseRef: string): LogEntryBody => ({
  ...{ kind: 'case-changed', v: 1, at: '2026-11-20T10:00:00.000Z', operations: ['alteration'], actor: 'gateway' },
  ...{ caseRef, changes: ['category'], category: { from: 'monitor', to: 'closed' } },
});

let database: FreshDatabase;
let log: AccessLog;
let reasons: Reasons;
let store: ReturnType<typeof createPostgresRetentionStore>;
let index: ReturnType<typeof createPostgresEntryIndex>;
let cases: ReturnType<typeof createPostgresCaseRegister>;
let words: ReturnType<typeof createPostgresReasonStore>;
const asked = CASES.map(() => randomUUID());

const append = async (body: LogEntryBody): Promise<void> => {
  const appended = await log.append(body);
  if (!appended.ok) throw new Error(appended.error);
};

beforeAll(async () => {
  database = await freshDatabase();
  const { url, ownerUrl } = database;
  log = createPostgresAccessLog({ url, leaves: entryLeaves });
  index = createPostgresEntryIndex({ url });
  words = createPostgresReasonStore({ url });
  cases = createPostgresCaseRegister({ url, cipher: createCaseCipher(master) });
  store = createPostgresRetentionStore({ url: ownerUrl, leaves: entryLeaves });
  reasons = makeReasons({ store: words, ...master, wordKey: secret(2) });
  for (const [n, caseRef] of CASES.entries()) {
    const category = caseRef === OPEN ? ('contact' as const) : ('closed' as const);
    await cases.put(caseSchema.parse({ ...told, caseRef, category, protectedContacts: [] }));
    const id = asked[n] ?? '';
    const sealed = await reasons.seal({ id, what: 'reason', agency: 'riverton-council', scope: caseRef, text: WORDS });
    if (!sealed.ok) throw new Error(sealed.error);
    await append({ ...consulted(n), caseRef, questionId: id, reasonDigest: sealed.value.digest });
    await sealed.value.keep();
    await append({ ...disclosed(n), caseRef, questionId: id });
    if (category === 'closed') await append(closing(caseRef));
  }
  await catchUp({ log, index, reasons });
  const owner = await connectTo(ownerUrl);
  await owner.query(
    `insert into holdfast.review (review_id, agency, about, state, subject_agency, subject_staff, case_ref, rules,
       positions, opened_at, due_at, revision)
     values ($1, 'police', 'unusual-access', 'open', 'police', 'p.officer', $2, '{}', '{}', now(), now(), 1)`,
    [randomUUID(), REVIEWED],
  );
  await owner.end();
}, 30_000);
afterAll(async () => {
  await Promise.all([log.close(), index.close(), words.close(), cases.close(), store.close()]);
  await database.drop();
});

/** As it is so many months from now: the log's own clock is the database's, which no test turns. */
function inMonths(months: number): RetentionDeps {
  const bundle = mustLoad(shippedFiles());
  const then = monthsAfter(new Date(), months);
  return {
    store: { ...store, now: () => Promise.resolve(ok(then)) },
    ...{ leaves: entryLeaves, terms: termsOf(bundle), now: () => then },
  };
}

async function collect<T>(all: AsyncGenerator<T>): Promise<T[]> {
  const each: T[] = [];
  for await (const one of all) each.push(one);
  return each;
}

const sentences = async (deps: RetentionDeps): Promise<string[]> =>
  (await collect(judgeAll(deps))).map((each) =>
    each.ok ? sayJudged(each.value).replace(/\d{4}-\d\d-\d\d/u, 'DAY') : '',
  );

/** Everything a thief of the database finds that is about cases. */
async function kept(caseRef: string): Promise<Record<string, number>> {
  const owner = await connectTo(database.ownerUrl);
  const { rows } = await owner.query<Record<string, number>>(
    `select (select count(*)::int from holdfast.case_file where case_ref = $1) as files,
       (select count(*)::int from holdfast.scope_key where scope = $1 and wrapped_key is not null) as keys,
       (select count(*)::int from holdfast.sealed_words w join holdfast.scope_key k using (key_id)
        where k.scope = $1) as words,
       (select count(*)::int from holdfast.entry where kind = 'key-destroyed'
        and canonical::json -> 'body' ->> 'caseRef' = $1) as entries`,
    [caseRef],
  );
  await owner.end();
  return { ...rows[0] };
}

async function entryTexts(): Promise<string[]> {
  const read = await log.read(0, 1_000);
  if (!read.ok) throw new Error(read.error);
  return read.value.map(({ canonical }) => canonical);
}

const toldBy = (entries: string[]): ToldLog => ({
  ...HONEST,
  ...{ entries, checkpoints: [entries.length], witnessedAt: () => Math.floor(Date.now() / 1000) + 1 },
});

describe('retention', () => {
  it('nothing is due while a term runs, a case is open, or access to it is under review', async () => {
    expect(await sentences(inMonths(71))).toEqual([
      `${CLOSED}: kept, because a term runs until DAY (agreement DAPG).`,
      `${OPEN}: kept, because the case is open.`,
      `${REVIEWED}: kept, because access to it is under review.`,
    ]);
    expect(await collect(eraseDue(inMonths(71)))).toEqual([]);
    expect((await sentences(inMonths(73)))[0]).toBe(
      `${CLOSED}: the case and the reasons given for questions are to be erased since DAY (agreement DAPG).`,
    );
    expect(await kept(CLOSED)).toEqual({ files: 1, keys: 1, words: 1, entries: 0 });
  });

  it('a clock that was set forward makes nothing due', async () => {
    const then = inMonths(100);
    expect(await collect(eraseDue({ ...then, store }))).toEqual([]);
  });

  it('a question that comes between judging and erasing keeps the case', async () => {
    const deps = inMonths(73);
    const about = store.entriesAbout.bind(store);
    const late: RetentionDeps = {
      ...deps,
      store: {
        ...deps.store,
        entriesAbout: async (caseRef) => {
          const found = await about(caseRef);
          if (caseRef === CLOSED) await append({ ...consulted(9), caseRef });
          return found;
        },
      },
    };
    expect(await collect(eraseDue(late))).toMatchObject([{ value: { outcome: 'changed-meanwhile' } }]);
    expect(await kept(CLOSED)).toEqual({ files: 1, keys: 1, words: 1, entries: 0 });
  });

  it('P8, P10: what is due goes with its keys, is an entry, and no proof breaks', async () => {
    const before = await entryTexts();
    const exported = await exportOf(toldBy(before));
    expect((await verifyLog(log)).ok).toBe(true);
    const erased = await collect(eraseDue(inMonths(73)));
    expect(erased).toMatchObject([{ ok: true, value: { outcome: 'erased', position: before.length } }]);
    expect(await kept(CLOSED)).toEqual({ files: 0, keys: 0, words: 0, entries: 1 });
    expect(await kept(OPEN)).toEqual({ files: 1, keys: 1, words: 1, entries: 0 });

    const after = await entryTexts();
    expect(after.slice(0, -1)).toEqual(before);
    expect(JSON.parse(after.at(-1) ?? '')).toMatchObject({
      body: { kind: 'key-destroyed', operations: ['erasure'], caseRef: CLOSED, agreement: 'DAPG' },
    });
    expect((await verifyLog(log)).ok).toBe(true);
    const known = cosignedCheckpoint(toldBy(before), before.length);
    for (const [folder, given] of [
      [exported, {}],
      [await exportOf({ ...toldBy(after), checkpoints: [before.length, after.length] }), { known }],
    ] as const) {
      const { first, second } = await judge(folder, given);
      expect({ first: first.ok, second: second.status }).toEqual({ first: true, second: 0 });
    }
  });

  it('its words can be found by nobody any more, and those of other cases still can', async () => {
    const found = async (): Promise<number[]> => {
      const [token = ''] = reasons.wordTokens('hostel');
      const page = await index.search({ all: [`t|riverton-council|${token}`], anyOf: [], limit: 10 });
      return page.ok ? [...page.value.positions] : [-1];
    };
    const entries = (await entryTexts()).map((text) => JSON.stringify(JSON.parse(text)));
    const about = (await found()).map((position) => entries[position] ?? '');
    expect(about).toHaveLength(2);
    expect(about.join()).not.toContain(CLOSED);
    const read = await reasons.read('riverton-council', asked);
    expect(read.ok && [...read.value.keys()]).toEqual(asked.slice(1));
  });

  it('rows that come back with a backup are erased again, without a second entry', async () => {
    await cases.put(caseSchema.parse({ ...told, caseRef: CLOSED, category: 'closed', protectedContacts: [] }));
    const owner = await connectTo(database.ownerUrl);
    await owner.query(`update holdfast.case_file set stored_at = now() - interval '1 day' where case_ref = $1`, [
      CLOSED,
    ]);
    await owner.end();
    expect(await finishErasures(store)).toEqual(ok([CLOSED]));
    expect(await finishErasures(store)).toEqual(ok([]));
    expect(await kept(CLOSED)).toEqual({ files: 0, keys: 0, words: 0, entries: 1 });
  });

  it('P10: whoever has the gateway’s login can neither erase nor record that something was', async () => {
    const gateway = createPostgresRetentionStore({ url: database.url, leaves: entryLeaves });
    const deps = inMonths(200);
    const judged = await collect(eraseDue({ ...deps, store: { ...gateway, now: () => deps.store.now() } }));
    expect(judged.every((each) => !each.ok || each.value.outcome !== 'erased')).toBe(true);
    await gateway.close();
    const forged = await log.append({
      ...{ kind: 'key-destroyed', v: 1, at: '2026-11-20T10:00:00.000Z', operations: ['erasure'], actor: 'operator' },
      ...{ caseRef: OPEN, what: 'case', because: 'retention-over' },
    });
    expect(forged.ok).toBe(false);
    expect(await kept(OPEN)).toMatchObject({ files: 1, keys: 1, entries: 0 });
  });

  it('a failure in the middle leaves neither an entry without erasure nor erasure without an entry', async () => {
    const owner = await connectTo(database.ownerUrl);
    await owner.query('delete from holdfast.review');
    // The last statement of the transaction fails: the log refuses the entry.
    await owner.query(
      `create function holdfast.fail() returns trigger language plpgsql as 'begin raise exception ''no''; end'`,
    );
    await owner.query(
      `create trigger fails before insert on holdfast.entry for each row when (new.kind = 'key-destroyed')
       execute function holdfast.fail()`,
    );
    await owner.query('alter table holdfast.entry enable always trigger fails');
    expect(await collect(eraseDue(inMonths(73)))).toMatchObject([{ value: { outcome: 'store-unavailable' } }]);
    expect(await kept(REVIEWED)).toEqual({ files: 1, keys: 1, words: 1, entries: 0 });
    await owner.query('drop trigger fails on holdfast.entry');
    await owner.end();
    expect(await collect(eraseDue(inMonths(73)))).toMatchObject([{ value: { outcome: 'erased' } }]);
    expect(await kept(REVIEWED)).toEqual({ files: 0, keys: 0, words: 0, entries: 1 });
  });
});
