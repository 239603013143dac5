import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, NARROW, NO_BROWSER, openScreen, signInOn, WIDE } from './screen.ts';
import { complaintsOf, faultsOf, openScreenStage, tabTo, type ScreenStage } from './screen-stage.ts';
import type { Stage } from './stage.ts';

/** The pages of an emergency, and who has looked, on a real screen: wide, narrow, without scripts, by keyboard alone. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'an emergency on a screen' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let stage: Stage;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ground = await openScreenStage();
    ({ stage, browser, url } = ground);
  }, 60_000);
  afterAll(() => ground.close());

  /** The provider asks again; it tells the time of a proof in whole seconds, and this has to be a later one. */
  async function confirmOn(page: Page): Promise<void> {
    await page.waitForTimeout(1_100);
    await page.getByRole('button', { name: 'Amara Lewis', exact: true }).click();
    await page.waitForURL(/declare$/u);
  }

  async function declare(page: Page): Promise<void> {
    await page.getByLabel('A child', { exact: true }).check();
    await page.getByLabel('Why does it have to be now?').fill('He said this morning what he means to do tonight');
    await page.getByLabel('What have you tried?').fill('Called 999 and the duty desk');
    await page.getByLabel('1 hour', { exact: true }).check();
    await page.getByRole('button', { name: 'Break the glass and ask every agency' }).click();
    await page.waitForURL(/requests\//u, { timeout: 20_000 });
  }

  it.each([
    ['wide', WIDE, true, 1],
    ['narrow', NARROW, true, 5],
    ['narrow, no scripts', NARROW, false, 9],
  ])(
    '%s: from the case to the answer, and to who has looked',
    async (_name, width, scripts, number) => {
      const screen = await openScreen(browser, { width, scripts });
      const { page } = screen;
      const faults: string[] = [];
      const look = async (heading: string): Promise<void> => {
        faults.push(...(await faultsOf(page, heading, scripts)));
      };
      const ref = stage.caseRef(number);
      await signInOn(screen, `${url}/cases/${ref}`, 'Amara Lewis');
      await page.getByRole('link', { name: /break the glass/u }).click();
      await look('Stop: break the glass only if somebody’s life is at risk now');
      await page.getByRole('button', { name: 'I have understood: continue' }).click();
      await confirmOn(page);
      await look('Declare an emergency');
      await page.getByRole('button', { name: 'Break the glass and ask every agency' }).click();
      await page.waitForLoadState('domcontentloaded');
      await look('Error: Declare an emergency');
      await declare(page);
      await look('What is known in this emergency');
      await page.goto(`${url}/cases/${ref}`);
      await look(`Case ${ref}`);
      expect(await page.locator('.govuk-tag--red').textContent()).toBe('Break-glass open');
      await page.getByRole('link', { name: /break the glass/u }).click();
      await look('You have broken the glass on this case');
      await page.getByRole('button', { name: 'End it now' }).click();
      await page.waitForURL(`${url}/cases/${ref}`);
      expect(await page.locator('.govuk-tag--red').count()).toBe(0);
      await page.getByRole('link', { name: 'Who has looked' }).click();
      await look('Who has looked');
      expect(faults).toEqual([]);
      expect(complaintsOf(screen, stage)).toEqual([]);
      await screen.close();
    },
    120_000,
  );

  it('by keyboard alone; back after sign-out shows nothing of it', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/cases/${stage.caseRef(11)}/break-glass`, 'Amara Lewis');
    await tabTo(screen, /^I have understood/u);
    await page.keyboard.press('Enter');
    await confirmOn(page);
    await tabTo(screen, /^somebody-harmed-before/u);
    await page.keyboard.press('Space');
    await tabTo(screen, /^why/u);
    await page.keyboard.type('He said this morning what he means to do');
    await tabTo(screen, /^tried/u);
    await page.keyboard.type('Called 999');
    await tabTo(screen, /^1$/u);
    await page.keyboard.press('Space');
    await tabTo(screen, /^Break the glass and ask/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/requests\//u, { timeout: 20_000 });
    expect(await page.textContent('h1')).toBe('What is known in this emergency');
    const before = Number(await page.evaluate('history.length'));
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, sign out' }).click();
    await page.waitForURL(`${url}/signed-out`);
    const then = Number(await page.evaluate('history.length'));
    await page.evaluate(`void setTimeout(() => history.go(${before - then}), 0)`);
    await page.waitForURL((address) => address.pathname !== '/signed-out');
    await page.waitForLoadState('domcontentloaded');
    expect(await page.content()).not.toContain('What is known in this emergency');
    await screen.close();
  }, 60_000);
});
