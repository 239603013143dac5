import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { Disclosure } from '../../schemas/answer.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { SourceReport } from './ask.ts';
import type { LinkedInCase } from './link.ts';
import type { Plan } from './plan.ts';
import type { Admitted } from './question.ts';
import type { ShowProfessional } from './reach.ts';
import type { Reach } from '../contacts/reach.ts';
import { releaseContacts, releaseWhereabouts, releaseWithheld } from './release/contacts.ts';
import { releaseOpenings } from './release/openings.ts';
import { nameRecords, releaseIdentity } from './release/identity.ts';
import { agenciesShortOfContacts, releaseRecords, releaseWithheldFields } from './release/records.ts';
import { releaseSources } from './release/sources.ts';
import { summaryOf } from './release/summary.ts';
import { obligationsOf } from './release/obligations.ts';

/** Step 7: decide each field with the facts as now known, and build the answer from what is permitted. */

/** Builds what is disclosed. Nothing enters it that a decision does not permit. */
export function release(
  bundle: PolicyBundle,
  admitted: Admitted,
  decisions: ReadonlyMap<FieldId, FieldDecision>,
  found: {
    readonly plan: Plan;
    readonly reports: readonly SourceReport[];
    readonly linked: LinkedInCase;
    readonly reached: Reach;
    readonly showProfessional: ShowProfessional;
  },
): Disclosure {
  const { plan, reports, linked, reached } = found;
  const records = new Map(linked.his.map((record) => [record.recordId, record]));
  const names = nameRecords(linked);
  const sources = releaseSources(plan, reports, decisions);
  const contacts = releaseContacts(reached.ranked, records, decisions);
  const whereabouts = releaseWhereabouts(reached.whereabouts, records, decisions);
  const openings = releaseOpenings(bundle, reached, records, decisions);
  const releasedRecords = releaseRecords(bundle, linked.his, names, decisions, found.showProfessional);
  return {
    questionId: admitted.questionId,
    askedAt: admitted.at.toISOString(),
    purpose: admitted.asked.purpose,
    caseRef: admitted.asked.caseRef,
    policyVersion: bundle.version,
    summary: summaryOf({
      sources,
      contactCount: contacts.length,
      recordedAsDead: reached.whereabouts?.death !== undefined,
      shortOfContacts: agenciesShortOfContacts(bundle, linked.his, decisions),
    }),
    sources,
    identity: releaseIdentity(linked, names),
    ...whereabouts,
    contacts,
    ...openings,
    withheldContacts: releaseWithheld(reached.withheld, records),
    records: releasedRecords,
    withheldFields: releaseWithheldFields(bundle, linked.his, admitted.asked.wanted, decisions),
    obligations: obligationsOf({ contacts, records: releasedRecords, ...whereabouts, ...openings }, decisions),
  };
}
