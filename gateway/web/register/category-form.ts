import { reasonWordsSchema } from '../../../schemas/case-history.ts';
import { err, ok } from '../../../schemas/result.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sameStaff, type ChangeForm } from './change-form.ts';
import { CLOSURE_WORDS } from './history.ts';
import { moveNamed, moveValue, movesOf } from './moves.ts';
import type { FieldError } from './fields.ts';

export const REASON_LONGEST = 2_000;

/** The panel's decision on the category, closing among them: only what the register's rules allow today is offered. */
export const CATEGORY_FORM: ChangeForm = {
  slug: 'category',
  heading: 'Change the state',
  button: 'Record the decision',
  done: 'The panel’s decision is recorded.',
  whyNot: ({ kase }) =>
    kase.category === 'closed' ? 'This case is closed. A further MARAC referral opens it again.' : undefined,
  initial: () => ({}),
  missing: ({ kase, actor, today }) => movesOf(kase, actor, today).missing,
  fields: ({ kase, actor, today }, typed) => [
    {
      kind: 'radios',
      name: 'to',
      label: `What did the panel decide? The case is now: ${CATEGORY_WORDS[kase.category].tag}`,
      value: typed.to ?? '',
      choices: movesOf(kase, actor, today).offered.map((move) => ({ ...move, value: moveValue(move) })),
    },
    {
      kind: 'words',
      name: 'because',
      label: 'Why?',
      hint: 'Workers of this case read it. Do not include details about the victim.',
      value: typed.because ?? '',
      longest: REASON_LONGEST,
    },
  ],
  read: ({ kase, actor, today }, typed) => {
    const isOffered = movesOf(kase, actor, today).offered.some((each) => moveValue(each) === typed.to);
    // What was checked before is the register's to refuse: it may be what this form itself has just done.
    const move = isOffered || typed.step === 'record' ? moveNamed(typed.to) : undefined;
    const because = reasonWordsSchema.safeParse(typed.because ?? '');
    const errors: FieldError[] = [
      ...(move === undefined ? [{ field: 'to', text: 'Select what the panel decided' }] : []),
      ...(because.success ? [] : [{ field: 'because', text: errorOfWords(typed.because ?? '') }]),
    ];
    if (move === undefined || !because.success) return err(errors);
    const closure = move.closure === undefined ? {} : { closure: move.closure };
    return ok({ kind: 'change-category', to: move.to, because: because.data, ...closure });
  },
  says: ({ kase }, change) =>
    change.kind !== 'change-category'
      ? []
      : [
          { key: 'Now', value: CATEGORY_WORDS[kase.category].tag },
          { key: 'From now on', value: CATEGORY_WORDS[change.to].tag },
          ...(change.closure === undefined ? [] : [{ key: 'Closed because', value: CLOSURE_WORDS[change.closure] }]),
          { key: 'Why', value: change.because },
        ],
  isDone: ({ category, decisions }, change, actor) => {
    const last = decisions?.at(-1);
    return (
      change.kind === 'change-category' &&
      category === change.to &&
      last?.because === change.because &&
      sameStaff(last.by, actor)
    );
  },
};

function errorOfWords(typed: string): string {
  const length = typed.trim().length;
  if (length < 3) return 'Enter why the panel decided so';
  return length > REASON_LONGEST
    ? `Why the panel decided so must be ${REASON_LONGEST.toLocaleString('en-GB')} characters or less`
    : 'Why the panel decided so must not hold characters that hide or turn words: type it again';
}
