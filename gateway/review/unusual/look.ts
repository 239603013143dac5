import type { AgencyId, CaseRef, Purpose } from '../../../schemas/names.ts';
import { staffOf } from '../index/facets.ts';
import type { LoggedEvent } from '../index/read-entry.ts';

/** What the rules of unusual access read of the log: who looked at which case, when, what for, and what was done. */
export interface Look {
  readonly position: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly caseRef: CaseRef;
  readonly purpose: Purpose;
  /** The problem code of a refusal. */
  readonly refused?: string;
}

/** Something was done about a case, which a look may have been for. */
export interface Act {
  readonly at: number;
  readonly agency: AgencyId;
  readonly staffId: string;
  readonly caseRef: CaseRef;
  readonly kind: 'attempt' | 'case-change';
}

export interface LooksAndActs {
  /** In the order of the log. */
  readonly looks: readonly Look[];
  readonly acts: readonly Act[];
}

/** Reads entries as looks and acts; all other entries are neither. */
export function looksOf(events: Iterable<LoggedEvent>): LooksAndActs {
  const looks: Look[] = [];
  const acts: Act[] = [];
  for (const { position, body } of events) {
    const staff = staffOf(body);
    if (staff === undefined) continue;
    const { agency, staffId } = staff;
    const at = Date.parse(body.at);
    switch (body.kind) {
      case 'question-consulted':
        looks.push({ position, at, agency, staffId, caseRef: body.caseRef, purpose: body.purpose });
        break;
      case 'question-refused':
        if (body.caseRef !== undefined && body.purpose !== undefined && body.route !== 'review')
          looks.push({
            ...{ position, at, agency, staffId, caseRef: body.caseRef, purpose: body.purpose, refused: body.code },
          });
        break;
      case 'attempt-recorded':
        acts.push({ at, agency, staffId, caseRef: body.caseRef, kind: 'attempt' });
        break;
      case 'case-changed':
        acts.push({ at, agency, staffId, caseRef: body.caseRef, kind: 'case-change' });
        break;
      default:
    }
  }
  return { looks, acts };
}

/** Names a member of staff across agencies. */
export const staffKey = ({ agency, staffId }: { readonly agency: string; readonly staffId: string }): string =>
  `${agency} ${staffId}`;
