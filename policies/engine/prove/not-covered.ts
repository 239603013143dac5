/**
 * What no proof over the agreements can say. Printed with every proof: whoever reads "holds" has to know of what.
 * "Formally verified" would claim more: every combination of the declared dimensions was looked at.
 */
export const NOT_COVERED: readonly string[] = [
  'Whether a fact of the case is true: a wrong listing, or a consent that nobody gave, is taken as it was recorded.',
  'Facts that are not among the declared dimensions: what no rule can read cannot be proved about.',
  'What free text says: a summary that its owner wrote may name a victim, whatever its level.',
  'What several fields that are allowed let somebody conclude together.',
  'Whether a record is the man\u2019s: how sure the match is comes from linkage and is taken as it says.',
  'How a value is made less at a level, and whether whoever receives it keeps the obligations.',
  'The law itself: marks beside each power say how far it was read; nothing here is legal advice.',
];
