import type { Case } from '../../schemas/case.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import { reachSubject, type Reach } from '../contacts/reach.ts';
import type { Seal } from '../contacts/seal.ts';
import type { Linked } from './link.ts';

/** Step 6: the contact points of the records that are his, judged for whose they are, currency and safety (P4). */
export function reach(
  linked: Linked,
  kase: Case,
  seal: Seal,
  asOf: IsoDate,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): Reach {
  // A record that may be his says nothing against a number being his; what it marks as another's still counts.
  const doubtful = linked.probable.map((record) => ({ ...record, contacts: [] }));
  return reachSubject({
    subjectRecords: linked.his,
    otherRecords: [...linked.others, ...doubtful],
    protectedContacts: kase.protectedContacts,
    seal,
    asOf,
    permits: ({ field }) => field !== undefined && (decisions.get(field)?.level ?? 'deny') !== 'deny',
  });
}
