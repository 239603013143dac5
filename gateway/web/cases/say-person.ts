import type { Person } from '../../../schemas/person.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import { sayDay } from '../layout/say-date.ts';

/** The person of a case in words, as the case register knows him. */

/** The current name, or the first one there is. */
export function sayName({ names = [] }: Person): string {
  const name = names.find(({ type }) => type !== 'alias') ?? names[0];
  if (name === undefined) return 'Name not known';
  const parts = [name.given, name.middle, name.family].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(' ') : (name.full ?? 'Name not known');
}

/** Birth date with the age beside it, as far as both are known: "14 March 1988 (38 years old)". */
export function sayBorn({ dateOfBirth }: Person, today: IsoDate): string {
  if (dateOfBirth === undefined) return 'Not known';
  if (dateOfBirth.length === 10) return `${sayDay(dateOfBirth)} (${ageOn(dateOfBirth, today)} years old)`;
  const age = Number(today.slice(0, 4)) - Number(dateOfBirth.slice(0, 4));
  return `${sayMonth(dateOfBirth)} (about ${age} years old)`;
}

const sayMonth = (date: string): string => (date.length === 7 ? sayDay(`${date}-01`).replace(/^1 /u, '') : date);

/** Whole years lived on a day. */
export function ageOn(birth: IsoDate, today: IsoDate): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) < birth.slice(5) ? years - 1 : years;
}
