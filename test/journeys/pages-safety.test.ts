import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import type { CastCase } from '../population/cast-cases.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { askOn, errorsOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** Victim services in their pages, without scripts; and what a worker then sees. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];
/** While it is there the agencies do not answer. */
let heldBack: Promise<void> | undefined;

async function as(staffId: string): Promise<{ own: PlainBrowser; first: Shown }> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  return { own, first: await signIn(own, `${pagesUrl}/`, staffId) };
}
const lastBodies = async (count: number) => (await stage.entries()).slice(-count).map(({ body }) => body);
/** The first telephone number of an answer. */
const phoneIn = ({ $ }: Shown): string =>
  $('.govuk-summary-card:has(h3:contains("Telephone"))').first().find('.holdfast-contact').text().trim();
const digits = (text: string): string => text.replace(/\D/gu, '');
const safetyOf = (number: number): string => `${pagesUrl}/safety-blocks/${stage.caseRef(number)}`;

beforeAll(async () => {
  const slow = (source: AgencySource): AgencySource => ({
    ...source,
    ask: async (question, limits) => {
      await heldBack;
      return source.ask(question, limits);
    },
  });
  stage = await openStage({ pages: {}, sources: (five) => five.map(slow) });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

const BECAUSE = 'She rang us this morning and asked for it';

/** From the case's page through the answers to check, to the confirmation. */
async function take(
  own: PlainBrowser,
  address: string,
  typed: Readonly<Record<string, string>>,
): Promise<{ check: Shown; done: Shown }> {
  const form = await own.open(address);
  const check = await sendForm(own, form, { because: BECAUSE, ...typed });
  return { check, done: await sendForm(own, check, { step: 'do' }) };
}

describe('safety blocks', () => {
  it('is where victim services begin: the cases of their service, by reference and without a name', async () => {
    const { first } = await as('s.devi');
    expect([first.url, headingOf(first)]).toEqual([`${pagesUrl}/safety-blocks`, 'Safety blocks']);
    const hers = stage.cases.filter(
      ({ agencies, category }) => agencies.includes('riverton-idva') && category !== 'closed',
    );
    expect(first.$('tbody tr')).toHaveLength(hers.length);
    for (const { subject } of stage.cases) expect(first.html).not.toContain(subject.names?.[0]?.family ?? 'x');
    expect(await lastBodies(1)).toMatchObject([{ kind: 'page-viewed', page: 'safety-blocks', found: hers.length }]);
  });

  it('P4, P8: a block of one number: the answers to check, who, when and why, an entry, and the number nowhere', async () => {
    const { own: worker } = await as('amara.lewis');
    const answer = await askOn(worker, pagesUrl, stage.caseRef(1));
    const number = phoneIn(answer);
    const { own } = await as('s.devi');
    const { check, done } = await take(own, `${safetyOf(1)}/block`, { what: 'phone', value: `+44 ${number.slice(1)}` });
    expect(headingOf(check)).toBe('Check before you do this');
    expect(wordsOf(check)).toContain(number);
    expect(wordsOf(check)).toContain('victim services have asked that it is not used');
    expect(headingOf(done)).toBe('The block is set');
    expect((await lastBodies(2))[0]).toMatchObject({
      kind: 'case-changed',
      changes: ['safety-blocks'],
      actor: { agency: 'riverton-idva', staffId: 's.devi', role: 'vic.idva' },
    });
    const page = await own.open(safetyOf(1));
    expect(wordsOf(page)).toMatch(/One telephone number.*Set bys\.devi of Riverton Victim Support.*asked for it/u);
    for (const shown of [done, page]) expect(digits(shown.html)).not.toContain(digits(number).slice(1));
    for (const shown of [check, done, page]) expect(shown.url).not.toContain(digits(number).slice(-6));
    expect(digits(JSON.stringify(await stage.entries()))).not.toContain(digits(number).slice(1));
    const reloaded = await worker.open(answer.url);
    expect(headingOf(reloaded)).toBe('This answer is not shown');
    const again = await askOn(worker, pagesUrl, stage.caseRef(1));
    expect(digits(again.html)).not.toContain(digits(number).slice(1));
    expect(wordsOf(again)).toContain('victim services have asked that it is not used');
    expect(again.html).not.toContain(BECAUSE);
  });

  it('all contact is stopped, the worker reads so, and lifting it lets her ask again', async () => {
    const { own } = await as('s.devi');
    const { own: worker } = await as('amara.lewis');
    const { check, done } = await take(own, `${safetyOf(5)}/block`, { what: 'all' });
    expect(wordsOf(check)).toContain('Victim services have stopped all contact on this case');
    expect(headingOf(done)).toBe('The block is set');
    const stopped = await worker.open(`${pagesUrl}/cases/${stage.caseRef(5)}`);
    expect(wordsOf(stopped)).toContain('Victim services have stopped all contact on this case');
    expect(stopped.$('a[role=button]')).toHaveLength(0);
    const page = await own.open(safetyOf(5));
    const lift = new URL(page.$('a:contains("Lift")').attr('href') ?? '', page.url).href;
    const lifted = await take(own, lift, {});
    expect(wordsOf(lifted.check)).toContain('Set bys.devi');
    expect(headingOf(lifted.done)).toBe('The block is lifted');
    const again = await own.open(lift);
    expect(wordsOf(again)).toContain('There is no such block on this case');
    const free = await worker.open(`${pagesUrl}/cases/${stage.caseRef(5)}`);
    expect(free.$('a[role=button]')).toHaveLength(1);
    const history = await own.open(safetyOf(5));
    expect(
      history
        .$('.moj-timeline__title')
        .map((_n, title) => history.$(title).text())
        .get(),
    ).toEqual(['Block lifted', 'Block set']);
  });

  it('sent twice, and from two tabs, a block is set once and lifted once', async () => {
    const { own } = await as('s.devi');
    const form = await own.open(`${safetyOf(7)}/block`);
    const check = await sendForm(own, form, { what: 'all', because: BECAUSE });
    const first = await sendForm(own, check, { step: 'do' });
    const second = await sendForm(own, check, { step: 'do' });
    expect(second.url).toBe(first.url);
    const page = await own.open(safetyOf(7));
    expect(page.$('.govuk-summary-card')).toHaveLength(1);
    const lift = new URL(page.$('a:contains("Lift")').attr('href') ?? '', page.url).href;
    const liftCheck = await sendForm(own, await own.open(lift), { because: BECAUSE });
    const otherTab = await sendForm(own, await own.open(lift), { because: BECAUSE });
    const lifted = await sendForm(own, liftCheck, { step: 'do' });
    expect(headingOf(await sendForm(own, liftCheck, { step: 'do' }))).toBe(headingOf(lifted));
    expect(wordsOf(await sendForm(own, otherTab, { step: 'do' }))).toContain('may have been lifted already');
    // The first form once more: the block is not set again.
    expect(headingOf(await sendForm(own, check, { step: 'do' }))).toBe('The block is set');
    expect((await own.open(safetyOf(7))).$('.govuk-summary-card')).toHaveLength(0);
  });

  it('P4: a contact is protected, comes out nowhere, and is protected no more when it is typed again', async () => {
    const { own: worker } = await as('amara.lewis');
    const answer = await askOn(worker, pagesUrl, stage.caseRef(11));
    const number = phoneIn(answer);
    const { own } = await as('s.devi');
    const protectedNow = await take(own, `${safetyOf(11)}/protect`, { kind: 'phone', value: number, whose: 'child' });
    expect(wordsOf(protectedNow.check)).toContain('A child’s');
    expect(headingOf(protectedNow.done)).toBe('The contact is protected');
    expect(headingOf(await worker.open(answer.url))).toBe('This answer is not shown');
    const again = await askOn(worker, pagesUrl, stage.caseRef(11));
    expect(digits(again.html)).not.toContain(digits(number).slice(1));
    const wrong = await take(own, `${safetyOf(11)}/unprotect`, { kind: 'phone', value: '07700 900999' });
    expect(errorsOf(wrong.done)[0]).toContain('This is not protected on this case');
    expect(await lastBodies(1)).toMatchObject([{ kind: 'page-viewed', code: 'nothing-to-change' }]);
    const ended = await take(own, `${safetyOf(11)}/unprotect`, {
      kind: 'phone',
      value: `0044${digits(number).slice(1)}`,
    });
    expect(headingOf(ended.done)).toBe('The contact is protected no more');
  });

  it.each([
    ['block', {}, 'Select what must not be used'],
    ['block', { what: 'phone', because: BECAUSE }, 'Enter a whole telephone number, like 07700 900123'],
    ['block', { what: 'phone', value: 'ask her sister', because: BECAUSE }, 'Enter a whole telephone number'],
    ['block', { what: 'address', value: '14 Mill Lane', because: BECAUSE }, 'its whole postcode'],
    ['block', { what: 'all', value: '07700 900123', because: BECAUSE }, 'Empty this for every way'],
    ['block', { what: 'all', because: 'short' }, 'Why must be 10 characters or more'],
    ['block', { what: 'all', because: 'x'.repeat(501) }, 'Why must be 500 characters or less'],
    ['block', { what: '__proto__', because: BECAUSE }, 'Select what must not be used'],
    ['protect', { kind: 'email', value: 'name@example.com', because: BECAUSE }, 'Select whose it is'],
    [
      'protect',
      { kind: 'phone', value: `07700 900123${' '.repeat(20)}${'1'.repeat(400)}`, whose: 'victim', because: BECAUSE },
      '400 characters',
    ],
    ['unprotect', { because: BECAUSE }, 'Select what kind of contact it is'],
  ] as const)('%s: %j has to be mended', async (slug, typed, text) => {
    const { own } = await as('s.devi');
    const page = await sendForm(own, await own.open(`${safetyOf(1)}/${slug}`), typed);
    expect([page.status, errorsOf(page)[0]]).toEqual([200, expect.stringContaining(text)]);
    expect(titleOf(page)).toMatch(/^Error: /u);
  });

  it('hostile words are text, and marks that turn words about are gone', async () => {
    const { own } = await as('s.devi');
    const hostile = '<script>alert(1)</script> {{ 7*7 }} \u202eevil\u0000 "onfocus=x';
    const check = await sendForm(own, await own.open(`${safetyOf(10)}/block`), { what: 'all', because: hostile });
    expect(check.$('main script, main [onfocus]')).toHaveLength(0);
    expect(check.html).not.toContain('\u202e');
    expect(wordsOf(check)).not.toContain('49');
    const done = await sendForm(own, check, { step: 'do' });
    expect(headingOf(done)).toBe('The block is set');
    const page = await own.open(safetyOf(10));
    expect(page.$('main script')).toHaveLength(0);
    expect(wordsOf(page)).toContain('<script>alert(1)</script> {{ 7*7 }} evil');
  });

  it('an expired session loses nothing that was typed, neither in the form nor when it is checked', async () => {
    const { own } = await as('s.devi');
    const form = await own.open(`${safetyOf(2)}/protect`);
    const typed = { kind: 'email', value: 'her.name@example.com', whose: 'victim', because: BECAUSE };
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendForm(own, form, typed);
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 's.devi' });
    expect(wordsOf(back)).toContain('What you typed is filled in again');
    expect(back.$('input[name=value]').attr('value')).toBe(typed.value);
    expect(back.url).not.toContain('her.name');
    const check = await sendForm(own, back, { value: back.$('input[name=value]').attr('value') ?? '' });
    expect(wordsOf(check)).toContain(typed.value);
  });

  it('P6: a case of which her service is no agency is answered and recorded as one that does not exist', async () => {
    const { own } = await as('s.devi');
    const none = stage.caseRef(4).replace(/\d{4}$/u, '9998');
    for (const rest of ['', '/block', '/lift', '/protect', '/unprotect', '/done/x']) {
      const others = await own.open(`${safetyOf(4)}${rest}`);
      const absent = await own.open(`${pagesUrl}/safety-blocks/${none}${rest}`);
      expect([others.status, absent.status]).toEqual([404, 404]);
      expect(others.html).toBe(absent.html);
    }
    const [others, absent] = await lastBodies(2);
    expect({ ...others, at: '', caseRef: '' }).toEqual({ ...absent, at: '', caseRef: '' });
  });

  it.each(['amara.lewis', 'helen.marsh', 'h.lindqvist', 'r.bell'])('P2: %s finds no such page', async (staffId) => {
    const { own } = await as(staffId);
    for (const rest of ['', `/${stage.caseRef(1)}`, `/${stage.caseRef(1)}/block`])
      expect((await own.open(`${pagesUrl}/safety-blocks${rest}`)).status).toBe(404);
  });

  it('P2: an adviser finds no worker’s page', async () => {
    const { own } = await as('s.devi');
    for (const rest of ['/cases', `/cases/${stage.caseRef(1)}`, `/cases/${stage.caseRef(1)}/request`])
      expect((await own.open(`${pagesUrl}${rest}`)).status).toBe(404);
  });
});

/** The link "Record what happened" of the first telephone number. */
const recordLink = (answer: Shown): string =>
  new URL(
    answer.$('.govuk-summary-card:has(h3:contains("Telephone")) .govuk-summary-card__actions a').first().attr('href') ??
      '',
    answer.url,
  ).href;

describe('what is on a worker’s screen when a block is set', () => {
  it('P4: is gone when the answer is opened again, when she records, and when she sends what she had open', async () => {
    const { own: worker } = await as('joseph.tate');
    await stage.partnership.putCase(withVictimServices(8));
    const answer = await askOn(worker, pagesUrl, stage.caseRef(8));
    const form = await worker.open(recordLink(answer));
    const check = await sendForm(worker, form, { outcome: 'no-answer' });
    expect(headingOf(check)).toBe('Check what you record');
    const { own } = await as('s.devi');
    await take(own, `${safetyOf(8)}/block`, { what: 'phone', value: phoneIn(answer) });
    expect(headingOf(await worker.open(answer.url))).toBe('This answer is not shown');
    const tries = [
      await worker.open(recordLink(answer)),
      await worker.open(check.url),
      await sendForm(worker, form, { outcome: 'reached-him' }),
      await sendForm(worker, check),
    ];
    for (const page of tries) {
      expect(headingOf(page)).toBe('This contact is not shown');
      expect(wordsOf(page)).toContain('This case has changed since you asked');
      expect(wordsOf(page)).not.toContain(`ending ${digits(phoneIn(answer)).slice(-3)}`);
      expect(page.$('main form, main input')).toHaveLength(0);
    }
    const attempts = await worker.open(`${pagesUrl}/cases/${stage.caseRef(8)}/attempts`);
    expect(wordsOf(attempts)).toContain('Nobody has recorded an attempt');
    // What must never be lost is recorded all the same.
    const stop = await sendForm(worker, form, { outcome: 'victim-answered-or-may-have' });
    expect(headingOf(stop)).toBe('Stop: do not use this contact again');
  });

  it('P4: while the agencies are still answering: the number is in no page that follows', async () => {
    const { own: worker } = await as('amara.lewis');
    await stage.partnership.putCase(withVictimServices(9));
    const before = await askOn(worker, pagesUrl, stage.caseRef(9));
    const number = phoneIn(before);
    expect(number).not.toBe('');
    let answers = (): void => undefined;
    heldBack = new Promise((resolve) => {
      answers = resolve;
    });
    const asked = stage.put.length;
    const asking = askOn(worker, pagesUrl, stage.caseRef(9));
    while (stage.put.length === asked) await new Promise((resolve) => setTimeout(resolve, 20));
    const { own } = await as('s.devi');
    await take(own, `${safetyOf(9)}/block`, { what: 'phone', value: number });
    heldBack = undefined;
    answers();
    const answer = await asking;
    expect(digits(answer.html)).not.toContain(digits(number).slice(1));
    expect(headingOf(answer)).toBe('This answer is not shown');
    const again = await askOn(worker, pagesUrl, stage.caseRef(9));
    expect(headingOf(again)).toBe('Contact details');
    expect(digits(again.html)).not.toContain(digits(number).slice(1));
    const unblocked = stage.cases[8];
    if (unblocked !== undefined) await stage.partnership.putCase(unblocked);
  });

  it('P4: set on one case it takes the same number from another case’s screen, and lifting it gives it back', async () => {
    const { own: worker } = await as('amara.lewis');
    const answer = await askOn(worker, pagesUrl, stage.caseRef(9));
    const number = phoneIn(answer);
    expect(number).not.toBe('');
    const { own } = await as('s.devi');
    await take(own, `${safetyOf(2)}/block`, { what: 'phone', value: number });
    const hidden = await worker.open(answer.url);
    expect(headingOf(hidden)).toBe('This answer is not shown');
    expect(headingOf(await worker.open(recordLink(answer)))).toBe('This contact is not shown');
    const again = await askOn(worker, pagesUrl, stage.caseRef(9));
    expect(digits(again.html)).not.toContain(digits(number).slice(1));
    expect(again.html).not.toContain(stage.caseRef(2));
    const blocks = await own.open(safetyOf(2));
    const lift = new URL(blocks.$('a:contains("Lift")').attr('href') ?? '', blocks.url).href;
    await take(own, lift, {});
    expect(phoneIn(await askOn(worker, pagesUrl, stage.caseRef(9)))).toBe(number);
  });
});

/** A case of the cast in which her service is an agency. */
function withVictimServices(number: number): CastCase {
  const kase = stage.cases[number - 1];
  if (kase === undefined) throw new Error('no such case');
  return { ...kase, agencies: [...new Set([...kase.agencies, 'riverton-idva'])] };
}

describe('the victim answered, or may have', () => {
  it('stands first in the pages of victim services until it is read; the worker reads who was told, and who read it', async () => {
    const { own: worker } = await as('amara.lewis');
    const answer = await askOn(worker, pagesUrl, stage.caseRef(7));
    const number = phoneIn(answer);
    const stop = await sendForm(worker, await worker.open(recordLink(answer)), {
      outcome: 'victim-answered-or-may-have',
    });
    expect(wordsOf(stop)).toContain('Riverton Victim Support has been told');
    expect(wordsOf(stop)).toContain('Nobody there has read it yet');
    const { own, first } = await as('s.devi');
    const unread = first.$('.moj-alert');
    expect(unread.text()).toContain(stage.caseRef(7));
    expect(unread.text()).toContain('recorded by amara.lewis of Riverton Council');
    expect(digits(first.html)).not.toContain(digits(number).slice(1));
    const page = await own.open(safetyOf(7));
    expect(digits(page.html)).not.toContain(digits(number).slice(1));
    const read = await sendForm(own, page);
    expect(wordsOf(read)).toContain('Read by s.devi of Riverton Victim Support');
    expect(read.$('main form')).toHaveLength(0);
    expect((await lastBodies(2))[0]).toMatchObject({
      kind: 'case-changed',
      changes: ['acknowledgements'],
      actor: { staffId: 's.devi' },
    });
    expect((await own.open(`${pagesUrl}/safety-blocks`)).$('.moj-alert').text()).not.toContain(stage.caseRef(7));
    expect(wordsOf(await worker.open(stop.url))).toContain('s.devi of Riverton Victim Support read it on');
  });

  it('where no victim services are on the case, the card says whom to ring instead', async () => {
    const { own: worker } = await as('amara.lewis');
    const answer = await askOn(worker, pagesUrl, stage.caseRef(9));
    const stop = await sendForm(worker, await worker.open(recordLink(answer)), {
      outcome: 'victim-answered-or-may-have',
    });
    expect(wordsOf(stop)).toContain('nobody has been told');
    expect(wordsOf(stop)).toContain('Ring the panel coordinator of Riverton Council now');
  });

  it.each(['nonsense', '00000000-0000-4000-8000-000000000009'])('acknowledging %s acknowledges nothing', async (id) => {
    const { own } = await as('s.devi');
    const page = await own.open(safetyOf(10));
    const formToken = page.$('footer input[name=formToken]').attr('value') ?? '';
    const sent = await own.send(safetyOf(10), { formToken, attemptId: id });
    expect([200, 404]).toContain(sent.status);
    expect(wordsOf(await own.open(safetyOf(10)))).not.toContain('Read by');
  });
});
