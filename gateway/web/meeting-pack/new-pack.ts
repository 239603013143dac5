import type { RequestHandler } from 'express';
import { z } from 'zod';
import { dayOf } from '../../cases/days.ts';
import { LISTED_PURPOSE } from '../../disclosure/meeting.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sayName } from '../cases/say-person.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { namesOf, summaryOf, withErrors, type FieldError } from '../register/fields.ts';
import { panelPage, type OnPanel } from '../register/panel-page.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { takeTyped } from '../session/typed-fields.ts';
import type { PackAsker } from './ask-cases.ts';
import { casesListedFor, chooseCases, type ChosenCase } from './choose-cases.ts';
import { sayMeeting } from './meetings.ts';
import { packFields, readMeeting, readPackForm, type PackAsked } from './pack-form.ts';
import { PACK_KEPT_MS, sealPack, type PackDefinition } from './pack.ts';

/** `/meetings/new`: for which meeting and which cases, checked case by case, then begun once. */

const HREF = '/meetings/new';

export const getNewPack = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, (on) => {
    const again = takeTyped(deps, on);
    showForm(deps, on, again?.fields ?? {}, [], again);
  });

export const postNewPack = (deps: PageDeps, render: Render, asker: PackAsker): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const typed = fieldsOf(on.request);
    const read = readPackForm(typed, todayOf(deps));
    if (typed.step === 'change') showForm(deps, on, typed, []);
    else if (typed.step === 'list') await addListed(deps, on, typed);
    else if (!read.ok) showForm(deps, on, typed, read.error);
    else await choose(deps, on, { typed, asked: read.value, asker });
  });

const todayOf = (deps: PageDeps): string => dayOf(deps.now().toISOString());

/** "Add the cases on this day's list": what was typed stays, and what is on the list comes below it. */
async function addListed(deps: PageDeps, on: OnPanel, typed: FormFields): Promise<void> {
  const meeting = readMeeting({ ...typed, purpose: LISTED_PURPOSE }, todayOf(deps));
  if (!meeting.ok) {
    showForm(deps, on, typed, meeting.error);
    return;
  }
  const listed = await casesListedFor(deps, on.actor, meeting.value.on);
  if (!listed.ok) {
    on.show('layout/message.njk', NOT_NOW, 503);
    return;
  }
  const lines = (typed.cases ?? '').split(/\s+/u).filter((line) => line !== '');
  const cases = [...new Set([...lines, ...listed.value])].join('\n');
  const text = 'No open case of your panel is on the list of a MARAC meeting of this day';
  const errors = listed.value.length === 0 ? [{ field: 'on', text }] : [];
  showForm(deps, on, { ...typed, purpose: LISTED_PURPOSE, cases }, errors);
}

interface Choosing {
  readonly typed: FormFields;
  readonly asked: PackAsked;
  readonly asker: PackAsker;
}

async function choose(deps: PageDeps, on: OnPanel, choosing: Choosing): Promise<void> {
  const { typed, asked } = choosing;
  const { purpose } = asked.meeting;
  const { actor, agency } = on;
  const chosen = await chooseCases(deps, { actor, agency, purpose, on: asked.on }, asked.refs);
  if (!chosen.ok) {
    on.show('layout/message.njk', NOT_NOW, 503);
    return;
  }
  const possible = chosen.value.filter(({ whyNot }) => whyNot === undefined);
  if (typed.step === 'begin' && possible.length > 0) await begin(deps, on, choosing, possible);
  else await showCheck(deps, on, choosing, chosen.value);
}

async function begin(
  deps: PageDeps,
  { actor, agency, session, response, show }: OnPanel,
  { typed, asked, asker }: Choosing,
  possible: readonly ChosenCase[],
): Promise<void> {
  const { purpose } = asked.meeting;
  const now = deps.now();
  const cases = possible.map(({ caseRef, kase }) => ({
    caseRef,
    ...(purpose === LISTED_PURPOSE && kase !== undefined ? { listing: kase.maracReference } : {}),
  }));
  const definition: PackDefinition = { purpose, role: actor.role, on: asked.on, begunAt: now.toISOString(), cases };
  const packId = packIdIn(deps, typed);
  const begun = await deps.meetingPacks.begin({
    ...{ session: session.name, packId, parts: cases.length },
    sealed: sealPack(session, definition),
    endsAtMs: now.getTime() + PACK_KEPT_MS,
  });
  if (!begun.ok) {
    show('layout/message.njk', NOT_NOW, 503);
    return;
  }
  // Pressed a second time it was begun already, and its page shows how far it is.
  if (begun.value) asker.start(deps, { session, agency, pack: { packId, definition }, again: false });
  response.redirect(303, `/meetings/${packId}`);
}

/** Made with the form, so that sending it twice begins one pack. */
function packIdIn(deps: PageDeps, typed: FormFields): string {
  const packId = z.uuid().safeParse(typed.packId);
  return packId.success ? packId.data : deps.newId();
}

function showForm(
  deps: PageDeps,
  on: OnPanel,
  typed: FormFields,
  errors: readonly FieldError[],
  again?: { readonly cut: boolean },
): void {
  const fields = packFields(typed);
  on.show('meeting-pack/new.njk', {
    heading: 'Make a meeting pack',
    action: HREF,
    packId: packIdIn(deps, typed),
    fields: withErrors(fields, errors),
    filledIn: again !== undefined,
    lostTail: again?.cut === true,
    ...(errors.length === 0 ? {} : { errors: { list: summaryOf(fields, errors) } }),
  });
}

/** Names of people stand on this page, so it is an entry before it is shown (P1). */
async function showCheck(
  deps: PageDeps,
  on: OnPanel,
  { typed, asked }: Choosing,
  chosen: readonly ChosenCase[],
): Promise<void> {
  const found = chosen.filter(({ kase }) => kase !== undefined).length;
  if (!(await recordView(deps, on.session, { page: 'meetings', found }))) {
    on.show('layout/message.njk', NOT_NOW, 503);
    return;
  }
  const names = packFields(typed).flatMap(namesOf);
  on.show('meeting-pack/check.njk', {
    heading: 'Check before the agencies are asked',
    action: HREF,
    packId: packIdIn(deps, typed),
    meeting: sayMeeting({ purpose: asked.meeting.purpose, on: asked.on }),
    label: deps.disclosure.bundle.purposes.get(asked.meeting.purpose)?.label,
    possible: chosen.filter(({ whyNot }) => whyNot === undefined).map(caseView),
    left: chosen.flatMap(({ caseRef, whyNot }) => (whyNot === undefined ? [] : [{ caseRef, whyNot }])),
    sent: names.flatMap((name) => (typed[name] === undefined ? [] : [{ name, value: typed[name] }])),
    minutes: PACK_KEPT_MS / 60_000,
  });
}

function caseView({ caseRef, kase }: ChosenCase) {
  const { tag, colour } = CATEGORY_WORDS[kase?.category ?? 'none'];
  return { caseRef, listing: kase?.maracReference, name: sayName(kase?.subject ?? {}), tag, colour };
}
