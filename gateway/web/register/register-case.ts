import type { RequestHandler } from 'express';
import { contactStanding } from '../../cases/contact-gap.ts';
import { reviewDueOn } from '../../cases/review-due.ts';
import type { OnCase } from '../cases/case-page.ts';
import { CATEGORY_WORDS, CONTACT_STOPPED, isContactStopped } from '../cases/category-words.ts';
import { sayBorn, sayName } from '../cases/say-person.ts';
import { sayDay } from '../layout/say-date.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { claimablePurposes } from '../request/claimable.ts';
import { CHANGE_FORMS, formNamed } from './change-forms.ts';
import { groundOf } from './change-routes.ts';
import { historyOf } from './history.ts';
import { panelCase } from './panel-case.ts';

/** `GET /register/:ref`: one case of the panel, what can be decided on it, and everything that was. */
export const getRegisterCase = (deps: PageDeps, render: Render): RequestHandler =>
  panelCase(deps, render, (on) => on.show('register/case.njk', pageOf(deps, on)));

function pageOf(deps: PageDeps, on: OnCase): Page {
  const { kase, request } = on;
  const href = `/register/${kase.caseRef}`;
  const { tag, colour } = CATEGORY_WORDS[kase.category];
  const ground = groundOf(deps, on);
  const doable = CHANGE_FORMS.map((form) => ({ ...form, whyNot: form.whyNot(ground) }));
  return {
    heading: `Case ${kase.caseRef}`,
    name: sayName(kase.subject),
    born: sayBorn(kase.subject, ground.today),
    ...{ tag, colour },
    done: doneSentence(queryOf(request, 'done') ?? ''),
    rows: rowsOf(deps, on),
    stopped: isContactStopped(kase) ? CONTACT_STOPPED : undefined,
    offered: doable
      .filter(({ whyNot }) => whyNot === undefined)
      .map(({ heading, slug }) => ({ text: heading, href: `${href}/${slug}` })),
    notOffered: doable.flatMap(({ heading, whyNot }) => (whyNot === undefined ? [] : [{ text: heading, whyNot }])),
    askHref: mayAsk(deps, on) ? `/cases/${kase.caseRef}/request` : undefined,
    history: historyOf(kase).map(({ title, at, by, sentences }) => ({ title, at, sentences, by: sayBy(deps, by) })),
  };
}

/** What was just done, from a closed list: an address can put no words of its own on the page. */
const doneSentence = (done: string): string | undefined =>
  done === 'opened' ? 'The case is opened. It has no state until the panel decides.' : formNamed(done)?.done;

function mayAsk(deps: PageDeps, { kase, agency, session }: OnCase): boolean {
  return claimablePurposes(deps.disclosure.bundle, kase, { agency, staff: session.staff }, deps.now()).length > 0;
}

function sayBy(deps: PageDeps, { staffId, role, agency }: OnCase['actor']): string {
  const label = deps.disclosure.bundle.roles.get(role)?.label ?? role;
  return `${staffId} (${label}, ${deps.nameOfAgency(agency)})`;
}

function rowsOf(deps: PageDeps, { kase }: OnCase): readonly { readonly key: string; readonly value: string }[] {
  const { lastReachedOn, hasGap } = contactStanding(kase);
  const { maracMeetingOn, allocatedTo, category } = kase;
  const others = kase.agencies.filter((agency) => agency !== kase.leadAgency).map(deps.nameOfAgency);
  return [
    { key: 'Opened on', value: sayDay(kase.openedOn) },
    { key: 'MARAC reference', value: kase.maracReference },
    { key: 'MARAC meeting', value: maracMeetingOn === undefined ? 'On no list yet' : sayDay(maracMeetingOn) },
    { key: 'Review due by', value: category === 'closed' ? 'None: closed' : sayDay(reviewDueOn(kase)) },
    { key: 'Worker', value: allocatedTo ?? 'Nobody yet' },
    { key: 'Team', value: kase.team.length === 0 ? 'Nobody else' : kase.team.join(', ') },
    { key: 'Lead agency', value: deps.nameOfAgency(kase.leadAgency) },
    { key: 'Other agencies', value: others.length === 0 ? 'None' : others.join(', ') },
    { key: 'Last contact made', value: lastReachedOn === undefined ? 'None' : sayDay(lastReachedOn) },
    { key: 'Contact gap', value: hasGap ? 'Yes' : 'No' },
  ];
}
