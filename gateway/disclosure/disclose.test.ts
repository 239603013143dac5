import { randomUUID } from 'node:crypto';
import { saysNothing } from '../operations/messages.ts';
import { afterEach, describe, expect, it } from '@jest/globals';
import * as childrens from '../../test/agencies/childrens/fixture.ts';
import * as health from '../../test/agencies/health/under-test.ts';
import * as housing from '../../test/agencies/housing/fixture.ts';
import * as probation from '../../test/agencies/probation/fixture.ts';
import { caseOf } from '../../test/cases.ts';
import { createMemoryAccessLog } from '../../test/memory-access-log.ts';
import { memoryReasons } from '../../test/memory-reason-store.ts';
import { dated, mustLoad, shippedFiles } from '../../test/promises/policy-shipped.ts';
import { answerSchema, type Disclosure } from '../../schemas/answer.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import { ok } from '../../schemas/result.ts';
import { makeSeal } from '../contacts/seal.ts';
import type { AgencySource } from '../ports/agency-source.ts';
import { ASK_LIMITS, guardSource } from './ask.ts';
import { disclose } from './disclose.ts';
import { makeRecordMark } from './record-mark.ts';

/** The whole way of a question over the real adapters and their agencies' simulators. */

const AT = new Date('2026-03-02T09:00:00.000Z');
const CASE = 'DAPG-2026-0042';
const bundle = mustLoad(shippedFiles());
const kase = caseOf(CASE, {
  facts: dated({ category: 'contact', marac: 'listed' }, '2026-03-01T09:00:00.000Z'),
  subject: {
    names: [{ given: 'Dorian', middle: 'Lee', family: 'Ashgrove' }],
    dateOfBirth: '1985-05-05',
    identifiers: [
      { type: 'PNC', value: '2012/0394773H' },
      { type: 'NHS', value: health.nhsNumber(1) },
    ],
    addresses: [{ postcode: 'RV1 4AB' }],
  },
});

const HOME = {
  lines: ['14 Larch Road', 'Riverton'],
  postcode: 'RV1 4AB',
  uprn: '999000000014',
  from: '2021-06-01',
  type: 'home',
} as const;

const opened: { stop: () => Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.stop()));
});
async function kept<T extends { stop: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const started = await starting;
  opened.push(started);
  return started;
}

const startProbation = (options: probation.RunningOptions = {}) => kept(probation.startRunning(options));
const startHealth = (died?: string, restricted = false) =>
  kept(
    health.startPair({
      holdings: [
        health.holdingOf({
          names: [{ given: 'Dorian', middle: 'Lee', family: 'Ashgrove' }],
          dateOfBirth: '1985-05-05',
          addresses: [{ lines: ['14 Larch Road', 'Riverton'], postcode: 'RV1 4AB', from: '2024-01-10', type: 'home' }],
          restricted,
        }),
      ],
      ...(died === undefined ? {} : { died: { [health.nhsNumber(1)]: died } }),
    }),
  );

async function ask(sources: readonly AgencySource[], wanted: readonly FieldId[] | 'all' = 'all'): Promise<Disclosure> {
  const agency = {
    id: 'riverton-council',
    name: 'Riverton Council',
    group: 'council',
    sanUri: 'urn:agency:riverton-council',
  } as const;
  const answered = await disclose(
    {
      bundle,
      cases: {
        find: () => Promise.resolve(ok(kase)),
        put: () => Promise.resolve(ok(undefined)),
        blockedAmong: () => Promise.resolve({ ok: true, value: new Set() }),
        close: () => Promise.resolve(),
      },
      log: createMemoryAccessLog(),
      say: saysNothing,
      newId: randomUUID,
      pseudonymOf: () => 'p'.repeat(43),
      reasons: memoryReasons(),
      sources: sources.map((source) => guardSource(source)),
      askLimits: ASK_LIMITS,
      seal: makeSeal(new Uint8Array(32).fill(5)),
      markOf: makeRecordMark(new Uint8Array(32).fill(5)),
      now: () => AT,
      wait: () => Promise.resolve(),
    },
    {
      agency,
      clientId: 'council-app',
      thumbprint: 't'.repeat(43),
      claim: { purpose: 'ENGAGE', caseRef: CASE },
    },
    {
      route: wanted === 'all' ? 'contact-request' : 'disclosure',
      requestId: randomUUID(),
      sentAt: AT.toISOString(),
      staff: { id: 'a.worker', role: 'dai.daiw' },
      purpose: 'ENGAGE',
      caseRef: CASE,
      reason: 'To offer him a place on the programme.',
      wanted,
      canFulfil: [...OBLIGATION_KINDS],
    },
  );
  if (!answered.ok) throw new Error(answered.error);
  return answerSchema.parse(JSON.parse(answered.value.body)).disclosure;
}

describe('a man whom one source records as dead', () => {
  it('P7: the answer says so before all else, and no number of another agency ranks as if he lived', async () => {
    const [dead, numbers] = [await startHealth('2026-02-03'), await startProbation()];
    const told = await ask([dead.source, numbers.source]);
    expect(told.whereabouts).toMatchObject({
      level: 'full',
      sentence: 'Health records that he died on 3 February 2026. Speak to your manager before any contact.',
      sources: [{ agency: 'health', field: 'hea.address' }],
    });
    expect(told.summary).toBe(
      'He is recorded as having died. Speak to your manager before any contact. 2 of 2 agencies answered. ' +
        'What is still on file follows; whoever answers there is unlikely to be him.',
    );
    expect(told.contacts.length).toBeGreaterThan(0);
    for (const contact of told.contacts) {
      expect(contact.probability).toBeLessThanOrEqual(0.02);
      expect(contact.flags).toContain('recorded-as-dead');
      expect(contact.because).toMatch(/^Health records that he has died; /);
    }
  });

  it('says nothing of the kind of a man who lives', async () => {
    const [alive, numbers] = [await startHealth(), await startProbation()];
    const told = await ask([alive.source, numbers.source]);
    expect(JSON.stringify(told)).not.toMatch(/dead|died/);
    expect(told.contacts[0]?.probability).toBeGreaterThan(0.5);
  });

  it('asked for his telephone alone, health says it all the same', async () => {
    const [dead, numbers] = [await startHealth('2026-02-03'), await startProbation()];
    const told = await ask([dead.source, numbers.source], ['hea.phone', 'pro.phone']);
    expect(told.whereabouts?.sources).toEqual([{ agency: 'health', field: 'hea.phone' }]);
    expect(told.contacts[0]?.flags).toContain('recorded-as-dead');
  });

  it('P2: a source of which nothing was asked, or that restricts him, does not count', async () => {
    const numbers = await startProbation();
    const [dead, restricted] = [await startHealth('2026-02-03'), await startHealth('2026-02-03', true)];
    for (const told of [
      await ask([dead.source, numbers.source], ['pro.phone']),
      await ask([restricted.source, numbers.source]),
    ]) {
      expect(JSON.stringify(told)).not.toMatch(/dead|died/);
    }
  });
});

describe('P7: a field that was asked for and did not come', () => {
  const failing = (path: RegExp) =>
    startProbation({
      tamper: (asked, response) => (path.test(asked) ? { status: 502, json: {} } : response),
    });

  it('is listed as not answered, with its sentence, and its source as answering in part', async () => {
    const told = await ask([(await failing(/mappadetail$/)).source], ['pro.mappa', 'pro.phone']);
    expect(told.withheldFields).toEqual([
      {
        field: 'pro.mappa',
        label: bundle.fields.get('pro.mappa')?.label,
        reason: 'not-answered',
        because:
          'The source did not answer for this, or not for all of it. That does not mean it holds none: ask again.',
      },
    ]);
    expect(told.sources[0]).toMatchObject({
      outcome: 'found',
      code: 'server-error',
      sentence: 'Riverton Probation answered in part. That does not mean it holds nothing of the rest: ask again.',
    });
    expect(told.summary).toBe('The one agency asked answered. 2 ways to reach him follow, best first.');
  });

  it.each([/\/addresses$/, /prisoner-base-location$/])(
    'where it is a way to reach him, the summary says that a part is missing: %s',
    async (path) => {
      const told = await ask([(await failing(path)).source], ['pro.address', 'pro.phone']);
      expect(told.withheldFields).toMatchObject([{ field: 'pro.address', reason: 'not-answered' }]);
      expect(told.summary).toContain(
        'A part of what Riverton Probation holds on how to reach him did not come: ask again.',
      );
    },
  );

  it('is not said where all came, nor of a field that nobody asked for', async () => {
    const whole = await ask([(await startProbation()).source], ['pro.address', 'pro.phone', 'pro.mappa']);
    const unasked = await ask([(await failing(/\/addresses$/)).source], ['pro.phone']);
    for (const told of [whole, unasked]) {
      expect(told.withheldFields).toEqual([]);
      expect(told.summary).not.toContain('A part');
    }
  });

  it('a landlord’s household that cannot be read leaves the address unanswered, and the summary says so', async () => {
    const { source } = await kept(
      housing.startRunning({
        holdings: [housing.holdingOf({ addresses: [HOME] })],
        tamper: (path, response) => (path.startsWith('/tenure-information/') ? { status: 502 } : response),
      }),
    );
    const told = await ask([source], ['hou.address', 'hou.phone']);
    expect(told.withheldFields).toMatchObject([{ field: 'hou.address', reason: 'not-answered' }]);
    expect(told.summary).toContain('A part of what Riverton Homes holds on how to reach him did not come: ask again.');
  });
});

describe('P7, P6: an enquiry about a child, to a worker who may know only that something is held', () => {
  /** One child, or two of whom the second's statuses fail. */
  async function told(s47Open: boolean, failing: boolean): Promise<Disclosure> {
    const sister = childrens.childHolding({
      reference: '900104',
      citizen: 'c4',
      plan: { status: 'child-in-need', s47Open: false },
    });
    const hers = { citizen: 'c4', as: 'child' as const, name: { given: 'Iris', family: 'Ashgrove' }, phones: [] };
    const him = childrens.holdingOf({ addresses: [HOME], others: [...childrens.holdingOf().others, hers] });
    const child = childrens.childHolding({ plan: { status: 'child-protection', s47Open } });
    const { source } = await kept(
      childrens.startRunning({
        holdings: [him, child, sister, childrens.herHolding()],
        tamper: ({ path }, response) =>
          failing && path.endsWith('/900104/case-statuses') ? { status: 502 } : response,
      }),
    );
    return ask([source], ['chi.s47']);
  }

  it.each([false, true])(
    'reads the same where one is open and where none is; statuses failing: %s',
    async (failing) => {
      const [open, none] = [await told(true, failing), await told(false, failing)];
      const [field] = open.records.flatMap(({ fields }) => fields);
      expect(field).toMatchObject({ field: 'chi.s47', value: { kind: 'held', level: 'exists', held: true } });
      expect(field).not.toHaveProperty('asAt');
      expect(open.withheldFields.map(({ reason }) => reason)).toEqual(failing ? ['not-answered'] : []);
      const said = ({ records, withheldFields, summary, sources }: Disclosure) => ({
        records,
        withheldFields,
        summary,
        sources: sources.map(({ outcome, code, sentence }) => ({ outcome, code, sentence })),
      });
      expect(said(none)).toEqual(said(open));
    },
  );
});
