import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { askOn, errorsOf, formOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** A worker says whose a record is, from the answer that speaks of it, after asking the agency that holds it. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function worker(staffId: string): Promise<PlainBrowser> {
  const made = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `judge ${staffId} ${browsers.length}`);
  browsers.push(made);
  await signIn(made, `${pagesUrl}/nowhere`, staffId);
  return made;
}

const judgeLinks = ({ $ }: Shown): string[] =>
  $('a')
    .filter((_n, link) => $(link).text().startsWith('Say whose record it is'))
    .map((_n, link) => $(link).attr('href') ?? '')
    .get();
const firstLink = (shown: Shown): string => {
  const [link] = judgeLinks(shown);
  if (link === undefined) throw new Error('the answer offers no record to judge');
  return `${pagesUrl}${link}`;
};

beforeAll(async () => {
  stage = await openStage({ pages: {} });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('saying whose a record is', () => {
  it('is offered for each record of the answer, shows why it was judged so, and no value', async () => {
    const own = await worker('amara.lewis');
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    expect(judgeLinks(answer)).toHaveLength(5);
    const page = await own.open(firstLink(answer));
    expect(titleOf(page)).toBe('Whose record is it? – Holdfast');
    expect(wordsOf(page)).toContain('Ask Riverton');
    expect(page.html).not.toMatch(/07700|\+44|\d{4}\/\d{7}[A-Z]/u);
    expect(page.url).not.toMatch(/07700|\+44/u);
  });

  const wrong: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    ['nothing', { because: '' }, ['Select whose record it is', 'Enter who confirmed it, and how']],
    ['another word', { says: '__proto__', because: 'Their housing officer said so' }, ['Select whose record it is']],
    ['too short', { says: 'same', because: 'she' }, ['Who confirmed it must be 10 characters or more']],
    ['too long', { says: 'same', because: 'x'.repeat(501) }, ['Who confirmed it must be 500 characters or less']],
    [
      'only marks that nobody sees',
      { says: 'same', because: '\u202e'.repeat(20) },
      ['Enter who confirmed it, and how'],
    ],
  ];
  it.each(wrong)('%s: says so, keeps what was typed, changes nothing', async (_name, typed, errors) => {
    const own = await worker('amara.lewis');
    const form = await own.open(firstLink(await askOn(own, pagesUrl, stage.caseRef(1))));
    const again = await sendForm(own, form, typed);
    expect(errorsOf(again)).toEqual(errors);
    expect(titleOf(again)).toBe('Error: Whose record is it? – Holdfast');
    expect(formOf(again).because?.trim()).toBe((typed.because ?? '').replace(/\u202e/gu, ''));
    expect((await stage.entries()).map(({ body }) => body.kind)).not.toContain('records-combined');
  });

  it('P5: a record that she says is another’s is out of the next answer, and the one on the screen is not shown again', async () => {
    const own = await worker('amara.lewis');
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const form = await own.open(firstLink(answer));
    const done = await sendForm(own, form, { says: 'not-same', because: 'Their records officer compared both files.' });
    expect(headingOf(done)).toBe('What you said of the record is kept');
    expect((await stage.entries()).map(({ body }) => body)).toContainEqual(
      expect.objectContaining({ kind: 'records-combined', decision: 'not-same' }),
    );
    const stale = await own.open(answer.url);
    expect(headingOf(stale)).toBe('This answer is not shown');
    expect(wordsOf(stale)).toContain('This case has changed since you asked');
    const next = await askOn(own, pagesUrl, stage.caseRef(1));
    expect(judgeLinks(next).length).toBeLessThan(5);
  });

  it('P6: a record that the answer does not speak of, and another person’s answer, look like no page', async () => {
    const own = await worker('amara.lewis');
    const answer = await askOn(own, pagesUrl, stage.caseRef(1));
    const unknown = await own.open(`${answer.url}/records/police-99`);
    expect([unknown.status, headingOf(unknown)]).toEqual([404, 'Page not found']);
    const other = await worker('amara.lewis');
    const stolen = await other.open(firstLink(answer));
    expect(headingOf(stolen)).toBe('This answer is not shown');
  });
});
