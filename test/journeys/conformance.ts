import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { openApiDocument } from '../../gateway/api/openapi.ts';
import { VERSION } from '../../deploy/gateway.ts';
import type { Reply } from '../agencies/asker.ts';

/** Holds what the gateway answers against the document that it publishes about itself. */

const mediaSchema = z.object({ schema: z.record(z.string(), z.unknown()) });
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(
          z.string(),
          z.object({
            headers: z.record(z.string(), z.unknown()).optional(),
            content: z.record(z.string(), mediaSchema),
          }),
        ),
      }),
    ),
  ),
  components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.unknown())) }),
});

export const published = openApiDocument(VERSION);
const document = documentSchema.parse(published);

/** The document keeps its schemas where OpenAPI wants them; a JSON Schema validator looks for them in `$defs`. */
const BASE = 'https://published.invalid/';

const ajv = new Ajv2020({
  ...{ strict: true, strictRequired: false, allErrors: true, allowUnionTypes: true },
  // Making validators faster costs each file more than the few replies that it checks.
  code: { optimize: false },
});
addFormats.default(ajv);
ajv.addSchema(inOneSchema({ $id: BASE, $defs: document.components.schemas }));

const known = new Map<string, ValidateFunction>();

function validatorOf(schema: Record<string, unknown>): ValidateFunction {
  const text = JSON.stringify(schema);
  const validator = known.get(text) ?? ajv.compile(inOneSchema(schema));
  known.set(text, validator);
  return validator;
}

function inOneSchema(schema: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(schema).replaceAll('"#/components/schemas/', `"${BASE}#/$defs/`);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}

/** Every operation of the document, `POST /v1/disclosures`. */
export const publishedOperations = (): string[] =>
  Object.entries(document.paths)
    .flatMap(([path, methods]) => Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`))
    .sort();

/**
 * How a reply departs from the document; empty where it does not. What the document does not speak of (another path,
 * another method) must be a problem of the closed table, and the token endpoint answers as RFC 6749 has it.
 */
export function departures(method: string, path: string, reply: Reply): string[] {
  if (path.startsWith('/oauth/')) return [];
  const operation = document.paths[path]?.[method.toLowerCase()];
  const response =
    operation === undefined
      ? { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } }
      : operation.responses[String(reply.status)];
  if (response === undefined) return [`${method} ${path} answered ${reply.status}, which is not in the document`];
  const type = String(reply.headers['content-type'] ?? '').split(';')[0] ?? '';
  const media = response.content[type];
  if (media === undefined) return [`${method} ${path} answered ${reply.status} as "${type}"`];
  const missing = Object.keys(('headers' in response && response.headers) || {}).filter(
    (name) => typeof reply.headers[name] !== 'string',
  );
  const validate = validatorOf(media.schema);
  if (validate(reply.json) && missing.length === 0) return [];
  return [
    ...missing.map((name) => `the header ${name} is missing`),
    // Paths and rules only: a message could repeat what it found.
    ...(validate.errors ?? []).map(({ instancePath, keyword }) => `${reply.status} ${instancePath} ${keyword}`),
  ];
}
