import type { EntryActor, LogEntryBody } from '../../schemas/entry.ts';
import type { AgencyId, CaseRef } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { SearchGround } from '../../schemas/review.ts';
import type { SearchFilters, SeenEntry } from '../../schemas/review-request.ts';
import type { AccessLog, AppendFault, Receipt, RequestKey } from '../ports/access-log.ts';
import type { EntryIndex, EntryText, IndexPage } from '../ports/entry-index.ts';
import { catchUp, wordsIdOf } from './index/follow.ts';
import { indexQueryOf, searchAsLogged, type StaffOfAgency } from './index/query.ts';
import { readEntry } from './index/read-entry.ts';
import type { Reasons } from './reasons/reasons.ts';
import { seenBy } from './seen-by.ts';

/** Searching the log. Whatever is found leaves only after the entry that records the search is committed (P1). */

export interface SearchDeps {
  readonly log: Pick<AccessLog, 'read' | 'append'>;
  readonly index: EntryIndex;
  readonly reasons: Reasons;
  /** Staff whose name contains a text; the index knows ids. */
  readonly staffNamed: (contains: string) => Promise<Result<readonly StaffOfAgency[], 'register-unavailable'>>;
  readonly now: () => Date;
}

/** Who looks, for which agency's review, and on which of the four grounds of DPA 2018 s.62(4). */
export interface Searcher {
  readonly actor: EntryActor;
  /** Whose reviewer this is: only what this agency may see is found. */
  readonly viewer: AgencyId;
  readonly ground: SearchGround;
  readonly matter?: CaseRef;
  /** Makes the request count once. */
  readonly requestKey?: RequestKey;
}

export interface EntrySearch {
  readonly filters: SearchFilters;
  readonly words?: boolean;
  readonly before?: number;
  readonly limit: number;
}

export interface FoundEntries {
  readonly entries: readonly SeenEntry[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: number | undefined;
  readonly indexedTo: number;
  readonly receipt: Receipt;
}

/** `too-many-staff`: what was typed fits so many that a page of some of them would read as a page of all. */
export type SearchFault =
  'index-unavailable' | 'reasons-unavailable' | 'register-unavailable' | 'too-many-staff' | AppendFault;

const STAFF_MAX = 200;

/** Searches, records that it was searched, and only then gives what was found. */
export async function searchEntries(
  deps: SearchDeps,
  searcher: Searcher,
  search: EntrySearch,
): Promise<Result<FoundEntries, SearchFault>> {
  const reached = await catchUp({ log: deps.log, index: deps.index, reasons: deps.reasons });
  if (!reached.ok) return reached;
  const query = await meantBy(deps, searcher.viewer, search);
  if (!query.ok) return query;
  const page = await deps.index.search(query.value);
  if (!page.ok) return page;
  const texts = await deps.index.entriesAt(page.value.positions);
  if (!texts.ok) return texts;
  const entries = await seenEntries(deps, searcher.viewer, texts.value, search.words === true);
  if (!entries.ok) return entries;
  const logged = searchAsLogged(search.filters);
  const receipt = await deps.log.append(
    {
      ...searchedBy(deps.now(), searcher),
      view: search.words === true ? 'reasons' : 'entries',
      ...logged,
      ...typedDigest(deps.reasons, search.filters),
      found: entries.value.length,
    },
    searcher.requestKey,
  );
  if (!receipt.ok) return receipt;
  return ok({ entries: entries.value, next: nextOf(page.value), indexedTo: reached.value, receipt: receipt.value });
}

/** The beginning of an entry that says that the log was searched. */
export function searchedBy(now: Date, { actor, ground, matter }: Searcher) {
  return {
    kind: 'log-searched',
    v: 1,
    at: now.toISOString(),
    operations: ['consultation'],
    actor,
    purpose: 'IGREV',
    ground,
    ...(matter === undefined ? {} : { caseRef: matter }),
  } satisfies Partial<LogEntryBody>;
}

/** Where the page after this one begins. */
export const nextOf = ({ positions, more }: IndexPage): number | undefined => (more ? positions.at(-1) : undefined);

/** What was typed freely may name anybody: the log keeps a keyed digest, so that a search can be proven, not read. */
function typedDigest(reasons: Reasons, { staff, text }: SearchFilters): { queryDigest?: string } {
  if (staff === undefined && text === undefined) return {};
  return { queryDigest: reasons.queryDigest(JSON.stringify([staff ?? null, text ?? null])) };
}

async function meantBy(deps: SearchDeps, viewer: AgencyId, { filters, before, limit }: EntrySearch) {
  const staff = filters.staff === undefined ? undefined : await staffMeant(deps, filters.staff);
  if (staff?.ok === false) return staff;
  return ok(
    indexQueryOf(viewer, filters, {
      limit,
      ...(staff === undefined ? {} : { staff: staff.value }),
      ...(filters.text === undefined ? {} : { tokens: deps.reasons.wordTokens(filters.text) }),
      ...(before === undefined ? {} : { before }),
    }),
  );
}

async function staffMeant(deps: SearchDeps, contains: string): Promise<Result<readonly StaffOfAgency[], SearchFault>> {
  const withId = await deps.index.staffWithId(contains.toLowerCase(), STAFF_MAX + 1);
  if (!withId.ok) return withId;
  const named = await deps.staffNamed(contains);
  if (!named.ok) return named;
  const both = new Map([...withId.value, ...named.value].map((each) => [`${each.agency} ${each.staffId}`, each]));
  return both.size > STAFF_MAX ? err('too-many-staff') : ok([...both.values()]);
}

async function seenEntries(
  deps: SearchDeps,
  viewer: AgencyId,
  texts: readonly EntryText[],
  withWords: boolean,
): Promise<Result<SeenEntry[], 'reasons-unavailable'>> {
  const seen = texts.flatMap(({ canonical }) => {
    const entry = readEntry(canonical);
    const body = entry?.body && seenBy(viewer, entry.body);
    return entry === undefined || body === undefined
      ? []
      : [{ position: entry.position, recordedAt: entry.recordedAt, body }];
  });
  const ids = seen.flatMap(({ body }) => (withWords ? wordsIdOf(body) : []));
  const words = await deps.reasons.read(viewer, ids);
  if (!words.ok) return words;
  return ok(
    seen
      .map(({ position, recordedAt, body }) => {
        const [said] = wordsIdOf(body).map((id) => words.value.get(id));
        return { position, recordedAt, entry: body, ...(said === undefined ? {} : { words: said }) };
      })
      .reverse(),
  );
}
