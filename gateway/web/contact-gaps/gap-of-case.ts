import { z } from 'zod';
import { GAP_OUTCOMES, type GapRequest } from '../../../schemas/case-safety.ts';
import type { CaseChange } from '../../../schemas/case-change.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import { changeCase } from '../../cases/change-case.ts';
import { contactStanding } from '../../cases/contact-gap.ts';
import { daysFrom } from '../../cases/days.ts';
import { nextOf } from '../../cases/gap-list.ts';
import { mayChange } from '../../cases/may-change.ts';
import { NOT_NOW, type OnCase } from '../cases/case-page.ts';
import { whyStopped } from '../cases/category-words.ts';
import { sayName } from '../cases/say-person.ts';
import { sayDate, sayDay } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import { openKept } from '../request/kept.ts';
import { whyHiddenNow } from '../request/still-shown.ts';
import { fieldsOf, type FormFields } from '../session/form-fields.ts';
import { queryOf } from '../session/query.ts';
import { takeTyped } from '../session/typed-fields.ts';
import { NEXT_WORDS, sayAsked, sayDays, sayState } from './gap-words.ts';

/** One case's contact gap: which agency was asked to obtain a contact, what it said, and asking one. */

type Answer = (on: OnCase) => Promise<void> | void;
interface FormError {
  readonly field: string;
  readonly text: string;
}

const hrefOf = ({ kase }: OnCase): string => `/contact-gaps/${kase.caseRef}`;

/** `GET /contact-gaps/:ref`. `from` names an answer of hers that says which agency is best placed. */
export const getGap =
  (deps: PageDeps): Answer =>
  async (on) => {
    const again = takeTyped(deps, on);
    showGap(deps, on, again?.fields ?? {}, [], await bestPlacedOf(deps, on));
  };

/** `POST /contact-gaps/:ref`: what an agency said, or asking one. One address, so that a form can be filled in again. */
export const postGap =
  (deps: PageDeps): Answer =>
  async (on) => {
    const typed = fieldsOf(on.request);
    await (typed.step === 'answer' ? recordAnswer(deps, on, typed) : raise(deps, on, typed));
  };

async function raise(deps: PageDeps, on: OnCase, typed: FormFields): Promise<void> {
  const agency = offeredTo(deps, on).find((each) => each === typed.agency);
  const requestId = z.uuid().safeParse(typed.requestId);
  // Sent twice: the first one stands, and its agency is offered no more.
  const isThere = on.kase.gapRequests?.some((each) => each.requestId === requestId.data) === true;
  if (isThere) on.response.redirect(303, hrefOf(on));
  else if (agency === undefined)
    showGap(deps, on, typed, [{ field: 'agency', text: 'Select which agency is asked' }], undefined);
  else
    await change(deps, on, {
      kind: 'raise-contact-gap',
      requestId: requestId.success ? requestId.data : deps.newId(),
      agency,
    });
}

async function recordAnswer(deps: PageDeps, on: OnCase, typed: FormFields): Promise<void> {
  const asked = on.kase.gapRequests?.find(({ requestId }) => requestId === typed.requestId);
  const outcome = GAP_OUTCOMES.find((each) => each === typed.outcome);
  if (asked === undefined) on.response.redirect(303, hrefOf(on));
  else if (outcome === undefined)
    showGap(deps, on, {}, [{ field: `outcome-${asked.requestId}`, text: 'Select what the agency said' }], undefined);
  else await change(deps, on, { kind: 'answer-contact-gap', requestId: asked.requestId, outcome });
}

async function change(deps: PageDeps, on: OnCase, wanted: CaseChange): Promise<void> {
  const { cases, log, now, disclosure } = deps;
  const changed = await changeCase(
    { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now },
    on.actor,
    { caseRef: on.kase.caseRef, change: wanted, session: on.session.name },
  );
  if (changed.ok) on.response.redirect(303, hrefOf(on));
  else if (changed.error === 'not-found' || changed.error === 'may-not') on.notFound();
  else if (changed.error === 'register-unavailable' || changed.error === 'log-unavailable')
    on.show('layout/message.njk', NOT_NOW, 503);
  else
    on.show('layout/message.njk', {
      heading: 'No agency was asked',
      sentences: ['The case has changed since you opened the page. Open it again.'],
      links: [{ href: hrefOf(on), text: 'Back to the contact gap' }],
    });
}

/**
 * Agencies of the case beside the lead. Never victim services: nobody asks those who stand by her for a way to reach him.
 */
function offeredTo(deps: PageDeps, { kase, actor }: OnCase): readonly AgencyId[] {
  if (!mayChange(kase, actor, 'raise-contact-gap') || whyStopped(kase) !== undefined) return [];
  const { agencies } = deps.register();
  const waiting = new Set(kase.gapRequests?.filter(({ answer }) => answer === undefined).map(({ agency }) => agency));
  return kase.agencies.filter((id) => {
    const group = agencies.get(id)?.group;
    return group !== undefined && group !== 'victim-services' && id !== kase.leadAgency && !waiting.has(id);
  });
}

/** What her own answer says of who can best obtain one, for as long as it is shown; nothing of it goes into an address. */
async function bestPlacedOf(deps: PageDeps, on: OnCase): Promise<AgencyId | undefined> {
  const { kase, agency, session } = on;
  const opened = await openKept(deps, session, queryOf(on.request, 'from') ?? '');
  const kept = opened.ok ? opened.value?.kept : undefined;
  if (kept?.disclosure.caseRef !== kase.caseRef) return undefined;
  const now = { kase, agency, staffId: session.staff.staffId, at: deps.now() };
  const hidden = await whyHiddenNow(deps.disclosure, kept, now);
  return hidden.ok && hidden.value === undefined ? kept.disclosure.bestPlaced?.agency : undefined;
}

function showGap(
  deps: PageDeps,
  on: OnCase,
  typed: FormFields,
  errors: readonly FormError[],
  bestPlaced: AgencyId | undefined,
): void {
  const { kase } = on;
  const { hasGap } = contactStanding(kase);
  const requests = [...(kase.gapRequests ?? [])].reverse();
  const errorOf = (field: string): string | undefined => errors.find((each) => each.field === field)?.text;
  on.show('contact-gaps/case.njk', {
    heading: `Contact gap on ${kase.caseRef}`,
    person: sayName(kase.subject),
    href: hrefOf(on),
    caseHref: `/cases/${kase.caseRef}`,
    rows: rowsOf(deps, on, hasGap),
    requests: requests.map((asked) => requestView(deps, on, asked, typed, errorOf(`outcome-${asked.requestId}`))),
    stop: whyStopped(kase),
    offered: offeredTo(deps, on).map((id) => ({
      value: id,
      text: deps.nameOfAgency(id),
      ...(id === bestPlaced ? { hint: { text: 'Your last answer says that this agency can best obtain one.' } } : {}),
    })),
    chosen: typed.agency ?? bestPlaced,
    requestId: deps.newId(),
    agencyError: errorOf('agency'),
    ...(errors.length === 0
      ? {}
      : { errors: { list: errors.map(({ field, text }) => ({ text, href: `#${field}` })) } }),
  });
}

function rowsOf(deps: PageDeps, { kase }: OnCase, hasGap: boolean) {
  const { firstReachedOn } = contactStanding(kase);
  const today = deps.now().toISOString().slice(0, 10);
  const first =
    firstReachedOn === undefined ? 'Not yet' : `${sayDays(daysFrom(kase.openedOn, firstReachedOn))} after opening`;
  return [
    { key: 'Contact gap', value: hasGap ? 'Yes: no contact is known to reach this person' : 'No' },
    { key: 'Opened on', value: `${sayDay(kase.openedOn)} (${sayDays(daysFrom(kase.openedOn, today))} ago)` },
    { key: 'First usable contact', value: first },
    { key: 'Next step', value: hasGap ? NEXT_WORDS[nextOf(kase)] : 'None' },
  ];
}

function requestView(
  deps: PageDeps,
  { kase, actor }: OnCase,
  asked: GapRequest,
  typed: FormFields,
  error: string | undefined,
) {
  const { requestId, answer, agency } = asked;
  return {
    requestId,
    agency: deps.nameOfAgency(agency),
    says: `${sayAsked(asked, deps.nameOfAgency)}.`,
    state: sayState(asked),
    answered: answer === undefined ? undefined : `Recorded by ${answer.by.staffId} on ${sayDate(answer.at)}.`,
    mayAnswer: answer === undefined && mayChange(kase, actor, 'answer-contact-gap'),
    chosen: typed.requestId === requestId ? typed.outcome : undefined,
    error,
  };
}
