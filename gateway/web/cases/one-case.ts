import type { RequestHandler } from 'express';
import { contactStanding } from '../../cases/contact-gap.ts';
import { mayBreakGlass } from '../break-glass/grant-terms.ts';
import { sayDate, sayDay } from '../layout/say-date.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { claimablePurposes } from '../request/claimable.ts';
import { casePage, type OnCase } from './case-page.ts';
import { caseTabs } from './case-tabs.ts';
import { CATEGORY_WORDS, CONTACT_STOPPED, isContactStopped, whyStopped } from './category-words.ts';
import { sayBorn, sayName } from './say-person.ts';

/** W2: `GET /cases/:ref`, one case of hers and whether this person may be contacted. */
export const getCase = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, 'case', (on) => on.show('cases/case.njk', pageOf(deps, on)));

function pageOf(deps: PageDeps, on: OnCase): Page {
  const { kase, agency, session } = on;
  const now = deps.now();
  const { tag, colour } = CATEGORY_WORDS[kase.category];
  const offered = claimablePurposes(deps.disclosure.bundle, kase, { agency, staff: session.staff }, now);
  return {
    heading: `Case ${kase.caseRef}`,
    tabs: caseTabs(kase.caseRef, 'contact'),
    name: sayName(kase.subject),
    born: sayBorn(kase.subject, now.toISOString().slice(0, 10)),
    tag,
    colour,
    rows: rowsOf(deps, on),
    stops: stopsOf(deps, on),
    // Absent, not disabled: a button that cannot be pressed invites the question how to.
    requestHref: whyStopped(kase) === undefined && offered.length > 0 ? `/cases/${kase.caseRef}/request` : undefined,
    glassHref: mayBreakGlass(deps, on) ? `/cases/${kase.caseRef}/break-glass` : undefined,
    hasGap: contactStanding(kase).hasGap,
  };
}

function rowsOf(deps: PageDeps, { kase }: OnCase): readonly { readonly key: string; readonly value: string }[] {
  const { lastReachedOn } = contactStanding(kase);
  const others = kase.agencies.filter((agency) => agency !== kase.leadAgency).map(deps.nameOfAgency);
  return [
    { key: 'Opened on', value: sayDay(kase.openedOn) },
    { key: 'MARAC reference', value: kase.maracReference },
    { key: 'Lead agency', value: deps.nameOfAgency(kase.leadAgency) },
    { key: 'Lead practitioner', value: kase.allocatedTo ?? 'Allocated to nobody: ask the panel coordinator' },
    { key: 'Team', value: kase.team.length === 0 ? 'Nobody else' : kase.team.join(', ') },
    { key: 'Other agencies', value: others.length === 0 ? 'None' : others.join(', ') },
    { key: 'Last contact made', value: lastReachedOn === undefined ? 'None' : sayDay(lastReachedOn) },
  ];
}

/** What stops contact, each with whose decision it is. */
function stopsOf(
  deps: PageDeps,
  { kase }: OnCase,
): readonly { readonly title: string; readonly sentences: readonly string[] }[] {
  const { stop, tag } = CATEGORY_WORDS[kase.category];
  return [
    ...(stop === undefined ? [] : [{ title: tag, sentences: [stop, ...decidedBy(deps, kase)] }]),
    ...(isContactStopped(kase) ? [{ title: 'Contact stopped', sentences: [CONTACT_STOPPED] }] : []),
  ];
}

function decidedBy(deps: PageDeps, kase: OnCase['kase']): readonly string[] {
  const decision = kase.decisions?.findLast(({ to }) => to === kase.category);
  if (decision === undefined) return [`It was decided by the panel that ${deps.nameOfAgency(kase.leadAgency)} leads.`];
  const { by, at, because } = decision;
  const role = deps.disclosure.bundle.roles.get(by.role)?.label ?? by.role;
  return [`Decided on ${sayDate(at)} by ${by.staffId} (${role}, ${deps.nameOfAgency(by.agency)}).`, `Why: ${because}`];
}
