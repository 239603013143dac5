import { z } from 'zod';
import { digestSchema, logEntryBodySchema } from './entry.ts';
import { isoInstantSchema } from './names.ts';

/** What the log keeps of an entry: its body, and the place that the sequencer gave it. This text is a leaf. */
export const loggedEntrySchema = z.strictObject({
  body: logEntryBodySchema,
  /** From 0, without gaps: the index of the leaf. */
  position: z.number().int().min(0),
  /** Of entries from before the log was a tree: hash of the entry before. New entries never have it. */
  previous: digestSchema.optional(),
  /** When it was sequenced, by the database's clock; never earlier than the entry before it. */
  recordedAt: isoInstantSchema,
});
export type LoggedEntry = z.infer<typeof loggedEntrySchema>;

/** How far a log goes and what it says up to there: equal heads mean equal logs, entry for entry. */
export const treeHeadSchema = z.strictObject({
  /** Number of entries. */
  size: z.number().int().min(0),
  /** Root of the RFC 6962 tree over them, base64url. */
  root: digestSchema,
});
export type TreeHead = z.infer<typeof treeHeadSchema>;
