import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { CaseActor } from '../../schemas/case-history.ts';
import { castMobile } from '../population/cast-parts.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { askOn, errorsOf, formOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, today, type Stage } from './stage.ts';

/** A worker's cases, one case, and what she records: from sign-in to a recorded outcome, without scripts. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function worker(staffId = 'amara.lewis'): Promise<{ own: PlainBrowser; first: Shown }> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  return { own, first: await signIn(own, `${pagesUrl}/`, staffId) };
}

const lastBodies = async (count: number) => (await stage.entries()).slice(-count).map(({ body }) => body);

/** The link "Record what happened" of a contact, in the order of the page. */
function recordLink(answer: Shown, n = 0): string {
  const href = answer.$('.govuk-summary-card__actions a').eq(n).attr('href');
  return new URL(href ?? '', answer.url).href;
}

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('my cases', () => {
  it('is where a worker begins, with her cases and nobody else’s', async () => {
    const { first } = await worker();
    expect(first.url).toBe(`${pagesUrl}/cases`);
    expect(headingOf(first)).toBe('My cases');
    const names = first
      .$('tbody tr')
      .map((_n, row) => first.$(row).find('td').first().text())
      .get();
    const hers = stage.cases.filter(
      ({ allocatedTo, category }) => allocatedTo === 'amara.lewis' && category !== 'closed',
    );
    expect(names).toHaveLength(hers.length);
    expect(names).toContain('Daniel Okoro');
    expect(names).not.toContain('Gareth Pritchard');
    expect(await lastBodies(1)).toMatchObject([{ kind: 'page-viewed', page: 'cases', found: hers.length }]);
  });

  it.each(['name', 'state', 'allocated', 'contact', 'gap', 'nonsense', '%00'])(
    'sorts by %s on the server',
    async (sort) => {
      const { own, first } = await worker();
      const sorted = await own.open(`${pagesUrl}/cases?sort=${sort}&after=%3Cscript%3E`);
      expect(sorted.$('tbody tr')).toHaveLength(first.$('tbody tr').length);
      expect(sorted.$('th[aria-sort]')).toHaveLength(1);
    },
  );

  it('offers nobody a search for a person', async () => {
    const { first } = await worker();
    expect(first.$('main input:not([type=hidden])')).toHaveLength(0);
  });

  it('P2: a role without cases finds no such page', async () => {
    const { own } = await worker('r.bell');
    const page = await own.open(`${pagesUrl}/cases`);
    expect([page.status, headingOf(page)]).toEqual([404, 'Page not found']);
  });

  it('a chair sees the open cases that his agency leads', async () => {
    const { first: page } = await worker('h.lindqvist');
    expect(headingOf(page)).toBe('Cases');
    expect(page.$('tbody tr').length).toBe(stage.cases.filter(({ category }) => category !== 'closed').length);
  });
});

describe('one case', () => {
  it('says who he is with his age, how the case stands, and leads on to the request', async () => {
    const { own } = await worker();
    const page = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}`);
    expect(titleOf(page)).toBe(`Case ${stage.caseRef(1)} – Holdfast`);
    expect(wordsOf(page)).toMatch(/14 March 1988 \(\d\d years old\)/u);
    expect(page.$('a[role=button]').attr('href')).toBe(`/cases/${stage.caseRef(1)}/request`);
    expect(page.html).not.toContain(castMobile(10));
  });

  it.each([2, 3] as const)(
    'case %i on hold or monitor: says so and by whose decision, and has no button',
    async (number) => {
      const { own } = await worker(number === 2 ? 'amara.lewis' : 'joseph.tate');
      const page = await own.open(`${pagesUrl}/cases/${stage.caseRef(number)}`);
      expect(page.$('.moj-alert').text()).toContain('contact is not to be tried');
      expect(page.$('.moj-alert').text()).toContain('panel that Riverton Council leads');
      expect(page.$('a[role=button]')).toHaveLength(0);
      const asked = await own.open(`${pagesUrl}/cases/${stage.caseRef(number)}/request`);
      expect(headingOf(asked)).toBe('You cannot request contact details for this case');
      expect(wordsOf(asked)).toContain('contact is not to be tried');
    },
  );

  it('names who decided, when and why, where the register knows', async () => {
    const kase = stage.cases[4];
    if (kase === undefined) throw new Error('no such case');
    const by: CaseActor = {
      agency: 'riverton-council',
      group: 'council',
      role: 'dai.dapg_chair',
      staffId: 'h.lindqvist',
    };
    const decision = {
      from: 'contact',
      to: 'monitor',
      by,
      at: `${today()}T09:02:00.000Z`,
      because: 'His <i>partner</i> asked for time',
    } as const;
    await stage.partnership.putCase({ ...kase, category: 'monitor', decisions: [decision] });
    const { own } = await worker();
    const page = await own.open(`${pagesUrl}/cases/${stage.caseRef(5)}`);
    await stage.partnership.putCase(kase);
    const alert = page.$('.moj-alert').text();
    expect(alert).toContain('by h.lindqvist (Chair of the perpetrator group, Riverton Council)');
    expect(alert).toContain('Why: His <i>partner</i> asked for time');
  });

  it('P6: another worker’s case is answered and recorded as one that does not exist', async () => {
    const { own } = await worker();
    for (const rest of ['', '/attempts', '/attempts/new', '/attempts/check']) {
      const others = await own.open(`${pagesUrl}/cases/${stage.caseRef(4)}${rest}`);
      const none = await own.open(`${pagesUrl}/cases/${stage.caseRef(4).replace(/\d{4}$/u, '9998')}${rest}`);
      expect([others.status, none.status]).toEqual([404, 404]);
      expect(others.html).toBe(none.html);
    }
    const [others, none] = await lastBodies(2);
    expect(others).toMatchObject({ kind: 'page-viewed', code: 'not-found', actor: { staffId: 'amara.lewis' } });
    expect({ ...others, at: '', caseRef: '' }).toEqual({ ...none, at: '', caseRef: '' });
  });
});

describe('recording what happened', () => {
  it('from sign-in to a recorded outcome', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const form = await own.open(recordLink(answer));
    expect(headingOf(form)).toBe('Record what happened');
    const none = await sendForm(own, form);
    expect([errorsOf(none), titleOf(none)]).toEqual([
      ['Select what happened'],
      'Error: Record what happened – Holdfast',
    ]);
    const check = await sendForm(own, none, { outcome: 'reached-him' });
    expect(wordsOf(check)).toContain('I reached this person');
    const done = await sendForm(own, check);
    expect(headingOf(done)).toBe('What happened is recorded');
    const recorded = (await lastBodies(3)).map(({ kind }) => kind);
    expect(recorded).toEqual(['attempt-recorded', 'outcome-recorded', 'page-viewed']);
    const bodies = (await stage.entries()).map(({ body }) => body);
    const asked = bodies.findLast((body) => body.kind === 'question-disclosed');
    const session = asked?.kind === 'question-disclosed' ? asked.requester.session : undefined;
    expect(session).toHaveLength(43);
    for (const { kind, ...body } of bodies.slice(-3))
      expect([kind, body]).toMatchObject([kind, { actor: { session } }]);
    const again = await askOn(own, pagesUrl, stage.caseRef(1));
    expect(again.$('.govuk-summary-card').first().text()).toContain('Reached before');
    const list = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/attempts`);
    expect(wordsOf(list)).toMatch(/(Telephone|Address): I reached this person. Recorded by amara.lewis./u);
  });

  it('sent twice, it is recorded once', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(5));
    const form = await own.open(recordLink(answer));
    const check = await sendForm(own, form, { outcome: 'no-answer' });
    const first = await sendForm(own, check);
    const second = await sendForm(own, check);
    expect(second.url).toBe(first.url);
    const list = await own.open(`${pagesUrl}/cases/${stage.caseRef(5)}/attempts`);
    expect(list.$('main li:contains("No answer")')).toHaveLength(1);
  });

  it('P4: the victim answered: blocked at once, the answer on the other screen is gone, and it never comes again', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(7));
    const number = answer.$('.holdfast-contact').first().text().trim();
    expect(number).not.toBe('');
    const form = await own.open(recordLink(answer));
    const stop = await sendForm(own, form, { outcome: 'victim-answered-or-may-have' });
    expect(headingOf(stop)).toBe('Stop: do not use this contact again');
    expect(stop.$('main form, main input')).toHaveLength(0);
    expect(stop.html).not.toContain(number);
    const reloaded = await own.open(answer.url);
    expect(headingOf(reloaded)).toBe('This answer is not shown');
    expect(wordsOf(reloaded)).toContain('Do not use what you were shown before');
    const again = await askOn(own, pagesUrl, stage.caseRef(7));
    expect(headingOf(again)).toBe('Contact details');
    expect(again.html).not.toContain(number);
    expect(wordsOf(again)).toContain('at an earlier attempt the victim answered there, or may have');
  });

  it('the number is in no address and no page of the way', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const number = answer.$('.holdfast-contact').first().text().trim().replaceAll(' ', '');
    const link = recordLink(answer);
    const form = await own.open(link);
    const check = await sendForm(own, form, { outcome: 'not-tried' });
    for (const page of [form, check]) {
      expect(page.html.replaceAll(' ', '')).not.toContain(number);
      expect(page.url).not.toContain(number.slice(1));
    }
  });

  it('a handle of another case, another person or another making opens nothing', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const handle = new URL(recordLink(answer)).searchParams.get('contact') ?? '';
    const elsewhere = await own.open(`${pagesUrl}/cases/${stage.caseRef(5)}/attempts/new?contact=${handle}`);
    const altered = await own.open(
      `${pagesUrl}/cases/${stage.caseRef(1)}/attempts/new?contact=${handle.slice(0, -2)}AA`,
    );
    const none = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/attempts/new`);
    for (const page of [elsewhere, altered, none]) expect(headingOf(page)).toBe('Choose the contact again');
    const hostile = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/attempts/%3Cscript%3E`);
    expect(hostile.status).toBe(404);
    // The coordinator is on the team, and does not record for a worker.
    const { own: other } = await worker('helen.marsh');
    const coordinator = await other.open(`${pagesUrl}/cases/${stage.caseRef(1)}/attempts/new?contact=${handle}`);
    expect(coordinator.status).toBe(404);
  });

  it('a session that ended in between loses nothing', async () => {
    const { own } = await worker();
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const form = await own.open(recordLink(answer));
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendForm(own, form, { outcome: 'someone-else' });
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'amara.lewis' });
    expect(headingOf(back)).toBe('Record what happened');
    expect(formOf(back).outcome).toBe('someone-else');
    expect(formOf(back).attemptId).toBe(formOf(form).attemptId);
  });
});
