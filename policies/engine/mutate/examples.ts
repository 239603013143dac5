import { z } from 'zod';
import type { PolicyBundle } from '../bundle.ts';
import { mayClaim } from '../claim.ts';
import { interpret } from '../interpret.ts';
import type { PolicyProblem } from '../problem.ts';
import type { PolicyFile } from '../read-files.ts';
import { readYaml } from '../read-yaml.ts';
import { caseFactsSchema } from '../../../schemas/case.ts';
import { matchConfidenceSchema, OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import { levelSchema } from '../../../schemas/level.ts';
import {
  areaSchema,
  fieldIdSchema,
  isoDateSchema,
  purposeSchema,
  requesterGroupSchema,
  roleSchema,
} from '../../../schemas/names.ts';
import type { Purpose } from '../../../schemas/names.ts';
import { err, ok } from '../../../schemas/result.ts';
import type { Result } from '../../../schemas/result.ts';

/** Written examples of what agreements are meant to give: who asks, how the case stands, what comes out, and why. */

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
export const exampleFileSchema = z.strictObject({ purpose: purposeSchema, examples: z.array(exampleSchema).min(1) });

export interface Example extends z.infer<typeof exampleSchema> {
  readonly purpose: Purpose;
}

/** Takes files of examples; gives the examples, or every file that cannot be read with its line. */
export function readExamples(files: readonly PolicyFile[]): Result<readonly Example[], readonly PolicyProblem[]> {
  const problems: PolicyProblem[] = [];
  const examples: Example[] = [];
  for (const { path, text } of files) {
    const file = readYaml(path, text, problems);
    if (file === undefined) continue;
    const parsed = exampleFileSchema.safeParse(file.data);
    if (parsed.success) {
      examples.push(...parsed.data.examples.map((example) => ({ ...example, purpose: parsed.data.purpose })));
      continue;
    }
    for (const issue of parsed.error.issues) {
      const what = `"${issue.path.map(String).join('.')}": ${issue.message}`;
      problems.push({ file: path, line: file.lineOf(issue.path), what, mend: 'Correct the example.' });
    }
  }
  return problems.length > 0 ? err(problems) : ok(examples);
}

/** The request of an example. Facts were said an hour before the question unless it says on which day. */
export function requestOfExample(bundle: PolicyBundle, example: Example): PolicyRequest | undefined {
  const group = example.of ?? bundle.roles.get(example.who)?.groups[0];
  if (group === undefined) return undefined;
  const asAt: PolicyRequest['facts']['asAt'] = {};
  for (const fact of caseFactsSchema.keyof().options) {
    if (example.case[fact] !== undefined) asAt[fact] = `${example.asserted[fact] ?? example.on}T09:00:00.000Z`;
  }
  return {
    at: `${example.on}T10:00:00.000Z`,
    requester: { agency: group, group, role: example.who },
    purpose: example.purpose,
    facts: { facts: example.case, asAt },
    ...(example.area === undefined ? {} : { area: example.area }),
    confidence: example.match,
    canFulfil: OBLIGATION_KINDS.filter((kind) => !example.cannot.includes(kind)),
  };
}

/** Whether a bundle gives what an example says: levels, powers where it names them, and whether it may be claimed. */
export function holdsIn(bundle: PolicyBundle, example: Example): boolean {
  const request = requestOfExample(bundle, example);
  if (request === undefined) return false;
  if (mayClaim(bundle, request).ok !== (example.claim !== 'refused')) return false;
  const named = Object.values(example.sees).flat();
  const decisions = new Map(interpret(bundle, request, named).map((decision) => [decision.field, decision]));
  return (
    levelSchema.options.every((level) =>
      (example.sees[level] ?? []).every((field) => decisions.get(field)?.level === level),
    ) &&
    Object.entries(example.powers).every(([field, powers]) => String(decisions.get(field)?.powers) === String(powers))
  );
}
