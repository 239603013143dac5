import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { SOURCE_CODES, SOURCE_OUTCOMES, type SourceCode, type SourceOutcome } from '../../schemas/source-outcome.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import type { Fault, Simulator } from '../agencies/simulator.ts';

/**
 * The promises that every agency's adapter keeps, whatever its protocol. An adapter's own test file calls this with a
 * way to start its simulator; everything here then runs against the real adapter over real HTTPS.
 */

export interface SourceUnderTest {
  readonly source: AgencySource;
  readonly simulator: Simulator;
  /** About somebody the simulator holds, with third parties in his record, and with every field of `takes` asked. */
  readonly question: SourceQuestion;
  /** Phones, e-mails and address lines of other people in what the simulator serves. At least one. */
  readonly thirdPartyValues: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Contact and location fields of the catalogue: they leave an adapter as contact points or not at all. */
const CONTACT_FIELDS = new Set([
  'pol.address',
  'pol.phone',
  'pro.address',
  'pro.phone',
  'hou.address',
  'hou.phone',
  'hea.address',
  'hea.phone',
  'chi.address',
  'chi.phone',
]);

const WITH_RECORDS = new Set<SourceOutcome>(['found', 'withheld', 'restricted']);

/** What each fault of a healthy connection must become. Two outcomes where the source's contract may decide. */
const FAULTS: readonly {
  readonly name: string;
  readonly fault: Fault;
  readonly outcomes: readonly SourceOutcome[];
  readonly code: SourceCode;
  readonly retryAfterMs?: number;
  /** Longer where the fault is in what is served: a loaded machine must get as far as seeing it. */
  readonly withinMs?: number;
}[] = [
  { name: 'never answers', fault: { kind: 'hang' }, outcomes: ['timed-out'], code: 'deadline' },
  { name: 'answers too late', fault: { kind: 'slow', ms: 1_500 }, outcomes: ['timed-out'], code: 'deadline' },
  { name: 'resets', fault: { kind: 'reset' }, outcomes: ['error', 'unavailable'], code: 'server-error' },
  { name: 'stops half way', fault: { kind: 'truncated' }, outcomes: ['error', 'unavailable'], code: 'server-error' },
  { name: 'serves a sign-in page', fault: { kind: 'html' }, outcomes: ['error'], code: 'bad-answer' },
  { name: 'serves broken JSON', fault: { kind: 'not-json' }, outcomes: ['error'], code: 'bad-answer' },
  {
    name: 'serves a gzip bomb',
    fault: { kind: 'gzip-bomb' },
    outcomes: ['error'],
    code: 'bad-answer',
    withinMs: 8_000,
  },
  { name: 'serves 16 MB', fault: { kind: 'huge' }, outcomes: ['error'], code: 'bad-answer', withinMs: 8_000 },
  {
    name: 'answers 500',
    fault: { kind: 'status', status: 500 },
    outcomes: ['error', 'unavailable'],
    code: 'server-error',
  },
  {
    name: 'answers 503',
    fault: { kind: 'status', status: 503 },
    outcomes: ['error', 'unavailable'],
    code: 'server-error',
  },
  {
    name: 'answers 401',
    fault: { kind: 'status', status: 401 },
    outcomes: ['error', 'unavailable'],
    code: 'not-authorised',
  },
  {
    name: 'answers 429 and says how long to wait',
    fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } },
    outcomes: ['unavailable'],
    code: 'rate-limited',
    retryAfterMs: 7_000,
  },
];

/**
 * Declares the suite.
 * @param name the agency, as it appears in the names of the tests
 * @param make starts a fresh simulator and adapter; called several times, each stopped by its own `stop`
 */
export function agencySourceSuite(name: string, make: () => Promise<SourceUnderTest>): void {
  describe(`every agency source: ${name}`, () => {
    let under: SourceUnderTest;
    beforeAll(async () => {
      under = await make();
    });
    afterAll(() => under.stop());
    const ask = (change: Partial<SourceQuestion> = {}, limits: Partial<SourceLimits> = {}): Promise<SourceAnswer> =>
      under.source.ask({ ...under.question, ...change }, { ...patient(), ...limits });

    declareAnswers(() => under, ask);
    declareLeast(() => under, ask);
    declareFaults(() => under, ask);
    declareDeadlines(() => under, ask);
    declareEnds(make);
  });
}

type Ask = (change?: Partial<SourceQuestion>, limits?: Partial<SourceLimits>) => Promise<SourceAnswer>;

const patient = (): SourceLimits => ({ signal: new AbortController().signal, timeoutMs: 4_000 });

function declareAnswers(under: () => SourceUnderTest, ask: Ask): void {
  it('finds him, in the shape of the contract', async () => {
    const answer = await ask();
    expect(answer.outcome).toBe('found');
    expect(answer.records.length).toBeGreaterThan(0);
    checkShape(under().source, answer);
  });

  it('answers two questions at once as it answers one', async () => {
    const alone = await ask();
    const both = await Promise.all([ask(), ask()]);
    expect(both).toEqual([alone, alone]);
  });

  it('P4: no value of a third party is in the answer, as the source writes it or in any other way of writing', async () => {
    expect(under().thirdPartyValues.length).toBeGreaterThan(0);
    const answer = await ask();
    expect(answer.outcome).toBe('found');
    for (const value of under().thirdPartyValues) expect(mentions(answer, value)).toBe(false);
  });

  it('asks about nobody where the question knows nothing about him', async () => {
    under().simulator.forgetAsked();
    expect(await ask({ subject: {} })).toEqual({ outcome: 'not-asked', code: 'not-enough-known', records: [] });
    expect(under().simulator.asked).toHaveLength(0);
  });

  it.each([
    '\u0000',
    "'; DROP TABLE person; --",
    '../../etc/passwd',
    '\r\nX-Injected: 1',
    '\u202eevil',
    '\ud800',
    '%00',
    '*',
    'a&b=c#d',
  ])('never throws on a hostile name %j and never takes it for him', async (hostile) => {
    const names = [{ given: hostile, family: hostile }];
    const answer = await ask({ subject: { names, dateOfBirth: '1985-05-05' } });
    expect(SOURCE_OUTCOMES).toContain(answer.outcome);
    expect(answer.outcome).not.toBe('found');
  });

  it('reads, and writes nothing', async () => {
    await ask();
    for (const request of under().simulator.asked) expect(['GET', 'POST']).toContain(request.method);
  });
}

function declareLeast(under: () => SourceUnderTest, ask: Ask): void {
  it('P3: takes each field only when it is asked for, and no other field', async () => {
    for (const field of under().source.takes) {
      const answer = await ask({ fields: [field] });
      checkShape(under().source, answer);
      for (const taken of fieldsOf(answer)) expect(taken).toBe(field);
    }
  });

  it('P3: asked for no field, nothing but what matching needs comes out', async () => {
    const answer = await ask({ fields: [] });
    checkShape(under().source, answer);
    expect(fieldsOf(answer)).toEqual([]);
    for (const record of answer.records) {
      expect(record.contacts).toEqual([]);
      expect(record.person.phones ?? []).toEqual([]);
      expect(record.person.emails ?? []).toEqual([]);
    }
  });

  it('P2: a field that it does not take is dropped, not guessed', async () => {
    const answer = await ask({ fields: ['zzz.secret', 'pol.intelligence'] });
    expect(fieldsOf(answer)).toEqual([]);
  });

  it('P4: contact and location fields come out as contact points only, each with its field', async () => {
    const answer = await ask();
    for (const record of answer.records) {
      for (const contact of record.contacts) expect(CONTACT_FIELDS).toContain(contact.field);
      for (const value of record.values ?? []) {
        expect(CONTACT_FIELDS).not.toContain(value.field);
        expect(['phone', 'email', 'address']).not.toContain(value.value.kind);
      }
    }
  });
}

function declareFaults(under: () => SourceUnderTest, ask: Ask): void {
  it.each(FAULTS)('P7: an agency that $name is said to, and never reads as "nothing held"', async (expected) => {
    await ask();
    under().simulator.setFault(expected.fault);
    const answer = await ask({}, { timeoutMs: expected.withinMs ?? 900 });
    under().simulator.setFault(undefined);
    expect(expected.outcomes).toContain(answer.outcome);
    expect(answer.code).toBe(expected.code);
    expect(answer.records).toEqual([]);
    expect(answer.retryAfterMs).toBe(expected.retryAfterMs);
    // The source is asked again as if nothing had been.
    expect((await ask()).outcome).toBe('found');
  });

  it('P7: a redirect to elsewhere is neither followed nor taken for an answer', async () => {
    under().simulator.setFault({
      kind: 'status',
      status: 302,
      headers: { location: 'https://198.51.100.1/elsewhere' },
    });
    const answer = await ask({}, { timeoutMs: 900 });
    under().simulator.setFault(undefined);
    expect(['error', 'unavailable']).toContain(answer.outcome);
    expect(answer.records).toEqual([]);
  });
}

function declareDeadlines(under: () => SourceUnderTest, ask: Ask): void {
  it('P11: a question that is called off ends, although the source never answers', async () => {
    await ask();
    under().simulator.setFault({ kind: 'hang' });
    const question = new AbortController();
    const answering = ask({}, { signal: question.signal, timeoutMs: 600_000 });
    setTimeout(() => question.abort(), 50);
    const answer = await answering;
    under().simulator.setFault(undefined);
    expect(answer).toEqual({ outcome: 'timed-out', code: 'deadline', records: [] });
  });

  it('P11: a question that was over before it began asks nobody', async () => {
    under().simulator.forgetAsked();
    const answer = await ask({}, { signal: AbortSignal.abort() });
    expect(answer).toEqual({ outcome: 'timed-out', code: 'deadline', records: [] });
    expect(under().simulator.asked).toHaveLength(0);
  });
}

function declareEnds(make: () => Promise<SourceUnderTest>): void {
  it.each([
    { name: 'hangs', fault: { kind: 'hang' }, outcome: 'timed-out', code: 'deadline' },
    { name: 'serves a sign-in page', fault: { kind: 'html' }, outcome: 'error', code: 'bad-answer' },
  ] satisfies { name: string; fault: Fault; outcome: SourceOutcome; code: SourceCode }[])(
    'P7: a source that $name from the very first question is said to',
    async ({ fault, outcome, code }) => {
      const cold = await make();
      cold.simulator.setFault(fault);
      const answer = await cold.source.ask(cold.question, { ...patient(), timeoutMs: 500 });
      await cold.stop();
      expect(answer).toEqual({ outcome, code, records: [] });
    },
  );

  it('P7: a source that is not there is unavailable', async () => {
    const gone = await make();
    await gone.simulator.stop();
    const answer = await gone.source.ask(gone.question, patient());
    expect(answer).toEqual({ outcome: 'unavailable', code: 'connect-failed', records: [] });
    await gone.stop();
  });

  it('closes twice, and a question after that is not "nothing held"', async () => {
    const closing = await make();
    await closing.source.close();
    await closing.source.close();
    const answer = await closing.source.ask(closing.question, patient());
    expect(['error', 'unavailable', 'timed-out']).toContain(answer.outcome);
    expect(answer.records).toEqual([]);
    await closing.stop();
  });
}

function checkShape(source: AgencySource, answer: SourceAnswer): void {
  expect(SOURCE_OUTCOMES).toContain(answer.outcome);
  if (answer.code !== undefined) expect(SOURCE_CODES).toContain(answer.code);
  if (!WITH_RECORDS.has(answer.outcome)) expect(answer.records).toEqual([]);
  const ids = answer.records.map((record) => record.recordId);
  expect(new Set(ids).size).toBe(ids.length);
  for (const record of answer.records) {
    expect(sourceRecordSchema.safeParse(record)).toMatchObject({ success: true });
    expect(record.agency).toBe(source.agency);
  }
}

/** Every field that the answer carries something under, or says is held back. */
function fieldsOf(answer: SourceAnswer): string[] {
  return answer.records.flatMap((record) => [
    ...record.contacts.map((contact) => contact.field ?? 'none'),
    ...(record.values ?? []).map((value) => value.field),
    ...(record.withheldFields ?? []),
    ...(record.whereabouts === undefined ? [] : [record.whereabouts.field]),
  ]);
}

/** Whether the answer says the value anywhere: as it is, in another case, spaced otherwise, or with +44 for 0. */
function mentions(answer: SourceAnswer, value: string): boolean {
  const squeeze = (text: string): string => text.toLowerCase().replace(/[\s().-]/g, '');
  const haystack = squeeze(JSON.stringify(answer));
  const digits = value.replace(/\D/g, '').replace(/^(?:44|0)/, '');
  return haystack.includes(squeeze(value)) || (digits.length >= 9 && haystack.includes(digits));
}
