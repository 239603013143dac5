import { z } from 'zod';
import type { CaseChange } from '../../../schemas/case-change.ts';
import type { SafetyStep } from '../../../schemas/case-safety.ts';
import { changeCase, type ChangeCaseFault } from '../../cases/change-case.ts';
import { NOT_NOW, subjectOf, type OnCase } from '../cases/case-page.ts';
import { recordView } from '../cases/view-entry.ts';
import type { PageDeps } from '../page-deps.ts';
import { namesOf, summaryOf, withErrors, type FieldError } from '../register/fields.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { queryOf } from '../session/query.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { BLOCK, LIFT } from './block-forms.ts';
import { PROTECT, UNPROTECT } from './protect-forms.ts';
import { typedIn, type SafetyForm } from './safety-form.ts';

/**
 * A form of victim services, its answers to check with what others will see, and the step taken. All are sent to one
 * address, with `step` saying which: a value that she types stands in no address, and in no page once it is sealed.
 */

type Answer = (on: OnCase) => Promise<void> | void;

const hrefOf = ({ kase }: OnCase): string => `/safety-blocks/${kase.caseRef}`;

/** `GET /safety-blocks/:ref/<slug>` */
export const getStep =
  (deps: PageDeps, form: SafetyForm): Answer =>
  (on) => {
    const again = takeTyped(deps, on);
    const carried = form.carries.map((name): [string, string] => [name, queryOf(on.request, name) ?? '']);
    showForm(deps, { on, form }, typedIn(again?.fields ?? Object.fromEntries(carried)), [], again);
  };

/** `POST /safety-blocks/:ref/<slug>` */
export const postStep =
  (deps: PageDeps, form: SafetyForm): Answer =>
  async (on) => {
    const typed = typedIn(fieldsOf(on.request));
    const stepId = stepIdOf(deps, typed);
    const read = form.read(typed, stepId);
    // Sent again, what was done stands: a lifted block is no error then.
    if (typed.step === 'do' && isDone(on, stepId)) sayDone(on, stepId);
    else if (typed.step === 'change') showForm(deps, { on, form }, typed, []);
    else if (!read.ok) showForm(deps, { on, form }, typed, read.error);
    else if (form.whyNot(on.kase, typed) !== undefined) showForm(deps, { on, form }, typed, []);
    else if (typed.step === 'do') await take(deps, { on, form }, { typed, stepId, change: read.value });
    else showCheck({ on, form }, { typed, stepId, change: read.value });
  };

interface OnForm {
  readonly on: OnCase;
  readonly form: SafetyForm;
}

interface Wanted {
  readonly typed: FormFields;
  readonly stepId: string;
  readonly change: CaseChange;
}

function stepIdOf(deps: PageDeps, { stepId }: FormFields): string {
  const read = z.uuid().safeParse(stepId);
  return read.success ? read.data : deps.newId();
}

const isDone = ({ kase }: Pick<OnCase, 'kase'>, stepId: string): boolean =>
  kase.safetySteps?.some((each) => each.stepId === stepId) === true;

const sayDone = (on: OnCase, stepId: string): void => on.response.redirect(303, `${hrefOf(on)}/done/${stepId}`);

async function take(deps: PageDeps, { on, form }: OnForm, { typed, stepId, change }: Wanted): Promise<void> {
  const { cases, log, now, disclosure } = deps;
  const changed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    on.actor,
    { caseRef: on.kase.caseRef, change, session: on.session.name },
  );
  if (!changed.ok) sayFault(deps, { on, form }, typed, changed.error);
  else if (isDone(changed.value, stepId)) sayDone(on, stepId);
  else await sayUnchanged(deps, { on, form }, typed);
}

/**
 * Nothing was there to change: it was protected already, or what was typed is protected by nobody. Whoever types many
 * values to find out which one is protected leaves an entry for each.
 */
async function sayUnchanged(deps: PageDeps, { on, form }: OnForm, typed: FormFields): Promise<void> {
  const view = { page: 'safety-blocks', caseRef: on.kase.caseRef, code: 'nothing-to-change' } as const;
  const recorded = await recordView(deps, on.session, { ...view, ...subjectOf(deps, on.kase) });
  const text =
    form.slug === 'unprotect'
      ? 'This is not protected on this case. Check how it is written, or leave everything as it is'
      : 'This is protected on this case already';
  if (recorded) showForm(deps, { on, form }, typed, [{ field: 'value', text }]);
  else on.show('layout/message.njk', NOT_NOW, 503);
}

function sayFault(deps: PageDeps, at: OnForm, typed: FormFields, fault: ChangeCaseFault): void {
  const { on, form } = at;
  const links = [{ href: hrefOf(on), text: 'Back to the case' }];
  if (fault === 'not-found' || fault === 'may-not') on.notFound();
  else if (fault === 'contact-unusable')
    showForm(deps, at, typed, [{ field: 'value', text: 'This could not be read as a contact. Write it in full' }]);
  else if (fault === 'block-unknown')
    on.show('layout/message.njk', { heading: form.heading, sentences: [form.whyNot(on.kase, {}) ?? ''], links });
  else if (fault === 'case-full')
    on.show('layout/message.njk', {
      heading: 'This was not done',
      sentences: ['The case holds as many of these as it may. Stop all contact on it, and tell your service desk.'],
      links,
    });
  else on.show('layout/message.njk', { ...NOT_NOW, links }, 503);
}

function showForm(
  deps: PageDeps,
  { on, form }: OnForm,
  typed: FormFields,
  errors: readonly FieldError[],
  again?: { readonly cut: boolean },
): void {
  const whyNot = form.whyNot(on.kase, typed);
  if (whyNot !== undefined) {
    const links = [{ href: hrefOf(on), text: 'Back to the case' }];
    on.show('layout/message.njk', { heading: form.heading, sentences: [whyNot], links });
    return;
  }
  const fields = form.fields(typed);
  on.show('safety-blocks/form.njk', {
    heading: form.heading,
    intro: form.intro,
    caseRef: on.kase.caseRef,
    backHref: hrefOf(on),
    action: `${hrefOf(on)}/${form.slug}`,
    fields: withErrors(fields, errors),
    sent: sentWith(form, typed, stepIdOf(deps, typed)),
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0 ? {} : { errors: { list: summaryOf(fields, errors) } }),
  });
}

function sentWith(form: SafetyForm, typed: FormFields, stepId: string) {
  const carried = form.carries.map((name) => ({ name, value: typed[name] ?? '' }));
  return [{ name: 'stepId', value: stepId }, ...carried];
}

function showCheck({ on, form }: OnForm, { typed, stepId, change }: Wanted): void {
  const names = form.fields(typed).flatMap(namesOf);
  on.show('safety-blocks/check.njk', {
    heading: 'Check before you do this',
    caseRef: on.kase.caseRef,
    backHref: hrefOf(on),
    action: `${hrefOf(on)}/${form.slug}`,
    button: form.button,
    says: form.says(change, on.kase),
    seen: form.seen(change, on.kase),
    sent: [...sentWith(form, typed, stepId), ...names.map((name) => ({ name, value: typed[name] ?? '' }))],
  });
}

const FORM_OF: Readonly<Record<SafetyStep['did'], SafetyForm>> = {
  'block-set': BLOCK,
  'block-lifted': LIFT,
  'contact-protected': PROTECT,
  'protection-ended': UNPROTECT,
};

/** `GET /safety-blocks/:ref/done/:step`: what was done, without what was typed. */
export const getDone = (): Answer => (on) => {
  const step = on.kase.safetySteps?.find(({ stepId }) => stepId === on.request.params.step);
  if (step === undefined) {
    on.notFound();
    return;
  }
  on.show('safety-blocks/done.njk', {
    heading: FORM_OF[step.did].done,
    at: step.at,
    caseRef: on.kase.caseRef,
    backHref: hrefOf(on),
  });
};
