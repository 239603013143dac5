import { load, type CheerioAPI } from 'cheerio';
import { Agent, request } from 'undici';

/** A browser without scripts: keeps cookies by host, follows redirects, sends forms. For journeys that need no screen. */

export interface Shown {
  readonly url: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly html: string;
  readonly $: CheerioAPI;
}

export interface PlainBrowser {
  readonly cookies: Map<string, Map<string, string>>;
  open(url: string, headers?: Readonly<Record<string, string>>): Promise<Shown>;
  /** Sends fields as a form of the page at `from` would. */
  send(
    url: string,
    fields: Readonly<Record<string, string>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Shown>;
  /** Sends a body of another kind, and follows where it leads. */
  sendBody(url: string, body: string, type: string): Promise<Shown>;
  /** One request exactly as told, with this browser's cookies and no others; a redirect is shown, not followed. */
  once(method: 'GET' | 'POST', url: string, sent?: Sent): Promise<Shown>;
  close(): Promise<void>;
}

/** What a request of `once` carries. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const REDIRECTS_MAX = 12;

/** @param hear is told everything that comes: address, headers and body of each answer, also of redirects */
export function makePlainBrowser(
  ca: string,
  agentName = 'plain browser',
  hear: (all: string) => void = () => undefined,
): PlainBrowser {
  const agent = new Agent({ connect: { ca } });
  const cookies = new Map<string, Map<string, string>>();

  async function once(
    url: URL,
    method: 'GET' | 'POST',
    body: string | Buffer | undefined,
    extra: Readonly<Record<string, string>>,
  ) {
    const jar = cookies.get(url.host) ?? new Map<string, string>();
    cookies.set(url.host, jar);
    const answer = await request(url, {
      method,
      dispatcher: agent,
      headers: {
        'user-agent': agentName,
        ...(jar.size === 0 ? {} : { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }),
        ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...extra,
      },
      ...(body === undefined ? {} : { body }),
    });
    for (const line of [answer.headers['set-cookie'] ?? []].flat()) keepCookie(jar, line);
    const html = await answer.body.text();
    hear(`${url.href}\n${JSON.stringify(answer.headers)}\n${html}`);
    return { answer, html };
  }

  async function follow(
    start: string,
    method: 'GET' | 'POST',
    body?: string,
    extra: Readonly<Record<string, string>> = {},
  ) {
    let url = new URL(start);
    let seen = await once(url, method, body, extra);
    for (let count = 0; count < REDIRECTS_MAX; count += 1) {
      const { location } = seen.answer.headers;
      if (typeof location !== 'string' || seen.answer.statusCode < 300 || seen.answer.statusCode > 399) break;
      url = new URL(location, url);
      seen = await once(url, 'GET', undefined, {});
    }
    const { answer, html } = seen;
    return { url: url.href, status: answer.statusCode, headers: answer.headers, html, $: load(html) };
  }

  return {
    cookies,
    open: (url, headers) => follow(url, 'GET', undefined, headers),
    once: async (method, url, { headers = {}, body } = {}) => {
      const { answer, html } = await once(new URL(url), method, body, headers);
      return { url, status: answer.statusCode, headers: answer.headers, html, $: load(html) };
    },
    sendBody: (url, body, type) => follow(url, 'POST', body, { 'content-type': type }),
    send: (url, fields, headers) => follow(url, 'POST', new URLSearchParams(fields).toString(), headers),
    close: () => agent.close(),
  };
}

function keepCookie(jar: Map<string, string>, line: string): void {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim());
  const at = pair.indexOf('=');
  const ended = attributes.some((each) => /^max-age=0$/iu.test(each) || /^expires=thu, 01 jan 1970/iu.test(each));
  if (ended) jar.delete(pair.slice(0, at));
  else jar.set(pair.slice(0, at), pair.slice(at + 1));
}

/** Signs in at the partnership's identity provider, and gives the page that was asked for. */
export async function signIn(browser: PlainBrowser, url: string, staffId: string): Promise<Shown> {
  const choice = await browser.open(url);
  return browser.send(choice.url, { person: staffId });
}
