import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { NARROW, openBrowser, openScreen, signInOn, WIDE, type Screen } from './screen.ts';
import { openStage, ROOT, type Stage } from './stage.ts';

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
  const narrow = await openScreen(browser, { width: NARROW });
  await signInOn(narrow, `${pagesUrl}/cases/${play.caseRef(5)}`, 'Amara Lewis');
  await ask(narrow, `${pagesUrl}/cases/${play.caseRef(5)}`);
  await shoot(narrow, 'contact-details-narrow');
  await browser.close();
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
