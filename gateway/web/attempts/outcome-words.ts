import type { AttemptOutcome } from '../../../schemas/attempt.ts';

/** What came of an attempt, as a worker says it. */
interface OutcomeWords {
  readonly text: string;
  readonly hint?: string;
  /** In a list. */
  readonly short: string;
}

/** The one that blocks a contact point at once. */
export const VICTIM_ANSWERED = 'victim-answered-or-may-have' satisfies AttemptOutcome;

/** In the order of the form. */
export const OUTCOME_WORDS: Readonly<Record<AttemptOutcome, OutcomeWords>> = {
  'reached-him': { text: 'I reached this person', short: 'reached this person' },
  'no-answer': {
    text: 'No answer',
    hint: 'It rang, went to voicemail, or nobody opened or replied.',
    short: 'no answer',
  },
  'not-his': {
    text: 'It is not this person’s',
    hint: 'Whoever answered, or the operator, says so.',
    short: 'not this person’s',
  },
  'someone-else': {
    text: 'Someone else answered',
    hint: 'It may still be this person’s.',
    short: 'someone else answered',
  },
  [VICTIM_ANSWERED]: {
    text: 'The victim answered, or may have',
    hint: 'Choose this when in doubt. It blocks this contact at once, for everybody.',
    short: 'the victim answered or may have',
  },
  'not-tried': { text: 'I did not try it', short: 'not tried' },
};
