import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { castMobile } from '../population/cast-parts.ts';
import { textOfPdf } from './pdf-text.ts';
import { hasBrowser, NARROW, NO_BROWSER, openScreen, signInOn, WIDE } from './screen.ts';
import { complaintsOf, faultsOf, openScreenStage, press, type ScreenStage } from './screen-stage.ts';
import { today, type Stage } from './stage.ts';

/** A coordinator on a real screen: from a MARAC list to a printed pack, wide, narrow, without scripts. */
(hasBrowser() ? describe : describe.skip)(hasBrowser() ? 'the panel’s pages on a screen' : NO_BROWSER, () => {
  let ground: ScreenStage;
  let stage: Stage;
  let browser: Browser;
  let url: string;
  beforeAll(async () => {
    ground = await openScreenStage();
    ({ stage, browser, url } = ground);
  }, 60_000);
  afterAll(() => ground.close());

  const fillDate = async (page: Page, name: string): Promise<void> => {
    const [year = '', month = '', day = ''] = today().split('-');
    for (const [part, value] of Object.entries({ day, month, year })) await page.fill(`#${name}-${part}`, value);
  };

  /** A list with Daniel, of whose case the victim's number is known, and a row that is to be mended. */
  const listFor = (tag: string): string =>
    [
      'case_ref,marac_reference,criterion,referred_on,meeting_on,given,family,date_of_birth,pnc,agencies',
      `${tag}-2026-0001,MARAC-${today()}-1,repeat,${today()},${today()},Daniel,Okoro,1988-03-14,2006/0900001W,police probation housing health childrens`,
      `${tag}-2026-0002,MARAC-${today()}-2,often,${today()},${today()},Nobody,Known,1990-01-01,,police`,
    ].join('\r\n');

  it.each([
    ['wide', WIDE, true, 'WIDE'],
    ['narrow', NARROW, true, 'NARROW'],
    ['narrow, no scripts', NARROW, false, 'PLAIN'],
  ])(
    '%s: from a MARAC list to a decided case and a printed pack',
    async (_name, width, scripts, tag) => {
      const screen = await openScreen(browser, { width, scripts });
      const { page } = screen;
      const faults: string[] = [];
      const look = async (heading: string): Promise<void> =>
        void faults.push(...(await faultsOf(page, heading, scripts)));
      const ref = `${tag}-2026-0001`;
      await signInOn(screen, `${url}/`, 'Helen Marsh');
      await look('Cases');
      await page.getByRole('button', { name: 'Import a MARAC list' }).click();
      await look('Import a MARAC list');
      await press(page, 'Continue');
      await look('Error: Import a MARAC list');
      await page.setInputFiles('#list', { name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(listFor(tag)) });
      await press(page, 'Continue');
      await look('Check the list before you import it');
      await press(page, 'Open these cases');
      await look('The list is imported');
      await page.getByRole('link', { name: 'All cases' }).click();
      await page.fill('#ref', 'no such');
      await press(page, 'Find');
      await look('Error: Cases');
      await page.fill('#ref', ref.toLowerCase());
      await press(page, 'Find');
      await look(`Case ${ref}`);
      await page.getByRole('link', { name: 'Change the state' }).click();
      await look('Change the state');
      await press(page, 'Continue');
      await look('Error: Change the state');
      await page.getByLabel('Contact', { exact: true }).check();
      await page.getByLabel('Why?').fill('He asked for help himself');
      await press(page, 'Continue');
      await look('Check before you record it');
      await press(page, 'Record the decision');
      await look(`Case ${ref}`);
      for (const [link, heading] of [
        ['Record a review', 'Record a review'],
        ['Allocate to a worker', 'Allocate to a worker'],
        ['Change the team', 'Change the team'],
        ['Change the agencies', 'Change the agencies'],
        ['Record what police said', 'Record what police said'],
        ['Record a further referral', 'Record a further referral'],
      ] as const) {
        await page.goto(`${url}/register/${ref}`);
        await page.getByRole('link', { name: link }).click();
        await look(heading);
      }
      await page.goto(`${url}/register/new`);
      await press(page, 'Continue');
      await look('Error: Open a case');
      await page.goto(`${url}/meetings`);
      await look('Meetings');
      await page.getByRole('button', { name: 'Make a meeting pack' }).click();
      await look('Make a meeting pack');
      await press(page, 'Continue');
      await look('Error: Make a meeting pack');
      await fillDate(page, 'on');
      await page.getByLabel('A MARAC meeting').check();
      await page.getByLabel('Which cases?').fill(`${ref} ${tag}-2026-0002`);
      await press(page, 'Continue');
      await look('Check before the agencies are asked');
      await press(page, 'Ask the agencies');
      await look('Meeting pack');
      for (
        let looks = 0;
        looks < 60 && (await page.getByRole('link', { name: 'Show all cases' }).count()) === 0;
        looks += 1
      ) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await page.reload();
        const again = page.getByRole('button', { name: /^Ask again about/u });
        if ((await again.count()) > 0) await again.click();
      }
      await look('Meeting pack');
      await page.getByRole('link', { name: ref }).click();
      await look(`Case ${ref}`);
      await page.goBack();
      await page.getByRole('link', { name: 'Show all cases, to be printed' }).click();
      await look('All cases of the meeting pack');
      expect(faults).toEqual([]);

      const pages = textOfPdf(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      const printed = pages.map((text) => text.replaceAll(/\s/gu, ''));
      for (const [n, text] of printed.entries()) {
        expect(text).toContain('OFFICIAL-SENSITIVE');
        expect(text).toContain(ref);
        expect(text).toContain(`Page${n + 1}of${printed.length}`);
      }
      expect(printed.join('')).toContain('DanielOkoro');
      expect(printed.join('')).toContain('Notforonwardcopying');
      expect(printed.join('')).not.toMatch(/Signout|Helpful|Savea?sPDF/u);
      // P4: her number is not printed.
      expect(printed.join('')).not.toContain(castMobile(10).slice(-9));
      expect(complaintsOf(screen, stage)).toEqual([]);
      await screen.close();
    },
    120_000,
  );

  it('by keyboard alone: from the list of cases to a recorded review', async () => {
    const screen = await openScreen(browser);
    const { page } = screen;
    await signInOn(screen, `${url}/register/${stage.caseRef(7)}`, 'Helen Marsh');
    const tabTo = async (name: RegExp): Promise<void> => {
      for (let presses = 0; presses < 80; presses += 1) {
        await page.keyboard.press('Tab');
        const focus = page.locator(':focus');
        if ((await focus.count()) === 0) continue;
        const said = [await focus.textContent(), await focus.getAttribute('value')];
        if (said.some((each) => name.test((each ?? '').trim()))) return;
      }
      throw new Error(`no stop is called ${name.source}`);
    };
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toContain('Skip to main content');
    await tabTo(/^Record a review/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/review$/u);
    await tabTo(/^yes$/u);
    await page.keyboard.press('Space');
    await tabTo(/^Continue/u);
    await page.keyboard.press('Enter');
    await page.waitForSelector('text=Check before you record it');
    await tabTo(/^Record the review/u);
    await page.keyboard.press('Enter');
    await page.waitForURL(/done=review$/u);
    expect(await page.textContent('.govuk-notification-banner')).toContain('The review is recorded.');
    expect(screen.complaints.filter((each) => each.includes(url))).toEqual([]);
    await screen.close();
  });
});
