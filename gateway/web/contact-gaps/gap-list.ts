import type { RequestHandler } from 'express';
import { measureContactGaps } from '../../cases/caseload.ts';
import { listGaps, type GapList, type GapRow } from '../../cases/gap-list.ts';
import type { GapMeasure } from '../../ports/case-register.ts';
import { actorsOf, NOT_NOW } from '../cases/case-page.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Page, Render } from '../layout/render.ts';
import { sayDay } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';
import { NEXT_WORDS, sayDays, sayState } from './gap-words.ts';

const ROWS_MAX = 100;

/** `GET /contact-gaps`: the gaps of her cases or her panel's, the longest open first, and how long reaching takes. */
export function getGapList(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const { agencies, stale } = deps.register();
    const agency = agencies.get(session.staff.agency);
    // Who works with cases and sits on the panel too sees the panel's.
    const actor = agency === undefined ? undefined : actorsOf(session.staff, agency).at(-1);
    if (actor?.group !== 'council') {
      renderNotFound(deps, render, request, response);
      return;
    }
    const after = queryOf(request, 'after');
    const [listed, measured] = await Promise.all([
      listGaps(deps, actor, { limit: ROWS_MAX, ...(after === undefined ? {} : { after }) }),
      measureContactGaps(deps, actor),
    ]);
    const found = listed.ok ? { found: listed.value.gaps.length } : {};
    const recorded = await recordView(deps, session, { page: 'contact-gaps', ...found });
    const frame = frameFor(deps, request, session);
    if (!listed.ok || !measured.ok || !recorded || stale) render(response, 'layout/message.njk', frame, NOT_NOW, 503);
    else render(response, 'contact-gaps/list.njk', frame, listPage(deps, listed.value, measured.value));
  };
}

function listPage(deps: PageDeps, { gaps, reached, unreadable, next }: GapList, measure: GapMeasure): Page {
  return {
    heading: 'Cases without a usable contact',
    rows: gaps.map((row) => rowView(deps, row)),
    reached: reached.map((row) => ({ caseRef: row.caseRef, href: `/cases/${row.caseRef}`, first: sayFirst(row) })),
    unreadable,
    measure: measureRows(measure),
    nextHref: next === undefined ? undefined : `/contact-gaps?after=${encodeURIComponent(next)}`,
  };
}

function rowView(deps: PageDeps, row: GapRow) {
  const { caseRef, daysOpen, asked, next } = row;
  return {
    caseRef,
    href: `/contact-gaps/${caseRef}`,
    days: String(daysOpen),
    first: sayFirst(row),
    asked: asked === undefined ? 'Nobody yet' : deps.nameOfAgency(asked.agency),
    since: asked === undefined ? undefined : `Asked on ${sayDay(asked.at)}`,
    state: asked === undefined ? undefined : sayState(asked),
    next: NEXT_WORDS[next],
  };
}

const sayFirst = ({ daysToFirstUsable, daysOpen }: GapRow): string =>
  daysToFirstUsable === undefined ? `Not yet, after ${sayDays(daysOpen)}` : `After ${sayDays(daysToFirstUsable)}`;

/** Over the cases that the agency opened in the last twelve months. */
function measureRows(measure: GapMeasure) {
  const { openCases, withGap, reached, medianDaysToFirstUsable, ninetiethPercentileDays } = measure;
  const days = (value: number | undefined): string => (value === undefined ? 'Nobody was reached yet' : sayDays(value));
  return [
    { key: 'Open cases', value: String(openCases) },
    { key: 'Without a usable contact', value: String(withGap) },
    { key: 'Cases in which the person was reached', value: String(reached) },
    { key: 'Time to first usable contact, half of them', value: days(medianDaysToFirstUsable) },
    { key: 'Time to first usable contact, nine in ten', value: days(ninetiethPercentileDays) },
  ];
}
