import { interpret } from './interpret.ts';

/** Decides fields for one request: the same meaning as `interpret`. */
export const decide = interpret;
