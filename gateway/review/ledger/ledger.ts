import type { AgencyId, CaseRef, FieldId, IsoInstant } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { LedgerLine } from '../../../schemas/review-request.ts';
import type { AccessLog, Receipt } from '../../ports/access-log.ts';
import type { IndexQuery } from '../../ports/entry-index.ts';
import { facet } from '../index/facets.ts';
import { catchUp } from '../index/follow.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { nextOf, searchedBy, type SearchDeps, type Searcher, type SearchFault } from '../search.ts';
import { ledgerLines } from './lines.ts';

/**
 * What went out, to whom and why: the list an owner keeps of its own disclosures (DPA 2018 s.62(3)(b) wants the
 * recipients known), and the recipients of one field for a breach notice, which is due within 72 hours (UK GDPR
 * Article 33, DPA 2018 s.67).
 */

export interface LedgerSearch {
  /** Whose disclosures; every owner's where absent, which only the operator's own command may ask. */
  readonly owner?: AgencyId;
  readonly field?: FieldId;
  readonly recipient?: AgencyId;
  readonly caseRef?: CaseRef;
  readonly from: IsoInstant;
  readonly to: IsoInstant;
  readonly before?: number;
  /** Entries of one page; each gives one line or more. */
  readonly limit: number;
}

export interface LedgerPage {
  readonly lines: readonly LedgerLine[];
  readonly next: number | undefined;
  readonly indexedTo: number;
}

export type LedgerDeps = Pick<SearchDeps, 'log' | 'index' | 'now'> & { readonly reasons: Pick<Reasons, 'tokensOf'> };

/** Lines of one list; past it the period has to be cut (P11). */
export const LINES_MAX = 500_000;
const PAGE = 1_000;

/**
 * The whole ledger of a period, oldest first, given only after the entry that records it is committed. Refuses while
 * the index does not go to the end of the log: a list of recipients with some missing is worse than none.
 */
export async function wholeLedger(
  deps: LedgerDeps & { readonly log: Pick<AccessLog, 'head'> },
  searcher: Searcher,
  search: Omit<LedgerSearch, 'limit' | 'before'>,
): Promise<Result<readonly LedgerLine[], SearchFault | 'index-behind' | 'too-many-lines'>> {
  const head = await deps.log.head();
  if (!head.ok) return head;
  const reached = await catchUp(deps, Number.MAX_SAFE_INTEGER);
  if (!reached.ok) return reached;
  if (head.value !== undefined && reached.value <= head.value.position) return err('index-behind');
  const lines: LedgerLine[] = [];
  for (let before: number | undefined; ;) {
    const page = await ledgerPage(deps, { ...search, limit: PAGE, ...(before === undefined ? {} : { before }) });
    if (!page.ok) return page;
    lines.push(...page.value.lines);
    if (lines.length > LINES_MAX) return err('too-many-lines');
    before = page.value.next;
    if (before === undefined) break;
  }
  const receipt = await recordLedger(deps, searcher, { ...search, limit: PAGE }, lines.length);
  return receipt.ok ? ok(lines.reverse()) : receipt;
}

/** One page of the ledger, newest first. Not recorded by itself: see `readLedger` and `recordLedger`. */
export async function ledgerPage(deps: LedgerDeps, search: LedgerSearch): Promise<Result<LedgerPage, SearchFault>> {
  const reached = await catchUp({ log: deps.log, index: deps.index, reasons: deps.reasons });
  if (!reached.ok) return reached;
  const page = await deps.index.search(ledgerQuery(search));
  if (!page.ok) return page;
  const texts = await deps.index.entriesAt(page.value.positions);
  if (!texts.ok) return texts;
  const lines = [...texts.value].reverse().flatMap((text) => ledgerLines(text, search));
  return ok({ lines, next: nextOf(page.value), indexedTo: reached.value });
}

/** One page, given only after the entry that records the looking is committed (P1). */
export async function readLedger(
  deps: LedgerDeps,
  searcher: Searcher,
  search: LedgerSearch,
): Promise<Result<LedgerPage & { readonly receipt: Receipt }, SearchFault>> {
  const page = await ledgerPage(deps, search);
  if (!page.ok) return page;
  const receipt = await recordLedger(deps, searcher, search, page.value.lines.length);
  return receipt.ok ? ok({ ...page.value, receipt: receipt.value }) : receipt;
}

/** Records that a ledger was read, whatever is done with it after. */
export function recordLedger(
  deps: Pick<LedgerDeps, 'log' | 'now'>,
  searcher: Searcher,
  { owner, field, recipient, caseRef, from, to }: LedgerSearch,
  found: number,
): ReturnType<LedgerDeps['log']['append']> {
  return deps.log.append(
    {
      ...searchedBy(deps.now(), searcher),
      view: field === undefined ? 'ledger' : 'recipients',
      filters: [
        ...(field === undefined ? [] : ['field' as const]),
        ...(recipient === undefined ? [] : ['agency' as const]),
        ...(caseRef === undefined ? [] : ['case' as const]),
        'from',
        'to',
      ],
      about: {
        ...(owner === undefined ? {} : { agency: owner }),
        ...(field === undefined ? {} : { field }),
        ...(caseRef === undefined ? {} : { caseRef }),
        ...{ from, to },
      },
      found,
    },
    searcher.requestKey,
  );
}

function ledgerQuery({ owner, field, recipient, caseRef, from, to, before, limit }: LedgerSearch): IndexQuery {
  return {
    all: [
      facet.kind('question-disclosed'),
      ...(owner === undefined ? [] : [facet.wentOut(owner)]),
      // Under the owner's own name, so that a field of another owner's cannot be seen to have left with hers.
      ...(field === undefined ? [] : [owner === undefined ? facet.left(field) : facet.field(owner, field)]),
      ...(recipient === undefined ? [] : [facet.agency(recipient)]),
      ...(caseRef === undefined ? [] : [facet.caseRef(caseRef)]),
    ],
    anyOf: [],
    ...{ from, to, limit },
    ...(before === undefined ? {} : { before }),
  };
}
