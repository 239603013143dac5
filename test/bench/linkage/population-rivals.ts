import { publishedBits } from './population-published.ts';
import { standardisePerson, standardiseRecord } from '../../../gateway/linkage/standardise/person.ts';
import type { StandardPerson } from '../../../gateway/linkage/standardise/standard-person.ts';
import type { Question } from '../../population/questions.ts';

/** What a simple tool would do with the same answer. Each is given our standardised values, so that only the rule differs. */
export interface Rival {
  readonly name: string;
  /** Record ids that it takes for the subject's. */
  readonly records: (question: Question) => ReadonlySet<string>;
}

interface Held {
  readonly subject: StandardPerson;
  readonly records: readonly StandardPerson[];
}

const held = ({ subject, records, asOf }: Question): Held => ({
  subject: standardisePerson('subject', subject, [], asOf),
  records: records.filter(({ restricted }) => restricted !== true).map((record) => standardiseRecord(record, asOf)),
});

/** Whoever is reached from the subject: first by `enters`, then on from record to record by `leads`. */
function reached(
  { subject, records }: Held,
  enters: (a: StandardPerson, b: StandardPerson) => boolean,
  leads: (a: StandardPerson, b: StandardPerson) => boolean,
): ReadonlySet<string> {
  const taken = new Map(records.filter((record) => enters(subject, record)).map((record) => [record.id, record]));
  for (const from of taken.values()) {
    for (const to of records) if (!taken.has(to.id) && leads(from, to)) taken.set(to.id, to);
  }
  return new Set(taken.keys());
}

const shareIdentifier = (a: StandardPerson, b: StandardPerson): boolean =>
  a.identifiers.some(
    (one) => one.valid && b.identifiers.some((other) => other.type === one.type && other.value === one.value),
  );

const sameNameAndBirthDate = (a: StandardPerson, b: StandardPerson): boolean =>
  a.names.some((one) => b.names.some((other) => one.first === other.first && one.last === other.last)) &&
  a.birthDates.some((one) => b.birthDates.some((other) => one.text === other.text));

/** The Core Person Record's thresholds: 20 to join, 14 to stay together in a connected component. */
const JOINS = 20;
const HOLDS = 14;

export const RIVALS: readonly Rival[] = [
  { name: 'exact identifiers', records: (question) => reached(held(question), shareIdentifier, shareIdentifier) },
  {
    name: 'exact name and birth date',
    records: (question) => reached(held(question), sameNameAndBirthDate, () => false),
  },
  {
    name: 'Core Person Record, published weights and chaining',
    records: (question) =>
      reached(
        held(question),
        (a, b) => publishedBits(a, b) >= JOINS,
        (a, b) => publishedBits(a, b) >= HOLDS,
      ),
  },
];
