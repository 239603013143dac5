import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { openScreenStage, type ScreenStage } from './screen-stage.ts';
import {
  accessibilityFaults,
  hasBrowser,
  NARROW,
  NO_BROWSER,
  openScreen,
  pageFaults,
  signInOn,
  WIDE,
} from './screen.ts';

/** The frame that every page stands in, on a real screen. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'the frame of every page' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ground = await openScreenStage();
    ({ browser, url } = ground);
  }, 60_000);
  afterAll(() => ground.close());

  it.each([
    ['wide', WIDE, true],
    ['narrow', NARROW, true],
    ['narrow, no scripts', NARROW, false],
  ])('%s: signs in, and nothing is inline, too wide or complained of', async (_name, width, scripts) => {
    const screen = await openScreen(browser, { width, scripts });
    await signInOn(screen, `${url}/signed-out-before`, 'Amara Lewis');
    expect(await screen.page.title()).toBe('Page not found – Holdfast');
    const before = Number(await screen.page.evaluate('history.length'));
    expect(await pageFaults(screen.page)).toEqual([]);
    if (scripts) expect(await accessibilityFaults(screen.page)).toEqual([]);
    await screen.page.keyboard.press('Tab');
    expect(await screen.page.locator(':focus').textContent()).toContain('Skip to main content');
    await screen.page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await screen.page.getByRole('button', { name: 'Yes, sign out' }).click();
    await screen.page.waitForURL(`${url}/signed-out`);
    expect(await screen.page.textContent('h1')).toBe('You are signed out');
    // Chromium notes a page that came back with 404; that is the one thing it may say.
    expect(screen.complaints.filter((each) => !each.includes('404'))).toEqual([]);
    if (scripts) {
      const then = Number(await screen.page.evaluate('history.length'));
      await screen.page.evaluate(`void setTimeout(() => history.go(${before - then}), 0)`);
      await screen.page.waitForURL((address) => address.pathname !== '/signed-out');
      await screen.page.waitForLoadState('domcontentloaded');
      expect(await screen.page.content()).not.toContain('Signed in as');
    }
    await screen.close();
  });
});
