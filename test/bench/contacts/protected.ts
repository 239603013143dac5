import type { Who } from '../../population/questions/lives.ts';

/** In a domestic-abuse case a partner is as good as the victim. */
export const PROTECTED: ReadonlySet<Who> = new Set<Who>(['victim', 'partner', 'wife', 'child']);
