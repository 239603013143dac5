import type { LogEntryKind } from '../../../schemas/entry.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { AccessLog } from '../../ports/access-log.ts';
import type { EntryText } from '../../ports/entry-index.ts';
import { facet } from '../index/facets.ts';
import { catchUp, type FollowDeps } from '../index/follow.ts';
import { readEntry, type LoggedEvent } from '../index/read-entry.ts';
import { looksOf, type LooksAndActs } from './look.ts';

/** Reads what the rules of unusual access need out of the live log, through its index. */

export type WindowDeps = FollowDeps & { readonly log: Pick<AccessLog, 'read' | 'head'> };

export type WindowFault = 'index-unavailable' | 'index-behind' | 'log-unavailable' | 'too-many-looks';

const KINDS: readonly LogEntryKind[] = [
  'question-consulted',
  'question-refused',
  'attempt-recorded',
  'outcome-recorded',
  'case-changed',
];
const PAGE = 1_000;
/** Of one run (P11): several times what a large partnership does in half a year. */
const LOOKS_MAX = 400_000;

/**
 * Looks and acts that were recorded between two moments (milliseconds since 1970, the second excluded). Refuses while the
 * index does not go to the end of the log: a look that is missing would be an innocence, and an act that is missing a
 * finding.
 */
export async function readWindow(
  deps: WindowDeps,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Result<LooksAndActs, WindowFault>> {
  const head = await deps.log.head();
  if (!head.ok) return head;
  const reached = await catchUp(deps, Number.MAX_SAFE_INTEGER);
  if (!reached.ok) return reached;
  if (head.value !== undefined && reached.value <= head.value.position) return err('index-behind');
  const period = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const events: LoggedEvent[] = [];
  for (let before: number | undefined; ;) {
    const page = await deps.index.search({
      ...{ all: [], anyOf: [KINDS.map(facet.kind)], ...period, limit: PAGE },
      ...(before === undefined ? {} : { before }),
    });
    if (!page.ok) return page;
    const texts = await deps.index.entriesAt(page.value.positions);
    if (!texts.ok) return texts;
    events.push(...texts.value.flatMap(eventOf));
    if (events.length > LOOKS_MAX) return err('too-many-looks');
    before = page.value.positions.at(-1);
    if (!page.value.more || before === undefined) break;
  }
  return ok(looksOf(events.sort((a, b) => a.position - b.position)));
}

function eventOf({ canonical }: EntryText): LoggedEvent[] {
  const entry = readEntry(canonical);
  return entry?.body === undefined ? [] : [{ ...entry, body: entry.body }];
}
