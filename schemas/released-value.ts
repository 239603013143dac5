import { z } from 'zod';
import { isoDateSchema, partialDateSchema } from './names.ts';

/**
 * What is left of a disclosable value at the level that policy gave it. Each kind has one shape a level, so that a
 * page or an API schema cannot show more than the level allows. `level` is the level really given: where a kind has no
 * meaningful value at the level decided, the next lower one was taken (policies/engine/transform.ts).
 */

const text = (max: number) => z.string().min(1).max(max);
const year = z.string().regex(/^\d{4}$/);

const releasedNameSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('name'),
    level: z.literal('full'),
    given: text(100).optional(),
    middle: text(100).optional(),
    family: text(100).optional(),
    full: text(250).optional(),
  }),
  z.strictObject({ kind: z.literal('name'), level: z.literal('partial'), initials: text(40) }),
]);

const releasedBirthDateSchema = z.discriminatedUnion('level', [
  z.strictObject({ kind: z.literal('date-of-birth'), level: z.literal('full'), date: partialDateSchema }),
  z.strictObject({ kind: z.literal('date-of-birth'), level: z.literal('partial'), year }),
  /** Ten years, for example `1980-1989`. */
  z.strictObject({
    kind: z.literal('date-of-birth'),
    level: z.literal('summary'),
    band: z.string().regex(/^\d{4}-\d{4}$/),
  }),
]);

const releasedAddressSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('address'),
    level: z.literal('full'),
    lines: z.array(text(400)).max(8),
    postcode: text(12).optional(),
    uprn: text(15).optional(),
  }),
  /** The outward half of the postcode, for example `SE10`. */
  z.strictObject({ kind: z.literal('address'), level: z.literal('partial'), outward: text(4) }),
  /** The letters of the postcode area, for example `SE`. */
  z.strictObject({ kind: z.literal('address'), level: z.literal('summary'), area: text(2) }),
]);

const phoneUseSchema = z.enum(['sms-or-voice', 'voice']);
const releasedPhoneSchema = z.discriminatedUnion('level', [
  z.strictObject({ kind: z.literal('phone'), level: z.literal('full'), number: text(400) }),
  z.strictObject({
    kind: z.literal('phone'),
    level: z.literal('partial'),
    lastDigits: z.string().regex(/^\d{3}$/),
    use: phoneUseSchema,
  }),
  z.strictObject({ kind: z.literal('phone'), level: z.literal('summary'), use: phoneUseSchema }),
]);

const releasedEmailSchema = z.discriminatedUnion('level', [
  z.strictObject({ kind: z.literal('email'), level: z.literal('full'), address: text(400) }),
  z.strictObject({ kind: z.literal('email'), level: z.literal('partial'), domain: text(254) }),
]);

const releasedIdentifierSchema = z.discriminatedUnion('level', [
  z.strictObject({ kind: z.literal('identifier'), level: z.literal('full'), value: text(60) }),
  z.strictObject({ kind: z.literal('identifier'), level: z.literal('partial'), lastCharacters: text(6) }),
]);

const releasedDatesSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('dates'),
    level: z.literal('full'),
    dates: z.array(z.strictObject({ label: text(80), date: isoDateSchema, confirmed: z.boolean().optional() })).max(20),
  }),
  z.strictObject({
    kind: z.literal('dates'),
    level: z.literal('partial'),
    dates: z.array(z.strictObject({ label: text(80), month: z.string().regex(/^\d{4}-\d{2}$/) })).max(20),
  }),
  z.strictObject({
    kind: z.literal('dates'),
    level: z.literal('summary'),
    dates: z.array(z.strictObject({ label: text(80), year })).max(20),
  }),
]);

const releasedListSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('list'),
    level: z.literal('full'),
    entries: z
      .array(
        z.strictObject({
          group: text(80),
          title: text(300),
          date: isoDateSchema.optional(),
          until: isoDateSchema.optional(),
          outcome: text(120).optional(),
          conditions: z.array(text(600)).max(30).optional(),
        }),
      )
      .max(200),
  }),
  z.strictObject({
    kind: z.literal('list'),
    level: z.literal('partial'),
    entries: z
      .array(z.strictObject({ group: text(80), year: year.optional(), outcome: text(120).optional() }))
      .max(200),
  }),
  z.strictObject({
    kind: z.literal('list'),
    level: z.literal('summary'),
    groups: z
      .array(
        z.strictObject({
          group: text(80),
          count: z.number().int().positive().max(200),
          mostRecentYear: year.optional(),
        }),
      )
      .max(200),
  }),
]);

const releasedScoreSchema = z.discriminatedUnion('level', [
  z.strictObject({ kind: z.literal('score'), level: z.literal('full'), value: z.number(), band: text(40) }),
  z.strictObject({ kind: z.literal('score'), level: z.literal('summary'), band: text(40) }),
]);

const releasedCodedSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('coded'),
    level: z.literal('full'),
    code: text(40),
    label: text(200),
    detail: text(400).optional(),
  }),
  z.strictObject({ kind: z.literal('coded'), level: z.literal('summary'), code: text(40), label: text(200) }),
]);

const releasedHealthItemSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('health-item'),
    level: z.literal('full'),
    asRecorded: text(400),
    conditionGroup: text(120).optional(),
    serviceType: text(120).optional(),
  }),
  z.strictObject({
    kind: z.literal('health-item'),
    level: z.literal('partial'),
    conditionGroup: text(120),
    serviceType: text(120).optional(),
  }),
  z.strictObject({ kind: z.literal('health-item'), level: z.literal('summary'), serviceType: text(120) }),
]);

const releasedFreeTextSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('free-text'),
    level: z.literal('full'),
    written: text(4000),
    redacted: text(4000).optional(),
    summary: text(1000).optional(),
  }),
  z.strictObject({
    kind: z.literal('free-text'),
    level: z.literal('partial'),
    redacted: text(4000),
    summary: text(1000).optional(),
  }),
  z.strictObject({ kind: z.literal('free-text'), level: z.literal('summary'), summary: text(1000) }),
]);

const releasedProfessionalSchema = z.discriminatedUnion('level', [
  z.strictObject({
    kind: z.literal('professional'),
    level: z.literal('full'),
    name: text(150).optional(),
    team: text(150).optional(),
    organisation: text(150).optional(),
    phone: text(40).optional(),
    email: text(254).optional(),
  }),
  z.strictObject({
    kind: z.literal('professional'),
    level: z.literal('partial'),
    name: text(150),
    team: text(150).optional(),
    organisation: text(150).optional(),
  }),
  z.strictObject({
    kind: z.literal('professional'),
    level: z.literal('summary'),
    team: text(150).optional(),
    organisation: text(150).optional(),
  }),
]);

/** Yes or no, and no value: `held` is false only where the owner said that it holds none, for example an empty list. */
const heldSchema = z.strictObject({ kind: z.literal('held'), level: z.literal('exists'), held: z.boolean() });

export const releasedValueSchema = z.discriminatedUnion('kind', [
  releasedNameSchema,
  releasedBirthDateSchema,
  releasedAddressSchema,
  releasedPhoneSchema,
  releasedEmailSchema,
  releasedIdentifierSchema,
  releasedDatesSchema,
  releasedListSchema,
  releasedScoreSchema,
  releasedCodedSchema,
  releasedHealthItemSchema,
  releasedFreeTextSchema,
  releasedProfessionalSchema,
  heldSchema,
]);
export type ReleasedValue = z.infer<typeof releasedValueSchema>;
