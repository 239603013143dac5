import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { disclosed } from '../../../test/log-entries.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../../../test/memory-access-log.ts';
import { createMemoryEntryIndex, type MemoryEntryIndex } from '../../../test/memory-entry-index.ts';
import { createMemoryReasonStore, memoryReasons } from '../../../test/memory-reason-store.ts';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import { err, ok } from '../../../schemas/result.ts';
import type { HeldReview, Review, ReviewRegister } from '../../ports/review-register.ts';
import { judgeRetention } from '../../audit/retention/due.ts';
import { readEntry, type LoggedEvent } from '../index/read-entry.ts';
import { takeStep } from '../states/reviews.ts';
import { breakGlassReviewId, makeFollowBreakGlass } from './follow.ts';

const CASE = 'DAPG-2026-0042';
const COUNCIL = 'riverton-council';
const OPENER = { agency: COUNCIL, staffId: 'a.worker', role: 'dai.daiw' } as const;

let log: MemoryAccessLog;
let index: MemoryEntryIndex;
let held: Map<string, HeldReview>;
let nowMs: number;
let registerFails: boolean;

const now = (): Date => new Date(nowMs);
const atRest = <T>(value: T) => Promise.resolve(registerFails ? err('register-unavailable' as const) : ok(value));
const keyOf = (reviewId: string): string => reviewId;

/** As much of a register as opening and deciding needs. */
const register: ReviewRegister = {
  find: (reviewId, agency) => {
    const found = held.get(keyOf(reviewId));
    return atRest(found?.review.agency === agency ? found : undefined);
  },
  list: () => atRest([...held.values()]),
  ofStaff: () => atRest([]),
  underWay: () => atRest([]),
  lay: (review, step) => {
    if (registerFails) return Promise.resolve(err('register-unavailable'));
    if (held.has(review.reviewId)) return Promise.resolve(err('changed-meanwhile'));
    held.set(review.reviewId, { review, underWay: step });
    return Promise.resolve(ok(true));
  },
  begin: (reviewId, step) => {
    const found = held.get(reviewId);
    if (found !== undefined) held.set(reviewId, { ...found, underWay: step });
    return atRest(true as const);
  },
  settle: (reviewId) => {
    const found = held.get(reviewId);
    if (found?.underWay !== undefined) {
      const { state, dueAt, revision, entry } = found.underWay;
      const steppedBy = typeof entry.actor === 'object' ? { steppedBy: entry.actor } : {};
      held.set(reviewId, { review: { ...found.review, ...steppedBy, state, dueAt, revision } });
    }
    return atRest(true as const);
  },
  forget: () => atRest(true as const),
  close: () => Promise.resolve(),
};

beforeEach(() => {
  log = createMemoryAccessLog();
  index = createMemoryEntryIndex((positions) => log.entries.filter(({ position }) => positions.includes(position)));
  held = new Map();
  nowMs = Date.now();
  registerFails = false;
});

/** One gateway; each remembers for itself what it has done. */
function gateway() {
  const reasons = memoryReasons(createMemoryReasonStore());
  const teamOf = () => Promise.resolve(ok(undefined));
  const reviews = { log, register, reasons, teamOf, now, newId: randomUUID };
  return {
    reviews,
    follow: makeFollowBreakGlass({ log, index, reasons, reviews, now, wait: () => Promise.resolve() }),
  };
}

const ID = '5f0a4b0e-0f5f-4a57-9b1c-3a1f6f1d0a01';
async function opened(breakGlassId = ID): Promise<void> {
  const at = now().toISOString();
  const entry: LogEntryBody = {
    ...{ kind: 'break-glass-opened', v: 1, at, operations: ['consultation'], actor: OPENER, caseRef: CASE },
    ...{ breakGlassId, expiresAt: new Date(nowMs + 3_600_000).toISOString(), declarationDigest: 'd'.repeat(43) },
  };
  expect((await log.append(entry)).ok).toBe(true);
}
async function answered(...left: readonly (readonly [string, number])[]): Promise<void> {
  const { kind, requester, fields, ...rest } = disclosed(1);
  const [field] = fields;
  if (field === undefined) throw new Error('an answer of no field');
  const entry: LogEntryBody = {
    ...{ ...rest, kind, caseRef: CASE, purpose: 'EMERG', breakGlassId: ID },
    requester: { ...requester, ...OPENER },
    fields: left.map(([source, count]) => ({ ...field, source, count, level: 'full' as const })),
  };
  expect((await log.append(entry)).ok).toBe(true);
}

const reviewsOf = (): readonly Review[] => [...held.values()].map(({ review }) => review);
const agencies = (): readonly string[] => reviewsOf().map(({ agency }) => agency);
const closings = () => log.bodies().filter(({ kind }) => kind === 'break-glass-closed');
const events = (): LoggedEvent[] =>
  log.entries.flatMap(({ canonical }) => {
    const entry = readEntry(canonical);
    return entry?.body === undefined ? [] : [{ ...entry, body: entry.body }];
  });

describe('what follows from broken glass', () => {
  it('is a review with the opener’s own officers, due within a day, once however often it is followed', async () => {
    await opened();
    const [one, other] = [gateway(), gateway()];
    await Promise.all([one.follow(), other.follow(), one.follow()]);
    expect(reviewsOf()).toMatchObject([{ about: 'break-glass', agency: COUNCIL, caseRef: CASE, positions: [0] }]);
    expect(reviewsOf()[0]?.subjectStaff).toEqual({ agency: COUNCIL, staffId: 'a.worker' });
    expect(log.bodies().filter(({ kind }) => kind === 'review-step')).toHaveLength(1);
  });

  it('tells each owner of which something left, and none of which nothing did', async () => {
    await opened();
    await answered(['police', 2], ['health', 0], ['housing', 1], [COUNCIL, 1]);
    await gateway().follow();
    expect([...agencies()].sort()).toEqual(['housing', 'police', COUNCIL]);
    // A reference and who it was: no sentence names a person, a value or what was declared.
    for (const { sentences } of reviewsOf()) expect(sentences.join(' ')).not.toMatch(/\d|a\.worker/u);
  });

  it('is made good by the next gateway where one fell over in between', async () => {
    await opened();
    registerFails = true;
    const fallen = gateway();
    expect(await fallen.follow(breakGlassReviewId(ID, COUNCIL))).toEqual({ ok: false, error: 'register-unavailable' });
    registerFails = false;
    await gateway().follow();
    expect(agencies()).toEqual([COUNCIL]);
  });

  it('P1: does not say that a review is there while it cannot read the log’s index', async () => {
    await opened();
    index.failing(true);
    expect((await gateway().follow(breakGlassReviewId(ID, COUNCIL))).ok).toBe(false);
    index.failing(false);
    expect(await gateway().follow(breakGlassReviewId(randomUUID(), COUNCIL))).toEqual({
      ok: false,
      error: 'index-unavailable',
    });
  });

  it('finds the first of many: one behind five hundred others is not lost', async () => {
    await opened();
    for (let n = 0; n < 600; n += 1) await answered(['police', 1]);
    await gateway().follow();
    expect([...agencies()].sort()).toEqual(['police', COUNCIL]);
  });

  it('ends what has lapsed, once, for the opener’s officers to see; what was ended before is left alone', async () => {
    await opened();
    const { follow } = gateway();
    await follow();
    expect(closings()).toEqual([]);
    nowMs += 3_600_000;
    await Promise.all([follow(), gateway().follow()]);
    expect(closings()).toMatchObject([{ actor: 'gateway', agency: COUNCIL, because: 'expired', breakGlassId: ID }]);
    await log.append({
      ...{ kind: 'break-glass-closed', v: 1, at: now().toISOString(), operations: [], actor: OPENER, caseRef: CASE },
      ...{ breakGlassId: randomUUID(), because: 'ended-by-opener' },
    });
    await gateway().follow();
    expect(closings()).toHaveLength(2);
  });

  it('keeps the case from being erased until its own officers have decided, and no other agency’s', async () => {
    await opened();
    await answered(['police', 1]);
    const { reviews, follow } = gateway();
    await follow();
    const kept = { openReviews: 0, caseRef: CASE, hasWordsKey: true };
    const terms = { monthsOf: new Map([['EMERG', 12]]), register: 'DAPG', reviews: 'IGREV' };
    const judged = () => judgeRetention(kept, events(), terms, now());
    const decide = (agency: string, to: 'justified-by-one' | 'justified', staffId = 'r.bell', revision = 1) =>
      takeStep(reviews, {
        ...{ reviewId: breakGlassReviewId(ID, agency), agency, staffId, party: 'reviewer', to },
        ...{ actor: { agency, staffId, role: 'ig.reviewer' }, revision, note: 'Looked into it' },
      });
    expect((await decide('police', 'justified')).ok).toBe(true);
    expect(judged()).toEqual({ state: 'kept', because: 'emergency-not-reviewed' });
    // Nobody knows the teams, so nobody of the same agency is taken for independent.
    expect(await decide(COUNCIL, 'justified-by-one')).toEqual({ ok: false, error: 'team-not-known' });
    const teams: Readonly<Record<string, string>> = { 'r.bell': 'IG', 'i.second': 'Legal', 'a.worker': 'Workers' };
    const teamOf = (_agency: string, staffId: string) => Promise.resolve(ok(teams[staffId]));
    Object.assign(reviews, { teamOf });
    expect((await decide(COUNCIL, 'justified-by-one')).ok).toBe(true);
    expect(judged()).toEqual({ state: 'kept', because: 'emergency-not-reviewed' });
    expect((await decide(COUNCIL, 'justified', 'i.second', 2)).ok).toBe(true);
    expect(judged()).not.toMatchObject({ because: 'emergency-not-reviewed' });
  });
});
