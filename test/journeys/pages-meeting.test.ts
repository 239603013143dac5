import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgencySource } from '../../gateway/ports/agency-source.ts';
import type { CastCase } from '../population/cast-cases.ts';
import { connectTo } from '../database-address.ts';
import { castMobile } from '../population/cast-parts.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { errorsOf, headingOf, titleOf, wordsOf } from './pages-worker.ts';
import { askedPack, filledForm, sendFilled, threeOf } from './pages-panel.ts';
import { openStage, today, type Stage } from './stage.ts';

/** The meeting pack: a list of cases, one batch of questions, sheets to be printed, without scripts. */

let stage: Stage;
let pagesUrl: string;
const browsers: PlainBrowser[] = [];

async function person(staffId = 'helen.marsh'): Promise<PlainBrowser> {
  const own = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(own);
  await signIn(own, `${pagesUrl}/`, staffId);
  return own;
}

/** A case of the cast on the list of a MARAC meeting of this very day. */
async function listedToday(number: number, change: Partial<CastCase> = {}): Promise<string> {
  const kase = stage.cases[number - 1];
  if (kase === undefined) throw new Error('no such case');
  await stage.partnership.putCase({
    ...kase,
    ...{ maracMeetingOn: today(), maracReference: `MARAC-${today()}-${number}` },
    ...change,
  });
  return kase.caseRef;
}

const bodies = async () => (await stage.entries()).map(({ body }) => body);
const form = (typed: Readonly<Record<string, string>>) => ({ purpose: 'MARAC', ...threeOf('on', today()), ...typed });
const open = (own: PlainBrowser): Promise<Shown> => own.open(`${pagesUrl}/meetings/new`);

/** Agencies that are away, as the test wants it, and how many questions each was asked at once. */
const away = new Set<string>();
const underWay = new Map<string, number>();
let mostAtOnce = 0;

function watched(source: AgencySource): AgencySource {
  const { agency } = source;
  return {
    ...source,
    ask: async (question, limits) => {
      if (away.has(agency)) return { outcome: 'unavailable', code: 'connect-failed', records: [] };
      underWay.set(agency, (underWay.get(agency) ?? 0) + 1);
      mostAtOnce = Math.max(mostAtOnce, underWay.get(agency) ?? 0);
      // Long enough for as many others as may to be under way too.
      await new Promise((resolve) => setTimeout(resolve, 60));
      return source.ask(question, limits).finally(() => underWay.set(agency, (underWay.get(agency) ?? 0) - 1));
    },
  };
}

beforeAll(async () => {
  stage = await openStage({ pages: {}, sources: (five) => five.map(watched) });
  pagesUrl = stage.partnership.pagesUrl ?? '';
});
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('making a meeting pack', () => {
  it('from the day’s list to a sheet of each case, with one batch of questions that names the meeting', async () => {
    const refs = await Promise.all([1, 2, 3].map((number) => listedToday(number)));
    const own = await person();
    const before = stage.put.length;
    const filled = await sendFilled(own, await open(own), form({ step: 'list' }));
    expect(filledForm(filled).cases?.split('\n')).toEqual(refs);
    const check = await sendFilled(own, filled, {
      step: 'check',
      cases: `${refs.join(', ')}\nDAPG-2026-0004 NONE-2026-0001`,
    });
    expect(wordsOf(check)).toContain('MARAC meeting of');
    expect(wordsOf(check)).toContain('DAPG-2026-0004: It is on the list of another day’s meeting');
    expect(wordsOf(check)).toContain('NONE-2026-0001: Your panel has no case with this reference.');
    expect(stage.put).toHaveLength(before);
    const pack = await askedPack(own, await sendFilled(own, check, { step: 'begin' }));
    expect(wordsOf(pack)).toContain('3 of 3 cases answered.');
    expect(pack.$('[role=status]').text()).toContain('3 of 3');

    const disclosed = (await bodies()).filter(({ kind }) => kind === 'question-disclosed');
    expect(disclosed).toHaveLength(3);
    const packId = new URL(pack.url).pathname.split('/').at(-1);
    for (const [n, ref] of refs.entries())
      expect(disclosed).toContainEqual(
        expect.objectContaining({
          caseRef: ref,
          purpose: 'MARAC',
          meeting: { packId, on: today(), listing: `MARAC-${today()}-${n + 1}` },
        }),
      );
    const sheet = await own.open(`${pack.url}/cases/${refs[0] ?? ''}`);
    expect(sheet.$('.holdfast-marking').text()).toContain(`OFFICIAL-SENSITIVE ${refs[0] ?? ''}, MARAC meeting of`);
    expect(wordsOf(sheet)).toContain('Daniel Okoro');
    expect(wordsOf(sheet)).toContain('Not for onward copying');
    expect(wordsOf(sheet)).toContain('Pass it on only when the agency that owns it has agreed.');
    const whole = await own.open(`${pack.url}/print`);
    expect(whole.$('.holdfast-sheet')).toHaveLength(3);
    const views = (await bodies()).slice(-3);
    expect(views).toEqual(
      expect.arrayContaining(
        refs.map((caseRef) => expect.objectContaining({ kind: 'page-viewed', page: 'meeting-pack', caseRef })),
      ),
    );
    // P4: hers is nowhere, in whatever spelling.
    expect(whole.html.replaceAll(/[\s-]/gu, '')).not.toContain(castMobile(10).slice(-9));
  });

  it('begun once: a second press and a reload of the form come to the same pack, and nobody is asked twice', async () => {
    const ref = await listedToday(5);
    const own = await person();
    const check = await sendFilled(own, await open(own), form({ cases: ref }));
    const [first, second] = await Promise.all([1, 2].map(() => sendFilled(own, check, { step: 'begin' })));
    expect(second?.url).toBe(first?.url);
    const third = await sendFilled(own, check, { step: 'begin' });
    expect(third.url).toBe(first?.url);
    await askedPack(own, third);
    const asked = (await bodies()).filter((body) => body.kind === 'question-disclosed' && body.caseRef === ref);
    expect(asked).toHaveLength(1);
    const list = await own.open(`${pagesUrl}/meetings`);
    expect(list.$('main li')).toHaveLength(1);
  });

  it('goes on when the page is left, a few cases at a time', async () => {
    const refs = await Promise.all([1, 3, 4, 5, 6, 7, 8, 9].map((number) => listedToday(number)));
    const own = await person();
    mostAtOnce = 0;
    const check = await sendFilled(own, await open(own), form({ cases: refs.join(' ') }));
    const pack = await sendFilled(own, check, { step: 'begin' });
    await own.open(`${pagesUrl}/register`);
    const done = await askedPack(own, await own.open(pack.url));
    expect(wordsOf(done)).toContain('8 of 8 cases answered.');
    expect(mostAtOnce).toBeGreaterThan(1);
    expect(mostAtOnce).toBeLessThanOrEqual(3);
  });

  it('P7: an agency that did not answer is named on the pack and on the sheet, never as holding nothing', async () => {
    const ref = await listedToday(1);
    const own = await person();
    away.add('housing');
    const pack = await packOf(own, [ref]);
    away.delete('housing');
    expect(pack.$('tbody td').last().text()).toContain('Riverton Homes');
    const sheet = await own.open(`${pack.url}/cases/${ref}`);
    expect(sheet.$('.holdfast-silent').text()).toContain('Did not answer: Riverton Homes.');
    expect(wordsOf(sheet)).toContain('Riverton Homes: Did not answer.');
  });

  const CHANGES: readonly (readonly [string, Partial<CastCase>])[] = [
    [
      'a block on one contact',
      { safetyBlocks: [{ since: today(), sealedContact: { kind: 'phone', seal: 'A'.repeat(43) } }] },
    ],
    ['a newly protected person', { protectedContacts: [{ kind: 'phone', value: castMobile(77), whose: 'victim' }] }],
    ['contact stopped', { safetyBlocks: [{ since: today() }] }],
    ['a state that the panel changed', { category: 'monitor' }],
    ['a listing for another meeting', { maracMeetingOn: '2026-01-02' }],
    ['a case that was handed to another lead', { leadAgency: 'housing' }],
  ];
  it.each(CHANGES)('P4: %s since then empties that case’s pack, and no other', async (_what, change) => {
    const refs = await Promise.all([7, 10].map((number) => listedToday(number)));
    const own = await person();
    const pack = await packOf(own, refs);
    const before = await own.open(`${pack.url}/cases/${refs[0] ?? ''}`);
    expect(before.$('.holdfast-sheet dl').length).toBeGreaterThan(0);
    await listedToday(7, change);
    const after = await own.open(`${pack.url}/cases/${refs[0] ?? ''}`);
    expect(after.$('.holdfast-sheet dl, .holdfast-sheet li')).toHaveLength(0);
    expect(after.$('.holdfast-sheet__body p').first().text()).not.toMatch(/protect|block|victim’s/iu);
    const [last] = (await bodies()).slice(-1);
    expect(last).toMatchObject({ kind: 'page-viewed', page: 'meeting-pack', caseRef: refs[0] });
    expect(last).toHaveProperty('code');
    const whole = await own.open(`${pack.url}/print`);
    expect(whole.$('.holdfast-sheet').eq(0).find('dl')).toHaveLength(0);
    expect(whole.$('.holdfast-sheet').eq(1).find('dl').length).toBeGreaterThan(0);
    await listedToday(7);
  });

  it('P8: lies sealed, is nobody else’s, and is gone with sign-out', async () => {
    const ref = await listedToday(9);
    const own = await person();
    const pack = await packOf(own, [ref]);
    const packId = new URL(pack.url).pathname.split('/').at(-1);
    const rest = await stage.everythingAtRest();
    expect(rest).toContain(packId);
    expect(rest).not.toMatch(/Campbell|Jermaine/u);
    const chair = await person('h.lindqvist');
    for (const place of ['', '/print', `/cases/${ref}`]) {
      const his = await chair.open(`${pack.url}${place}`);
      const none = await chair.open(`${pagesUrl}/meetings/0c3a4d0e-32c5-4a43-8d1b-6f6f6f6f6f6f${place}`);
      expect([headingOf(his), his.html]).toEqual(['This meeting pack is not shown', none.html]);
    }
    await own.send(`${pagesUrl}/sign-out`, { formToken: filledForm(await open(own)).formToken ?? '' });
    const owner = await connectTo(stage.database.ownerUrl);
    const left = await owner
      .query('select 1 from holdfast.meeting_pack_part where pack_id = $1', [packId])
      .finally(() => owner.end());
    expect(left.rowCount).toBe(0);
  });

  it('P6: a case of another panel’s is answered as one that does not exist', async () => {
    const kase = stage.cases[3];
    if (kase === undefined) throw new Error('no such case');
    const elsewhere = { caseRef: 'WEST-2026-0007', leadAgency: 'westmarsh-council' };
    await stage.partnership.putCase({ ...kase, ...elsewhere, agencies: ['westmarsh-council', 'riverton-council'] });
    const own = await person();
    const asked = await open(own);
    const answers = await Promise.all(
      ['WEST-2026-0007', 'WEST-2026-9999'].map(async (ref) =>
        (await sendFilled(own, asked, form({ cases: ref, step: 'check' }))).html.replaceAll(ref, ''),
      ),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).toContain('Your panel has no case with this reference.');
    expect(answers[0]).not.toContain('Ask the agencies');
  });

  it('for a meeting of the panel there is no list, and the purpose is the panel’s own', async () => {
    const own = await person('h.lindqvist');
    const check = await sendFilled(own, await open(own), form({ purpose: 'DAPG', cases: stage.caseRef(11) }));
    expect(wordsOf(check)).toContain('Case management and review by the perpetrator group');
    const pack = await askedPack(own, await sendFilled(own, check, { step: 'begin' }));
    expect(wordsOf(pack)).toContain('1 of 1 case answered.');
    const disclosed = (await bodies()).findLast(({ kind }) => kind === 'question-disclosed');
    expect(disclosed).toMatchObject({ purpose: 'DAPG', meeting: { on: today() }, caseRef: stage.caseRef(11) });
    expect(disclosed).not.toHaveProperty('meeting.listing');
  });
});

/** A pack that was asked about to its end. */
async function packOf(own: PlainBrowser, refs: readonly string[]): Promise<Shown> {
  const check = await sendFilled(own, await open(own), form({ cases: refs.join('\n') }));
  return askedPack(own, await sendFilled(own, check, { step: 'begin' }));
}

describe('what cannot be', () => {
  const far = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);

  it.each([
    [
      'nothing',
      { purpose: '', 'on-day': '', 'on-month': '', 'on-year': '' },
      ['Select for which meeting the pack is', 'Enter the day of the meeting', 'Enter the references of the cases'],
    ],
    [
      'no day',
      { ...threeOf('on', '2026-02-31'), cases: 'DAPG-2026-0001' },
      ['The day of the meeting must be a real day, like 26 11 2026'],
    ],
    [
      'a day that is far off',
      { ...threeOf('on', far), cases: 'DAPG-2026-0001' },
      ['The meeting must be within the next 14 days or the last 7'],
    ],
    [
      'a name',
      { cases: 'DAPG-2026-0001 Daniel' },
      ['Reference 2 is not a case reference. Write it like DAPG-2026-0042'],
    ],
    [
      'markup',
      { cases: '<script>alert(1)</script> {{7*7}} \u202Edrawkcab' },
      ['Reference 1 is not a case reference. Write it like DAPG-2026-0042'],
    ],
    [
      'too many',
      { cases: Array.from({ length: 41 }, (_v, n) => `MANY-2026-${1000 + n}`).join(';') },
      ['Enter 40 cases at most. Make two packs'],
    ],
    [
      'a purpose that is no meeting’s',
      { purpose: 'EMERG', cases: 'DAPG-2026-0001' },
      ['Select for which meeting the pack is'],
    ],
  ])('%s is said beside its field, and nobody is asked', async (_name, typed, errors) => {
    const own = await person();
    const before = stage.put.length;
    for (const step of ['check', 'begin']) {
      const page = await sendFilled(own, await open(own), { ...form({}), ...typed, step });
      expect(errorsOf(page)).toEqual(errors);
      expect(titleOf(page)).toBe('Error: Make a meeting pack – Holdfast');
      expect(page.html).not.toContain('<script>alert');
    }
    expect(stage.put).toHaveLength(before);
  });

  it('a session that ended while she typed loses nothing', async () => {
    const own = await person();
    const asked = await open(own);
    own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast');
    const choice = await sendFilled(own, asked, form({ cases: 'DAPG-2026-0001\nDAPG-2026-0003', step: 'check' }));
    const back = choice.url.startsWith(pagesUrl) ? choice : await own.send(choice.url, { person: 'helen.marsh' });
    expect(filledForm(back)).toMatchObject(form({ cases: 'DAPG-2026-0001\nDAPG-2026-0003' }));
    expect(wordsOf(back)).toContain('What you typed is filled in again');
  });

  it('P2: is nobody’s but the panel’s', async () => {
    for (const staffId of ['amara.lewis', 'r.bell', 't.quill']) {
      const own = await person(staffId);
      for (const rest of ['/meetings', '/meetings/new', '/meetings/0c3a4d0e-32c5-4a43-8d1b-6f6f6f6f6f6f'])
        expect((await own.open(`${pagesUrl}${rest}`)).status).toBe(404);
    }
  });
});
