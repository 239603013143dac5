import { EQUAL, MISSING_LEVEL } from './levels.ts';

/**
 * Two people of one household look like one person with an error: everything is shared but one thing. Weights cannot
 * see this, since they take each agreement for a coincidence of its own. So a pair that looks like relatives may weigh
 * only as much as the table itself makes likely, by how many households it holds. The attacker is the household.
 */
export type Relation = 'none' | 'two of a household' | 'twins' | 'one undated' | 'namesakes' | 'generations';

/** Names at this level or worse are two names; better ones may be one name badly written. */
export const DIFFERENT_NAME = 7;
/** The worst level of a surname that may be the same, and of a first name: an initial may be it. */
const SAME_NAME = 4;
const SAME_GIVEN = 5;
/** The worst level of a date that may be the same, and the one of dates more than ten years apart. */
export const SAME_DATE = 4;
const FAR_DATE = 8;
/** From this level on dates are more than 400 days apart, which errors seldom make. */
const APART_DATE = 7;

/** What a relation is read from. */
export interface RelationEvidence {
  /** Levels of the names, the generation and the birth date. */
  readonly given: number;
  readonly family: number;
  readonly generation: number;
  readonly date: number;
  /** Bits that surname, home, phones and e-mails give together. */
  readonly householdBits: number;
  /** From which they make a household. */
  readonly householdFrom: number;
  readonly identifierAgrees: boolean;
}

/** Chance may make so many pairs of a table look like a household, per row. */
const CHANCE_PER_ROW = 1 / 64;

/**
 * From how many bits of surname, home, phone and e-mail on two rows are taken to be of one household: so many that chance gives
 * few such pairs in a table of this size. A town in common is no household.
 *
 * @param linkable pairs of rows
 */
export const householdBits = (rows: number, linkable: number): number =>
  Math.log2(Math.max(2, linkable) / Math.max(2, rows * CHANCE_PER_ROW));

/** Whether two rows can be relatives at all: cheap, because it is asked of every pair. */
export const mayBeRelatives = (given: number, generation: number, date: number): boolean =>
  given > SAME_GIVEN || generation > EQUAL || date >= APART_DATE;

/** What two rows look like to each other. An identifier of one person outranks every likeness to a relative. */
export function relationOf(evidence: RelationEvidence): Relation {
  const { given, family, generation, date, identifierAgrees } = evidence;
  if (identifierAgrees || !mayBeRelatives(given, generation, date)) return 'none';
  if (generation > EQUAL) return 'generations';
  if (evidence.householdBits < evidence.householdFrom) return 'none';
  if (given === MISSING_LEVEL) return date >= APART_DATE ? 'two of a household' : 'none';
  if (given <= SAME_GIVEN) return date === FAR_DATE && isSame(family) ? 'namesakes' : 'none';
  if (date > SAME_DATE) return 'two of a household';
  if (given !== DIFFERENT_NAME) return 'none';
  return date === MISSING_LEVEL ? 'one undated' : 'twins';
}

const isSame = (level: number): boolean => level !== MISSING_LEVEL && level <= SAME_NAME;

/** How many pairs of a table stand in each relation. */
export type RelationCounts = Readonly<Record<Relation, number>>;

/** The most that a pair in each relation may weigh, in bits. */
export type RelationCaps = Readonly<Record<Relation, number>>;

/** Relatives assumed in a small table, as pairs, so that it is not taken to have none; a large one shows its own. */
const ASSUMED_RELATIVES = 4;
const SMALL_TABLE_ROWS = 500;
/** One maternity in 65 is of twins or more (ONS, births in England and Wales): of pairs of one household fewer. */
const TWINS_OF_HOUSEHOLD = 0.02;
/** Sons named after their fathers, daughters after their mothers, of pairs of one household: ours, on the high side. */
const NAMESAKES_OF_HOUSEHOLD = 0.05;
/** Of a pair that is told to be two generations. */
const RULED_APART = -5;

const capOf = (relatives: number, all: number): number => {
  const share = Math.min(0.97, Math.max(0, relatives) / Math.max(all, 1e-9));
  return share === 0 ? Number.POSITIVE_INFINITY : Math.max(RULED_APART, Math.log2((1 - share) / share));
};

/**
 * Caps from counts: of pairs with two names and two dates in one household, those beyond what errors alone would give
 * are relatives; from them follows how many twins and namesakes to expect.
 *
 * @param expected pairs that errors and chance alone would make look like two of a household
 */
export function capsFrom(counts: RelationCounts, expected: number, rows: number): RelationCaps {
  const assumed = (ASSUMED_RELATIVES * SMALL_TABLE_ROWS) / (SMALL_TABLE_ROWS + rows);
  const two = counts['two of a household'];
  const relatives = Math.max(0, two - expected);
  return {
    none: Number.POSITIVE_INFINITY,
    'two of a household': capOf(relatives + assumed, two + 1),
    twins: capOf(TWINS_OF_HOUSEHOLD * relatives + assumed, counts.twins + 1),
    // Of undated pairs as many are relatives as of dated ones.
    'one undated': capOf(relatives + assumed, two + counts.twins + 1),
    namesakes: capOf(NAMESAKES_OF_HOUSEHOLD * relatives + assumed, counts.namesakes + 1),
    generations: RULED_APART,
  };
}

/** Caps where nothing is learnt: relatives are relatives. */
export const ASSUMED_CAPS: RelationCaps = {
  none: Number.POSITIVE_INFINITY,
  'two of a household': RULED_APART,
  twins: RULED_APART,
  'one undated': RULED_APART,
  namesakes: 0,
  generations: RULED_APART,
};
