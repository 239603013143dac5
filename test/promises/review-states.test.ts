import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createPostgresReviewRegister } from '../../adapters/postgres/review-register.ts';
import type { Review, ReviewRegister } from '../../gateway/ports/review-register.ts';
import {
  finishAbandoned,
  openReview,
  overdueFirst,
  reviewIdOf,
  takeStep,
  type ReviewsDeps,
  type TakenStep,
} from '../../gateway/review/states/reviews.ts';
import { dueAfter, ENDED, mayStep, STEPS } from '../../gateway/review/states/transitions.ts';
import { err, ok } from '../../schemas/result.ts';
import { REVIEW_STATES } from '../../schemas/review.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryReasonStore, memoryReasons, type MemoryReasonStore } from '../memory-reason-store.ts';

const NOW = new Date('2026-11-20T10:00:00.000Z');
const person = (staffId: string, team: string | undefined, party: 'reviewer' | 'staff' = 'reviewer') => ({
  ...{ agency: 'housing', staffId, team, party },
});
const reviewed = { agency: 'housing', staffId: 'h.one', team: 'Harbour' };

describe('who may take a review where', () => {
  it('two states end it, and every other leads to an end', () => {
    expect([...ENDED].sort()).toEqual(['justified', 'not-justified']);
    const leadsOn = (state: string, seen: readonly string[] = []): boolean =>
      ENDED.some((ended) => ended === state) ||
      STEPS.some(({ from, to }) => from === state && !seen.includes(to) && leadsOn(to, [...seen, state]));
    expect(REVIEW_STATES.filter((state) => !leadsOn(state))).toEqual([]);
    expect(REVIEW_STATES.filter((state) => state !== 'open' && !STEPS.some(({ to }) => to === state))).toEqual([]);
  });

  it('nobody decides about herself or her own team, and nobody whose team is not known, by any step', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REVIEW_STATES),
        fc.constantFrom(...REVIEW_STATES),
        fc.constantFrom(person('h.one', 'Other'), person('h.two', 'Harbour'), person('h.two', undefined)),
        (from, to, who) => {
          const allowed = mayStep(who, reviewed, from, to);
          // An explanation decides nothing; whoever is asked may give it.
          expect(allowed.ok).toBe(allowed.ok && to === 'explained');
        },
      ),
      { seed: 20_26, numRuns: 300 },
    );
  });

  it('a reviewer of another team or agency may; a member of staff may only explain, and only for herself', () => {
    expect(mayStep(person('h.ig', 'Governance'), reviewed, 'open', 'justified').ok).toBe(true);
    expect(mayStep({ ...person('p.ig', undefined), agency: 'police' }, reviewed, 'open', 'escalated').ok).toBe(true);
    expect(mayStep(person('h.one', 'Harbour', 'staff'), reviewed, 'open', 'explained').ok).toBe(true);
    expect(mayStep(person('h.two', 'Harbour', 'staff'), reviewed, 'open', 'explained')).toMatchObject({ ok: false });
    expect(mayStep(person('h.one', 'Harbour', 'staff'), reviewed, 'open', 'justified')).toMatchObject({ ok: false });
    expect(mayStep(person('h.ig', 'Governance'), reviewed, 'justified', 'open')).toMatchObject({
      error: 'step-not-allowed',
    });
    expect(mayStep(person('h.ig', 'Governance'), reviewed, 'open', 'not-justified')).toMatchObject({ ok: false });
  });

  it('broken glass is due within a day whatever becomes of it, and what may be a breach well inside 72 hours', () => {
    for (const state of REVIEW_STATES)
      expect(dueAfter('break-glass', state, NOW).getTime() - NOW.getTime()).toBeLessThanOrEqual(24 * 3_600_000);
    expect(dueAfter('unusual-access', 'escalated', NOW).toISOString()).toBe('2026-11-22T10:00:00.000Z');
  });
});

const newReview = (about: Review['about'], reviewId: string = randomUUID()) => ({
  ...{ about, reviewId, agency: 'housing', subjectStaff: reviewed, actor: 'gateway' as const },
  ...{ rules: ['volume' as const], sentences: ['Looked at 9 people in one day.'], positions: [4, 7] },
  caseRef: 'DAPG-2026-0042',
});

describe('reviews, kept', () => {
  let database: FreshDatabase;
  let register: ReviewRegister;
  let log: MemoryAccessLog;
  let store: MemoryReasonStore;
  let deps: ReviewsDeps;
  beforeAll(async () => {
    database = await freshDatabase();
    register = createPostgresReviewRegister({ url: database.url });
    log = createMemoryAccessLog();
    store = createMemoryReasonStore();
    const teams: Readonly<Record<string, string>> = { 'h.one': 'Harbour', 'h.two': 'Harbour', 'h.ig': 'Governance' };
    deps = {
      ...{ log, register, reasons: memoryReasons(store), now: () => NOW, newId: randomUUID },
      teamOf: (_agency, staffId) => Promise.resolve(ok(teams[staffId])),
    };
  });
  afterAll(async () => {
    await register.close();
    await register.close();
    await database.drop();
  });

  const open = async (about: Review['about'] = 'unusual-access'): Promise<Review> => {
    const opened = await openReview(deps, newReview(about));
    if (!opened.ok) throw new Error(opened.error);
    return opened.value.review;
  };
  const step = (review: Review, change: Partial<TakenStep> = {}): TakenStep => ({
    ...{ reviewId: review.reviewId, agency: 'housing', staffId: 'h.ig', party: 'reviewer', to: 'escalated' },
    actor: { agency: 'housing', staffId: change.staffId ?? 'h.ig' },
    ...{ revision: review.revision, note: 'She says that she covered for a colleague' },
    ...change,
  });

  it('each step is an entry, its note is kept sealed and lies nowhere else', async () => {
    const review = await open();
    const taken = await takeStep(deps, step(review));
    expect(taken).toMatchObject({ ok: true, value: { review: { state: 'escalated', revision: 2 } } });
    expect(await register.find(review.reviewId, 'housing')).toEqual({
      ok: true,
      value: { review: taken.ok ? taken.value.review : undefined },
    });
    expect(taken.ok && taken.value.review.noteIds).toHaveLength(1);
    const entries = log.bodies().filter((body) => body.kind === 'review-step');
    expect(entries.at(-1)).toMatchObject({ from: 'open', to: 'escalated', rule: 'volume', agency: 'housing' });
    expect(JSON.stringify(entries)).not.toContain('colleague');
  });

  it('a step on top of one that was not seen is refused, and so is everything of another agency', async () => {
    const review = await open();
    expect((await takeStep(deps, step(review))).ok).toBe(true);
    expect(await takeStep(deps, step(review, { to: 'justified' }))).toEqual({ ok: false, error: 'changed-meanwhile' });
    expect(await takeStep(deps, step(review, { agency: 'police' }))).toEqual({ ok: false, error: 'not-found' });
  });

  it('the person reviewed and her team are refused before anything is written', async () => {
    const review = await open();
    const before = log.bodies().length;
    for (const staffId of ['h.one', 'h.two', 'h.unknown'])
      expect((await takeStep(deps, step(review, { staffId }))).ok).toBe(false);
    expect(log.bodies()).toHaveLength(before);
  });

  it('P1: no step counts that the notes did not take, and none before the log has it', async () => {
    const review = await open();
    store.failing(true);
    expect(await takeStep(deps, step(review))).toEqual({ ok: false, error: 'reasons-unavailable' });
    store.failing(false);
    log.failWith('log-unavailable');
    expect(await takeStep(deps, step(review))).toEqual({ ok: false, error: 'log-unavailable' });
    log.failWith(undefined);
    expect(await register.find(review.reviewId, 'housing')).toMatchObject({
      value: { review: { state: 'open', revision: 1 } },
    });
  });

  const stepsOf = ({ reviewId }: Review) =>
    log.bodies().filter((body) => body.kind === 'review-step' && body.reviewId === reviewId && body.to !== 'open');

  it('of two reviewers who decide at the same moment one decides, and the other leaves no entry', async () => {
    for (let turn = 0; turn < 20; turn += 1) {
      const review = await open();
      const [one, other] = await Promise.all([
        takeStep(deps, step(review, { to: 'justified' })),
        takeStep(deps, step(review, { to: 'escalated', staffId: 'h.ig' })),
      ]);
      expect([one.ok, other.ok].filter(Boolean)).toHaveLength(1);
      const [entry, ...more] = stepsOf(review);
      expect(more).toEqual([]);
      const kept = await register.find(review.reviewId, 'housing');
      expect(kept).toMatchObject({
        value: { review: { revision: 2, state: entry?.kind === 'review-step' && entry.to } },
      });
      expect(kept.ok && kept.value?.underWay).toBeUndefined();
    }
  });

  it('a step whose register failed after its entry is finished by whoever comes next, with that one entry', async () => {
    const review = await open();
    const failing = {
      ...deps,
      register: { ...register, settle: () => Promise.resolve(err('register-unavailable' as const)) },
    };
    expect(await takeStep(failing, step(review))).toEqual({ ok: false, error: 'register-unavailable' });
    expect(stepsOf(review)).toHaveLength(1);
    expect(await takeStep(deps, step(review, { to: 'justified' }))).toEqual({ ok: false, error: 'changed-meanwhile' });
    expect(await register.find(review.reviewId, 'housing')).toMatchObject({
      value: { review: { state: 'escalated', revision: 2 } },
    });
    expect(stepsOf(review)).toHaveLength(1);
  });

  it('a step whose entry nobody knows of is finished in the background, once', async () => {
    const review = await open();
    log.failWith('log-unavailable');
    expect((await takeStep(deps, step(review))).ok).toBe(false);
    log.failWith(undefined);
    const owner = await connectTo(database.ownerUrl);
    await owner.query(
      "update holdfast.review set under_way_since = now() - interval '1 hour' where under_way is not null",
    );
    await owner.end();
    expect(await finishAbandoned(deps)).toMatchObject({ ok: true });
    expect(await finishAbandoned(deps)).toEqual({ ok: true, value: 0 });
    expect(stepsOf(review)).toHaveLength(1);
    expect(await register.find(review.reviewId, 'housing')).toMatchObject({
      value: { review: { state: 'escalated', revision: 2 } },
    });
  });

  it('an opening that the log will never take leaves no review, and one that is found twice opens once', async () => {
    const reviewId = reviewIdOf('found', 'housing', 'h.one', '7');
    log.failWith('entry-invalid');
    expect(await openReview(deps, newReview('complaint', reviewId))).toEqual({ ok: false, error: 'entry-invalid' });
    log.failWith(undefined);
    expect(await register.find(reviewId, 'housing')).toEqual({ ok: true, value: undefined });
    const both = await Promise.all([1, 2].map(() => openReview(deps, newReview('complaint', reviewId))));
    expect(both.filter(({ ok: opened }) => opened)).toHaveLength(1);
    expect(both.filter((each) => !each.ok && each.error === 'changed-meanwhile')).toHaveLength(1);
  });

  it('the team that counts is hers at the time and hers now', async () => {
    const review = await open();
    const moved: ReviewsDeps = {
      ...deps,
      teamOf: () => Promise.resolve(ok('Governance')),
    };
    expect(await takeStep(moved, step(review))).toEqual({ ok: false, error: 'same-team' });
    const friend = { ...deps, teamOf: () => Promise.resolve(ok('Harbour')) };
    expect(await takeStep(friend, step(review))).toEqual({ ok: false, error: 'same-team' });
    const away = { ...deps, teamOf: () => Promise.resolve(err('register-unavailable' as const)) };
    expect(await takeStep(away, step(review))).toEqual({ ok: false, error: 'register-unavailable' });
    expect(stepsOf(review)).toEqual([]);
  });

  it('the list has what is overdue first and leaves out what has ended', async () => {
    const glass = await open('break-glass');
    const ended = await open();
    expect((await takeStep(deps, step(ended, { to: 'justified' }))).ok).toBe(true);
    const listed = await register.list('housing', { ended: false, limit: 50 });
    if (!listed.ok) throw new Error(listed.error);
    const reviews = listed.value.map(({ review }) => review);
    const due = reviews.map(({ dueAt }) => dueAt);
    expect(due).toEqual([...due].sort());
    expect(reviews.map(({ reviewId }) => reviewId)).toContain(glass.reviewId);
    expect(reviews.map(({ reviewId }) => reviewId)).not.toContain(ended.reviewId);
    expect(overdueFirst([...reviews].reverse())).toEqual(reviews);
    expect(await register.list('police', { ended: true, limit: 50 })).toEqual({ ok: true, value: [] });
  });
});
