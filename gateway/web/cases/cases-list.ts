import type { RequestHandler } from 'express';
import type { CaseActor } from '../../../schemas/case-history.ts';
import type { PersonName } from '../../../schemas/person.ts';
import { listCases, type CaseRow, type CaseRows } from '../../cases/caseload.ts';
import { sayDay } from '../layout/say-date.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';
import { actorsOf, NOT_NOW } from './case-page.ts';
import { CATEGORY_WORDS } from './category-words.ts';
import { OUTCOME_WORDS } from '../attempts/outcome-words.ts';
import { sayName } from './say-person.ts';
import { recordView } from './view-entry.ts';

/** W1: `GET /cases`, the cases that are hers. There is no search for a person. */

/** A worker's cases are few and on one page, so that she may sort them. */
const ROWS_MAX = 200;
/** A panel's are many; each is unsealed to be shown, at a fifth of a millisecond. */
const PANEL_ROWS_MAX = 50;

const COLUMNS = [
  { sort: 'case', text: 'Case' },
  { sort: 'name', text: 'Name' },
  { sort: 'state', text: 'State' },
  { sort: 'allocated', text: 'Days since allocation' },
  { sort: 'contact', text: 'Last contact made' },
  { sort: 'gap', text: 'Contact gap' },
] as const;
type Sort = (typeof COLUMNS)[number]['sort'];

export function getCases(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const { agencies, stale } = deps.register();
    const agency = agencies.get(session.staff.agency);
    const [actor] = agency === undefined ? [] : actorsOf(session.staff, agency);
    if (actor === undefined) {
      renderNotFound(deps, render, request, response);
      return;
    }
    const listed = await listCases(deps, actor, wantedBy(actor), {
      limit: actor.role === 'dai.daiw' ? ROWS_MAX : PANEL_ROWS_MAX,
      ...afterOf(queryOf(request, 'after')),
    });
    const frame = frameFor(deps, request, session);
    const found = listed.ok ? { found: listed.value.rows.length } : {};
    const recorded = await recordView(deps, session, { page: 'cases', ...found });
    if (!listed.ok || !recorded || stale) render(response, 'layout/message.njk', frame, NOT_NOW, 503);
    else render(response, 'cases/cases.njk', frame, listPage(listed.value, actor, sortOf(queryOf(request, 'sort'))));
  };
}

const wantedBy = ({ role }: CaseActor) => ({ of: role === 'dai.daiw' ? ('mine' as const) : ('open' as const) });

/** What an address bar may hand on to the register: nothing but what it once gave. */
const afterOf = (after: string | undefined) =>
  after !== undefined && /^[A-Za-z0-9_.:|-]{1,200}$/u.test(after) ? { after } : {};

const sortOf = (asked: string | undefined): Sort => COLUMNS.find(({ sort }) => sort === asked)?.sort ?? 'case';

function listPage({ rows, unreadable, withOpenGlass, next }: CaseRows, { role }: CaseActor, sort: Sort): Page {
  const isWorker = role === 'dai.daiw';
  return {
    heading: isWorker ? 'My cases' : 'Cases',
    empty: isWorker
      ? 'No cases are allocated to you. The panel coordinator of your agency allocates cases after the panel has met.'
      : 'Your agency leads no open case. Cases are opened from MARAC referrals.',
    columns: COLUMNS.map((column) => ({ ...column, isSorted: column.sort === sort })),
    rows: [...rows].sort(BY[sort]).map((row) => ({ ...rowView(row), isGlassOpen: withOpenGlass.has(row.caseRef) })),
    unreadable,
    nextHref: next === undefined ? undefined : `/cases?after=${encodeURIComponent(next)}`,
  };
}

const nameOf = (name: PersonName | undefined): string => sayName(name === undefined ? {} : { names: [name] });
const byText =
  (text: (row: CaseRow) => string) =>
  (a: CaseRow, b: CaseRow): number =>
    text(a).localeCompare(text(b), 'en-GB');

const BY: Readonly<Record<Sort, (a: CaseRow, b: CaseRow) => number>> = {
  case: byText(({ caseRef }) => caseRef),
  name: byText(({ name }) => nameOf(name)),
  state: byText(({ category }) => CATEGORY_WORDS[category].tag),
  // Longest first: whoever has waited longest is what the list is sorted for.
  allocated: (a, b) => (b.daysSinceAllocation ?? b.daysOpen) - (a.daysSinceAllocation ?? a.daysOpen),
  contact: byText(({ lastReachedOn }) => lastReachedOn ?? ''),
  gap: (a, b) => Number(b.hasContactGap) - Number(a.hasContactGap) || b.daysOpen - a.daysOpen,
};

function rowView(row: CaseRow) {
  const { caseRef, name, category, daysSinceAllocation, lastReachedOn, lastAttempt, hasContactGap } = row;
  const { tag, colour } = CATEGORY_WORDS[category];
  return {
    caseRef,
    href: `/cases/${caseRef}`,
    name: nameOf(name),
    tag,
    colour,
    days: daysSinceAllocation === undefined ? 'Not recorded' : String(daysSinceAllocation),
    contact: lastReachedOn === undefined ? 'None' : sayDay(lastReachedOn),
    attempt:
      lastAttempt === undefined
        ? undefined
        : `Last attempt ${sayDay(lastAttempt.at)}: ${OUTCOME_WORDS[lastAttempt.outcome].short}`,
    gap: hasContactGap ? 'Yes' : 'No',
  };
}
