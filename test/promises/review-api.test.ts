import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createPostgresReviewRegister } from '../../adapters/postgres/review-register.ts';
import { runUnusualLog } from '../../deploy/unusual.ts';
import { runStaff } from '../../deploy/staff.ts';
import {
  reviewEntriesAnswerSchema,
  reviewListAnswerSchema,
  reviewStepAnswerSchema,
  type SeenReview,
} from '../../schemas/review-request.ts';
import { connectTo } from '../database-address.ts';
import type { Reply } from '../agencies/asker.ts';
import { answerOf, openStage, refusalOf, type Stage } from '../journeys/stage.ts';
import { WORKERS } from '../population/cast-cases.ts';

/** An officer at the council, a complaint, and what the rules find, over the API and by the commands. */

const MATTER = 'IGREV-2026-0011';
const COUNCIL = 'riverton-council';
const OFFICER = 'ig.officer';

let stage: Stage;
let url: string;
const failed = (sentence: string): number => {
  throw new Error(sentence);
};

beforeAll(async () => {
  stage = await openStage();
  answerOf(await stage.contact(1, WORKERS.amara, { reason: 'First call after the panel' }));
  url = join(stage.folder, 'url');
  await writeFile(url, stage.database.url);
  const list = (more: object[]): string =>
    [
      { id: WORKERS.amara, given: 'Amara', family: 'Subjectson', team: 'Intervention' },
      { id: 'c.friend', given: 'Fran', family: 'Sample', team: 'Intervention' },
      { id: OFFICER, given: 'Odile', family: 'Sample', team: 'Governance' },
      ...more,
    ]
      .map((each) => JSON.stringify({ agency: COUNCIL, ...each }))
      .join('\n');
  await writeFile(join(stage.folder, 'staff'), list([]));
  const printed: string[] = [];
  const print = (line: string): number => printed.push(line) * 0;
  const words = ['--url', url, '--keys', stage.folder, '--staff', join(stage.folder, 'staff')];
  expect(await runStaff(words, { print, fail: failed })).toBe(0);
  expect(printed).toEqual([`${COUNCIL}: 3 members of staff.`]);
  await writeFile(join(stage.folder, 'twice'), list([{ id: OFFICER, given: 'O', family: 'S', team: 'Other' }]));
  const refused: string[] = [];
  const fail = (sentence: string): number => refused.push(sentence);
  await runStaff([...words.slice(0, 5), join(stage.folder, 'twice')], { print, fail });
  expect(refused.join()).toMatch(/in the file twice/u);
}, 60_000);
afterAll(() => stage.close());

async function asOwner(statement: string): Promise<void> {
  const owner = await connectTo(stage.database.ownerUrl);
  await owner.query(statement);
  await owner.end();
}

async function ask(path: string, body: object, officer = OFFICER, agency = COUNCIL): Promise<Reply> {
  const system = stage.asker(agency);
  try {
    const token = await system.token('IGREV', MATTER);
    const head = {
      ...{ requestId: randomUUID(), sentAt: new Date().toISOString(), caseRef: MATTER, ground: 'lawfulness' },
      staff: { id: officer, role: 'ig.reviewer' },
    };
    return await system.send('POST', path, { token, body: JSON.stringify({ ...head, ...body }) });
  } finally {
    await system.close();
  }
}

async function listed(body: object = {}, officer = OFFICER, agency = COUNCIL): Promise<readonly SeenReview[]> {
  const reply = await ask('/v1/review/list', body, officer, agency);
  if (reply.status !== 200) throw new Error(reply.text);
  return reviewListAnswerSchema.parse(reply.json).reviews;
}

const complaint = (change: object = {}) => ({
  ...{ about: 'complaint', staffId: WORKERS.amara, aboutCase: stage.caseRef(1), positions: [3] },
  note: 'She says that he knew where she had moved to',
  ...change,
});

const reviewIn = (reply: Reply): SeenReview => {
  if (reply.status !== 200) throw new Error(reply.text);
  return reviewStepAnswerSchema.parse(reply.json).review;
};

describe('an officer with a complaint', () => {
  it('finds a member of staff by part of a name, and is told when too many fit', async () => {
    const found = await ask('/v1/review/entries', { filters: { staff: 'subjects', kinds: ['question-consulted'] } });
    const { entries } = reviewEntriesAnswerSchema.parse(found.json);
    expect(entries.map(({ entry }) => entry)).toMatchObject([{ requester: { staffId: WORKERS.amara } }]);
    const many = Array.from({ length: 201 }, (_, n) => `('${COUNCIL}', 'crowd.${n}')`).join(',');
    await asOwner(`insert into holdfast.review_staff (agency, staff_id) values ${many}`);
    expect(refusalOf(await ask('/v1/review/entries', { filters: { staff: 'crowd' } })).code).toBe('search-too-wide');
  });

  it('opens a review once, sees it first when it is overdue, and decides it with a note that she reads again', async () => {
    const requestId = randomUUID();
    const review = reviewIn(await ask('/v1/review/open', complaint({ requestId })));
    expect(review).toMatchObject({ state: 'open', overdue: false, revision: 1, staffId: WORKERS.amara });
    expect(review.steps).toContain('escalated');
    expect(refusalOf(await ask('/v1/review/open', complaint({ requestId }))).code).toBe('request-replayed');
    const step = { reviewId: review.reviewId, revision: 1, to: 'escalated', note: 'Handed to conduct' };
    const after = reviewIn(await ask('/v1/review/step', step));
    expect(after).toMatchObject({ state: 'escalated', revision: 2 });
    expect(refusalOf(await ask('/v1/review/step', step)).code).toBe('review-changed');
    await asOwner(
      `update holdfast.review set due_at = now() - interval '1 hour' where review_id = '${review.reviewId}'`,
    );
    reviewIn(await ask('/v1/review/open', complaint()));
    const [first, ...more] = await listed({ words: true });
    expect(first).toMatchObject({ reviewId: review.reviewId, overdue: true });
    expect(first?.notes).toEqual(['She says that he knew where she had moved to', 'Handed to conduct']);
    expect(more.map(({ overdue }) => overdue)).toEqual([false]);
    expect((await stage.entries()).at(-1)?.body).toMatchObject({ kind: 'log-searched', view: 'reviews', found: 2 });
    expect(await stage.everythingAtRest()).not.toMatch(/had moved|Handed to conduct/u);
  });

  it('a decision that the state does not lead to is refused, and what lies with another agency is not known', async () => {
    const [review] = await listed();
    const step = { reviewId: review?.reviewId, revision: review?.revision, to: 'open', note: 'Back' };
    expect(refusalOf(await ask('/v1/review/step', step)).code).toBe('step-not-allowed');
    const elsewhere = await ask('/v1/review/step', { ...step, to: 'justified' }, 'ig.housing', 'housing');
    expect(refusalOf(elsewhere).code).toBe('review-not-known');
    expect(await listed({}, 'ig.housing', 'housing')).toEqual([]);
  });

  it('neither the person reviewed, nor a reviewer of her team, nor one whose team is not known decides', async () => {
    const [review] = await listed();
    const step = { reviewId: review?.reviewId, revision: review?.revision, to: 'justified', note: 'All is well' };
    for (const officer of [WORKERS.amara, 'c.friend', 'c.unknown']) {
      expect(refusalOf(await ask('/v1/review/step', step, officer)).code).toBe('not-independent');
      // Who would warn her, or is her, does not read it; where a team is not known it is seen that somebody else has to.
      const seen = await listed({ words: true }, officer);
      expect(seen.length > 0).toBe(officer === 'c.unknown');
      expect(seen.flatMap(({ steps }) => steps).filter((each) => each !== 'explained')).toEqual([]);
    }
    expect((await listed())[0]?.state).toBe('escalated');
  });
});

describe('holdfast log unusual', () => {
  /** Her own name is that of the man whose case she looked at. */
  const loadStaff = async (more: object): Promise<void> => {
    const kase = stage.cases[0]?.subject.names?.[0];
    const own = { id: WORKERS.amara, given: kase?.given, family: kase?.family, team: 'Intervention', ...more };
    const officer = { id: OFFICER, given: 'Odile', family: 'Sample', team: 'Governance' };
    const lines = [own, officer].map((each) => JSON.stringify({ agency: COUNCIL, ...each }));
    await writeFile(join(stage.folder, 'same-name'), lines.join('\n'));
    const load = ['--url', url, '--keys', stage.folder, '--staff', join(stage.folder, 'same-name')];
    expect(await runStaff(load, { print: () => 0, fail: failed })).toBe(0);
  };
  const run = async (more: readonly string[] = []): Promise<{ status: number; out: string; told: string }> => {
    const said: { out: string[]; told: string[] } = { out: [], told: [] };
    const status = await runUnusualLog(
      ['--url', url, '--keys', stage.folder, ...more],
      (sentence) => said.told.push(sentence) * 0 + 1,
      { print: (line) => void said.out.push(line), report: (line) => void said.told.push(line) },
    );
    return { status, out: said.out.join('\n'), told: said.told.join('\n') };
  };

  it('opens a review for what is unusual, once, and tells the operator counts and the agency sentences', async () => {
    const before = (await listed({}, OFFICER)).length;
    await loadStaff({});
    const first = await run();
    expect({ status: first.status, out: first.out }).toEqual({ status: 0, out: `${COUNCIL}: 1` });
    expect(first.told).toContain('1 reviews were opened now');
    expect(first.out + first.told).not.toContain(WORKERS.amara);
    const again = await run(['--for', COUNCIL]);
    expect(again.out).toMatch(
      /\[known; entries [\d, ]+\]: Looked at the case of a person who has the same first name/u,
    );
    expect(again.told).toContain('0 reviews were opened now');
    const reviews = await listed({}, OFFICER);
    expect(reviews).toHaveLength(before + 1);
    expect(reviews.find(({ about }) => about === 'unusual-access')).toMatchObject({
      ...{ staffId: WORKERS.amara, rules: ['own-name'], aboutCase: stage.caseRef(1) },
      sentences: ['Looked at the case of a person who has the same first name and surname.'],
    });
    const other = await run(['--for', 'housing']);
    expect({ status: other.status, out: other.out }).toEqual({ status: 0, out: '' });
  });

  it('once it is judged justified, the same rules hold their peace about newer looks, and another rule is heard', async () => {
    const found = (await listed()).find(({ about }) => about === 'unusual-access');
    const step = { reviewId: found?.reviewId, revision: found?.revision, to: 'justified', note: 'His worker' };
    reviewIn(await ask('/v1/review/step', step));
    expect((await run()).told).toContain('0 reviews were opened now');
    answerOf(await stage.contact(1, WORKERS.amara, { reason: 'Second call after the panel' }));
    expect((await run()).told).toContain('0 reviews were opened now');
    await loadStaff({ postcode: stage.cases[0]?.subject.addresses?.[0]?.postcode });
    expect((await run()).told).toContain('1 reviews were opened now');
    expect((await listed()).find(({ about }) => about === 'unusual-access')?.rules).toContain('same-address');
  });

  it('says what it could not compare, and shows nothing when the log does not take its entry', async () => {
    answerOf(
      await stage.disclosure({ agency: 'police', role: 'pol.da_officer', purpose: 'DAPG', caseRef: stage.caseRef(1) }),
    );
    expect((await run()).told).toContain('Of police there is no staff list');
    expect((await run(['--from', 'yesterday'])).status).toBe(1);
    expect((await run(['--from', '2026-02-02', '--to', '2026-02-01'])).status).toBe(1);
    const register = createPostgresReviewRegister({ url: stage.database.url });
    const left = await register.underWay(0, 10);
    await register.close();
    expect(left).toEqual({ ok: true, value: [] });
  });
});
