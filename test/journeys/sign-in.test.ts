import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStage, type Stage } from './stage.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';

/** Staff sign in at their own organisation, over HTTPS, against the gateway as production starts it. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

function browser(name?: string): PlainBrowser {
  const made = makePlainBrowser(stage.partnership.pki.authority.certificatePem, name);
  browsers.push(made);
  return made;
}

const tokenOf = ({ $ }: Shown): string => $('input[name=formToken]').first().attr('value') ?? '';
/** What the provider remembers would sign her in again without a word; what is asked here is whether we forgot. */
async function openWithoutProvider(own: PlainBrowser, url: string): Promise<Shown> {
  for (const host of own.cookies.keys()) if (`https://${host}` !== pagesUrl) own.cookies.delete(host);
  return own.open(url);
}

const headingOf = ({ $ }: Shown): string => $('h1').text();

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('signing in', () => {
  it('shows nobody anything before the identity provider has said who it is', async () => {
    const shown = await browser().open(`${pagesUrl}/cases`);
    expect(new URL(shown.url).origin).not.toBe(pagesUrl);
    expect(headingOf(shown)).toBe('Who are you?');
  });

  it('brings her back to the page she asked for, under her name, and records it (P1)', async () => {
    const page = await signIn(browser(), `${pagesUrl}/nowhere?a=1`, 'amara.lewis');
    expect(page.url).toBe(`${pagesUrl}/nowhere?a=1`);
    expect(page.$('.holdfast-footer').text()).toContain('Signed in as Amara Lewis, Riverton Council');
    const entries = await stage.entries();
    const last = entries.map(({ body }) => body).findLast(({ kind }) => kind === 'signed-in');
    expect(last).toMatchObject({ event: 'signed-in', actor: { staffId: 'amara.lewis', role: 'dai.daiw' } });
  });

  it('P2: a group that is not configured opens nothing', async () => {
    const page = await signIn(browser(), `${pagesUrl}/`, 't.quill');
    expect(page.status).toBe(403);
    expect(headingOf(page)).toBe('There is nothing here for you yet');
    expect(page.$('nav').text()).toBe('');
  });

  it('takes no for an answer from the provider', async () => {
    const page = await signIn(browser(), `${pagesUrl}/`, 'nobody');
    expect(page.status).toBe(403);
    expect(headingOf(page)).toBe('You are not signed in');
  });

  it('does not take somebody else’s way back: the state must be this browser’s', async () => {
    const attacker = browser();
    const choice = await attacker.open(`${pagesUrl}/cases`);
    const victim = browser();
    await victim.open(`${pagesUrl}/cases`);
    // The attacker signs in, and hands the last link to the victim: login as somebody else by a link.
    for (const [host, jar] of attacker.cookies) if (`https://${host}` === pagesUrl) jar.clear();
    const cut = await attacker.send(choice.url, { person: 'joseph.tate' });
    expect(headingOf(cut)).toBe('Sign in again');
    const planted = await victim.open(cut.url);
    expect(planted.status).toBe(403);
    expect(headingOf(planted)).toBe('You are not signed in');
  });

  it.each(['//evil.example', '/\\evil.example', 'https://evil.example/'])(
    'never sends her to %s after signing in',
    async (path) => {
      const page = await signIn(browser(), `${pagesUrl}/x?to=${encodeURIComponent(path)}`, 'amara.lewis');
      expect(new URL(page.url).origin).toBe(pagesUrl);
    },
  );
});

describe('a session', () => {
  it('is a cookie that scripts, other hosts and plain connections do not get', async () => {
    const own = browser();
    await signIn(own, `${pagesUrl}/`, 'amara.lewis');
    const names = [...(own.cookies.get(new URL(pagesUrl).host) ?? new Map<string, string>()).keys()];
    expect(names).toEqual(['__Host-holdfast']);
  });

  it('ends where its cookie turns up in another browser, for both', async () => {
    const own = browser('hers');
    await signIn(own, `${pagesUrl}/`, 'amara.lewis');
    const thief = browser('another');
    thief.cookies.set(new URL(pagesUrl).host, new Map(own.cookies.get(new URL(pagesUrl).host)));
    expect(headingOf(await thief.open(`${pagesUrl}/`))).toBe('Who are you?');
    expect(headingOf(await openWithoutProvider(own, `${pagesUrl}/`))).toBe('Who are you?');
  });

  it('is not opened by what lies in the database', async () => {
    await signIn(browser(), `${pagesUrl}/`, 'amara.lewis');
    const rest = await stage.everythingAtRest();
    expect(rest).not.toContain('Amara Lewis');
    const [, stored] = /staff_session[^]*?([A-Za-z0-9_-]{43})/.exec(rest) ?? [];
    const thief = browser();
    thief.cookies.set(new URL(pagesUrl).host, new Map([['__Host-holdfast', stored ?? '']]));
    expect(headingOf(await thief.open(`${pagesUrl}/`))).toBe('Who are you?');
  });

  it('signs out everywhere at once, on every machine', async () => {
    const [office, laptop] = [browser('office'), browser('laptop')];
    const page = await signIn(office, `${pagesUrl}/x`, 'joseph.tate');
    await signIn(laptop, `${pagesUrl}/x`, 'joseph.tate');
    await office.send(`${pagesUrl}/sign-out`, { formToken: tokenOf(page), everywhere: 'yes' });
    expect(headingOf(await openWithoutProvider(laptop, `${pagesUrl}/x`))).toBe('Who are you?');
    expect(headingOf(await openWithoutProvider(office, `${pagesUrl}/x`))).toBe('Who are you?');
  });
});

describe('signing out', () => {
  it('P8: leads to the provider by an address that names nobody, whatever lies in logs on the way', async () => {
    const own = browser();
    const page = await signIn(own, `${pagesUrl}/x`, 'amara.lewis');
    const left = await own.send(`${pagesUrl}/sign-out`, { formToken: tokenOf(page) });
    const address = new URL(left.url);
    expect(address.origin).toBe(stage.partnership.identityUrl);
    expect([...address.searchParams.keys()].sort()).toEqual(['client_id', 'post_logout_redirect_uri']);
    expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${pagesUrl}/signed-out`);
    expect(left.url).not.toMatch(/eyJ/u);
  });
});

describe('forms from elsewhere', () => {
  it.each([
    ['without a token', () => ({}), {}],
    ['with another session’s token', () => ({ formToken: 'x'.repeat(43) }), {}],
    ['from another site', (token: string) => ({ formToken: token }), { 'sec-fetch-site': 'cross-site' }],
    ['with another origin', (token: string) => ({ formToken: token }), { origin: 'https://evil.example' }],
  ])('are not accepted %s', async (_name, fields, headers) => {
    const own = browser();
    const page = await signIn(own, `${pagesUrl}/x`, 'helen.marsh');
    const refused = await own.send(`${pagesUrl}/sign-out`, fields(tokenOf(page)), headers);
    expect(refused.status).toBe(403);
    expect(headingOf(refused)).toBe('This form was not accepted');
    expect((await own.open(`${pagesUrl}/x`)).$('.holdfast-footer').text()).toContain('Helen Marsh');
  });
});

describe('every page', () => {
  it('carries the policy that runs nothing but ours, and is kept nowhere', async () => {
    const page = await signIn(browser(), `${pagesUrl}/x`, 'amara.lewis');
    const policy = String(page.headers['content-security-policy']);
    for (const rule of [
      "default-src 'none'",
      "script-src 'self'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ])
      expect(policy).toContain(rule);
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.$('[style], script:not([src])')).toHaveLength(0);
  });

  it('finds no path of the agencies’ interface, and agencies find no page', async () => {
    const own = browser();
    await signIn(own, `${pagesUrl}/x`, 'amara.lewis');
    expect((await own.open(`${pagesUrl}/v1/keys`)).status).toBe(404);
    expect((await own.open(`${pagesUrl}/openapi.json`)).status).toBe(404);
  });
});
