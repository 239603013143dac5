import type { OtherOwner, RecordedAs } from '../../schemas/contact-point.ts';

/**
 * Whose an address or a number is, by the words that probation staff write around it. They only ever take a contact
 * point away from him. The attacker is the accident: "This is their partner's address" is an example that the
 * service's own specification gives for an address of his, and the partner may be the victim (P4).
 */

const RELATIONS: readonly (readonly [string, OtherOwner])[] = [
  ['victim|complainant', 'victim'],
  ['ex-?partner|partner|ex-?wife|wife|husband|spouse|ex-?girlfriend|girlfriend|boyfriend|fianc[eé]e?|ex', 'partner'],
  ['mother|mum|mam|stepmother', 'mother'],
  ['daughter|son|child|children|kids?', 'child'],
  [
    'father|dad|stepfather|parents?|brother|sister|aunt|uncle|nan|gran|grandmother|grandfather|cousin|family|relative',
    'relative',
  ],
  ['friend|mate', 'friend'],
  ['next of kin|emergency contact|landlord|landlady|neighbour|solicitor', 'other'],
];

const ANY = RELATIONS.map(([words]) => words).join('|');
const PLACE = 'address|home|house|flat|place|property|accommodation|tenancy';

/** "partner's address", "address of the victim", "victim lives here": said of the address itself, not in passing. */
const NOTE_SAYS = new RegExp(
  `\\b(?<owner>${ANY})(?:['’]s|s['’]|s)?\\s+(?:(?:own|new|old|former|current)\\s+)?(?:${PLACE})\\b` +
    `|\\b(?:${PLACE})\\s+(?:of|belongs to|is)\\s+(?:(?:his|her|their|the|my)\\s+)?(?<of>${ANY})\\b` +
    `|\\b(?<living>victim|complainant)\\b[^.;]{0,40}\\b(?:lives?|living|resid\\w+|stays?|staying)\\b`,
  'iu',
);

/**
 * Whose a free-text note says an address is, or undefined where it says nothing of the kind. The note goes no further.
 */
export function whoseByNote(note: string | null | undefined): OtherOwner | undefined {
  if (typeof note !== 'string') return undefined;
  const groups = NOTE_SAYS.exec(note.slice(0, 5_000))?.groups;
  const word = groups?.owner ?? groups?.of ?? groups?.living;
  return word === undefined ? undefined : relationOf(word);
}

/** Whose a short label says a thing is ("Mother's address", "07700 900123 (mum)"), or undefined. */
export function whoseByLabel(label: string): OtherOwner | undefined {
  const word = new RegExp(`\\b(?:${ANY})(?:['’]?s)?\\b`, 'iu').exec(label)?.[0];
  return word === undefined ? undefined : relationOf(word.replace(/['’]?s$/iu, ''));
}

function relationOf(word: string): OtherOwner {
  const found = RELATIONS.find(([words]) => new RegExp(`^(?:${words})s?$`, 'iu').test(word));
  return found?.[1] ?? 'other';
}

/** Types of accommodation that probation places people in: not his home, and shared. */
const HOSTEL =
  /\bapproved premises\b|\bhostel\b|\bCAS-?[123]\b|\bbail accommodation\b|\bsupported housing\b|\bshelter\b/i;
const WORK = /^(?:BUS|WORK)$|\b(?:business|work)\s+address\b/i;
/** "Friends/Family (settled)" is a type of lodging where he lives, not an address of theirs to be kept from him. */
const LODGING = /\bfriends?\s*\/\s*family\b|\bfamily\s*\/\s*friends?\b/i;

/** What the API's own types of an address say. */
export function addressKind(types: readonly { code: string; description: string }[]): {
  readonly recordedAs: RecordedAs;
  readonly whose?: OtherOwner;
  readonly approved: boolean;
} {
  const says = (pattern: RegExp): boolean => types.some((t) => pattern.test(t.description) || pattern.test(t.code));
  const whose = types
    .filter((type) => !LODGING.test(type.description))
    .map((type) => whoseByLabel(type.description))
    .find((owner) => owner !== undefined);
  return {
    recordedAs: says(HOSTEL) ? 'hostel' : says(WORK) ? 'work' : 'self',
    approved: says(/\bapproved\b/i) && !says(/\b(?:not|un|never|refused|proposed)[\s-]*approved\b|\bunapproved\b/i),
    ...(whose === undefined ? {} : { whose }),
  };
}
