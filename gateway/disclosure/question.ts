import type { Case } from '../../schemas/case.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import type { LogEntryBody, Regime } from '../../schemas/entry.ts';
import type { Meeting } from '../../schemas/meeting.ts';
import type { CaseRef, FieldId, IsoInstant, Purpose, RequesterGroup, Role } from '../../schemas/names.ts';
import type { Person } from '../../schemas/person.ts';
import type { ContactRequest, DisclosureRequest } from '../../schemas/question.ts';
import type { Caller, SignedInCaller } from './authenticate.ts';

/** The one purpose under which a worker asks how to reach the subject of an allocated case. */
export const CONTACT_PURPOSE: Purpose = 'ENGAGE';

/** The purpose under which somebody asks who has broken the glass. */
export const EMERGENCY_PURPOSE: Purpose = 'EMERG';

/** A question as it came in, whichever of the two routes it took. */
export interface Asked {
  readonly route: 'disclosure' | 'contact-request';
  readonly requestId: string;
  readonly sentAt: IsoInstant;
  readonly staff: { readonly id: string; readonly role: Role };
  readonly purpose: Purpose;
  readonly caseRef: CaseRef;
  readonly reason: string;
  /** What the asker says of the person; compared with the case's subject, never used in its place. */
  readonly subject?: Person;
  readonly wanted: readonly FieldId[] | 'all';
  readonly canFulfil: PolicyRequest['canFulfil'];
  /** The meeting that it is asked for, where it is part of a pack. */
  readonly meeting?: Meeting;
}

/** A question that was let in: recorded as consulted, bound to its case. */
export interface Admitted {
  readonly questionId: string;
  readonly at: Date;
  readonly asked: Asked;
  readonly caller: Caller | SignedInCaller;
  readonly kase: Case;
  readonly policyRequest: PolicyRequest;
  /** What both log entries of the question say alike. */
  readonly entry: QuestionEntry;
  /** Log position of the consulted entry. */
  readonly consultedAt: number;
}

type Consulted = Extract<LogEntryBody, { kind: 'question-consulted' }>;
export type QuestionEntry = Omit<Consulted, 'kind' | 'operations' | 'reasonDigest' | 'wanted'>;

/** Reads a `POST /v1/disclosures` body as a question. */
export function askedByAgency(request: DisclosureRequest): Asked {
  const { staff, requestId, sentAt, purpose, caseRef, reason, subject, fields } = request;
  return {
    route: 'disclosure',
    ...{ requestId, sentAt, staff, purpose, caseRef, reason },
    ...(subject === undefined ? {} : { subject }),
    wanted: fields,
    canFulfil: request.canFulfil ?? [],
  };
}

/** Reads a `POST /v1/contact-requests` body as a question: everything that helps to reach him, for engagement. */
export function askedByWorker(request: ContactRequest): Asked {
  const { staff, requestId, sentAt, caseRef, reason } = request;
  return {
    route: 'contact-request',
    ...{ requestId, sentAt, staff, caseRef, reason },
    purpose: CONTACT_PURPOSE,
    wanted: 'all',
    canFulfil: request.canFulfil ?? [],
  };
}

/** Police and probation are competent authorities (DPA 2018 Sch 7) when they act for a law-enforcement purpose (s.31). */
export function regimeOf(group: RequesterGroup, lawEnforcement: boolean): Regime {
  return lawEnforcement && (group === 'police' || group === 'probation') ? 'part-3' : 'uk-gdpr';
}
