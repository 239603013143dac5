import { daysBetween } from '../../../gateway/contacts/dates.ts';
import type { ContactPoint } from '../../../schemas/contact-point.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { daysAfter } from '../../population/calendar.ts';
import type { Question } from '../../population/questions.ts';

/**
 * The same men in worlds of other habits: what the probabilities are worth where the rates are not those that the weights
 * were chosen on. The truth stays; what the registers say of it is changed.
 */
export interface OtherWorld {
  readonly name: string;
  readonly change: (question: Question) => Question;
}

export const WORLDS: readonly OtherWorld[] = [
  { name: 'as it is', change: (question) => question },
  { name: 'everything is given up twice as fast', change: (question) => aged(question, 0.5) },
  { name: 'everything is kept twice as long', change: (question) => aged(question, 2) },
  { name: 'nobody notes when a value was confirmed', change: (question) => each(question, withoutConfirmation) },
  { name: 'nobody dates anything but the record', change: (question) => each(question, withoutDates) },
  { name: 'a third of what is called his is not called anything', change: (question) => each(question, unlabelled) },
  { name: 'each agency has the habits of another', change: permuted },
];

type Change = (contact: ContactPoint, at: number) => ContactPoint;

/** Changes the contact points of every record. */
function each(question: Question, change: Change): Question {
  const records = question.records.map((record) => ({ ...record, contacts: record.contacts.map(change) }));
  return { ...question, records };
}

/** How long ago everything was, multiplied. */
function aged(question: Question, factor: number): Question {
  const { asOf } = question;
  const moved = (date: IsoDate): IsoDate => daysAfter(asOf, -Math.round(daysBetween(date, asOf) * factor));
  const dated = (contact: ContactPoint): ContactPoint => ({
    ...contact,
    ...(contact.from === undefined ? {} : { from: moved(contact.from) }),
    ...(contact.to === undefined ? {} : { to: moved(contact.to) }),
    ...(contact.lastConfirmed === undefined ? {} : { lastConfirmed: moved(contact.lastConfirmed) }),
  });
  const records = question.records.map((record): SourceRecord => ({
    ...record,
    contacts: record.contacts.map(dated),
    ...(record.lastUpdated === undefined ? {} : { lastUpdated: moved(record.lastUpdated) }),
  }));
  return { ...question, records };
}

function withoutConfirmation({ lastConfirmed: _confirmed, ...contact }: ContactPoint): ContactPoint {
  return contact;
}

function withoutDates({ lastConfirmed: _confirmed, from: _from, ...contact }: ContactPoint): ContactPoint {
  return contact;
}

function unlabelled(contact: ContactPoint, at: number): ContactPoint {
  return contact.recordedAs === 'self' && at % 3 === 0 ? { ...contact, recordedAs: 'unknown' } : contact;
}

/** Names only: what police wrote is said to be housing's, and so on round. */
function permuted(question: Question): Question {
  const agencies = [...new Set(question.records.map(({ agency }) => agency))].sort();
  const next = new Map(agencies.map((agency, at) => [agency, agencies[(at + 1) % agencies.length] ?? agency]));
  const records = question.records.map((record) => ({ ...record, agency: next.get(record.agency) ?? record.agency }));
  return { ...question, records };
}
