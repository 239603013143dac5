import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { NARROW, openBrowser, openScreen, signInOn, WIDE, type Screen } from './screen.ts';
import { openStage, ROOT, today, type Stage } from './stage.ts';

/**
 * `node --import ./deploy/typescript.mjs test/journeys/take-screenshots.ts` writes the main pages, with people who do
 * not exist, to docs/screenshots. It needs the browser of the journeys.
 */

/** As much as a reader looks at: an answer with everything below it is seven screens long. */
const TALLEST = 1_700;
const SHOTS = join(ROOT, 'docs', 'screenshots');

const folder = await mkdtemp(join(tmpdir(), 'holdfast-screenshots-'));
const started = await startEmbeddedPostgres({ folder, durable: false });
if (!started.ok) throw new Error(started.error.sentence);
const { url: ownerUrl } = started.value;
await migrate({ ownerUrl });
const login = await createGatewayLogin(ownerUrl, 'of-screenshots-only');
if (!login.ok) throw new Error(login.error);
const stage = await openStage({ pages: {}, database: { url: login.value, ownerUrl, drop: () => Promise.resolve() } });
try {
  await takeAll(stage);
} finally {
  await stage.close();
  await started.value.stop();
  await rm(folder, { recursive: true, force: true });
}

async function takeAll(play: Stage): Promise<void> {
  const { pagesUrl = '', identityUrl = '', pki } = play.partnership;
  await mkdir(SHOTS, { recursive: true });
  const browser = await openBrowser(pki.authority.certificatePem, [pagesUrl, identityUrl]);
  const wide = await openScreen(browser, { width: WIDE });
  await signInOn(wide, `${pagesUrl}/cases`, 'Amara Lewis');
  await shoot(wide, 'my-cases');
  await wide.page.goto(`${pagesUrl}/cases/${play.caseRef(2)}`);
  await shoot(wide, 'case-on-hold');
  await ask(wide, `${pagesUrl}/cases/${play.caseRef(1)}`, 'request');
  await shoot(wide, 'contact-details');
  await wide.page
    .getByRole('link', { name: /^Record what happened/u })
    .first()
    .click();
  await shoot(wide, 'record-what-happened');
  await wide.page.getByLabel('The victim answered, or may have').check();
  await wide.page.getByRole('button', { name: 'Continue' }).click();
  await shoot(wide, 'the-victim-answered');
  await breakGlass(wide, `${pagesUrl}/cases/${play.caseRef(7)}`);
  const narrow = await openScreen(browser, { width: NARROW });
  await signInOn(narrow, `${pagesUrl}/cases/${play.caseRef(5)}`, 'Amara Lewis');
  await ask(narrow, `${pagesUrl}/cases/${play.caseRef(5)}`);
  await shoot(narrow, 'contact-details-narrow');
  await safetyBlocks(await openScreen(browser, { width: WIDE }), `${pagesUrl}/safety-blocks`, play.caseRef(1));
  await wide.page.goto(`${pagesUrl}/contact-gaps`);
  await shoot(wide, 'contact-gaps');
  await panel(await openScreen(browser, { width: WIDE }), pagesUrl, play);
  await browser.close();
}

/** The coordinator's: her cases, one of them, and a meeting pack. */
async function panel(screen: Screen, pagesUrl: string, play: Stage): Promise<void> {
  const { page } = screen;
  await signInOn(screen, `${pagesUrl}/register`, 'Helen Marsh');
  await shoot(screen, 'panel-cases');
  await page.goto(`${pagesUrl}/register/${play.caseRef(4)}/category`);
  await shoot(screen, 'panel-change-the-state');
  await page.goto(`${pagesUrl}/meetings/new`);
  await page.getByLabel('A meeting of the panel').check();
  const [year = '', month = '', day = ''] = today().split('-');
  for (const [part, value] of Object.entries({ day, month, year })) await page.fill(`#on-${part}`, value);
  await page.getByLabel('Which cases?').fill([1, 3, 9].map((number) => play.caseRef(number)).join('\n'));
  await page.getByRole('button', { name: 'Continue', exact: true }).click();
  await shoot(screen, 'meeting-pack-check');
  await page.getByRole('button', { name: 'Ask the agencies' }).click();
  await page.waitForTimeout(8_000);
  await page.reload();
  await shoot(screen, 'meeting-pack');
  await page.goto(`${page.url()}/cases/${play.caseRef(1)}`);
  await shoot(screen, 'meeting-pack-case');
}

async function breakGlass(screen: Screen, caseUrl: string): Promise<void> {
  const { page } = screen;
  await page.goto(`${caseUrl}/break-glass`);
  await shoot(screen, 'break-glass');
  await page.getByRole('button', { name: 'I have understood: continue' }).click();
  // The provider tells the time of a proof in whole seconds, and this one has to be later than the sign-in.
  await page.waitForTimeout(1_100);
  await page.getByRole('button', { name: 'Amara Lewis', exact: true }).click();
  await page.getByLabel('A child', { exact: true }).check();
  await page.getByLabel('Why does it have to be now?').fill('He said this morning what he means to do tonight');
  await page.getByLabel('What have you tried?').fill('Called 999 and the duty desk of probation');
  await page.getByLabel('1 hour', { exact: true }).check();
  await shoot(screen, 'break-glass-declaration');
  await page.getByRole('button', { name: 'Break the glass and ask every agency' }).click();
  await page.waitForURL(/requests\//u);
  await shoot(screen, 'break-glass-answer');
  await page.goto(`${caseUrl}/who-has-looked`);
  await shoot(screen, 'who-has-looked');
}

/** After the victim answered on this case: her advisers read it, and set a block. */
async function safetyBlocks(screen: Screen, url: string, caseRef: string): Promise<void> {
  const { page } = screen;
  await signInOn(screen, url, 'Sunita Devi');
  await shoot(screen, 'safety-blocks');
  await page.goto(`${url}/${caseRef}/block`);
  await page.getByLabel('One telephone number').check();
  await page.getByLabel('Which number or address?').fill('+44 7700 900123');
  await page.getByLabel('Why?').fill('She rang us this morning and asked for it');
  await page.getByRole('button', { name: 'Continue' }).click();
  await shoot(screen, 'safety-block-to-check');
  await page.getByRole('button', { name: 'Set the block' }).click();
  await page.goto(`${url}/${caseRef}`);
  await shoot(screen, 'safety-blocks-of-a-case');
}

async function ask(screen: Screen, caseUrl: string, shot?: string): Promise<void> {
  const { page } = screen;
  await page.goto(`${caseUrl}/request`);
  await page.getByLabel('Engagement contact by an intervention worker').check();
  await page.getByLabel('Why is this needed now?').fill('First call after the panel met on Thursday');
  if (shot !== undefined) await shoot(screen, shot);
  await page.getByRole('button', { name: 'Request contact details' }).click();
  await page.waitForURL(/requests\//u);
}

async function shoot({ page }: Screen, name: string): Promise<void> {
  const { width = WIDE } = page.viewportSize() ?? {};
  const height = Math.min(TALLEST, Number(await page.evaluate('document.documentElement.scrollHeight')));
  await page.screenshot({ path: join(SHOTS, `${name}.png`), fullPage: true, clip: { x: 0, y: 0, width, height } });
}
