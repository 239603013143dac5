import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { ReleasedValue } from '../../../schemas/released-value.ts';
import { sayDay } from '../layout/say-date.ts';

/** A released value in lines of words, at whatever level policy left of it. */

type Of<K extends ReleasedValue['kind']> = Extract<ReleasedValue, { kind: K }>;

export function sayValue(value: ReleasedValue): readonly string[] {
  switch (value.kind) {
    case 'phone':
      return [sayPhone(value)];
    case 'email':
      return [value.level === 'full' ? value.address : `an e-mail address at ${value.domain}`];
    case 'address':
      return sayAddress(value);
    case 'name':
      return [
        value.level === 'full'
          ? (value.full ?? joined([value.given, value.middle, value.family], ' '))
          : value.initials,
      ];
    case 'date-of-birth':
      return [sayBirth(value)];
    case 'identifier':
      return [value.level === 'full' ? value.value : `ends in ${value.lastCharacters}`];
    case 'dates':
      return sayDates(value);
    case 'list':
      return sayList(value);
    case 'score':
      return [value.level === 'full' ? `${value.band} (${value.value})` : value.band];
    case 'coded':
      return [value.level === 'full' && value.detail !== undefined ? `${value.label}: ${value.detail}` : value.label];
    case 'health-item':
      return [sayHealth(value)];
    case 'free-text':
      return [value.level === 'full' ? value.written : value.level === 'partial' ? value.redacted : value.summary];
    case 'professional':
      return sayProfessional(value);
    case 'held':
      return [value.held ? 'Held, but not shown for this purpose' : 'None held'];
  }
}

const joined = (parts: readonly (string | undefined)[], by: string): string =>
  parts.filter((part) => part !== undefined).join(by);

/** A British number as a person here dials it; any other with its country code. */
export function sayNumber(number: string): string {
  const parsed = parsePhoneNumberFromString(number, 'GB');
  if (parsed === undefined) return number;
  return parsed.country === 'GB' || parsed.countryCallingCode === '44'
    ? parsed.formatNational()
    : parsed.formatInternational();
}

function sayPhone(value: Of<'phone'>): string {
  if (value.level === 'full') return sayNumber(value.number);
  const use = value.use === 'voice' ? 'a number for calls only' : 'a number for calls and text messages';
  return value.level === 'partial' ? `${use}, ending ${value.lastDigits}` : use;
}

function sayAddress(value: Of<'address'>): readonly string[] {
  if (value.level === 'partial') return [`in postcode district ${value.outward}`];
  if (value.level === 'summary') return [`in postcode area ${value.area}`];
  const { lines, postcode } = value;
  return [...lines, ...(postcode === undefined || lines.at(-1)?.endsWith(postcode) === true ? [] : [postcode])];
}

function sayBirth(value: Of<'date-of-birth'>): string {
  if (value.level === 'full') return sayDay(value.date);
  return value.level === 'partial' ? value.year : `between ${value.band.replace('-', ' and ')}`;
}

function sayDates(value: Of<'dates'>): readonly string[] {
  switch (value.level) {
    case 'full':
      return value.dates.map(
        ({ label, date, confirmed }) => `${label}: ${sayDay(date)}${confirmed === true ? ' (confirmed)' : ''}`,
      );
    case 'partial':
      return value.dates.map(({ label, month }) => `${label}: ${sayDay(`${month}-01`).replace(/^1 /u, '')}`);
    case 'summary':
      return value.dates.map(({ label, year }) => `${label}: ${year}`);
  }
}

function sayList(value: Of<'list'>): readonly string[] {
  switch (value.level) {
    case 'full':
      return value.entries.map(({ group, title, date, until, outcome, conditions = [] }) =>
        [
          `${group}: ${title}`,
          ...(date === undefined ? [] : [`from ${sayDay(date)}`]),
          ...(until === undefined ? [] : [`until ${sayDay(until)}`]),
          ...(outcome === undefined ? [] : [outcome]),
          ...conditions,
        ].join('; '),
      );
    case 'partial':
      return value.entries.map(({ group, year, outcome }) => joined([group, year, outcome], ', '));
    case 'summary':
      return value.groups.map(({ group, count, mostRecentYear }) =>
        mostRecentYear === undefined ? `${group}: ${count}` : `${group}: ${count}, most recently ${mostRecentYear}`,
      );
  }
}

function sayHealth(value: Of<'health-item'>): string {
  if (value.level === 'full') return joined([value.asRecorded, value.conditionGroup, value.serviceType], ', ');
  return value.level === 'partial' ? joined([value.conditionGroup, value.serviceType], ', ') : value.serviceType;
}

function sayProfessional(value: Of<'professional'>): readonly string[] {
  const { team, organisation } = value;
  const name = value.level === 'summary' ? undefined : value.name;
  const first = joined([name, team, organisation], ', ');
  if (value.level !== 'full') return [first];
  const phone = value.phone === undefined ? undefined : sayNumber(value.phone);
  return [first, joined([phone, value.email], ', ')].filter((line) => line !== '');
}
