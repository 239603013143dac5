import type { ContactKind } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { daysAfter } from './calendar.ts';
import { worldOf, type World } from './drafts.ts';
import type { Origin } from './name-lists.ts';
import { randomOf } from './random.ts';
import { answerOf } from './questions/answer.ts';
import { drawCircle } from './questions/circle.ts';
import type { Who } from './questions/lives.ts';

/** Questions with their answers' truth, without a simulator: for measuring linkage and contacts on many of them. */

export interface QuestionOptions {
  readonly seed: number;
  readonly count: number;
  /** Every answer is filled up with records of strangers of his surname to this many; none where absent. */
  readonly recordsAtLeast?: number;
  /** Registers that err as studies of health and cohort data found, and namesakes of his birth date at every turn. */
  readonly harder?: boolean;
}

/** A contact point in clear, as `holdfast resolve` takes those of protected persons. */
export interface ClearContact {
  readonly kind: ContactKind;
  readonly value: string;
}

export interface TrueReach extends ClearContact {
  /** E.164, lower-case e-mail, or one line with the postcode last. Who is really reached there today; empty is dead. */
  readonly reaches: readonly Who[];
}

/** What happened when a worker used a contact point some days ago. */
export interface EarlierAttempt extends ClearContact {
  readonly outcome:
    'reached-him' | 'no-answer' | 'not-his' | 'someone-else' | 'victim-answered-or-may-have' | 'not-tried';
  readonly at: IsoDate;
}

export interface Truth {
  /** Record ids that are the subject's. A second record of one system is in `secondInSystem` instead. */
  readonly his: readonly string[];
  /** His too, but the system does not say that they are one: no rule may join them unasked. */
  readonly secondInSystem: readonly string[];
  /** Who each record of the answer is about. */
  readonly relationOf: ReadonlyMap<string, Who>;
  readonly nameOrigin: Origin;
  /** Sorted; `plain` where there is none. */
  readonly hardCases: readonly string[];
  /** Every contact point that any record of his holds, each once. */
  readonly contacts: readonly TrueReach[];
}

export interface Question {
  readonly queryId: string;
  readonly asOf: IsoDate;
  readonly subject: Person;
  readonly protectedContacts: readonly ClearContact[];
  readonly records: readonly SourceRecord[];
  /** Of about one case in three: what came of earlier attempts to reach him. */
  readonly attempts: readonly EarlierAttempt[];
  readonly truth: Truth;
}

/** Stocks of homes and numbers are used up, so every so many questions a new borough begins. */
const PER_BOROUGH = 150;

/**
 * Gives the questions of a seed one at a time: the same for the same options, and question n is the same for every
 * count that reaches it. About seven agencies, five records of his and ten of others a question.
 */
export function* generateQuestions({
  seed,
  count,
  recordsAtLeast = 0,
  harder = false,
}: QuestionOptions): Generator<Question> {
  let world: World | undefined;
  for (let n = 0; n < count; n += 1) {
    if (n % PER_BOROUGH === 0 || world === undefined) world = worldOf(seed * 7_919 + n, FIRST_DAY);
    const random = randomOf(seed * 1_000_003 + n);
    const asOf = daysAfter(FIRST_DAY, random.between(0, 330));
    const circle = drawCircle(world, random, asOf, harder);
    yield { queryId: `q-${seed}-${n}`, asOf, ...answerOf(world, random, circle, recordsAtLeast) };
  }
}

const FIRST_DAY = '2026-01-01';
