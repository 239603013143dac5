import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { askOn, errorsOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** W6: cases without a usable contact, and asking an agency to obtain one, without scripts. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function as(staffId: string): Promise<{ own: PlainBrowser; first: Shown }> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  return { own, first: await signIn(own, `${pagesUrl}/`, staffId) };
}
const lastBodies = async (count: number) => (await stage.entries()).slice(-count).map(({ body }) => body);
const gapOf = (number: number): string => `${pagesUrl}/contact-gaps/${stage.caseRef(number)}`;
const refsIn = ({ $ }: Shown): string[] =>
  $('tbody tr th')
    .map((_n, cell) => $(cell).text().trim())
    .get();

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('contact gaps', () => {
  const gapsOf = (staffId: string): string[] =>
    stage.cases
      .filter(({ category, allocatedTo }) => category === 'contact' && allocatedTo === staffId)
      .map(({ caseRef }) => caseRef)
      .reverse();

  it('a worker sees her own cases without a usable contact, the longest open first, with days and next step', async () => {
    const { own, first } = await as('amara.lewis');
    expect(first.$('nav a:contains("Contact gaps")').attr('href')).toBe('/contact-gaps');
    const page = await own.open(`${pagesUrl}/contact-gaps`);
    expect(headingOf(page)).toBe('Cases without a usable contact');
    expect(refsIn(page)).toEqual(gapsOf('amara.lewis'));
    expect(wordsOf(page)).toMatch(/Not yet, after \d+ days Nobody yet ?Ask an agency to obtain a contact/u);
    expect(wordsOf(page)).toContain('Without a usable contact');
    const body = { kind: 'page-viewed', page: 'contact-gaps', found: gapsOf('amara.lewis').length };
    expect(await lastBodies(1)).toMatchObject([body]);
  });

  it('the panel sees those of every worker, and how long it takes to reach somebody', async () => {
    const { own } = await as('helen.marsh');
    const page = await own.open(`${pagesUrl}/contact-gaps`);
    expect(refsIn(page).sort()).toEqual([...gapsOf('amara.lewis'), ...gapsOf('joseph.tate')].sort());
    expect(wordsOf(page)).toContain('Time to first usable contact, half of them');
  });

  it('raising one names the agency, is an entry, shows its state, and what the agency says is recorded', async () => {
    const { own } = await as('amara.lewis');
    const form = await own.open(gapOf(5));
    expect(
      form
        .$('main input[name=agency]')
        .map((_n, each) => form.$(each).attr('value'))
        .get(),
    ).toEqual(['police', 'probation', 'housing', 'health', 'childrens']);
    const none = await sendForm(own, form);
    expect([errorsOf(none), titleOf(none)]).toEqual([
      ['Select which agency is asked'],
      `Error: Contact gap on ${stage.caseRef(5)} – Holdfast`,
    ]);
    const raised = await sendForm(own, form, { agency: 'housing' });
    expect(wordsOf(raised)).toContain('Riverton Homes was asked by amara.lewis');
    expect((await lastBodies(2))[0]).toMatchObject({
      kind: 'case-changed',
      changes: ['contact-gap'],
      askedOf: 'housing',
      actor: { staffId: 'amara.lewis' },
    });
    // The same form once more, and the same agency from another tab: it is asked once.
    await sendForm(own, form, { agency: 'housing' });
    const once = await own.open(gapOf(5));
    expect(once.$('.govuk-summary-card')).toHaveLength(1);
    const list = await own.open(`${pagesUrl}/contact-gaps`);
    expect(wordsOf(list)).toMatch(/Riverton Homes ?Asked ?Asked on .* ?Ask the agency what came of it/u);
    // Two forms stand on the page: this one is the first.
    const requestId = once.$('main form').first().find('input[name=requestId]').attr('value') ?? '';
    const unsaid = await sendForm(own, once, { step: 'answer', requestId });
    expect(errorsOf(unsaid)).toEqual(['Select what the agency said']);
    const said = await sendForm(own, once, { step: 'answer', requestId, outcome: 'obtained' });
    expect(wordsOf(said)).toContain('Recorded by amara.lewis');
    expect(wordsOf(await own.open(`${pagesUrl}/contact-gaps`))).toContain('Request contact details again');
  });

  it('victim services are never asked to obtain a contact of his', async () => {
    const { own } = await as('amara.lewis');
    const form = await own.open(gapOf(1));
    expect(form.html).not.toContain('Riverton Victim Support');
    const sent = await sendForm(own, form, { agency: 'riverton-idva' });
    expect(errorsOf(sent)).toEqual(['Select which agency is asked']);
  });

  it('an answer without any contact leads here, and its best placed agency is offered first', async () => {
    const { own } = await as('joseph.tate');
    const answer = await askOn(own, pagesUrl, stage.caseRef(4));
    expect(answer.$('.holdfast-contact')).toHaveLength(0);
    const link = answer.$('a:contains("Raise a contact gap")').attr('href') ?? '';
    expect(link).toMatch(/^\/contact-gaps\/DAPG-\d{4}-0004\?from=[0-9a-f-]{36}$/u);
    const gap = await own.open(new URL(link, answer.url).href);
    expect(headingOf(gap)).toBe(`Contact gap on ${stage.caseRef(4)}`);
    const best = wordsOf(answer).includes('can best obtain a way');
    expect(gap.$('main input[name=agency][checked]')).toHaveLength(best ? 1 : 0);
    expect(wordsOf(gap).includes('Your last answer says')).toBe(best);
  });

  it('counts the days to the first usable contact of a case', async () => {
    const kase = stage.cases[8];
    if (kase === undefined) throw new Error('no such case');
    const seal = 'a'.repeat(43);
    const attempt = { sealedContact: { kind: 'phone', seal }, outcome: 'reached-him', at: kase.openedOn } as const;
    await stage.partnership.putCase({ ...kase, attempts: [attempt] });
    const { own } = await as('amara.lewis');
    const page = await own.open(`${pagesUrl}/contact-gaps`);
    expect(refsIn(page)).not.toContain(kase.caseRef);
    expect(wordsOf(page)).toMatch(new RegExp(`${kase.caseRef} ?After 0 days`, 'u'));
    expect(wordsOf(await own.open(gapOf(9)))).toContain('0 days after opening');
  });

  it('a case on hold is not to be asked about: the page says so and has no form', async () => {
    const { own } = await as('amara.lewis');
    const page = await own.open(gapOf(2));
    expect(wordsOf(page)).toContain('contact is not to be tried');
    expect(page.$('main form')).toHaveLength(0);
  });

  it('an expired session loses nothing', async () => {
    const { own } = await as('amara.lewis');
    const form = await own.open(gapOf(7));
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendForm(own, form, { agency: 'police' });
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'amara.lewis' });
    expect(back.$('main input[name=agency][checked]').attr('value')).toBe('police');
    expect(back.$('.govuk-summary-card')).toHaveLength(0);
  });

  it.each(['__proto__', '<script>', 'riverton-council', 'westmarsh-council'])(
    '%s is no agency to ask',
    async (agency) => {
      const { own } = await as('amara.lewis');
      const sent = await sendForm(own, await own.open(gapOf(11)), { agency });
      expect([sent.status, errorsOf(sent)]).toEqual([200, ['Select which agency is asked']]);
      expect(sent.$('main script')).toHaveLength(0);
    },
  );

  it('P6: another worker’s case is answered as one that does not exist, and advisers find no such page', async () => {
    const { own } = await as('amara.lewis');
    const others = await own.open(gapOf(4));
    const none = await own.open(`${pagesUrl}/contact-gaps/${stage.caseRef(4).replace(/\d{4}$/u, '9998')}`);
    expect([others.status, none.status]).toEqual([404, 404]);
    expect(others.html).toBe(none.html);
    const { own: adviser } = await as('s.devi');
    expect((await adviser.open(`${pagesUrl}/contact-gaps`)).status).toBe(404);
    expect((await adviser.open(gapOf(1))).status).toBe(404);
  });
});
