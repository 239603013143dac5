import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHmac, randomUUID } from 'node:crypto';
import { makePoliceSource, POLICE_TAKES } from '../../../adapters/police/source.ts';
import type { AgencySource, SourceAnswer } from '../../../gateway/ports/agency-source.ts';
import type { Person } from '../../../schemas/person.ts';
import { sourceRecordSchema } from '../../../schemas/source-record.ts';
import { generatePopulation } from '../../population/generate.ts';
import type { Holding, Situation } from '../../population/types.ts';
import { truthIn } from '../../population/wire-check.ts';
import { makeTestPki } from '../pki.ts';
import { csvOf, POLICE_FILES, rowsOf } from './rows.ts';
import { startPolice, type PoliceSimulator } from './start.ts';

/** The synthetic borough as its force holds it, asked about man by man. */

const AS_OF = '2026-11-21';
const population = generatePopulation({ seed: 20261121, asOf: AS_OF, perpetrators: 200 });
const police = population.holdings.filter(({ agency }) => agency === 'police');
const situationsOf = new Map(population.citizens.map(({ id, situations }) => [id, situations]));
const inSituation = (situation: Situation): readonly Holding[] =>
  police.filter(({ citizen }) => situationsOf.get(citizen)?.includes(situation) === true);

let force: PoliceSimulator;
let source: AgencySource;

beforeAll(async () => {
  const pki = await makeTestPki();
  const server = await pki.server('police-agent');
  const gateway = await pki.client('gateway');
  const ca = pki.authority.certificatePem;
  force = await startPolice({
    holdings: population.holdings,
    asOf: AS_OF,
    tls: { cert: server.certificatePem, key: server.keyPem, clientCa: ca },
    gatewayThumbprints: [gateway.thumbprint],
  });
  const tls = { ca, cert: gateway.certificatePem, key: gateway.keyPem };
  source = makePoliceSource({ client: { baseUrl: force.url, tls } });
});

afterAll(async () => {
  await source.close();
  await force.stop();
});

const plain = (value: string): string => value.toLowerCase().replace(/[^a-z0-9]/g, '');

function askAbout(subject: Person): Promise<SourceAnswer> {
  return source.ask(
    {
      questionId: randomUUID(),
      subject,
      fields: [...POLICE_TAKES],
      asOf: AS_OF,
      asker: { agency: 'dapg', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-11-21T09:00:00Z' },
      seal: (kind, value) =>
        createHmac('sha256', 'test')
          .update(kind + plain(value))
          .digest('base64url'),
    },
    { signal: new AbortController().signal, timeoutMs: 4000 },
  );
}

function asHeld({ names, dateOfBirth, sex, pnc, cro, addresses }: Holding): Person {
  return {
    names: names.map(({ given, family }) => ({ given, family })),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    sex,
    identifiers: [
      ...(pnc === undefined ? [] : [{ type: 'PNC' as const, value: pnc }]),
      ...(cro === undefined ? [] : [{ type: 'CRO' as const, value: cro }]),
    ],
    addresses: addresses.flatMap(({ postcode }) => (postcode === undefined ? [] : [{ postcode }])),
  };
}

describe('the borough’s force', () => {
  it('writes an extract of which every row is accepted, and no truth', () => {
    expect(force.reports).toMatchObject([{ kind: 'loaded', counts: { rejected: 0 } }]);
    expect(police.length).toBeGreaterThan(150);
    const rows = rowsOf(population.holdings);
    const wire = [...POLICE_FILES].map(([name, file]) => csvOf(file, rows[name] ?? [])).join('');
    expect(truthIn(wire, population)).toEqual([]);
  });

  it('P4: over every nominal, nothing that the file says is somebody else’s comes out, and every record is sound', async () => {
    let others = 0;
    let found = 0;
    for (const held of police) {
      const answer = await askAbout(asHeld(held));
      const own = answer.records.filter(({ recordId }) => recordId === `police:${held.reference}`);
      found += own.length;
      for (const record of answer.records) expect(sourceRecordSchema.safeParse(record).error).toBeUndefined();
      const json = plain(JSON.stringify(own));
      for (const other of held.others) {
        const { address, phones } = other;
        const values = [
          ...phones,
          ...(address === undefined ? [] : [[...address.lines, address.postcode ?? ''].join(' ')]),
        ];
        others += values.length;
        for (const value of values) expect(json).not.toContain(plain(value));
      }
    }
    expect(others).toBeGreaterThan(100);
    // All but those without a usable birth date, PNC or CRO.
    expect(found).toBeGreaterThan(police.length * 0.97);
  });

  it('P4: no contact given out as his reaches the victim whom his own file names with it', async () => {
    const misfiled = inSituation('victims-address-at-police').filter(({ others }) =>
      others.some(({ address }) => address !== undefined),
    );
    expect(misfiled.length).toBeGreaterThan(0);
    for (const held of misfiled) {
      const { records } = await askAbout(asHeld(held));
      const theirs = new Set(held.others.flatMap(({ address }) => (address?.uprn === undefined ? [] : [address.uprn])));
      const shown = records.flatMap(({ contacts }) => contacts.map(({ uprn }) => uprn ?? 'none'));
      expect(shown.filter((uprn) => theirs.has(uprn))).toEqual([]);
    }
  });

  it('answers for both URNs of a man whom the force holds twice: one record where it merged them, else two', async () => {
    const twice = inSituation('two-police-urns').filter(({ otherReferences }) => otherReferences.length > 0);
    expect(twice.length).toBeGreaterThan(0);
    for (const held of twice) {
      const { records } = await askAbout(asHeld(held));
      const ids = records.flatMap(({ recordId, supersedes }) => [recordId, ...(supersedes ?? [])]);
      const expected = [held.reference, ...held.otherReferences.map(({ value }) => value)];
      expect(ids).toEqual(expect.arrayContaining(expected.map((reference) => `police:${reference}`)));
    }
  });

  it('says of an address notified under a DAPO that it stands on a statutory duty', async () => {
    const notified = inSituation('dapo-notified-address').filter(({ addresses }) =>
      addresses.some(({ type }) => type === 'notified'),
    );
    expect(notified.length).toBeGreaterThan(0);
    for (const held of notified) {
      const { records } = await askAbout(asHeld(held));
      const his = records.filter(({ recordId }) => recordId === `police:${held.reference}`);
      const bases = his.flatMap(({ contacts }) => contacts.map(({ basis }) => basis));
      expect(bases).toContain('statutory-notification');
    }
  });
});
