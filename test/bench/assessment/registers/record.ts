import type { Chance } from '../people/chance.ts';
import { isoOf } from '../people/days.ts';
import { at, nameAt, type Someone } from '../people/people.ts';
import { contactEntries } from './contacts.ts';
import type { AddressEntry, PersonEntry, RecordEntry } from './entries.ts';
import { birthEntry, nameEntry, numberEntry, postcodeForm } from './handwriting.ts';
import type { Register } from './register.ts';
import type { World } from './worlds.ts';

export interface Writing {
  readonly chance: Chance;
  readonly world: World;
  readonly today: number;
  readonly everybody: readonly Someone[];
}

/** One agency's record of one person as it stood when it was last written. */
export function writeRecord(
  writing: Writing,
  register: Register,
  person: Someone,
  role: string | undefined,
): RecordEntry {
  const { chance, world, today } = writing;
  const written = Math.max(today - Math.round(chance.wait(register.age * world.age)), person.born + 1, today - 3650);
  const home = at(person.homes, written);
  const birth = birthEntry(chance, world, person.born);
  const entry: PersonEntry = {
    names: [nameEntry(chance, world, register, nameAt(person, written), person.sex)],
    ...(birth === undefined ? {} : { dateOfBirth: birth }),
    ...(chance.happens(world.sexMissing)
      ? {}
      : { sex: chance.happens(world.sexWrong) ? (person.sex === 'male' ? 'female' : 'male') : person.sex }),
  };
  if (['police', 'probation', 'prison'].includes(register.agency)) {
    const more = [
      ...person.aliases,
      ...person.names.filter(({ to }) => to !== undefined && to < written).map(({ value }) => value),
    ];
    for (const alias of more)
      if (chance.happens(0.6))
        entry.names?.push({ ...nameEntry(chance, world, register, alias, person.sex), type: 'alias' });
    if (person.aliasBorn !== undefined && chance.happens(0.5)) entry.otherDatesOfBirth = [isoOf(person.aliasBorn)];
  }
  const numbers = register.numbers.flatMap(([type, share]) => {
    const one =
      chance.happens(share * (1 - world.numberMissing)) || ['NOMS', 'CRN'].includes(type)
        ? numberEntry(chance, world, person, type, home)
        : undefined;
    return one === undefined ? [] : [one];
  });
  if (numbers.length > 0) entry.identifiers = numbers;
  const addresses = addressEntries(writing, register, person, written);
  if (addresses.length > 0) entry.addresses = addresses;
  const contacts = contactEntries(writing, register, person, written);
  const own = contacts
    .filter(({ kind, recordedAs }) => kind === 'phone' && (recordedAs ?? 'self') === 'self')
    .map(({ value }) => value);
  if (own.length > 0 && chance.happens(0.7)) entry.phones = own;
  const mails = contacts
    .filter(({ kind, recordedAs }) => kind === 'email' && (recordedAs ?? 'self') === 'self')
    .map(({ value }) => value);
  if (mails.length > 0 && chance.happens(0.7)) entry.emails = mails;
  return {
    recordId: `${register.agency}:${register.prefix}-${chance.between(10_000_000, 99_999_999)}`,
    agency: register.agency,
    system: register.system,
    ...(role === undefined ? {} : { role }),
    person: entry,
    contacts,
    ...(chance.happens(0.9) ? { lastUpdated: isoOf(written) } : {}),
  };
}

function addressEntries(
  { chance, world }: Writing,
  register: Register,
  person: Someone,
  written: number,
): AddressEntry[] {
  const past = person.homes.filter(({ from }) => from <= written).slice(-register.addresses);
  return past.flatMap(({ value, from, to }): AddressEntry[] => {
    if (chance.happens(world.postcodeMissing)) return chance.happens(0.5) ? [] : [{ lines: [...value.lines] }];
    return [
      {
        ...(chance.happens(0.9)
          ? { lines: value.lines.map((line) => (register.form === 'upper' ? line.toUpperCase() : line)) }
          : {}),
        postcode: postcodeForm(chance, world, value.postcode),
        ...(chance.happens(register.agency === 'housing' ? 0.9 : 0.2) ? { uprn: value.uprn } : {}),
        ...(chance.happens(0.6) ? { from: isoOf(from) } : {}),
        ...(to !== undefined && to <= written && chance.happens(0.7) ? { to: isoOf(to) } : {}),
      },
    ];
  });
}
