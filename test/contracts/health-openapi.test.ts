import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeAgencyClient, type AgencyClient } from '../../adapters/https/agency-client.ts';
import {
  byName,
  holdingOf,
  nhsNumber,
  otherOf,
  phoneOf,
  questionOf,
  startPair,
  type HealthPair,
} from '../agencies/health/under-test.ts';
import { referenceFolder } from '../reference.ts';

/** What the simulator serves, and what the adapter asks, against the service's own OpenAPI document. */

const DOCUMENT =
  'pds-fhir.bundled.openapi.yaml, made from NHSDigital/personal-demographics-service-api specification/ at f57f5839';
const folder = referenceFolder();

const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.object({
    schemas: z.record(z.string(), z.unknown()),
    parameters: z.record(z.string(), z.object({ name: z.string(), in: z.string() })),
  }),
});

function readDocument(root: string) {
  const text = readFileSync(join(root, 'contracts/health/pds-fhir/pds-fhir.bundled.openapi.yaml'), 'utf8');
  return documentSchema.parse(parse(text));
}

/** OpenAPI 3.0 schemas as JSON Schema: this document uses no `nullable` and no `discriminator`, only odd formats. */
function validators(
  document: z.infer<typeof documentSchema>,
): Record<'patient' | 'search' | 'error', ValidateFunction> {
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats.default(ajv);
  for (const odd of ['url', 'datetime']) ajv.addFormat(odd, true);
  ajv.addSchema({ $id: 'pds', components: document.components });
  const of = (name: string): ValidateFunction => ajv.compile({ $ref: `pds#/components/schemas/${name}` });
  return { patient: of('Patient'), search: of('PatientSearch'), error: of('OperationOutcome') };
}

if (folder === undefined) {
  it.skip(`needs ${DOCUMENT}`, () => undefined);
} else {
  const document = readDocument(folder);
  const validate = validators(document);
  const RESTRICTED = nhsNumber(2);
  const DEAD = nhsNumber(3);
  const HOMELESS = nhsNumber(4);
  const someone = (reference: string, family: string, change = {}) =>
    holdingOf({ reference, nhsNumber: reference, names: [{ given: 'Daniel', family }], ...change });

  let pair: HealthPair;
  let client: AgencyClient;
  beforeAll(async () => {
    pair = await startPair({
      holdings: [
        someone(nhsNumber(1), 'Okafor', {
          aliases: [{ given: 'Danny', family: 'Okafor' }],
          phones: [
            phoneOf('07700900111', { to: '2025-01-01' }),
            phoneOf('02079460123', { type: 'landline', recordedAs: 'work' }),
          ],
          others: [otherOf('07700900222'), otherOf('07700900333')],
        }),
        someone(RESTRICTED, 'Smythe', { restricted: true }),
        someone(DEAD, 'Marsh'),
        someone(HOMELESS, 'Hill', { noFixedAbode: true, addresses: [] }),
        someone(nhsNumber(5), 'Twin'),
        someone(nhsNumber(6), 'Twin'),
      ],
      died: { [DEAD]: '2025-12-01' },
    });
    client = makeAgencyClient({ baseUrl: pair.simulator.url, tls: { ca: pair.pki.authority.certificatePem } });
    await pair.source.ask(questionOf(byName()), { signal: new AbortController().signal, timeoutMs: 4_000 });
  });
  afterAll(async () => {
    await client.close();
    await pair.stop();
  });

  const get = async (path: string, query: [string, string][] = []): Promise<unknown> => {
    const authorization = pair.simulator.asked.find(({ method }) => method === 'GET')?.headers.authorization ?? '';
    const answer = await client.request({
      method: 'GET',
      path: `/personal-demographics/FHIR/R4${path}`,
      query,
      headers: { authorization, 'x-request-id': randomUUID() },
      signal: new AbortController().signal,
      timeoutMs: 2_000,
    });
    if (!answer.ok) throw new Error(answer.error);
    return answer.value.json;
  };
  const faults = (check: ValidateFunction, json: unknown): unknown => (check(json) ? [] : check.errors);
  const search = (family: string): Promise<unknown> =>
    get('/Patient', [
      ['family', family],
      ['birthdate', 'eq1985-05-17'],
    ]);

  describe(`health: ${DOCUMENT}`, () => {
    it.each([
      ['a plain patient', nhsNumber(1)],
      ['a restricted one', RESTRICTED],
      ['a dead one', DEAD],
      ['one without an abode', HOMELESS],
    ])('serves %s as the document says', async (_name, id) => {
      const json = await get(`/Patient/${id}`);
      expect(json).toMatchObject({ id });
      expect(faults(validate.patient, json)).toEqual([]);
    });

    it.each([
      ['a plain patient', 'Okafor', 1],
      ['a restricted one', 'Smythe', 1],
      ['a dead one', 'Marsh', 1],
      ['nobody', 'Nobody', 0],
    ])('serves a search for %s as the document says', async (_name, family, total) => {
      const json = await search(family);
      expect(json).toMatchObject({ resourceType: 'Bundle', total });
      expect(faults(validate.search, json)).toEqual([]);
    });

    it('serves its errors as the document says', async () => {
      const errors = [
        await search('Twin'),
        await get('/Patient'),
        await get(`/Patient/${nhsNumber(99)}`),
        await get('/Patient/1'),
      ];
      for (const json of errors) {
        expect(json).toMatchObject({ resourceType: 'OperationOutcome' });
        expect(faults(validate.error, json)).toEqual([]);
      }
    });

    it('the document refuses what it should: the check is able to fail', () => {
      expect(validate.patient({ resourceType: 'Patient', id: '900000009' })).toBe(false);
      expect(validate.patient({ resourceType: 'Patient', id: '9000000009', diagnosis: 'x' })).toBe(false);
      expect(validate.search({ entry: [{ resource: { id: '9000000009', gender: 'm' } }] })).toBe(false);
    });

    it('the adapter sends no parameter that the document does not have, and every header it asks for', () => {
      const named = Object.values(document.components.parameters);
      const queries = new Set(named.filter((one) => one.in === 'query').map(({ name }) => name));
      const headers = new Set(named.filter((one) => one.in === 'header').map(({ name }) => name.toLowerCase()));
      const reads = pair.simulator.asked.filter(({ method }) => method === 'GET').slice(0, 2);
      expect(reads).toHaveLength(2);
      for (const read of reads) {
        for (const name of read.query.keys()) expect(queries).toContain(name);
        for (const name of ['x-request-id', 'x-correlation-id', 'nhsd-end-user-organisation-ods']) {
          expect(headers).toContain(name);
          expect(read.headers[name]).toBeDefined();
        }
      }
    });
  });
}
