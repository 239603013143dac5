import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loggedEntrySchema } from '../../schemas/log.ts';
import { castMobile } from '../population/cast-parts.ts';
import { makePlainBrowser, signIn, type PlainBrowser } from './plain-browser.ts';
import { askOn, errorsOf, formOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** A worker asks in the browser how to reach a man, and sees the answer: the same pipeline as the API's. */

let stage: Stage;
let pagesUrl: string;
/** The gateway's clock, moved on by tests. */
let aheadMs = 0;
const browsers: PlainBrowser[] = [];

async function worker(staffId = 'amara.lewis', path = '/nowhere'): Promise<PlainBrowser> {
  const made = makePlainBrowser(
    stage.partnership.pki.authority.certificatePem,
    `browser of ${staffId} ${browsers.length}`,
  );
  browsers.push(made);
  await signIn(made, `${pagesUrl}${path}`, staffId);
  return made;
}

const spaced = (mobile: number): string => castMobile(mobile).replace(/^(\d{5})(\d{6})$/u, '$1 $2');
const kinds = async (): Promise<string[]> => (await stage.entries()).map(({ body }) => body.kind);

beforeAll(async () => {
  stage = await openStage({ pages: {}, gateway: { now: () => new Date(Date.now() + aheadMs) } });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('asking', () => {
  it('offers only what this role may claim on this case, and nothing that would tell of an enquiry (P6)', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    expect(titleOf(form)).toBe('Request contact details – Holdfast');
    const values = form
      .$('input[type=radio]')
      .map((_n, radio) => form.$(radio).attr('value'))
      .get();
    expect(values[0]).toBe('ENGAGE');
    // Daniel's case has a child-protection enquiry open and is managed under MAPPA; neither is hers to learn.
    for (const hidden of ['S47', 'MAPPA', 'BREACH', 'DVDS', 'EMERG', 'IGREV']) expect(values).not.toContain(hidden);
    expect(wordsOf(form)).toContain('Do not include details about the victim.');
    expect(wordsOf(form)).toContain('Your information governance officer reads them.');
  });

  it('P1: records purpose and reason before any agency is asked, as asked by her in her session', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    expect(headingOf(shown)).toBe('Contact details');
    const bodies = (await stage.entries()).map(({ body }) => body);
    const at = bodies.findLastIndex(({ kind }) => kind === 'question-consulted');
    expect(bodies[at]).toMatchObject({
      requester: { agency: 'riverton-council', clientId: 'holdfast-pages', staffId: 'amara.lewis', role: 'dai.daiw' },
    });
    const asked = bodies[at];
    expect(
      asked?.kind === 'question-consulted' && [asked.requester.certificate, asked.requester.session?.length],
    ).toEqual([undefined, 43]);
    expect(bodies.slice(at).map(({ kind }) => kind)).toEqual([
      'question-consulted',
      'question-disclosed',
      'page-viewed',
    ]);
    for (const entry of await stage.entries()) expect(loggedEntrySchema.safeParse(entry).success).toBe(true);
  });

  it('says who answered, ranks what may be used and says why, and what it rests on', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    const first = shown.$('.govuk-summary-card').first().text().replace(/\s+/gu, ' ');
    expect(shown.$('.holdfast-contact').length).toBeGreaterThan(0);
    for (const part of ['1. ', 'Why it is ranked here', 'Sources', 'Last confirmed']) expect(first).toContain(part);
    expect(wordsOf(shown)).toMatch(/\d of \d agencies answered|agencies answered/u);
    expect(wordsOf(shown)).toContain('Riverton Probation');
    expect(wordsOf(shown)).toMatch(/This answer is entry \d+ of the access log/u);
    expect(shown.url).not.toMatch(/07700|\+44/u);
  });

  it('P4: the victim’s number and home are nowhere in what she is sent', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    expect(wordsOf(shown)).toContain('Held back');
    for (const hidden of [castMobile(10), spaced(10), castMobile(10).replace(/^0/u, '+44')])
      expect(shown.html).not.toContain(hidden);
  });

  it('P7: an agency that hangs is named, and its silence is not "nothing held"', async () => {
    stage.partnership.agencies.probation.setFault({ kind: 'hang' });
    try {
      const shown = await askOn(await worker(), pagesUrl, stage.caseRef(1));
      expect(wordsOf(shown)).toContain('No answer from Riverton Probation: that does not mean it holds nothing');
    } finally {
      stage.partnership.agencies.probation.setFault(undefined);
    }
  });
});

describe('what is wrong with the form', () => {
  const cases: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    [
      'nothing',
      { purpose: '', reason: '' },
      ['Select what you need the contact details for', 'Enter why this is needed now'],
    ],
    [
      'a purpose that is not offered',
      { purpose: 'S47', reason: 'Long enough a reason' },
      ['Select what you need the contact details for'],
    ],
    ['too short', { purpose: 'ENGAGE', reason: 'now' }, ['Why this is needed now must be 10 characters or more']],
    [
      'too long',
      { purpose: 'ENGAGE', reason: 'x'.repeat(501) },
      ['Why this is needed now must be 500 characters or less'],
    ],
    ['only invisible', { purpose: 'ENGAGE', reason: '\u202e\u200b'.repeat(20) }, ['Enter why this is needed now']],
  ];
  it.each(cases)('%s: says so, keeps what was typed, asks nobody', async (_name, typed, errors) => {
    const own = await worker();
    const before = stage.put.length;
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    const again = await sendForm(own, form, typed);
    expect(errorsOf(again)).toEqual(errors);
    expect(titleOf(again)).toBe('Error: Request contact details – Holdfast');
    expect(again.$('textarea').text().trim()).toBe((typed.reason ?? '').replace(/[\u202e\u200b]/gu, ''));
    expect(formOf(again).requestId).toBe(formOf(form).requestId);
    for (const link of again
      .$('.govuk-error-summary__list a')
      .map((_n, each) => again.$(each).attr('href'))
      .get())
      expect(again.$(link)).toHaveLength(1);
    expect(stage.put).toHaveLength(before);
  });

  it.each(['<script>alert(1)</script> now', '{{ 7*7 }} {% include "x" %}', '"><img src=x onerror=alert(1)>'])(
    'shows %s as the text it is',
    async (hostile) => {
      const own = await worker();
      const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
      const again = await sendForm(own, form, { purpose: '', reason: hostile });
      expect(again.$('textarea').text().trim()).toBe(hostile);
      expect(again.$('main script, main img')).toHaveLength(0);
    },
  );

  it('sent twice, it asks once and leads to the one answer', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    const typed = { purpose: 'ENGAGE', reason: 'Sent by a double click of hers' };
    const first = await sendForm(own, form, typed);
    const before = (await kinds()).filter((kind) => kind === 'question-disclosed').length;
    const second = await sendForm(own, form, typed);
    expect(second.url).toBe(first.url);
    expect(headingOf(second)).toBe('Contact details');
    expect((await kinds()).filter((kind) => kind === 'question-disclosed')).toHaveLength(before);
  });
});

describe('P6: a case that is not hers', () => {
  it.each(['', '/request', '/requests/00000000-0000-4000-8000-000000000001'])(
    'answers at %s exactly as one that does not exist',
    async (rest) => {
      const own = await worker();
      const others = await own.open(`${pagesUrl}/cases/${stage.caseRef(4)}${rest}`);
      const none = await own.open(`${pagesUrl}/cases/${stage.caseRef(4).replace(/\d{4}$/u, '9999')}${rest}`);
      expect([others.status, none.status]).toEqual([404, 404]);
      expect(others.html).toBe(none.html);
    },
  );

  it('takes no form for it either', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    const fields = formOf(form, { purpose: 'ENGAGE', reason: 'A man whom I am curious about' });
    const before = stage.put.length;
    const refused = await own.send(`${pagesUrl}/cases/${stage.caseRef(4)}/request`, fields);
    expect([refused.status, headingOf(refused)]).toEqual([404, 'Page not found']);
    expect(stage.put).toHaveLength(before);
  });
});

describe('opening an answer again', () => {
  it('is logged as a view, by whom and of which question', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    await own.open(shown.url);
    const bodies = (await stage.entries()).map(({ body }) => body);
    const disclosed = bodies.findLast(({ kind }) => kind === 'question-disclosed');
    const views = bodies.filter(
      (body) =>
        body.kind === 'page-viewed' &&
        disclosed?.kind === 'question-disclosed' &&
        body.questionId === disclosed.questionId,
    );
    expect(views).toHaveLength(2);
    expect(views[1]).toMatchObject({ page: 'answer', actor: { staffId: 'amara.lewis' } });
  });

  it('P8: nothing of it can be read where it is kept, and another session finds none', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    const number = shown.$('.holdfast-contact').first().text().trim();
    const rest = await stage.everythingAtRest();
    expect(rest).not.toContain(number);
    expect(rest).not.toContain(number.replaceAll(' ', ''));
    const other = await (await worker()).open(shown.url);
    expect(headingOf(other)).toBe('This answer is not shown');
    expect(other.html).not.toContain(number);
  });

  it('ends after ten minutes; then ask again', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(1));
    aheadMs += 10 * 60_000;
    const late = await own.open(shown.url);
    aheadMs -= 10 * 60_000;
    expect(headingOf(late)).toBe('This answer is not shown');
    expect(late.$('.holdfast-contact')).toHaveLength(0);
    expect(wordsOf(late)).toContain('Ask again');
  });

  it.each(['hold', 'monitor', 'closed'] as const)(
    'P4: shows nothing but that sentence once the case is on %s',
    async (category) => {
      const own = await worker();
      const shown = await askOn(own, pagesUrl, stage.caseRef(5));
      expect(headingOf(shown)).toBe('Contact details');
      const kase = stage.cases[4];
      if (kase === undefined) throw new Error('no such case');
      await stage.partnership.putCase({ ...kase, category });
      const after = await own.open(shown.url);
      await stage.partnership.putCase(kase);
      expect(headingOf(after)).toBe('This answer is not shown');
      expect(wordsOf(after)).toMatch(/contact is not to be tried/u);
      expect(after.$('.holdfast-contact')).toHaveLength(0);
    },
  );

  it('P4: shows nothing but that sentence once victim services have set a block', async () => {
    const own = await worker();
    const shown = await askOn(own, pagesUrl, stage.caseRef(5));
    const kase = stage.cases[4];
    if (kase === undefined) throw new Error('no such case');
    await stage.partnership.putCase({ ...kase, safetyBlocks: [{ since: kase.openedOn }] });
    const after = await own.open(shown.url);
    await stage.partnership.putCase(kase);
    expect(wordsOf(after)).toContain('Victim services have stopped all contact');
    expect(after.$('.holdfast-contact')).toHaveLength(0);
    const last = (await stage.entries()).at(-1)?.body;
    expect(last).toMatchObject({ kind: 'page-viewed', code: 'contact-stopped' });
  });
});

describe('a session that ended while she typed', () => {
  const typed = { purpose: 'ENGAGE', reason: 'He rang the duty desk <b>and</b> left a number {{ 1 }}' };

  it('nothing typed is lost: it is filled in again after sign-in', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const before = stage.put.length;
    const choice = await sendForm(own, form, typed);
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'amara.lewis' });
    expect(back.$('textarea').text().trim()).toBe(typed.reason);
    expect(back.$('input[type=radio][checked]').attr('value')).toBe('ENGAGE');
    expect(wordsOf(back)).toContain('You were signed out.');
    expect(stage.put).toHaveLength(before);
    expect(headingOf(await sendForm(own, back))).toBe('Contact details');
  });

  it('nobody else who signs in there is shown it', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    for (const host of own.cookies.keys()) if (`https://${host}` !== pagesUrl) own.cookies.delete(host);
    const choice = await sendForm(own, form, typed);
    const other = await own.send(choice.url, { person: 'helen.marsh' });
    expect(other.html).not.toContain('duty desk');
  });

  it('an over-long text is cut, and that is said', async () => {
    const own = await worker();
    const form = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`);
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendForm(own, form, { ...typed, reason: 'ø'.repeat(5_000) });
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'amara.lewis' });
    expect(back.$('textarea').text()).toMatch(/^ø{1000,}$/u);
    expect(wordsOf(back)).toContain('its end is missing');
  });
});
