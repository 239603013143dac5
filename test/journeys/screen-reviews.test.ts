import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { tellStaff } from '../agencies/identity/tell-staff.ts';
import { makePlainBrowser, signIn } from './plain-browser.ts';
import { headingOf, sendForm } from './pages-worker.ts';
import { hasBrowser, NARROW, NO_BROWSER, openScreen, signInOn, WIDE } from './screen.ts';
import { complaintsOf, faultsOf, openScreenStage, type ScreenStage } from './screen-stage.ts';
import type { Stage } from './stage.ts';

/** An officer at her queue on a real screen: wide, narrow, with and without scripts. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'a review on a screen' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let stage: Stage;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ground = await openScreenStage();
    ({ stage, browser, url } = ground);
    await tellStaff(stage.database, stage.partnership.keys);
    const authority = stage.partnership.pki.authority.certificatePem;
    for (const number of [1, 5, 9]) await breakGlass(authority, stage.caseRef(number));
  }, 60_000);
  afterAll(() => ground.close());

  const nextSecond = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_010 - (Date.now() % 1_000)));

  async function breakGlass(authority: string, caseRef: string): Promise<void> {
    const amara = makePlainBrowser(authority, `worker of ${caseRef}`);
    try {
      const choice = await signIn(amara, `${url}/cases/${caseRef}/break-glass/declare`, 'amara.lewis');
      await nextSecond();
      const form = await amara.send(choice.url, { person: 'amara.lewis' });
      const words = { why: 'He said this morning what he means to do', tried: 'Called 999' };
      const answer = await sendForm(amara, form, { atRisk: 'child', ...words, hours: '1' });
      expect(headingOf(answer)).toBe('What is known in this emergency');
    } finally {
      await amara.close();
    }
  }

  it.each([
    ['wide', WIDE, true, 1],
    ['narrow', NARROW, true, 5],
    ['narrow, no scripts', NARROW, false, 9],
  ])(
    '%s: from the queue through what was found and step-up to the decision',
    async (_name, width, scripts, number) => {
      const screen = await openScreen(browser, { width, scripts });
      const { page } = screen;
      const faults: string[] = [];
      const look = async (heading: string): Promise<void> => {
        faults.push(...(await faultsOf(page, heading, scripts)));
      };
      await signInOn(screen, `${url}/reviews`, 'Ruth Bell');
      await look('Reviews');
      await page.getByRole('link', { name: `Break-glass on ${stage.caseRef(number)}` }).click();
      await look('Review: break-glass');
      await page.getByRole('button', { name: 'Record this step' }).click();
      await page.waitForLoadState('domcontentloaded');
      await look('Error: Review: break-glass');
      await page.getByLabel('Justified', { exact: true }).check();
      await page.getByLabel('Why?').fill('Her manager confirms the call of this morning');
      await nextSecond();
      await page.getByRole('button', { name: 'Record this step' }).click();
      await page.getByRole('button', { name: 'Ruth Bell', exact: true }).click();
      await page.waitForURL(/reviews\/[\da-f-]+$/u);
      await look('Review: break-glass');
      expect(await page.getByLabel('Why?').inputValue()).toBe('Her manager confirms the call of this morning');
      await page.getByRole('button', { name: 'Record this step' }).click();
      await page.waitForURL(/reviews\?recorded=/u);
      await look('Reviews');
      expect(await page.getByRole('alert').textContent()).toContain('Justified: second officer needed');
      expect(faults).toEqual([]);
      expect(complaintsOf(screen, stage)).toEqual([]);
      await screen.close();
    },
    60_000,
  );
});
