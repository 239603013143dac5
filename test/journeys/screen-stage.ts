import type { Browser, Page } from 'playwright-core';
import { accessibilityFaults, openBrowser, pageFaults, type Screen } from './screen.ts';
import { openStage, type Stage, type StageOptions } from './stage.ts';

/** What journeys on a real screen share: a partnership with pages, a browser that trusts it, and a look at a page. */

export interface ScreenStage {
  readonly stage: Stage;
  readonly browser: Browser;
  /** Where people's browsers connect. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts a partnership whose people have pages, and a browser for them. */
export async function openScreenStage(options: Omit<StageOptions, 'pages'> = {}): Promise<ScreenStage> {
  const stage = await openStage({ ...options, pages: {} });
  const { pagesUrl: url = '', identityUrl = '', pki } = stage.partnership;
  const browser = await openBrowser(pki.authority.certificatePem, [url, identityUrl]);
  return {
    ...{ stage, browser, url },
    close: async () => {
      await browser.close();
      await stage.close();
    },
  };
}

/** What is wrong with a page, each with its heading. Accessibility can be judged only where scripts run. */
export async function faultsOf(page: Page, heading: string, scripts: boolean): Promise<string[]> {
  const title = await page.title();
  const faults = [...(await pageFaults(page)), ...(scripts ? await accessibilityFaults(page) : [])];
  if (title !== `${heading} – Holdfast`) faults.push(`title is ${title}`);
  if (/offender|perpetrator/iu.test(title)) faults.push('title says what others must not read over a shoulder');
  return faults.map((fault) => `${heading}: ${fault}`);
}

/** What the browser complained of, save of the identity provider's page: browsers ask it for an icon that it has not. */
export const complaintsOf = ({ complaints }: Screen, { partnership }: Stage): string[] =>
  complaints.filter((each) => !each.includes(partnership.identityUrl ?? ''));

/** Presses the button of exactly this name and waits for the page that it leads to. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.waitForLoadState('domcontentloaded');
}

/** Presses Tab until what has the focus is called so; fails after as many stops as no page has. */
export async function tabTo({ page }: Screen, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = page.locator(':focus');
    if ((await focus.count()) === 0) continue;
    const said = [await focus.textContent(), await focus.getAttribute('value'), await focus.getAttribute('name')];
    if (said.some((each) => name.test((each ?? '').trim()))) return;
  }
  throw new Error(`no stop is called ${name.source}`);
}
