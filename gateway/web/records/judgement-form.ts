import type { FormFields } from '../session/form-fields.ts';

/** The form "Whose record is it?": what was typed, and what has to be mended. */

export const BECAUSE_MIN = 10;
export const BECAUSE_MAX = 500;

export const SAYS_WORDS = {
  same: 'It is this person’s record',
  'not-same': 'It is somebody else’s record',
  'taken-back': 'I take back what I said of it',
} as const;
export type Says = keyof typeof SAYS_WORDS;

export interface JudgementTyped {
  readonly says: string;
  readonly because: string;
}

export interface JudgementError {
  readonly field: keyof JudgementTyped;
  readonly text: string;
}

/** Marks that nobody sees and that turn the words around them about; line ends and tabs stay. */
const INVISIBLE = /[\p{Cc}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu;

/** What came with the form, as far as it can be shown again. */
export function judgementTyped(fields: FormFields): JudgementTyped {
  const because = (fields.because ?? '').replace(INVISIBLE, (each) => (each === '\n' || each === '\t' ? each : ''));
  return { says: fields.says ?? '', because: because.trim() };
}

export const isSays = (word: string): word is Says => Object.hasOwn(SAYS_WORDS, word);

/** What has to be mended, in the order of the form; empty where nothing has. */
export function judgementErrors({ says, because }: JudgementTyped): readonly JudgementError[] {
  const text = errorOfBecause(because);
  return [
    ...(isSays(says) ? [] : [{ field: 'says' as const, text: 'Select whose record it is' }]),
    ...(text === undefined ? [] : [{ field: 'because' as const, text }]),
  ];
}

function errorOfBecause(because: string): string | undefined {
  if (because === '') return 'Enter who confirmed it, and how';
  if (because.length < BECAUSE_MIN) return `Who confirmed it must be ${BECAUSE_MIN} characters or more`;
  if (because.length > BECAUSE_MAX) return `Who confirmed it must be ${BECAUSE_MAX} characters or less`;
  return undefined;
}
