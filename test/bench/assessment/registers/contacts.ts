import { isoOf } from '../people/days.ts';
import { at, type Someone } from '../people/people.ts';
import type { ContactEntry } from './entries.ts';
import { addressLine, mistypedPhone, phoneForm } from './handwriting.ts';
import type { Writing } from './record.ts';
import type { Register } from './register.ts';

const PLACEHOLDERS = [
  '00000000000',
  '07000000000',
  'UNKNOWN',
  'N/A',
  'none',
  '0',
  'NOT KNOWN',
  '01234567890',
  '07777777777',
  'No phone',
  '99999999999',
  '-',
];

const RECORDED: Readonly<Record<string, string>> = {
  victim: 'partner',
  'new-partner': 'partner',
  'former-partner': 'partner',
  mother: 'mother',
  father: 'relative',
  brother: 'relative',
  sister: 'relative',
  twin: 'relative',
  friend: 'friend',
  child: 'relative',
  son: 'relative',
};

/** Ways to reach this person as one record holds them: theirs, other people's, placeholders. */
export function contactEntries(writing: Writing, register: Register, person: Someone, written: number): ContactEntry[] {
  const { chance, world, today, everybody } = writing;
  const found: ContactEntry[] = [];
  const dates = (from: number, to: number | undefined): Partial<ContactEntry> => {
    const until = chance.happens(world.falselyConfirmed) ? today : Math.min(to ?? today, written);
    const confirmed = Math.max(from, Math.min(until, written + chance.between(0, 60)));
    return {
      ...(chance.happens(0.5) ? { from: isoOf(from) } : {}),
      ...(to !== undefined && to <= written && chance.happens(0.5) ? { to: isoOf(to) } : {}),
      ...(chance.happens(0.6) ? { lastConfirmed: isoOf(Math.min(confirmed, today)) } : {}),
      ...(chance.happens(0.25) ? { verified: chance.happens(0.7) } : {}),
    };
  };
  const told = (word: string): Partial<ContactEntry> =>
    chance.happens(0.75) ? { recordedAs: word } : chance.happens(0.3) ? { recordedAs: 'unknown' } : {};
  if (chance.happens(register.phones * (1 - world.phoneMissing))) {
    for (const { value, from, to } of person.mobiles
      .filter((spell) => spell.from <= written)
      .slice(chance.happens(0.35) ? -2 : -1)) {
      const number = chance.happens(world.phoneTypo) ? mistypedPhone(chance, value) : value;
      found.push({ kind: 'phone', value: phoneForm(chance, number), ...told('self'), ...dates(from, to) });
    }
    const home = person.homes.findLast(({ from }) => from <= written);
    if (home?.value.landline !== undefined && chance.happens(home.value.kind === 'house' ? 0.4 : 0.7)) {
      found.push({
        kind: 'phone',
        value: phoneForm(chance, home.value.landline),
        ...told(home.value.kind === 'house' ? 'self' : 'hostel'),
        ...dates(home.from, home.to),
      });
    }
    if (person.work !== undefined && chance.happens(0.4))
      found.push({
        kind: 'phone',
        value: phoneForm(chance, person.work),
        ...told('work'),
        ...dates(written - 400, undefined),
      });
  }
  if (chance.happens(world.phonePlaceholder))
    found.push({ kind: 'phone', value: chance.pick(PLACEHOLDERS), ...told('self'), ...dates(written - 10, undefined) });
  const near = ['namesake', 'hostel-mate', 'cousin'].includes(person.relation)
    ? []
    : everybody.filter(
        ({ id, relation }) =>
          id !== person.id &&
          RECORDED[relation] !== undefined &&
          (person.relation !== 'friend' || relation !== 'victim'),
      );
  if (near.length > 0 && chance.happens(world.emergencyContact)) {
    const other = chance.pick(near);
    const number = at(other.mobiles, written);
    if (number !== undefined) {
      const wrong = chance.happens(world.mislabelled);
      const word = person.relation === 'subject' ? (RECORDED[other.relation] ?? 'friend') : 'relative';
      found.push({
        kind: 'phone',
        value: phoneForm(chance, number),
        ...(wrong ? (chance.happens(0.5) ? { recordedAs: 'self' } : {}) : { recordedAs: word }),
        ...dates(written - 300, undefined),
      });
    }
  }
  const mail = at(person.emails, written);
  if (mail !== undefined && chance.happens(0.4))
    found.push({
      kind: 'email',
      value: chance.happens(0.3) ? mail.toUpperCase() : mail,
      ...told('self'),
      ...dates(written - 900, undefined),
    });
  if (chance.happens(0.03))
    found.push({
      kind: 'email',
      value: chance.pick(['none@none.com', 'noemail@noemail.com', 'N/A', 'unknown']),
      ...told('self'),
    });
  const home = person.homes.findLast(({ from }) => from <= written);
  if (home !== undefined && chance.happens(0.7)) {
    found.push({
      kind: 'address',
      value:
        home.value.kind === 'hostel' || !chance.happens(0.01)
          ? addressLine(chance, world, home.value)
          : 'NO FIXED ABODE',
      ...told(home.value.kind === 'hostel' ? 'hostel' : 'self'),
      ...dates(home.from, home.to),
    });
  }
  return chance.shuffled(found);
}
