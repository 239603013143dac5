/**
 * Words that stand in name fields and are not names. Our own selection, from what the public documentation of the
 * Core Person Record (hmpps-person-match) and NHS England's probabilistic linkage say is found in live registers.
 */

/** Put before a real name by a migration or a clinic; the name after it counts. */
export const STUCK_PREFIX = /^\s*(?:(?:mig_error|no_show|duplicate|dup|error)_+)+/i;

/** A whole field that says "no name". Compared after `toLatin`. */
export const NOT_A_NAME: ReadonlySet<string> = new Set([
  'anon',
  'anonymous',
  'baby',
  'baby boy',
  'baby girl',
  'blank',
  'do not use',
  'error',
  'female',
  'infant',
  'male',
  'n a',
  'n k',
  'na',
  'nfi',
  'nil',
  'nk',
  'no family name',
  'no first name',
  'no forename',
  'no given name',
  'no last name',
  'no name',
  'no name given',
  'no surname',
  'none',
  'not applicable',
  'not available',
  'not disclosed',
  'not entered',
  'not given',
  'not known',
  'not provided',
  'not recorded',
  'not stated',
  'null',
  'occupier',
  'redacted',
  'refused',
  'tba',
  'tbc',
  'test',
  'the occupier',
  'twin one',
  'twin two',
  'undefined',
  'unk',
  'unknown',
  'unknown female',
  'unknown male',
  'unnamed',
  'withheld',
  'x',
  'xx',
  'xxx',
]);

/** A field that names somebody through somebody else. */
export const NAMES_ANOTHER = /^(?:baby|infant|child|son|daughter|mother|father|wife|partner) of\b/;

/** Introduces a second name in one field; what follows is another name and is not guessed at. */
export const ALSO_KNOWN_AS = /\b(?:aka|also known as|nee|formerly|otherwise known as)\b.*$/;

export const TITLES: ReadonlySet<string> = new Set([
  'capt',
  'cllr',
  'dame',
  'doctor',
  'dr',
  'lady',
  'lord',
  'madam',
  'master',
  'miss',
  'mister',
  'mr',
  'mrs',
  'ms',
  'mstr',
  'mx',
  'prof',
  'professor',
  'rev',
  'revd',
  'reverend',
  'sgt',
  'sir',
]);

/** Words before a surname that one register writes and another leaves out. */
export const PARTICLES: ReadonlySet<string> = new Set([
  'ab',
  'al',
  'ap',
  'ben',
  'bin',
  'bint',
  'da',
  'das',
  'de',
  'del',
  'della',
  'den',
  'der',
  'di',
  'dos',
  'du',
  'el',
  'ferch',
  'ibn',
  'la',
  'le',
  'ten',
  'ter',
  'ul',
  'ur',
  'van',
  'von',
]);

/** Joined to the word that follows, so that `Mc Donald`, `O Brien` and `St John` are one word. */
export const JOINS_NEXT: ReadonlySet<string> = new Set(['d', 'fitz', 'mac', 'mc', 'ni', 'nic', 'o', 'saint', 'st']);
