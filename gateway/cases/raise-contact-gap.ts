import type { Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Changed, Decided } from './apply-change.ts';

type Raising = Extract<CaseChange, { kind: 'raise-contact-gap' }>;
type Answering = Extract<CaseChange, { kind: 'answer-contact-gap' }>;
type By = Pick<Decided, 'by' | 'at'>;

/**
 * Asks an agency of the case to obtain a way to reach him. While one request to an agency waits, a second one to the
 * same agency is the same request: two tabs must not make an officer be rung twice.
 */
export function raiseContactGap(
  kase: Case,
  { requestId, agency }: Raising,
  { by, at }: By,
): Result<Changed, 'agency-not-on-case' | 'no-contact-gap'> {
  const requests = kase.gapRequests ?? [];
  if (requests.some((each) => each.requestId === requestId)) return ok({ kase, changes: [] });
  if (kase.category !== 'contact') return err('no-contact-gap');
  if (agency === kase.leadAgency || !kase.agencies.includes(agency)) return err('agency-not-on-case');
  if (requests.some((each) => each.agency === agency && each.answer === undefined)) return ok({ kase, changes: [] });
  return ok({ kase: { ...kase, gapRequests: [...requests, { requestId, agency, by, at }] }, changes: ['contact-gap'] });
}

/** Keeps what the agency said. The first answer stands. */
export function answerContactGap(
  kase: Case,
  { requestId, outcome }: Answering,
  { by, at }: By,
): Result<Changed, 'gap-unknown'> {
  const requests = kase.gapRequests ?? [];
  const asked = requests.find((each) => each.requestId === requestId);
  if (asked === undefined) return err('gap-unknown');
  if (asked.answer !== undefined) return ok({ kase, changes: [] });
  const answered = { ...asked, answer: { outcome, by, at } };
  const gapRequests = requests.map((each) => (each === asked ? answered : each));
  return ok({ kase: { ...kase, gapRequests }, changes: ['contact-gap'] });
}
