import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { childHolding, herHolding, holdingOf, startRunning, type Running } from '../agencies/childrens/fixture.ts';
import { readDerivedDocument } from '../agencies/housing/derived-document.ts';
import { referenceFolder } from '../reference.ts';

/** The simulator's answers and the adapter's questions against the derived document. No fixtures are published. */

const DOCUMENT =
  'hackney-social-care.derived.openapi.yaml, from github.com/LBHackney-IT/social-care-case-viewer-api 597e9d8bbacd3e147f80598f742a06e1668ffee4';
const folder = referenceFolder();
const file = join(folder ?? '', 'contracts/childrens/derived/hackney-social-care.derived.openapi.yaml');

/** Two reads that the derived document leaves out; the same service at the same commit has them (adapter's README). */
const BESIDE = /^\/api\/v1\/(?:allocations|residents\/\d+\/case-statuses)$/;

let running: Running | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});

if (folder === undefined || !existsSync(file)) {
  it.skip(`needs the reference folder: ${DOCUMENT}`, () => undefined);
} else {
  describe(`the derived document (${DOCUMENT})`, () => {
    const document = readDerivedDocument(file);

    it.each([
      ['with a record of his own', false],
      ['known by relationship only', true],
    ])('allows every answer and every question about a father %s', async (_name, relationshipOnly) => {
      const seen = new Set<string>();
      const faults: unknown[] = [];
      running = await startRunning({
        holdings: [holdingOf({ relationshipOnly }), childHolding(), herHolding({ restricted: true })],
        tamper: (request, response) => {
          if (BESIDE.test(request.path)) return response;
          const template = document.templateOf(request.path) ?? `unknown ${request.path}`;
          seen.add(template);
          faults.push(...document.queryFaults(template, [...request.query.keys()]));
          if (response.status === 200) faults.push(...document.faultsOf(template, response.json));
          return response;
        },
      });
      expect((await running.ask()).outcome).toBe('found');
      expect(faults).toEqual([]);
      expect([...seen].sort()).toEqual([
        '/api/v1/residents',
        '/api/v1/residents/{id}',
        '/api/v1/residents/{personId}/relationships',
      ]);
    });
  });
}
