import type { OtherOwner } from '../../schemas/contact-point.ts';
import { foldPostcode } from '../extract/agreement.ts';
import type { Entry } from '../extract/assemble.ts';
import type { HeldContact, HeldOtherContact } from '../extract/held-record.ts';
import type { Row } from '../extract/layout.ts';
import type { HeldOrder } from './orders.ts';

/** Addresses, telephones and e-mails of one person's file: which are his, and which are somebody else's. */

export interface FileContacts {
  readonly own: readonly HeldContact[];
  readonly others: readonly HeldOtherContact[];
  readonly noFixedAbode: boolean;
  /** Fields of which nothing may be shown, because what protects others in them is incomplete. */
  readonly withheld: readonly string[];
}

const OWN_MAX = 60;
const OTHERS_MAX = 200;

const FIELD_OF_FILE = { locations: 'pol.address', telephones: 'pol.phone', emails: 'pol.email' } as const;
type ContactFile = keyof typeof FIELD_OF_FILE;

/**
 * Reads every contact row of a person. `orders` are those in force: only under a domestic abuse protection order is a
 * notified address a statutory notification (Domestic Abuse Act 2021 s.41).
 */
export function contactsOf(entry: Entry, orders: readonly HeldOrder[]): FileContacts {
  const underDapo = orders.some(({ type }) => type === 'DAPO');
  const found = [
    ...rowsOf(entry, 'locations').flatMap((row) => addressOf(row, underDapo)),
    ...rowsOf(entry, 'telephones').flatMap((row) => plainOf(row, 'phone', 'telephone_number', 'pol.phone')),
    ...rowsOf(entry, 'emails').flatMap((row) => plainOf(row, 'email', 'email_address', 'pol.email')),
  ];
  const others = found.flatMap((one) => (one.whose === undefined ? [] : [otherOf(one.contact, one.whose)]));
  const own = found.flatMap((one) => (one.whose === undefined ? [one.contact] : []));
  const files: readonly ContactFile[] = ['locations', 'telephones', 'emails'];
  // A file with more of other people than can be passed on protects some of them only: then nothing of his is shown.
  const tooMany = others.length > OTHERS_MAX;
  const withheld = files.filter((file) => tooMany || entry.doubtful.has(file)).map((file) => FIELD_OF_FILE[file]);
  return {
    own: newestFirst(own.filter(({ field }) => !withheld.some((one) => one === field))).slice(0, OWN_MAX),
    others: others.slice(0, OTHERS_MAX),
    noFixedAbode: isOfNoFixedAbode(rowsOf(entry, 'locations')),
    withheld,
  };
}

/** Postcodes for matching: of his own addresses only, and none that is also somebody else's. */
export function postcodesOf({ own, others }: FileContacts): readonly string[] {
  const theirs = new Set(others.flatMap(({ postcode }) => (postcode === undefined ? [] : [foldPostcode(postcode)])));
  const postcodes = own.flatMap(({ postcode }) => (postcode === undefined ? [] : [postcode]));
  return [...new Set(postcodes)].filter((postcode) => !theirs.has(foldPostcode(postcode)));
}

interface ReadContact {
  readonly contact: HeldContact;
  /** Undefined where it is his. */
  readonly whose: OtherOwner | undefined;
}

function rowsOf(entry: Entry, file: ContactFile): readonly Row[] {
  return entry.details.get(file) ?? [];
}

function addressOf(row: Row, underDapo: boolean): readonly ReadContact[] {
  const type = row.get('address_type');
  if (type === 'no-fixed-abode') return [];
  const postcode = row.get('post_code');
  const parts = [row.get('flat'), ...doorOf(row), row.get('town'), row.get('county'), postcode];
  const value = parts.filter((part) => part !== undefined && part !== '').join(', ');
  if (value === '') return [];
  const uprn = row.get('uprn');
  const read = readContact(row, 'address', value, 'pol.address');
  // A previous address without an end had ended by the day somebody wrote that it was previous.
  const ended = type === 'previous' ? (row.get('valid_to') ?? row.get('last_updated')) : row.get('valid_to');
  const contact: HeldContact = {
    ...read.contact,
    ...(type === 'hostel' ? { recordedAs: 'hostel' } : {}),
    ...(postcode === undefined ? {} : { postcode }),
    ...(uprn === undefined ? {} : { uprn }),
    ...(ended === undefined ? {} : { to: ended }),
    basis: type === 'notified' && underDapo ? 'statutory-notification' : 'stated',
  };
  return [{ contact, whose: read.whose }];
}

/** `12 Elm Street`, but `The Limes, 61 Station Parade`: as one writes an address. */
function doorOf(row: Row): readonly (string | undefined)[] {
  const premises = row.get('premises');
  const street = row.get('street');
  const numbered = premises !== undefined && street !== undefined && /^\d+[A-Za-z]?(?:-\d+[A-Za-z]?)?$/.test(premises);
  return numbered ? [`${premises} ${street}`] : [premises, street];
}

function plainOf(row: Row, kind: 'phone' | 'email', column: string, field: string): readonly ReadContact[] {
  const value = row.get(column);
  return value === undefined ? [] : [readContact(row, kind, value, field)];
}

function readContact(row: Row, kind: HeldContact['kind'], value: string, field: string): ReadContact {
  const from = row.get('valid_from');
  const to = row.get('valid_to');
  const lastConfirmed = row.get('last_confirmed');
  const { recordedAs, other } = ownerOf(row.get('whose'));
  const contact: HeldContact = {
    kind,
    field,
    value,
    recordedAs,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(lastConfirmed === undefined ? {} : { lastConfirmed }),
  };
  return { contact, whose: other };
}

/** Whoever is not plainly said to be himself is somebody else. */
function ownerOf(whose: string | undefined): { recordedAs: HeldContact['recordedAs']; other: OtherOwner | undefined } {
  switch (whose) {
    case 'self':
    case 'work':
    case 'hostel':
    case 'unknown':
      return { recordedAs: whose, other: undefined };
    case 'victim':
    case 'partner':
    case 'child':
    case 'mother':
    case 'relative':
    case 'friend':
      return { recordedAs: 'unknown', other: whose };
    default:
      return { recordedAs: 'unknown', other: 'other' };
  }
}

function otherOf({ kind, value, postcode, uprn }: HeldContact, whose: OtherOwner): HeldOtherContact {
  return {
    kind,
    value,
    whose,
    ...(postcode === undefined ? {} : { postcode }),
    ...(uprn === undefined ? {} : { uprn }),
  };
}

function newestFirst(contacts: readonly HeldContact[]): readonly HeldContact[] {
  const day = ({ lastConfirmed, from }: HeldContact): string => lastConfirmed ?? from ?? '';
  return [...contacts].sort((a, b) => day(b).localeCompare(day(a)));
}

/** The force says so, about himself, and has not ended it. */
function isOfNoFixedAbode(rows: readonly Row[]): boolean {
  return rows.some(
    (row) =>
      row.get('address_type') === 'no-fixed-abode' &&
      ownerOf(row.get('whose')).other === undefined &&
      row.get('valid_to') === undefined,
  );
}
