/**
 * Words that stand in name fields and are not names. Our own selection, from what the public documentation of the
 * Core Person Record (hmpps-person-match) and NHS England's probabilistic linkage say is found in live registers.
 */

/** Put before a real name by a migration or a clinic; the name after it counts. */
export const STUCK_PREFIX = /^\s*(?:(?:mig_error|no_show|duplicate|dup|error|merged|deleted|archived|test)_+)+/i;

/** The same as words of their own. Compared after `toLatin`. */
export const LOOSE_PREFIX = /^(?:(?:duplicate|dup|do not use|merged|deleted|archived|mig error|no show) )+/;

/** One letter again and again, and what testers type. Compared after `toLatin`. */
export const TYPED_TO_GET_PAST = /^(?:(.)\1{2,}|[xz]*test ?(?:patient|person|client|record)?[xz]*|(?:qwerty|asdf).*)$/;

/** Given name and surname that are none only together. */
export const NO_NAME_TOGETHER: ReadonlySet<string> = new Set([
  'no name',
  'a n other',
  'a other',
  'an other',
  'the occupier',
  'test patient',
]);

/** Stands where a part of a whole name is not known. */
export const NOT_KNOWN: ReadonlySet<string> = new Set(['unknown', 'unk', 'notknown', 'fnu', 'lnu', 'nfn', 'nln']);

/** A whole field that says "no name". Compared after `toLatin`. */
export const NOT_A_NAME: ReadonlySet<string> = new Set([
  'an other',
  'anon',
  'anonymous',
  'another',
  'archived',
  'baby',
  'baby boy',
  'baby girl',
  'baby unborn',
  'blank',
  'carer',
  'case closed',
  'client',
  'closed',
  'confidential',
  'current occupier',
  'customer',
  'deceased',
  'deleted',
  'do not contact',
  'do not use',
  'duplicate',
  'error',
  'ex partner',
  'family name',
  'father',
  'female',
  'first name',
  'firstname',
  'fnu',
  'foetus',
  'forename',
  'foster carer',
  'given name',
  'husband',
  'infant',
  'joe bloggs',
  'last name',
  'lastname',
  'lnu',
  'male',
  'merged',
  'mother',
  'n a',
  'n k',
  'na',
  'next of kin',
  'nfi',
  'nfn',
  'nil',
  'nk',
  'nln',
  'no family name',
  'no first name',
  'no fixed abode',
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
  'partner',
  'protected',
  'redacted',
  'refused',
  'restricted',
  'see file',
  'see notes',
  'sensitive',
  'surname',
  'tba',
  'tbc',
  'tenant',
  'test',
  'test client',
  'test patient',
  'test person',
  'test record',
  'test user',
  'the occupier',
  'the tenant',
  'twin',
  'twin a',
  'twin b',
  'twin i',
  'twin ii',
  'twin one',
  'twin two',
  'unborn',
  'unborn baby',
  'unborn child',
  'undefined',
  'unidentified',
  'unk',
  'unknown',
  'unknown female',
  'unknown male',
  'unknown person',
  'unnamed',
  'void',
  'wife',
  'withheld',
  'x',
  'xx',
]);

/** A field that names somebody through somebody else. */
export const NAMES_ANOTHER =
  /^(?:baby|infant|child|unborn(?: baby| child)?|son|daughter|mother|father|wife|husband|partner|ex(?: wife| husband| partner)?|carer) of\b/;

/** Introduces a second name in one field; what follows is another name and is not guessed at. */
export const ALSO_KNOWN_AS =
  /\b(?:aka|a k a|fka|f k a|also known as|otherwise known as|known as|nee|formerly|previously|maiden name|alias)\b.*$/;

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
  'pte',
  'professor',
  'rabbi',
  'rev',
  'revd',
  'reverend',
  'sgt',
  'sir',
]);

/** Titles that are names or initials too: dropped only where a first name follows. */
export const TITLES_BEFORE_A_NAME: ReadonlySet<string> = new Set(
  'bishop canon constable dc ds fr father insp inspector judge pastor pc sister sergeant sr'.split(' '),
);

/** Honours and degrees behind a surname, and what a clerk writes there. */
export const BEHIND_A_NAME: ReadonlySet<string> = new Set(
  'bsc cbe dec decd deceased esq esquire kc mbe msc obe phd qc'.split(' '),
);

/** Words before a surname that one register writes and another leaves out. */
export const PARTICLES: ReadonlySet<string> = new Set([
  'ab',
  'abu',
  'al',
  'ap',
  'ben',
  'bin',
  'bint',
  'da',
  'dal',
  'dalla',
  'das',
  'de',
  'dei',
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
  'las',
  'le',
  'los',
  'ten',
  'ter',
  'ul',
  'ur',
  'van',
  'vom',
  'von',
  'zu',
  'zum',
  'zur',
]);

/** Joined to the word that follows, so that `Mc Donald`, `O Brien` and `St John` are one word. */
export const JOINS_NEXT: ReadonlySet<string> = new Set(['d', 'fitz', 'mac', 'mc', 'ni', 'nic', 'o', 'saint', 'st']);
