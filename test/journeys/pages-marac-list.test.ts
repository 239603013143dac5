import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePlainBrowser, signIn, type PlainBrowser } from './plain-browser.ts';
import { errorsOf, headingOf, titleOf, wordsOf } from './pages-worker.ts';
import { sendFile, sendFilled } from './pages-panel.ts';
import { openStage, today, type Stage } from './stage.ts';

/** A MARAC list in the browser: sent, looked at, imported, and sent again. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function person(staffId = 'helen.marsh'): Promise<PlainBrowser> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  await signIn(own, `${pagesUrl}/`, staffId);
  return own;
}

const HEADER =
  'case_ref,marac_reference,criterion,referred_on,meeting_on,given,family,date_of_birth,postcode,pnc,agencies';
const row = (number: number, change: Readonly<Record<string, string>> = {}): string => {
  const cells: Record<string, string> = {
    case_ref: `LIST-2026-${String(number).padStart(4, '0')}`,
    marac_reference: `MARAC-${today()}-${number}`,
    criterion: 'repeat',
    referred_on: today(),
    meeting_on: today(),
    given: 'Piotr',
    family: `Zielony${String.fromCharCode(97 + (number % 26))}`,
    date_of_birth: '1990-01-02',
    postcode: 'RV1 2AB',
    pnc: '',
    agencies: 'police housing',
    ...change,
  };
  return HEADER.split(',')
    .map((name) => cells[name] ?? '')
    .join(',');
};
const listOf = (...rows: readonly string[]): string => `${[HEADER, ...rows].join('\r\n')}\r\n`;
const opened = async () =>
  (await stage.entries()).filter(({ body }) => body.kind === 'case-changed' && body.changes.includes('opened')).length;

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('importing a MARAC list', () => {
  it('says its limits, shows what would happen, opens each case once, and may be sent again', async () => {
    const own = await person();
    const upload = await own.open(`${pagesUrl}/register/import`);
    expect(wordsOf(upload)).toContain('1 MB and 500 rows at most');
    const hostile = { given: '"=HYPERLINK(""http://x"")"', family: '<script>alert(1)</script>' };
    const list = listOf(
      row(1),
      row(2),
      row(3, hostile),
      row(4, { criterion: 'sometimes', referred_on: '2026-02-30' }),
      row(1),
    );
    const preview = await sendFile(own, upload, list);
    expect(headingOf(preview)).toBe('Check the list before you import it');
    expect(wordsOf(preview)).toContain('2 cases will be opened.');
    expect(wordsOf(preview)).toContain('given begins like a formula of a spreadsheet');
    expect(wordsOf(preview)).toContain('criterion does not have the form that it needs');
    expect(wordsOf(preview)).toContain('Write one of repeat, serial, high-harm.');
    expect(wordsOf(preview)).toContain('case_ref stands in the list twice');
    expect(preview.html).not.toMatch(/HYPERLINK|alert\(1\)/u);
    expect(await opened()).toBe(0);
    const imported = await sendFilled(own, preview);
    expect(headingOf(imported)).toBe('The list is imported');
    expect(wordsOf(imported)).toContain('2 cases were opened');
    expect(await opened()).toBe(2);
    const twice = await sendFilled(own, preview);
    expect(wordsOf(twice)).toContain('0 cases were opened');
    const again = await sendFile(own, upload, list);
    expect(wordsOf(again)).toContain('0 cases will be opened. 2 are there already and will not be changed.');
    expect(again.$('main form')).toHaveLength(0);
    expect(await opened()).toBe(2);
    const found = await own.open(`${pagesUrl}/register?ref=LIST-2026-0001`);
    expect(wordsOf(found)).toContain('Piotr Zielonyb');
  });

  it('P8: between preview and import the list lies sealed, and nobody else opens it', async () => {
    const own = await person();
    const preview = await sendFile(
      own,
      await own.open(`${pagesUrl}/register/import`),
      listOf(row(30, { family: 'Nieznana' })),
    );
    expect(wordsOf(preview)).toContain('Nieznana');
    expect(await stage.everythingAtRest()).not.toContain('Nieznana');
    const other = await person('h.lindqvist');
    const his = await other.open(preview.url);
    const none = await other.open(`${pagesUrl}/register/import/0c3a4d0e-32c5-4a43-8d1b-6f6f6f6f6f6f`);
    expect([headingOf(his), his.html]).toEqual(['This list is not kept any more', none.html]);
  });

  it('P6: a reference of another panel’s case is told only when it is taken, and that case is not touched', async () => {
    const own = await person();
    const kase = stage.cases[3];
    if (kase === undefined) throw new Error('no such case');
    await stage.partnership.putCase({
      ...kase,
      ...{ caseRef: 'LIST-2026-0050', leadAgency: 'westmarsh-council', agencies: ['westmarsh-council'] },
    });
    const before = await opened();
    const preview = await sendFile(own, await own.open(`${pagesUrl}/register/import`), listOf(row(50)));
    expect(wordsOf(preview)).toContain('1 case will be opened.');
    const imported = await sendFilled(own, preview);
    expect(wordsOf(imported)).toContain('0 cases were opened');
    expect((await opened()) - before).toBeLessThanOrEqual(1);
    expect((await own.open(`${pagesUrl}/register/LIST-2026-0050`)).status).toBe(404);
  });

  it.each([
    ['nothing', '', 'Select a MARAC list'],
    ['a header alone', listOf(), 'The list holds no row below its first line'],
    [
      'another header',
      'name,number\r\na,b\r\n',
      'The first line must name the columns of a MARAC list, each once: see below',
    ],
    [
      'what is not text',
      Buffer.from([0xff, 0xfe, 0x00, 0x41]),
      'The list is not text in UTF-8: save it as “CSV UTF-8”',
    ],
    ['an open quote', `${HEADER}\r\n"abc`, 'The list is not CSV: a quote is not closed, or a row is too long'],
    [
      'too many rows',
      listOf(...Array.from({ length: 501 }, (_v, n) => row(n + 1_000))),
      'The list must be 1 MB and 500 rows at most: split it',
    ],
  ])('refuses %s with what to do', async (_name, file, error) => {
    const own = await person();
    const page = await sendFile(own, await own.open(`${pagesUrl}/register/import`), file);
    expect([errorsOf(page), page.status]).toEqual([[error], 200]);
    expect(titleOf(page)).toBe('Error: Import a MARAC list – Holdfast');
  });

  it('P11: a list that is too large is refused whole, and one that is no form is not read', async () => {
    const own = await person();
    const upload = await own.open(`${pagesUrl}/register/import`);
    const large = await sendFile(own, upload, 'x'.repeat(1_200_000));
    expect([large.status, headingOf(large)]).toEqual([413, 'The list is too large']);
    const headers = { 'content-type': 'multipart/form-data; boundary=abc' };
    const damaged = await own.once('POST', upload.url, { body: '--abc\r\nnonsense', headers });
    expect([damaged.status, headingOf(damaged)]).toEqual([403, 'This form was not accepted']);
  });

  it('a form without its token is refused, and a session that ended leads to sign-in and back', async () => {
    const own = await person();
    const upload = await own.open(`${pagesUrl}/register/import`);
    const stolen = { ...upload, $: (await own.open(`${pagesUrl}/help`)).$ };
    const refused = await sendFile(own, stolen, listOf(row(90)));
    expect(refused.status).toBe(403);
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendFile(own, upload, listOf(row(91)));
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'helen.marsh' });
    expect(wordsOf(back)).toContain('Nothing of the list was kept: choose it again.');
  });

  it('P2: nobody but the panel has the page', async () => {
    const worker = await person('amara.lewis');
    expect((await worker.open(`${pagesUrl}/register/import`)).status).toBe(404);
  });
});
