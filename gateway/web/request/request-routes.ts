import type { RequestHandler } from 'express';
import type { ProblemCode } from '../../../schemas/problem.ts';
import { casePage, type OnCase } from '../cases/case-page.ts';
import { whyStopped } from '../cases/category-words.ts';
import { sayName } from '../cases/say-person.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { askAgencies, keepAndLead } from './ask-and-keep.ts';
import { askedFor, claimablePurposes, type Claimable } from './claimable.ts';
import { readRequest, REASON_MAX, typedIn, type FormError, type RequestTyped } from './request-form.ts';

/** W3: a worker says for what and why, and the same pipeline as the API's asks the agencies. */

const HEADING = 'Request contact details';

/** `GET /cases/:ref/request` */
export const getRequest = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'request', (on) => {
    const offered = offeredTo(deps, on);
    if (offered === undefined) return;
    const again = takeTyped(deps, on);
    const typed = typedIn(again?.fields ?? {}, deps.newId);
    on.show('request/request.njk', formPage(on, offered, typed, [], again));
  });

/** `POST /cases/:ref/request` */
export const postRequest = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, undefined, async (on) => {
    const offered = offeredTo(deps, on);
    if (offered === undefined) return;
    const typed = typedIn(fieldsOf(on.request), deps.newId);
    const read = readRequest(typed, offered);
    if (!read.ok) {
      on.show('request/request.njk', formPage(on, offered, typed, read.error));
      return;
    }
    const { claim, requestId, reason } = read.value;
    const staffId = on.session.staff.staffId;
    const asked = { ...askedFor(on.kase, { ...claim, staffId }, deps.now()), requestId, reason };
    const answered = await askAgencies(deps, on, asked);
    if (answered.ok) await keepAndLead(deps, on, { requestId, role: claim.role }, answered.value);
    else sayRefused(on, { offered, typed }, answered.error);
  });

/** The purposes to choose from; where contact is not to be tried or there are none, says so and gives undefined. */
function offeredTo(deps: PageDeps, on: OnCase): readonly Claimable[] | undefined {
  const stop = whyStopped(on.kase);
  const offered = claimablePurposes(
    deps.disclosure.bundle,
    on.kase,
    { agency: on.agency, staff: on.session.staff },
    deps.now(),
  );
  if (stop === undefined && offered.length > 0) return offered;
  on.show('layout/message.njk', {
    heading: 'You cannot request contact details for this case',
    sentences: [stop ?? 'There is no purpose that you may claim on this case now. Ask the panel coordinator.'],
    links: [{ href: `/cases/${on.kase.caseRef}`, text: 'Back to the case' }],
  });
  return undefined;
}

function sayRefused(
  on: OnCase,
  form: { readonly offered: readonly Claimable[]; readonly typed: RequestTyped },
  code: ProblemCode,
): void {
  if (code === 'case-not-known' || code === 'not-on-case-team') {
    on.notFound();
    return;
  }
  // Sent twice: the first one's answer is there, or will be when it has come.
  if (code === 'request-replayed') {
    on.response.redirect(303, `/cases/${on.kase.caseRef}/requests/${form.typed.requestId}`);
    return;
  }
  const refusedForGood =
    code === 'purpose-not-supported' || code === 'role-may-not-claim' || code === 'purpose-unknown';
  const error: FormError = refusedForGood
    ? {
        field: 'purpose',
        text: 'The case does not support this purpose now. Choose another, or ask the panel coordinator',
      }
    : { field: 'reason', text: 'No agency was asked and nothing was lost. Try again in a minute' };
  on.show('request/request.njk', formPage(on, form.offered, form.typed, [error]), refusedForGood ? 200 : 503);
}

function formPage(
  { kase }: OnCase,
  offered: readonly Claimable[],
  typed: RequestTyped,
  errors: readonly FormError[],
  again?: { readonly cut: boolean },
): Page {
  const href = `/cases/${kase.caseRef}`;
  return {
    heading: HEADING,
    caseRef: kase.caseRef,
    person: sayName(kase.subject),
    caseHref: href,
    action: `${href}/request`,
    typed,
    reasonMax: REASON_MAX,
    purposes: offered.map(({ purpose, label, why }) => ({ value: purpose, text: label, hint: { text: why } })),
    errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0
      ? {}
      : { errors: { list: errors.map(({ field, text }) => ({ text, href: `#${field}` })) } }),
  };
}
