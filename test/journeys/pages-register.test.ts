import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { errorsOf, headingOf, titleOf, wordsOf } from './pages-worker.ts';
import { filledForm, sendFilled, threeOf } from './pages-panel.ts';
import { openStage, today, type Stage } from './stage.ts';

/** The coordinator's cases: finding one, what was decided, deciding, opening, without scripts. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function person(staffId = 'helen.marsh'): Promise<PlainBrowser> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  await signIn(own, `${pagesUrl}/`, staffId);
  return own;
}

const lastBodies = async (count: number) => (await stage.entries()).slice(-count).map(({ body }) => body);
const at = (number: number, rest = ''): string => `${pagesUrl}/register/${stage.caseRef(number)}${rest}`;
const rowsOf = ({ $ }: Shown): string[] =>
  $('tbody th')
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

describe('the panel’s cases', () => {
  it('is where a coordinator begins, with every open case and closed ones on request', async () => {
    const own = await person();
    const first = await own.open(`${pagesUrl}/`);
    expect([first.url, headingOf(first)]).toEqual([`${pagesUrl}/register`, 'Cases']);
    expect(rowsOf(first)).toHaveLength(11);
    const closed = await own.open(`${pagesUrl}/register?category=closed`);
    expect(rowsOf(closed)).toEqual([stage.caseRef(12)]);
    expect(await lastBodies(1)).toMatchObject([{ kind: 'page-viewed', page: 'register', found: 1 }]);
  });

  it('narrows by state, worker and review, all of it in the address', async () => {
    const own = await person();
    const held = await own.open(`${pagesUrl}/register?category=hold`);
    expect(rowsOf(held)).toEqual([stage.caseRef(2)]);
    const josephs = await own.open(`${pagesUrl}/register?worker=joseph.tate&category=contact`);
    expect(rowsOf(josephs)).toEqual([4, 6, 8, 10].map((number) => stage.caseRef(number)));
    expect(rowsOf(await own.open(`${pagesUrl}/register?review=overdue`))).toEqual([]);
    const wrong = await own.open(`${pagesUrl}/register?worker=%3Cb%3EJoseph&category=nonsense&review=x&after=%00`);
    expect(errorsOf(wrong)).toEqual([
      'Enter the worker’s staff number as your organisation writes it, like amara.lewis',
    ]);
    expect(titleOf(wrong)).toBe('Error: Cases – Holdfast');
    expect(rowsOf(wrong)).toHaveLength(11);
    expect(wrong.html).not.toContain('<b>Joseph');
  });

  it('finds a case by its reference alone; P6: another’s is answered and recorded as one that does not exist', async () => {
    const own = await person();
    const found = await own.open(`${pagesUrl}/register?ref=${stage.caseRef(3).toLowerCase()}`);
    expect(found.url).toBe(at(3));
    const kase = stage.cases[3];
    if (kase === undefined) throw new Error('no such case');
    const foreign = {
      ...kase,
      caseRef: 'WEST-2026-0001',
      leadAgency: 'westmarsh-council',
      agencies: ['westmarsh-council'],
    };
    await stage.partnership.putCase(foreign);
    const shared = { ...foreign, caseRef: 'WEST-2026-0002', agencies: ['westmarsh-council', 'riverton-council'] };
    await stage.partnership.putCase(shared);
    const answers = await Promise.all(
      ['WEST-2026-0001', 'WEST-2026-0002', 'WEST-2026-9999'].map(async (ref) => {
        const page = await own.open(`${pagesUrl}/register?ref=${ref}`);
        return [page.status, page.html.replaceAll(ref, '')];
      }),
    );
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1);
    const direct = await Promise.all(
      ['WEST-2026-0001', 'WEST-2026-0002', 'WEST-2026-9999'].flatMap((ref) =>
        ['', '/category', '/nonsense'].map((rest) => own.open(`${pagesUrl}/register/${ref}${rest}`)),
      ),
    );
    expect(new Set(direct.map(({ status, html }) => `${status} ${html}`)).size).toBe(1);
    expect(direct[0]?.status).toBe(404);
    const nobody = await own.open(`${pagesUrl}/register?ref=Daniel+Okoro`);
    expect(errorsOf(nobody)).toEqual(['Enter a whole case reference, like DAPG-2026-0042']);
  });

  it('P2: is nobody’s but the panel’s: a worker of the case, an officer and somebody without a role find no page', async () => {
    for (const staffId of ['amara.lewis', 'r.bell', 's.devi', 't.quill']) {
      const own = await person(staffId);
      for (const rest of [
        '/register',
        '/register/new',
        `/register/${stage.caseRef(1)}`,
        `/register/${stage.caseRef(1)}/category`,
      ]) {
        const page = await own.open(`${pagesUrl}${rest}`);
        expect([staffId, rest, page.status, headingOf(page)]).toEqual([staffId, rest, 404, 'Page not found']);
      }
    }
  });
});

describe('deciding', () => {
  it('changes the state: a form, its answers to check, the entry, and the history with who, when and why', async () => {
    const own = await person();
    const form = await own.open(at(4, '/category'));
    expect(headingOf(form)).toBe('Change the state');
    expect(form.$('input[name=to]')).toHaveLength(2);
    expect(wordsOf(form)).toContain('Police were not asked within the last 31 days');
    const none = await sendFilled(own, form);
    expect(errorsOf(none)).toEqual(['Select what the panel decided', 'Enter why the panel decided so']);
    const check = await sendFilled(own, none, { to: 'hold', because: 'In <b>prison</b> until {{ spring }}' });
    expect(headingOf(check)).toBe('Check before you record it');
    expect(check.$('.holdfast-written').text()).toContain('In <b>prison</b> until {{ spring }}');
    const changed = await sendFilled(own, check, { step: 'change' });
    expect(filledForm(changed)).toMatchObject({ to: 'hold', because: 'In <b>prison</b> until {{ spring }}' });
    const done = await sendFilled(own, check, { step: 'record' });
    expect(done.url).toBe(at(4, '?done=category'));
    expect(wordsOf(done)).toContain('The panel’s decision is recorded.');
    expect(wordsOf(done)).toContain('helen.marsh (Coordinator of the perpetrator group, Riverton Council)');
    expect(wordsOf(done)).toContain('Why: In <b>prison</b> until {{ spring }}');
    expect(await lastBodies(2)).toMatchObject([
      { kind: 'case-changed', changes: ['category'], category: { from: 'contact', to: 'hold' } },
      { kind: 'page-viewed', page: 'register' },
    ]);
    // Sent again, as a second press or a reload does: it is done once.
    const again = await sendFilled(own, check, { step: 'record' });
    expect(again.url).toBe(done.url);
    expect(again.$('.moj-timeline__title:contains("Contact to Hold")')).toHaveLength(1);
  });

  it('two tabs: what somebody else decided meanwhile is said in a sentence, and nothing typed is lost', async () => {
    const [own, chair] = await Promise.all([person(), person('h.lindqvist')]);
    const mine = await own.open(at(6, '/category'));
    const his = await chair.open(at(6, '/category'));
    const hisCheck = await sendFilled(chair, his, { to: 'monitor', because: 'She asked for time' });
    const myCheck = await sendFilled(own, mine, { to: 'hold', because: 'On remand since Tuesday' });
    await sendFilled(chair, hisCheck, { step: 'record' });
    const told = await sendFilled(own, myCheck, { step: 'record' });
    expect(errorsOf(told)).toEqual([expect.stringContaining('Somebody changed this case after you opened it')]);
    expect(wordsOf(told)).toContain('The case is now: Monitor');
    expect(filledForm(told)).toMatchObject({ to: 'hold', because: 'On remand since Tuesday' });
    const check = await sendFilled(own, told);
    const done = await sendFilled(own, check, { step: 'record' });
    expect(wordsOf(done)).toContain('Monitor to Hold');
  });

  it('a session that ended while she typed loses nothing', async () => {
    const own = await person();
    const form = await own.open(at(9, '/category'));
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendFilled(own, form, { to: 'monitor', because: 'The risk rose on Sunday' });
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'helen.marsh' });
    expect(headingOf(back)).toBe('Change the state');
    expect(filledForm(back)).toMatchObject({ to: 'monitor', because: 'The risk rose on Sunday' });
    expect(wordsOf(back)).toContain('What you typed is filled in again');
  });

  it('closes only by a rule that holds, and what is missing is said of the other', async () => {
    const [own, chair] = await Promise.all([person(), person('h.lindqvist')]);
    const hers = await own.open(at(8, '/category'));
    expect(wordsOf(hers)).toContain('Only the chair can say this for the panel.');
    const forged = await sendFilled(own, hers, {
      to: 'closed:cannot-mitigate-further',
      because: 'No more can be done',
    });
    expect(errorsOf(forged)).toEqual(['Select what the panel decided']);
    const his = await chair.open(at(8, '/category'));
    const check = await sendFilled(chair, his, {
      to: 'closed:cannot-mitigate-further',
      because: 'No more can be done',
    });
    const done = await sendFilled(chair, check, { step: 'record' });
    expect(done.$('.govuk-tag').first().text()).toBe('Closed');
    expect(wordsOf(done)).toContain('Closed because: The panel can mitigate the risk no further.');
    expect(wordsOf(done)).toContain('Not possible now');
    const closed = await own.open(at(8, '/category'));
    expect(wordsOf(closed)).toContain('A further MARAC referral opens it again.');
  });

  it('a further referral opens a closed case again, without a state', async () => {
    const own = await person();
    const form = await own.open(at(12, '/referral'));
    const day = today();
    const typed = { maracReference: `MARAC-${day}-77`, criterion: 'repeat', ...threeOf('referredOn', day) };
    const check = await sendFilled(own, form, typed);
    expect(wordsOf(check)).toContain('The case is open again');
    const done = await sendFilled(own, check, { step: 'record' });
    expect(done.$('.govuk-tag').first().text()).toBe('No category yet');
    const second = await sendFilled(own, check, { step: 'record' });
    expect(second.url).toBe(done.url);
    const same = await sendFilled(own, await own.open(at(12, '/referral')), typed);
    const refusedTwice = await sendFilled(own, same, { step: 'record' });
    expect(errorsOf(refusedTwice)).toEqual([expect.stringContaining('The case has this MARAC reference already')]);
  });

  it('allocates, sets the team and the agencies, records a review and what police said', async () => {
    const own = await person();
    const record = async (slug: string, typed: Readonly<Record<string, string>>): Promise<Shown> => {
      const check = await sendFilled(own, await own.open(at(11, `/${slug}`)), typed);
      return sendFilled(own, check, { step: 'record' });
    };
    expect(wordsOf(await record('worker', { worker: 'joseph.tate' }))).toContain('Workerjoseph.tate');
    expect(wordsOf(await record('team', { team: 'helen.marsh\namara.lewis' }))).toContain(
      'Teamhelen.marsh, amara.lewis',
    );
    expect(wordsOf(await record('agencies', { 'agency-riverton-idva': 'yes' }))).toContain('Riverton Victim Support');
    expect(wordsOf(await record('review', { looked: 'yes' }))).toContain('The state was left as it was.');
    const asked = await record('police-check', { reported: 'yes', ...threeOf('lastReported', '2026-01-31') });
    expect(wordsOf(asked)).toContain('Domestic abuse was last reported to them on 31 January 2026.');
    const kinds = (await stage.entries()).map(({ body }) => body).filter(({ kind }) => kind === 'case-changed');
    expect(kinds.slice(-5)).toMatchObject(
      [['allocated-to'], ['team'], ['agencies'], ['reviews'], ['police-checks']].map((changes) => ({ changes })),
    );
  });

  it.each([
    ['worker', { worker: '' }, 'Enter the worker’s staff number, like amara.lewis'],
    ['worker', { worker: '=cmd|calc' }, 'Enter the worker’s staff number, like amara.lewis'],
    ['team', { team: 'amara.lewis\n<script>' }, 'Person 2: enter the staff number, like joseph.tate'],
    ['team', { team: Array.from({ length: 51 }, (_v, n) => `w${n}`).join('\n') }, 'Enter 50 people at most'],
    ['review', {}, 'Select whether the panel leaves the case as it is'],
    ['police-check', { reported: 'yes' }, 'Enter the day on which it was last reported'],
    [
      'police-check',
      { reported: 'yes', 'lastReported-day': '31', 'lastReported-month': '2', 'lastReported-year': '2026' },
      'Enter the day on which it was last reported',
    ],
    ['category', { to: 'none', because: 'Because I can' }, 'Select what the panel decided'],
    [
      'category',
      { to: 'monitor', because: 'x'.repeat(2_001) },
      'Why the panel decided so must be 2,000 characters or less',
    ],
    [
      'category',
      { to: 'monitor', because: 'safe \u202Eevil' },
      'Why the panel decided so must not hold characters that hide or turn words: type it again',
    ],
  ])('%s: what cannot be is said beside its field, and nothing is recorded (%#)', async (slug, typed, error) => {
    const own = await person();
    const before = (await stage.entries()).filter(({ body }) => body.kind === 'case-changed').length;
    const form = await own.open(at(10, `/${slug}`));
    const page = await sendFilled(own, form, { ...typed, step: 'record' });
    expect(errorsOf(page)).toEqual([error]);
    expect(titleOf(page)).toMatch(/^Error: /u);
    expect((await stage.entries()).filter(({ body }) => body.kind === 'case-changed')).toHaveLength(before);
  });
});

describe('opening a case', () => {
  const day = today();
  const referral = {
    caseRef: 'DAPG-2026-0777',
    maracReference: `MARAC-${day}-5`,
    criterion: 'high-harm',
    ...threeOf('referredOn', day),
    given: 'Ambrose',
    family: 'O’Neill-Żak',
    ...threeOf('born', '1980-02-29'),
    postcode: 'rv1 2ab',
    'agency-police': 'yes',
  };

  it('from a referral: checked, opened once, and found again', async () => {
    const own = await person();
    const form = await own.open(`${pagesUrl}/register/new`);
    const none = await sendFilled(own, form);
    expect(errorsOf(none)).toHaveLength(6);
    const check = await sendFilled(own, none, referral);
    expect(wordsOf(check)).toContain('29 February 1980');
    expect(wordsOf(check)).toContain('High harm: serious harm or homicide is likely');
    const opened = await sendFilled(own, check, { step: 'record' });
    expect(wordsOf(opened)).toContain('The case is opened.');
    expect(opened.$('.govuk-tag').first().text()).toBe('No category yet');
    expect(await lastBodies(2)).toMatchObject([{ kind: 'case-changed', changes: ['opened'] }, { page: 'register' }]);
    const again = await sendFilled(own, check, { step: 'record' });
    expect(again.url).toBe(opened.url);
    const taken = await sendFilled(own, form, { ...referral, maracReference: `MARAC-${day}-6`, step: 'record' });
    expect(errorsOf(taken)).toEqual(['This case reference is taken. Enter another']);
    expect(filledForm(taken)).toMatchObject({ given: 'Ambrose', 'agency-police': 'yes' });
  });

  it.each([
    ['caseRef', { caseRef: 'Daniel Okoro' }],
    ['given', { given: '=HYPERLINK("x")' }],
    ['given', { given: '<script>alert(1)</script>' }],
    ['family', { family: 'x'.repeat(101) }],
    ['postcode', { postcode: 'nowhere' }],
    ['pnc', { pnc: '12' }],
    ['referredOn', threeOf('referredOn', '2999-01-01')],
    ['born', threeOf('born', '2026-02-30')],
    ['maracReference', { maracReference: '{{ 7*7 }}' }],
    ['criterion', { criterion: 'any' }],
  ])('refuses a wrong %s beside its field (%#)', async (field, wrong) => {
    const own = await person();
    const form = await own.open(`${pagesUrl}/register/new`);
    const page = await sendFilled(own, form, { ...referral, ...wrong, step: 'record' });
    expect(errorsOf(page)).toHaveLength(1);
    expect(page.$('.govuk-error-summary__list a').attr('href')).toMatch(new RegExp(`^#${field}`, 'u'));
    expect(page.html).not.toContain('<script>alert');
  });
});
