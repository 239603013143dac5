import type { Case } from '../../schemas/case.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import { professionalsFor } from '../contacts/professionals.ts';
import { reachSubject, type Reach, type ReachQuestion } from '../contacts/reach.ts';
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
  return reachLinked(linked, askedOfReach(kase, seal, asOf, decisions));
}

/** What may be shown of those who deal with him, judged by the same marks (P4). */
export function professionals(
  linked: Linked,
  kase: Case,
  seal: Seal,
  asOf: IsoDate,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): ShowProfessional {
  return professionalsFor(questionFor(linked, askedOfReach(kase, seal, asOf, decisions)));
}

export type ShowProfessional = ReturnType<typeof professionalsFor>;

function askedOfReach(
  kase: Case,
  seal: Seal,
  asOf: IsoDate,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
): AskedOfReach {
  return {
    protectedContacts: kase.protectedContacts,
    safety: kase,
    seal,
    asOf,
    permits: ({ field }) => field !== undefined && (decisions.get(field)?.level ?? 'deny') !== 'deny',
  };
}

/**
 * The same for whoever says by other means what may be seen, as the offline command does. `permits` is no option here:
 * a limit that somebody forgot to hand over must not mean that there is none (P2).
 */
export function reachLinked(linked: Linked, question: AskedOfReach): Reach {
  return reachSubject(questionFor(linked, question));
}

export type AskedOfReach = Required<Pick<ReachQuestion, 'protectedContacts' | 'seal' | 'asOf' | 'permits'>> &
  Pick<ReachQuestion, 'safety'>;

/** What is asked about the records that linkage parted. */
export function questionFor(linked: Linked, question: AskedOfReach): ReachQuestion {
  return {
    subjectRecords: linked.his,
    otherRecords: linked.others,
    probableRecords: linked.probable,
    separated: linked.separated,
    ...question,
  };
}
