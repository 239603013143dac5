import type { NamesOfOrigin } from './names-of-origin.ts';

/**
 * Greek and Cypriot names, whole, as they are called and in English.
 *
 * Selected by us from general knowledge of names in use in England and Wales; no register was read, and nobody who bears
 * them has reviewed the list yet.
 */
export const GREEK: NamesOfOrigin = {
  given: `
georgios giorgos yiorgos yorgos george
ioannis yiannis giannis yannis john
nikolaos nikos nicos nick
dimitrios dimitris
konstantinos kostas costas constantinos
panagiotis panos
vasilios vasileios vasilis vassilis
andreas andrew
christos chris
spyridon spyros
eleni helen
ekaterini katerina catherine
`,
};
