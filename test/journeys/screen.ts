import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { connect } from 'node:tls';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { z } from 'zod';

/** A real Chromium, for what only a screen shows: scripts under the policy, focus, narrow windows, accessibility. */

const CHROMIUM = '/usr/bin/chromium';
export const WIDE = 1280;
export const NARROW = 320;

/** Whether there is a browser; `npm test` installs one where it runs as root on Debian. */
export const hasBrowser = (): boolean => existsSync(CHROMIUM);
export const NO_BROWSER = 'not run: no browser here (apt-get install chromium)';

const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Opens a browser that takes the certificates of these origins, and no other, from the partnership's own authority. */
export async function openBrowser(authorityPem: string, origins: readonly string[]): Promise<Browser> {
  const keys = await Promise.all(origins.map((origin) => keyOf(origin, authorityPem)));
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [...ARGUMENTS, `--ignore-certificate-errors-spki-list=${keys.join(',')}`],
  });
}

/** SHA-256 of a server's public key, base64, after its certificate was checked against the authority. */
function keyOf(origin: string, authorityPem: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), ca: authorityPem }, () => {
      const certificate = socket.getPeerX509Certificate();
      socket.end();
      const key = certificate?.publicKey.export({ type: 'spki', format: 'der' });
      if (key === undefined) reject(new Error(`${origin} showed no certificate`));
      else resolve(createHash('sha256').update(key).digest('base64'));
    });
    socket.once('error', reject);
  });
}

/** One step of a journey; past it the step is named, instead of the whole test. */
const STEP_WITHIN_MS = 8_000;

export interface Screen {
  readonly page: Page;
  /** What the browser complained of since it was opened: console messages, faults, refused or missing loads. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** A fresh window of one width, with or without scripts. */
export async function openScreen(
  browser: Browser,
  look: { width?: number; scripts?: boolean; agentName?: string } = {},
): Promise<Screen> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: look.width ?? WIDE, height: 900 },
    javaScriptEnabled: look.scripts ?? true,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    ...(look.agentName === undefined ? {} : { userAgent: look.agentName }),
  });
  context.setDefaultTimeout(STEP_WITHIN_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(`console: ${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => complaints.push(`fault: ${error.message}`));
  page.on('requestfailed', (request) => {
    // A redirect that was followed counts as ended early.
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') complaints.push(`not loaded: ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Signs in by the page's own way: the provider's buttons. */
export async function signInOn({ page }: Screen, url: string, name: string): Promise<void> {
  await page.goto(url);
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForLoadState('domcontentloaded');
}

const violationsSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }));
const axeSource = (): string => readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What WCAG 2.2 AA and good practice find wrong with the page as it stands, each rule with the places. Needs scripts. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(axeSource());
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(tags)}, resultTypes: ['violations'] }).then(({ violations }) =>
       violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) })))`,
  );
  // The back link stands outside landmarks on purpose: govuk-frontend issue 6460.
  return violationsSchema
    .parse(found)
    .map(({ id, nodes }) => ({
      id,
      at: nodes.filter(({ html }) => !(id === 'region' && html.includes('govuk-back-link'))),
    }))
    .filter(({ at }) => at.length > 0)
    .map(({ id, at }) => `${id}: ${at.map(({ html }) => html).join(' | ')}`);
}

/** What every page must hold, whatever it shows: nothing inline, no sideways scrolling, a title that says the heading. */
export async function pageFaults(page: Page): Promise<string[]> {
  const faults: string[] = [];
  const seen = z
    .object({
      inline: z.number(),
      wide: z.array(z.string()),
      title: z.string(),
      heading: z.string(),
      summary: z.boolean(),
    })
    .parse(
      await page.evaluate(`({
        inline: document.querySelectorAll('[style], style, script:not([src]), [onclick]').length,
        wide: document.documentElement.scrollWidth <= window.innerWidth ? [] : ['the page'].concat(
          [...document.querySelectorAll('body *')]
            .filter((each) => each.getBoundingClientRect().right > window.innerWidth + 1)
            .map((each) => each.tagName + ' ' + each.className)),
        title: document.title,
        heading: document.querySelector('h1')?.textContent?.trim() ?? '',
        summary: document.querySelector('.govuk-error-summary') !== null,
      })`),
    );
  if (seen.inline > 0) faults.push('something inline');
  if (seen.wide.length > 0) faults.push(`scrolls sideways: ${seen.wide.join(', ')}`);
  if (seen.heading === '') faults.push('no heading');
  if (seen.summary !== seen.title.startsWith('Error: ')) faults.push('error summary and title disagree');
  return faults;
}
