import type { LoggedQuestion } from '../../policies/engine/replay/replay.ts';
import { entryHashOf } from '../audit/leaves.ts';
import type { StoredEntry } from '../ports/access-log.ts';

/** From stored entries to questions that can be decided again, quickly: a year's log has millions. */

const MARK = '"kind":"question-disclosed"';

/**
 * `altered`: the text is not what was hashed, somebody changed the entry. `without-facts`: answered before the log kept
 * on what it was decided. Undefined: an entry of another kind.
 */
export type Replayable = LoggedQuestion | 'altered' | 'without-facts' | undefined;

/** What an entry says of an answered question. Its shape was checked when it was logged, and its hash says it is that. */
export function replayableOf({ canonical, entryHash }: StoredEntry): Replayable {
  if (entryHashOf(canonical) !== entryHash) return 'altered';
  if (!canonical.includes(MARK)) return undefined;
  const entry: unknown = JSON.parse(canonical);
  const body = isRecord(entry) ? entry['body'] : undefined;
  if (!isRecord(body) || body['kind'] !== 'question-disclosed') return undefined;
  if (body['decidedOn'] === undefined) return 'without-facts';
  return isQuestion(body) ? body : 'altered';
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isDated = (value: unknown): boolean => isRecord(value) && isRecord(value['facts']) && isRecord(value['asAt']);

function isQuestion(body: unknown): body is LoggedQuestion {
  if (!isRecord(body)) return false;
  const { decidedOn, requester, fields } = body;
  if (!isRecord(decidedOn) || !isDated(decidedOn['facts']) || !Array.isArray(decidedOn['canFulfil'])) return false;
  const planned = decidedOn['planned'];
  if (planned !== undefined && !(isRecord(planned) && isDated(planned['facts']))) return false;
  return isRecord(requester) && Array.isArray(fields) && fields.every(isDecision);
}

const isDecision = (value: unknown): boolean =>
  isRecord(value) &&
  typeof value['field'] === 'string' &&
  Array.isArray(value['grants']) &&
  Array.isArray(value['caps']) &&
  Array.isArray(value['powers']) &&
  isRecord(value['obligations']);
