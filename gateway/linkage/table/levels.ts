/**
 * The levels at which two values of an attribute may agree, best first, with the shares that are assumed before the
 * table is looked at: `m` of pairs of one person, `u` of pairs of two. Level 0 is "one has none" and weighs nothing;
 * level 1 is always "equal", whose `u` is taken from how common the value is. The assumed shares are orders of
 * magnitude: the published levels of the Core Person Record (../weigh/weights.ts) where it has the level, else what
 * studies of recording errors report (a tenth of fields or fewer differ between records of one person). A table of a
 * few hundred pairs of one person outweighs them.
 */
export interface Level {
  readonly name: string;
  readonly m: number;
  readonly u: number;
}

export type ComparisonKind =
  | 'given'
  | 'family'
  | 'order'
  | 'middle'
  | 'generation'
  | 'text'
  | 'postcode'
  | 'phone'
  | 'email'
  | 'identifier'
  | 'date'
  | 'sex';

const level = (name: string, m: number, u: number): Level => ({ name, m, u });

export const LEVELS: Readonly<Record<ComparisonKind, readonly Level[]>> = {
  given: [
    level('equal', 0.8, 0.006),
    level('variant', 0.03, 0.003),
    level('one edit', 0.07, 0.002),
    level('near', 0.03, 0.005),
    level('initial', 0.02, 0.03),
    level('like', 0.02, 0.06),
    level('different', 0.03, 0.894),
  ],
  family: [
    level('equal', 0.82, 0.001),
    level('variant', 0.01, 0.0005),
    level('one edit', 0.07, 0.0008),
    level('near', 0.03, 0.003),
    level('initial', 0.01, 0.03),
    level('like', 0.02, 0.03),
    level('different', 0.04, 0.934),
  ],
  order: [level('as given', 0.97, 0.9), level('exchanged', 0.03, 0.1)],
  middle: [
    level('equal', 0.8, 0.012),
    level('initial', 0.06, 0.04),
    level('near', 0.07, 0.01),
    level('different', 0.07, 0.938),
  ],
  generation: [level('equal', 0.98, 0.5), level('different', 0.02, 0.5)],
  text: [
    level('equal', 0.72, 0.01),
    level('one edit', 0.08, 0.002),
    level('near', 0.06, 0.006),
    level('elsewhere', 0.03, 0.003),
    level('like', 0.03, 0.05),
    level('different', 0.08, 0.929),
  ],
  postcode: [
    level('equal', 0.75, 0.001),
    level('one edit', 0.08, 0.002),
    level('same district', 0.05, 0.01),
    level('different', 0.12, 0.987),
  ],
  phone: [level('equal', 0.7, 0.0005), level('near', 0.06, 0.0001), level('different', 0.24, 0.9994)],
  email: [
    level('equal', 0.7, 0.0005),
    level('near', 0.12, 0.0005),
    level('same name', 0.03, 0.0005),
    level('different', 0.15, 0.9985),
  ],
  identifier: [level('equal', 0.85, 0.00001), level('near', 0.07, 0.0001), level('different', 0.08, 0.99989)],
  date: [
    level('equal', 0.85, 0.0001),
    level('slip', 0.06, 0.001),
    level('two parts', 0.03, 0.004),
    level('coarser', 0.01, 0.003),
    level('within a month', 0.01, 0.001),
    level('within 400 days', 0.01, 0.025),
    level('within 10 years', 0.01, 0.2),
    level('different', 0.02, 0.7669),
  ],
  sex: [level('equal', 0.97, 0.5), level('different', 0.03, 0.5)],
};

/**
 * The first level from which on two people of one household are alike otherwise than two strangers: they have a surname and a
 * home in common and are often man and woman, but are given their first names and birth dates one by one. Kinds that are
 * not named here are given to each alone.
 */
export const ALIKE_FROM: Partial<Readonly<Record<ComparisonKind, number>>> = {
  given: 5,
  family: 1,
  text: 1,
  postcode: 1,
  phone: 1,
  email: 1,
  date: 5,
  sex: 1,
};

/** Level numbers by name, for code that has to speak of one. */
export const MISSING_LEVEL = 0;
export const EQUAL = 1;
