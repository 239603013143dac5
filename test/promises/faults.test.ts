import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Disclosure } from '../../schemas/answer.ts';
import { SOURCE_CODES } from '../../schemas/source-outcome.ts';
import { ASK_LIMITS } from '../../gateway/disclosure/ask.ts';
import type { AgencySource, SourceAnswer } from '../../gateway/ports/agency-source.ts';
import type { Fault, Simulator } from '../agencies/simulator.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { castMobile } from '../population/cast-parts.ts';
import { numberIn } from '../journeys/spellings.ts';
import { answerOf, openStage, refusalOf, refused, type Stage } from '../journeys/stage.ts';

/** What agencies do wrong, one fault at a time and all at once, and what the asker is told of it. */

let stage: Stage;
let faulty: readonly Simulator[];
/** While set, police answer through this instead of their agent. */
let policeInstead: AgencySource['ask'] | undefined;

beforeAll(async () => {
  stage = await openStage({
    gateway: { askLimits: { ...ASK_LIMITS, sourceTimeoutMs: 2_000, questionTimeoutMs: 3_000, failuresMax: 1_000 } },
    sources: (five) =>
      five.map((source) => ({
        ...source,
        ask: (question, limits) =>
          source.agency === 'police' && policeInstead !== undefined
            ? policeInstead(question, limits)
            : source.ask(question, limits),
      })),
  });
  const { probation, housing, health, childrens } = stage.partnership.agencies;
  faulty = [probation, housing, health, childrens];
  // Warm: connections and tokens are there, so that a fault is met in the answer and not in the handshake.
  await stage.contact(1, WORKERS.amara);
}, 60_000);
afterAll(() => stage.close());

async function askedUnder(fault: Fault | undefined): Promise<Disclosure> {
  for (const simulator of faulty) simulator.setFault(fault);
  try {
    return answerOf(await stage.contact(1, WORKERS.amara)).disclosure;
  } finally {
    for (const simulator of faulty) simulator.setFault(undefined);
  }
}
const FOUR = ['probation', 'housing', 'health', 'childrens'];
const ofFour = ({ sources }: Disclosure) => sources.filter(({ agency }) => FOUR.includes(agency));

/** Silent, said so to the asker, and never as if nothing were held. */
function expectHonest(disclosure: Disclosure, agencies: readonly string[]): void {
  for (const source of disclosure.sources.filter(({ agency }) => agencies.includes(agency))) {
    expect(['timed-out', 'unavailable', 'error']).toContain(source.outcome);
    expect(source.sentence).toContain('does not mean it holds nothing');
    expect(SOURCE_CODES).toContain(source.code);
    expect(disclosure.summary).toContain(source.name);
  }
  expect(disclosure.summary).toContain('that does not mean they hold nothing');
}

describe('P7: each fault of an agency is an outcome of its own, and never “none held”', () => {
  const faults: [string, Fault, readonly string[]][] = [
    ['slow beyond its time', { kind: 'slow', ms: 5_000 }, ['timed-out']],
    ['silent', { kind: 'hang' }, ['timed-out']],
    ['hanging up', { kind: 'reset' }, ['unavailable', 'error']],
    ['a sign-in page', { kind: 'html' }, ['error']],
    ['half a JSON text', { kind: 'not-json' }, ['error']],
    ['cut off in the middle', { kind: 'truncated' }, ['unavailable', 'error']],
    // On a machine with little to spare the time may be over before the limit of bytes is.
    ['64 MB packed into one answer', { kind: 'gzip-bomb' }, ['error', 'timed-out']],
    ['16 MB of text', { kind: 'huge' }, ['error', 'timed-out']],
    ['401', { kind: 'status', status: 401 }, ['error', 'unavailable']],
    ['500', { kind: 'status', status: 500 }, ['error', 'unavailable']],
    [
      '503 that asks to wait an hour',
      { kind: 'status', status: 503, headers: { 'retry-after': '3600' } },
      ['error', 'unavailable'],
    ],
    ['429', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }, ['unavailable', 'error']],
    [
      'a way out to another host',
      { kind: 'status', status: 302, headers: { location: 'https://elsewhere.invalid/' } },
      ['error'],
    ],
    ['204', { kind: 'status', status: 204 }, ['error']],
  ];
  it.each(faults)('%s', async (_name, fault, outcomes) => {
    const disclosure = await askedUnder(fault);
    expectHonest(disclosure, FOUR);
    for (const { agency, outcome } of ofFour(disclosure))
      expect({ agency, fits: outcomes.includes(outcome), outcome }).toEqual({ agency, fits: true, outcome });
    // Police go on answering, and what they hold is given; what is hers stays back although nobody else spoke of her.
    expect(disclosure.sources.find(({ agency }) => agency === 'police')?.outcome).toBe('found');
    expect(disclosure.summary).toMatch(/^1 of 5 agencies answered\./u);
    expect(numberIn(JSON.stringify(disclosure), castMobile(10))).toEqual([]);
    expect(JSON.stringify(disclosure)).not.toMatch(/Lantern Row|sign in|elsewhere/iu);
  });

  it('and when they are well again they are asked again', async () => {
    const { sources } = await askedUnder(undefined);
    expect(sources.map(({ outcome }) => outcome)).toEqual(['found', 'found', 'found', 'found', 'found']);
  });

  it('an adapter that never answers and ignores its signal costs its own answer only', async () => {
    policeInstead = () => new Promise<SourceAnswer>(() => undefined);
    try {
      const { sources } = await askedUnder(undefined);
      expect(sources.filter(({ outcome }) => outcome === 'found').map(({ agency }) => agency)).toEqual(
        expect.arrayContaining(FOUR),
      );
      expect(sources.find(({ agency }) => agency === 'police')).toMatchObject({
        outcome: 'timed-out',
        code: 'deadline',
      });
    } finally {
      policeInstead = undefined;
    }
  });

  it('an adapter that throws, or puts in more than it was asked for, changes nothing for the others', async () => {
    policeInstead = () => Promise.reject(new Error(`a bug with ${castMobile(10)} in it`));
    try {
      const reply = await stage.contact(1, WORKERS.amara);
      expect(answerOf(reply).disclosure.sources.find(({ agency }) => agency === 'police')).toMatchObject({
        outcome: 'error',
      });
      expect(numberIn(reply.text + JSON.stringify(stage.said), castMobile(10))).toEqual([]);
      policeInstead = (question) =>
        Promise.resolve({
          outcome: 'found',
          records: [
            {
              recordId: 'police:URN-1',
              agency: 'police',
              system: 'police-nominals',
              person: question.subject,
              contacts: [{ kind: 'phone', value: '+447700900777', recordedAs: 'self' }],
              values: [{ field: 'pol.intel', value: { kind: 'free-text', summary: 'Okapi seen at noon' } }],
            },
          ],
        });
      const more = await stage.contact(1, WORKERS.amara);
      expect(answerOf(more).disclosure.sources.find(({ agency }) => agency === 'police')?.outcome).toBe('found');
      expect(more.text).not.toContain('Okapi');
      expect(numberIn(more.text, '+447700900777')).toEqual([]);
    } finally {
      policeInstead = undefined;
    }
  });

  it('all five down: 200 with five outcomes and an honest sentence, and the log has it', async () => {
    for (const simulator of faulty) simulator.setFault({ kind: 'reset' });
    await stage.partnership.agencies.police.stop();
    const reply = await stage.contact(1, WORKERS.amara);
    const { disclosure, receipt } = answerOf(reply);
    expect(disclosure.sources).toHaveLength(5);
    expectHonest(disclosure, ['police', ...FOUR]);
    expect(disclosure.summary).toMatch(
      /^None of the 5 agencies gave an answer\. No answer from .*, .* and .*: that does not mean they hold nothing\. No way to reach him can be given\.$/u,
    );
    expect(disclosure).toMatchObject({ contacts: [], records: [], withheldContacts: [] });
    const entry = (await stage.entries())[receipt.position]?.body;
    expect(entry).toMatchObject({ kind: 'question-disclosed' });
    expect(entry?.kind === 'question-disclosed' && entry.sources.map(({ outcome }) => outcome)).not.toContain(
      'none-held',
    );
  });
});

describe('P11: how much may be under way', () => {
  let small: Stage;
  let release: () => void = () => undefined;
  beforeAll(async () => {
    small = await openStage({
      gateway: {
        roomLimits: { questionsMax: 3, questionsPerClientMax: 2, questionsPerMinuteMax: 8 },
        askLimits: {
          ...ASK_LIMITS,
          sourceTimeoutMs: 20_000,
          questionTimeoutMs: 20_000,
          concurrencyMax: 1,
          queueMax: 0,
        },
      },
      sources: (five) =>
        five.map((source) => ({
          ...source,
          ask: () =>
            new Promise<SourceAnswer>((resolve) => {
              const before = release;
              release = () => {
                before();
                resolve({ outcome: 'none-held', records: [] });
              };
            }),
        })),
    });
  }, 60_000);
  afterAll(() => small.close());

  it('past a client’s places it waits its turn, past everybody’s all do, and nobody who is under way loses anything', async () => {
    const police = { agency: 'police', role: 'pol.da_officer', purpose: 'MARAC', caseRef: small.caseRef(1) };
    const council = {
      agency: 'riverton-council',
      role: 'dai.dapg_coordinator',
      purpose: 'DAPG',
      caseRef: small.caseRef(1),
    };
    const fields = ['pro.name'];
    const until = async (count: number): Promise<void> => {
      for (let n = 0; small.put.length < count && n < 500; n += 1)
        await new Promise((resolve) => setTimeout(resolve, 10));
      expect(small.put).toHaveLength(count);
    };
    const first = small.disclosure(council, { fields });
    await until(1);
    // Its one place at probation is taken and nobody may queue: told at once, and honestly.
    const second = answerOf(await small.disclosure(council, { fields })).disclosure;
    expect(second.sources.find(({ agency }) => agency === 'probation')).toMatchObject({
      outcome: 'unavailable',
      code: 'bulkhead-full',
    });
    const third = small.disclosure(council, { fields: ['hou.name'] });
    await until(2);
    const tooMany = await small.disclosure(council, { fields });
    expect(refusalOf(tooMany)).toEqual(refused(429, 'too-many-questions'));
    expect(tooMany.headers['retry-after']).toBe('1');
    const fourth = small.disclosure(police, { fields: ['hea.name'] });
    await until(3);
    const overloaded = await small.disclosure(
      { ...police, agency: 'childrens', role: 'chi.social_worker' },
      { fields },
    );
    expect(refusalOf(overloaded)).toEqual(refused(503, 'overloaded'));
    expect(overloaded.headers['retry-after']).toBe('1');
    release();
    for (const answered of [first, third, fourth]) {
      expect(answerOf(await answered).disclosure.sources.map(({ outcome }) => outcome)).toContain('none-held');
    }
    expect(await small.metrics()).toMatch(/holdfast_questions_under_way 0/u);
  });

  it('past a minute’s questions a client is told to wait', async () => {
    const council = {
      agency: 'riverton-council',
      role: 'dai.dapg_coordinator',
      purpose: 'DAPG',
      caseRef: small.caseRef(9_999),
    };
    const codes: string[] = [];
    for (let n = 0; n < 12; n += 1) codes.push(refusalOf(await small.disclosure(council)).code);
    expect(new Set(codes)).toEqual(new Set(['case-not-known', 'too-many-questions']));
  });
});
