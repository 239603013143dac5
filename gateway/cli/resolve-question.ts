import { z } from 'zod';
import { contactKindSchema, contactPointSchema } from '../../schemas/contact-point.ts';
import { isoDateSchema } from '../../schemas/names.ts';
import { addressSchema, personSchema } from '../../schemas/person.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';

/**
 * A question as `holdfast resolve` reads it: the live shapes, less what only the live gateway has (fields of the
 * catalogue, sealed contacts), plus the protected contacts in clear. A few texts may be longer than a live adapter
 * lets through: a file of an agency's own holds "NO FIXED ABODE" as a postcode and a note behind a number.
 */

const text = (max: number) => z.string().min(1).max(max);

const heldPersonSchema = personSchema.extend({
  addresses: z
    .array(addressSchema.extend({ lines: z.array(text(400)).max(20).optional(), postcode: text(60).optional() }))
    .max(60)
    .optional(),
  phones: z.array(text(200)).max(40).optional(),
});

const heldContactSchema = contactPointSchema.pick({
  kind: true,
  value: true,
  recordedAs: true,
  from: true,
  to: true,
  lastConfirmed: true,
  verified: true,
});

/** `subject` stands for the person asked about in an answer's links, so no record may be called that. */
const recordIdSchema = sourceRecordSchema.shape.recordId.refine((id) => id !== 'subject');

const heldRecordSchema = sourceRecordSchema
  .pick({ agency: true, system: true, role: true, supersedes: true, restricted: true, lastUpdated: true })
  .extend({ recordId: recordIdSchema, person: heldPersonSchema, contacts: z.array(heldContactSchema).max(60) });

/** More records than any question has; the limit keeps one line from holding up all others (P11). */
export const RECORDS_MAX = 1_000;

export const resolveQuestionSchema = z.strictObject({
  queryId: text(200),
  asOf: isoDateSchema,
  subject: heldPersonSchema,
  protectedContacts: z
    .array(z.strictObject({ kind: contactKindSchema, value: contactPointSchema.shape.value }))
    .max(200)
    .optional(),
  records: z.array(heldRecordSchema).max(RECORDS_MAX),
});
export type ResolveQuestion = z.infer<typeof resolveQuestionSchema>;

/**
 * The position of a record that bears the id of an earlier one and says something else; undefined where there is none.
 * An answer names records by their ids alone: were one of the two hers, nobody could tell which is his. The same record
 * given twice is one record.
 */
export function findTakenId(records: readonly SourceRecord[]): number | undefined {
  const known = new Map<string, string>();
  const at = records.findIndex((record) => {
    const content = JSON.stringify(record);
    const before = known.get(record.recordId);
    known.set(record.recordId, content);
    return before !== undefined && before !== content;
  });
  return at === -1 ? undefined : at;
}

/**
 * The position of a record that replaces itself, directly or through others; undefined where there is none. Such a file
 * says nothing about which of its records is the present one, so it is refused rather than guessed at.
 */
export function findSupersedesCycle(records: readonly SourceRecord[]): number | undefined {
  const nameOf = (record: SourceRecord, id: string) => JSON.stringify([record.agency, record.system, id]);
  const replaces = new Map<string, string[]>();
  for (const record of records) {
    const name = nameOf(record, record.recordId);
    const replaced = (record.supersedes ?? []).map((id) => nameOf(record, id));
    replaces.set(name, [...(replaces.get(name) ?? []), ...replaced]);
  }
  const inCycle = namesThatDoNotEnd(replaces);
  const at = records.findIndex((record) => inCycle.has(nameOf(record, record.recordId)));
  return at === -1 ? undefined : at;
}

/** Takes away whatever replaces nothing that is left, over and over (Kahn 1962): what stays leads into a cycle. */
function namesThatDoNotEnd(replaces: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const left = new Map(
    [...replaces].map(([name, replaced]) => [name, replaced.filter((id) => replaces.has(id)).length]),
  );
  const replacedBy = new Map<string, string[]>();
  for (const [name, replaced] of replaces) {
    for (const id of replaced) replacedBy.set(id, [...(replacedBy.get(id) ?? []), name]);
  }
  const ends = [...left].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (let end = ends.pop(); end !== undefined; end = ends.pop()) {
    left.delete(end);
    for (const name of replacedBy.get(end) ?? []) {
      const count = (left.get(name) ?? 0) - 1;
      left.set(name, count);
      if (count === 0) ends.push(name);
    }
  }
  return new Set(left.keys());
}
