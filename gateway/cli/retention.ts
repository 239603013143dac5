import { parseArgs } from 'node:util';
import type { ErasedNotes, LookedAtNotes } from '../audit/retention/notes.ts';
import type { ErasedCase, JudgedCase } from '../audit/retention/run.ts';
import type { KeptBecause } from '../audit/retention/due.ts';

export const RETENTION_USAGE = 'holdfast retention due|run --url FILE --policies FOLDER';

export interface RetentionWords {
  readonly act: 'due' | 'run';
  readonly url: string;
  readonly policies: string;
}

/** Reads the words of the command; undefined where they are not of its form. */
export function readRetentionWords([act, ...rest]: readonly string[]): RetentionWords | undefined {
  if (act !== 'due' && act !== 'run') return undefined;
  const one = { type: 'string' } as const;
  const { values } = parseArgs({ args: [...rest], options: { url: one, policies: one }, strict: true });
  const { url, policies } = values;
  return url === undefined || policies === undefined ? undefined : { act, url, policies };
}

const BECAUSE: Readonly<Record<KeptBecause, string>> = {
  'case-open': 'the case is open',
  'closing-not-recorded':
    'the register says that it is closed and the log has no entry of that: whoever leads the case opens and closes it again',
  'not-in-register': 'it is in no register and the log says nothing of it: an officer has to look',
  'under-review': 'access to it is under review',
  'emergency-not-reviewed': 'an emergency was declared on it that no officer has decided on',
  'term-runs': 'a term runs',
};

const day = (at: Date): string => at.toISOString().slice(0, 10);

/** What will become of a case, in a sentence without a name. */
export function sayJudged({ kept, judged }: JudgedCase): string {
  if (judged.state === 'due')
    return `${kept.caseRef}: ${whatGoes(kept)} to be erased since ${day(judged.since)} (agreement ${judged.agreement}).`;
  const until = judged.until === undefined ? '' : ` until ${day(judged.until)} (agreement ${judged.agreement ?? ''})`;
  return `${kept.caseRef}: kept, because ${BECAUSE[judged.because]}${until}.`;
}

function whatGoes({ file, hasWordsKey }: JudgedCase['kept']): string {
  if (file === undefined) return 'the reasons given for questions are';
  return hasWordsKey ? 'the case and the reasons given for questions are' : 'the case is';
}

/** What became of a case that was due. */
export const sayErased = (erased: ErasedCase): string => outcomeOf(erased.kept.caseRef, erased);

/** What became of notes that were due. */
export const sayErasedNotes = (erased: ErasedNotes): string =>
  outcomeOf(`Notes of review ${erased.kept.reviewId}`, erased);

function outcomeOf(what: string, erased: ErasedCase | ErasedNotes): string {
  switch (erased.outcome) {
    case 'erased':
      return `${what}: erased, and its keys destroyed; entry ${erased.position} says so.`;
    case 'changed-meanwhile':
      return `${what}: somebody worked on it just now, so nothing was erased; run this again.`;
    case 'store-unavailable':
      return `${what}: the database did not answer; whether it was erased, the next run finds out.`;
    case 'entry-invalid':
      return `${what}: its entry could not be made, so nothing was erased: tell the developers.`;
  }
}

const NOTES_BECAUSE: Readonly<Record<'under-review' | 'ending-not-recorded' | 'term-runs', string>> = {
  'under-review': 'it goes on',
  'ending-not-recorded': 'the log has no entry that it ended: an officer has to look',
  'term-runs': 'the term of the agreement for reviews runs',
};

/** What will become of the notes of a review that is about no case. */
export function sayJudgedNotes({ kept, judged }: LookedAtNotes): string {
  const notes = `Notes of review ${kept.reviewId}`;
  if (judged.state === 'due') return `${notes}: to be erased since ${day(judged.since)}.`;
  const until = judged.until === undefined ? '' : ` until ${day(judged.until)}`;
  return `${notes}: kept, because ${NOTES_BECAUSE[judged.because]}${until}.`;
}
