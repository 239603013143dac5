import type { ContactKind, SealedContact } from '../../schemas/contact-point.ts';
import type { Address } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { isCrowdedPlace } from '../linkage/standardise/homes.ts';
import { readContact } from './normalise.ts';
import type { Seal } from './seal.ts';

type Held = readonly [kind: ContactKind, value: string];

/** A hostel's desk and an employer's switchboard are many people's. */
const OF_MANY: ReadonlySet<string | undefined> = new Set(['hostel', 'work']);

const lineOf = ({ lines = [], postcode = '' }: Address): string =>
  [...lines, postcode].filter((part) => part !== '').join(', ');

/** Every contact point of a record, whoever's it calls it: that he has his partner's number is what counts here. */
function* heldBy({ person, contacts }: SourceRecord): Generator<Held> {
  for (const { kind, value, recordedAs } of contacts) if (!OF_MANY.has(recordedAs)) yield [kind, value];
  for (const phone of person.phones ?? []) yield ['phone', phone];
  for (const email of person.emails ?? []) yield ['email', email];
  for (const address of person.addresses ?? []) yield ['address', lineOf(address)];
}

/**
 * Says of a record whether it holds a contact point of a protected person of the case, in clear or sealed. For linkage:
 * nothing of it is ever shown. A place where many people live is nobody's.
 *
 * @param seal made with the key that sealed `protectedContacts`
 */
export function holdsProtectedOf(
  protectedContacts: readonly SealedContact[],
  seal: Seal,
): (record: SourceRecord) => boolean {
  const seals = new Set(protectedContacts.map((contact) => contact.seal));
  const isHers = ([kind, text]: Held): boolean =>
    !(kind === 'address' && isCrowdedPlace(text)) &&
    readContact(kind, text).contacts.some(({ value }) => seals.has(seal(kind, value) ?? ''));
  return (record) => {
    if (seals.size === 0) return false;
    if ((record.othersContacts ?? []).some((other) => seals.has(other.seal))) return true;
    for (const held of heldBy(record)) if (isHers(held)) return true;
    return false;
  };
}
