import { BARRED } from './group.ts';
import { EQUAL, MISSING_LEVEL } from './levels.ts';

/**
 * Two people of one household look like one person with an error: everything is shared but one thing. Weights cannot
 * see this, since they take each agreement for a coincidence of its own. So a pair that looks like relatives may weigh
 * only as much as the table itself makes likely, by how many households it holds. The attacker is the household.
 */
export type Relation =
  | 'none'
  | 'two of a household'
  | 'twins'
  | 'one undated'
  | 'one unnamed'
  | 'namesakes'
  | 'generations'
  | 'ten years apart'
  | 'identified apart'
  | 'two names'
  | 'household only'
  | 'name only'
  | 'surname and date only';

/** Names at this level or worse are two names; better ones may be one name badly written. */
export const DIFFERENT_NAME = 7;
/** The worst level of a surname that may be the same, and of a first name: an initial may be it. */
const SAME_NAME = 4;
const SAME_GIVEN = 5;
/** The worst level of a first name that is one, mistyped: names of sisters and brothers often begin alike. */
const ONE_EDIT = 3;
/** The worst level of a date that may be the same, and the one of dates more than ten years apart. */
export const SAME_DATE = 4;
const FAR_DATE = 8;
/** From this level on dates are more than 400 days apart, which errors seldom make. */
const APART_DATE = 7;
/**
 * Bits that something beyond what is shared anyway has to give before it tells one person from two: one chance in 32.
 * A town gives less, a slip in a birth date more.
 */
const TELLS = 5;

/** What a relation is read from. */
export interface RelationEvidence {
  /** Levels of the names, the generation and the birth date. */
  readonly given: number;
  readonly family: number;
  readonly generation: number;
  readonly date: number;
  /** Bits that surname, home, phones and e-mails give together, and those without the surname. */
  readonly householdBits: number;
  readonly homeBits: number;
  /** Bits that agreements give which neither a household nor a family shares, names and dates apart. */
  readonly personalBits: number;
  /** From which they make a household. */
  readonly householdFrom: number;
  readonly identifierAgrees: boolean;
  /** Identifiers of one type on both sides, and none of them alike. */
  readonly identifierDiffers: boolean;
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

/** Whether two rows agree in first name, surname and birth date and nobody says that they are two generations: cheap. */
export const agreeThroughout = (given: number, family: number, generation: number, date: number): boolean =>
  isSame(family) && given !== MISSING_LEVEL && given <= ONE_EDIT && isSameDate(date) && generation <= EQUAL;

/** What two rows look like to each other. An identifier of one person outranks every likeness to a relative. */
export function relationOf(evidence: RelationEvidence): Relation {
  const { given, family, generation, date, personalBits, identifierAgrees } = evidence;
  if (identifierAgrees || agreeThroughout(given, family, generation, date)) return 'none';
  if (generation > EQUAL) return 'generations';
  if (isSomebodyElse(evidence)) return 'two names';
  if (personalBits >= TELLS) return inHousehold(evidence);
  if (evidence.identifierDiffers && date !== EQUAL && !isSurelyNamed(evidence)) return 'identified apart';
  const relation = inHousehold(evidence);
  return relation === 'none' ? onTooLittle(evidence) : relation;
}

/**
 * Another first name, and another surname or birth year, and nothing of a home or a contact point in common: what else the
 * table tells, a trade or a country, many have in common, and those who share one share others.
 */
const isSomebodyElse = ({ given, family, date, homeBits }: RelationEvidence): boolean =>
  given === DIFFERENT_NAME && (family === DIFFERENT_NAME || date >= APART_DATE) && homeBits < TELLS;

/**
 * One full name in one household, and one of the two undated: of a household few are called after each other, and a number
 * that was typed wrong is more likely. It weighs for itself.
 */
const isSurelyNamed = ({ given, family, date, homeBits, householdFrom }: RelationEvidence): boolean =>
  date === MISSING_LEVEL && given !== MISSING_LEVEL && given <= ONE_EDIT && isSame(family) && homeBits >= householdFrom;

/** People who live together; how many there are is learnt. */
function inHousehold({ given, family, date, householdBits: bits, householdFrom }: RelationEvidence): Relation {
  if (bits < householdFrom) return 'none';
  if (given === MISSING_LEVEL) {
    return date >= APART_DATE ? 'two of a household' : date === MISSING_LEVEL ? 'one unnamed' : 'none';
  }
  // Brothers and sisters often share an initial.
  if (given === SAME_GIVEN && date >= APART_DATE) return 'two of a household';
  if (given <= SAME_GIVEN && family > SAME_NAME) return date >= APART_DATE ? 'two of a household' : 'none';
  if (given <= SAME_GIVEN) return date === FAR_DATE ? 'namesakes' : 'none';
  if (date > SAME_DATE) return 'two of a household';
  return date === MISSING_LEVEL ? (given === DIFFERENT_NAME ? 'one undated' : 'none') : 'twins';
}

/**
 * Pairs that agree only in what people share who are two. No count of the table can tell them: a name is borne by people
 * of whom it knows nothing, twins have surname and birth date in common, a home says nothing of who lives there.
 */
function onTooLittle({ given, family, date, homeBits, personalBits }: RelationEvidence): Relation {
  const sameGiven = given !== MISSING_LEVEL && given <= SAME_GIVEN;
  if (sameGiven && isSame(family) && date === FAR_DATE) return 'ten years apart';
  const otherName = !sameGiven || family > SAME_NAME;
  if (otherName && !isSameDate(date)) return 'household only';
  const more = homeBits + personalBits;
  if (more >= TELLS) return 'none';
  if (isSameDate(date)) return given > ONE_EDIT ? 'surname and date only' : 'none';
  return 'name only';
}

const isSame = (level: number): boolean => level !== MISSING_LEVEL && level <= SAME_NAME;
const isSameDate = (level: number): boolean => level !== MISSING_LEVEL && level <= SAME_DATE;

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
/** Of a pair that is more likely relatives than errors: no other row of either may bring the two together. */
const RULED_APART = BARRED;
/** Relatives twice as likely as errors, or more, are ruled apart. */
const MORE_LIKELY_RELATIVES = -1;
/** Of a pair that agrees in too little to be linked by it; it does not speak against what other rows say. */
const IN_DOUBT = -1;

const capOf = (relatives: number, all: number): number => {
  const share = Math.min(0.97, Math.max(0, relatives) / Math.max(all, 1e-9));
  if (share === 0) return Number.POSITIVE_INFINITY;
  const bits = Math.log2((1 - share) / share);
  return bits <= MORE_LIKELY_RELATIVES ? RULED_APART : bits;
};

/**
 * The most that too little evidence may weigh: doubt in a table too small to show how common a name is, and in a larger one
 * soon no limit, because there the counts of names themselves say what they are worth.
 */
const doubtIn = (rows: number): number => IN_DOUBT + Math.max(0, DOUBT_FADES * Math.log2(rows / SMALL_TABLE_ROWS));
/** Bits for each doubling of the table past a small one. */
const DOUBT_FADES = 4;

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
  const ofTwo = capOf(relatives + assumed, two + 1);
  // Of undated pairs as many are relatives as of dated ones.
  const undated = capOf(relatives + assumed, two + counts.twins + 1);
  const ofNamesakes = capOf(NAMESAKES_OF_HOUSEHOLD * relatives + assumed, counts.namesakes + 1);
  return {
    none: Number.POSITIVE_INFINITY,
    generations: RULED_APART,
    'two of a household': ofTwo,
    twins: capOf(TWINS_OF_HOUSEHOLD * relatives + assumed, counts.twins + 1),
    'one undated': undated,
    // Who has neither name nor birth date is not told apart from anybody either.
    'one unnamed': Math.max(IN_DOUBT, undated),
    namesakes: ofNamesakes,
    // How far a birth date or an identifier can be trusted shows in the households, where the rest is known.
    'ten years apart': ofNamesakes,
    'identified apart': ofTwo,
    'two names': IN_DOUBT,
    'household only': doubtIn(rows),
    'name only': doubtIn(rows),
    'surname and date only': doubtIn(rows),
  };
}

/** Caps where nothing is learnt: relatives are relatives. */
export const ASSUMED_CAPS: RelationCaps = {
  none: Number.POSITIVE_INFINITY,
  'two of a household': RULED_APART,
  twins: RULED_APART,
  'one undated': RULED_APART,
  'one unnamed': IN_DOUBT,
  namesakes: 0,
  generations: RULED_APART,
  'ten years apart': 0,
  'identified apart': RULED_APART,
  'two names': IN_DOUBT,
  'household only': 0,
  'name only': 0,
  'surname and date only': 0,
};
