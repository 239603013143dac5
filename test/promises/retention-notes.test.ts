import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresRetentionStore } from '../../adapters/postgres/retention-store.ts';
import { createPostgresReasonStore } from '../../adapters/postgres/review-reasons.ts';
import { createPostgresReviewRegister } from '../../adapters/postgres/review-register.ts';
import { termsOf } from '../../deploy/retention.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { monthsAfter } from '../../gateway/audit/retention/due.ts';
import { eraseDueNotes, judgeAllNotes } from '../../gateway/audit/retention/notes.ts';
import { finishErasures, type RetentionDeps } from '../../gateway/audit/retention/run.ts';
import { sayErasedNotes, sayJudgedNotes } from '../../gateway/cli/retention.ts';
import { verifyLog } from '../../gateway/cli/verify-log.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import { makeReasons } from '../../gateway/review/reasons/reasons.ts';
import { openReview, takeStep, type ReviewsDeps } from '../../gateway/review/states/reviews.ts';
import type { ReviewState } from '../../schemas/review.ts';
import { err, ok } from '../../schemas/result.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { mustLoad, shippedFiles } from './policy-shipped.ts';

/** Notes that officers wrote in reviews about no case: under keys of their own, which have a term as those of cases have. */

const TERMS = termsOf(mustLoad(shippedFiles()));
const secret = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const NOTE = 'She tried numbers for her sister in Canal Street';

let database: FreshDatabase;
let log: AccessLog;
let store: ReturnType<typeof createPostgresRetentionStore>;
let deps: ReviewsDeps;
let close: () => Promise<unknown>;
const ENDED = '10000000-0000-4000-8000-000000000001';
const OPEN = '20000000-0000-4000-8000-000000000002';

const actor = { agency: 'housing', staffId: 'ig.officer' };

async function open(reviewId: string): Promise<void> {
  const opened = await openReview(deps, {
    ...{ reviewId, about: 'unusual-access', agency: 'housing', actor: 'operator', note: NOTE },
    subjectStaff: { agency: 'housing', staffId: 'h.one', team: 'Harbour' },
    ...{ rules: ['not-found-run'], sentences: [], positions: [1] },
  });
  if (!opened.ok) throw new Error(opened.error);
}

async function step(reviewId: string, revision: number, to: ReviewState): Promise<void> {
  const taken = await takeStep(deps, {
    ...{ reviewId, revision, to, actor, note: `${NOTE}, and it was work`, party: 'reviewer', ...actor },
  });
  if (!taken.ok) throw new Error(taken.error);
}

beforeAll(async () => {
  database = await freshDatabase();
  const { url, ownerUrl } = database;
  log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const words = createPostgresReasonStore({ url });
  const register = createPostgresReviewRegister({ url });
  store = createPostgresRetentionStore({ url: ownerUrl, leaves: entryLeaves });
  const reasons = makeReasons({ store: words, current: { id: 'master-1', key: secret(1) }, wordKey: secret(2) });
  const teamOf: ReviewsDeps['teamOf'] = (_agency, staffId) =>
    Promise.resolve(ok(staffId === 'h.one' ? 'Harbour' : 'IG'));
  deps = { log, register, reasons, teamOf, now: () => new Date(), newId: randomUUID };
  close = () => Promise.all([log.close(), words.close(), register.close(), store.close()]);
  await open(ENDED);
  await open(OPEN);
  await step(ENDED, 1, 'justified');
});
afterAll(async () => {
  await close();
  await database.drop();
});

function inMonths(months: number): RetentionDeps {
  const then = monthsAfter(new Date(), months);
  return {
    store: { ...store, now: () => Promise.resolve(ok(then)) },
    ...{ leaves: entryLeaves, terms: TERMS, now: () => then },
  };
}

async function collect<T>(all: AsyncGenerator<T>): Promise<T[]> {
  const each: T[] = [];
  for await (const one of all) each.push(one);
  return each;
}

const sentences = async (of: RetentionDeps): Promise<string[]> =>
  (await collect(judgeAllNotes(of))).map((each) =>
    each.ok ? sayJudgedNotes(each.value).replace(/\d{4}-\d\d-\d\d/u, 'DAY') : 'failed',
  );

async function asOwner(statement: string, values: readonly unknown[] = []): Promise<Record<string, unknown>[]> {
  const owner = await connectTo(database.ownerUrl);
  try {
    return (await owner.query<Record<string, unknown>>(statement, [...values])).rows;
  } finally {
    await owner.end();
  }
}

const kept = (reviewId: string) =>
  asOwner(
    `select (select count(*)::int from holdfast.review where review_id::text = $1) as reviews,
       (select count(*)::int from holdfast.scope_key where scope = $1 and wrapped_key is not null) as keys,
       (select count(*)::int from holdfast.sealed_words w join holdfast.scope_key k using (key_id) where k.scope = $1) as notes`,
    [reviewId],
  );

describe('P8: notes of reviews about no case', () => {
  it('are kept while the review goes on, and for the term of the agreement for reviews after it', async () => {
    expect(await sentences(inMonths(11))).toEqual([
      `Notes of review ${ENDED}: kept, because the term of the agreement for reviews runs until DAY.`,
      `Notes of review ${OPEN}: kept, because it goes on.`,
    ]);
    expect(await collect(eraseDueNotes(inMonths(11)))).toEqual([]);
    expect((await sentences(inMonths(13)))[0]).toBe(`Notes of review ${ENDED}: to be erased since DAY.`);
    // The command's clock alone was set forward.
    expect(await collect(eraseDueNotes({ ...inMonths(13), store }))).toEqual([]);
  });

  it('P10: a review that somebody closed in the register alone keeps its notes', async () => {
    await asOwner(`update holdfast.review set state = 'justified' where review_id::text = $1`, [OPEN]);
    expect((await sentences(inMonths(100)))[1]).toBe(
      `Notes of review ${OPEN}: kept, because the log has no entry that it ended: an officer has to look.`,
    );
    await asOwner(`update holdfast.review set state = 'open' where review_id::text = $1`, [OPEN]);
  });

  it('P10: whoever has the gateway’s login can neither erase them nor record that they were', async () => {
    const gateway = createPostgresRetentionStore({ url: database.url, leaves: entryLeaves });
    const then = inMonths(200);
    const tried = await collect(eraseDueNotes({ ...then, store: { ...gateway, now: () => then.store.now() } }));
    await gateway.close();
    expect(tried.every((each) => !each.ok || each.value.outcome === 'store-unavailable')).toBe(true);
    const forged = await log.append({
      ...{ kind: 'key-destroyed', v: 1, at: new Date().toISOString(), operations: ['erasure'], actor: 'operator' },
      ...{ reviewId: OPEN, what: 'notes', because: 'retention-over' },
    });
    expect(forged).toEqual(err('log-unavailable'));
    expect(await kept(ENDED)).toEqual([{ reviews: 1, keys: 1, notes: 2 }]);
  });

  it('P10: an entry of erasure names a case or a review, and never neither', () => {
    const made = (what: 'notes' | 'case', named: { reviewId?: string; caseRef?: string }): boolean =>
      entryLeaves.prepare({
        ...{ kind: 'key-destroyed', v: 1, at: '2026-11-20T10:00:00.000Z', operations: ['erasure'], actor: 'operator' },
        ...{ because: 'retention-over', what },
        ...named,
      }).ok;
    expect(made('notes', {})).toBe(false);
    expect(made('case', {})).toBe(false);
    expect(made('case', { reviewId: ENDED })).toBe(false);
    expect(made('notes', { reviewId: ENDED, caseRef: 'DAPG-2026-0001' })).toBe(false);
    expect(made('notes', { reviewId: ENDED })).toBe(true);
  });

  it('a step that comes between judging and erasing keeps them', async () => {
    const then = inMonths(13);
    const about = store.entriesOfReview.bind(store);
    const late: RetentionDeps = {
      ...then,
      store: {
        ...then.store,
        entriesOfReview: async (reviewId) => {
          const found = await about(reviewId);
          await asOwner('update holdfast.review set revision = revision + 1 where review_id::text = $1', [ENDED]);
          return found;
        },
      },
    };
    expect(await collect(eraseDueNotes(late))).toMatchObject([{ value: { outcome: 'changed-meanwhile' } }]);
    expect(await kept(ENDED)).toEqual([{ reviews: 1, keys: 1, notes: 2 }]);
  });

  it('go with their key and with the review, and leave an entry and every proof', async () => {
    const erased = await collect(eraseDueNotes(inMonths(13)));
    expect(erased.map((each) => each.ok && sayErasedNotes(each.value))).toEqual([
      expect.stringMatching(
        new RegExp(`^Notes of review ${ENDED}: erased, and its keys destroyed; entry \\d+ says so\\.$`),
      ),
    ]);
    expect(await kept(ENDED)).toEqual([{ reviews: 0, keys: 0, notes: 0 }]);
    expect(await kept(OPEN)).toEqual([{ reviews: 1, keys: 1, notes: 1 }]);
    const entries = await log.read(0, 100);
    expect(entries.ok && JSON.parse(entries.value.at(-1)?.canonical ?? '')).toMatchObject({
      body: { kind: 'key-destroyed', what: 'notes', reviewId: ENDED, agreement: 'IGREV', operations: ['erasure'] },
    });
    expect((await verifyLog(log)).ok).toBe(true);
    expect(await collect(eraseDueNotes(inMonths(13)))).toEqual([]);
  });

  it('that come back with a backup are erased again, without a second entry', async () => {
    await asOwner(
      `insert into holdfast.scope_key (key_id, scope, master_key_id, wrapped_key, made_at)
       values ($1, $2, 'master-1', '\\x00', now() - interval '1 day')`,
      [randomUUID(), ENDED],
    );
    expect(await finishErasures(store)).toEqual(ok([ENDED]));
    expect(await finishErasures(store)).toEqual(ok([]));
    expect(await kept(ENDED)).toEqual([{ reviews: 0, keys: 0, notes: 0 }]);
  });
});
