import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import { decide, mayClaim } from '../../policies/engine/index.ts';
import { caseFactsSchema } from '../../schemas/case.ts';
import { matchConfidenceSchema, OBLIGATION_KINDS, type PolicyRequest } from '../../schemas/decision.ts';
import { levelSchema } from '../../schemas/level.ts';
import {
  areaSchema,
  fieldIdSchema,
  isoDateSchema,
  purposeSchema,
  requesterGroupSchema,
  roleSchema,
} from '../../schemas/names.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

/** Runs the written examples. They were thought out by hand; nothing here is made from what the engine says. */

const fields = z.array(fieldIdSchema).min(1);
const exampleSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  who: roleSchema,
  of: requesterGroupSchema.optional(),
  on: isoDateSchema.default('2027-01-15'),
  area: areaSchema.optional(),
  case: caseFactsSchema,
  asserted: z.partialRecord(caseFactsSchema.keyof(), isoDateSchema).default({}),
  match: matchConfidenceSchema.default('certain'),
  cannot: z.array(z.enum(OBLIGATION_KINDS)).default([]),
  claim: z.literal('refused').optional(),
  sees: z.partialRecord(levelSchema, fields),
  powers: z.record(fieldIdSchema, z.array(z.string())).default({}),
  because: z.string().min(12).max(240),
});
type Example = z.infer<typeof exampleSchema>;
const fileSchema = z.strictObject({ purpose: purposeSchema, examples: z.array(exampleSchema).min(10) });

const FOLDER = dirname(fileURLToPath(import.meta.url));
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.cases.yaml'))
  .map((name) => fileSchema.parse(parse(readFileSync(join(FOLDER, name), 'utf8'))));
const bundle = mustLoad(shippedFiles());

function requestFor(purpose: string, example: Example): PolicyRequest {
  const group = example.of ?? bundle.roles.get(example.who)?.groups[0];
  if (group === undefined) throw new Error(`${example.id}: nobody has the role ${example.who}`);
  const asAt: PolicyRequest['facts']['asAt'] = {};
  for (const fact of caseFactsSchema.keyof().options) {
    if (example.case[fact] !== undefined) asAt[fact] = `${example.asserted[fact] ?? example.on}T09:00:00.000Z`;
  }
  return {
    at: `${example.on}T10:00:00.000Z`,
    requester: { agency: group, group, role: example.who },
    purpose,
    facts: { facts: example.case, asAt },
    ...(example.area === undefined ? {} : { area: example.area }),
    confidence: example.match,
    canFulfil: OBLIGATION_KINDS.filter((kind) => !example.cannot.includes(kind)),
  };
}

describe.each(FILES.map(({ purpose, examples }) => [purpose, examples] as const))(
  'the written examples of %s',
  (purpose, examples) => {
    it.each(examples.map((example) => [example.id, example.because, example] as const))(
      '%s: %s',
      (_id, _why, example) => {
        const request = requestFor(purpose, example);
        const decisions = new Map(decide(bundle, request, 'all').map((each) => [each.field, each]));
        const expected = Object.entries(example.sees).flatMap(([level, of]) => of.map((field) => `${field}: ${level}`));
        const found = Object.values(example.sees)
          .flat()
          .map((field) => `${field}: ${String(decisions.get(field)?.level)}`);
        expect(found).toEqual(expected);
        for (const [field, powers] of Object.entries(example.powers)) {
          expect([field, decisions.get(field)?.powers]).toEqual([field, powers]);
        }
        expect(mayClaim(bundle, request).ok).toBe(example.claim !== 'refused');
      },
    );
  },
);

describe('the written examples together', () => {
  const all = FILES.flatMap(({ purpose, examples }) => examples.map((example) => ({ purpose, ...example })));
  const named = new Set(all.flatMap(({ sees }) => Object.values(sees).flat()));

  it('are two hundred or more, each with a name and a reason of its own', () => {
    expect(all.length).toBeGreaterThanOrEqual(200);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('speak of every purpose, every role and every field of the catalogue', () => {
    expect(new Set(all.map(({ purpose }) => purpose))).toEqual(new Set(bundle.purposes.keys()));
    expect([...bundle.roles.keys()].filter((role) => !all.some(({ who }) => who === role))).toEqual([]);
    expect([...bundle.fields.keys()].filter((field) => !named.has(field))).toEqual([]);
  });

  it('name each owner under each purpose that gives anything of its', () => {
    for (const [purpose, byGroup] of bundle.rulesFor) {
      const owners = new Set(
        [...byGroup].flatMap(([group, byField]) =>
          [...byField].flatMap(([id, { grants }]) => {
            const owner = bundle.fields.get(id)?.owner;
            return grants.length > 0 && owner !== undefined && owner !== group ? [owner] : [];
          }),
        ),
      );
      const spoken = new Set(
        all
          .filter((each) => each.purpose === purpose)
          .flatMap(({ sees }) => Object.values(sees).flat())
          .flatMap((field) => bundle.fields.get(field)?.owner ?? []),
      );
      expect([purpose, [...owners].filter((owner) => !spoken.has(owner))]).toEqual([purpose, []]);
    }
  });
});
