import type { ContactKind, ContactPoint, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import { dayOf } from '../council/dates.ts';
import { sealed, type Seal } from '../council/seals.ts';
import { severalIn, squeezed } from '../council/text.ts';
import { ownerByWords, whoseContact } from './whose.ts';
import type { WireContact } from './wire.ts';

/** Phones, e-mails and addresses of the contact-details service: his, or somebody else's, sealed and forgotten here. */

export interface Contacts {
  readonly his: readonly ContactPoint[];
  readonly others: readonly SealedContact[];
}

/** A number inside a text element that may hold more: "07700 900123 (mum)". */
const NUMBER = /\+?\d[\d ()-]{7,18}\d/;
const EMAIL = /[^\s@<>"(),;]{1,64}@[^\s@<>"(),;]{1,189}/;

/** Reads every row. A row that is no longer active is not his, but is still hers where it says so. */
export function contactsOf(rows: readonly WireContact[], seal: Seal): Contacts {
  const read = rows.map((row) => {
    switch (row.contactInformation.contactType.toLowerCase()) {
      case 'phone':
        return phoneOrEmail('phone', NUMBER, row, seal);
      case 'email':
        return phoneOrEmail('email', EMAIL, row, seal);
      case 'address':
        return address(row, seal);
      default:
        return NOBODYS;
    }
  });
  return { his: read.flatMap(({ his }) => his), others: read.flatMap(({ others }) => others) };
}

const NOBODYS: Contacts = { his: [], others: [] };

const anothers = (seal: Seal, kind: ContactKind, value: string, whose: OtherOwner): Contacts => ({
  his: [],
  others: sealed(kind, value, whose, seal),
});

/** Several numbers in one element each count: the second one may be hers. */
function phoneOrEmail(kind: 'phone' | 'email', pattern: RegExp, row: WireContact, seal: Seal): Contacts {
  const { subType, value, description } = row.contactInformation;
  const written = squeezed(value);
  const parts = severalIn(written).flatMap((part) => pattern.exec(part)?.[0] ?? []);
  const beside = parts.reduce((text, part) => text.replace(part, ' '), written);
  const whose = whoseContact(kind, subType, `${beside} ${description ?? ''}`);
  const read = parts.map((part) => {
    if ('others' in whose) return anothers(seal, kind, part, whose.others);
    // A word that nobody here understands may be her name, and one of two numbers may be hers.
    const sure = parts.length === 1 && !/\p{L}/u.test(beside);
    const recordedAs = whose.his === 'self' && !sure ? 'unknown' : whose.his;
    return ifActive(row, { kind, value: part, recordedAs, field: 'hou.phone', basis: 'stated' });
  });
  return { his: read.flatMap(({ his }) => his), others: read.flatMap(({ others }) => others) };
}

/** Subtypes of an address where letters for him go. Another's subtype is another's home. */
const HIS_ADDRESS: ReadonlySet<string> = new Set(['', 'correspondenceaddress', 'home']);
const CARE_OF = /\bc\/o\b|\bcare of\b/i;

function address(row: WireContact, seal: Seal): Contacts {
  const { subType, value, description, addressExtended } = row.contactInformation;
  const line = lineOf(row);
  if (line === undefined) return NOBODYS;
  const key = (subType ?? '').toLowerCase().replace(/[^a-z]/g, '');
  const owner = ownerByWords(`${description ?? ''} ${value ?? ''}`);
  if (!HIS_ADDRESS.has(key)) {
    const whose = whoseContact('phone', subType, '');
    return anothers(seal, 'address', line, 'others' in whose ? whose.others : 'other');
  }
  if (owner !== undefined) return anothers(seal, 'address', line, owner);
  const uprn = uprnOf(addressExtended?.uprn);
  return ifActive(row, {
    kind: 'address',
    value: line,
    // Letters may go to somebody else's door.
    recordedAs: key === 'home' && !CARE_OF.test(line) ? 'self' : 'unknown',
    field: 'hou.address',
    basis: 'stated',
    ...(uprn === undefined ? {} : { uprn }),
  });
}

function lineOf({ contactInformation: { value, addressExtended } }: WireContact): string | undefined {
  const { addressLine1, addressLine2, addressLine3, addressLine4, postCode } = addressExtended ?? {};
  const lines = [addressLine1, addressLine2, addressLine3, addressLine4].map(squeezed).filter((line) => line !== '');
  const parts = lines.length === 0 ? [squeezed(value)] : [...lines, squeezed(postCode)];
  const line = parts.filter((part) => part !== '').join(', ');
  return line === '' || line.length > 400 ? undefined : line;
}

/** Digits that can be a property's number. */
export function uprnOf(text: string | null | undefined): string | undefined {
  const digits = squeezed(text);
  return /^\d{1,12}$/.test(digits) ? digits : undefined;
}

function ifActive(row: WireContact, contact: ContactPoint): Contacts {
  const until = row.recordValidUntil;
  const to = dayOf(until);
  // An end that cannot be read must not turn an old number into one of today.
  if (row.isActive === false || (squeezed(until) !== '' && to === undefined)) return NOBODYS;
  const his = { ...contact, ...datesOf(row, to), ...(to === undefined ? {} : { to }) };
  return { his: [his], others: [] };
}

/** When a row was written is when he gave it, but not for rows that a migration wrote. */
function datesOf(row: WireContact, to: IsoDate | undefined): { from?: IsoDate; lastConfirmed?: IsoDate } {
  const from = row.createdBy?.fullName === true ? undefined : dayOf(row.createdBy?.createdAt);
  const lastConfirmed = dayOf(row.lastModified);
  return {
    ...(from === undefined || (to !== undefined && from > to) ? {} : { from }),
    ...(lastConfirmed === undefined ? {} : { lastConfirmed }),
  };
}
