import type { LogEntryBody } from '../../../schemas/entry.ts';
import type { AgencyId, FieldId } from '../../../schemas/names.ts';
import type { LedgerLine } from '../../../schemas/review-request.ts';
import type { EntryText } from '../../ports/entry-index.ts';
import { hasLeft } from '../index/facets.ts';
import { readEntry } from '../index/read-entry.ts';

/** The ledger: one line for each field of an owner that went to a recipient. */

export interface LineFilter {
  /** Only this owner's; all owners' where absent. */
  readonly owner?: AgencyId;
  readonly field?: FieldId;
}

/** The lines that an entry stands for; none for what is no disclosure. */
export function ledgerLines({ canonical }: EntryText, { owner, field }: LineFilter): readonly LedgerLine[] {
  const entry = readEntry(canonical);
  if (entry?.body?.kind !== 'question-disclosed') return [];
  const { position, recordedAt, body } = entry;
  return body.fields.flatMap((each) => {
    if (each.source === undefined || !hasLeft(each)) return [];
    if (owner !== undefined && each.source !== owner) return [];
    if (field !== undefined && each.field !== field) return [];
    return [{ position, recordedAt, ...recipientOf(body), ...whatLeft(each, each.source) }];
  });
}

type Disclosed = Extract<LogEntryBody, { kind: 'question-disclosed' }>;

function recipientOf({ at, requester, purpose, caseRef, subject, policyVersion }: Disclosed) {
  const { agency: recipient, staffId, role } = requester;
  return { at, recipient, staffId, role, purpose, caseRef, subject, policyVersion };
}

function whatLeft({ field, level, count, powers, grants, obligations }: Disclosed['fields'][number], owner: AgencyId) {
  const { retainMonths, onward } = obligations;
  return {
    ...{ owner, field, level, values: count ?? 0, powers, grants },
    ...(retainMonths === undefined ? {} : { retainMonths }),
    ...(onward === undefined ? {} : { onward }),
  };
}
