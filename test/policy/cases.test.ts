import { describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { decide, mayClaim } from '../../policies/engine/index.ts';
import { exampleFileSchema, requestOfExample } from '../../policies/engine/mutate/examples.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

/** Runs the written examples. They were thought out by hand; nothing here is made from what the engine says. */

const FOLDER = dirname(fileURLToPath(import.meta.url));
const FILES = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.cases.yaml'))
  .map((name) => exampleFileSchema.parse(parse(readFileSync(join(FOLDER, name), 'utf8'))));
const bundle = mustLoad(shippedFiles());

describe.each(FILES.map(({ purpose, examples }) => [purpose, examples] as const))(
  'the written examples of %s',
  (purpose, examples) => {
    it.each(examples.map((example) => [example.id, example.because, example] as const))(
      '%s: %s',
      (_id, _why, example) => {
        const request = requestOfExample(bundle, { ...example, purpose });
        if (request === undefined) throw new Error(`${example.id}: nobody has the role ${example.who}`);
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
    expect(FILES.filter(({ examples }) => examples.length < 10).map(({ purpose }) => purpose)).toEqual([]);
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
