import type { Request, RequestHandler, Response } from 'express';
import { CATEGORIES } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { caseRefSchema, type CaseRef } from '../../../schemas/names.ts';
import type { CaseRow } from '../../cases/caseload.ts';
import { mayKnow } from '../../cases/may-change.ts';
import { NOT_NOW } from '../cases/case-page.ts';
import { CATEGORY_WORDS } from '../cases/category-words.ts';
import { sayName } from '../cases/say-person.ts';
import { recordView, type View } from '../cases/view-entry.ts';
import { sayDay } from '../layout/say-date.ts';
import type { Page, Render } from '../layout/render.ts';
import type { PageDeps } from '../page-deps.ts';
import { queryOf } from '../session/query.ts';
import { sessionOf } from '../session/signed-in.ts';
import { addressOf, readFilters, type ReadFilters } from './filters.ts';
import { findCases, SOON_DAYS, type FoundCases } from './find-cases.ts';
import { panelPage } from './panel-page.ts';

/** `GET /register`: the cases of the coordinator's panel. She finds one by its reference; nobody is looked up by name. */

type Show = (page: Page | typeof NOT_NOW, status?: number) => void;

export const getRegister = (deps: PageDeps, render: Render): RequestHandler =>
  panelPage(deps, render, async ({ request, response, actor, show: showPage }) => {
    const show: Show = (page, status) =>
      showPage(page === NOT_NOW ? 'layout/message.njk' : 'register/list.njk', page, status);
    const typedRef = queryOf(request, 'ref');
    if (typedRef === undefined) await listAll(deps, { request, actor, show }, {});
    else await lookUp(deps, { request, response, actor, show }, typedRef);
  });

interface OnList {
  readonly request: Request;
  readonly actor: CaseActor;
  readonly show: Show;
}

interface Search {
  readonly typed?: string;
  readonly error?: string;
}

async function listAll(deps: PageDeps, { request, actor, show }: OnList, search: Search): Promise<void> {
  const read = readFilters((name) => queryOf(request, name));
  const found = await findCases(deps, actor, read.filters, queryOf(request, 'after'));
  const viewed: View = { page: 'register', ...(found.ok ? { found: found.value.rows.length } : {}) };
  const recorded = await recordView(deps, sessionOf(request), viewed);
  if (!found.ok || !recorded) show(NOT_NOW, 503);
  else show(listPage(found.value, read, search));
}

/** A reference leads to its case. One of another panel's is answered and recorded as one that does not exist (P6). */
async function lookUp(deps: PageDeps, on: OnList & { readonly response: Response }, typedRef: string): Promise<void> {
  const typed = typedRef.trim().toUpperCase().slice(0, 40);
  const ref = caseRefSchema.safeParse(typed);
  if (!ref.success) {
    const error = 'Enter a whole case reference, like DAPG-2026-0042';
    await listAll(deps, on, { typed, error });
    return;
  }
  const found = await isTheirs(deps, on.actor, ref.data);
  if (found === 'theirs') {
    on.response.redirect(303, `/register/${ref.data}`);
    return;
  }
  const viewed: View = { page: 'register', caseRef: ref.data, code: found };
  const recorded = await recordView(deps, sessionOf(on.request), viewed);
  if (!recorded || found === 'unavailable') on.show(NOT_NOW, 503);
  else await listAll(deps, on, { typed, error: 'Your panel has no case with this reference' });
}

async function isTheirs(
  deps: PageDeps,
  actor: CaseActor,
  ref: CaseRef,
): Promise<'theirs' | 'not-found' | 'unavailable'> {
  const file = await deps.cases.open(ref, actor.agency);
  if (!file.ok && file.error !== 'not-found') return 'unavailable';
  return file.ok && mayKnow(file.value.kase, actor) ? 'theirs' : 'not-found';
}

const REVIEWS = [
  { value: '', text: 'Any' },
  { value: 'overdue', text: 'Overdue' },
  { value: 'soon', text: `Due within ${SOON_DAYS} days, or overdue` },
] as const;

function listPage({ rows, unreadable, next }: FoundCases, read: ReadFilters, { typed, error }: Search): Page {
  const { filters, workerTyped, workerIsWrong } = read;
  const errors = [
    ...(error === undefined ? [] : [{ text: error, href: '#ref' }]),
    ...(workerIsWrong ? [{ text: WRONG_WORKER, href: '#worker' }] : []),
  ];
  return {
    heading: 'Cases',
    search: { typed: typed ?? '', error },
    workerTyped,
    workerError: workerIsWrong ? WRONG_WORKER : undefined,
    categories: [
      { value: '', text: 'All open cases', selected: filters.category === undefined },
      ...CATEGORIES.map((value) => ({
        value,
        text: CATEGORY_WORDS[value].tag,
        selected: filters.category === value,
      })),
    ],
    reviews: REVIEWS.map((each) => ({ ...each, selected: each.value === (filters.review ?? '') })),
    count: `${rows.length} ${rows.length === 1 ? 'case' : 'cases'}${next === undefined ? '' : ', and there may be more'}`,
    isFiltered: addressOf(filters) !== '',
    rows: rows.map(rowView),
    unreadable,
    nextHref: next === undefined ? undefined : `/register?${addressOf(filters, next)}`,
    ...(errors.length === 0 ? {} : { errors: { list: errors } }),
  };
}

const WRONG_WORKER = 'Enter the worker’s staff number as your organisation writes it, like amara.lewis';

function rowView({ caseRef, name, category, allocatedTo, reviewDueOn, isReviewOverdue, daysOpen }: CaseRow) {
  const { tag, colour } = CATEGORY_WORDS[category];
  return {
    ...{ caseRef, tag, colour },
    href: `/register/${caseRef}`,
    name: sayName(name === undefined ? {} : { names: [name] }),
    worker: allocatedTo ?? 'Nobody yet',
    review: category === 'closed' ? 'None: closed' : sayDay(reviewDueOn),
    isReviewOverdue,
    daysOpen: String(daysOpen),
  };
}
