import { z } from 'zod';
import { maracReferenceSchema } from './case-history.ts';
import { isoDateSchema } from './names.ts';

/** The meeting for which a question is asked: a purpose claimed for it is bound to its day and its list (P9). */
export const meetingSchema = z.strictObject({
  /** The pack that the question is part of. */
  packId: z.uuid(),
  on: isoDateSchema,
  /** The case's place on the meeting's list; absent where the meeting is the panel's own, which has none. */
  listing: maracReferenceSchema.optional(),
});
export type Meeting = z.infer<typeof meetingSchema>;
