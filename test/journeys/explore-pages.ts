import { headingOf } from './pages-worker.ts';
import type { PlainBrowser, Shown } from './plain-browser.ts';
import { routeFor, type PageRoute } from './page-routes.ts';

/**
 * Walks through all pages that a person can come to: follows each link and sends each form filled in plausibly, so that
 * what is found are pages with something on them, and the forms that stand there.
 */

/** A page that was come to, by whom and by which route. */
export interface SeenPage {
  readonly who: string;
  /** `/cases/:ref` */
  readonly route: string;
  readonly url: string;
  readonly shown: Shown;
}

export interface FoundForm {
  readonly who: string;
  /** Where it is sent to, as the router has it. */
  readonly route: string;
  /** Where it stands. */
  readonly pageUrl: string;
  readonly action: string;
  /** Fields that take a file; a form with one is sent as multipart/form-data. */
  readonly files: readonly string[];
  /** Its fields with what a browser would send of each untouched; a choice with none chosen is empty. */
  readonly fields: Readonly<Record<string, string>>;
  /** What each field of choice offers. */
  readonly offered: Readonly<Record<string, readonly string[]>>;
  /** Fields that a person fills in. */
  readonly typed: readonly string[];
}

export interface Explored {
  readonly pages: readonly SeenPage[];
  readonly forms: readonly FoundForm[];
}

export interface Walk {
  readonly browser: PlainBrowser;
  readonly pagesUrl: string;
  readonly who: string;
  readonly routes: readonly PageRoute[];
  /** Where to begin. */
  readonly from: readonly string[];
  /** Pages of one route that are opened, at most; 2 when not given. */
  readonly each?: number;
  /** Whether forms are sent. */
  readonly sends?: boolean;
  /** How often it begins again: what was sent may have put links and forms on pages that were there before; 2 when not given. */
  readonly rounds?: number;
}

const PAGES_MAX = 200;

/** Walks until nothing new is found. The person must be signed in already. */
export async function explore(walk: Walk): Promise<Explored> {
  const { browser, pagesUrl, who, routes, from, each = 2, sends = true, rounds = 2 } = walk;
  const pages: SeenPage[] = [];
  const forms = new Map<string, FoundForm>();
  const opened = new Map<string, Set<string>>();
  const queue: string[] = [];
  const isNew = (route: PageRoute, url: string): boolean => {
    const known = opened.get(route.path) ?? new Set<string>();
    opened.set(route.path, known);
    return known.size < each && !known.has(url) && known.add(url).has(url);
  };
  /** Where somebody has to prove again that it is she, she does. */
  const settled = async (shown: Shown): Promise<Shown> =>
    shown.$('button[name=person]').length === 0 ? shown : browser.send(shown.url, { person: who });
  const look = async (shown: Shown): Promise<void> => {
    const route = routeOfUrl(routes, pagesUrl, shown.url);
    if (route === undefined || shown.status !== 200) return;
    pages.push({ who, route: route.path, url: shown.url, shown });
    queue.push(...linksOf(shown, pagesUrl));
    for (const form of formsOf(shown, walk)) {
      const key = `${route.path} ${form.route} ${headingOf(shown)} ${form.typed.join()}`;
      if (forms.has(key)) continue;
      forms.set(key, form);
      if (!sends) continue;
      const { body, type } = encoded(form, filled(form));
      const sent = await settled(await browser.sendBody(form.action, body, type));
      const to = routeOfUrl(routes, pagesUrl, sent.url);
      if (to !== undefined && (sent.url === form.action || isNew(to, sent.url))) await look(sent);
    }
  };
  for (let round = 0; round < rounds; round += 1) {
    opened.clear();
    // The same ones first, whatever order lists have now.
    queue.push(...from, ...pages.map(({ url }) => url));
    for (let next = queue.shift(); next !== undefined && pages.length < PAGES_MAX; next = queue.shift()) {
      const route = routeOfUrl(routes, pagesUrl, next);
      if (route !== undefined && isNew(route, next)) await look(await settled(await browser.open(next)));
    }
  }
  return { pages, forms: [...forms.values()] };
}

const routeOfUrl = (routes: readonly PageRoute[], pagesUrl: string, url: string): PageRoute | undefined =>
  url.startsWith(`${pagesUrl}/`) ? routeFor(routes, 'GET', new URL(url).pathname) : undefined;

function linksOf({ $, url }: Shown, pagesUrl: string): string[] {
  const links = $('a[href]')
    .map((_n, link) => new URL($(link).attr('href') ?? '', url))
    .get();
  // A place on the same page is no other page.
  return links
    .map((link) => (link.hash === '' ? link : new URL(link.pathname + link.search, link)))
    .flatMap((link) => (link.href.startsWith(`${pagesUrl}/`) ? [link.href] : []));
}

/** Every form of a page that changes something, but for the one that signs out. */
export function formsOf(
  { $, url }: Shown,
  { who, routes, pagesUrl }: Pick<Walk, 'who' | 'routes' | 'pagesUrl'>,
): readonly FoundForm[] {
  return $('main form')
    .get()
    .flatMap((form): FoundForm[] => {
      const action = new URL($(form).attr('action') ?? url, url).href;
      const isPost = ($(form).attr('method') ?? 'get').toLowerCase() === 'post' && action.startsWith(`${pagesUrl}/`);
      const route = isPost ? routeFor(routes, 'POST', new URL(action).pathname) : undefined;
      if (route === undefined) return [];
      return [{ who, route: route.path, pageUrl: url, action, ...fieldsOf($, $(form)) }];
    });
}

function fieldsOf(
  $: Shown['$'],
  form: ReturnType<Shown['$']>,
): Pick<FoundForm, 'fields' | 'offered' | 'typed' | 'files'> {
  const fields = new Map<string, string>();
  const offered = new Map<string, string[]>();
  const typed = new Set<string>();
  const files: string[] = [];
  const offer = (name: string, values: readonly string[]): void =>
    void offered.set(name, [...(offered.get(name) ?? []), ...values]);
  for (const input of form.find('input[name], select[name], textarea[name], button[name]').get()) {
    const field = $(input);
    const name = field.attr('name') ?? '';
    const value = field.attr('value') ?? '';
    const type = input.tagName === 'input' ? (field.attr('type') ?? 'text') : input.tagName;
    if (type !== 'hidden' && type !== 'button') typed.add(name);
    if (type === 'file') files.push(name);
    if (type === 'button') offer(name, [value]);
    else if (type === 'radio' || type === 'checkbox') {
      offer(name, [value]);
      if (field.attr('checked') !== undefined) fields.set(name, value);
    } else if (type === 'select') {
      const values = [...field.find('option')].map((each) => $(each).attr('value') ?? '');
      offer(name, values);
      fields.set(name, field.find('option[selected]').attr('value') ?? values[0] ?? '');
    } else fields.set(name, type === 'textarea' ? field.text() : value);
  }
  return { fields: Object.fromEntries(fields), offered: Object.fromEntries(offered), typed: [...typed], files };
}

const BOUNDARY = 'a-boundary-that-stands-in-no-field';

/** The body in which a browser sends a form with these fields, and its type. */
export function encoded(
  { files }: Pick<FoundForm, 'files'>,
  fields: Readonly<Record<string, string>>,
): { readonly body: string; readonly type: string } {
  if (files.length === 0)
    return { body: new URLSearchParams(fields).toString(), type: 'application/x-www-form-urlencoded' };
  const parts = Object.entries(fields).map(([name, value]) => {
    const file = files.includes(name) ? '; filename="list.csv"\r\ncontent-type: text/csv' : '';
    return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${value}\r\n`;
  });
  return { body: `${parts.join('')}--${BOUNDARY}--\r\n`, type: `multipart/form-data; boundary=${BOUNDARY}` };
}

/** A form filled in as somebody might who means it: first choices, and words that fit the names of the fields. */
export function filled({ fields, offered, files }: FoundForm): Record<string, string> {
  const chosen = Object.entries(offered).map(([name, values]): [string, string] => [
    name,
    CHOSEN.find((each) => values.includes(each)) ?? values.find((value) => value !== '') ?? '',
  ]);
  const empty = Object.entries(fields).filter(([name, value]) => value === '' && !(name in offered));
  return {
    ...fields,
    ...Object.fromEntries(chosen),
    ...Object.fromEntries(empty.map(([name]) => [name, wordsFor(name)])),
    ...Object.fromEntries(files.map((name) => [name, MARAC_LIST])),
  };
}

/** The only file that pages take: one good row, and one that is not. */
const MARAC_LIST = [
  'case_ref,marac_reference,criterion,referred_on,meeting_on,given,family,date_of_birth,postcode,pnc,agencies',
  'DAPG-2026-0601,MARAC-2026-10-15-8,repeat,2026-10-01,2026-10-15,Sample,Listed,1990-01-02,ZE1 1AA,,police housing',
  'DAPG-2026-0602,MARAC-2026-10-15-9,=1+1,2026-10-01,2026-10-15,<b>Bold</b>,Listed,1990-01-02,,,police',
].join('\r\n');

/** In place of a first choice that leads no further: a panel meets on any day, a MARAC on that of its list. */
const CHOSEN = ['ENGAGE', 'DAPG'];
const TODAY = new Date().toISOString().slice(0, 10);
const [YEAR = '', MONTH = '', DAY = ''] = TODAY.split('-');
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/day$/iu, DAY],
  [/month$/iu, MONTH],
  [/year$/iu, YEAR],
  [/marac/iu, `MARAC-${TODAY}-7`],
  [/^cases$/u, `DAPG-${YEAR}-0001 DAPG-${YEAR}-0005`],
  [/reference|caseRef|^ref/iu, `DAPG-${YEAR}-0701`],
  [/mail/iu, 'somebody@example.org'],
  [/phone|number|value|contact/iu, '07700 900321'],
];
const wordsFor = (name: string): string =>
  WORDS.find(([pattern]) => pattern.test(name))?.[1] ?? 'First call after the panel met on Thursday';
