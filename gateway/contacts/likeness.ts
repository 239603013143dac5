import type { SourceRecord } from '../../schemas/source-record.ts';
import type { Candidate } from './candidate.ts';
import { detailsOf } from './details.ts';
import type { MarkSources } from './marks.ts';
import { firstNamesOf, isNamedAfter, wordsOfNames } from './named-mailbox.ts';
import { mayBeOneHome, readHome, type Home } from './near-home.ts';
import { blocksOf, isCrowded, slipsOf } from './near-number.ts';
import type { ReadContact } from './normalise.ts';
import type { Seal } from './seal.ts';
import { plainText } from './spelling.ts';

/**
 * What is like a protected person's value. It is held back for the same reason as the value itself: a reason of its own
 * would tell the asker nine digits of her number.
 */
export interface Likeness {
  /** Names of marks that guard what is like them too. */
  readonly guarded: ReadonlySet<string>;
  /** Some of them are sealed numbers. */
  readonly sealsNumbers: boolean;
  readonly blocks: ReadonlyMap<string, number>;
  /** Where protected persons live or lived, in clear. */
  readonly homes: readonly Home[];
  readonly firstNames: ReadonlySet<string>;
  readonly hisNames: readonly string[];
  /** Seals of what he was reached by. */
  readonly reached: ReadonlySet<string>;
}

/** @param theirs records of protected persons */
export function makeLikeness(
  { candidates, subjectRecords, otherRecords, safety }: MarkSources,
  theirs: readonly SourceRecord[],
  guarded: ReadonlySet<string>,
  read: ReadContact,
): Likeness {
  const hisNames = [...new Set(subjectRecords.flatMap(({ person }) => wordsOfNames(person)))];
  const held = theirs.flatMap(({ contacts, person }) => [...contacts, ...detailsOf(person)]);
  const hasNumbers = [...guarded].some((name) => name.startsWith('phone ') || name.startsWith('seal phone '));
  return {
    guarded,
    sealsNumbers: [...guarded].some((name) => name.startsWith('seal phone ')),
    blocks: hasNumbers ? blocksOf(numbersIn(candidates, otherRecords, read)) : new Map(),
    homes: held.flatMap(({ kind, value }) => (kind === 'address' ? [readHome(plainText(value))] : [])),
    firstNames: new Set(
      theirs.flatMap(({ person }) => firstNamesOf(person)).filter((name) => !hisNames.includes(name)),
    ),
    hisNames: hisNames.sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
    reached: new Set(
      (safety.attempts ?? []).flatMap(({ outcome, sealedContact: { kind, seal } }) =>
        outcome === 'reached-him' ? [`seal ${kind} ${seal}`] : [],
      ),
    ),
  };
}

function numbersIn(
  candidates: readonly Candidate[],
  otherRecords: readonly SourceRecord[],
  read: ReadContact,
): ReadonlySet<string> {
  const numbers = new Set<string>();
  for (const { kind, holdings } of candidates) {
    if (kind === 'phone') for (const { normalised } of holdings) numbers.add(normalised.key);
  }
  for (const { contacts, person } of otherRecords) {
    for (const { kind, value } of [...contacts, ...detailsOf(person)]) {
      if (kind === 'phone') for (const { key } of read(kind, value).contacts) numbers.add(key);
    }
  }
  return numbers;
}

/**
 * The names under which what a number is like could be guarded. None where numbers stand close together, and none where
 * it is known to be his: an agency rang it while he stood there, or he was reached by it.
 *
 * @param seals of the candidate
 */
export function* likeNumbers(
  { holdings }: Candidate,
  likeness: Likeness,
  seals: ReadonlySet<string>,
  seal: Seal,
): Generator<string> {
  const [first] = holdings;
  if (first === undefined || likeness.blocks.size === 0) return;
  const number = first.normalised.key;
  const isProven =
    holdings.some(
      ({ permitted, contact }) => permitted && contact.verified === true && contact.recordedAs === 'self',
    ) || [...seals].some((each) => likeness.reached.has(each));
  if (isProven || isCrowded(number, likeness.blocks)) return;
  for (const slip of slipsOf(number)) {
    yield `phone ${slip}`;
    if (likeness.sealsNumbers) yield `seal phone ${seal('phone', slip) ?? ''}`;
  }
}

/** Whether it may be where a protected person lives, in any of its spellings. */
export function isLikeTheirHome({ holdings }: Candidate, { homes }: Likeness): boolean {
  if (homes.length === 0) return false;
  const lines = new Set(holdings.map(({ normalised }) => normalised.value));
  return [...lines].map(readHome).some((his) => homes.some((hers) => mayBeOneHome(his, hers)));
}

/** Whether the mailbox bears the name of a protected person. */
export function isTheirMailbox({ holdings }: Candidate, { firstNames, hisNames }: Likeness): boolean {
  return holdings.some(({ normalised }) => isNamedAfter(normalised.value, firstNames, hisNames));
}
