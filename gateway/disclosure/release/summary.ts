import type { AnsweredSource } from '../../../schemas/answer.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import { BEFORE_CONTACT } from '../../contacts/death.ts';

export interface Told {
  readonly sources: readonly AnsweredSource[];
  readonly contactCount: number;
  /** A source that the asker may see records him as dead. */
  readonly recordedAsDead: boolean;
  /** Agencies that answered, but not for every way to reach him they were asked for. */
  readonly shortOfContacts: ReadonlySet<AgencyId>;
}

/** One honest sentence: who answered, who did not or only in part, and that silence is not "nothing held" (P7). */
export function summaryOf({ sources, contactCount, recordedAsDead, shortOfContacts }: Told): string {
  const silent = sources.filter(({ outcome }) => SILENT.has(outcome)).map(({ name }) => name);
  const answered = sources.filter(({ outcome }) => outcome !== 'not-asked' && !SILENT.has(outcome));
  const short = answered.filter(({ agency }) => shortOfContacts.has(agency)).map(({ name }) => name);
  const asked = answered.length + silent.length;
  if (asked === 0) return 'No agency was asked.';
  const missing =
    silent.length === 0
      ? ''
      : ` No answer from ${listOf(silent)}: that does not mean ${silent.length === 1 ? 'it holds' : 'they hold'} nothing.`;
  const inPart =
    short.length === 0
      ? ''
      : ` A part of what ${listOf(short)} ${short.length === 1 ? 'holds' : 'hold'} on how to reach him did not come: ask again.`;
  const dead = recordedAsDead ? `He is recorded as having died. ${BEFORE_CONTACT} ` : '';
  return `${dead}${heard(answered.length, asked)}${missing}${inPart} ${contactsFound(contactCount, recordedAsDead)}`;
}

const SILENT: ReadonlySet<AnsweredSource['outcome']> = new Set(['timed-out', 'unavailable', 'error']);

function heard(answered: number, asked: number): string {
  if (asked === 1) return answered === 1 ? 'The one agency asked answered.' : 'The one agency asked gave no answer.';
  return answered === 0
    ? `None of the ${asked} agencies gave an answer.`
    : `${answered} of ${asked} agencies answered.`;
}

function contactsFound(count: number, recordedAsDead: boolean): string {
  if (count === 0) return 'No way to reach him can be given.';
  if (recordedAsDead) return 'What is still on file follows; whoever answers there is unlikely to be him.';
  return count === 1 ? 'One way to reach him follows.' : `${count} ways to reach him follow, best first.`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
