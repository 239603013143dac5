import { z } from 'zod';
import { caseFactSchema, fieldClassSchema } from '../language.ts';
import { MATCH_CONFIDENCES, OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import { levelSchema } from '../../../schemas/level.ts';
import {
  areaSchema,
  fieldIdSchema,
  isoDateSchema,
  purposeSchema,
  requesterGroupSchema,
} from '../../../schemas/names.ts';

/**
 * The language of statements: what the agreements never do, or always, said by people and checked in every cell. A
 * statement has a sentence, a part of the space that it speaks of, and one bound that holds there.
 */

const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((given): unknown => (Array.isArray(given) ? given : [given]), z.array(item).min(1).max(100));
const someOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(100);

/** Values of facts, as rules name them; `unknown` is a fact that is missing, undated, too old or of the future. */
const factValuesSchema = z.partialRecord(
  caseFactSchema,
  oneOrMore(z.union([z.string().max(40), z.number(), z.boolean()])),
);
export type FactValues = z.infer<typeof factValuesSchema>;

const hoursSchema = z.partialRecord(caseFactSchema, z.number().int().positive().max(87_840));

/** The part of the space that a statement speaks of. What is left out is free: any role, any state, any day. */
const scopeShape = {
  /** Groups of agencies, or single roles of them. */
  to: someOf(z.string()).optional(),
  exceptTo: someOf(z.string()).optional(),
  purposes: someOf(purposeSchema).optional(),
  exceptPurposes: someOf(purposeSchema).optional(),
  owners: someOf(requesterGroupSchema).optional(),
  classes: someOf(fieldClassSchema).optional(),
  exceptClasses: someOf(fieldClassSchema).optional(),
  fields: someOf(fieldIdSchema).optional(),
  exceptFields: someOf(fieldIdSchema).optional(),
  /** All of these facts have one of these values. */
  when: factValuesSchema.optional(),
  /** Not all of these facts have one of these values; a fact that is unknown has none of them. */
  unless: factValuesSchema.optional(),
  /** All of these facts were said longer ago than so many hours, or are unknown. */
  factsOlderThanHours: hoursSchema.optional(),
  match: oneOrMore(z.enum(MATCH_CONFIDENCES)).optional(),
  /** Obligations that the asker's system has declared, and has not. */
  declared: z.union([z.literal('all'), someOf(z.enum(OBLIGATION_KINDS))]).optional(),
  undeclared: someOf(z.enum(OBLIGATION_KINDS)).optional(),
  /** Asked on this day, in this area (left out: outside every area to which a power is limited). */
  on: z.strictObject({ day: isoDateSchema, area: areaSchema.optional() }).optional(),
};

/** Of what is given: a number is the most that a period may be, words are those that one may say, true that it is there. */
const carriesSchema = z.strictObject({
  retainMonths: z.number().int().positive().optional(),
  reviewWithinHours: z.number().int().positive().optional(),
  expiresAfterHours: z.number().int().positive().optional(),
  onward: oneOrMore(z.enum(['none', 'owner-consent', 'case-team'])).optional(),
  notifyOwner: oneOrMore(z.enum(['at-once', 'monthly'])).optional(),
  show: oneOrMore(z.enum(['asAt', 'verifiedBy', 'reliability'])).optional(),
  loneWorkingCheck: z.literal(true).optional(),
  undertaking: z.literal(true).optional(),
});
export type Carries = z.infer<typeof carriesSchema>;

const boundShape = {
  atMost: levelSchema.optional(),
  /** For what must not be lost: a warning that keeps somebody alive. */
  atLeast: levelSchema.optional(),
  /** Whatever is given carries these obligations. */
  carries: carriesSchema.optional(),
  /** Whatever is given rests on one of these powers; on none but these; on none of these. */
  restsOnOneOf: someOf(z.string()).optional(),
  restsOnlyOn: someOf(z.string()).optional(),
  neverRestsOn: someOf(z.string()).optional(),
  /** Never more than where these facts have any of these values and everything else is the same. */
  noMoreThanWhen: factValuesSchema.optional(),
  /** Never more because of what should give less. */
  neverMoreFor: someOf(
    z.enum(['a-fact-unknown', 'a-fact-older', 'an-obligation-undeclared', 'a-match-in-doubt']),
  ).optional(),
};
const BOUNDS = [
  ...(['atMost', 'atLeast', 'carries', 'restsOnOneOf', 'restsOnlyOn', 'neverRestsOn'] as const),
  ...(['noMoreThanWhen', 'neverMoreFor'] as const),
] as const;

export const statementSchema = z
  .strictObject({
    id: z
      .string()
      .max(80)
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
    /** One sentence that an information-governance officer can agree or disagree with. */
    says: z.string().trim().min(20, 'must be a sentence').max(300),
    /** Where it comes from: a law, guidance, the partnership's own decision. */
    source: z.string().trim().min(4).max(200),
    ...scopeShape,
    ...boundShape,
  })
  .refine((statement) => BOUNDS.filter((bound) => statement[bound] !== undefined).length === 1, {
    message: `must have exactly one of ${BOUNDS.join(', ')}`,
  });
export type Statement = z.infer<typeof statementSchema>;

export const statementFileSchema = z.strictObject({ statements: z.array(statementSchema).min(1).max(500) });
