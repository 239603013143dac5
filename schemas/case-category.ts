import { z } from 'zod';

/** The categories of the perpetrator group (Greenwich evaluation 2023, section 1.5). */
export const CATEGORIES = ['none', 'monitor', 'contact', 'hold', 'closed'] as const;
export const categorySchema = z.enum(CATEGORIES);
export type Category = z.infer<typeof categorySchema>;
