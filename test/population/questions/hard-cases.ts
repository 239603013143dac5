import type { SourceRecord } from '../../../schemas/source-record.ts';
import type { TrueReach } from '../questions.ts';
import type { Circle } from './circle.ts';

/** The names of everything that makes a question hard, sorted: what was drawn, and what came of it in the records. */
export function hardCasesOf(
  { cases, him, victim }: Circle,
  his: readonly SourceRecord[],
  contacts: readonly TrueReach[],
): readonly string[] {
  const found = new Set<string>([...cases].filter((each) => !ORDINARY.has(each)));
  if (him.otherName !== undefined) found.add('two-names');
  if (him.otherBirthDate !== undefined) found.add('two-birth-dates');
  if (his.length === 0) found.add('known-to-none');
  if (his.length === 1) found.add('known-to-one-agency');
  if (him.person.sex === 'female') found.add('subject-is-a-woman');
  if (victim.person.sex === him.person.sex) found.add('same-sex-couple');
  const phones = contacts.filter(({ kind }) => kind === 'phone');
  const reachedThere = (who: string) => phones.some(({ reaches }) => reaches.some((each) => each === who));
  if (reachedThere('victim')) found.add('victims-number-in-his-records');
  if (reachedThere('mother')) found.add('mothers-number-in-his-records');
  if (reachedThere('stranger')) found.add('number-of-a-stranger');
  return found.size === 0 ? ['plain'] : [...found].sort();
}

/** Kin of other names are no difficulty by themselves. */
const ORDINARY: ReadonlySet<string> = new Set(['mother', 'father', 'brother', 'sister', 'new-partner']);
