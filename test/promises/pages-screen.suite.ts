import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { CHECKED_FILE, checkedSchema } from '../../gateway/web/layout/accessibility.ts';
import type { SeenPage } from '../journeys/explore-pages.ts';
import { headingOf } from '../journeys/pages-worker.ts';
import {
  accessibilityFaults,
  hasBrowser,
  NARROW,
  NO_BROWSER,
  openBrowser,
  openScreen,
  pageFaults,
  WIDE,
  type Screen,
} from '../journeys/screen.ts';
import { ROOT, today } from '../journeys/stage.ts';
import type { PagesGround } from './pages-ground.ts';

/** Every page that anybody can come to, on a real screen, in the session in which it was come to. */

/** One page of each route: what differs between roles is measured where it is first seen. */
function oneOfEachRoute(pages: readonly SeenPage[]): readonly SeenPage[] {
  const first = new Map<string, SeenPage>();
  for (const page of pages) {
    const kind = `${page.route} ${headingOf(page.shown).replaceAll(/[\d-]+/gu, '')}`;
    first.set(kind, first.get(kind) ?? page);
  }
  return [...first.values()];
}

const LOOKS = [
  ['wide', WIDE, true],
  ['narrow', NARROW, true],
  ['narrow, without scripts', NARROW, false],
] as const;

const versionSchema = z.object({ version: z.string() });

/** For the accessibility statement, which claims what was found and nothing else. */
function recordChecked(pages: number, browser: string): void {
  const resolve = createRequire(import.meta.url).resolve;
  const { version } = versionSchema.parse(JSON.parse(readFileSync(resolve('axe-core/package.json'), 'utf8')));
  const checked = checkedSchema.parse({
    ...{ on: today(), pages, widths: [WIDE, NARROW] },
    ...{ checker: `axe-core ${version}`, browser: `Chromium ${browser}` },
  });
  writeFileSync(join(ROOT, 'gateway', 'web', 'built', CHECKED_FILE), JSON.stringify(checked));
}

export function lookAtPages(groundOf: () => PagesGround): void {
  (hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'on a screen, every page' : NO_BROWSER, () => {
    let browser: Browser;
    let flawless = 0;
    beforeAll(async () => {
      const { stage, pagesUrl } = groundOf();
      browser = await openBrowser(stage.partnership.pki.authority.certificatePem, [pagesUrl]);
    });
    afterAll(async () => {
      if (flawless === LOOKS.length) recordChecked(oneOfEachRoute(groundOf().pages).length, browser.version());
      await browser.close();
    });

    /** A window in the session of the person who came to a page. */
    async function screenOf(who: string, look: { width: number; scripts: boolean }): Promise<Screen> {
      const ground = groundOf();
      const { pagesUrl } = ground;
      const screen = await openScreen(browser, { ...look, agentName: `browser of ${who}` });
      const jar = ground.browserOf(who).cookies.get(new URL(pagesUrl).host) ?? new Map<string, string>();
      const cookies = [...jar].map(([name, value]) => ({ name, value, url: pagesUrl, secure: true, httpOnly: true }));
      await screen.page.context().addCookies(cookies);
      return screen;
    }

    async function faultsOf(page: Page, scripts: boolean): Promise<string[]> {
      const faults = [...(await pageFaults(page)), ...(scripts ? await accessibilityFaults(page) : [])];
      const [title, heading] = [await page.title(), ((await page.textContent('h1')) ?? '').trim()];
      if (!title.endsWith(`${heading} – Holdfast`)) faults.push(`title is ${title}`);
      if (/offender|perpetrator/iu.test(title)) faults.push('title says what others must not read over a shoulder');
      if (!scripts) return faults;
      await page.keyboard.press('Tab');
      const first = await page.evaluate("document.activeElement?.className ?? ''");
      // After an error the summary has the focus, so that it is read first.
      if (!String(first).includes('govuk-skip-link') && !title.startsWith('Error: '))
        faults.push('Tab skips the skip link');
      return faults;
    }

    it.each(LOOKS)(
      '%s: has no fault of access, scrolls nowhere sideways, and the browser complains of nothing',
      async (_name, width, scripts) => {
        const faults: string[] = [];
        const pages = oneOfEachRoute(groundOf().pages);
        for (const who of new Set(pages.map((page) => page.who))) {
          const screen = await screenOf(who, { width, scripts });
          for (const { url, route } of pages.filter((page) => page.who === who)) {
            await screen.page.goto(url);
            faults.push(...(await faultsOf(screen.page, scripts)).map((fault) => `${route} as ${who}: ${fault}`));
          }
          faults.push(...screen.complaints.map((each) => `${who}: ${each}`));
          await screen.close();
        }
        expect(faults).toEqual([]);
        flawless += 1;
      },
      180_000,
    );
  });
}
