import type { Household } from '../people/household.ts';
import type { Someone, Spell } from '../people/people.ts';
import { plainPostcode } from './plain.ts';

/** Whose a value is today, and whether it ever was his. */
export interface Ownership {
  readonly hisNow: boolean;
  readonly hisEver: boolean;
  /** Her value, or a child's. */
  readonly protectedNow: boolean;
  readonly othersNow: boolean;
}

export type Owners = Readonly<Record<string, Ownership>>;

/** Owners of all telephone numbers, e-mail addresses and postcodes around a subject. */
export function ownersOf(house: Household): Record<'phones' | 'emails' | 'postcodes', Owners> {
  return {
    phones: tableOf(house, linesOf),
    emails: tableOf(house, ({ emails }) => emails),
    postcodes: tableOf(house, ({ homes }) =>
      homes.map(({ value, from, to }) => ({ value: plainPostcode(value.postcode), from, to })),
    ),
  };
}

/** A landline is of whoever lives where it rings. */
const linesOf = ({ mobiles, homes, work }: Someone): Spell<string>[] => [
  ...mobiles,
  ...homes.flatMap(({ value: { landline }, from, to }) =>
    landline === undefined ? [] : [{ value: landline, from, to }],
  ),
  ...(work === undefined ? [] : [{ value: work, from: 0, to: undefined }]),
];

function tableOf(house: Household, spellsOf: (person: Someone) => readonly Spell<string>[]): Owners {
  const held = house.everybody.flatMap((person) =>
    spellsOf(person).map(({ value, to }) => ({ value, person, isNow: to === undefined || to > house.around.today })),
  );
  const values = [...new Set(held.map(({ value }) => value))];
  return Object.fromEntries(
    values.map((value) => {
      const holders = held.filter((one) => one.value === value);
      const isHeldNow = (by: (person: Someone) => boolean): boolean =>
        holders.some(({ person, isNow }) => isNow && by(person));
      return [
        value,
        {
          hisNow: isHeldNow((person) => person === house.subject),
          hisEver: holders.some(({ person }) => person === house.subject),
          protectedNow: isHeldNow(({ relation }) => relation === 'victim' || relation === 'child'),
          othersNow: isHeldNow((person) => person !== house.subject),
        },
      ];
    }),
  );
}
