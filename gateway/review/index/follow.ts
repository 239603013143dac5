import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AccessLog } from '../../ports/access-log.ts';
import type { Advanced, EntryIndex, EntryText, IndexFault, IndexRow } from '../../ports/entry-index.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { Reasons } from '../reasons/reasons.ts';
import { indexRowOf } from './facets.ts';
import { readEntry } from './read-entry.ts';

/** Keeps the index up with the log. Several gateways may try; the index lets one at a time. */

export interface FollowDeps {
  readonly log: Pick<AccessLog, 'read'>;
  readonly index: EntryIndex;
  readonly reasons: Pick<Reasons, 'tokensOf'>;
}

/** Entries of one step. */
export const STEP_MAX = 500;

/** Reads on once. */
export function followOnce({ log, index, reasons }: FollowDeps): Promise<Result<Advanced, IndexFault>> {
  return index.advance(async (from, limit) => {
    const page = await log.read(from, Math.min(limit, STEP_MAX));
    return page.ok ? indexRows(page.value, reasons) : undefined;
  });
}

/** Rows for entries, with the words of their reasons. Undefined where the words cannot be read now: then later. */
export async function indexRows(
  entries: readonly EntryText[],
  reasons: Pick<Reasons, 'tokensOf'>,
): Promise<readonly IndexRow[] | undefined> {
  const idOf = new Map(
    entries.flatMap(({ position, canonical }) => {
      const body = readEntry(canonical)?.body;
      return body === undefined ? [] : wordsIdOf(body).map((id): [number, string] => [position, id]);
    }),
  );
  const tokens = await reasons.tokensOf([...idOf.values()]);
  if (!tokens.ok) return undefined;
  return entries.map((entry) => indexRowOf(entry, tokens.value.get(idOf.get(entry.position) ?? '')));
}

/** Under which id the words that belong to an entry are kept, where it has any. */
export function wordsIdOf(body: LogEntryBody): readonly string[] {
  if (body.kind === 'question-consulted') return [body.questionId];
  return body.kind === 'break-glass-opened' ? [body.breakGlassId] : [];
}

/**
 * Follows until the index has everything that the log had when it was called, or the steps are used up: so that a
 * search finds what was done a second ago.
 * @returns the first position that is not in the index
 */
export async function catchUp(deps: FollowDeps, stepsMax = 20): Promise<Result<number, IndexFault>> {
  let reached = await deps.index.next();
  for (let step = 0; step < stepsMax && reached.ok; step += 1) {
    const advanced = await followOnce(deps);
    if (!advanced.ok) return advanced;
    if (advanced.value.state === 'busy' || advanced.value.next === reached.value) break;
    reached = ok(advanced.value.next);
  }
  return reached;
}

/** Steps of a turn in the background, so that following keeps up with a log that grows by thousands a second. */
export const STEPS_EACH_TURN = 100;
