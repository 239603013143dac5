import { levelNumber } from './assemble.ts';
import type { TransformKind } from './language.ts';
import { postcodeAtEnd } from './postcode.ts';
import type { DisclosableValue } from '../../schemas/disclosable-value.ts';
import type { Level } from '../../schemas/level.ts';
import type { ReleasedValue } from '../../schemas/released-value.ts';

/**
 * Makes a value less, level by level (reference table 4.1). Monotone by construction: `lower` sees only what the
 * level above would have released, so nothing can come out at a level that was not already out at the next.
 */

type Of<K extends ReleasedValue['kind']> = Extract<ReleasedValue, { kind: K }>;
type At<K extends ReleasedValue['kind'], L extends Level> = Extract<Of<K>, { readonly level: L }>;
type Valued = Exclude<ReleasedValue, { kind: 'held' }>;

const HELD = { kind: 'held', level: 'exists', held: true } as const;
const NONE_HELD = { kind: 'held', level: 'exists', held: false } as const;

/** An identifier or number so short that its last three characters are most of it is not shown in part. */
const SHORTEST_TO_SHOW_IN_PART = 7;

const LONGEST_DOMAIN = 254;

const yearOf = (date: string): string => date.slice(0, 4);

// A part of one letter has no initial that says less than the part.
const initialOf = (part: string): string =>
  part.length > 1 ? `${String.fromCodePoint(part.codePointAt(0) ?? 0).toUpperCase()}.` : '';

function initialsOf(part = ''): string {
  // Nearly every part is one word, and splitting costs more than all the rest.
  return /\s/.test(part) ? part.trim().split(/\s+/).map(initialOf).join('') : initialOf(part);
}

function lowerName(name: Of<'name'>): ReleasedValue {
  if (name.level === 'partial') return HELD;
  const { given, middle, family, full } = name;
  const unparted = given === undefined && middle === undefined && family === undefined;
  const all = unparted ? initialsOf(full) : initialsOf(given) + initialsOf(middle) + initialsOf(family);
  const initials = all.slice(0, 40);
  return initials === '' ? HELD : { kind: 'name', level: 'partial', initials };
}

function lowerBirthDate(birth: Of<'date-of-birth'>): ReleasedValue {
  if (birth.level === 'full') return { kind: 'date-of-birth', level: 'partial', year: yearOf(birth.date) };
  if (birth.level === 'summary') return HELD;
  const decade = birth.year.slice(0, 3);
  return { kind: 'date-of-birth', level: 'summary', band: `${decade}0-${decade}9` };
}

function lowerAddress(address: Of<'address'>): ReleasedValue {
  if (address.level === 'summary') return HELD;
  if (address.level === 'partial') {
    const area = /^[A-Z]{1,2}/.exec(address.outward)?.[0];
    return area === undefined ? HELD : { kind: 'address', level: 'summary', area };
  }
  // Only the postcode is read: a line of an address cannot be trusted to be a town.
  const outward = postcodeAtEnd(address.postcode ?? '')?.outward;
  return outward === undefined ? HELD : { kind: 'address', level: 'partial', outward };
}

/** Mobile numbers of the United Kingdom take text messages; of any other it is not known. 070 and 076 are not mobiles. */
function useOf(number: string): 'sms-or-voice' | 'voice' {
  return /^(?:\+44|0044|0)(?:\(0\))?7(?:[1-57-9]|624)/.test(number.replaceAll(/[\s-]/g, '')) ? 'sms-or-voice' : 'voice';
}

function lowerPhone(phone: Of<'phone'>): ReleasedValue {
  if (phone.level === 'summary') return HELD;
  if (phone.level === 'partial') return { kind: 'phone', level: 'summary', use: phone.use };
  const digits = phone.number.replaceAll(/\D/g, '');
  const use = useOf(phone.number);
  return digits.length < SHORTEST_TO_SHOW_IN_PART
    ? { kind: 'phone', level: 'summary', use }
    : { kind: 'phone', level: 'partial', lastDigits: digits.slice(-3), use };
}

function lowerEmail(email: Of<'email'>): ReleasedValue {
  if (email.level === 'partial') return HELD;
  const domain = email.address.slice(email.address.lastIndexOf('@') + 1).toLowerCase();
  const usable = email.address.includes('@') && domain !== '' && domain.length <= LONGEST_DOMAIN;
  return usable ? { kind: 'email', level: 'partial', domain } : HELD;
}

function lowerIdentifier(identifier: Of<'identifier'>): ReleasedValue {
  if (identifier.level === 'partial' || identifier.value.length < SHORTEST_TO_SHOW_IN_PART) return HELD;
  return { kind: 'identifier', level: 'partial', lastCharacters: identifier.value.slice(-3) };
}

function lowerDates(dates: Of<'dates'>): ReleasedValue {
  if (dates.level === 'summary') return dates.dates.length > 0 ? HELD : NONE_HELD;
  if (dates.level === 'partial') {
    const years = dates.dates.map(({ label, month }) => ({ label, year: yearOf(month) }));
    return { kind: 'dates', level: 'summary', dates: years };
  }
  const months = dates.dates.map(({ label, date }) => ({ label, month: date.slice(0, 7) }));
  return { kind: 'dates', level: 'partial', dates: months };
}

function countByGroup(entries: readonly { readonly group: string; readonly year?: string | undefined }[]) {
  const groups = new Map<string, { group: string; count: number; mostRecentYear?: string }>();
  for (const { group, year } of entries) {
    const counted = groups.get(group) ?? { group, count: 0 };
    counted.count++;
    if (year !== undefined && !(year < (counted.mostRecentYear ?? ''))) counted.mostRecentYear = year;
    groups.set(group, counted);
  }
  return [...groups.values()];
}

type PartialEntry = Extract<Of<'list'>, { level: 'partial' }>['entries'][number];

function lowerList(list: Of<'list'>): ReleasedValue {
  if (list.level === 'summary') return list.groups.length > 0 ? HELD : NONE_HELD;
  if (list.level === 'partial') return { kind: 'list', level: 'summary', groups: countByGroup(list.entries) };
  // The title and the conditions name places and people: an order to keep away names where she lives.
  const entries = list.entries.map(({ group, date, outcome }) => {
    const entry: PartialEntry = { group };
    if (date !== undefined) entry.year = yearOf(date);
    if (outcome !== undefined) entry.outcome = outcome;
    return entry;
  });
  return { kind: 'list', level: 'partial', entries };
}

function lowerHealthItem(item: Of<'health-item'>): ReleasedValue {
  if (item.level === 'summary') return HELD;
  const { serviceType } = item;
  if (item.level === 'full' && item.conditionGroup !== undefined) {
    const lowered: At<'health-item', 'partial'> = {
      kind: 'health-item',
      level: 'partial',
      conditionGroup: item.conditionGroup,
    };
    if (serviceType !== undefined) lowered.serviceType = serviceType;
    return lowered;
  }
  return serviceType === undefined ? HELD : { kind: 'health-item', level: 'summary', serviceType };
}

function lowerFreeText(text: Of<'free-text'>): ReleasedValue {
  if (text.level === 'summary') return HELD;
  const { summary } = text;
  if (text.level === 'full' && text.redacted !== undefined) {
    const lowered: At<'free-text', 'partial'> = { kind: 'free-text', level: 'partial', redacted: text.redacted };
    if (summary !== undefined) lowered.summary = summary;
    return lowered;
  }
  // Never made from the text itself: a summary is what its owner wrote as one.
  return summary === undefined ? HELD : { kind: 'free-text', level: 'summary', summary };
}

function lowerProfessional(worker: Of<'professional'>): ReleasedValue {
  if (worker.level === 'summary') return HELD;
  const { team, organisation } = worker;
  const named = worker.level === 'full' ? worker.name : undefined;
  if (named === undefined && team === undefined && organisation === undefined) return HELD;
  const lowered: At<'professional', 'partial'> | At<'professional', 'summary'> =
    named === undefined
      ? { kind: 'professional', level: 'summary' }
      : { kind: 'professional', level: 'partial', name: named };
  if (team !== undefined) lowered.team = team;
  if (organisation !== undefined) lowered.organisation = organisation;
  return lowered;
}

/** The next lower released value that means anything. */
function lower(value: Valued): ReleasedValue {
  switch (value.kind) {
    case 'name':
      return lowerName(value);
    case 'date-of-birth':
      return lowerBirthDate(value);
    case 'address':
      return lowerAddress(value);
    case 'phone':
      return lowerPhone(value);
    case 'email':
      return lowerEmail(value);
    case 'identifier':
      return lowerIdentifier(value);
    case 'dates':
      return lowerDates(value);
    case 'list':
      return lowerList(value);
    case 'score':
      return value.level === 'full' ? { kind: 'score', level: 'summary', band: value.band } : HELD;
    case 'coded':
      return value.level === 'full' ? { kind: 'coded', level: 'summary', code: value.code, label: value.label } : HELD;
    case 'health-item':
      return lowerHealthItem(value);
    case 'free-text':
      return lowerFreeText(value);
    case 'professional':
      return lowerProfessional(value);
  }
}

/** What the value is with nothing taken away; a text of which only a redacted form was sent starts there. */
function whole(value: DisclosableValue): ReleasedValue {
  switch (value.kind) {
    case 'date-of-birth':
      return { kind: value.kind, date: value.date, level: 'full' };
    case 'phone':
      return { kind: value.kind, number: value.number, level: 'full' };
    case 'email':
      return { kind: value.kind, address: value.address, level: 'full' };
    case 'identifier':
      return { kind: value.kind, value: value.value, level: 'full' };
    case 'dates':
      return { kind: value.kind, dates: value.dates, level: 'full' };
    case 'list':
      return { kind: value.kind, entries: value.entries, level: 'full' };
    case 'score':
      return { kind: value.kind, value: value.value, band: value.band, level: 'full' };
    case 'free-text':
      return wholeText(value);
    case 'name':
      return wholeName(value);
    case 'professional':
      return wholeProfessional(value);
    case 'address':
      return wholeAddress(value);
    case 'coded':
      return wholeCode(value);
    case 'health-item':
      return wholeHealthItem(value);
  }
}

type Held<K extends DisclosableValue['kind']> = Extract<DisclosableValue, { kind: K }>;

// Property by property: a spread costs ten times as much, and these are most of what an answer is made of.
function wholeName({ given, middle, family, full }: Held<'name'>): ReleasedValue {
  const name: At<'name', 'full'> = { kind: 'name', level: 'full' };
  if (given !== undefined) name.given = given;
  if (middle !== undefined) name.middle = middle;
  if (family !== undefined) name.family = family;
  if (full !== undefined) name.full = full;
  return name;
}

function wholeAddress({ lines, postcode, uprn }: Held<'address'>): ReleasedValue {
  const address: At<'address', 'full'> = { kind: 'address', level: 'full', lines };
  if (postcode !== undefined) address.postcode = postcode;
  if (uprn !== undefined) address.uprn = uprn;
  return address;
}

function wholeCode({ code, label, detail }: Held<'coded'>): ReleasedValue {
  const coded: At<'coded', 'full'> = { kind: 'coded', level: 'full', code, label };
  if (detail !== undefined) coded.detail = detail;
  return coded;
}

function wholeHealthItem({ asRecorded, conditionGroup, serviceType }: Held<'health-item'>): ReleasedValue {
  const item: At<'health-item', 'full'> = { kind: 'health-item', level: 'full', asRecorded };
  if (conditionGroup !== undefined) item.conditionGroup = conditionGroup;
  if (serviceType !== undefined) item.serviceType = serviceType;
  return item;
}

function wholeProfessional({ name, team, organisation, phone, email }: Held<'professional'>): ReleasedValue {
  const worker: At<'professional', 'full'> = { kind: 'professional', level: 'full' };
  if (name !== undefined) worker.name = name;
  if (team !== undefined) worker.team = team;
  if (organisation !== undefined) worker.organisation = organisation;
  if (phone !== undefined) worker.phone = phone;
  if (email !== undefined) worker.email = email;
  return worker;
}

function wholeText({ written, redacted, summary }: Held<'free-text'>): ReleasedValue {
  if (written !== undefined) {
    const text: At<'free-text', 'full'> = { kind: 'free-text', level: 'full', written };
    if (redacted !== undefined) text.redacted = redacted;
    if (summary !== undefined) text.summary = summary;
    return text;
  }
  if (redacted !== undefined) {
    const text: At<'free-text', 'partial'> = { kind: 'free-text', level: 'partial', redacted };
    if (summary !== undefined) text.summary = summary;
    return text;
  }
  return summary === undefined ? NONE_HELD : { kind: 'free-text', level: 'summary', summary };
}

/** Whether anything is held, which is all that the lowest level says: the end of every way down. */
function existenceOf(value: DisclosableValue): typeof HELD | typeof NONE_HELD {
  switch (value.kind) {
    case 'dates':
      return value.dates.length > 0 ? HELD : NONE_HELD;
    case 'list':
      return value.entries.length > 0 ? HELD : NONE_HELD;
    case 'free-text':
      return (value.written ?? value.redacted ?? value.summary) === undefined ? NONE_HELD : HELD;
    default:
      return HELD;
  }
}

/** Lowers until the value says no more than the level allows. */
export function lowerTo(level: Level, from: ReleasedValue): ReleasedValue | undefined {
  if (level === 'deny') return undefined;
  let value = from;
  while (value.kind !== 'held' && levelNumber(value.level) > levelNumber(level)) value = lower(value);
  return value;
}

function accepts(transforms: readonly TransformKind[], kind: DisclosableValue['kind']): boolean {
  const asThirdParty = kind === 'address' || kind === 'coded';
  return transforms.includes(kind) || (asThirdParty && transforms.includes('third-party-location'));
}

/**
 * Takes the level decided, the value as its owner holds it and its field of the catalogue;
 * gives what may leave, whose own `level` says how much that really is: never more than decided, and less where the
 * kind has nothing to say at that level. Undefined when denied. A value of a kind that its field does not name is
 * reduced to "held": a source that sends an address as a code must not slip past the address's rules.
 */
export function transformTo(
  level: Level,
  value: DisclosableValue,
  field: { readonly transform: readonly TransformKind[] },
): ReleasedValue | undefined {
  if (level === 'deny') return undefined;
  if (!accepts(field.transform, value.kind)) return HELD;
  return level === 'exists' ? existenceOf(value) : lowerTo(level, whole(value));
}
