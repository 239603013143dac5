import { z } from 'zod';

/** How much of a field may be seen, from nothing to all of it. The order is the meaning: compare by index. */
export const LEVELS = ['deny', 'exists', 'summary', 'partial', 'full'] as const;
export const levelSchema = z.enum(LEVELS);
export type Level = z.infer<typeof levelSchema>;

/** The same as a number, 0 (deny) to 4 (full). */
export const levelNumberSchema = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
export type LevelNumber = z.infer<typeof levelNumberSchema>;
