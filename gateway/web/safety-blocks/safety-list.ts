import type { RequestHandler } from 'express';
import { listForVictimServices, type SafetyRow } from '../../cases/safety-list.ts';
import { actorsOf, NOT_NOW } from '../cases/case-page.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Render } from '../layout/render.ts';
import { sayDay } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { frameFor, renderNotFound, sessionOf } from '../session/signed-in.ts';

const ROWS_MAX = 50;

/** `GET /safety-blocks`: what victim services have still to read, then the open cases in which theirs is an agency. */
export function getSafetyList(deps: PageDeps, render: Render): RequestHandler {
  return async (request, response) => {
    const session = sessionOf(request);
    const { agencies, stale } = deps.register();
    const agency = agencies.get(session.staff.agency);
    const [actor] = agency === undefined ? [] : actorsOf(session.staff, agency, ['vic.idva']);
    if (actor?.group !== 'victim-services') {
      renderNotFound(deps, render, request, response);
      return;
    }
    const after = queryOf(request, 'after');
    const listed = await listForVictimServices(deps.cases, actor, {
      limit: ROWS_MAX,
      ...(after === undefined ? {} : { after }),
    });
    const found = listed.ok ? { found: listed.value.rows.length } : {};
    const recorded = await recordView(deps, session, { page: 'safety-blocks', ...found });
    const frame = frameFor(deps, request, session);
    if (!listed.ok || !recorded || stale) {
      render(response, 'layout/message.njk', frame, NOT_NOW, 503);
      return;
    }
    const { rows, unread, unreadable, next } = listed.value;
    render(response, 'safety-blocks/list.njk', frame, {
      heading: 'Safety blocks',
      unreadable,
      unread: unread.map(({ caseRef, leadAgency, answers }) => ({
        caseRef,
        href: `/safety-blocks/${caseRef}`,
        says: answers.map(
          ({ on, by }) => `${sayDay(on)}, recorded by ${by ?? 'somebody'} of ${deps.nameOfAgency(leadAgency)}`,
        ),
      })),
      rows: rows.map(rowView),
      nextHref: next === undefined ? undefined : `/safety-blocks?after=${encodeURIComponent(next)}`,
    });
  };
}

function rowView({ caseRef, maracReference, category, isStopped, blocks, protectedContacts }: SafetyRow) {
  const { tag, colour } = CATEGORY_WORDS[category];
  return {
    ...{ caseRef, maracReference, tag, colour, blocks, protectedContacts },
    href: `/safety-blocks/${caseRef}`,
    stopped: isStopped ? 'Yes' : 'No',
  };
}
