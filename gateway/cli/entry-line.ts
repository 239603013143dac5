import type { SeenEntry } from '../../schemas/review-request.ts';
import { logEntryBodySchema, type LogEntryBody } from '../../schemas/entry.ts';
import { hasLeft, staffOf } from '../review/index/facets.ts';

/**
 * An entry as one line for somebody with a complaint on her desk: where it stands, when, who, what, about which case, and
 * what left. `log search` without `--plain` gives the whole entry.
 */
export function entryLine({ position, recordedAt, entry, words }: SeenEntry): string {
  const read = logEntryBodySchema.safeParse(entry);
  const when = `${position}  ${recordedAt.slice(0, 16).replace('T', ' ')}`;
  if (!read.success) return `${when}  ${entry.kind}`;
  const body = read.data;
  const parts = [when, whoOf(body), body.kind, ...whatFor(body), ...whatCameOfIt(body)];
  // A reason may hold a line's end, with which somebody could write a second entry under the first.
  return words === undefined ? parts.join('  ') : `${parts.join('  ')}  reason: ${JSON.stringify(words)}`;
}

function whoOf(body: LogEntryBody): string {
  const staff = staffOf(body);
  if (staff !== undefined)
    return `${staff.agency} ${staff.staffId}${staff.role === undefined ? '' : ` (${staff.role})`}`;
  return 'actor' in body && typeof body.actor === 'string' ? body.actor : 'gateway';
}

const whatFor = (body: LogEntryBody): string[] => [
  ...('purpose' in body && body.purpose !== undefined ? [body.purpose] : []),
  ...('caseRef' in body && body.caseRef !== undefined ? [body.caseRef] : []),
];

function whatCameOfIt(body: LogEntryBody): string[] {
  switch (body.kind) {
    case 'question-disclosed': {
      const left = [...new Set(body.fields.filter(hasLeft).map(({ field, level }) => `${field} ${level}`))];
      return [left.length === 0 ? 'nothing left' : `left: ${left.join(', ')}`];
    }
    case 'question-refused':
      return [`refused: ${body.code}`];
    case 'review-step':
      return [`${body.from ?? 'opened'} -> ${body.to}`];
    case 'log-searched':
      return [`found ${body.found}`];
    default:
      return [];
  }
}
