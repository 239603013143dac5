import { z } from 'zod';
import { caseActorSchema, reasonWordsSchema } from './case-history.ts';
import { agencyIdSchema, isoInstantSchema } from './names.ts';

/** What people said of records that may be his: the human decisions that outrank weights. */

/** What a record is called in one case: a keyed digest of its agency and the source's own reference. */
export const recordMarkSchema = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const judgementSchema = z.strictObject({
  record: recordMarkSchema,
  /** The agency whose record it is. */
  agency: agencyIdSchema,
  says: z.enum(['same', 'not-same']),
  by: caseActorSchema,
  at: isoInstantSchema,
  /** Who confirmed it and how, in the person's words. */
  because: reasonWordsSchema,
});
export type Judgement = z.infer<typeof judgementSchema>;
