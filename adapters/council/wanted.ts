import { isoDateSchema, type IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import { birthDateOf, compareBirthDates } from './dates.ts';
import { compareNames, namesOf, type FullName } from './names.ts';

/** Who is looked for: the parts of the subject that decide whether somebody may be him. */
export interface Wanted {
  readonly names: readonly FullName[];
  readonly dateOfBirth: IsoDate;
}

/** What a search needs of the subject, or undefined: a name and a full birth date. A name alone is never searched. */
export function wantedOf(subject: Person): Wanted | undefined {
  const dateOfBirth = isoDateSchema.safeParse(subject.dateOfBirth).data;
  const names = namesOf(subject);
  return dateOfBirth === undefined || names.length === 0 ? undefined : { names, dateOfBirth };
}

/** A name of whatever parts are there. */
export const nameOf = (given: string | null | undefined, family: string | null | undefined): Partial<FullName> => ({
  ...(typeof given === 'string' ? { given } : {}),
  ...(typeof family === 'string' ? { family } : {}),
});

/** Whether a birth date is held that says anything. */
export const hasBirthDate = (held: string | null | undefined, { dateOfBirth }: Wanted): boolean =>
  birthDateOf(held, dateOfBirth) !== undefined;

/** Whether the birth date that is held is another man's, whatever the names are. */
export const isBornOnAnotherDay = (held: string | null | undefined, { dateOfBirth }: Wanted): boolean =>
  compareBirthDates(birthDateOf(held, dateOfBirth), dateOfBirth) === 'different';

/**
 * The same birth date with a like name; a birth date that slipped, or none, only with the very name.
 * @param atHisHome found where he is known to live: there the given name and the same birth date are enough to look
 * closer, because a family name changes with a marriage
 */
export function mayBeHim(
  held: readonly Partial<FullName>[],
  dateOfBirth: string | null | undefined,
  wanted: Wanted,
  atHisHome = false,
): boolean {
  const name = compareNames(held, wanted.names);
  switch (compareBirthDates(birthDateOf(dateOfBirth, wanted.dateOfBirth), wanted.dateOfBirth)) {
    case 'same':
      return name === 'close' || name === 'near' || (atHisHome && name === 'given-only');
    case 'near':
    case 'unknown':
      return name === 'close';
    case 'different':
      return false;
  }
}
