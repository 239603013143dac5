import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runStaff } from '../../deploy/staff.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { askOn, headingOf, titleOf, wordsOf } from './pages-worker.ts';
import { answerOf, openStage, type Stage } from './stage.ts';

/** Who has looked at a case, as its own worker may see it. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];
const REASON = 'First call after the panel met on Thursday';

async function worker(staffId = 'amara.lewis'): Promise<PlainBrowser> {
  const made = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(made);
  await signIn(made, `${pagesUrl}/nowhere`, staffId);
  return made;
}

const address = (number: number): string => `${pagesUrl}/cases/${stage.caseRef(number)}/who-has-looked`;
const lines = ({ $ }: Shown): string[] =>
  $('.moj-timeline__item')
    .map((_n, item) => $(item).text().replace(/\s+/gu, ' ').trim())
    .get();
const last = async (): Promise<LogEntryBody | undefined> => (await stage.entries()).at(-1)?.body;

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
  const [url, staff] = [join(stage.folder, 'url'), join(stage.folder, 'staff')];
  await writeFile(url, stage.database.url);
  const amara = {
    agency: 'riverton-council',
    id: 'amara.lewis',
    given: 'Amara',
    family: 'Lewis',
    team: 'Intervention',
  };
  await writeFile(staff, JSON.stringify(amara));
  const fail = (sentence: string): number => {
    throw new Error(sentence);
  };
  await runStaff(['--url', url, '--keys', stage.folder, '--staff', staff], { print: () => 0, fail });
}, 60_000);
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('who has looked', () => {
  it('names who did what for which purpose and when, newest first, and is itself an entry (P1)', async () => {
    const own = await worker();
    await askOn(own, pagesUrl, stage.caseRef(1));
    const kase = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}`);
    const tab = kase.$('.moj-sub-navigation a:contains("Who has looked")').attr('href') ?? '';
    const page = await own.open(new URL(tab, kase.url).href);
    expect(titleOf(page)).toBe('Who has looked – Holdfast');
    const said = lines(page);
    expect(said[0]).toMatch(
      /^Opened the case \d+ \w+ \d{4} at \d+:\d\d[ap]m Amara Lewis, .+, Riverton Council ?amara\.lewis$/u,
    );
    const asked = said.find((each) => each.startsWith('Asked the agencies and was answered'));
    expect(asked).toContain('Engagement contact by an intervention worker');
    const times = page
      .$('time')
      .map((_n, each) => page.$(each).attr('datetime'))
      .get();
    expect(times).toEqual([...times].sort().reverse());
    expect(await last()).toMatchObject({ kind: 'page-viewed', page: 'who-has-looked', found: said.length });
    expect(lines(await own.open(address(1)))[0]).toContain('Looked at who has looked');
  });

  it('P6: another agency’s question, a refused one and any reason are not there', async () => {
    answerOf(
      await stage.disclosure({
        agency: 'police',
        role: 'pol.da_officer',
        purpose: 'MARAC',
        caseRef: stage.caseRef(1),
      }),
    );
    // A colleague who is not on the case tries its reference.
    const other = await worker('joseph.tate');
    expect((await other.open(`${pagesUrl}/cases/${stage.caseRef(1)}`)).status).toBe(404);
    const own = await worker();
    const before = lines(await own.open(address(1)));
    const page = await own.open(address(1));
    expect(lines(page).length).toBe(before.length + 1);
    for (const hidden of ['joseph.tate', 'a.member', 'Police', 'MARAC meeting', REASON])
      expect(lines(page).join('\n')).not.toContain(hidden);
    expect(wordsOf(page)).toContain('Other agencies’ staff, and reviews of the log, are not shown here');
  });

  it('goes on page by page, each look once', async () => {
    const own = await worker();
    for (let looks = 0; looks < 30; looks += 1) await own.open(`${pagesUrl}/cases/${stage.caseRef(5)}`);
    const first = await own.open(address(5));
    expect(lines(first)).toHaveLength(25);
    const next = first.$('a:contains("Earlier")').attr('href') ?? '';
    const second = await own.open(new URL(next, first.url).href);
    expect(lines(second)).toHaveLength(5);
    expect(second.$('a:contains("Earlier")')).toHaveLength(0);
  });

  it('P6: of a case that is not hers it answers exactly as of one that does not exist', async () => {
    const own = await worker();
    const there = await own.open(address(4));
    const nowhere = await own.open(address(4).replace(stage.caseRef(4), stage.caseRef(4).replace(/\d{4}$/u, '9996')));
    expect([there.status, nowhere.status]).toEqual([404, 404]);
    expect(there.html).toBe(nowhere.html);
  });

  it.each(['x', '-1', '9'.repeat(40), '%3Cscript%3E', '0'])('takes ?before=%s for what it is', async (before) => {
    const own = await worker();
    const page = await own.open(`${address(1)}?before=${before}`);
    expect([page.status, headingOf(page)]).toEqual([200, 'Who has looked']);
    expect(page.$('main script')).toHaveLength(0);
  });
});
