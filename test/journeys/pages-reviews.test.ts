import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { tellStaff } from '../agencies/identity/tell-staff.ts';
import { connectTo } from '../database-address.ts';
import { castMobile } from '../population/cast-parts.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { errorsOf, formOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** Broken glass in the queue of her agency's officers: what they find, proving who they are, deciding as two. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function person(staffId: string): Promise<PlainBrowser> {
  const made = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(made);
  await signIn(made, `${pagesUrl}/nowhere`, staffId);
  return made;
}

const WHY = 'He told his practitioner this morning what he means to do tonight';
const WORRIED = { atRisk: 'child', why: WHY, tried: 'Called 999 and the duty desk', hours: '1' };
const NOTE = 'Her manager confirms the call, and the police were with the family within the hour';

/** A provider tells the time of a proof in whole seconds: the next one is a later proof. */
const nextSecond = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1_010 - (Date.now() % 1_000));
  });

async function confirmed(own: PlainBrowser, shown: Shown, who: string): Promise<Shown> {
  if (headingOf(shown) !== 'Who are you?') return shown;
  await nextSecond();
  return own.send(shown.url, { person: who });
}

/** Amara declares an emergency on a case; gives the page of its review as an address. */
async function breakGlass(own: PlainBrowser, number: number): Promise<string> {
  const declare = `${pagesUrl}/cases/${stage.caseRef(number)}/break-glass/declare`;
  const answer = await sendForm(own, await confirmed(own, await own.open(declare), 'amara.lewis'), WORRIED);
  expect(headingOf(answer)).toBe('What is known in this emergency');
  const [found] = await rows(
    z.object({ review_id: z.uuid() }),
    "select review_id from holdfast.review where case_ref = $1 and agency = 'riverton-council'",
    [stage.caseRef(number)],
  );
  return `${pagesUrl}/reviews/${found?.review_id ?? ''}`;
}

async function rows<T>(shape: z.ZodType<T>, text: string, values: readonly string[] = []): Promise<T[]> {
  const owner = await connectTo(stage.database.ownerUrl);
  try {
    return z.array(shape).parse((await owner.query(text, [...values])).rows);
  } finally {
    await owner.end();
  }
}

/** Sends a step, proves who she is where she is asked, and sends it then. */
async function decide(own: PlainBrowser, who: string, url: string, to: string, note = NOTE): Promise<Shown> {
  const page = await own.open(url);
  const sent = await own.send(url, formOf(page, { to, note }));
  if (headingOf(sent) !== 'Who are you?') return sent;
  const back = await confirmed(own, sent, who);
  return own.send(url, formOf(back));
}

const bodies = async (): Promise<LogEntryBody[]> => (await stage.entries()).map(({ body }) => body);
const choices = ({ $ }: Shown): string[] =>
  $('main input[name=to]')
    .map((_n, each) => $(each).attr('value') ?? '')
    .get();
/** The answer to a question of the page, by its key. */
const checkOf = ({ $ }: Shown, key: string): string =>
  $('dt')
    .filter((_n, each) => $(each).text().startsWith(key))
    .next()
    .text()
    .trim();
const queued = ({ $ }: Shown, number: number): string =>
  $('tbody tr')
    .filter((_n, row) => $(row).text().includes(stage.caseRef(number)))
    .text()
    .replaceAll(/\s+/gu, ' ')
    .trim();

let amara: PlainBrowser;
let ruth: PlainBrowser;
let ines: PlainBrowser;
beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
  await tellStaff(stage.database, stage.partnership.keys);
  amara = await person('amara.lewis');
  ruth = await person('r.bell');
  ines = await person('i.fallow');
}, 60_000);
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('a review of broken glass', () => {
  it('from the declaration to the queue, what is found, step-up, both decisions, and out of the queue', async () => {
    const url = await breakGlass(amara, 1);
    const cases = await amara.open(`${pagesUrl}/cases`);
    expect(queued(cases, 1)).toContain('Emergency access open');
    const home = await ruth.open(`${pagesUrl}/`);
    expect(titleOf(home)).toBe('Reviews – Holdfast');
    expect(home.$('.govuk-service-navigation__item--active').text()).toContain('Reviews');
    expect(queued(home, 1)).toMatch(/Break-glass on .+ Review due in 23 hours Amara Lewis, Riverton Council/u);
    expect((await bodies()).at(-1)).toMatchObject({
      kind: 'log-searched',
      view: 'reviews',
      actor: { staffId: 'r.bell' },
    });

    const page = await ruth.open(new URL(home.$(`a[href$="${new URL(url).pathname}"]`).attr('href') ?? '', url).href);
    expect(titleOf(page)).toBe('Review: break-glass – Holdfast');
    expect(wordsOf(page)).toContain(WHY);
    expect(checkOf(page, 'Was the case allocated')).toMatch(/^(?:Yes|It is now)/u);
    expect(checkOf(page, 'How long was it open')).toContain('It is still open');
    expect(checkOf(page, 'What left')).toMatch(
      /Riverton Police: .+\((?:in part|in full|in summary|only that it is held)\)/u,
    );
    expect(checkOf(page, 'Did an attempt follow')).toBe('No');
    expect((await bodies()).at(-1)).toMatchObject({
      ...{ kind: 'log-searched', view: 'reasons', caseRef: stage.caseRef(1), found: 1 },
      about: { staffId: 'amara.lewis', caseRef: stage.caseRef(1) },
    });

    const empty = await ruth.send(url, formOf(page));
    expect(titleOf(empty)).toBe('Error: Review: break-glass – Holdfast');
    expect(errorsOf(empty)).toEqual(['Select what you have decided', 'Enter why, for whoever reads this later']);
    const choice = await ruth.send(url, formOf(page, { to: 'justified-by-one', note: NOTE }));
    expect(headingOf(choice)).toBe('Who are you?');
    expect((await bodies()).filter((body) => body.kind === 'review-step' && body.to === 'justified-by-one')).toEqual(
      [],
    );
    const back = await confirmed(ruth, choice, 'r.bell');
    expect(formOf(back)).toMatchObject({ to: 'justified-by-one', note: NOTE });
    const queue = await ruth.send(url, formOf(back));
    expect([queue.url, headingOf(queue)]).toEqual([`${pagesUrl}/reviews?recorded=justified-by-one`, 'Reviews']);
    expect(queued(queue, 1)).toContain('Justified: second officer needed');
    expect((await bodies()).findLast(({ kind }) => kind === 'review-step')).toMatchObject({
      ...{ to: 'justified-by-one', from: 'open' },
      actor: { staffId: 'r.bell', role: 'ig.reviewer', session: expect.any(String) },
    });

    expect(choices(await ruth.open(url))).toEqual(['more-information', 'escalated']);
    const second = await ines.open(url);
    expect(choices(second)).toContain('justified');
    expect(wordsOf(second)).toContain(`Ruth Bell${NOTE}`);
    const done = await decide(ines, 'i.fallow', url, 'justified', 'I have read the declaration and agree');
    expect(wordsOf(done)).toContain('Your step is recorded: Justified.');
    expect(queued(done, 1)).toBe('');
    const ended = await ruth.open(url);
    expect(wordsOf(ended)).toContain('This review has ended');
    expect(ended.$('main form')).toHaveLength(0);
  }, 40_000);

  it('P4, P8: no value that was given is on an officer’s page, nor anything about a victim', async () => {
    const url = await breakGlass(amara, 5);
    const answer = await amara.open(`${pagesUrl}/cases/${stage.caseRef(5)}`);
    const name = answer.$('.govuk-caption-l, h1, dd').first().text().trim();
    expect(name).not.toBe('');
    const page = await ruth.open(url);
    const subject = stage.cases.find(({ caseRef }) => caseRef === stage.caseRef(5))?.subject;
    for (const { given = '', family = '' } of subject?.names ?? [])
      for (const each of [given, family].filter((text) => text !== '')) expect(page.html).not.toContain(each);
    expect(page.html.replaceAll(' ', '')).not.toContain(castMobile(10));
    expect(page.html).not.toMatch(/07700|\b[A-Z]{1,2}\d{1,2} \d[A-Z]{2}\b/u);
  });

  it('an attempt after it and what else was asked are found', async () => {
    const url = await breakGlass(amara, 7);
    const request = await amara.open(`${pagesUrl}/cases/${stage.caseRef(7)}/request`);
    const fields = { purpose: 'ENGAGE', reason: 'First call after the panel met on Thursday' };
    const asked = await sendForm(amara, request, fields);
    const link = asked.$('.govuk-summary-card__actions a').last().attr('href') ?? '';
    const check = await sendForm(amara, await amara.open(new URL(link, asked.url).href), { outcome: 'no-answer' });
    await sendForm(amara, check);
    const page = await ruth.open(url);
    expect(checkOf(page, 'Was something else asked')).toMatch(/Amara Lewis: Engagement contact/u);
    expect(checkOf(page, 'Did an attempt follow')).toMatch(/, Amara Lewis: no answer$/u);
  });
});

describe('whose review it is', () => {
  it('P6: another agency’s review is answered, and recorded, as one that does not exist', async () => {
    const [theirs] = await rows(
      z.object({ review_id: z.uuid() }),
      "select review_id from holdfast.review where agency = 'police' limit 1",
    );
    expect(theirs).toBeDefined();
    const asked = [theirs?.review_id ?? '', randomUUID(), 'no-id'];
    const pages: Shown[] = [];
    const entries: LogEntryBody[] = [];
    for (const id of asked) {
      pages.push(await ruth.open(`${pagesUrl}/reviews/${id}`));
      const last = (await bodies()).at(-1);
      if (last !== undefined) entries.push({ ...last, at: '' });
    }
    const [first, ...others] = pages;
    expect(first?.status).toBe(404);
    for (const other of others) expect([other.status, other.html]).toEqual([404, first?.html]);
    expect(new Set(entries.map((each) => JSON.stringify(each))).size).toBe(1);
    const form = formOf(await ruth.open(`${pagesUrl}/reviews`));
    const sent = await ruth.send(`${pagesUrl}/reviews/${theirs?.review_id ?? ''}`, {
      ...form,
      to: 'justified',
      note: NOTE,
    });
    expect(sent.status).not.toBe(200);
  });

  it.each(['amara.lewis', 'helen.marsh', 's.devi', 't.quill'])(
    'P2: %s finds no such page, and that it was tried is an entry',
    async (staffId) => {
      const own = staffId === 'amara.lewis' ? amara : await person(staffId);
      const page = await own.open(`${pagesUrl}/reviews`);
      expect([page.status, headingOf(page)]).toEqual([404, 'Page not found']);
      expect((await bodies()).at(-1)).toMatchObject({
        ...{ kind: 'question-refused', route: 'review', code: 'role-may-not-claim' },
        requester: { staffId },
      });
    },
  );

  it('where nobody knows the teams it can be read and not decided', async () => {
    const url = await breakGlass(amara, 9);
    await rows(z.unknown(), "update holdfast.staff_member set team = 'Intervention' where staff_id = 'i.fallow'");
    // Of the worker's own team now: to her there is no such review.
    expect((await ines.open(url)).status).toBe(404);
    await rows(z.unknown(), "delete from holdfast.staff_member where staff_id = 'i.fallow'");
    const page = await ines.open(url);
    expect(choices(page).filter((each) => each !== 'explained')).toEqual([]);
    await tellStaff(stage.database, stage.partnership.keys);
    expect(choices(await ines.open(url))).toContain('justified-by-one');
  });
});

describe('a step', () => {
  let url: string;
  beforeAll(async () => {
    url = await breakGlass(amara, 11);
  }, 30_000);
  const stepsTo = async (to: string): Promise<number> =>
    (await bodies()).filter((body) => body.kind === 'review-step' && body.to === to && url.endsWith(body.reviewId))
      .length;

  it('sent twice is recorded once; from a page that is older it is not taken, and nothing typed is lost', async () => {
    const [first, older] = [await ruth.open(url), await ines.open(url)];
    const fields = formOf(first, { to: 'more-information', note: NOTE });
    const sent = await confirmed(ruth, await ruth.send(url, fields), 'r.bell');
    const done = headingOf(sent) === 'Reviews' ? sent : await ruth.send(url, formOf(sent));
    expect(done.url).toContain('recorded=more-information');
    expect((await ruth.send(url, { ...formOf(first), to: 'more-information', note: NOTE })).url).toBe(done.url);
    expect(await stepsTo('more-information')).toBe(1);
    const late = await ines.send(url, formOf(older, { to: 'escalated', note: 'From a page that was older' }));
    expect(errorsOf(late)[0]).toMatch(/^A step was taken since/u);
    expect(formOf(late)).toMatchObject({ to: 'escalated', note: 'From a page that was older' });
    expect(await stepsTo('escalated')).toBe(0);
  });

  it('a hostile note is words, and turns nothing about', async () => {
    const note = '<script>alert(1)</script>{{ 191*7 }}\u202e =HYPERLINK("x")';
    const done = await decide(ines, 'i.fallow', url, 'escalated', note);
    expect(done.url).toContain('recorded=escalated');
    const page = await ruth.open(url);
    expect(page.$('main script')).toHaveLength(0);
    expect(wordsOf(page)).toContain('<script>alert(1)</script>{{ 191*7 }} =HYPERLINK("x")');
    expect(page.html).not.toMatch(/\u202e|1337/u);
    expect(JSON.stringify(await bodies())).not.toContain('HYPERLINK');
  });

  it('in a session that ended nothing typed is lost, and nothing is recorded by itself', async () => {
    const own = await person('r.bell');
    const page = await own.open(url);
    own.cookies.get(new URL(pagesUrl).host)?.clear();
    const before = await stepsTo('justified-by-one');
    const away = await own.send(url, formOf(page, { to: 'justified-by-one', note: NOTE }));
    // The provider still knows her and sends her straight back.
    const back = headingOf(away) === 'Who are you?' ? await own.send(away.url, { person: 'r.bell' }) : away;
    expect(formOf(back)).toMatchObject({ to: 'justified-by-one', note: NOTE });
    expect(await stepsTo('justified-by-one')).toBe(before);
  });

  it('P1: while the log cannot be written no review is shown and no step counts', async () => {
    const page = await ruth.open(url);
    const owner = await connectTo(stage.database.ownerUrl);
    const { rows: all } = await owner.query<{ name: string }>(
      "select oid::regprocedure::text as name from pg_proc where proname = 'append_entries'",
    );
    const names = all.map(({ name }) => name).join(', ');
    await owner.query(`revoke execute on function ${names} from holdfast_gateway`);
    try {
      const shown = await ruth.open(url);
      expect([shown.status, wordsOf(shown).includes(WHY)]).toEqual([503, false]);
      expect((await ruth.open(`${pagesUrl}/reviews`)).status).toBe(503);
      const sent = await ruth.send(url, formOf(page, { to: 'not-justified-by-one', note: NOTE }));
      expect(sent.status).toBe(503);
    } finally {
      await owner.query(`grant execute on function ${names} to holdfast_gateway`);
      await owner.end();
    }
    expect(await stepsTo('not-justified-by-one')).toBe(0);
  });
});
