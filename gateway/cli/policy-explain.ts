import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { compilePolicy } from '../../policies/engine/compile/compile-policy.ts';
import { explainToAsker, explainToOfficer } from '../../policies/engine/explain/explain.ts';
import { matchConfidenceSchema, OBLIGATION_KINDS, type PolicyRequest } from '../../schemas/decision.ts';
import { areaSchema } from '../../schemas/names.ts';
import { datedFactsOf, decideRequestSchema, groupOf, momentOf } from './decide-request.ts';
import { readAgreements } from './policy-files.ts';

/** `holdfast policy explain`. */

export const POLICY_EXPLAIN_USAGE = 'holdfast policy explain --in REQUEST --for asker|ig [--bundle FOLDER]';

type Tell = (sentence: string) => number;
const text = { type: 'string' } as const;

/** A request as for `holdfast decide`; here it may also say where, how sure the match is and what was declared. */
const explainRequestSchema = decideRequestSchema.extend({
  area: areaSchema.optional(),
  confidence: matchConfidenceSchema.optional(),
  canFulfil: z.array(z.enum(OBLIGATION_KINDS)).optional(),
});

/** Explains the decisions on one request, as JSON: a list with an entry for each field. */
export async function runPolicyExplain(
  words: readonly string[],
  shipped: string,
  print: Tell,
  fail: Tell,
): Promise<number> {
  const { values } = parseArgs({ args: [...words], options: { in: text, for: text, bundle: text }, strict: true });
  const { in: file, for: reader } = values;
  if (file === undefined || (reader !== 'asker' && reader !== 'ig')) return fail(`Usage: ${POLICY_EXPLAIN_USAGE}`);
  const parsed = explainRequestSchema.safeParse(jsonOf(await readFile(file, 'utf8')));
  if (!parsed.success) {
    return fail(parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')}: ${message}`).join('\n'));
  }
  const agreements = await readAgreements(values.bundle ?? shipped);
  if (!agreements.ok) return fail(agreements.error.join('\n'));
  const { bundle } = agreements.value;
  const { requester, purpose, area, confidence, canFulfil, fields, owner } = parsed.data;
  const [group, ownerGroup] = [groupOf(requester.agency), groupOf(owner)];
  if (group === undefined) return fail(`${requester.agency} is no group of agencies that agreements speak of.`);
  const at = momentOf(parsed.data.at);
  const request: PolicyRequest = {
    ...{ at, purpose, facts: datedFactsOf(parsed.data, at), canFulfil: canFulfil ?? [...OBLIGATION_KINDS] },
    requester: { agency: group, group, role: requester.role },
    ...(area === undefined ? {} : { area }),
    ...(confidence === undefined ? {} : { confidence }),
  };
  const all = [...bundle.fields.values()].filter((field) => field.owner === ownerGroup).map(({ id }) => id);
  const policy = compilePolicy(bundle);
  const explain = reader === 'ig' ? explainToOfficer : explainToAsker;
  const asked = fields === 'all' ? all : [...new Set(fields)];
  return print(
    JSON.stringify(
      asked.map((field) => explain(policy, request, field)),
      null,
      2,
    ),
  );
}

function jsonOf(content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    return undefined;
  }
}
