import type { CaseChange } from '../../../schemas/case-change.ts';
import type { Case } from '../../../schemas/case.ts';
import { err, ok } from '../../../schemas/result.ts';
import { safetyOf } from '../../cases/view-case.ts';
import { sayDay } from '../layout/say-date.ts';
import type { FormFields } from '../session/form-fields.ts';
import { ALL_CONTACT, ONE_OF_KIND, sayKind } from './kind-words.ts';
import {
  becauseErrors,
  becauseField,
  becauseTyped,
  isKind,
  KIND_CHOICES,
  sayContact,
  valueErrors,
  valueField,
  valueTyped,
  type SafetyForm,
} from './safety-form.ts';
import { SEEN_AFTERWARDS, SEEN_OF_ALL, SEEN_OF_ALL_LIFTED, SEEN_OF_BLOCK } from './what-is-seen.ts';

/** Setting and lifting a safety block. */

const ALL = 'all';

export const BLOCK: SafetyForm = {
  slug: 'block',
  heading: 'Set a safety block',
  intro: 'Use it when a call, message, letter or visit could put somebody in danger. It works at once.',
  button: 'Set the block',
  done: 'The block is set',
  whyNot: () => undefined,
  fields: (typed) => [
    {
      kind: 'radios',
      name: 'what',
      label: 'What must not be used?',
      value: typed.what ?? '',
      choices: [...KIND_CHOICES, { value: ALL, text: ALL_CONTACT }],
    },
    valueField(typed, 'Leave this empty for every way. An address needs its house number or name and its postcode.'),
    becauseField(typed),
  ],
  carries: [],
  read: (typed, stepId) => {
    const { what } = typed;
    const because = becauseTyped(typed);
    if (what !== ALL && !isKind(what))
      return err([{ field: 'what', text: 'Select what must not be used' }, ...becauseErrors(typed)]);
    const errors = [...(what === ALL ? emptyErrors(typed) : valueErrors(what, typed)), ...becauseErrors(typed)];
    if (errors.length > 0) return err(errors);
    const contact = what === ALL ? {} : { contact: { kind: what, value: valueTyped(typed) } };
    return ok({ kind: 'set-safety-block', blockId: stepId, ...contact, because });
  },
  says: (change) =>
    change.kind !== 'set-safety-block'
      ? []
      : [
          {
            key: 'Not to be used',
            value: change.contact === undefined ? ALL_CONTACT : ONE_OF_KIND[change.contact.kind],
          },
          ...(change.contact === undefined ? [] : [{ key: 'As it was read', value: sayContact(change.contact) }]),
          { key: 'Why', value: change.because ?? '' },
        ],
  seen: (change) => (change.kind === 'set-safety-block' && change.contact === undefined ? SEEN_OF_ALL : SEEN_OF_BLOCK),
};

/** A number typed beside "every way" may mean that one number was meant, or all: she has to say. */
const emptyErrors = (typed: FormFields) =>
  valueTyped(typed) === ''
    ? []
    : [{ field: 'value', text: 'Empty this for every way, or select above which kind of contact it is' }];

export const LIFT: SafetyForm = {
  slug: 'lift',
  heading: 'Lift a safety block',
  intro: 'Lift it only when it is certain that nobody is in danger by it any more.',
  button: 'Lift the block',
  done: 'The block is lifted',
  whyNot: (kase, typed) =>
    blockOf(kase, typed.block) === undefined
      ? 'There is no such block on this case: it may have been lifted already.'
      : undefined,
  fields: (typed) => [becauseField(typed)],
  carries: ['block'],
  read: (typed, stepId) => {
    const errors = becauseErrors(typed);
    if (errors.length > 0) return err(errors);
    return ok({ kind: 'lift-safety-block', blockId: typed.block ?? '', stepId, because: becauseTyped(typed) });
  },
  says: (change, kase) => [
    ...(change.kind === 'lift-safety-block' ? aboutBlock(kase, change.blockId) : []),
    { key: 'Why', value: because(change) },
  ],
  seen: (change, kase) => (change.kind === 'lift-safety-block' ? seenOfLifted(kase, change.blockId) : []),
};

const because = (change: CaseChange): string => (change.kind === 'lift-safety-block' ? (change.because ?? '') : '');

const blockOf = (kase: Case, block: string | undefined) =>
  safetyOf(kase).blocks.find(({ blockId }) => blockId !== undefined && blockId === block);

/** Which block it is, without a value: the register has none. */
function aboutBlock(kase: Case, block: string) {
  const found = blockOf(kase, block);
  if (found === undefined) return [];
  const { contactKind, since, step } = found;
  return [
    { key: 'Block on', value: sayKind(contactKind) },
    { key: 'Set on', value: sayDay(since) },
    ...(step === undefined ? [] : [{ key: 'Set by', value: step.by.staffId }]),
    ...(step?.because === undefined ? [] : [{ key: 'Set because', value: step.because }]),
  ];
}

const seenOfLifted = (kase: Case, block: string): readonly string[] =>
  blockOf(kase, block)?.contactKind === undefined ? SEEN_OF_ALL_LIFTED : SEEN_AFTERWARDS;
