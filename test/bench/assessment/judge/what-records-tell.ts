import type { Held } from '../cases/hard-cases.ts';
import { isoOf } from '../people/days.ts';
import type { Someone } from '../people/people.ts';
import type { PersonEntry, Question, RecordEntry } from '../registers/entries.ts';
import { plainEmail, plainPhone, plainPostcode } from './plain.ts';

/** How much the records of a question tell: nobody can be blamed for what is not in them. */

/** Identifiers of a person's own, each as its type and its characters. */
export function numbersOf({ identifiers = [] }: PersonEntry): Map<string, string> {
  const own = identifiers.filter(({ type, value }) => type !== 'TENANCY' && type !== 'OTHER' && !value.includes('*'));
  return new Map(own.map(({ type, value }) => [type, type === 'PNC' ? plainPnc(value) : plainNumber(value)]));
}

const plainNumber = (value: string): string => value.toUpperCase().replace(/[^A-Z0-9]|^0+/gu, '');

/** `2016/0362206V`, `16/362206V` and `20160362206V` are one number. */
function plainPnc(value: string): string {
  const [year = '', rest = ''] = value.includes('/')
    ? value.toUpperCase().split('/')
    : [value.slice(0, 4), value.slice(4).toUpperCase()];
  return `${year.slice(-2)}/${String(Number(rest.slice(0, -1)))}${rest.slice(-1)}`;
}

/** Where he lives and how he is reached, as far as a record says that it is himself. */
export function waysToOf(person: PersonEntry, contacts: RecordEntry['contacts'] = []): Set<string> {
  const own = contacts.filter(({ recordedAs }) => (recordedAs ?? 'self') === 'self');
  const phones = [...(person.phones ?? []), ...own.filter(({ kind }) => kind === 'phone').map(({ value }) => value)];
  const emails = [...(person.emails ?? []), ...own.filter(({ kind }) => kind === 'email').map(({ value }) => value)];
  const places = (person.addresses ?? []).flatMap(({ postcode = 'ZZ99', uprn = '' }) => [
    /^(?:ZZ99|NF1)/iu.test(postcode) ? '' : plainPostcode(postcode),
    uprn,
  ]);
  const all = [...places, ...phones.map((phone) => plainPhone(phone) ?? ''), ...emails.map(plainEmail)];
  return new Set(all.filter((value) => value !== '' && !/^(?:no|un|n\/a)/u.test(value)));
}

const meet = (one: ReadonlySet<string>, other: ReadonlySet<string>): boolean =>
  [...one].some((value) => other.has(value));
const shareNumber = (one: PersonEntry, other: PersonEntry): boolean => {
  const numbers = numbersOf(other);
  return [...numbersOf(one)].some(([type, value]) => numbers.get(type) === value);
};
const areAtOdds = (one: PersonEntry, other: PersonEntry): boolean => {
  const numbers = numbersOf(other);
  return [...numbersOf(one)].some(([type, value]) => numbers.has(type) && numbers.get(type) !== value);
};

/** The asker knows more of him than a name and a birth date that others bear too. */
export function isAnchored({ subject }: Question, his: readonly RecordEntry[]): boolean {
  return his.some(
    ({ person, contacts }) =>
      shareNumber(subject, person) ||
      (subject.dateOfBirth !== undefined && meet(waysToOf(subject), waysToOf(person, contacts))),
  );
}

/**
 * A record of his by which he can be known: it shares a number of his own, or his right birth date and a way to reach him,
 * with the question or with another record of his.
 */
export function isEnough(
  record: RecordEntry,
  his: readonly RecordEntry[],
  { subject }: Question,
  born: number,
): boolean {
  const date = isoOf(born);
  const isDated = record.person.dateOfBirth === date || record.person.otherDatesOfBirth?.includes(date) === true;
  const ways = waysToOf(record.person, record.contacts);
  return [{ person: subject, contacts: [] }, ...his.filter((other) => other !== record)].some(
    ({ person, contacts }) => shareNumber(record.person, person) || (isDated && meet(ways, waysToOf(person, contacts))),
  );
}

const NO_DATE = /^(?:19(?:00|01|70)-01-01|\d{4}-01-01)$/u;

/** Whether anything in the question tells a stranger's record from one of his. */
export function isTellable(
  { record, person }: Held,
  held: readonly Held[],
  { subject: asked }: Question,
  subject: Someone,
): boolean {
  const { dateOfBirth = '', names = [], sex } = record.person;
  if (['victim', 'partner', 'child'].includes(record.role ?? '')) return true;
  if (sex !== undefined && sex !== subject.sex) return true;
  const isOtherDate = (date: string): boolean =>
    date.length === 10 && date !== isoOf(subject.born) && !NO_DATE.test(date);
  if (isOtherDate(dateOfBirth)) return true;
  const his = [asked, ...held.filter((one) => one.person === subject).map((one) => one.record.person)];
  if (his.some((other) => areAtOdds(record.person, other))) return true;
  const isKnownElsewhere = held.some(
    (one) =>
      one.person === person &&
      one.record !== record &&
      shareNumber(record.person, one.record.person) &&
      isOtherDate(one.record.person.dateOfBirth ?? ''),
  );
  return (
    isKnownElsewhere ||
    names.every(({ given, full }) => beginningOf(given ?? full) !== beginningOf(asked.names?.[0]?.given))
  );
}

/** The first letters of a forename; titles and a surname in front are no part of it. */
const beginningOf = (name = ''): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/^(?:mr|mrs|ms|miss) |^.*, /gu, '')
    .slice(0, 3);
