import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { holdingOf, questionOf, startRunning, type Running } from '../agencies/probation/fixture.ts';
import type { SimulatedResponse } from '../agencies/simulator.ts';
import { referenceFolder } from '../reference.ts';

/**
 * The adapter and the simulator against what HMPPS published and nobody here wrote. The adapter reads the published
 * expected responses through a real connection; the simulator's answers are validated by the published schemas.
 */

const folder = referenceFolder();
const at = (...path: string[]): string => join(folder ?? '', 'contracts', 'probation', ...path);
const present = folder !== undefined && existsSync(at('SOURCE.txt'));
const COMMIT = 'github.com/ministryofjustice/hmpps-integration-api c2755df143a14d97b712c75e1f76a52ddb88a5ef';
const EXAMPLES = `${COMMIT} src/test/resources/expected-responses`;
const SPECIFICATION =
  'github.com/ministryofjustice/hmpps-integration-api 55636fd40693e6f886117a0e25950c3f6ea740af openapi.yml';

function example(name: string): unknown {
  const json: unknown = JSON.parse(readFileSync(at('examples', 'external-api', `${name}.json`), 'utf8'));
  return json;
}

/** Answers of the fictional person A123123 / G2996UX, one published example a path. */
function published(person: string, details: Readonly<Record<string, string>>) {
  return (path: string): SimulatedResponse => {
    if (path === '/v1/persons') return { status: 200, json: example('noResults') };
    const detail = /^\/v1\/persons\/[^/]+\/?(.*)$/.exec(path)?.[1] ?? '';
    const name = detail === '' ? person : details[detail];
    const none = { status: 404, errorCode: null, userMessage: 'none', developerMessage: 'none', moreInfo: null };
    return name === undefined ? { status: 404, json: none } : { status: 200, json: example(name) };
  };
}

const ALL = {
  addresses: 'person-addresses',
  'prisoner-base-location': 'prisoner-base-location',
  'sentences/latest-key-dates-and-adjustments': 'person-sentence-key-dates',
  'risks/mappadetail': 'person-risk-mappadetail',
  'person-responsible-officer': 'person-responsible-officer',
  'licences/conditions': 'person-licence-conditions',
};

const REDACTED = 'person-offender-and-probation-search-redacted-response';
const byNoms = { subject: { identifiers: [{ type: 'NOMS', value: 'G2996UX' } as const] } };

function declareExamples(): void {
  describe(`published examples (${EXAMPLES})`, () => {
    let running: Running | undefined;
    const ask = async (tamper: (path: string) => SimulatedResponse, question: Parameters<Running['ask']>[0]) => {
      running = await startRunning({ holdings: [holdingOf()], tamper });
      const answer = await running.ask(question);
      await running.stop();
      return answer;
    };

    it('the person answer joins two people who have nothing in common: two records, nothing shared is read', async () => {
      const answer = await ask(published('person-offender-and-probation-search-response', ALL), byNoms);
      expect(answer).toMatchObject({ outcome: 'found', code: 'wrong-person' });
      expect(answer.records.map(({ recordId }) => recordId)).toEqual(['probation:A123123', 'probation:G2996UX']);
      expect(answer.records[0]?.contacts).toEqual([]);
    });

    it('the redacted person answer: the mask is no value, what it covers is withheld', async () => {
      const answer = await ask(published(REDACTED, {}), byNoms);
      expect(answer.outcome).toBe('found');
      expect(answer.records[0]).toMatchObject({
        recordId: 'probation:G2996UX',
        system: 'nomis',
        withheldFields: ['pro.name'],
        person: {
          names: [
            { given: 'Robert', family: 'Larsen', type: 'current' },
            { given: 'Robert', family: 'Lorsen', type: 'alias' },
          ],
          dateOfBirth: '1975-04-02',
          sex: 'female',
          identifiers: [{ type: 'NOMS', value: 'G2996UX' }],
        },
      });
    });

    it('addresses, base location, key dates and officer', async () => {
      const { 'risks/mappadetail': _mappa, ...details } = ALL;
      const answer = await ask(published(REDACTED, details), byNoms);
      const [record] = answer.records;
      expect(answer.code).toBeUndefined();
      expect(record?.contacts).toEqual([
        {
          kind: 'address',
          value: 'Liverpool Prison, 3B Slinn Street, Brincliffe, Liverpool, Herefordshire, LI1 5TH',
          recordedAs: 'work',
          from: '2005-05-12',
          to: '2021-02-12',
          field: 'pro.address',
        },
        {
          kind: 'address',
          value: 'Test Building Name, 31 Test Street, Test District, Test Town, Test County, NE1 1AB',
          recordedAs: 'self',
          from: '2026-01-23',
          to: '2026-01-23',
          field: 'pro.address',
        },
      ]);
      expect(record?.whereabouts?.custody).toEqual({
        establishment: 'MDI',
        since: '2025-04-01',
        // The published key dates end years before the published reception: an earlier sentence's.
      });
      const values = new Map(record?.values?.map(({ field, value }) => [field, value]));
      expect(values.get('pro.release')).toEqual({
        kind: 'dates',
        dates: [
          { label: 'Release', date: '2020-04-20', confirmed: true },
          { label: 'Home detention curfew', date: '2020-02-03' },
          { label: 'Release on temporary licence', date: '2020-02-03' },
          { label: 'Licence ends', date: '2020-02-03' },
          { label: 'Supervision after licence ends', date: '2020-02-03' },
        ],
      });
      expect(values.get('pro.officer')).toMatchObject({ kind: 'professional', name: 'string string', team: 'string' });
      // The published licence is a draft: nothing of it binds him yet.
      expect(values.has('pro.licence')).toBe(false);
      expect(JSON.stringify(answer)).not.toMatch(/comment text|From NDelius/);
    });

    it('redacted key dates and officer', async () => {
      const answer = await ask(
        published(REDACTED, {
          'sentences/latest-key-dates-and-adjustments': 'person-sentence-key-dates-redacted',
          'person-responsible-officer': 'person-responsible-officer-redacted',
        }),
        byNoms,
      );
      const [record] = answer.records;
      expect(record?.withheldFields).toEqual(['pro.name', 'pro.officer']);
      expect(record?.values?.find(({ field }) => field === 'pro.officer')?.value).toEqual({
        kind: 'professional',
        team: 'string',
        organisation: 'Probation Service',
        phone: 'string',
        email: 'string',
      });
      expect(JSON.stringify(answer)).not.toContain('REDACTED');
    });

    it('the published MAPPA numbers are none that exist: not taken, and the answer says that it is incomplete', async () => {
      const answer = await ask(published(REDACTED, { 'risks/mappadetail': 'person-risk-mappadetail' }), byNoms);
      expect(answer).toMatchObject({ outcome: 'found', code: 'bad-answer' });
      expect(answer.records[0]?.values?.map(({ field }) => field)).not.toContain('pro.mappa');
    });

    const searched = (name: string) => (path: string) =>
      path === '/v1/persons' ? { status: 200, json: example(name) } : published(REDACTED, {})(path);
    const larsen = { subject: { names: [{ given: 'Robert', family: 'Larsen' }], dateOfBirth: '1975-04-02' } };

    it('a search without results is none held', async () => {
      expect(await ask(published(REDACTED, {}), larsen)).toEqual({ outcome: 'none-held', records: [] });
    });

    it.each(['person-name-search-response', 'person-name-pnc-search-response'])(
      '%s leads to the person',
      async (name) => {
        // The published person answer is of another id than the published search: the adapter must refuse it.
        expect(await ask(searched(name), larsen)).toEqual({ outcome: 'error', code: 'wrong-person', records: [] });
      },
    );

    it('a limited access offender among the results is restricted, and none of his details is taken', async () => {
      const answer = await ask(searched('person-name-search-probation-and-prison-response'), {
        subject: { names: [{ given: 'Matt', family: 'Nolan' }], dateOfBirth: '1975-04-02' },
      });
      expect(answer.outcome).toBe('restricted');
      expect(answer.records).toMatchObject([{ recordId: 'probation:A123456', restricted: true, contacts: [] }]);
    });
  });
}

/** OpenAPI 3.0 `nullable` as JSON Schema, and `#/components` as definitions that ajv can follow. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example: _example, ...rest } = { nullable: false, example: undefined, ...value };
  const schema = Object.fromEntries(
    Object.entries(rest).map(([name, inner]: [string, unknown]) => [name, asJsonSchema(inner)]),
  );
  return nullable ? { anyOf: [schema, { type: 'null' }] } : schema;
}

const documentSchema = z.object({
  paths: z.record(z.string(), z.looseObject({ get: z.looseObject({ responses: z.looseObject({}) }) })),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

function declareSpecification(): void {
  describe(`the simulator against the published specification (${SPECIFICATION})`, () => {
    const document = documentSchema.parse(
      parse(readFileSync(at('openapi', 'hmpps-external-api.2024-08-15.openapi.yml'), 'utf8')),
    );
    const ajv = new Ajv({ strict: false, allErrors: true });
    addFormats.default(ajv);
    ajv.addSchema({ $id: 'api', components: asJsonSchema(document.components) });
    const person = '/v1/persons/{hmppsId}';
    let running: Running;
    const served = new Map<string, unknown>();
    beforeAll(async () => {
      const custody = { prisonId: 'MDI', since: '2025-11-01', releaseOn: '2026-03-20', releaseConfirmed: true };
      running = await startRunning({
        holdings: [holdingOf({ custody, noFixedAbode: true })],
        tamper: (path, response) => {
          served.set(path.replace('X100001', '{hmppsId}'), response.json);
          return response;
        },
      });
      expect((await running.ask(questionOf())).outcome).toBe('found');
    });
    afterAll(() => running.stop());

    it.each([
      '/v1/persons',
      person,
      `${person}/addresses`,
      `${person}/sentences/latest-key-dates-and-adjustments`,
      `${person}/risks/mappadetail`,
      `${person}/person-responsible-officer`,
      `${person}/licences/conditions`,
    ])('%s conforms', (path) => {
      const responses = z
        .object({ '200': z.object({ content: z.object({ 'application/json': z.object({ schema: z.unknown() }) }) }) })
        .parse(document.paths[path]?.get.responses);
      const local = JSON.stringify(asJsonSchema(responses['200'].content['application/json'].schema));
      const schema = z.looseObject({}).parse(JSON.parse(local.replaceAll('"#/components', '"api#/components')));
      const validate = ajv.compile(schema);
      expect(served.has(path)).toBe(true);
      validate(withoutUnsaidNulls(served.get(path)));
      expect(validate.errors ?? []).toEqual([]);
    });

    it('the base location conforms to the published specification of its own service', () => {
      const base: unknown = JSON.parse(readFileSync(at('openapi', 'prisoner-base-location.json'), 'utf8'));
      const { components } = z
        .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
        .parse(base);
      const validate = ajv.compile(z.looseObject({}).parse(components.schemas.PrisonerBaseLocation));
      const { data } = z.object({ data: z.unknown() }).parse(served.get(`${person}/prisoner-base-location`));
      validate(data);
      expect(validate.errors ?? []).toEqual([]);
    });
  });
}

/**
 * The specification of 2024 does not say `nullable` of elements that the published examples of 2026 serve as null; an
 * element that is null is validated as absent. Everything else is validated as it is served.
 */
function withoutUnsaidNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUnsaidNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]: [string, unknown]) => inner !== null)
      .map(([name, inner]: [string, unknown]) => [name, withoutUnsaidNulls(inner)]),
  );
}

if (!present) {
  describe('published probation contract', () => {
    it.skip(`needs the reference folder: ${EXAMPLES}`, () => undefined);
    it.skip(`needs the reference folder: ${SPECIFICATION}`, () => undefined);
  });
} else {
  declareExamples();
  declareSpecification();
}
