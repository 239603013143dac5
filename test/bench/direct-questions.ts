import { randomUUID } from 'node:crypto';
import { decide, type PolicyBundle } from '../../policies/engine/index.ts';
import type { Seal } from '../../gateway/contacts/seal.ts';
import { guardSource } from '../../gateway/disclosure/ask.ts';
import { plan, type Plan } from '../../gateway/disclosure/plan.ts';
import { CONTACT_PURPOSE, type Admitted } from '../../gateway/disclosure/question.ts';
import { subjectFor } from '../../gateway/disclosure/subject.ts';
import type { AgencySource, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { Case } from '../../schemas/case.ts';
import { CAN_FULFIL } from '../agencies/asker.ts';
import { WORKER } from './borough.ts';

/** The questions that the gateway would put to each source, made by its own plan, to be asked without the gateway. */

export interface DirectQuestion {
  readonly admitted: Admitted;
  readonly planned: Plan;
  readonly asks: readonly { readonly source: AgencySource; readonly question: SourceQuestion }[];
}

export interface DirectInput {
  readonly bundle: PolicyBundle;
  readonly sources: readonly AgencySource[];
  readonly cases: readonly Case[];
  readonly seal: Seal;
}

export function directQuestions({ bundle, sources, cases, seal }: DirectInput): readonly DirectQuestion[] {
  const guarded = sources.map((source) => guardSource(source));
  const at = new Date();
  return cases.map((kase) => {
    const admitted = admittedFor(kase, bundle, at);
    const planned = plan(decide, bundle, guarded, admitted);
    const { agency, caseRef } = { agency: admitted.caller.agency.id, caseRef: kase.caseRef };
    const asks = planned.asks.map(({ guarded: { source }, fields }) => ({
      source,
      question: {
        questionId: randomUUID(),
        subject: subjectFor(source.agency, kase.subject),
        fields,
        asOf: at.toISOString().slice(0, 10),
        asker: { agency, purpose: CONTACT_PURPOSE, caseRef, at: at.toISOString() },
        seal,
      },
    }));
    return { admitted, planned, asks };
  });
}

/** A worker's question as it stands once it was let in. */
function admittedFor(kase: Case, bundle: PolicyBundle, at: Date): Admitted {
  const agency = {
    id: 'riverton-council',
    name: 'Riverton Council',
    group: 'council',
    sanUri: 'urn:agency:riverton-council',
  } as const;
  const [requestId, questionId, role] = [randomUUID(), randomUUID(), 'dai.daiw'];
  const [clientId, thumbprint] = ['riverton-council-system', 'A'.repeat(43)];
  const { caseRef, facts } = kase;
  return {
    questionId,
    at,
    asked: {
      route: 'contact-request',
      ...{ requestId, caseRef, sentAt: at.toISOString(), staff: { id: WORKER, role } },
      purpose: CONTACT_PURPOSE,
      reason: 'First call after the panel met on Thursday',
      wanted: 'all',
      canFulfil: [...CAN_FULFIL],
    },
    caller: { agency, clientId, thumbprint, claim: { purpose: CONTACT_PURPOSE, caseRef } },
    kase,
    policyRequest: {
      at: at.toISOString(),
      requester: { agency: agency.id, group: agency.group, role },
      purpose: CONTACT_PURPOSE,
      facts,
      canFulfil: [...CAN_FULFIL],
    },
    entry: {
      v: 1,
      at: at.toISOString(),
      regime: 'uk-gdpr',
      questionId,
      route: 'contact-request',
      requester: { agency: agency.id, clientId, certificate: thumbprint, staffId: WORKER, role },
      purpose: CONTACT_PURPOSE,
      caseRef,
      subject: thumbprint,
      policyVersion: bundle.version,
    },
    consultedAt: 0,
  };
}
