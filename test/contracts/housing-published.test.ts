import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { contactsOf, uprnOf } from '../../adapters/housing/contacts.ts';
import { dayOf } from '../../adapters/council/dates.ts';
import { alertCode } from '../../adapters/housing/markers.ts';
import {
  wireAlertsSchema,
  wireContactsSchema,
  wirePersonSchema,
  wireSearchSchema,
  wireTenureSchema,
} from '../../adapters/housing/wire.ts';
import { readDerivedDocument } from '../agencies/housing/derived-document.ts';
import {
  HER_MOBILE,
  herHolding,
  HIS_ID,
  holdingOf,
  seal,
  startRunning,
  type Running,
} from '../agencies/housing/fixture.ts';
import { referenceFolder } from '../reference.ts';

/** The adapter against what Hackney published and nobody here wrote; the simulator against the derived document. */

const folder = referenceFolder();
const at = (...path: string[]): string => join(folder ?? '', 'contracts', 'housing', ...path);
const present = folder !== undefined && existsSync(at('SOURCE.txt'));
const FIXTURES = 'github.com/LBHackney-IT/mtfh-tl-e2e-tests e1e39726d4e3997eb25be49c0a12031b6bbbdd8d cypress/fixtures';
const DOCUMENT =
  'hackney-mtfh-housing.derived.openapi.yaml, from github.com/LBHackney-IT/contact-details-api d8d38a5dedf688c5d00fa21fa581ffc99bbe9599, ' +
  'person-api 55d8c4535b4e3cf74975c29a61559f1ee34bdbeb, housing-search-api 0b7c349e03fe0218497ed6ebb3f81fde2e4f492f';

function fixture(name: string): unknown {
  const json: unknown = JSON.parse(readFileSync(at('hackney-mtfh', 'fixtures', `${name}.json`), 'utf8'));
  return json;
}

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

function declareFixtures(): void {
  describe(`published fixtures (${FIXTURES})`, () => {
    it('contact-details: a home number, a correspondence address, an e-mail without a subtype', () => {
      const { his, others } = contactsOf(wireContactsSchema.parse(fixture('contact-details')).results, seal);
      expect(others).toEqual([]);
      // Rows that a migration wrote do not say when he gave them.
      expect(his).toEqual([
        { kind: 'phone', value: '02072123456', recordedAs: 'self', field: 'hou.phone', basis: 'stated' },
        {
          kind: 'address',
          value: '27 27 Lilian Close, Hackney, London, N16 0SG',
          recordedAs: 'unknown',
          field: 'hou.address',
          basis: 'stated',
          uprn: '10008289960',
        },
        { kind: 'email', value: 'ange@hootmail.com', recordedAs: 'self', field: 'hou.phone', basis: 'stated' },
      ]);
    });

    it('the person with an ended tenancy and an alert whose code has a non-breaking hyphen', async () => {
      const person = wirePersonSchema.parse(fixture('cautionary-alert-person-info'));
      const [tenure] = person.tenures ?? [];
      const hit = { id: person.id, firstname: 'Bi', surname: 'Han', dateOfBirth: '1969-05-08T00:00:00' };
      running = await startRunning({
        tamper: (path) => {
          if (path.includes('search')) return { status: 200, json: { results: { persons: [hit] }, total: 1 } };
          if (path.includes('tenure')) return { status: 200, json: { id: tenure?.id, householdMembers: [] } };
          if (path.includes('alerts')) return { status: 200, json: fixture('cautionary-alert-person') };
          return path.includes('/person/')
            ? { status: 200, json: fixture('cautionary-alert-person-info') }
            : { status: 404 };
        },
      });
      const answer = await running.ask({
        subject: { names: [{ given: 'Bi', family: 'Han' }], dateOfBirth: '1969-05-08' },
      });
      expect(answer).toEqual({
        outcome: 'found',
        records: [
          {
            // The published id is no UUID: its last character is an s.
            recordId: 'housing:0d768948-3b56-47be-bc51-c0c04216eb7s',
            agency: 'housing',
            system: 'tenancies',
            role: 'tenant',
            person: {
              names: [{ given: 'Bi', middle: 'Test', family: 'Han', type: 'current' }],
              dateOfBirth: '1969-05-08',
              addresses: [{ postcode: 'N16 7QT', uprn: '100021068726', from: '2003-05-12', to: '2010-09-12' }],
            },
            contacts: [
              {
                kind: 'address',
                value: '103 The Beckers Rectory Road N16 7QT',
                recordedAs: 'unknown',
                from: '2003-05-12',
                to: '2010-09-12',
                uprn: '100021068726',
                field: 'hou.address',
              },
            ],
            values: [
              { field: 'hou.name', value: { kind: 'name', given: 'Bi', middle: 'Test', family: 'Han' } },
              { field: 'hou.dob', value: { kind: 'date-of-birth', date: '1969-05-08' } },
              {
                field: 'hou.tenancy',
                value: {
                  kind: 'list',
                  entries: [
                    { group: 'Tenancy', title: 'Secure', date: '2003-05-12', until: '2010-09-12', outcome: 'Ended' },
                  ],
                },
              },
              {
                field: 'hou.markers',
                value: {
                  kind: 'list',
                  entries: [
                    {
                      group: 'Staff-safety marker',
                      title: 'Alert 10-10: Anti-social behaviour',
                      date: '2023-06-07',
                    },
                  ],
                },
              },
            ],
          },
        ],
      });
      // Its description, reason and reference are comments.
      expect(JSON.stringify(answer)).not.toMatch(/Verbal|1234|GoogleSheet|\u2011/);
    });

    it('an alert, an asset and an address of other services: the same code, date and property number', () => {
      const text = JSON.stringify(fixture('cautionary-alert'));
      expect(alertCode(/"code":"([^"]+)"/.exec(text)?.[1])).toBe('10-10');
      expect(dayOf(/"dateOfIncident":"([^"]+)"/.exec(text)?.[1])).toBe('2023-06-07');
      expect(uprnOf(/"uprn":"([^"]+)"/.exec(JSON.stringify(fixture('asset')))?.[1])).toBe('100023014215');
    });

    it.each(['cautionary-alert', 'asset', 'address'])('%s is no answer of a service that is asked', (name) => {
      for (const schema of [wireSearchSchema, wireContactsSchema, wireTenureSchema, wireAlertsSchema]) {
        expect(schema.safeParse(fixture(name)).success).toBe(false);
      }
    });
  });
}

function declareDocument(): void {
  describe(`the derived document (${DOCUMENT})`, () => {
    const document = readDerivedDocument(at('derived', 'hackney-mtfh-housing.derived.openapi.yaml'));

    it('allows every answer of the simulator and every question of the adapter', async () => {
      const seen = new Set<string>();
      const faults: unknown[] = [];
      const alert = {
        alertId: 'a1',
        alertCode: '10\u201110',
        description: 'Verbal abuse',
        reason: 'x',
        assureReference: '1',
        personName: 'Dorian Ashgrove',
        personId: HIS_ID,
        startDate: '07/06/2023',
        endDate: null,
        dateModified: '07/06/2023',
        modifiedBy: 'x',
        isActive: true,
      };
      const tenancy = { reference: 'RVT000123', type: 'Secure', from: '2021-06-01', jointWith: 'c2' };
      const name = { given: 'Wilhelmina', family: 'Thorne' };
      running = await startRunning({
        holdings: [
          holdingOf({ tenancy, others: [{ citizen: 'c2', as: 'wife', name, phones: [HER_MOBILE] }] }),
          herHolding(),
        ],
        alerts: new Map([[HIS_ID, [alert]]]),
        tamper: (path, response) => {
          const template = document.templateOf(path) ?? `unknown ${path}`;
          seen.add(template);
          if (response.status === 200) faults.push(...document.faultsOf(template, response.json));
          return response;
        },
      });
      expect((await running.ask()).outcome).toBe('found');
      expect(faults).toEqual([]);
      expect([...seen].sort()).toEqual([...document.paths].sort());
      for (const { path, query } of running.simulator.asked) {
        expect(document.queryFaults(document.templateOf(path) ?? '', [...query.keys()])).toEqual([]);
      }
    });
  });
}

if (present) {
  declareFixtures();
  declareDocument();
} else {
  describe('published housing contract', () => {
    it.skip(`needs the reference folder: ${FIXTURES}`, () => undefined);
    it.skip(`needs the reference folder: ${DOCUMENT}`, () => undefined);
  });
}
