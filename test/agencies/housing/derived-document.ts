import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';

/** An OpenAPI 3.0 document of a council's read API, as the judge of what a simulator serves and an adapter asks. */

const parameterSchema = z.object({ name: z.string(), in: z.enum(['query', 'path']), required: z.boolean().optional() });
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.object({
      get: z.object({
        parameters: z.array(parameterSchema).optional(),
        responses: z.record(
          z.string(),
          z.object({ content: z.record(z.string(), z.object({ schema: z.unknown() })).optional() }),
        ),
      }),
    }),
  ),
  components: z.object({ schemas: z.record(z.string(), z.unknown()) }),
});

export interface DerivedDocument {
  /** Path templates of the document. */
  readonly paths: readonly string[];
  /** The template that a path is one of, or undefined. */
  templateOf(path: string): string | undefined;
  /** What is wrong with the body of a 200 under a template; an element that the document does not know is wrong. */
  faultsOf(template: string, json: unknown): readonly unknown[];
  /** Names in a query that the document does not know, and those it needs that are missing. */
  queryFaults(template: string, names: readonly string[]): readonly string[];
}

/** Reads a document. Throws where it is none. */
export function readDerivedDocument(file: string): DerivedDocument {
  const document = documentSchema.parse(parse(readFileSync(file, 'utf8')));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema({ $id: 'api', components: asJsonSchema(document.components) });
  const templates = Object.keys(document.paths);
  const patterns = templates.map((template) => ({
    template,
    pattern: new RegExp(`^${template.replace(/\{[^}]+\}/g, '[^/]+')}$`),
  }));
  return {
    paths: templates,
    templateOf: (path) => patterns.find(({ pattern }) => pattern.test(path))?.template,
    faultsOf: (template, json) => {
      const schema = document.paths[template]?.get.responses['200']?.content?.['application/json']?.schema;
      const local = JSON.stringify(asJsonSchema(schema)).replaceAll('"#/components', '"api#/components');
      const validate = ajv.compile(z.looseObject({}).parse(JSON.parse(local)));
      validate(json);
      return validate.errors ?? [];
    },
    queryFaults: (template, names) => {
      const known = (document.paths[template]?.get.parameters ?? []).filter((parameter) => parameter.in === 'query');
      const unknown = names.filter((name) => !known.some((parameter) => parameter.name === name));
      const missing = known.filter((parameter) => parameter.required === true && !names.includes(parameter.name));
      return [...unknown, ...missing.map((parameter) => parameter.name)];
    },
  };
}

/** OpenAPI 3.0 `nullable` as JSON Schema; objects are closed, so that nothing is served that the document lacks. */
function asJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(asJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const { nullable, example: _example, ...rest } = { nullable: false, example: undefined, ...value };
  const schema: Record<string, unknown> = Object.fromEntries(
    Object.entries(rest).map(([name, inner]: [string, unknown]) => [name, asJsonSchema(inner)]),
  );
  const closed =
    'properties' in schema && schema.type === 'object' ? { ...schema, additionalProperties: false } : schema;
  return nullable ? { anyOf: [closed, { type: 'null' }] } : closed;
}
