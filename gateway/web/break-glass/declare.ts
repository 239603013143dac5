import type { RequestHandler } from 'express';
import { changeCase } from '../../cases/change-case.ts';
import { openBy } from '../../cases/break-glass.ts';
import type { BreakGlass } from '../../../schemas/break-glass.ts';
import { reviewIdOf } from '../../review/states/reviews.ts';
import { casePage, NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { sayName } from '../cases/say-person.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { fieldsOf } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { isSteppedUp } from '../sign-in/step-up.ts';
import { askInEmergency } from './ask-in-emergency.ts';
import {
  AT_RISK,
  offeredHours,
  readDeclaration,
  sayHours,
  typedIn,
  WORDS_MAX,
  type Declaration,
  type DeclarationError,
  type DeclarationTyped,
} from './declaration-form.ts';
import { longestHours, mayBreakGlass, ownGrant } from './grant-terms.ts';

/** The declaration: by whom somebody's life is said to be at risk, why now, and what was tried. */

/** `GET /cases/:ref/break-glass/declare` */
export const getDeclare = (deps: PageDeps, render: Render): RequestHandler =>
  declarePage(deps, render, 'break-glass', (on) => {
    const again = takeTyped(deps, on);
    on.show('break-glass/declare.njk', formPage(deps, on, typedIn(again?.fields ?? {}, deps.newId), [], again));
  });

/** `POST /cases/:ref/break-glass/declare`: opens the grant, and asks every agency at once. */
export const postDeclare = (deps: PageDeps, render: Render): RequestHandler =>
  declarePage(deps, render, undefined, async (on) => {
    const typed = typedIn(fieldsOf(on.request), deps.newId);
    const read = readDeclaration(typed, offeredHours(longestHours(deps.disclosure.bundle)));
    if (!read.ok) {
      on.show('break-glass/declare.njk', formPage(deps, on, typed, read.error));
      return;
    }
    const { breakGlassId, why: reason } = read.value;
    const opened = await open(deps, on, read.value);
    if (opened === undefined) on.show('layout/message.njk', NOT_NOW, 503);
    // The form's own id for the question as well: the same form sent twice asks once.
    else await askInEmergency(deps, on, { breakGlassId: opened.breakGlassId, requestId: breakGlassId, reason });
  });

/** For whoever may, has proven herself again, and has none open yet. */
function declarePage(
  deps: PageDeps,
  render: Render,
  page: 'break-glass' | undefined,
  answer: (on: OnCase) => Promise<void> | void,
): RequestHandler {
  return casePage(deps, render, page, async (on) => {
    if (!mayBreakGlass(deps, on)) on.notFound();
    else if (!(await isSteppedUp(deps, render, on))) return;
    else if (isOpenByAnotherForm(deps, on)) on.response.redirect(303, hrefOf(on));
    else await answer(on);
  });
}

const hrefOf = ({ kase }: OnCase): string => `/cases/${kase.caseRef}/break-glass`;

/** The form of the grant itself, sent a second time, leads on to its answer instead. */
function isOpenByAnotherForm(deps: PageDeps, on: OnCase): boolean {
  const grant = ownGrant(deps, on);
  return grant !== undefined && grant.breakGlassId !== breakGlassIdOf(on, fieldsOf(on.request).breakGlassId ?? '');
}

/**
 * The id of what a form opens: of this form, case and person. The attacker is the person herself, who sends one form's id
 * with another case, so that the second emergency would be taken for the first and its review for done.
 */
const breakGlassIdOf = ({ kase, actor }: OnCase, ofForm: string): string =>
  reviewIdOf('declaration', ofForm, kase.caseRef, actor.agency, actor.staffId);

/** Words first, then entry and case: an entry must not speak of words that nobody kept. Undefined where one failed. */
async function open(deps: PageDeps, on: OnCase, declared: Declaration): Promise<BreakGlass | undefined> {
  const { cases, log, now, disclosure } = deps;
  const { actor, session, agency } = on;
  const { hours, words: text } = declared;
  const breakGlassId = breakGlassIdOf(on, declared.breakGlassId);
  const { caseRef } = on.kase;
  const before = ownGrant(deps, on);
  if (before !== undefined) return before;
  const words = await disclosure.reasons.seal({
    ...{ id: breakGlassId, what: 'declaration', agency: agency.id, scope: caseRef, text },
  });
  if (!words.ok || !(await words.value.keep()).ok) return undefined;
  const expiresAt = new Date(now().getTime() + hours * HOUR_MS).toISOString();
  const changed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    actor,
    {
      ...{ caseRef, session: session.name },
      change: { kind: 'open-break-glass', breakGlassId, expiresAt, declarationDigest: words.value.digest },
    },
  );
  return changed.ok ? openBy(changed.value.kase, actor, now().toISOString()) : undefined;
}

const HOUR_MS = 3_600_000;

function formPage(
  deps: PageDeps,
  on: OnCase,
  typed: DeclarationTyped,
  errors: readonly DeclarationError[],
  again?: { readonly cut: boolean },
): Page {
  const { kase, agency } = on;
  const longest = longestHours(deps.disclosure.bundle);
  return {
    heading: 'Declare an emergency',
    ...{ caseRef: kase.caseRef, person: sayName(kase.subject), backHref: hrefOf(on), action: `${hrefOf(on)}/declare` },
    ...{ typed, wordsMax: WORDS_MAX, agency: deps.nameOfAgency(agency.id) },
    risks: Object.entries(AT_RISK).map(([value, text]) => ({ value, text })),
    hours: offeredHours(longest).map((each) => ({ value: String(each), text: sayHours(each) })),
    errorOf: Object.fromEntries(errors.map(({ field, text }) => [field, text])),
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0
      ? {}
      : { errors: { list: errors.map(({ field, text }) => ({ text, href: `#${field}` })) } }),
  };
}
