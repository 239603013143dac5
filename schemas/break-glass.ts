import { z } from 'zod';
import { caseActorSchema } from './case-history.ts';
import { isoInstantSchema } from './names.ts';

/** Why a declared emergency is over before its time. */
export const breakGlassEndSchema = z.enum(['ended-by-opener', 'ended-by-reviewer', 'case-closed']);

/**
 * One declared emergency on a case: the grant of the person who declared it and of nobody else. Its words lie sealed
 * beside the log, under the same id.
 */
export const breakGlassSchema = z.strictObject({
  breakGlassId: z.uuid(),
  by: caseActorSchema,
  openedAt: isoInstantSchema,
  /** It lapses then, whoever does what. */
  expiresAt: isoInstantSchema,
  ended: z.strictObject({ at: isoInstantSchema, because: breakGlassEndSchema }).optional(),
});
export type BreakGlass = z.infer<typeof breakGlassSchema>;
