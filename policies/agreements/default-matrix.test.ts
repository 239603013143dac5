import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { referenceFolder } from '../../test/reference.ts';
import {
  AT,
  claimantOf,
  combinationsOf,
  combinationsThatDiffer,
  dated,
  EVERYTHING_HOLDS,
  factsReadFor,
  mustLoad,
  requestOf,
  shippedFiles,
} from '../../test/promises/policy-shipped.ts';
import { decide } from '../engine/index.ts';
import { caseFactsSchema } from '../../schemas/case.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import { LEVELS } from '../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import type { RequesterGroup } from '../../schemas/names.ts';
import type { CaseFact } from '../engine/language.ts';

const COLUMNS = ['POL', 'PRO', 'HOU', 'HEA', 'CHI', 'VIC', 'DAI'];
const factNameSchema = caseFactsSchema.keyof();
const matrixSchema = z.object({
  caseFacts: z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean()]))),
  maximum: z.record(z.string(), z.record(z.string(), z.array(z.number()))),
  narrowing: z.array(
    z.strictObject({
      purposes: z.array(z.string()),
      requesters: z.array(z.string()).optional(),
      when: z.partialRecord(factNameSchema, z.array(z.union([z.string(), z.number(), z.boolean()]))).optional(),
      classes: z.array(z.string()).optional(),
      fields: z.array(z.string()).optional(),
      exceptClasses: z.array(z.string()).optional(),
      exceptFields: z.array(z.string()).optional(),
      cap: z.number(),
      why: z.string(),
    }),
  ),
  fields: z.array(z.object({ id: z.string(), owner: z.string(), label: z.string(), class: z.string() })),
});
type Matrix = z.infer<typeof matrixSchema>;
type Field = Matrix['fields'][number];

/** The matrix read on its own terms, without any of the engine. */
function expected(matrix: Matrix, purpose: string, column: string, field: Field, facts: CaseFacts): number {
  const maximum = matrix.maximum[purpose]?.[field.class]?.[COLUMNS.indexOf(column)] ?? 0;
  const caps = matrix.narrowing
    .filter((row) => row.purposes.includes(purpose) && (row.requesters?.includes(column) ?? true))
    .filter((row) => row.classes?.includes(field.class) ?? true)
    .filter((row) => row.fields?.includes(field.id) ?? true)
    .filter((row) => row.exceptClasses?.includes(field.class) !== true && row.exceptFields?.includes(field.id) !== true)
    .filter((row) =>
      Object.entries(row.when ?? {}).every(([fact, values]) =>
        values.includes(facts[factNameSchema.parse(fact)] ?? ''),
      ),
    )
    .map((row) => row.cap);
  return Math.min(maximum, ...caps);
}

/** The facts of the matrix that either it or our agreements read: all others cannot matter. */
function factsOfTheMatrix(matrix: Matrix, purpose: string, group: RequesterGroup): readonly CaseFact[] {
  const read = matrix.narrowing
    .filter((row) => row.purposes.includes(purpose))
    .flatMap((row) => Object.keys(row.when ?? {}).map((fact) => factNameSchema.parse(fact)));
  const ours = factsReadFor(bundle, purpose, group).filter((fact) => Object.hasOwn(matrix.caseFacts, fact));
  return [...new Set([...read, ...ours])];
}

const folder = referenceFolder();
const bundle = mustLoad(shippedFiles());

if (folder === undefined) {
  it.skip('reproduces the default matrix (reference/default-matrix.json of the reference material)', () => undefined);
} else {
  const matrix = matrixSchema.parse(JSON.parse(readFileSync(join(folder, 'reference', 'default-matrix.json'), 'utf8')));

  describe('the shipped agreements are the default matrix', () => {
    it('catalogues all its fields, each with the same owner, label and class', () => {
      const ours = [...bundle.fields.values()].map(({ id, owner, label, class: of }) => ({
        id,
        owner,
        label,
        class: of,
      }));
      expect(ours).toEqual(expect.arrayContaining(matrix.fields));
    });

    it('knows all its purposes', () => {
      expect([...bundle.purposes.keys()]).toEqual(expect.arrayContaining(Object.keys(matrix.maximum)));
    });

    it.each(Object.keys(matrix.maximum))(
      'P2: %s gives every group, field and combination of facts the level of the matrix, and no other',
      (purpose) => {
        const differences: string[] = [];
        let cells = 0;
        REQUESTER_GROUPS.forEach((group, column) => {
          for (const facts of combinationsOf(factsOfTheMatrix(matrix, purpose, group))) {
            const request = requestOf(bundle, purpose, group, dated(facts, AT));
            const decisions = new Map(decide(bundle, request, 'all').map((each) => [each.field, each.level]));
            for (const field of matrix.fields) {
              cells += 1;
              const owned = field.owner === group;
              const level = owned ? 0 : expected(matrix, purpose, COLUMNS[column] ?? '', field, facts);
              if (decisions.get(field.id) !== LEVELS[level]) {
                const ours = String(decisions.get(field.id));
                differences.push(
                  `${group} ${field.id} ${JSON.stringify(facts)}: ${ours}, matrix ${String(LEVELS[level])}`,
                );
              }
            }
          }
        });
        expect(cells).toBeGreaterThanOrEqual(REQUESTER_GROUPS.length * matrix.fields.length);
        expect(differences.slice(0, 5)).toEqual([]);
      },
    );

    it.each(Object.keys(matrix.maximum))(
      'P2: %s never gives more than the matrix, whatever people consented to, judged or approved',
      (purpose) => {
        const above: string[] = [];
        REQUESTER_GROUPS.forEach((group, column) => {
          for (const facts of combinationsThatDiffer(bundle, purpose, group)) {
            const request = requestOf(bundle, purpose, group, dated(facts, AT));
            const decisions = new Map(decide(bundle, request, 'all').map((each) => [each.field, each.level]));
            for (const field of matrix.fields) {
              const level = LEVELS.indexOf(decisions.get(field.id) ?? 'full');
              const most = field.owner === group ? 0 : expected(matrix, purpose, COLUMNS[column] ?? '', field, facts);
              if (level > most) above.push(`${group} ${field.id} ${JSON.stringify(facts)}: ${level}, matrix ${most}`);
            }
          }
        });
        expect(above.slice(0, 5)).toEqual([]);
      },
    );

    it('lets some role of each group claim each purpose that its column opens', () => {
      for (const [purpose, rows] of Object.entries(matrix.maximum)) {
        REQUESTER_GROUPS.forEach((group, column) => {
          const opens = Object.values(rows).some((levels) => (levels[column] ?? 0) > 0);
          if (opens) expect([purpose, group, claimantOf(bundle, purpose, group)]).not.toContain(undefined);
        });
      }
    });

    it('is not one in which nothing is ever shared', () => {
      const request = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));
      expect(decide(bundle, request, ['pol.phone']).map(({ level }) => level)).toEqual(['full']);
    });
  });
}
