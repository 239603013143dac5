import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryAccessLog, type MemoryAccessLog } from '../../../test/memory-access-log.ts';
import { memoryReasons } from '../../../test/memory-reason-store.ts';
import { err, ok } from '../../../schemas/result.ts';
import { REVIEW_STATES, type ReviewState } from '../../../schemas/review.ts';
import type { HeldReview, Review, ReviewRegister } from '../../ports/review-register.ts';
import { stepsFor, takeStep, type ReviewsDeps } from './reviews.ts';
import { mayStep, officersFor, STEPS } from './transitions.ts';

/** A declared emergency is reviewed by two people, never of one team: the states demand it, whoever asks for what. */

const COUNCIL = 'riverton-council';
const NOW = new Date('2026-11-22T10:00:00.000Z');
const TEAMS: Readonly<Record<string, string>> = {
  'a.worker': 'Intervention',
  'r.bell': 'Governance',
  'f.bell': 'Governance',
  'i.second': 'Legal',
};
const worker = { agency: COUNCIL, staffId: 'a.worker', team: 'Intervention' };
const person = (staffId: string) => ({ agency: COUNCIL, staffId, team: TEAMS[staffId], party: 'reviewer' as const });

describe('how many officers decide', () => {
  it('two of the opener’s own where glass was broken; one of each owner’s, and of everything else', () => {
    expect(officersFor('break-glass', true)).toBe(2);
    expect(officersFor('break-glass', false)).toBe(1);
    for (const about of ['unusual-access', 'complaint'] as const) expect(officersFor(about, true)).toBe(1);
  });

  it('where two decide, no walk of one person or one team through the states reaches an end', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...REVIEW_STATES), fc.constantFrom('r.bell', 'f.bell', 'x.unknown'))),
        (tried) => {
          let state: ReviewState = 'open';
          let first: { agency: string; staffId: string; team: string | undefined } | undefined;
          for (const [to, staffId] of tried) {
            if (!mayStep(person(staffId), worker, state, to, { officers: 2, first }).ok) continue;
            state = to;
            first = { agency: COUNCIL, staffId, team: TEAMS[staffId] };
          }
          expect(['justified', 'not-justified']).not.toContain(state);
        },
      ),
      { seed: 20_26, numRuns: 2_000 },
    );
  });

  it('from every state two of different teams reach an end', () => {
    const twos = STEPS.filter(({ ofOfficers = 2 }) => ofOfficers === 2);
    const leadsOn = (state: string, seen: readonly string[] = []): boolean =>
      state === 'justified' ||
      twos.some(({ from, to }) => from === state && !seen.includes(to) && leadsOn(to, [...seen, state]));
    expect(REVIEW_STATES.filter((state) => state !== 'not-justified' && !leadsOn(state))).toEqual([]);
  });

  it('where nobody knows who was first, or of which team, nobody is the second', () => {
    const second = (first: Parameters<typeof mayStep>[4]) =>
      mayStep(person('i.second'), worker, 'justified-by-one', 'justified', first);
    expect(second({ officers: 2, first: { agency: COUNCIL, staffId: 'r.bell', team: 'Governance' } }).ok).toBe(true);
    expect(second({ officers: 2 })).toEqual({ ok: false, error: 'not-the-second' });
    const unknown = { agency: COUNCIL, staffId: 'r.bell', team: undefined };
    expect(second({ officers: 2, first: unknown })).toEqual({ ok: false, error: 'not-the-second' });
    expect(second({ officers: 1 })).toEqual({ ok: false, error: 'step-not-allowed' });
  });
});

describe('a review of broken glass', () => {
  let log: MemoryAccessLog;
  let held: HeldReview;
  const review: Review = {
    ...{
      reviewId: randomUUID(),
      about: 'break-glass',
      agency: COUNCIL,
      subjectStaff: worker,
      rules: [],
      sentences: [],
    },
    ...{ positions: [3], state: 'open', openedAt: NOW.toISOString(), dueAt: '2026-11-23T07:00:00.000Z', revision: 1 },
    ...{ caseRef: 'DAPG-2026-0042', noteIds: [] },
  };
  const register: ReviewRegister = {
    find: () => Promise.resolve(ok(held)),
    list: () => Promise.resolve(ok([held])),
    ofStaff: () => Promise.resolve(ok([])),
    underWay: () => Promise.resolve(ok([])),
    lay: () => Promise.resolve(err('register-unavailable')),
    begin: (_reviewId, step) => {
      held = { ...held, underWay: step };
      return Promise.resolve(ok(true));
    },
    settle: () => {
      const { underWay } = held;
      if (underWay === undefined) return Promise.resolve(ok(true));
      const { state, dueAt, revision, entry } = underWay;
      const steppedBy = typeof entry.actor === 'object' ? { steppedBy: entry.actor } : {};
      held = { review: { ...held.review, ...steppedBy, state, dueAt, revision } };
      return Promise.resolve(ok(true));
    },
    forget: () => Promise.resolve(ok(true)),
    close: () => Promise.resolve(),
  };
  let deps: ReviewsDeps;
  beforeEach(() => {
    log = createMemoryAccessLog();
    held = { review };
    deps = {
      ...{ log, register, reasons: memoryReasons(), now: () => NOW, newId: randomUUID },
      teamOf: (_agency, staffId) => Promise.resolve(ok(TEAMS[staffId])),
    };
  });
  const take = (staffId: string, to: ReviewState) =>
    takeStep(deps, {
      ...{ reviewId: review.reviewId, agency: COUNCIL, staffId, party: 'reviewer', to, note: 'Looked into it' },
      ...{ actor: { agency: COUNCIL, staffId }, revision: held.review.revision },
    });

  it('is decided by the second, and what the refused tried is no entry', async () => {
    expect(await take('r.bell', 'justified')).toEqual({ ok: false, error: 'step-not-allowed' });
    expect((await take('r.bell', 'justified-by-one')).ok).toBe(true);
    expect(await take('r.bell', 'justified')).toEqual({ ok: false, error: 'not-the-second' });
    expect(await take('f.bell', 'justified')).toEqual({ ok: false, error: 'not-the-second' });
    expect(await take('i.second', 'not-justified')).toEqual({ ok: false, error: 'step-not-allowed' });
    expect((await take('i.second', 'justified')).ok).toBe(true);
    const steps = log.bodies().flatMap((body) => (body.kind === 'review-step' ? [body.to] : []));
    expect(steps).toEqual(['justified-by-one', 'justified']);
  });

  it('the first leaves the second the rest of the time, and no more', async () => {
    expect(await take('r.bell', 'justified-by-one')).toMatchObject({ value: { review: { dueAt: review.dueAt } } });
  });

  it('who does not agree takes it back, and then both decide anew', async () => {
    expect((await take('r.bell', 'justified-by-one')).ok).toBe(true);
    expect((await take('i.second', 'escalated')).ok).toBe(true);
    expect(await take('i.second', 'not-justified')).toEqual({ ok: false, error: 'step-not-allowed' });
    expect((await take('i.second', 'not-justified-by-one')).ok).toBe(true);
    expect((await take('r.bell', 'not-justified')).ok).toBe(true);
    expect(held.review.state).toBe('not-justified');
  });

  it('offers nobody a step that she could not take', async () => {
    const offered = (staffId: string) =>
      stepsFor(deps, held.review, { agency: COUNCIL, staffId, party: 'reviewer' as const });
    expect(await offered('r.bell')).toMatchObject({ value: expect.not.arrayContaining(['justified']) });
    expect((await take('r.bell', 'justified-by-one')).ok).toBe(true);
    expect(await offered('r.bell')).toEqual({ ok: true, value: ['more-information', 'escalated'] });
    expect(await offered('i.second')).toEqual({ ok: true, value: ['more-information', 'escalated', 'justified'] });
  });
});
