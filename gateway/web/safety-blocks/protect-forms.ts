import { OTHER_OWNERS, type OtherOwner } from '../../../schemas/contact-point.ts';
import { err, ok } from '../../../schemas/result.ts';
import type { Field } from '../register/fields.ts';
import type { FormFields } from '../session/form-fields.ts';
import { ONE_OF_KIND, WHOSE_WORDS } from './kind-words.ts';
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
import { SEEN_AFTERWARDS, SEEN_OF_PROTECTED } from './what-is-seen.ts';

/** Adding and removing a contact point of a protected person. */

const kindField = (typed: FormFields): Field => ({
  kind: 'radios',
  name: 'kind',
  label: 'What kind of contact is it?',
  value: typed.kind ?? '',
  choices: KIND_CHOICES,
});
const VALUE_HINT = 'An address needs its house number or name and its postcode.';

export const PROTECT: SafetyForm = {
  slug: 'protect',
  heading: 'Protect a contact',
  intro:
    'A number or address of the victim, a child or somebody else to be protected. It is kept as a code that cannot be read back, and can only be recognised.',
  button: 'Protect this contact',
  done: 'The contact is protected',
  whyNot: () => undefined,
  fields: (typed) => [
    kindField(typed),
    valueField(typed, VALUE_HINT),
    {
      kind: 'radios',
      name: 'whose',
      label: 'Whose is it?',
      value: typed.whose ?? '',
      choices: Object.entries(WHOSE_WORDS).map(([value, text]) => ({ value, text })),
    },
    becauseField(typed),
  ],
  carries: [],
  read: (typed, stepId) => {
    const { kind, whose } = typed;
    const errors = [
      ...kindErrors(typed),
      ...(isOwner(whose) ? [] : [{ field: 'whose', text: 'Select whose it is' }]),
      ...becauseErrors(typed),
    ];
    if (errors.length > 0 || !isKind(kind) || !isOwner(whose)) return err(errors);
    const contact = { kind, value: valueTyped(typed) };
    return ok({ kind: 'protect-contact', contact, whose, stepId, because: becauseTyped(typed) });
  },
  says: (change) =>
    change.kind !== 'protect-contact'
      ? []
      : [
          { key: 'To be protected', value: ONE_OF_KIND[change.contact.kind] },
          { key: 'As it was read', value: sayContact(change.contact) },
          { key: 'Whose it is', value: WHOSE_WORDS[change.whose] },
          { key: 'Why', value: change.because ?? '' },
        ],
  seen: () => SEEN_OF_PROTECTED,
};

export const UNPROTECT: SafetyForm = {
  slug: 'unprotect',
  heading: 'Stop protecting a contact',
  intro:
    'Nobody can read back what is protected, so it cannot be chosen from a list: type it again. Of a flat, the building stays protected, because somebody else to be protected may live there.',
  button: 'Stop protecting it',
  done: 'The contact is protected no more',
  whyNot: (kase) => (kase.protectedContacts.length === 0 ? 'No contact is protected on this case.' : undefined),
  fields: (typed) => [kindField(typed), valueField(typed, VALUE_HINT), becauseField(typed)],
  carries: [],
  read: (typed, stepId) => {
    const { kind } = typed;
    const errors = [...kindErrors(typed), ...becauseErrors(typed)];
    if (errors.length > 0 || !isKind(kind)) return err(errors);
    const contact = { kind, value: valueTyped(typed) };
    return ok({ kind: 'unprotect-contact', contact, stepId, because: becauseTyped(typed) });
  },
  says: (change) =>
    change.kind !== 'unprotect-contact'
      ? []
      : [
          { key: 'No longer protected', value: ONE_OF_KIND[change.contact.kind] },
          { key: 'As it was read', value: sayContact(change.contact) },
          { key: 'Why', value: change.because ?? '' },
        ],
  seen: () => SEEN_AFTERWARDS,
};

const isOwner = (word: string | undefined): word is OtherOwner => OTHER_OWNERS.some((owner) => owner === word);

const kindErrors = (typed: FormFields) =>
  isKind(typed.kind) ? valueErrors(typed.kind, typed) : [{ field: 'kind', text: 'Select what kind of contact it is' }];
