import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { reviewEntriesAnswerSchema, reviewListAnswerSchema } from '../../schemas/review-request.ts';
import { castMobile } from '../population/cast-parts.ts';
import { connectTo } from '../database-address.ts';
import { makePlainBrowser, signIn, type PlainBrowser, type Shown } from './plain-browser.ts';
import { errorsOf, formOf, headingOf, sendForm, titleOf, wordsOf } from './pages-worker.ts';
import { openStage, type Stage } from './stage.ts';

/** An emergency in the browser: what stops her first, proving herself again, the answer, and who looks into it. */

let stage: Stage;
let pagesUrl: string;
/** The gateway's clock, moved on by tests. */
let aheadMs = 0;
const browsers: PlainBrowser[] = [];

async function worker(staffId = 'amara.lewis'): Promise<PlainBrowser> {
  const made = makePlainBrowser(stage.partnership.pki.authority.certificatePem, `browser ${browsers.length}`);
  browsers.push(made);
  await signIn(made, `${pagesUrl}/nowhere`, staffId);
  return made;
}

const WORRIED = {
  atRisk: 'child',
  why: 'He told his practitioner this morning what he means to do tonight',
  tried: 'Called 999 and the duty desk of probation',
  hours: '1',
};

const glass = (number: number): string => `${pagesUrl}/cases/${stage.caseRef(number)}/break-glass`;

/** A provider tells the time of a proof in whole seconds: the next one is a later proof. */
const nextSecond = (): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, 1_010 - (Date.now() % 1_000));
  });

/** Proves herself again at the provider's page, however well the provider does it. */
async function confirm(own: PlainBrowser, choice: Shown, more: Record<string, string> = {}): Promise<Shown> {
  expect(headingOf(choice)).toBe('Who are you?');
  await nextSecond();
  return own.send(choice.url, { person: 'amara.lewis', ...more });
}

async function declaring(own: PlainBrowser, number: number, person = 'amara.lewis'): Promise<Shown> {
  const shown = await own.open(`${glass(number)}/declare`);
  return headingOf(shown) === 'Who are you?' ? confirm(own, shown, { person }) : shown;
}

const bodies = async (): Promise<LogEntryBody[]> => (await stage.entries()).map(({ body }) => body);
async function opened(number: number): Promise<Extract<LogEntryBody, { kind: 'break-glass-opened' }>[]> {
  const ref = stage.caseRef(number);
  return (await bodies()).filter((body) => body.kind === 'break-glass-opened').filter(({ caseRef }) => caseRef === ref);
}

async function officer<T>(agency: string, path: string, shape: { parse: (value: unknown) => T }, body: object) {
  const system = stage.asker(agency);
  try {
    const matter = 'IGREV-2026-0011';
    const head = {
      ...{ requestId: randomUUID(), sentAt: new Date().toISOString(), caseRef: matter, ground: 'lawfulness' },
      staff: { id: 'ig.officer', role: 'ig.reviewer' },
    };
    const token = await system.token('IGREV', matter);
    const reply = await system.send('POST', path, { token, body: JSON.stringify({ ...head, ...body }) });
    return shape.parse(reply.json);
  } finally {
    await system.close();
  }
}

beforeAll(async () => {
  stage = await openStage({ pages: {}, gateway: { now: () => new Date(Date.now() + aheadMs) } });
  pagesUrl = stage.partnership.pagesUrl ?? '';
}, 60_000);
afterAll(async () => {
  await Promise.all(browsers.map((each) => each.close()));
  await stage.close();
});

describe('breaking the glass', () => {
  it('from the case to the answer, its badge, its review with her own officers and one with each owner', async () => {
    const own = await worker();
    const kase = await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}`);
    const link = kase.$('a:contains("break the glass")').attr('href') ?? '';
    const stop = await own.open(new URL(link, kase.url).href);
    expect(headingOf(stop)).toBe('Stop: break the glass only if somebody’s life is at risk now');
    expect(stop.$('main form, main input')).toHaveLength(0);
    expect(wordsOf(stop)).toMatch(/reviews it by \d+ \w+ \d{4} at/u);
    const form = await confirm(
      own,
      await own.open(new URL(stop.$('a[role=button]').attr('href') ?? '', stop.url).href),
    );
    expect(titleOf(form)).toBe('Declare an emergency – Holdfast');
    const answer = await sendForm(own, form, WORRIED);
    expect(headingOf(answer)).toBe('What is known in this emergency');
    expect(wordsOf(answer)).toContain('Break-glass open until');
    // What he may do and what binds him come first; with values, not only as headings.
    expect(wordsOf(answer)).toMatch(/What you may know .+ last updated .+Whom to call/u);
    expect(answer.$('main dl dd').first().text().trim()).not.toBe('');
    const [glassOpened] = await opened(1);
    expect(glassOpened).toMatchObject({ actor: { staffId: 'amara.lewis', session: expect.any(String) } });
    const { breakGlassId = '' } = glassOpened ?? {};
    const asked = (await bodies()).filter((body) => 'breakGlassId' in body && body.breakGlassId === breakGlassId);
    expect(asked.map(({ kind }) => kind)).toEqual(['break-glass-opened', 'question-consulted', 'question-disclosed']);
    expect(asked[2]).toMatchObject({ purpose: 'EMERG', requester: { staffId: 'amara.lewis' } });

    const { reviews } = await officer('riverton-council', '/v1/review/list', reviewListAnswerSchema, {});
    const mine = reviews.filter(({ about, aboutCase }) => about === 'break-glass' && aboutCase === stage.caseRef(1));
    expect(mine).toMatchObject([{ staffId: 'amara.lewis', state: 'open', overdue: false }]);
    expect(Date.parse(mine[0]?.dueAt ?? '') - Date.parse(mine[0]?.openedAt ?? '')).toBe(24 * 3_600_000);
    const found = await officer('riverton-council', '/v1/review/entries', reviewEntriesAnswerSchema, {
      filters: { kinds: ['break-glass-opened'] },
      words: true,
    });
    expect(found.entries[0]?.words).toContain(WORRIED.why);

    const disclosed = asked[2]?.kind === 'question-disclosed' ? asked[2].fields : [];
    const owners = new Set(disclosed.filter(({ count = 0 }) => count > 0).map(({ source }) => source));
    expect(owners.size).toBeGreaterThan(1);
    for (const agency of ['police', 'probation', 'housing', 'health', 'childrens']) {
      const theirs = await officer(agency, '/v1/review/list', reviewListAnswerSchema, { words: true });
      expect([agency, theirs.reviews.length]).toEqual([agency, owners.has(agency) ? 1 : 0]);
      // A reference, and nothing of what she wrote.
      expect(JSON.stringify(theirs)).not.toContain('practitioner');
    }
  }, 40_000);

  it('P4: nothing about a victim is in the answer, and no contact detail that policy does not give', async () => {
    const own = await worker();
    const answer = await sendForm(own, await declaring(own, 5), WORRIED);
    expect(headingOf(answer)).toBe('What is known in this emergency');
    expect(answer.html.replaceAll(' ', '')).not.toContain(castMobile(10));
    expect(answer.$('.holdfast-contact')).toHaveLength(0);
  });

  it('stays open for its opener alone: her colleague on the case has to declare for himself', async () => {
    const chair = await worker('h.lindqvist');
    const kase = await chair.open(`${pagesUrl}/cases/${stage.caseRef(1)}`);
    expect(wordsOf(kase)).toContain('opened by amara.lewis, Riverton Council');
    expect(headingOf(await chair.open(glass(1)))).toMatch(/^Stop/u);
  });

  it('asks again while it is open, and not any more once she has ended it', async () => {
    const own = await worker();
    const grant = await own.open(glass(1));
    expect(headingOf(grant)).toBe('You have broken the glass on this case');
    const choice = await own.send(glass(1), formOf(grant, { do: 'ask' }));
    const back = headingOf(choice) === 'Who are you?' ? await confirm(own, choice) : choice;
    expect(formOf(back).requestId).toBe(formOf(grant).requestId);
    const answer = await own.send(glass(1), formOf(back, { do: 'ask' }));
    expect(headingOf(answer)).toBe('What is known in this emergency');
    const after = await own.send(glass(1), formOf(await own.open(glass(1)), { do: 'end' }));
    expect(after.url).toBe(`${pagesUrl}/cases/${stage.caseRef(1)}`);
    expect(wordsOf(after)).not.toContain('Break-glass open');
    expect(headingOf(await own.open(answer.url))).toBe('This answer is not shown');
    const closed = (await bodies()).findLast(({ kind }) => kind === 'break-glass-closed');
    expect(closed).toMatchObject({ because: 'ended-by-opener', actor: { staffId: 'amara.lewis' } });
    // A page that was left open: nothing is asked on it any more.
    const before = stage.put.length;
    expect(headingOf(await own.send(glass(1), formOf(grant, { do: 'ask' })))).toMatch(/^Stop/u);
    expect(stage.put).toHaveLength(before);
  });

  it('ends by itself, and the log says so once', async () => {
    const own = await worker();
    const answer = await sendForm(own, await declaring(own, 7), WORRIED);
    const [{ breakGlassId } = { breakGlassId: '' }] = await opened(7);
    aheadMs += 3_600_000;
    try {
      // Her session has ended as well by then; the log follows whoever looks.
      const other = await worker();
      expect(wordsOf(await other.open(`${pagesUrl}/cases/${stage.caseRef(7)}`))).not.toContain('Break-glass open');
      const again = await sendForm(other, await declaring(other, 7), WORRIED);
      expect(headingOf(again)).toBe('What is known in this emergency');
      const closed = (await bodies()).filter(
        (body) => body.kind === 'break-glass-closed' && body.because === 'expired',
      );
      expect(closed.filter((body) => 'breakGlassId' in body && body.breakGlassId === breakGlassId)).toMatchObject([
        { actor: 'gateway', agency: 'riverton-council' },
      ]);
      expect(answer.status).toBe(200);
    } finally {
      aheadMs -= 3_600_000;
    }
  });

  it('sent twice, it is opened once and asked once; from a second window it leads to what is open', async () => {
    const own = await worker();
    const [form, other] = [await declaring(own, 9), await declaring(own, 9)];
    const first = await sendForm(own, form, WORRIED);
    const second = await sendForm(own, form, WORRIED);
    expect([headingOf(first), second.url]).toEqual(['What is known in this emergency', first.url]);
    const elsewhere = await sendForm(own, other, WORRIED);
    expect(headingOf(elsewhere)).toBe('You have broken the glass on this case');
    expect(await opened(9)).toHaveLength(1);
  });

  it('one form’s id sent with another case is another emergency, with a review of its own', async () => {
    const own = await worker('h.lindqvist');
    const [form, other] = [await declaring(own, 4, 'h.lindqvist'), await declaring(own, 6, 'h.lindqvist')];
    const { breakGlassId = '' } = formOf(form);
    expect(headingOf(await sendForm(own, form, WORRIED))).toBe('What is known in this emergency');
    await sendForm(own, other, { ...WORRIED, breakGlassId });
    const { reviews } = await officer('riverton-council', '/v1/review/list', reviewListAnswerSchema, {});
    const cases = reviews.filter(({ about }) => about === 'break-glass').map(({ aboutCase }) => aboutCase);
    expect(cases).toEqual(expect.arrayContaining([stage.caseRef(4), stage.caseRef(6)]));
    const [one, two] = [await opened(4), await opened(6)].map(([each]) => each?.breakGlassId);
    expect(new Set([one, two, undefined]).size).toBe(3);
  });

  it('P1: while the log cannot be written nothing is opened and nobody is asked', async () => {
    const own = await worker();
    const form = await declaring(own, 11);
    const before = stage.put.length;
    const refused = await without(
      'execute on function',
      "select oid::regprocedure::text as name from pg_proc where proname = 'append_entries'",
      () => sendForm(own, form, WORRIED),
    );
    expect([refused.status, headingOf(refused)]).toEqual([503, 'Sorry, there is a problem with the service']);
    expect(wordsOf(await own.open(`${pagesUrl}/cases/${stage.caseRef(11)}`))).not.toContain('Break-glass open');
    expect(stage.put).toHaveLength(before);
  });

  it('nobody is asked until its review is there; then the same form goes on', async () => {
    const own = await worker();
    const form = await declaring(own, 11);
    const before = stage.put.length;
    const held = await without('insert on', "select 'holdfast.review' as name", () => sendForm(own, form, WORRIED));
    expect([held.status, headingOf(held)]).toEqual([503, 'No agency was asked']);
    expect(stage.put).toHaveLength(before);
    expect(headingOf(await sendForm(own, form, WORRIED))).toBe('What is known in this emergency');
    expect(await opened(11)).toHaveLength(1);
  });
});

/** Takes a right from the gateway for as long as something is tried. */
async function without<T>(right: string, names: string, during: () => Promise<T>): Promise<T> {
  const owner = await connectTo(stage.database.ownerUrl);
  const { rows } = await owner.query<{ name: string }>(names);
  const all = rows.map(({ name }) => name).join(', ');
  await owner.query(`revoke ${right} ${all} from holdfast_gateway`);
  try {
    return await during();
  } finally {
    await owner.query(`grant ${right} ${all} to holdfast_gateway`);
    await owner.end();
  }
}

describe('proving herself again', () => {
  it.each(['hour-old', 'asked-once', 'acr-untold'])(
    'a provider that answers with a proof that is %s opens nothing, and the log says so',
    async (proof) => {
      const own = await worker();
      const refused = await confirm(own, await own.open(`${glass(2)}/declare`), { proof });
      expect([refused.status, headingOf(refused)]).toEqual([403, 'You have not confirmed who you are']);
      const last = (await bodies()).findLast(({ kind }) => kind === 'signed-in');
      expect(last).toMatchObject({ event: 'refused', code: 'step-up-refused' });
      // She is signed in as before, and no further.
      expect(headingOf(await own.open(`${pagesUrl}/cases`))).toBe('My cases');
      expect(headingOf(await own.open(`${glass(2)}/declare`))).toBe('Who are you?');
    },
  );

  it('another person cannot confirm for her', async () => {
    const own = await worker();
    // Somebody else at the same screen, who has signed her out at the provider.
    for (const host of own.cookies.keys()) if (`https://${host}` !== pagesUrl) own.cookies.delete(host);
    const refused = await confirm(own, await own.open(`${glass(2)}/declare`), { person: 'joseph.tate' });
    expect([refused.status, headingOf(refused)]).toEqual([403, 'You have not confirmed who you are']);
    expect((await own.open(`${pagesUrl}/cases`)).$('.holdfast-footer').text()).toContain('Amara Lewis');
    expect((await bodies()).findLast(({ kind }) => kind === 'signed-in')).toMatchObject({ code: 'other-person' });
  });

  it('gives the session a fresh cookie; the one from before goes no further than it did', async () => {
    const own = await worker();
    const jar = own.cookies.get(new URL(pagesUrl).host) ?? new Map<string, string>();
    const before = jar.get('__Host-holdfast') ?? '';
    const form = await declaring(own, 2);
    expect(headingOf(form)).toBe('Declare an emergency');
    expect(jar.get('__Host-holdfast')).not.toBe(before);
    jar.set('__Host-holdfast', before);
    expect(headingOf(await sendForm(own, form, WORRIED))).toBe('Who are you?');
    expect(await opened(2)).toHaveLength(0);
  });

  it.each([
    ['the proof has become old', () => void (aheadMs += 11 * 60_000)],
    [
      'her session has ended',
      (own: PlainBrowser) => void own.cookies.get(new URL(pagesUrl).host)?.delete('__Host-holdfast'),
    ],
  ])('while she typed %s: she is sent there and back, and nothing typed is lost', async (_name, happens) => {
    const own = await worker();
    const form = await declaring(own, 2);
    const earlier = aheadMs;
    try {
      happens(own);
      let back = await sendForm(own, form, WORRIED);
      // Without a session she signs in first, which the provider may do without a word, and is asked again after that.
      for (let asked = 0; asked < 2 && headingOf(back) === 'Who are you?'; asked += 1) back = await confirm(own, back);
      expect(headingOf(back)).toBe('Declare an emergency');
      expect(formOf(back)).toMatchObject(WORRIED);
      expect(wordsOf(back)).toContain('What you typed before you signed in again is filled in');
      expect(await opened(2)).toHaveLength(0);
    } finally {
      aheadMs = earlier;
    }
  });
});

describe('P6: a case that is not hers', () => {
  it.each(['', '/declare'])(
    'answers at break-glass%s exactly as one that does not exist, form or page',
    async (rest) => {
      const own = await worker();
      const there = `${glass(4)}${rest}`;
      const nowhere = there.replace(stage.caseRef(4), stage.caseRef(4).replace(/\d{4}$/u, '9997'));
      const fields = { ...formOf(await own.open(`${pagesUrl}/cases/${stage.caseRef(1)}/request`)), ...WORRIED };
      for (const get of [true, false]) {
        const both = await Promise.all([there, nowhere].map((url) => (get ? own.open(url) : own.send(url, fields))));
        expect(both.map(({ status }) => status)).toEqual([404, 404]);
        expect(both[0]?.html).toBe(both[1]?.html);
      }
    },
  );

  it('P2: is not there for victim services, whose emergency is asked from their own system', async () => {
    const adviser = await worker('s.devi');
    expect((await adviser.open(glass(1))).status).toBe(404);
  });
});

describe('the declaration', () => {
  const cases: readonly (readonly [string, Record<string, string>, readonly string[]])[] = [
    [
      'nothing',
      { atRisk: '', why: '', tried: '', hours: '' },
      [
        'Select who is at risk',
        'Enter why it has to be now',
        'Enter what you have tried',
        'Select how long you expect the emergency to last',
      ],
    ],
    ['longer than policy allows', { ...WORRIED, hours: '8' }, ['Select how long you expect the emergency to last']],
    ['somebody by name', { ...WORRIED, atRisk: 'Tanya' }, ['Select who is at risk']],
    ['too long', { ...WORRIED, why: 'x'.repeat(501) }, ['Why it has to be now must be 500 characters or less']],
    ['only invisible', { ...WORRIED, tried: '\u202e\u200b'.repeat(9) }, ['Enter what you have tried']],
  ];
  it.each(cases)('%s: says so, keeps what was typed, opens nothing and asks nobody', async (_name, typed, errors) => {
    const own = await worker();
    const form = await declaring(own, 2);
    const before = stage.put.length;
    const again = await sendForm(own, form, typed);
    expect(errorsOf(again)).toEqual(errors);
    expect(titleOf(again)).toBe('Error: Declare an emergency – Holdfast');
    expect(formOf(again).breakGlassId).toBe(formOf(form).breakGlassId);
    expect(stage.put).toHaveLength(before);
    expect(await opened(2)).toHaveLength(0);
    for (const link of again
      .$('.govuk-error-summary__list a')
      .map((_n, each) => again.$(each).attr('href'))
      .get())
      expect(again.$(link)).toHaveLength(1);
  });

  it('shows hostile words as the text they are', async () => {
    const own = await worker();
    const hostile = '<script>alert(1)</script> {{ 7*7 }} "><img src=x onerror=alert(1)>';
    const again = await sendForm(own, await declaring(own, 2), { ...WORRIED, hours: '', why: hostile });
    expect(again.$('#why').text().trim()).toBe(hostile);
    expect(again.$('main script, main img')).toHaveLength(0);
  });
});
