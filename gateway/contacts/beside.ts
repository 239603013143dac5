import type { ContactKind } from '../../schemas/contact-point.ts';

/**
 * What stands beside a value in its field: "07700 900123 (mum)". Sources have one box for a number and people write in
 * it whose it is. A word that plainly says nothing about the owner ("mobile", "ext") is let pass; any other, a first
 * name included, may name the person who answers, so the value counts as marked as another's (P4).
 *
 * @param kind of the value
 * @param rest for a phone or e-mail, the text without the value; for an address, the whole text
 */
export function pointsElsewhere(kind: ContactKind, rest: string): boolean {
  if (kind === 'address') return addressOfSomebody(rest);
  if (!/\p{L}/u.test(rest)) return false;
  const labelled = rest.toLowerCase().replace(/^\s*[mht]\s*[:.]/, ' ');
  return (labelled.match(/\p{L}+/gu) ?? []).some((word) => !SAYS_NOTHING.has(word));
}

const SAYS_NOTHING = new Set(
  (
    'mob mobile mobiles cell tel telephone phone landline home own his self personal number no num new current main ' +
    'primary preferred first second day daytime evening evenings eve eves night nights am pm after before only call ' +
    'calls text texts sms whatsapp ext extn extension x or and from since until to on at the is verified confirmed ' +
    'checked mailto email mail e uk gb jan feb mar apr may jun jul aug sep sept oct nov dec work office hostel'
  ).split(' '),
);

const OWNER =
  "(?:ex|ex[ -]?(?:partner|wife|husband|girlfriend|boyfriend)|partner|wife|husband|girlfriend|boyfriend|g/?f|b/?f|victim|aggrieved|complainant|mum|mam|mom|mother|dad|father|parents?|sister|brother|nan|gran|grandmother|grandad|grandfather|aunt|auntie|uncle|cousin|daughter|son|child|children|friend|mate|neighbour|in[ -]?laws?|family)(?:'?s)?";
const OWNERS_PLACE = new RegExp(
  `(?:^|[,;:()\\[\\]-])\\s*(?:(?:at|his|her|the|lives? with|staying with)\\s+)*${OWNER}\\s*(?:(?:current |new |old )?(?:address|house|flat|home|place|property)|lives? (?:here|there|at))?\\s*(?:[,;:()\\[\\]-]|$)`,
  'i',
);

function addressOfSomebody(text: string): boolean {
  return /\bc\s*\/\s*o\b|\bcare of\b/i.test(text) || OWNERS_PLACE.test(text);
}
