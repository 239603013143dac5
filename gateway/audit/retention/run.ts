import type { Purpose } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';
import type { EntryLeaves } from '../../ports/access-log.ts';
import type { CaseEntries, EraseFault, KeptCase, KeyDestroyed, RetentionStore } from '../../ports/retention-store.ts';
import { indexRowOfEvent } from '../../review/index/facets.ts';
import { readEntry, type LoggedEvent } from '../../review/index/read-entry.ts';
import { judgeRetention, type Judged, type Terms } from './due.ts';

/** Goes through everything that is kept about cases, says what is due, and erases it where told to. */

export interface RetentionDeps {
  readonly store: RetentionStore;
  readonly leaves: Pick<EntryLeaves, 'prepare'>;
  readonly terms: Terms;
  /** The clock of whoever runs it; the earlier of this and the database's counts. */
  readonly now: () => Date;
}

export interface JudgedCase {
  readonly kept: KeptCase;
  readonly judged: Judged;
}

export type ErasedCase = JudgedCase &
  ({ readonly outcome: 'erased'; readonly position: number } | { readonly outcome: EraseFault | 'entry-invalid' });

const PAGE = 200;

/** What each case is, by reference. Changes nothing. */
export async function* judgeAll(deps: RetentionDeps): AsyncGenerator<Result<JudgedCase, 'store-unavailable'>> {
  for await (const each of eachCase(deps)) {
    yield each.ok ? ok({ kept: each.value.kept, judged: each.value.judged }) : each;
  }
}

/** Erases what is due, case by case. A run that was stopped is taken up by the next. */
export async function* eraseDue(deps: RetentionDeps): AsyncGenerator<Result<ErasedCase, 'store-unavailable'>> {
  for await (const each of eachCase(deps)) {
    if (!each.ok) yield each;
    else if (each.value.judged.state === 'due')
      yield ok(await eraseCase(deps, each.value, each.value.judged.agreement));
  }
}

interface LookedAt extends JudgedCase {
  readonly found: CaseEntries;
  readonly events: readonly LoggedEvent[];
}

async function* eachCase(deps: RetentionDeps): AsyncGenerator<Result<LookedAt, 'store-unavailable'>> {
  const now = await clockOf(deps);
  if (!now.ok) {
    yield now;
    return;
  }
  for (let after = ''; ;) {
    const page = await deps.store.keptAfter(after, PAGE);
    if (!page.ok) {
      yield page;
      return;
    }
    for (const kept of page.value) {
      const found = await deps.store.entriesAbout(kept.caseRef);
      if (!found.ok) {
        yield found;
        return;
      }
      const events = found.value.entries.flatMap(eventOf);
      yield ok({ kept, found: found.value, events, judged: judgeRetention(kept, events, deps.terms, now.value) });
    }
    const last = page.value.at(-1);
    if (last === undefined) return;
    after = last.caseRef;
  }
}

/** The earlier of the command's clock and the database's: whoever sets one of them forward makes nothing due. */
export async function clockOf({
  store,
  now,
}: Pick<RetentionDeps, 'store' | 'now'>): Promise<Result<Date, 'store-unavailable'>> {
  const clock = await store.now();
  return clock.ok ? ok(new Date(Math.min(clock.value.getTime(), now().getTime()))) : clock;
}

/** An entry as the rules read it; nothing where it cannot be read. */
export function eventOf({ canonical }: CaseEntries['entries'][number]): LoggedEvent[] {
  const entry = readEntry(canonical);
  return entry?.body === undefined
    ? []
    : [{ position: entry.position, recordedAt: entry.recordedAt, body: entry.body }];
}

async function eraseCase(
  { store, leaves, now }: RetentionDeps,
  { kept, judged, found, events }: LookedAt,
  agreement: Purpose,
): Promise<ErasedCase> {
  const entry = leaves.prepare(keyDestroyed(kept, events, agreement, now()));
  if (!entry.ok) return { kept, judged, outcome: entry.error };
  const rows = events.map((event) => indexRowOfEvent(event));
  const erased = await store.erase({ kept, entry: entry.value, through: found.through, rows });
  return erased.ok
    ? { kept, judged, outcome: 'erased', position: erased.value.position }
    : { kept, judged, outcome: erased.error };
}

function keyDestroyed(kept: KeptCase, events: readonly LoggedEvent[], agreement: Purpose, at: Date): KeyDestroyed {
  const subject = events.flatMap(({ body }) => ('subject' in body ? (body.subject ?? []) : [])).at(-1);
  return {
    ...{ kind: 'key-destroyed', v: 1, at: at.toISOString(), operations: ['erasure'], actor: 'operator' },
    ...{ caseRef: kept.caseRef, what: whatOf(kept), because: 'retention-over', agreement },
    ...(subject === undefined ? {} : { subject }),
  };
}

function whatOf({ file, hasWordsKey }: KeptCase): KeyDestroyed['what'] {
  if (file === undefined) return 'reasons';
  return hasWordsKey ? 'case-and-reasons' : 'case';
}

/** Erases again what came back with a backup. Call it before anything is judged. */
export async function finishErasures(store: RetentionStore): Promise<Result<readonly string[], 'store-unavailable'>> {
  const finished = await store.finish();
  return finished.ok ? finished : err('store-unavailable');
}
