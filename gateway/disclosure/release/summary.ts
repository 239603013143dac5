import type { AnsweredSource } from '../../../schemas/answer.ts';

/** One honest sentence: who answered, who did not, and that silence is not "nothing held" (P7). */
export function summaryOf(sources: readonly AnsweredSource[], contactCount: number): string {
  const silent = sources.filter(({ outcome }) => SILENT.has(outcome)).map(({ name }) => name);
  const answered = sources.filter(({ outcome }) => outcome !== 'not-asked' && !SILENT.has(outcome));
  const asked = answered.length + silent.length;
  if (asked === 0) return 'No agency was asked.';
  const heard =
    silent.length === asked
      ? `None of the ${countOf(asked)} gave an answer.`
      : `${answered.length} of ${countOf(asked)} answered.`;
  const missing =
    silent.length === 0
      ? ''
      : ` No answer from ${listOf(silent)}: that does not mean ${silent.length === 1 ? 'it holds' : 'they hold'} nothing.`;
  return `${heard}${missing} ${contactsFound(contactCount)}`;
}

const SILENT: ReadonlySet<AnsweredSource['outcome']> = new Set(['timed-out', 'unavailable', 'error']);

const countOf = (count: number): string => (count === 1 ? 'one agency' : `${count} agencies`);

function contactsFound(count: number): string {
  if (count === 0) return 'No way to reach him can be given.';
  return count === 1 ? 'One way to reach him follows.' : `${count} ways to reach him follow, best first.`;
}

function listOf(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1) ?? ''}`;
}
