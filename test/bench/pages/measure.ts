import { explore, type SeenPage } from '../../journeys/explore-pages.ts';
import { pageRoutes } from '../../journeys/page-routes.ts';
import { makePlainBrowser, signIn, type PlainBrowser } from '../../journeys/plain-browser.ts';
import type { Child } from '../child.ts';
import { failing } from './page-checks.ts';
import { makeVisitor, type Visitor } from './visit.ts';

/** Opens every page that asks no agency, again and again, as the person who may see it. */

export interface PageFigures {
  readonly route: string;
  readonly who: string;
  /** Milliseconds to the last byte, over HTTPS on loopback. */
  readonly p50: number;
  readonly p95: number;
  /** Processor time of the gateway for one such page, in milliseconds; the database's is not in it. */
  readonly cpuMs: number;
  /** Of the page alone, with its headers, compressed. */
  readonly bytes: number;
  /** With everything that a browser fetches the first time. */
  readonly firstVisitBytes: number;
  /** Names of the checks that it does not pass. */
  readonly failing: readonly string[];
}

export interface MeasureOptions {
  readonly child: Child;
  readonly pagesUrl: string;
  readonly authorityPem: string;
  readonly people: readonly string[];
  /** The case that the log speaks of most, and that agencies hold something about. */
  readonly busiest: string;
  /** Times that each page is opened. */
  readonly times: number;
  readonly tell: (sentence: string) => void;
}

export interface MeasuredPages {
  readonly pages: readonly PageFigures[];
  /** Routes of pages that nobody came to. */
  readonly unseen: readonly string[];
}

/** Its answer would be the other side's time. */
const NOT_MEASURED = new Set(['/sign-in/return', '/']);

export async function measurePages(options: MeasureOptions): Promise<MeasuredPages> {
  const routes = pageRoutes();
  const { authorityPem, pagesUrl } = options;
  const browsers = new Map<string, PlainBrowser>();
  const visitors = new Map<string, Visitor>();
  const seen: SeenPage[] = [];
  for (const who of options.people) {
    const browser = makePlainBrowser(authorityPem, agentNameOf(who));
    browsers.set(who, browser);
    visitors.set(who, makeVisitor(authorityPem, agentNameOf(who)));
    await signIn(browser, `${pagesUrl}/`, who);
    const from = ['/cases/', '/register/', '/safety-blocks/'].map((pages) => `${pagesUrl}${pages}${options.busiest}`);
    seen.push(...(await explore({ browser, pagesUrl, who, routes, from: [...from, `${pagesUrl}/`] })).pages);
    options.tell(`${who} has walked through all pages`);
  }
  const pages: PageFigures[] = [];
  for (const page of heaviestOfEach(seen)) {
    const [browser, visitor] = [browsers.get(page.who), visitors.get(page.who)];
    if (NOT_MEASURED.has(page.route) || browser === undefined || visitor === undefined) continue;
    const figures = await measureOne(options, page, browser, visitor);
    if (figures !== undefined) pages.push(figures);
    options.tell(`${page.route} is measured`);
  }
  await Promise.all([...browsers.values(), ...visitors.values()].map((each) => each.close()));
  const measured = new Set(pages.map(({ route }) => route));
  const wanted = routes.filter(({ method, path }) => method === 'GET' && !NOT_MEASURED.has(path));
  return { pages, unseen: wanted.map(({ path }) => path).filter((path) => !measured.has(path)) };
}

/** A session is bound to the browser that it was begun in. */
const agentNameOf = (who: string): string => `bench of ${who}`;

/** Of each route the page with the most on it, whoever sees it. */
function heaviestOfEach(pages: readonly SeenPage[]): readonly SeenPage[] {
  const heaviest = new Map<string, SeenPage>();
  for (const page of pages) {
    const known = heaviest.get(page.route);
    if (known === undefined || known.shown.html.length < page.shown.html.length) heaviest.set(page.route, page);
  }
  return [...heaviest.values()];
}

const WARM_UP = 10;

async function measureOne(
  { child, pagesUrl, times }: MeasureOptions,
  { route, who, url }: SeenPage,
  browser: PlainBrowser,
  visitor: Visitor,
): Promise<PageFigures | undefined> {
  const jar = browser.cookies.get(new URL(pagesUrl).host) ?? new Map<string, string>();
  const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
  // As she comes back from sign-in, which is another site.
  const first = await visitor.visit(url, cookie, 'cross-site');
  // Shown once only, as the result of a form.
  if (first.page.status !== 200) return undefined;
  const later = await visitor.visit(url, cookie);
  for (let n = 0; n < WARM_UP; n += 1) await visitor.visit(url, cookie);
  const before = await child.usage();
  const took: number[] = [];
  for (let n = 0; n < times; n += 1) took.push((await visitor.visit(url, cookie)).tookMs);
  const after = await child.usage();
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.max(0, Math.ceil(share * took.length) - 1)] ?? 0;
  return {
    ...{ route, who, p50: at(0.5), p95: at(0.95), bytes: later.bytes },
    cpuMs: (after.cpu - before.cpu) / 1_000 / times,
    firstVisitBytes: first.bytes + (await assetsOf(first.page, visitor)),
    failing: failing(later.page),
  };
}

/** What a page makes a browser fetch beside it. */
async function assetsOf({ $, url }: Awaited<ReturnType<Visitor['visit']>>['page'], visitor: Visitor): Promise<number> {
  const links = [...$('link[rel=stylesheet][href], script[src], img[src]')].map(
    (each) => $(each).attr('href') ?? $(each).attr('src') ?? '',
  );
  let bytes = 0;
  for (const link of new Set(links)) bytes += (await visitor.visit(new URL(link, url).href)).bytes;
  return bytes;
}
