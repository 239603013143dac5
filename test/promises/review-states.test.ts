import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { createPostgresReviewRegister } from '../../adapters/postgres/review-register.ts';
import type { Review, ReviewRegister } from '../../gateway/ports/review-register.ts';
import {
  openReview,
  overdueFirst,
  takeStep,
  type ReviewsDeps,
  type TakenStep,
} from '../../gateway/review/states/reviews.ts';
import { dueAfter, ENDED, mayStep, STEPS } from '../../gateway/review/states/transitions.ts';
import { REVIEW_STATES } from '../../schemas/review.ts';
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
      teamOf: (_agency, staffId) => Promise.resolve(teams[staffId]),
    };
  });
  afterAll(async () => {
    await register.close();
    await register.close();
    await database.drop();
  });

  const open = async (about: Review['about'] = 'unusual-access'): Promise<Review> => {
    const opened = await openReview(deps, {
      ...{ about, agency: 'housing', subjectStaff: reviewed, rules: ['volume'], positions: [4, 7], actor: 'gateway' },
      caseRef: 'DAPG-2026-0042',
    });
    if (!opened.ok) throw new Error(opened.error);
    return opened.value;
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
      value: taken.ok ? taken.value.review : undefined,
    });
    const entries = log.bodies().filter((body) => body.kind === 'review-step');
    expect(entries.at(-1)).toMatchObject({ from: 'open', to: 'escalated', rule: 'volume', agency: 'housing' });
    expect(JSON.stringify(entries)).not.toContain('colleague');
  });

  it('a step on top of one that was not seen is refused, and so is everything of another agency', async () => {
    const review = await open();
    expect((await takeStep(deps, step(review))).ok).toBe(true);
    expect(await takeStep(deps, step(review, { to: 'justified' }))).toEqual({ ok: false, error: 'changed-meanwhile' });
    expect(await takeStep(deps, step(review, { agency: 'police' }))).toEqual({ ok: false, error: 'not-found' });
    expect(await register.put({ ...review, revision: 2 })).toEqual({ ok: false, error: 'changed-meanwhile' });
  });

  it('the person reviewed and her team are refused before anything is written', async () => {
    const review = await open();
    const before = log.bodies().length;
    for (const staffId of ['h.one', 'h.two', 'h.unknown'])
      expect((await takeStep(deps, step(review, { staffId }))).ok).toBe(false);
    expect(log.bodies()).toHaveLength(before);
  });

  it('P1: no step counts that the log or the notes did not take', async () => {
    const review = await open();
    log.failWith('log-unavailable');
    expect(await takeStep(deps, step(review))).toEqual({ ok: false, error: 'log-unavailable' });
    log.failWith(undefined);
    store.failing(true);
    expect(await takeStep(deps, step(review))).toEqual({ ok: false, error: 'reasons-unavailable' });
    store.failing(false);
    expect(await register.find(review.reviewId, 'housing')).toMatchObject({ value: { state: 'open', revision: 1 } });
  });

  it('the list has what is overdue first and leaves out what has ended', async () => {
    const glass = await open('break-glass');
    const ended = await open();
    expect((await takeStep(deps, step(ended, { to: 'justified' }))).ok).toBe(true);
    const listed = await register.list('housing', { ended: false, limit: 50 });
    if (!listed.ok) throw new Error(listed.error);
    const due = listed.value.map(({ dueAt }) => dueAt);
    expect(due).toEqual([...due].sort());
    expect(listed.value.map(({ reviewId }) => reviewId)).toContain(glass.reviewId);
    expect(listed.value.map(({ reviewId }) => reviewId)).not.toContain(ended.reviewId);
    expect(overdueFirst([...listed.value].reverse())).toEqual(listed.value);
    expect(await register.list('police', { ended: true, limit: 50 })).toEqual({ ok: true, value: [] });
  });
});
