import type { RequestHandler } from 'express';
import { dayOf } from '../../../cases/days.ts';
import { columnNames, COLUMNS } from '../../../cases/marac-list/columns.ts';
import { importMaracList, type ImportFault } from '../../../cases/marac-list/import-marac-list.ts';
import { COLUMN_HINTS, sayRowFault } from '../../../cases/marac-list/mend.ts';
import {
  readMaracList,
  type ListFault,
  type ListRow,
  type MaracList,
  type RowFault,
} from '../../../cases/marac-list/read-marac-list.ts';
import { mayKnow } from '../../../cases/may-change.ts';
import { NOT_NOW } from '../../cases/case-page.ts';
import { sayName } from '../../cases/say-person.ts';
import { recordView } from '../../cases/view-entry.ts';
import { sayDay } from '../../layout/say-date.ts';
import type { Render } from '../../layout/render.ts';
import type { PageDeps } from '../../page-deps.ts';
import { queryOf } from '../../session/query.ts';
import { CRITERION_WORDS } from '../history.ts';
import { panelPage, type OnPanel } from '../panel-page.ts';
import { keepList, openList } from './kept-list.ts';
import { TO_UPLOAD, uploadOf } from './upload.ts';

/** `/register/import`: a MARAC list is sent, looked at, and imported. Sent again it opens nothing twice. */

/** Rows of a list that a page imports while somebody waits for it. */
export const IMPORT_ROWS_MAX = 500;
/** Cases looked up at once for a preview: as many as the register has connections. */
const LOOKED_UP_AT_ONCE = 8;

export const getUpload = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, (on) => showUpload(on, undefined));

/** `POST /register/import`: the file is kept for its preview, and nothing else happens yet. */
export const postUpload = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const file = uploadOf(on.request);
    if (file === undefined || file.length === 0) {
      showUpload(on, 'Select a MARAC list');
      return;
    }
    const list = listOf(deps, file);
    if ('fault' in list) {
      showUpload(on, list.fault);
      return;
    }
    const kept = await keepList(deps, on.session, new TextDecoder().decode(file));
    if (kept.ok) on.response.redirect(303, `${TO_UPLOAD}/${kept.value}`);
    else on.show('layout/message.njk', NOT_NOW, 503);
  });

function listOf(deps: PageDeps, file: Uint8Array): MaracList | { readonly fault: string } {
  const list = readMaracList(file, dayOf(deps.now().toISOString()));
  if (!list.ok) return { fault: LIST_FAULTS[list.error] };
  const { rows, faults } = list.value;
  if (rows.length === 0 && faults.length === 0) return { fault: 'The list holds no row below its first line' };
  return rows.length + new Set(faults.map(({ line }) => line)).size > IMPORT_ROWS_MAX
    ? { fault: LIST_FAULTS['too-large'] }
    : list.value;
}

const LIST_FAULTS: Readonly<Record<ListFault, string>> = {
  'too-large': `The list must be 1 MB and ${IMPORT_ROWS_MAX} rows at most: split it`,
  'not-utf8': 'The list is not text in UTF-8: save it as “CSV UTF-8”',
  'not-csv': 'The list is not CSV: a quote is not closed, or a row is too long',
  header: 'The first line must name the columns of a MARAC list, each once: see below',
};

function showUpload({ show, request }: OnPanel, error: string | undefined): void {
  show('register/import/upload.njk', {
    heading: 'Import a MARAC list',
    rowsMax: IMPORT_ROWS_MAX,
    error,
    again: queryOf(request, 'again') === 'yes',
    columns: columnNames().map((name) => ({
      name,
      hint: COLUMN_HINTS[name],
      needed: COLUMNS[name].isNeeded ? 'Needed' : 'May be left out',
    })),
    ...(error === undefined ? {} : { errors: { list: [{ text: error, href: '#list' }] } }),
  });
}

/** `GET /register/import/:id`: what would be opened, and what is to be mended. */
export const getPreview = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const file = await keptFor(deps, on);
    if (file === undefined) return;
    const list = listOf(deps, file);
    const rows = 'fault' in list ? undefined : await rowsWithCases(deps, on, list.rows);
    const found = rows === undefined ? {} : { found: rows.length };
    const recorded = await recordView(deps, on.session, { page: 'marac-list', ...found });
    if ('fault' in list || rows === undefined || !recorded) on.show('layout/message.njk', NOT_NOW, 503);
    else
      on.show('register/import/preview.njk', {
        heading: 'Check the list before you import it',
        rows,
        fresh: rows.filter(({ isKnown }) => !isKnown).length,
        known: rows.filter(({ isKnown }) => isKnown).length,
        faults: list.faults.map(faultView),
        action: `${TO_UPLOAD}/${String(on.request.params.id)}`,
      });
  });

/** The file of this page; undefined where the answer was given already. */
async function keptFor(deps: PageDeps, on: OnPanel): Promise<Uint8Array | undefined> {
  const kept = await openList(deps, on.session, String(on.request.params.id));
  if (!kept.ok) on.show('layout/message.njk', NOT_NOW, 503);
  else if (kept.value === undefined) on.show('layout/message.njk', GONE);
  return kept.ok ? kept.value : undefined;
}

const GONE = {
  heading: 'This list is not kept any more',
  sentences: ['A list is kept for ten minutes, for the person who sent it. Send it again: nothing is opened twice.'],
  links: [{ href: TO_UPLOAD, text: 'Import a MARAC list' }],
};

async function rowsWithCases(deps: PageDeps, { actor }: OnPanel, rows: readonly ListRow[]) {
  const views: Awaited<ReturnType<typeof rowView>>[] = [];
  for (let from = 0; from < rows.length; from += LOOKED_UP_AT_ONCE) {
    const some = rows.slice(from, from + LOOKED_UP_AT_ONCE);
    views.push(...(await Promise.all(some.map((row) => rowView(deps, actor, row)))));
  }
  return views.includes(undefined) ? undefined : views.flatMap((view) => view ?? []);
}

/** Undefined where the register is away. Another panel's case is not known here: importing says that its reference is taken. */
async function rowView(deps: PageDeps, actor: OnPanel['actor'], { line, asked }: ListRow) {
  const there = await deps.cases.open(asked.caseRef, actor.agency);
  if (!there.ok && there.error !== 'not-found') return undefined;
  const { caseRef, maracReference, criterion, referredOn, maracMeetingOn, subject } = asked;
  return {
    ...{ line, caseRef, maracReference },
    criterion: CRITERION_WORDS[criterion].split(':')[0],
    referredOn: sayDay(referredOn),
    meetingOn: maracMeetingOn === undefined ? 'On no list yet' : sayDay(maracMeetingOn),
    name: sayName(subject),
    isKnown: there.ok && mayKnow(there.value.kase, actor),
  };
}

const faultView = (fault: RowFault) => ({ line: fault.line, ...sayRowFault(fault) });

/** `POST /register/import/:id`: opens a case for each good row. */
export const postImport = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const file = await keptFor(deps, on);
    if (file === undefined) return;
    const { cases, log, now, disclosure } = deps;
    const opening = { cases, log, seal: disclosure.seal, pseudonymOf: disclosure.pseudonymOf, now };
    const imported = await importMaracList(opening, on.actor, file);
    if (imported.ok) {
      const { opened, known, faults } = imported.value;
      on.show('register/import/imported.njk', {
        heading: 'The list is imported',
        ...{ opened, known },
        faults: faults.map(faultView),
      });
    } else sayNotImported(on, imported.error);
  });

function sayNotImported(on: OnPanel, fault: ImportFault): void {
  if (fault.fault !== 'stopped') {
    on.notFound();
    return;
  }
  const { line, opened } = fault;
  on.show(
    'layout/message.njk',
    {
      heading: 'The list was not imported to its end',
      sentences: [
        `The log or the register could not be written at line ${line}. ${opened} cases were opened before it.`,
        'Send the same list again in a minute: nothing is opened twice.',
      ],
      links: [{ href: TO_UPLOAD, text: 'Import a MARAC list' }],
    },
    503,
  );
}
