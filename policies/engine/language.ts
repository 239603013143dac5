import { z } from 'zod';
import { caseFactsSchema } from '../../schemas/case.ts';
import { obligationsSchema } from '../../schemas/decision.ts';
import { lawfulBasisSchema } from '../../schemas/entry-parts.ts';
import {
  areaSchema,
  fieldIdSchema,
  isoDateSchema,
  purposeSchema,
  requesterGroupSchema,
  roleSchema,
} from '../../schemas/names.ts';

/**
 * The language that agreements are written in: one strict schema for each kind of file. A word that is not here is
 * refused, so that a misspelt condition can never be skipped and leave a grant wider than its author meant.
 */

const sentence = (max: number) => z.string().trim().min(10, 'must be a sentence').max(max);
const label = z.string().trim().min(2).max(160);

/** Accepts `contact` as well as `[contact, monitor]`, as people write it. */
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.preprocess((given): unknown => (Array.isArray(given) ? given : [given]), z.array(item).min(1).max(20));
const someOf = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(100);

/** Field classes: two capitals, for example `CT`. Which exist is said by fields.yaml. */
export const fieldClassSchema = z.string().regex(/^[A-Z]{2}$/, 'must be a class of two capitals, for example CT');
export type FieldClass = z.infer<typeof fieldClassSchema>;

export const caseFactSchema = caseFactsSchema.keyof();
export type CaseFact = z.infer<typeof caseFactSchema>;

const factShape = caseFactsSchema.shape;

/** All conditions must hold; within one fact, any of the values listed. */
export const whenSchema = z.strictObject({
  category: oneOrMore(factShape.category.unwrap()).optional(),
  marac: oneOrMore(factShape.marac.unwrap()).optional(),
  mappa: oneOrMore(factShape.mappa.unwrap()).optional(),
  s47Open: oneOrMore(factShape.s47Open.unwrap()).optional(),
  orderInForce: oneOrMore(factShape.orderInForce.unwrap()).optional(),
  dvds: oneOrMore(factShape.dvds.unwrap()).optional(),
  approved: oneOrMore(factShape.approved.unwrap()).optional(),
  emergency: oneOrMore(factShape.emergency.unwrap()).optional(),
  referralConsent: oneOrMore(factShape.referralConsent.unwrap()).optional(),
  healthConsent: oneOrMore(factShape.healthConsent.unwrap()).optional(),
  seriousHarmOpinion: oneOrMore(factShape.seriousHarmOpinion.unwrap()).optional(),
  ownerApproval: oneOrMore(factShape.ownerApproval.unwrap()).optional(),
  caldicottApproval: oneOrMore(factShape.caldicottApproval.unwrap()).optional(),
  chairApproval: oneOrMore(factShape.chairApproval.unwrap()).optional(),
  secondPerson: oneOrMore(factShape.secondPerson.unwrap()).optional(),
  protectedPerson: oneOrMore(factShape.protectedPerson.unwrap()).optional(),
});
export type When = z.infer<typeof whenSchema>;

const hoursByFactSchema = z.partialRecord(
  caseFactSchema,
  z
    .number()
    .int()
    .positive()
    .max(24 * 3660),
);

const ruleIdSchema = z
  .string()
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');

const conditionShape = {
  when: whenSchema.optional(),
  /** Tighter than the bundle's limit for a fact, never looser. */
  factsNoOlderThanHours: hoursByFactSchema.optional(),
};

export const grantSchema = z.strictObject({
  id: ruleIdSchema,
  /** Requester groups, or single roles of them. */
  to: someOf(z.string()),
  owners: someOf(requesterGroupSchema).optional(),
  classes: someOf(fieldClassSchema).optional(),
  fields: someOf(fieldIdSchema).optional(),
  level: z.enum(['exists', 'summary', 'partial', 'full']),
  powers: someOf(z.string()),
  /** Why the purpose cannot be reached without it. The asker reads this sentence. */
  necessity: sentence(300),
  obligations: obligationsSchema.optional(),
  ...conditionShape,
});
export type GrantText = z.infer<typeof grantSchema>;

const capShape = {
  id: ruleIdSchema,
  to: someOf(z.string()).optional(),
  owners: someOf(requesterGroupSchema).optional(),
  classes: someOf(fieldClassSchema).optional(),
  fields: someOf(fieldIdSchema).optional(),
  exceptClasses: someOf(fieldClassSchema).optional(),
  exceptFields: someOf(fieldIdSchema).optional(),
  atMost: z.enum(['deny', 'exists', 'summary', 'partial']),
  /** What the cap protects. Shown to an asker who may know the facts that it reads. */
  why: sentence(240),
  ...conditionShape,
};
export const capSchema = z.strictObject({
  ...capShape,
  /** True for a cap that no present grant exceeds: it is there for grants yet to come. Guards all may stand by. */
  standBy: z.boolean().optional(),
});
export type CapText = z.infer<typeof capSchema>;

export const guardCapSchema = z.strictObject({
  ...capShape,
  purposes: someOf(purposeSchema).optional(),
  exceptPurposes: someOf(purposeSchema).optional(),
});
export type GuardCapText = z.infer<typeof guardCapSchema>;

export const standingObligationSchema = z.strictObject({
  id: ruleIdSchema,
  owners: someOf(requesterGroupSchema).optional(),
  classes: someOf(fieldClassSchema).optional(),
  obligations: obligationsSchema,
  why: sentence(240),
});
export type StandingObligation = z.infer<typeof standingObligationSchema>;

export const purposeTermsSchema = z.strictObject({
  label,
  /** The lawful bases as the agreement states them, for people. */
  lawfulBasis: sentence(500),
  /** Whether it is one of the law-enforcement purposes of the Data Protection Act 2018 s.31. */
  lawEnforcement: z.boolean(),
  /** Roles that may claim it. Any other role is denied. */
  claimants: someOf(roleSchema),
  /** The case fact that a claim is bound to (P9). */
  claim: z.strictObject({ ...conditionShape, why: sentence(240) }),
  /** Which facts a refusal may speak of, and to whom: `all`, or the groups named. A fact not named is hidden. */
  askerMayKnow: z.partialRecord(caseFactSchema, z.union([z.literal('all'), someOf(requesterGroupSchema)])),
});
export type PurposeTerms = z.infer<typeof purposeTermsSchema>;

const powerAreaSchema = z.strictObject({
  area: areaSchema,
  from: isoDateSchema,
  to: z.union([isoDateSchema, z.null()]),
});

export const powerSchema = z.strictObject({
  law: label,
  section: z.string().max(80),
  /** A power or duty to share, or law that is only cited: a condition, a limit, guidance. Nothing rests on that. */
  kind: z.enum(['power', 'duty', 'cited']),
  permits: sentence(500),
  /**
   * First day in force. `null`: not commenced, nothing may rest on it. `not-recorded`: in force, the day to be filled
   * in from the statute.
   */
  inForceFrom: z.union([isoDateSchema, z.literal('not-recorded'), z.null()]),
  /** Last day in force; null while no end is known. */
  inForceTo: z.union([isoDateSchema, z.null()]),
  /** V: read in the statute or guidance; 2: in a secondary source only; G: general knowledge, unchecked. */
  mark: z.enum(['V', '2', 'G']),
  markNote: z.string().trim().max(300).optional(),
  /** False where it may be cited beside another power but a grant cannot rest on it alone. */
  standsAlone: z.boolean(),
  /** False where a public authority may not rely on it in performing its tasks (UK GDPR Art 6(1), last sentence). */
  publicAuthorities: z.boolean().optional(),
  /** For which kinds of data it is a condition: UK GDPR Art 9, Art 10, or DPA 2018 Sch 8 (sensitive processing). */
  conditionFor: z
    .array(z.enum(['special-category', 'criminal-offence', 'sensitive-processing']))
    .min(1)
    .max(3)
    .optional(),
  /** The only areas in which it is in force, each with its own days; left out where it is in force everywhere. */
  areas: z.array(powerAreaSchema).min(1).max(100).optional(),
  owners: someOf(requesterGroupSchema).optional(),
  requesters: someOf(requesterGroupSchema).optional(),
  exceptClasses: someOf(fieldClassSchema).optional(),
  check: sentence(400),
});
export type PowerText = z.infer<typeof powerSchema>;

/** On what one controller rests its part of a disclosure for a purpose. Goes to the log with each disclosure. */
export const basisSchema = z.strictObject({
  party: z.enum(['discloser', 'recipient']),
  groups: someOf(requesterGroupSchema),
  /** The recipients towards whom a discloser rests on it; left out where it is all to whom nothing else is stated. */
  towards: someOf(requesterGroupSchema).optional(),
  /** Whether it holds for public authorities or for private bodies of these groups; left out where there is one kind. */
  controller: z.enum(['public-authority', 'private']).optional(),
  basis: lawfulBasisSchema,
  /** The law that authorises another purpose for law-enforcement data (DPA 2018 s.36(4)). */
  authorisedBy: someOf(z.string()).optional(),
  /** Conditions for special-category, criminal-offence or sensitive data, as cited in powers.yaml. */
  conditions: someOf(z.string()).optional(),
  /** Further conditions where a child or an adult at risk is to be protected, and only there. */
  ifAtRisk: someOf(z.string()).optional(),
  /** Asserted each time for health data under Part 3 (DPA 2018 s.35(5)). */
  strictNecessity: z.boolean().optional(),
});
export type Basis = z.infer<typeof basisSchema>;

export const roleTermsSchema = z.strictObject({ label, groups: someOf(requesterGroupSchema) });
export type RoleTerms = z.infer<typeof roleTermsSchema>;

export const TRANSFORM_KINDS = [
  'name',
  'date-of-birth',
  'address',
  'phone',
  'email',
  'identifier',
  'dates',
  'list',
  'score',
  'coded',
  'health-item',
  'free-text',
  'professional',
  'third-party-location', // an address of somebody else, or a code that says there is one
  'existence', // no value of it ever passes the gateway, whatever the level
] as const;
export const transformKindSchema = z.enum(TRANSFORM_KINDS);
export type TransformKind = z.infer<typeof transformKindSchema>;

export const fieldTermsSchema = z.strictObject({
  label,
  class: fieldClassSchema,
  subject: z.enum(['perpetrator', 'victim', 'child', 'other']),
  kind: z.enum(['fact', 'assessment', 'opinion']),
  freeText: z.boolean().default(false),
  /** What the owner may send, and so how it is made less at a lower level. Anything else is reduced to "held". */
  transform: oneOrMore(transformKindSchema),
});
export type FieldTerms = z.infer<typeof fieldTermsSchema>;

const codeSchema = z.string().regex(/^[A-Z][A-Z0-9_]{1,15}$/, 'must be a code in capitals');

/** One schema a kind of file; the first key of a file says which kind it is. */
export const FILE_SCHEMAS = {
  purposes: z.strictObject({ purposes: z.record(purposeSchema, purposeTermsSchema) }),
  powers: z.strictObject({ powers: z.record(codeSchema, powerSchema) }),
  roles: z.strictObject({ roles: z.record(roleSchema, roleTermsSchema) }),
  fields: z.strictObject({
    classes: z.record(fieldClassSchema, label),
    fields: z.partialRecord(requesterGroupSchema, z.record(fieldIdSchema, fieldTermsSchema)),
  }),
  guards: z.strictObject({
    guards: z.strictObject({
      facts: z.record(
        caseFactSchema,
        z.strictObject({ staleAfterHours: z.number().int().positive().max(87_840), why: sentence(240) }),
      ),
      caps: z.array(guardCapSchema).max(500),
      obligations: z.array(standingObligationSchema).max(100),
    }),
  }),
  agreement: z.strictObject({
    agreement: purposeSchema,
    title: label,
    bases: z.array(basisSchema).min(1).max(60),
    obligations: obligationsSchema,
    grants: z.array(grantSchema).max(500),
    caps: z.array(capSchema).max(500),
  }),
} as const;
export type FileKind = keyof typeof FILE_SCHEMAS;
