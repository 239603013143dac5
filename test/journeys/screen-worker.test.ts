import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { hasBrowser, NARROW, NO_BROWSER, openScreen, signInOn, WIDE } from './screen.ts';
import { complaintsOf, faultsOf, openScreenStage, press, tabTo, type ScreenStage } from './screen-stage.ts';
import type { Stage } from './stage.ts';

/** The worker's pages on a real screen: wide, narrow, without scripts, by keyboard alone. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'the worker’s pages on a screen' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let stage: Stage;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ground = await openScreenStage();
    ({ stage, browser, url } = ground);
  }, 60_000);
  afterAll(() => ground.close());

  async function ask(page: Page): Promise<void> {
    await page.getByRole('button', { name: 'Request contact details' }).click();
    await page.getByLabel('Engagement contact by an intervention worker').check();
    await page.getByLabel('Why is this needed now?').fill('First call after the panel met on Thursday');
    await press(page, 'Request contact details');
  }

  it.each([
    ['wide', WIDE, true, 1],
    ['narrow', NARROW, true, 5],
    ['narrow, no scripts', NARROW, false, 9],
  ])(
    '%s: from sign-in to contact details to a recorded outcome, and the victim answered',
    async (_name, width, scripts, number) => {
      const screen = await openScreen(browser, { width, scripts });
      const { page } = screen;
      const faults: string[] = [];
      const look = async (heading: string): Promise<void> => {
        faults.push(...(await faultsOf(page, heading, scripts)));
      };
      const ref = stage.caseRef(number);
      await signInOn(screen, `${url}/`, 'Amara Lewis');
      await look('My cases');
      await page.getByRole('link', { name: ref }).click();
      await look(`Case ${ref}`);
      await page.getByRole('button', { name: 'Request contact details' }).click();
      await look('Request contact details');
      await press(page, 'Request contact details');
      await look('Error: Request contact details');
      await page.goto(`${url}/cases/${ref}`);
      await ask(page);
      await look('Contact details');
      const answer = page.url();
      await page
        .getByRole('link', { name: /^Record what happened/u })
        .first()
        .click();
      await look('Record what happened');
      await press(page, 'Continue');
      await look('Error: Record what happened');
      await page.getByLabel('No answer').check();
      await press(page, 'Continue');
      await look('Check what you record');
      await press(page, 'Record what happened');
      await look('What happened is recorded');
      await page.getByRole('link', { name: 'All attempts on this case' }).click();
      await look('Attempts');
      await page.goto(answer);
      await page
        .getByRole('link', { name: /^Record what happened/u })
        .first()
        .click();
      await page.getByLabel('The victim answered, or may have').check();
      await press(page, 'Continue');
      await look('Stop: do not use this contact again');
      await page.goto(answer);
      await look('This answer is not shown');
      expect(await page.locator('.holdfast-contact').count()).toBe(0);
      await page.goto(`${url}/cases/${stage.caseRef(2)}`);
      await look(`Case ${stage.caseRef(2)}`);
      expect(faults).toEqual([]);
      expect(complaintsOf(screen, stage)).toEqual([]);
      await screen.close();
    },
    90_000,
  );

  it('by keyboard alone, in the order of the page, with the focus seen at each stop', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/`, 'Amara Lewis');
    await tabTo(screen, new RegExp(`^${stage.caseRef(11)}`, 'u'));
    await page.keyboard.press('Enter');
    await page.waitForURL(/cases\/DAPG/u);
    await tabTo(screen, /^Request contact details/u);
    const style = "getComputedStyle(document.querySelector(':focus'))";
    expect(await page.evaluate(`${style}.outlineStyle !== 'none' || ${style}.boxShadow !== 'none'`)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL(/request$/u);
    await tabTo(screen, /^ENGAGE/u);
    await page.keyboard.press('Space');
    await tabTo(screen, /^reason/u);
    await page.keyboard.type('Typed without a mouse, on the train');
    await tabTo(screen, /^Request contact details/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/requests\//u);
    expect(await page.textContent('h1')).toBe('Contact details');
    expect(screen.complaints.filter((each) => each.includes(url))).toEqual([]);
    await screen.close();
  });

  it('after an error the focus is on the summary, whose link leads to the field', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/cases/${stage.caseRef(11)}/request`, 'Amara Lewis');
    await press(page, 'Request contact details');
    expect(await page.locator(':focus').textContent()).toContain('There is a problem');
    await page.getByRole('link', { name: 'Enter why this is needed now' }).click();
    expect(await page.locator(':focus').getAttribute('id')).toBe('reason');
    await screen.close();
  });

  it('back after sign-out shows nothing of the answer', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/cases/${stage.caseRef(11)}`, 'Amara Lewis');
    await ask(page);
    await page.waitForURL(/requests\//u);
    const before = Number(await page.evaluate('history.length'));
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('button', { name: 'Yes, sign out' }).click();
    await page.waitForURL(`${url}/signed-out`);
    const then = Number(await page.evaluate('history.length'));
    await page.evaluate(`void setTimeout(() => history.go(${before - then}), 0)`);
    await page.waitForURL((address) => address.pathname !== '/signed-out');
    await page.waitForLoadState('domcontentloaded');
    expect(await page.content()).not.toContain('holdfast-contact');
    await screen.close();
  });
});
