import type { ContactKind } from '../../schemas/contact-point.ts';
import type { WithheldReason } from '../../schemas/reach.ts';
import type { Candidate } from './candidate.ts';
import { permittedOf, uprnKey } from './candidate.ts';
import { calledAs, type CalledAs } from './likely-his.ts';
import { isLikeTheirHome, isTheirMailbox, likeNumbers } from './likeness.ts';
import type { Mark, Marks } from './marks.ts';
import { readContact } from './normalise.ts';
import { isInZone } from './safety.ts';
import type { Seal } from './seal.ts';

/** Whose it is: held back for a reason, or his with a probability. */
export type Ownership =
  | { readonly withheld: Exclude<WithheldReason, 'unusable'> }
  | { readonly shared: boolean; readonly calledAs: CalledAs; readonly seals: ReadonlySet<string> };

/** Which reason is given where there are several: the one that matters most for somebody's safety. */
const REASONS = [
  'victim-may-answer',
  'safety-block',
  'protected-person',
  'location-of-protected-person',
  'excluded-by-order',
  'recorded-as-others',
  'held-by-another-record',
] as const;

/**
 * Judges whose a candidate is.
 *
 * @param candidate with at least one permitted holding
 * @param seal the same that sealed the marks
 */
export function judgeOwnership(candidate: Candidate, marks: Marks, seal: Seal): Ownership {
  const found = new Set<Mark>();
  const seals = new Set<string>();
  for (const name of namesOf(candidate, marks.sealedKinds, seal)) {
    if (name.startsWith('seal ')) seals.add(name);
    for (const mark of marks.on.get(name) ?? []) found.add(mark);
  }
  if (marks.everythingBlocked) found.add('safety-block');
  if (candidate.kind === 'address' && marks.zones.some((zone) => liesIn(candidate, zone)))
    found.add('excluded-by-order');
  const inHostel =
    candidate.kind === 'address' && candidate.holdings.some(({ contact }) => contact.recordedAs === 'hostel');
  if (inHostel && found.delete('held-by-another-record')) found.add('shared');
  if (!REASONS.some((reason) => found.has(reason)))
    for (const mark of likenessOf(candidate, marks, seals, seal)) found.add(mark);
  const withheld = REASONS.find((reason) => found.has(reason));
  if (withheld !== undefined) return { withheld };
  return { shared: found.has('shared'), calledAs: calledAs(permittedOf(candidate)), seals };
}

/** What marks it because it is like a protected person's value, see likeness.ts. */
function likenessOf(candidate: Candidate, marks: Marks, seals: ReadonlySet<string>, seal: Seal): readonly Mark[] {
  switch (candidate.kind) {
    case 'phone': {
      const names = [...likeNumbers(candidate, marks.likeness, seals, seal)];
      return names.flatMap((name) => (marks.likeness.guarded.has(name) ? [...(marks.on.get(name) ?? [])] : []));
    }
    case 'email':
      return isTheirMailbox(candidate, marks.likeness) ? ['recorded-as-others'] : [];
    case 'address':
      return isLikeTheirHome(candidate, marks.likeness) ? ['location-of-protected-person'] : [];
  }
}

/** Any spelling of it: one wrong postcode among three must not carry it out of the zone. */
function liesIn({ holdings }: Candidate, zone: string): boolean {
  return holdings.some(({ normalised }) => isInZone(postcodeOf(normalised.key), zone));
}

const postcodeOf = (key: string): string => key.split('|')[0] ?? '';

/** Every name under which a candidate could be marked, a number hidden inside an e-mail address included. */
function* namesOf(candidate: Candidate, sealedKinds: ReadonlySet<ContactKind>, seal: Seal): Generator<string> {
  const seen = new Set<string>();
  for (const { contact, normalised } of candidate.holdings) {
    const uprn = candidate.kind === 'address' ? uprnKey(contact.uprn) : undefined;
    if (uprn !== undefined) yield `uprn ${uprn}`;
    if (seen.has(normalised.value)) continue;
    seen.add(normalised.value);
    const hidden = normalised.kind === 'email' ? readContact('phone', mailboxDigits(normalised.value)).contacts : [];
    for (const { kind, value, key, building } of [normalised, ...hidden]) {
      yield `${kind} ${key}`;
      if (kind === 'address') yield `flat of ${key}`;
      if (building !== undefined) yield `address ${building.key}`;
      if (!sealedKinds.has(kind)) continue;
      yield `seal ${kind} ${seal(kind, value) ?? ''}`;
      if (building !== undefined) yield `seal address ${seal('address', building.line) ?? ''}`;
      if (kind !== 'address') continue;
      // Of a protected home perhaps no more is known than its postcode, or its door and street.
      for (const part of [postcodeOf(key), value.slice(0, value.lastIndexOf(','))])
        yield `seal address ${seal('address', part) ?? ''}`;
    }
  }
}

/** Whether anybody marks a number or mailbox as another's: for values that are no contact point of his. */
export function isMarkedAsOthers(kind: 'phone' | 'email', value: string, marks: Marks, seal: Seal): boolean {
  return readContact(kind, value).contacts.some(({ key, value: read }) => {
    const sealed = marks.sealedKinds.has(kind) ? `seal ${kind} ${seal(kind, read) ?? ''}` : '';
    return marks.on.has(`${kind} ${key}`) || marks.on.has(sealed);
  });
}

function mailboxDigits(email: string): string {
  return email
    .slice(0, email.lastIndexOf('@'))
    .replace(/[^\d+]+/g, ' ')
    .trim();
}
