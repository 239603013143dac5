import type { RequestHandler } from 'express';
import type { CaseChange } from '../../../schemas/case-change.ts';
import { changeCase } from '../../cases/change-case.ts';
import { dayOf } from '../../cases/days.ts';
import { NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { CHANGED_MEANWHILE, errorOf } from './change-faults.ts';
import type { ChangeForm, FormGround } from './change-form.ts';
import { formNamed } from './change-forms.ts';
import { namesOf, summaryOf, withErrors, type FieldError } from './fields.ts';
import { panelCase } from './panel-case.ts';

/**
 * `/register/:ref/:change`: a form, its answers to check, and the change recorded. Both steps are sent to one address,
 * with `step` saying which: the reason of a decision must not stand in an address.
 */

interface OnForm {
  readonly on: OnCase;
  readonly form: ChangeForm;
  readonly ground: FormGround;
}

function formPage(deps: PageDeps, render: Render, answer: (at: OnForm) => Promise<void> | void): RequestHandler {
  return panelCase(deps, render, async (on) => {
    const form = formNamed(String(on.request.params.change));
    if (form === undefined) {
      on.notFound();
      return;
    }
    const ground = groundOf(deps, on);
    const whyNot = form.whyNot(ground);
    if (whyNot === undefined) await answer({ on, form, ground });
    else {
      const links = [{ href: hrefOf(on), text: 'Back to the case' }];
      on.show('layout/message.njk', { heading: form.heading, sentences: [whyNot], links });
    }
  });
}

export function groundOf(deps: PageDeps, { kase, actor }: OnCase): FormGround {
  const { nameOfAgency } = deps;
  const agencies = [...deps.register().agencies.values()].sort((a, b) => a.name.localeCompare(b.name, 'en-GB'));
  return { kase, actor, today: dayOf(deps.now().toISOString()), agencies, nameOfAgency };
}

const hrefOf = ({ kase }: OnCase): string => `/register/${kase.caseRef}`;

/** `GET /register/:ref/:change` */
export const getChange = (deps: PageDeps, render: Render): RequestHandler =>
  formPage(deps, render, (at) => {
    const again = takeTyped(deps, at.on);
    showForm(at, again?.fields ?? at.form.initial(at.ground), [], again);
  });

/** `POST /register/:ref/:change` */
export const postChange = (deps: PageDeps, render: Render): RequestHandler =>
  formPage(deps, render, async (at) => {
    const typed = fieldsOf(at.on.request);
    const read = at.form.read(at.ground, typed);
    // What was sent before stands, however often its form is sent again.
    if (typed.step === 'record' && isSentAgain(at, typed, read.ok ? read.value : undefined)) sayDone(at);
    else if (typed.step === 'change') showForm(at, typed, []);
    else if (!read.ok) showForm(at, typed, read.error);
    else if (isOlder(at, typed)) showForm(at, typed, [{ field: '', text: CHANGED_MEANWHILE }]);
    else if (typed.step === 'record') await record(deps, at, typed, read.value);
    else showCheck(at, typed, read.value);
  });

const isOlder = ({ on }: OnForm, { revision }: FormFields): boolean => revision !== String(on.file.revision);

const isSentAgain = (at: OnForm, typed: FormFields, change: CaseChange | undefined): boolean =>
  change !== undefined && isOlder(at, typed) && at.form.isDone(at.on.kase, change, at.on.actor);

const sayDone = ({ on, form }: OnForm): void => on.response.redirect(303, `${hrefOf(on)}?done=${form.slug}`);

async function record(deps: PageDeps, at: OnForm, typed: FormFields, change: CaseChange): Promise<void> {
  const { on } = at;
  const { cases, log, now, disclosure } = deps;
  const changed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    on.actor,
    { caseRef: on.kase.caseRef, change, revision: on.file.revision, session: on.session.name },
  );
  if (changed.ok) {
    sayDone(at);
    return;
  }
  const error = errorOf(changed.error);
  if (error !== undefined) showForm(at, typed, [error]);
  else if (changed.error === 'not-found' || changed.error === 'may-not') on.notFound();
  else on.show('layout/message.njk', NOT_NOW, 503);
}

function showForm(
  { on, form, ground }: OnForm,
  typed: FormFields,
  errors: readonly FieldError[],
  again?: { readonly cut: boolean },
): void {
  const fields = form.fields(ground, typed);
  on.show('register/form.njk', {
    heading: form.heading,
    ...aboutOf(on),
    action: `${hrefOf(on)}/${form.slug}`,
    fields: withErrors(fields, errors),
    missing: form.missing?.(ground) ?? [],
    revision: on.file.revision,
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0 ? {} : { errors: { list: summaryOf(fields, errors) } }),
  });
}

function showCheck({ on, form, ground }: OnForm, typed: FormFields, change: CaseChange): void {
  const names = form.fields(ground, typed).flatMap(namesOf);
  on.show('register/check.njk', {
    heading: 'Check before you record it',
    ...aboutOf(on),
    action: `${hrefOf(on)}/${form.slug}`,
    button: form.button,
    says: form.says(ground, change),
    sent: names.flatMap((name) => (typed[name] === undefined ? [] : [{ name, value: typed[name] }])),
    revision: on.file.revision,
  });
}

const aboutOf = (on: OnCase) => ({
  caption: `${on.kase.caseRef} – ${sayName(on.kase.subject)}`,
  backHref: hrefOf(on),
  backText: 'Back to the case',
});
