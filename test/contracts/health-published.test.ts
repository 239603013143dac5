import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { HEALTH_FIELDS, recordOf } from '../../adapters/health/map.ts';
import type { WirePatient } from '../../adapters/health/wire.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { cannedPds } from '../agencies/health/canned.ts';
import { testSeal } from '../agencies/health/under-test.ts';
import { referenceFolder } from '../reference.ts';

/** The adapter reads what NHS England publishes, which nobody here wrote. */

const PUBLISHED =
  'published examples of NHSDigital/personal-demographics-service-api specification/, sandbox/mocks/ and karate-tests mocks at f57f5839, and DFE-Digital/SUI_Matcher WireMockMappings at 4863021e';
const folder = referenceFolder();

const FOLDERS = [
  'pds-fhir/sandbox-mocks',
  'pds-fhir/specification/components/examples',
  'pds-fhir/test-stubs/patientResponses',
  'pds-fhir/test-stubs/searchResponses',
  'pds-matching-guidance/wiremock',
];

interface Published {
  readonly file: string;
  readonly json: unknown;
}

const resourceOf = (json: unknown): unknown =>
  typeof json === 'object' && json !== null && 'resourceType' in json ? json.resourceType : undefined;

function publishedIn(root: string): Published[] {
  return FOLDERS.flatMap((from) =>
    readdirSync(join(root, 'contracts/health', from))
      .filter((file) => file.endsWith('.json'))
      .map((file) => {
        const json: unknown = JSON.parse(readFileSync(join(root, 'contracts/health', from, file), 'utf8'));
        return { file: `${basename(from)}/${file}`, json };
      }),
  );
}

const readsOf = (json: unknown, status = 200) => cannedPds({ json, status });

const mapped = (patient: WirePatient): SourceRecord =>
  recordOf(patient, { fields: HEALTH_FIELDS, asOf: '2025-06-01', seal: testSeal });

/** The published patients are nearly all dead on the day of their birth: the same people, alive. */
function alive(patient: WirePatient): WirePatient {
  const { deceasedDateTime: _died, extension: _extension, ...rest } = patient;
  return rest;
}

async function patientsOf(published: readonly Published[]): Promise<{ file: string; patient: WirePatient }[]> {
  const all: { file: string; patient: WirePatient }[] = [];
  for (const { file, json } of published) {
    const resources =
      resourceOf(json) === 'Bundle' && typeof json === 'object' && json !== null && 'entry' in json
        ? [json.entry]
            .flat()
            .map((entry: unknown) =>
              typeof entry === 'object' && entry !== null && 'resource' in entry ? entry.resource : undefined,
            )
        : [json];
    for (const resource of resources.filter((one) => resourceOf(one) === 'Patient')) {
      const read = await readsOf(resource).patient();
      if (!read.ok || read.value === undefined) throw new Error(`${file} is not read`);
      all.push({ file, patient: read.value });
    }
  }
  return all;
}

if (folder === undefined) {
  it.skip(`needs the ${PUBLISHED}`, () => undefined);
} else {
  const published = publishedIn(folder);
  describe(`health: ${PUBLISHED}`, () => {
    it('every published patient is read, and none is missing', async () => {
      // A changed snapshot must be looked at, not passed over.
      expect((await patientsOf(published)).length).toBe(122);
    });

    it('every patient becomes a record of the contract, restricted or dead ones without any contact', async () => {
      for (const { patient } of await patientsOf(published)) {
        const record = mapped(patient);
        expect(sourceRecordSchema.safeParse(record)).toMatchObject({ success: true });
        const restricted = patient.meta?.security?.[0]?.code !== 'U';
        expect(record.restricted ?? false).toBe(restricted);
        if (restricted || patient.deceasedDateTime !== undefined) expect(record.contacts).toEqual([]);
      }
    });

    it('P4: no emergency contact\u2019s number is in any record, although some patients give it as theirs too', async () => {
      let sealed = 0;
      for (const { patient } of await patientsOf(published)) {
        const numbers = (patient.contact ?? []).flatMap(({ telecom }) =>
          (telecom ?? []).flatMap(({ value }) => value ?? []),
        );
        for (const record of [mapped(patient), mapped(alive(patient))]) {
          sealed += record.othersContacts?.length ?? 0;
          for (const number of numbers) expect(JSON.stringify(record)).not.toContain(number);
        }
      }
      expect(sealed).toBeGreaterThan(0);
    });

    it('P7: a searchset of one is that one, of none is none, of several and TOO_MANY_MATCHES is many', async () => {
      const seen = { one: 0, none: 0, many: 0 };
      for (const { file, json } of published) {
        const people = /RelatedPerson|Coverage|related_person/.test(file);
        if (people || !['Bundle', 'OperationOutcome'].includes(String(resourceOf(json)))) continue;
        const read = await readsOf(json).search();
        if (!read.ok) throw new Error(`${file} is not read`);
        const total = typeof json === 'object' && json !== null && 'total' in json ? json.total : 'too many';
        if (total === 0) expect([file, read.value]).toEqual([file, 'none']);
        else if (total === 1) expect([file, typeof read.value]).toEqual([file, 'object']);
        else expect([file, read.value]).toEqual([file, 'many']);
        seen[total === 0 ? 'none' : total === 1 ? 'one' : 'many'] += 1;
      }
      expect(seen).toEqual({ one: 33, none: 1, many: 8 });
    });

    it('Patient.json, alive: his address and e-mail are taken, the number he shares with his emergency contact is not', async () => {
      const [example] = (await patientsOf(published)).filter(({ file }) => file === 'examples/Patient.json');
      const record = example === undefined ? undefined : mapped(alive(example.patient));
      expect(record).toMatchObject({
        recordId: 'health:9000000009',
        person: {
          names: [{ given: 'Jane', family: 'Smith', type: 'current' }],
          dateOfBirth: '2010-10-22',
          sex: 'female',
        },
        withheldFields: ['hea.phone'],
        othersContacts: [{ kind: 'phone', whose: 'other' }],
      });
      expect(record?.contacts.map(({ kind, from, to, uprn }) => [kind, from, to, uprn])).toEqual([
        ['email', '2019-01-01', '2022-12-31', undefined],
        ['address', '2024-01-01', '2025-12-31', '123456789012'],
        ['address', '2024-01-01', '2025-12-31', '123456789012'],
      ]);
      expect(record?.values).toContainEqual({
        field: 'hea.gp',
        value: { kind: 'professional', organisation: 'Y12345' },
        asAt: '2024-01-01',
      });
    });

    it('Sensitive_Patient.json is restricted, with every field withheld', async () => {
      const [example] = (await patientsOf(published)).filter(
        ({ file }) => file === 'sandbox-mocks/Sensitive_Patient.json',
      );
      expect(example && mapped(example.patient)).toEqual({
        recordId: 'health:9000000025',
        agency: 'health',
        system: 'pds',
        role: 'patient',
        restricted: true,
        person: {
          identifiers: [{ type: 'NHS', value: '9000000025' }],
          names: [{ given: 'Janet', family: 'Smythe', type: 'current' }],
          dateOfBirth: '2010-10-22',
          sex: 'female',
        },
        contacts: [],
        withheldFields: [...HEALTH_FIELDS],
      });
    });

    it('Minimal_Patient.json is a record with a number and nothing else', async () => {
      const [example] = (await patientsOf(published)).filter(
        ({ file }) => file === 'sandbox-mocks/Minimal_Patient.json',
      );
      expect(example && mapped(example.patient)).toMatchObject({
        person: { identifiers: [{ type: 'NHS', value: '9000000033' }] },
        contacts: [],
      });
    });

    const errors = join(folder, 'contracts/health/pds-fhir/test-stubs/errorResponses');
    it.each(readdirSync(errors))(
      'P7: the published error %s never reads as a patient or, unless it says so, as nobody',
      async (file) => {
        const json: unknown = JSON.parse(readFileSync(join(errors, file), 'utf8'));
        const gone = ['RESOURCE_NOT_FOUND.json', 'INVALIDATED_RESOURCE.json'].includes(file);
        expect(await readsOf(json, 404).patient()).toEqual(
          gone ? { ok: true, value: undefined } : { ok: false, error: { outcome: 'error', code: 'bad-answer' } },
        );
        for (const status of [200, 400]) {
          expect((await readsOf(json, status).search()).ok).toBe(false);
          expect((await readsOf(json, status).patient()).ok).toBe(false);
        }
      },
    );
  });
}
