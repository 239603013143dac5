import type { ContactKind } from '../../schemas/contact-point.ts';
import { readAddress } from './address.ts';
import { pointsElsewhere } from './beside.ts';
import { mailboxKey, readEmails } from './email.ts';
import { readPhones } from './phone.ts';
import { plainText } from './spelling.ts';

/** A contact point in the one spelling that is shown and the one that is compared. */
export interface NormalisedContact {
  readonly kind: ContactKind;
  /** E.164, lower-case e-mail, or address in one line with its upper-case postcode last. */
  readonly value: string;
  /** The same for every spelling of one number, mailbox or home. */
  readonly key: string;
  /** For a flat, its building: a line that normalises to the key beside it. */
  readonly building?: { readonly line: string; readonly key: string };
}

/** Everything a field of a source turned out to hold. */
export interface ContactRead {
  /** More than one where somebody put two numbers into one box; empty where the field holds no usable value. */
  readonly contacts: readonly NormalisedContact[];
  /** What is written beside the value may name another person. */
  readonly pointsElsewhere: boolean;
}

/**
 * Reads a contact point as a source holds it: any spelling, notes, two values in one field, nonsense.
 *
 * @param kind what the source's field is for
 * @param value as held
 */
export function readContact(kind: ContactKind, value: string): ContactRead {
  const text = plainText(value);
  if (kind === 'address') {
    const read = readAddress(text);
    if (read === undefined) return NOTHING;
    const { line, ...compared } = read;
    return { contacts: [{ kind, value: line, ...compared }], pointsElsewhere: pointsElsewhere(kind, text) };
  }
  if (kind === 'email') {
    const { emails, rest } = readEmails(text);
    const contacts = emails.map((email) => ({ kind, value: email, key: mailboxKey(email) }));
    return { contacts, pointsElsewhere: contacts.length > 0 && pointsElsewhere(kind, rest) };
  }
  const { numbers, rest } = readPhones(text);
  const contacts = numbers.map((number) => ({ kind, value: number, key: number }));
  return { contacts, pointsElsewhere: contacts.length > 0 && pointsElsewhere(kind, rest) };
}

/** Reads a contact point, see `readContact`. */
export type ReadContact = (kind: ContactKind, value: string) => ContactRead;

/**
 * A reader that reads each text once: agencies often hold a value in the same spelling. It remembers values, so it may
 * live no longer than one question (P8).
 */
export function readEachOnce(): ReadContact {
  const known = {
    phone: new Map<string, ContactRead>(),
    email: new Map<string, ContactRead>(),
    address: new Map<string, ContactRead>(),
  };
  return (kind, value) => {
    const before = known[kind].get(value);
    if (before !== undefined) return before;
    const read = readContact(kind, value);
    known[kind].set(value, read);
    return read;
  };
}

const NOTHING: ContactRead = { contacts: [], pointsElsewhere: false };

/**
 * The one spelling of a contact point.
 *
 * @param kind what the source's field is for
 * @param value as held
 * @returns undefined where it is no number, e-mail address or postal address; the first where it holds several
 */
export function normaliseContact(kind: ContactKind, value: string): NormalisedContact | undefined {
  return readContact(kind, value).contacts[0];
}
