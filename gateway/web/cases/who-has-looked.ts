import type { RequestHandler } from 'express';
import type { LogEntryBody } from '../../../schemas/entry.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AgencyId, Role } from '../../../schemas/names.ts';
import type { EntryText, IndexFault } from '../../ports/entry-index.ts';
import { facet, staffOf } from '../../review/index/facets.ts';
import { catchUp } from '../../review/index/follow.ts';
import { readEntry } from '../../review/index/read-entry.ts';
import { seenBy } from '../../review/seen-by.ts';
import { OUTCOME_WORDS } from '../attempts/outcome-words.ts';
import type { Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { mayKnowGround } from '../request/claimable.ts';
import { queryOf } from '../session/query.ts';
import { casePage, NOT_NOW, subjectOf, TEAM, type OnCase } from './case-page.ts';
import { caseTabs } from './case-tabs.ts';
import { sayName } from './say-person.ts';
import { recordView } from './view-entry.ts';

/**
 * W2, "Who has looked": what the own agency's team and panel did on a case, from the log. That another agency asked can
 * tell of an enquiry that nobody here may know of (P6), and who tried and was refused is for an officer to look into; so
 * neither is in it, and no reason that anybody gave.
 */

const ROWS_MAX = 25;

/** What is told, in words. A kind of entry that is not here is not on the page (P2). */
const KINDS = ['question-disclosed', 'page-viewed', 'attempt-recorded', 'outcome-recorded', 'case-changed'] as const;
const GLASS = ['break-glass-opened', 'break-glass-closed'] as const;
type Told = Extract<LogEntryBody, { kind: (typeof KINDS)[number] | (typeof GLASS)[number] }>;

/** `GET /cases/:ref/who-has-looked`, itself an entry. */
export const getWhoHasLooked = (deps: PageDeps, render: Render): RequestHandler =>
  casePage(deps, render, undefined, async (on) => {
    const { kase, request, session } = on;
    const found = await looksAt(deps, on, beforeOf(queryOf(request, 'before')));
    const recorded = await recordView(deps, session, {
      page: 'who-has-looked',
      caseRef: kase.caseRef,
      ...subjectOf(deps, kase),
      ...(found.ok ? { found: found.value.looks.length } : { code: 'index-unavailable' }),
    });
    if (!found.ok || !recorded) on.show('layout/message.njk', NOT_NOW, 503);
    else on.show('cases/who-has-looked.njk', await pageOf(deps, on, found.value));
  });

const beforeOf = (asked: string | undefined): number | undefined =>
  asked !== undefined && /^\d{1,15}$/u.test(asked) ? Number(asked) : undefined;

interface Look {
  readonly at: string;
  readonly staffId: string;
  readonly role: Role | undefined;
  readonly body: Told;
}

interface Looks {
  readonly looks: readonly Look[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: number | undefined;
}

async function looksAt(
  { review }: PageDeps,
  { kase, agency }: OnCase,
  before: number | undefined,
): Promise<Result<Looks, IndexFault>> {
  const reached = await catchUp(review);
  if (!reached.ok) return reached;
  const found = await review.index.search({
    all: [facet.viewer(agency.id), facet.agency(agency.id), facet.caseRef(kase.caseRef)],
    anyOf: [[...KINDS, ...GLASS].map(facet.kind), TEAM.map(facet.role)],
    limit: ROWS_MAX,
    ...(before === undefined ? {} : { before }),
  });
  if (!found.ok) return found;
  const { positions, more } = found.value;
  const texts = await review.index.entriesAt(positions);
  if (!texts.ok) return err(texts.error);
  const looks = texts.value.flatMap((each) => lookOf(each, agency.id)).reverse();
  return ok({ looks, next: more ? positions.at(-1) : undefined });
}

function lookOf({ canonical }: EntryText, agency: AgencyId): readonly Look[] {
  const entry = readEntry(canonical);
  const body = entry?.body && seenBy(agency, entry.body);
  if (entry === undefined || body === undefined || !isTold(body)) return [];
  const staff = staffOf(body);
  // Of what was refused only an officer is told; whose cases these are not may be somebody who tries references.
  if (staff?.agency !== agency || ('code' in body && body.code !== undefined)) return [];
  const role = TEAM.find((each) => each === staff.role);
  return [{ at: body.at, staffId: staff.staffId, role, body }];
}

const isTold = (body: LogEntryBody): body is Told => [...KINDS, ...GLASS].some((kind) => kind === body.kind);

async function pageOf(deps: PageDeps, on: OnCase, { looks, next }: Looks) {
  const { kase, agency } = on;
  const { bundle } = deps.disclosure;
  const ids = [...new Set(looks.map(({ staffId }) => staffId))];
  const named = await Promise.all(ids.map(async (id) => [id, await deps.nameOfStaff(agency.id, id)] as const));
  const names = new Map(named);
  const href = `/cases/${kase.caseRef}/who-has-looked`;
  return {
    heading: 'Who has looked',
    caseRef: kase.caseRef,
    person: sayName(kase.subject),
    tabs: caseTabs(kase.caseRef, 'who-has-looked'),
    agency: deps.nameOfAgency(agency.id),
    looks: looks.map(({ at, staffId, role, body }) => ({
      at,
      did: sayDid(body, deps, on),
      name: names.get(staffId) ?? staffId,
      staffId: names.get(staffId) === undefined ? undefined : staffId,
      role: role === undefined ? undefined : (bundle.roles.get(role)?.label ?? role),
    })),
    nextHref: next === undefined ? undefined : `${href}?before=${next}`,
  };
}

const PAGE_WORDS: Partial<Record<Extract<Told, { kind: 'page-viewed' }>['page'], string>> = {
  case: 'Opened the case',
  request: 'Opened the form for a request',
  answer: 'Opened an answer',
  attempts: 'Opened the attempts',
  'break-glass': 'Opened the break-glass page',
  'who-has-looked': 'Looked at who has looked',
};

/** What somebody did, in words that hold nothing but the kind of it and the purpose. */
function sayDid(body: Told, deps: PageDeps, { agency }: OnCase): string {
  switch (body.kind) {
    case 'question-disclosed':
      return `Asked the agencies and was answered: ${sayPurpose(body.purpose, deps, agency)}`;
    case 'page-viewed':
      return PAGE_WORDS[body.page] ?? 'Opened a page about the case';
    case 'attempt-recorded':
      return 'Recorded an attempt';
    case 'outcome-recorded':
      return `Recorded what came of it: ${OUTCOME_WORDS[body.outcome].short}`;
    case 'case-changed':
      return 'Changed the case';
    case 'break-glass-opened':
      return 'Broke the glass';
    case 'break-glass-closed':
      return 'Ended break-glass';
  }
}

/** The purpose by its name, where this group may know of the fact that it rests on. */
function sayPurpose(purpose: string, { disclosure }: PageDeps, agency: OnCase['agency']): string {
  const terms = disclosure.bundle.purposes.get(purpose);
  return terms !== undefined && mayKnowGround(terms, agency) ? terms.label : 'a purpose that is not shown here';
}
