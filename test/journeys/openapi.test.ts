import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { PROBLEMS } from '../../schemas/problem.ts';
import type { Asker } from '../agencies/asker.ts';
import { appAlone } from './app-alone.ts';
import { departures, published, publishedOperations } from './conformance.ts';
import { openStage, type Stage } from './stage.ts';

/** What the app routes, as it stands in the app itself. */
async function routedOperations(): Promise<string[]> {
  const layerSchema = z.object({
    route: z.object({ path: z.string(), methods: z.record(z.string(), z.boolean()) }).optional(),
  });
  const app = await appAlone();
  return z
    .array(layerSchema)
    .parse(app.router.stack)
    .flatMap(({ route }) =>
      Object.keys(route?.methods ?? {})
        .filter((method) => method !== '_all')
        // Express writes a parameter as :name, or *name where it may hold slashes.
        .map((method) => `${method.toUpperCase()} ${(route?.path ?? '').replaceAll(/[:*](\w+)/gu, '{$1}')}`),
    )
    .sort();
}

describe('the interface says what it is', () => {
  let stage: Stage;
  let asker: Asker;
  beforeAll(async () => {
    stage = await openStage();
    asker = stage.asker('health');
  }, 60_000);
  afterAll(() => stage.close());

  it('in a document that is valid OpenAPI 3.1', async () => {
    const reply = await asker.send('GET', '/openapi.json');
    expect(reply.json).toEqual(JSON.parse(JSON.stringify(published)));
    const document = z.record(z.string(), z.unknown()).parse(reply.json);
    expect(document['openapi']).toBe('3.1.0');
    const { valid, errors } = await new Validator().validate(document);
    expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
  });

  it('every route of the app is in it, and nothing that is no route', async () => {
    expect(await routedOperations()).toEqual(publishedOperations());
    expect(publishedOperations()).toHaveLength(19);
  });

  it('the token endpoint of its security scheme answers', async () => {
    expect(JSON.stringify(published)).toContain('"tokenUrl":"/oauth/token"');
    expect((await asker.requestToken([])).status).toBe(400);
  });

  it('every operation that needs no body answers as it says', async () => {
    // What the log itself answers is text and bytes, and there from its first checkpoint on: promises/log-tiles asks it.
    const needNothing = (each: string): boolean => /^GET (?!\/log\/)[^{]+$/u.test(each);
    for (const operation of publishedOperations().filter(needNothing)) {
      const reply = await asker.send('GET', operation.slice(4));
      expect({ operation, status: reply.status }).toEqual({ operation, status: 200 });
    }
  });

  it('every reference in it leads somewhere, and every object of a request is closed', () => {
    const text = JSON.stringify(published);
    const schemas = z.object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) }).parse(published)
      .components.schemas;
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/gu)].map(([, to = '']) => to);
    expect(references.length).toBeGreaterThan(10);
    expect(references.filter((to) => !(to.replace('#/components/schemas/', '') in schemas))).toEqual([]);
    const open = (value: unknown): number => {
      if (typeof value !== 'object' || value === null) return 0;
      const own =
        Reflect.get(value, 'type') === 'object' && Reflect.get(value, 'additionalProperties') !== false ? 1 : 0;
      return Object.values(value).reduce<number>((sum, inner) => sum + open(inner), own);
    };
    for (const name of ['DisclosureRequest', 'ContactRequest', 'Problem']) {
      expect({ name, open: open(schemas[name]) }).toEqual({ name, open: 0 });
    }
  });

  it('every text of a request has a limit of length or a form', () => {
    const { components } = z
      .object({ components: z.object({ schemas: z.record(z.string(), z.unknown()) }) })
      .parse(published);
    const unlimited: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const limits = ['maxLength', 'pattern', 'enum', 'const', 'format'];
      if (Reflect.get(value, 'type') === 'string' && !limits.some((limit) => limit in value)) unlimited.push(path);
      if (Reflect.get(value, 'type') === 'array' && !('maxItems' in value)) unlimited.push(path);
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`);
    };
    walk(components.schemas['DisclosureRequest'], 'DisclosureRequest');
    walk(components.schemas['ContactRequest'], 'ContactRequest');
    expect(unlimited).toEqual([]);
  });

  it('every problem that a question can meet has its status in it', () => {
    const { paths } = z
      .object({
        paths: z.record(z.string(), z.record(z.string(), z.object({ responses: z.record(z.string(), z.unknown()) }))),
      })
      .parse(published);
    // These are not met by a question that reached its route.
    const elsewhere = new Set(['method-not-allowed', 'headers-too-large']);
    const statuses = new Set(
      Object.entries(PROBLEMS)
        .filter(([code]) => !elsewhere.has(code))
        .map(([, [status]]) => String(status)),
    );
    for (const path of ['/v1/disclosures', '/v1/contact-requests']) {
      const said = Object.keys(paths[path]?.['post']?.responses ?? {});
      expect(said.sort()).toEqual(['200', ...statuses].sort());
    }
  });

  it('and a reply that departs from it is noticed', () => {
    const reply = { status: 200, headers: { 'content-type': 'application/json' }, text: '{}', json: {} };
    expect(departures('POST', '/v1/disclosures', reply)).toEqual(
      expect.arrayContaining(['the header signature is missing', '200  required']),
    );
    expect(departures('GET', '/live', { ...reply, json: { status: 'live', more: 1 } })).toEqual([
      '200  additionalProperties',
    ]);
    expect(departures('GET', '/live', { ...reply, status: 418 })).toEqual([
      'GET /live answered 418, which is not in the document',
    ]);
    expect(departures('GET', '/nowhere', reply)).toEqual(['GET /nowhere answered 200 as "application/json"']);
  });
});
