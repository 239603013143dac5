import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
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
import { complaintsOf, openScreenStage, press, type ScreenStage } from './screen-stage.ts';
import type { Stage } from './stage.ts';

/** Victim services and a worker on two real screens: a block stops what is already on the other one. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'safety blocks on two screens' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let stage: Stage;
  let browser: Browser;
  let url: string;
  /** While it is there the agencies do not answer. */
  let heldBack: Promise<void> | undefined;
  beforeAll(async () => {
    const slow = (source: AgencySource): AgencySource => ({
      ...source,
      ask: async (question, limits) => {
        await heldBack;
        return source.ask(question, limits);
      },
    });
    ground = await openScreenStage({ sources: (five) => five.map(slow) });
    ({ stage, browser, url } = ground);
  }, 60_000);
  afterAll(() => ground.close());

  async function fillRequest(page: Page, caseRef: string): Promise<void> {
    await page.goto(`${url}/cases/${caseRef}/request`);
    await page.getByLabel('Engagement contact by an intervention worker').check();
    await page.getByLabel('Why is this needed now?').fill('First call after the panel met on Thursday');
  }
  async function blockOn(page: Page, caseRef: string, what: string, value = ''): Promise<void> {
    await page.goto(`${url}/safety-blocks/${caseRef}/block`);
    await page.getByLabel(what).check();
    await page.getByLabel('Which number or address?').fill(value);
    await page.getByLabel('Why?').fill('She rang us this morning and asked for it');
    await press(page, 'Continue');
    await press(page, 'Set the block');
    expect(await page.textContent('h1')).toContain('The block is set');
  }
  const firstNumber = async (page: Page): Promise<string> => {
    const card = page.locator('.govuk-summary-card:has(h3:text("Telephone number"))').first();
    return (await card.locator('.holdfast-contact').textContent())?.trim() ?? '';
  };

  it('P4: a block stops the request that stands on the worker’s screen, and one that is under way', async () => {
    const worker = await openScreen(browser);
    const adviser = await openScreen(browser);
    const ref = stage.caseRef(1);
    await signInOn(worker, `${url}/`, 'Amara Lewis');
    await signInOn(adviser, `${url}/`, 'Sunita Devi');
    await fillRequest(worker.page, ref);
    await press(worker.page, 'Request contact details');
    const number = await firstNumber(worker.page);
    expect(number).toMatch(/^0\d/u);
    await blockOn(adviser.page, ref, 'One telephone number', number);
    await worker.page.reload();
    expect(await worker.page.textContent('h1')).toBe('This answer is not shown');
    expect(await worker.page.content()).not.toContain(number);

    await fillRequest(worker.page, ref);
    let answers = (): void => undefined;
    heldBack = new Promise((resolve) => {
      answers = resolve;
    });
    const asked = stage.put.length;
    const pressed = worker.page.getByRole('button', { name: 'Request contact details' }).click({ noWaitAfter: true });
    while (stage.put.length === asked) await worker.page.waitForTimeout(20);
    await blockOn(adviser.page, ref, 'Every way to reach the person of this case');
    heldBack = undefined;
    answers();
    await pressed;
    await worker.page.waitForURL(/requests\//u);
    expect(await worker.page.textContent('h1')).toBe('This answer is not shown');
    expect(await worker.page.textContent('main')).toContain('Victim services have stopped all contact on this case');
    expect(await worker.page.locator('.holdfast-contact').count()).toBe(0);
    expect([...complaintsOf(worker, stage), ...complaintsOf(adviser, stage)]).toEqual([]);
    await Promise.all([worker.close(), adviser.close()]);
  }, 60_000);

  it.each([
    ['wide', WIDE, 5],
    ['narrow', NARROW, 7],
  ])(
    '%s: each page of victim services and each page of contact gaps',
    async (_name, width, number) => {
      const faults: string[] = [];
      const look = async (page: Page, heading: string): Promise<void> => {
        const found = [...(await pageFaults(page)), ...(await accessibilityFaults(page))];
        const title = await page.title();
        if (title !== `${heading} – Holdfast`) found.push(`title is ${title}`);
        faults.push(...found.map((fault) => `${heading}: ${fault}`));
      };
      const ref = stage.caseRef(number);
      const adviser = await openScreen(browser, { width });
      const { page } = adviser;
      await signInOn(adviser, `${url}/`, 'Sunita Devi');
      await look(page, 'Safety blocks');
      await page.getByRole('link', { name: ref }).click();
      await look(page, `Safety blocks on ${ref}`);
      await page.getByRole('button', { name: 'Set a safety block' }).click();
      await look(page, 'Set a safety block');
      await press(page, 'Continue');
      await look(page, 'Error: Set a safety block');
      expect(await page.locator(':focus').textContent()).toContain('There is a problem');
      await page.getByLabel('One address').check();
      await page.getByLabel('Which number or address?').fill('Flat 2, 14 Mill Lane, Rivertown, AB1 2CD');
      await page.getByLabel('Why?').fill('She moved there last week');
      await press(page, 'Continue');
      await look(page, 'Check before you do this');
      await press(page, 'Change');
      expect(await page.getByLabel('Which number or address?').inputValue()).toContain('14 Mill Lane');
      await press(page, 'Continue');
      await press(page, 'Set the block');
      await look(page, 'The block is set');
      await page.getByRole('link', { name: 'Back to the case' }).click();
      await look(page, `Safety blocks on ${ref}`);
      await page.getByRole('link', { name: /^Lift/u }).first().click();
      await look(page, 'Lift a safety block');
      await page.goto(`${url}/safety-blocks/${ref}/protect`);
      await look(page, 'Protect a contact');
      await page.getByLabel('One e-mail address').check();
      await page.getByLabel('Which number or address?').fill('her.name@example.com');
      await page.getByLabel('The victim’s').check();
      await page.getByLabel('Why?').fill('She gave it to us for messages');
      await press(page, 'Continue');
      await press(page, 'Protect this contact');
      await look(page, 'The contact is protected');
      await page.goto(`${url}/safety-blocks/${ref}/unprotect`);
      await look(page, 'Stop protecting a contact');
      expect(complaintsOf(adviser, stage)).toEqual([]);
      await adviser.close();

      const worker = await openScreen(browser, { width });
      await signInOn(worker, `${url}/contact-gaps`, 'Amara Lewis');
      await look(worker.page, 'Cases without a usable contact');
      await worker.page.getByRole('link', { name: ref }).click();
      await look(worker.page, `Contact gap on ${ref}`);
      await press(worker.page, 'Raise the gap with this agency');
      await look(worker.page, `Error: Contact gap on ${ref}`);
      await worker.page.getByLabel('Riverton Homes').check();
      await press(worker.page, 'Raise the gap with this agency');
      await look(worker.page, `Contact gap on ${ref}`);
      expect(await worker.page.textContent('main')).toContain('Riverton Homes was asked by');
      expect(complaintsOf(worker, stage)).toEqual([]);
      await worker.close();
      expect(faults).toEqual([]);
    },
    90_000,
  );

  it('by keyboard alone: a block is set, with the focus seen at each stop', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/safety-blocks/${stage.caseRef(11)}/block`, 'Sunita Devi');
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 60; presses += 1) {
        await page.keyboard.press('Tab');
        const focus = page.locator(':focus');
        if ((await focus.count()) === 0) continue;
        const said = [await focus.textContent(), await focus.getAttribute('name')];
        if (said.some((each) => name.test((each ?? '').trim()))) return;
      }
      throw new Error(`no stop is called ${name.source}`);
    };
    await tabTo(/^what$/u);
    // From the first choice backwards is the last: every way to reach him, which needs no number.
    await page.keyboard.press('ArrowUp');
    expect(await page.locator(':focus').getAttribute('value')).toBe('all');
    await tabTo(/^because$/u);
    await page.keyboard.type('Typed without a mouse, in a meeting');
    await tabTo(/^Continue/u);
    const style = "getComputedStyle(document.querySelector(':focus'))";
    expect(await page.evaluate(`${style}.outlineStyle !== 'none' || ${style}.boxShadow !== 'none'`)).toBe(true);
    await page.keyboard.press('Enter');
    // The address stays; only the heading tells that the next page has come.
    await page.getByRole('heading', { level: 1, name: /check/iu }).waitFor();
    await tabTo(/^Set the block/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/done/u);
    expect(await page.textContent('h1')).toContain('The block is set');
    await screen.close();
  });
});
