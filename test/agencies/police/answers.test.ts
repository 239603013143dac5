import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createHmac, randomUUID } from 'node:crypto';
import { makeAgencyClient } from '../../../adapters/https/agency-client.ts';
import { makePoliceSource, POLICE_TAKES } from '../../../adapters/police/source.ts';
import type { AgencySource, SourceAnswer, SourceQuestion } from '../../../gateway/ports/agency-source.ts';
import { sourceRecordSchema } from '../../../schemas/source-record.ts';
import type { Holding } from '../../population/types.ts';
import { makeTestPki, type TestPki } from '../pki.ts';
import { startSimulator, type Fault } from '../simulator.ts';
import { HER_HOME, HER_NUMBER, HIS_HOME, HIS_NUMBER, holdingOf, MOTHERS_NUMBER } from './holding.ts';
import { INTELLIGENCE_NUMBER, NEVER_TAKEN, rowsOf } from './rows.ts';
import { startPolice, type PoliceOptions, type PoliceSimulator } from './start.ts';

const AS_OF = '2026-11-21';

interface Certificates {
  readonly server: { readonly cert: string; readonly key: string; readonly clientCa: string };
  readonly gateway: { readonly cert: string; readonly key: string; readonly thumbprint: string };
  readonly stranger: { readonly cert: string; readonly key: string };
  readonly ca: string;
}

let pki: TestPki;
let certificates: Certificates;
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  pki = await makeTestPki();
  const server = await pki.server('police-agent');
  const gateway = await pki.client('gateway');
  const stranger = await pki.client('housing');
  const ca = pki.authority.certificatePem;
  certificates = {
    server: { cert: server.certificatePem, key: server.keyPem, clientCa: ca },
    gateway: { cert: gateway.certificatePem, key: gateway.keyPem, thumbprint: gateway.thumbprint },
    stranger: { cert: stranger.certificatePem, key: stranger.keyPem },
    ca,
  };
});

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function police(holdings: readonly Holding[], more: Partial<PoliceOptions> = {}): Promise<PoliceSimulator> {
  const { server, gateway } = certificates;
  const simulator = await startPolice({
    holdings,
    asOf: AS_OF,
    tls: server,
    gatewayThumbprints: [gateway.thumbprint],
    ...more,
  });
  closing.push(() => simulator.stop());
  return simulator;
}

function sourceAt(url: string, who: 'gateway' | 'stranger' = 'gateway'): AgencySource {
  const { ca } = certificates;
  const { cert, key } = certificates[who];
  const source = makePoliceSource({ client: { baseUrl: url, tls: { ca, cert, key } } });
  closing.push(() => source.close());
  return source;
}

const seal: SourceQuestion['seal'] = (kind, value) => {
  const plain = value.toLowerCase().replace(/[^a-z0-9@+]/g, '');
  return plain === '' ? undefined : createHmac('sha256', 'test').update(`${kind}:${plain}`).digest('base64url');
};

const DANIEL = {
  names: [{ given: 'Daniel', family: 'Ashworth' }],
  dateOfBirth: '1988-04-09',
  sex: 'male' as const,
};

function question(changes: Partial<SourceQuestion> = {}): SourceQuestion {
  return {
    questionId: randomUUID(),
    subject: DANIEL,
    fields: [...POLICE_TAKES],
    asOf: AS_OF,
    asker: { agency: 'dapg', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-11-21T09:00:00Z' },
    seal,
    ...changes,
  };
}

const limits = () => ({ signal: new AbortController().signal, timeoutMs: 4000 });

async function ask(holdings: readonly Holding[], changes: Partial<SourceQuestion> = {}): Promise<SourceAnswer> {
  const { url } = await police(holdings);
  return sourceAt(url).ask(question(changes), limits());
}

const valueOf = (answer: SourceAnswer, field: string) =>
  answer.records.flatMap(({ values }) => values ?? []).find((value) => value.field === field)?.value;

describe('the police source, over its agent', () => {
  it('finds a nominal and says who, where and under which number, in the shape of the contract', async () => {
    const answer = await ask([holdingOf()]);
    expect(answer.outcome).toBe('found');
    const [record] = answer.records;
    expect(sourceRecordSchema.safeParse(record).error).toBeUndefined();
    expect(record?.recordId).toBe('police:URN-000101');
    expect(record?.person.identifiers).toEqual([
      { type: 'PNC', value: '2012/0394773H' },
      { type: 'CRO', value: '265416/12G' },
    ]);
    expect(record?.contacts.map(({ field, value }) => [field, value])).toEqual([
      ['pol.address', '40 Canal Road, Riverton, ZE5 2BD'],
      ['pol.phone', HIS_NUMBER],
    ]);
    expect(valueOf(answer, 'pol.aliases')).toMatchObject({ entries: [{ title: 'Danny Ash' }] });
  });

  it.each([
    ['PNC in its short form', { identifiers: [{ type: 'PNC' as const, value: '12/394773H' }] }],
    ['CRO', { identifiers: [{ type: 'CRO' as const, value: '265416/12g' }] }],
    ['names, birth date and sex', DANIEL],
    ['an alias', { ...DANIEL, names: [{ given: 'Danny', family: 'ASH' }] }],
    ['a birth date with day and month exchanged', { ...DANIEL, dateOfBirth: '1988-09-04' }],
    [
      'one part of the name, the birth date and a telephone number',
      { names: [{ given: 'Danyal', family: 'Ashworth' }], dateOfBirth: '1988-04-09', phones: ['07700 900101'] },
    ],
  ])('finds him by %s', async (_how, subject) => {
    expect((await ask([holdingOf()], { subject })).records).toHaveLength(1);
  });

  it.each([
    ['another birth date', { ...DANIEL, dateOfBirth: '1961-04-09' }],
    ['another sex', { ...DANIEL, sex: 'female' as const }],
    ['a name that differs and nothing more', { ...DANIEL, names: [{ given: 'Danyal', family: 'Ashworth' }] }],
    [
      'the victim’s number beside her own name',
      { names: [{ given: 'Marisa', family: 'Quennell' }], dateOfBirth: '1990-01-02', phones: [HER_NUMBER] },
    ],
    ['another PNC', { identifiers: [{ type: 'PNC' as const, value: '2013/0394773H' }] }],
  ])('P5: does not find him by %s', async (_how, subject) => {
    expect(await ask([holdingOf()], { subject })).toEqual({ outcome: 'none-held', records: [] });
  });

  it('finds a man without a birth date only where a contact reference agrees too', async () => {
    const { dateOfBirth: _unknown, ...held } = holdingOf({ reference: 'URN-000102' });
    const { pnc: _pnc, cro: _cro, ...unnumbered } = held;
    const simulator = await police([unnumbered]);
    const source = sourceAt(simulator.url);
    expect((await source.ask(question(), limits())).outcome).toBe('none-held');
    const subject = { ...DANIEL, addresses: [{ postcode: 'ze52bd' }] };
    expect((await source.ask(question({ subject }), limits())).outcome).toBe('found');
  });

  it('two URNs for one man are two records unless the force merged them', async () => {
    const apart = await ask([holdingOf({ otherReferences: [{ type: 'URN', value: 'URN-000777' }] })]);
    expect(apart.records.map(({ recordId }) => recordId).sort()).toEqual(['police:URN-000101', 'police:URN-000777']);
    const merged = await ask([holdingOf({ otherReferences: [{ type: 'superseded', value: 'URN-000777' }] })]);
    expect(merged.records.map(({ recordId, supersedes }) => [recordId, supersedes])).toEqual([
      ['police:URN-000101', ['police:URN-000777']],
    ]);
  });

  it('an address notified under a DAPO in force stands on its statutory basis, any other is as stated', async () => {
    const notified = { ...HIS_HOME, type: 'notified' as const, lastConfirmed: '2026-11-15' };
    const dapo = { type: 'DAPO' as const, from: '2026-09-01', to: '2027-09-01', conditions: ['not to contact her'] };
    const basis = async (orders: Holding['orders']) =>
      (await ask([holdingOf({ addresses: [notified], orders })])).records[0]?.contacts[0]?.basis;
    expect(await basis([dapo])).toBe('statutory-notification');
    expect(await basis([{ ...dapo, to: '2026-11-20' }])).toBe('stated');
    expect(await basis([])).toBe('stated');
  });

  it('gives orders and bail in force with coded conditions, and nothing that has ended or not begun', async () => {
    const orders: Holding['orders'] = [
      {
        type: 'DVPO',
        from: '2026-11-10',
        to: '2026-11-21',
        conditions: ['not to contact Marisa Quennell', 'to leave 12 Elm Street'],
      },
      { type: 'restraining', from: '2020-01-01', to: '2026-11-20', conditions: ['not to contact her'] },
      { type: 'restraining', from: '2026-11-22', conditions: ['not to contact her'] },
      { type: 'bail', from: '2026-11-01', conditions: ['to report to a police station'] },
    ];
    const answer = await ask([holdingOf({ orders })]);
    expect(valueOf(answer, 'pol.orders')).toEqual({
      kind: 'list',
      entries: [
        {
          group: 'Order',
          title: 'Domestic violence protection order',
          date: '2026-11-10',
          until: '2026-11-21',
          conditions: [
            'Not to contact the protected person, directly or indirectly',
            'To leave, and not return to, premises named in the order',
          ],
        },
      ],
    });
    expect(valueOf(answer, 'pol.bail')).toMatchObject({ entries: [{ conditions: ['To report to a police station'] }] });
    expect(JSON.stringify(answer)).not.toMatch(/Marisa|Quennell|Elm Street/);
  });

  it('takes warning markers about the safety of staff and none about health', async () => {
    expect(valueOf(await ask([holdingOf()]), 'pol.markers')).toEqual({
      kind: 'list',
      entries: [{ group: 'Warning marker', title: 'Violence' }],
    });
  });

  it('says that he has no fixed abode', async () => {
    const answer = await ask([holdingOf({ noFixedAbode: true, addresses: [] })]);
    expect(answer.records[0]?.whereabouts).toEqual({ field: 'pol.address', noFixedAbode: true });
  });
});

describe('P3: the police source takes the least', () => {
  it('P3: a field that was not asked for is never filled, on the wire or in the answer', async () => {
    const orders: Holding['orders'] = [
      { type: 'DAPO', from: '2026-09-01', conditions: ['not to contact her'] },
      { type: 'bail', from: '2026-09-01', conditions: ['not to contact her'] },
    ];
    const { url } = await police([holdingOf({ orders, noFixedAbode: true })]);
    const source = sourceAt(url);
    await fc.assert(
      fc.asyncProperty(fc.subarray([...POLICE_TAKES]), async (fields) => {
        const answer = await source.ask(question({ fields }), limits());
        const filled = answer.records.flatMap((record) => [
          ...(record.values ?? []).map(({ field }) => field),
          ...record.contacts.map(({ field }) => field ?? 'none'),
          ...(record.withheldFields ?? []),
          ...(record.whereabouts === undefined ? [] : [record.whereabouts.field]),
        ]);
        expect(filled.filter((field) => !fields.some((asked) => asked === field))).toEqual([]);
        expect([...new Set(filled)].sort()).toEqual([...fields].sort());
      }),
      { seed: 1, numRuns: 40 },
    );
  });

  it('P3: a field outside the allow-list is neither asked of the force nor filled', async () => {
    const simulator = await police([holdingOf()]);
    await sourceAt(simulator.url).ask(question({ fields: ['pol.intel', 'pol.victim_address', 'pol.phone'] }), limits());
    expect(simulator.asked.map(({ fields }) => fields)).toEqual([['pol.phone']]);
  });

  it('P3: only PNC and CRO are sent to the force, and nothing personal in the path', async () => {
    const simulator = await police([holdingOf()]);
    const identifiers = [
      { type: 'NHS' as const, value: '9990000018' },
      { type: 'PNC' as const, value: '2012/0394773H' },
    ];
    await sourceAt(simulator.url).ask(question({ subject: { ...DANIEL, identifiers } }), limits());
    expect(simulator.asked[0]?.subject.identifiers).toEqual([identifiers[1]]);
    expect(JSON.stringify(simulator.logged)).not.toMatch(/Ashworth|Daniel|1988|0394773/);
  });

  it('P3: intelligence, remarks, the words of the court and e-mail addresses are in no answer', async () => {
    const orders: Holding['orders'] = [{ type: 'bail', from: '2026-09-01', conditions: ['not to contact her'] }];
    const json = JSON.stringify(await ask([holdingOf({ orders })]));
    expect(json).not.toContain(INTELLIGENCE_NUMBER);
    expect(json).not.toContain(NEVER_TAKEN);
    expect(json).not.toContain('example.org');
  });
});

describe('P4: what is somebody else’s never comes out as his', () => {
  it('P4: the victim’s number and address leave only as seals', async () => {
    const answer = await ask([holdingOf()]);
    expect(answer.records[0]?.othersContacts).toEqual([
      { kind: 'address', seal: seal('address', 'Flat 3, 12 Elm Street, Riverton, ZE4 1AB'), whose: 'victim' },
      { kind: 'phone', seal: seal('phone', HER_NUMBER), whose: 'victim' },
    ]);
    expect(JSON.stringify(answer)).not.toMatch(/Elm Street|ZE4 1AB|900202|Quennell/);
  });

  it.each([
    ['word for word', HER_HOME],
    ['without the UPRN', { lines: HER_HOME.lines, postcode: HER_HOME.postcode }],
    ['abbreviated', { lines: ['Flat 3', '12 Elm St', 'RIVERTON'], postcode: 'ze41ab' }],
    ['by UPRN alone', { lines: ['The Old Bakery'], uprn: HER_HOME.uprn }],
  ])('P4: the victim’s address that stands in his file as his home (%s) is hers', async (_how, hers) => {
    const misfiled = { ...hers, type: 'home' as const, lastConfirmed: '2026-11-01' };
    const answer = await ask([holdingOf({ addresses: [misfiled] })]);
    expect(answer.records[0]?.contacts.filter(({ kind }) => kind === 'address')).toEqual([]);
    expect(answer.records[0]?.person.addresses).toBeUndefined();
    expect(answer.records[0]?.withheldFields).toEqual(['pol.address']);
    expect(JSON.stringify(answer)).not.toMatch(/elm st|old bakery|ze4 ?1ab/i);
  });

  it('P4: a number recorded as the mother’s, the partner’s or a friend’s is sealed', async () => {
    for (const recordedAs of ['mother', 'partner', 'relative', 'friend'] as const) {
      const answer = await ask([holdingOf({ phones: [{ number: MOTHERS_NUMBER, type: 'mobile', recordedAs }] })]);
      expect(JSON.stringify(answer)).not.toContain('900303');
      expect(answer.records[0]?.othersContacts).toContainEqual(
        expect.objectContaining({ seal: seal('phone', MOTHERS_NUMBER), whose: recordedAs }),
      );
    }
  });

  it('P4: a victim’s row that could not be read withholds all of that kind, rather than show what it would protect', async () => {
    const simulator = await police([
      holdingOf({ phones: [{ number: HER_NUMBER, type: 'mobile', recordedAs: 'self' }] }),
    ]);
    const rows = rowsOf([holdingOf({ phones: [{ number: HER_NUMBER, type: 'mobile', recordedAs: 'self' }] })]);
    for (const spoilt of [{ telephone_number: '07700 9OO2O2' }, { whose: 'vicitm' }, { handling_code: 'C' }]) {
      const telephones = (rows['telephones'] ?? []).map((row) =>
        row['whose'] === 'victim' ? { ...row, ...spoilt } : row,
      );
      // Enough sound rows that one reject is no reason to refuse the batch.
      const sequence = simulator.reports.length + 1;
      const batch = simulator.batch({ rows: { ...rows, telephones }, sequence, createdAt: '2026-11-21T03:00:00Z' });
      await simulator.drop(batch);
      expect(simulator.reports.at(-1)?.kind).toBe('loaded');
      const answer = await sourceAt(simulator.url).ask(question(), limits());
      expect(JSON.stringify(answer)).not.toContain('900202');
      expect(answer.records[0]?.withheldFields).toEqual(['pol.phone']);
      expect(answer.records[0]?.contacts.map(({ kind }) => kind)).toEqual(['address']);
    }
  });

  it('P4: of a person whom the force knows as a victim no contact is given', async () => {
    const simulator = await police([holdingOf()]);
    const rows = rowsOf([holdingOf()]);
    const nominals = (rows['nominals'] ?? []).map((row) => ({ ...row, person_role: 'victim' }));
    await simulator.drop(
      simulator.batch({ rows: { ...rows, nominals }, sequence: 2, createdAt: '2026-11-21T03:00:00Z' }),
    );
    const answer = await sourceAt(simulator.url).ask(question(), limits());
    expect(answer.records[0]?.role).toBe('victim');
    expect(answer.records[0]?.contacts).toEqual([]);
    expect(JSON.stringify(answer)).not.toMatch(/Canal Road|900101/);
  });

  it('P4: over generated files, no value of anybody else is ever in the answer', async () => {
    const simulator = await police([holdingOf()]);
    const source = sourceAt(simulator.url);
    const numbers = fc.uniqueArray(fc.integer({ min: 400, max: 999 }), { minLength: 2, maxLength: 12 });
    let sequence = 1;
    await fc.assert(
      fc.asyncProperty(
        numbers,
        fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
        async (suffixes, misfiled) => {
          const hers = suffixes.map((suffix) => `+447700900${suffix}`);
          const [victim] = holdingOf().others;
          if (victim === undefined) throw new Error('the builder has a victim');
          const phones = hers
            .filter((_number, index) => misfiled[index])
            .map((number) => ({
              number: number.replace('+44', '0'),
              type: 'mobile' as const,
              recordedAs: 'self' as const,
            }));
          const rows = rowsOf([holdingOf({ phones, others: [{ ...victim, phones: hers }] })]);
          sequence += 1;
          await simulator.drop(simulator.batch({ rows, sequence, createdAt: '2026-11-21T03:00:00Z' }));
          const json = JSON.stringify(await source.ask(question(), limits()));
          for (const suffix of suffixes) expect(json).not.toContain(`900${suffix}`);
        },
      ),
      { seed: 1, numRuns: 25 },
    );
  });
});

describe('P7: what did not answer never reads as nothing held', () => {
  it('P7: nothing held, a stale extract, no extract and a force that is down are four different things', async () => {
    let now = Date.parse('2026-11-21T06:00:00Z');
    const simulator = await police([holdingOf()], { now: () => now });
    const source = sourceAt(simulator.url);
    const stranger = { ...DANIEL, names: [{ given: 'Peter', family: 'Nobody' }] };
    expect(await source.ask(question({ subject: stranger }), limits())).toEqual({ outcome: 'none-held', records: [] });
    now = Date.parse('2026-11-23T06:00:00Z');
    const stale = { outcome: 'unavailable', code: 'stale-extract', records: [] };
    expect(await source.ask(question(), limits())).toEqual(stale);
    expect(await source.ask(question({ subject: stranger }), limits())).toEqual(stale);
    const empty = await police([]);
    expect(await sourceAt(empty.url).ask(question(), limits())).toEqual(stale);
    await simulator.stop();
    expect(await source.ask(question(), limits())).toMatchObject({ outcome: 'unavailable', records: [] });
  });

  it('P7: a question that knows too little is not asked; too many who agree are withheld, not absent', async () => {
    const many = Array.from({ length: 11 }, (_, index) => {
      const { pnc: _pnc, cro: _cro, ...held } = holdingOf({ reference: `URN-0002${index + 10}` });
      return held;
    });
    const simulator = await police(many);
    const source = sourceAt(simulator.url);
    const little = { names: [{ full: 'Daniel Ashworth' }], dateOfBirth: '1988' };
    expect(await source.ask(question({ subject: little }), limits())).toEqual({
      outcome: 'not-asked',
      code: 'not-enough-known',
      records: [],
    });
    expect(simulator.asked).toEqual([]);
    expect(await source.ask(question(), limits())).toEqual({
      outcome: 'withheld',
      code: 'too-many-matches',
      records: [],
    });
  });

  it('P7: a restricted nominal says that it is there, and no more', async () => {
    const answer = await ask([holdingOf({ restricted: true })]);
    expect(answer.outcome).toBe('restricted');
    expect(answer.records[0]).toMatchObject({ restricted: true, contacts: [], values: [] });
    expect(answer.records[0]?.person.addresses).toBeUndefined();
  });

  const FAULTS: readonly (readonly [string, Fault, string, string])[] = [
    ['resets the connection', { kind: 'reset' }, 'unavailable', 'server-error'],
    ['serves a sign-in page', { kind: 'html' }, 'error', 'bad-answer'],
    ['breaks off its JSON', { kind: 'not-json' }, 'error', 'bad-answer'],
    ['sends a gzip bomb', { kind: 'gzip-bomb' }, 'error', 'bad-answer'],
    ['sends 16 MB', { kind: 'huge' }, 'error', 'bad-answer'],
    ['never answers', { kind: 'hang' }, 'timed-out', 'deadline'],
    [
      'redirects',
      { kind: 'status', status: 302, headers: { location: 'https://127.0.0.1:1/' } },
      'error',
      'bad-answer',
    ],
    ['refuses our certificate', { kind: 'status', status: 403 }, 'error', 'not-authorised'],
    ['is overrun', { kind: 'status', status: 503 }, 'unavailable', 'server-error'],
    ['tells us to slow down', { kind: 'status', status: 429 }, 'unavailable', 'rate-limited'],
  ];
  it.each(FAULTS)('P7: an agent that %s is an outcome, never an exception', async (_what, fault, outcome, code) => {
    const liar = await startSimulator({
      name: 'liar',
      tls: certificates.server,
      handle: () => ({ status: 200, json: {} }),
    });
    closing.push(() => liar.stop());
    liar.setFault(fault);
    const answer = await sourceAt(liar.url).ask(question(), {
      ...limits(),
      timeoutMs: fault.kind === 'hang' ? 150 : 4000,
    });
    expect(answer).toEqual({ outcome, code, records: [] });
  });

  const RECORD = {
    reference: 'URN-1',
    supersedes: [],
    restricted: false,
    names: [{ given: 'Daniel', family: 'Ashworth' }],
    dateOfBirth: '1988-04-09',
    identifiers: [],
    postcodes: [],
    contacts: [],
    othersContacts: [],
    values: [{ field: 'pol.name', value: { kind: 'name', given: 'Daniel' } }],
    withheldFields: [],
  };
  const LIES: readonly (readonly [string, unknown, string, string | undefined])[] = [
    ['about somebody else', [{ ...RECORD, names: [{ given: 'Peter', family: 'Nobody' }] }], 'error', 'wrong-person'],
    ['about a namesake of another birth date', [{ ...RECORD, dateOfBirth: '1950-01-30' }], 'error', 'wrong-person'],
    ['with an unknown key', [{ ...RECORD, notes: 'free text' }], 'error', 'bad-answer'],
    [
      'with eleven records',
      Array.from({ length: 11 }, (_, n) => ({ ...RECORD, reference: `URN-${n}` })),
      'error',
      'bad-answer',
    ],
    ['with one reference twice', [RECORD, RECORD], 'error', 'bad-answer'],
    ['with no record', [], 'error', 'bad-answer'],
    ['as agreed', [RECORD], 'found', undefined],
  ];
  it.each(LIES)('P5: an answer %s is judged', async (_what, records, outcome, code) => {
    const json = { outcome: 'found', batch: 'XXX20261121', records };
    const liar = await startSimulator({
      name: 'liar',
      tls: certificates.server,
      handle: () => ({ status: 200, json }),
    });
    closing.push(() => liar.stop());
    const answer = await sourceAt(liar.url).ask(question(), limits());
    expect([answer.outcome, answer.code]).toEqual([outcome, code]);
  });

  it('P3: fields that a lying agent fills unasked are dropped', async () => {
    const json = { outcome: 'found', batch: 'XXX20261121', records: [RECORD] };
    const liar = await startSimulator({
      name: 'liar',
      tls: certificates.server,
      handle: () => ({ status: 200, json }),
    });
    closing.push(() => liar.stop());
    const answer = await sourceAt(liar.url).ask(question({ fields: ['pol.phone'] }), limits());
    expect(answer.records[0]?.values).toEqual([]);
  });
});

describe('the agent’s door', () => {
  it('answers the registered gateway only: another certificate of the same authority is refused', async () => {
    const simulator = await police([holdingOf()]);
    const answer = await sourceAt(simulator.url, 'stranger').ask(question(), limits());
    expect(answer).toEqual({ outcome: 'error', code: 'not-authorised', records: [] });
    expect(simulator.asked).toEqual([]);
  });

  it('refuses whoever shows no certificate', async () => {
    const { url } = await police([holdingOf()]);
    const source = makePoliceSource({ client: { baseUrl: url, tls: { ca: certificates.ca } } });
    closing.push(() => source.close());
    const answer = await source.ask(question(), limits());
    expect(answer.outcome).toBe('unavailable');
  });

  it.each([
    ['another path', 'POST', '/v1/find?surname=Ashworth', 'application/json', '{}', 404],
    ['another method', 'GET', '/v1/find', 'application/json', undefined, 405],
    ['another content type', 'POST', '/v1/find', 'text/plain', '{}', 415],
    ['a body that is not JSON', 'POST', '/v1/find', 'application/json', '{"a', 400],
    ['an unknown key', 'POST', '/v1/find', 'application/json', '{"surname":"Ashworth"}', 400],
    ['P11: a body over 64 KiB', 'POST', '/v1/find', 'application/json', ' '.repeat(70_000), 413],
  ] as const)('refuses %s', async (_what, method, path, type, body, status) => {
    const simulator = await police([holdingOf()]);
    const { ca, gateway } = certificates;
    const client = makeAgencyClient({ baseUrl: simulator.url, tls: { ca, cert: gateway.cert, key: gateway.key } });
    closing.push(() => client.close());
    const response = await client.request({
      method,
      path,
      headers: { 'content-type': type },
      ...(body === undefined ? {} : { body }),
      ...limits(),
    });
    expect(response).toMatchObject({ ok: true, value: { status } });
    expect(simulator.asked).toEqual([]);
  });
});
