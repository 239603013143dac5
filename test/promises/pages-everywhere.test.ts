import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { encoded, filled, type FoundForm, type SeenPage } from '../journeys/explore-pages.ts';
import { headingOf, wordsOf } from '../journeys/pages-worker.ts';
import { pageRoutes } from '../journeys/page-routes.ts';
import type { Shown } from '../journeys/plain-browser.ts';
import { connectTo } from '../database-address.ts';
import { castCases } from '../population/cast-cases.ts';
import { today } from '../journeys/stage.ts';
import { oneOfEach, openPagesGround, type PagesGround } from './pages-ground.ts';
import { attackForms } from './pages-forms.suite.ts';
import { lookAtPages } from './pages-screen.suite.ts';

/**
 * What every page holds, whoever made it and whatever it shows. Pages are read off the router and come to by following
 * links and sending forms, so nobody has to remember to name a new one here.
 */

let ground: PagesGround;
let pages: readonly SeenPage[];
let forms: readonly FoundForm[];

/** A case that another council leads: there, and nobody's of these. */
const ELSEWHERE = `DAPG-${today().slice(0, 4)}-0777`;
const NOWHERE = `DAPG-${today().slice(0, 4)}-0999`;

beforeAll(async () => {
  ground = await openPagesGround();
  const [first] = castCases(today());
  if (first === undefined) throw new Error('the cast has no case');
  await ground.stage.partnership.putCase({
    ...first,
    caseRef: ELSEWHERE,
    leadAgency: 'westmarsh-council',
    agencies: ['westmarsh-council'],
  });
  pages = oneOfEach(ground.pages);
  forms = oneOfEach(ground.forms);
}, 400_000);
afterAll(() => ground.close());

const entryCount = async (): Promise<number> => (await ground.stage.entries()).length;
const bodyOf = (fields: Readonly<Record<string, string>>): string => new URLSearchParams(fields).toString();
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

function post(form: FoundForm, fields: Readonly<Record<string, string>>, headers = {}): Promise<Shown> {
  return ground
    .browserOf(form.who)
    .once('POST', form.action, { body: bodyOf(fields), headers: { ...FORM, ...headers } });
}

/** Runs a judgement over all and gives what is wrong, each with where it was found: one broken page hides no other. */
async function faultsOver<T extends { readonly route: string; readonly who: string }>(
  all: readonly T[],
  judge: (each: T) => Promise<readonly string[]>,
): Promise<string[]> {
  const faults: string[] = [];
  for (const each of all) faults.push(...(await judge(each)).map((fault) => `${each.route} as ${each.who}: ${fault}`));
  return faults;
}

/** Routes that nobody comes to by links and forms, each with the reason. */
const NOT_COME_TO = new Set([
  'POST /meetings/:id', // where a pack was broken off: its own journey breaks one off
  '/', // leads on to the first page of a role
  '/sign-in/return', // from the identity provider alone
  '/signed-out', // after the session has ended
]);

describe('every page and form', () => {
  it('is come to by somebody, so that none is left out below', () => {
    const seen = new Set(pages.map(({ route }) => route));
    const sent = new Set(['/sign-out', ...forms.map(({ route }) => route)]);
    const left = pageRoutes().filter(({ method, path }) =>
      method === 'GET'
        ? !seen.has(path) && !NOT_COME_TO.has(path)
        : !sent.has(path) && !NOT_COME_TO.has(`POST ${path}`),
    );
    expect(left).toEqual([]);
  });

  it('is kept nowhere, runs nothing of others, and has its heading as its title', async () => {
    const faults = await faultsOver(pages, ({ shown }) => {
      const { headers, $, html } = shown;
      const policy = String(headers['content-security-policy']);
      return Promise.resolve([
        ...(headers['cache-control'] === 'no-store' ? [] : ['may be kept']),
        ...(policy.includes("default-src 'none'") && policy.includes("require-trusted-types-for 'script'")
          ? []
          : ['policy']),
        ...($('script:not([src]), style, [style], [onclick]').length === 0 ? [] : ['something inline']),
        ...($('title')
          .text()
          .endsWith(`${headingOf(shown)} – Holdfast`)
          ? []
          : ['title']),
        ...(/<a [^>]*href="(?:tel|mailto|javascript):/iu.test(html) ? ['a link that leaves a value elsewhere'] : []),
      ]);
    });
    expect(faults).toEqual([]);
  });
});

describe('without a session', () => {
  it('every page sends to sign-in, shows nothing and is kept nowhere', async () => {
    const stranger = ground.stranger();
    const open = new Set(['/help', '/accessibility']);
    const faults = await faultsOver(
      pages.filter(({ route }) => !open.has(route)),
      async ({ url }) => {
        const { status, headers, html } = await stranger.once('GET', url);
        const goesTo = String(headers['location'] ?? '');
        return [
          ...(status === 303 && goesTo.startsWith(ground.stage.partnership.identityUrl ?? '!') ? [] : [`${status}`]),
          ...(headers['cache-control'] === 'no-store' ? [] : ['may be kept']),
          ...(html.length < 1_000 && !/DAPG-/u.test(html) ? [] : ['shows something']),
        ];
      },
    );
    expect(faults).toEqual([]);
  });

  it('no form does anything', async () => {
    const stranger = ground.stranger();
    const before = await entryCount();
    const faults = await faultsOver(forms, async (form) => {
      const { body, type } = encoded(form, filled(form));
      const sent = await stranger.once('POST', form.action, { body, headers: { 'content-type': type } });
      return sent.status === 303 && !sent.html.includes('DAPG-') ? [] : [`${sent.status}`];
    });
    expect(faults).toEqual([]);
    expect(await entryCount()).toBe(before);
  });
});

describe('a form that is not from a page of this session', () => {
  const strange: readonly (readonly [string, (form: FoundForm, others: string) => Promise<Shown>])[] = [
    ['without a token', (form) => post(form, { ...filled(form), formToken: '' })],
    ['with the token of somebody else', (form, others) => post(form, { ...filled(form), formToken: others })],
    [
      'from another site, by its fetch metadata',
      (form) => post(form, filled(form), { 'sec-fetch-site': 'cross-site' }),
    ],
    ['from a sister site', (form) => post(form, filled(form), { 'sec-fetch-site': 'same-site' })],
    ['from another origin', (form) => post(form, filled(form), { origin: 'https://evil.example' })],
    ['as JSON', (form) => sendRaw(form, JSON.stringify(filled(form)), 'application/json')],
    ['as plain text', (form) => sendRaw(form, encoded(form, filled(form)).body, 'text/plain')],
  ];
  const sendRaw = (form: FoundForm, body: string | Buffer, type: string): Promise<Shown> =>
    ground.browserOf(form.who).once('POST', form.action, { body, headers: { 'content-type': type } });

  it.each(strange)('%s: refused, and nothing is done', async (_name, send) => {
    const before = await entryCount();
    const faults = await faultsOver(forms, async (form) => {
      const others = forms.find(({ who, fields }) => who !== form.who && fields['formToken'] !== undefined);
      const refused = await send(form, others?.fields['formToken'] ?? 'none');
      return refused.status === 403 && headingOf(refused) === 'This form was not accepted' ? [] : [`${refused.status}`];
    });
    expect(faults).toEqual([]);
    expect(await entryCount()).toBe(before);
  });
});

const withRef = (url: string, ref: string): string => url.replaceAll(/DAPG-\d{4}-\d{4,6}/gu, ref);
const isAboutCase = ({ url }: { readonly url: string }): boolean => /\/DAPG-\d{4}-\d{4,6}/u.test(new URL(url).pathname);

describe('P6: a case that is not theirs', () => {
  it('is answered at every page, byte for byte, as one that does not exist', async () => {
    const about = pages.filter(isAboutCase);
    expect(about.length).toBeGreaterThan(5);
    const faults = await faultsOver(about, async ({ who, url }) => {
      const browser = ground.browserOf(who);
      const others = await browser.once('GET', withRef(url, ELSEWHERE));
      const none = await browser.once('GET', withRef(url, NOWHERE));
      return sameness(others, none);
    });
    expect(faults).toEqual([]);
  });

  it('takes no form, and says what one says that does not exist', async () => {
    const about = forms.filter(({ action }) => isAboutCase({ url: action }));
    expect(about.length).toBeGreaterThan(3);
    const faults = await faultsOver(about, async (form) => {
      const others = await post({ ...form, action: withRef(form.action, ELSEWHERE) }, filled(form));
      const none = await post({ ...form, action: withRef(form.action, NOWHERE) }, filled(form));
      return sameness(others, none);
    });
    expect(faults).toEqual([]);
  });

  function sameness(others: Shown, none: Shown): string[] {
    const plain = (page: Shown): string => JSON.stringify({ ...page.headers, date: '' });
    return [
      ...(others.status === 404 && none.status === 404 ? [] : [`${others.status} and ${none.status}`]),
      ...(others.html === none.html ? [] : ['differ']),
      ...(plain(others) === plain(none) ? [] : ['headers differ']),
    ];
  }
});

lookAtPages(() => ground);

describe('P1: while the log cannot be written', () => {
  /** Words alone, empty forms, and the days of meetings: nothing about anybody is on them. */
  const SILENT = new Set([
    '/help',
    '/accessibility',
    '/register/new',
    '/register/import',
    '/meetings',
    '/meetings/new',
  ]);

  async function withoutLog<T>(during: () => Promise<T>): Promise<T> {
    const owner = await connectTo(ground.stage.database.ownerUrl);
    const { rows } = await owner.query<{ name: string }>(
      "select oid::regprocedure::text as name from pg_proc where proname = 'append_entries'",
    );
    const all = rows.map(({ name }) => name).join(', ');
    await owner.query(`revoke execute on function ${all} from holdfast_gateway`);
    try {
      return await during();
    } finally {
      await owner.query(`grant execute on function ${all} to holdfast_gateway`);
      await owner.end();
    }
  }

  it('every page says so and what to do, and shows nothing', async () => {
    const faults = await withoutLog(() =>
      faultsOver(
        pages.filter(({ route }) => !SILENT.has(route)),
        async ({ who, url }) => judge(await ground.browserOf(who).once('GET', url)),
      ),
    );
    expect(faults).toEqual([]);
  });

  it('no form does anything', async () => {
    const before = await entryCount();
    const faults = await withoutLog(() =>
      faultsOver(forms, async (form) => {
        const sent = await post(form, filled(form));
        // What is wrong with a form may be said, what was sent shown again to be checked, and where to go on.
        const known = `${JSON.stringify(filled(form))} ${formPageOf(form)}`;
        const news = valuesIn(sent.$('main').html() ?? '').filter((value) => !known.includes(value));
        return sent.status < 500 || sent.status === 503 ? news.map(() => 'shows something') : [`${sent.status}`];
      }),
    );
    expect(faults).toEqual([]);
    expect(await entryCount()).toBe(before);
  });

  /** Whatever on a page could be about a person: numbers that ring, references, names of the cast. */
  const valuesIn = (html: string): string[] =>
    [...html.matchAll(/07700[ \d]+\d|MARAC-[\d-]+|Okoro|Daniel/gu)].map(([each]) => each);
  const formPageOf = ({ pageUrl, who }: FoundForm): string =>
    ground.pages
      .filter((each) => each.url === pageUrl && each.who === who)
      .map(({ shown }) => shown.html)
      .join();

  it('and afterwards they are there again', async () => {
    const [page] = pages.filter(({ route }) => route === '/cases');
    if (page === undefined) throw new Error('nobody has cases');
    expect((await ground.browserOf(page.who).open(page.url)).status).toBe(200);
  });

  function judge(page: Shown): string[] {
    return [
      ...(page.status === 503 ? [] : [`${page.status} ${headingOf(page)}`]),
      ...(/try again|ask again/iu.test(wordsOf(page)) ? [] : ['does not say what to do']),
      ...valuesIn(page.$('main').html() ?? '').map(() => 'shows something'),
    ];
  }
});

attackForms(() => ground);
