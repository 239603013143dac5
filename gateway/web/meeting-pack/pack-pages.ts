import type { RequestHandler } from 'express';
import { NOT_NOW } from '../cases/case-page.ts';
import { recordView } from '../cases/view-entry.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { panelPage, type OnPanel } from '../register/panel-page.ts';
import { fieldsOf } from '../session/form-fields.ts';
import type { PackAsker } from './ask-cases.ts';
import { sayMeeting } from './meetings.ts';
import { openPack, openPart, readPack, type OpenPack } from './pack.ts';
import { mayAskAgain, sayRefused } from './say-refused.ts';
import { sheetOf, silentIn, type Sheet } from './sheet.ts';

/** A pack while the agencies are asked, and as it is read and printed. */

/** `GET /meetings` */
export const getMeetings = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async (on) => {
    const listed = await deps.meetingPacks.list(on.session.name);
    if (!listed.ok) {
      on.show('layout/message.njk', NOT_NOW, 503);
      return;
    }
    const nowMs = deps.now().getTime();
    const packs = listed.value.flatMap(({ packId, sealed, parts, endsAtMs }) => {
      const definition = endsAtMs <= nowMs ? undefined : readPack(on.session, sealed);
      if (definition === undefined) return [];
      const until = new Date(endsAtMs).toISOString();
      return [
        { href: `/meetings/${packId}`, meeting: sayMeeting(definition), parts, begunAt: definition.begunAt, until },
      ];
    });
    on.show('meeting-pack/meetings.njk', { heading: 'Meetings', packs });
  });

/** A page of one pack; one that has ended, that never was and that is another session's look the same (P6). */
function packPage(
  deps: PageDeps,
  render: Render,
  answer: (on: OnPanel, pack: OpenPack) => Promise<void> | void,
): RequestHandler {
  return panelPage(deps, render, async (on) => {
    const pack = await openPack(deps, on.session, String(on.request.params.id));
    if (!pack.ok) on.show('layout/message.njk', NOT_NOW, 503);
    else if (pack.value === undefined) on.show('layout/message.njk', GONE);
    else await answer(on, pack.value);
  });
}

const GONE = {
  heading: 'This meeting pack is not shown',
  sentences: ['A pack can be opened for 30 minutes, by the person who made it. Nothing of it is kept after that.'],
  links: [{ href: '/meetings', text: 'Meetings' }],
};

/** `GET /meetings/:id`: how far the asking is. */
export const getPack = (deps: PageDeps, render: Render): RequestHandler =>
  packPage(deps, render, async (on, pack) => {
    const rows = await Promise.all(pack.definition.cases.map((_case, part) => rowOf(deps, on, pack, part)));
    const recorded = await recordView(deps, on.session, { page: 'meetings', found: rows.length });
    if (!recorded || rows.includes(undefined)) on.show('layout/message.njk', NOT_NOW, 503);
    else
      showProgress(
        deps,
        on,
        pack,
        rows.flatMap((row) => row ?? []),
      );
  });

type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

/** Undefined where the store did not answer. */
async function rowOf(deps: PageDeps, { session }: OnPanel, pack: OpenPack, part: number) {
  const state = pack.states[part]?.state ?? 'waiting';
  const packCase = pack.definition.cases[part];
  const outcome = state === 'waiting' || state === 'asking' ? undefined : await openPart(deps, session, pack, part);
  if (packCase === undefined || outcome?.ok === false) return undefined;
  const came = outcome?.value;
  const code = came !== undefined && 'code' in came ? came.code : undefined;
  return {
    caseRef: packCase.caseRef,
    href: `/meetings/${pack.packId}/cases/${packCase.caseRef}`,
    state,
    silent: came !== undefined && 'kept' in came ? silentIn(came.kept.disclosure.sources) : [],
    sentence: code === undefined ? undefined : sayRefused(code),
    mayAskAgain: code !== undefined && mayAskAgain(code),
  };
}

function showProgress(deps: PageDeps, on: OnPanel, pack: OpenPack, rows: readonly Row[]): void {
  const count = (...states: readonly Row['state'][]): number =>
    rows.filter(({ state }) => states.includes(state)).length;
  const left = count('waiting', 'asking');
  const nowMs = deps.now().getTime();
  const isAsking = pack.states.some(({ state, takenUntilMs = 0 }) => state === 'asking' && takenUntilMs > nowMs);
  on.show('meeting-pack/pack.njk', {
    heading: 'Meeting pack',
    meeting: sayMeeting(pack.definition),
    ...{ rows, left, answered: count('answered'), refused: count('refused'), all: rows.length },
    href: `/meetings/${pack.packId}`,
    until: new Date(pack.endsAtMs).toISOString(),
    // The gateway that asked may have been stopped; whatever it left can be taken up by any other.
    mayGoOn: left > 0 && !isAsking,
    mayAskAgain: left === 0 && rows.some((row) => row.mayAskAgain),
  });
}

/** `POST /meetings/:id`: goes on with what is left, or asks again about what could not be asked. */
export const postPack = (deps: PageDeps, render: Render, asker: PackAsker): RequestHandler =>
  packPage(deps, render, (on, pack) => {
    const again = fieldsOf(on.request).step === 'again';
    asker.start(deps, { session: on.session, agency: on.agency, pack, again });
    on.response.redirect(303, `/meetings/${pack.packId}`);
  });

/** `GET /meetings/:id/cases/:ref`: one case, to be read and printed. */
export const getCasePack = (deps: PageDeps, render: Render): RequestHandler =>
  packPage(deps, render, async (on, pack) => {
    const part = pack.definition.cases.findIndex(({ caseRef }) => caseRef === on.request.params.ref);
    if (part < 0) {
      on.notFound();
      return;
    }
    const sheet = await sheetOf(deps, on, pack, part);
    if (sheet.ok) showSheets(deps, on, pack, { heading: `Case ${sheet.value.caseRef}`, sheets: [sheet.value] });
    else on.show('layout/message.njk', NOT_NOW, 503);
  });

/** `GET /meetings/:id/print`: the whole list, a case a sheet. */
export const getWholePack = (deps: PageDeps, render: Render): RequestHandler =>
  packPage(deps, render, async (on, pack) => {
    const sheets = await Promise.all(pack.definition.cases.map((_case, part) => sheetOf(deps, on, pack, part)));
    const ready = sheets.flatMap((sheet) => (sheet.ok ? [sheet.value] : []));
    if (ready.length < sheets.length) on.show('layout/message.njk', NOT_NOW, 503);
    else showSheets(deps, on, pack, { heading: 'All cases of the meeting pack', sheets: ready });
  });

function showSheets(
  deps: PageDeps,
  on: OnPanel,
  pack: OpenPack,
  { heading, sheets }: { readonly heading: string; readonly sheets: readonly Sheet[] },
): void {
  on.show('meeting-pack/sheets.njk', {
    heading,
    sheets,
    meeting: sayMeeting(pack.definition),
    purpose: deps.disclosure.bundle.purposes.get(pack.definition.purpose)?.label,
    backHref: `/meetings/${pack.packId}`,
    shownTo: `${on.session.staff.name}, ${deps.nameOfAgency(on.agency.id)}`,
    shownAt: deps.now().toISOString(),
    until: new Date(pack.endsAtMs).toISOString(),
  });
}
