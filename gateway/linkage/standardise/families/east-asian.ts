import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Chinese and Vietnamese surnames as two romanisations have them.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const EAST_ASIAN: NamesOfOrigin = {
  surnames: `
nguyen nguen
lee li leigh
wong huang
`,
};
