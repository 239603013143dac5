import type { StaffMember } from '../../../gateway/ports/staff-register.ts';
import type { Random } from '../../population/random.ts';

/** The people of a partnership who may ask, and when they work. */

export interface Worker extends StaffMember {
  readonly roster: 'office' | 'round-the-clock';
  readonly manager: boolean;
  readonly first: string;
  readonly surname: string;
  readonly home: string;
  /** First day of work in the year, from 0. */
  readonly startsOn: number;
}

const TEAMS: readonly (readonly [agency: string, team: string, size: number, roster: Worker['roster']])[] = [
  ['riverton-council', 'Intervention', 9, 'office'],
  ['police', 'Safeguarding A', 9, 'office'],
  ['police', 'Safeguarding B', 9, 'office'],
  ['police', 'Control room', 14, 'round-the-clock'],
  ['probation', 'North', 9, 'office'],
  ['probation', 'South', 9, 'office'],
  ['probation', 'East', 8, 'office'],
  ['housing', 'Harbour', 7, 'office'],
  ['housing', 'Canal Side', 7, 'office'],
  ['housing', 'Options', 6, 'office'],
  ['health', 'Safeguarding', 6, 'office'],
  ['health', 'Clinics', 10, 'office'],
  ['childrens', 'Assessment', 12, 'office'],
  ['childrens', 'Support', 10, 'office'],
  ['childrens', 'Protection', 12, 'office'],
];

export const AGENCIES = [...new Set(TEAMS.map(([agency]) => agency))];
export const POSTCODES = 3_000;
const SURNAMES = Array.from({ length: 500 }, (_, n) => `surname ${n}`);
const FIRST_NAMES = Array.from({ length: 150 }, (_, n) => `first ${n}`);

/** A name as common as names are. */
export const nameOf = (random: Random): { first: string; surname: string } => ({
  first: random.early(FIRST_NAMES),
  surname: random.early(SURNAMES),
});

export const dayText = (begin: number, day: number): string =>
  new Date(begin + day * 86_400_000).toISOString().slice(0, 10);

/** Everybody, with two or three weeks' leave at a time of year and some single days. */
export function workersOf(random: Random, begin: number): readonly Worker[] {
  return TEAMS.flatMap(([agency, team, size, roster]) =>
    Array.from({ length: size }, (_, n): Worker => {
      const { first, surname } = nameOf(random);
      const home = random.chance(0.4)
        ? `postcode ${random.between(0, POSTCODES - 1)}`
        : `elsewhere ${agency} ${team} ${n}`;
      return {
        ...{ agency, team, roster, first, surname, home },
        staffId: `${agency.slice(0, 3)}.${team.toLowerCase().replaceAll(' ', '-')}.${String(n)}`,
        manager: n === 0,
        startsOn: random.chance(0.1) ? random.between(30, 250) : -400,
        nameDigest: `${first} ${surname}`,
        surnameDigests: [surname],
        homeDigest: home,
        leave: leaveOf(random, begin),
      };
    }),
  );
}

function leaveOf(random: Random, begin: number): { from: string; to: string }[] {
  const weeks = Array.from({ length: 2 }, () => ({ from: random.between(10, 340), days: random.between(4, 15) }));
  const single = Array.from({ length: 5 }, () => ({ from: random.between(0, 360), days: 0 }));
  return [...weeks, ...single].map(({ from, days }) => ({
    from: dayText(begin, from),
    to: dayText(begin, from + days),
  }));
}
