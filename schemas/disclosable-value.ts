import { z } from 'zod';
import { fieldIdSchema, isoDateSchema, partialDateSchema } from './names.ts';

/**
 * The value of one catalogue field as its owner holds it, before policy has looked at it. The kinds are those of the
 * transforms (policies/engine/transform.ts). Contact points are not here: they pass through gateway/contacts first.
 */

const text = (max: number) => z.string().min(1).max(max);

const listEntrySchema = z.strictObject({
  group: text(80),
  title: text(300),
  date: isoDateSchema.optional(),
  until: isoDateSchema.optional(),
  outcome: text(120).optional(),
  conditions: z.array(text(600)).max(30).optional(),
});
export type ListEntry = z.infer<typeof listEntrySchema>;

export const disclosableValueSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('name'),
    given: text(100).optional(),
    middle: text(100).optional(),
    family: text(100).optional(),
    full: text(250).optional(),
  }),
  z.strictObject({ kind: z.literal('date-of-birth'), date: partialDateSchema }),
  z.strictObject({
    kind: z.literal('address'),
    lines: z.array(text(120)).max(8),
    postcode: text(12).optional(),
    uprn: text(15).optional(),
  }),
  z.strictObject({ kind: z.literal('phone'), number: text(40) }),
  z.strictObject({ kind: z.literal('email'), address: text(254) }),
  z.strictObject({ kind: z.literal('identifier'), value: text(60) }),
  /** One or more labelled dates, for example release and licence end; `confirmed` where the owner says so. */
  z.strictObject({
    kind: z.literal('dates'),
    dates: z.array(z.strictObject({ label: text(80), date: isoDateSchema, confirmed: z.boolean().optional() })).max(20),
  }),
  /** Offences, orders, conditions, notices. */
  z.strictObject({ kind: z.literal('list'), entries: z.array(listEntrySchema).max(200) }),
  z.strictObject({ kind: z.literal('score'), value: z.number(), band: text(40) }),
  /** A coded fact or assessment: a status, a category and level, a flag. */
  z.strictObject({ kind: z.literal('coded'), code: text(40), label: text(200), detail: text(400).optional() }),
  z.strictObject({
    kind: z.literal('health-item'),
    asRecorded: text(400),
    conditionGroup: text(120).optional(),
    serviceType: text(120).optional(),
  }),
  /** Free text is only ever what the owner wrote for the purpose; a summary is authored, never derived. */
  z.strictObject({
    kind: z.literal('free-text'),
    written: text(4000).optional(),
    redacted: text(4000).optional(),
    summary: text(1000).optional(),
  }),
  /** A named worker of an agency: how to reach the professional, not the subject. */
  z.strictObject({
    kind: z.literal('professional'),
    name: text(150).optional(),
    team: text(150).optional(),
    organisation: text(150).optional(),
    phone: text(40).optional(),
    email: text(254).optional(),
  }),
]);
export type DisclosableValue = z.infer<typeof disclosableValueSchema>;

export const fieldValueSchema = z.strictObject({
  field: fieldIdSchema,
  value: disclosableValueSchema,
  /** The date the owner says it held good: never the date of asking. */
  asAt: isoDateSchema.optional(),
});
export type FieldValue = z.infer<typeof fieldValueSchema>;
