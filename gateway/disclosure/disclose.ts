import type { PolicyBundle } from '../../policies/engine/index.ts';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Receipt } from '../ports/access-log.ts';
import type { Seal } from '../contacts/seal.ts';
import { admit, PROBLEM_OF_LOG, refuse, type AdmitDeps } from './admit.ts';
import { answerBody, quietWaitMs } from './answer.ts';
import { askAll, type AskLimits, type GuardedSource, type SourceReport } from './ask.ts';
import type { Caller, SignedInCaller } from './authenticate.ts';
import { discloserBases } from './bases.ts';
import { closeElsewhere } from './close-elsewhere.ts';
import { decideOnRecords } from './decide-on-records.ts';
import { link } from './link.ts';
import { lookAgain } from './look-again.ts';
import { plan, type Plan } from './plan.ts';
import type { Admitted, Asked } from './question.ts';
import { professionals, reach } from './reach.ts';
import { record } from './record.ts';
import type { RecordMark } from './record-mark.ts';
import { release } from './release.ts';
import { engineFor, type ShadowDeps } from './shadow.ts';
import { subjectFor } from './subject.ts';

/**
 * One question from its caller to its answer: the nine steps of the design, read top to bottom. The caller was
 * authenticated (step 1) before a byte of the question was read. Pages and API call this one function.
 */

export interface DisclosureDeps extends AdmitDeps, ShadowDeps {
  /** The agreements in force when it is read; a question reads it once. */
  readonly bundle: PolicyBundle;
  readonly sources: readonly GuardedSource[];
  readonly askLimits: AskLimits;
  readonly seal: Seal;
  readonly markOf: RecordMark;
  readonly now: () => Date;
  readonly wait: (ms: number) => Promise<void>;
}

export interface Answered {
  readonly questionId: string;
  /** The whole body, ready to be sent. */
  readonly body: string;
  readonly receipt: Receipt;
  readonly reports: readonly SourceReport[];
  /** Digests of his contact points: where any case closes one of them later, the answer is shown no more. */
  readonly closable: readonly string[];
}

/** Answers one question, or says with one code why not. Whatever the way out, the log has its entries. */
export async function disclose(
  shared: DisclosureDeps,
  caller: Caller | SignedInCaller,
  asked: Asked,
): Promise<Result<Answered, ProblemCode>> {
  // One question, one version: agreements may be loaded anew while it is under way.
  const deps: DisclosureDeps = { ...shared, bundle: shared.bundle };
  const startedAt = performance.now();
  const admitted = await admit(deps, caller, asked, deps.now());
  if (!admitted.ok) return admitted;
  const asOf = admitted.value.at.toISOString().slice(0, 10);

  const decide = engineFor(deps, admitted.value.questionId);
  const planned = plan(decide, deps.bundle, deps.sources, admitted.value);
  const reports = await askAll(questionsFor(planned, admitted.value, deps, asOf), deps.askLimits);
  const looked = await lookAgain(deps, admitted.value, deps.now());
  if (!looked.ok) return looked;
  const question = looked.value;
  const linked = link(question.kase, reports, asOf, deps.markOf, deps.seal);
  const elsewhere = await closeElsewhere(deps.cases, question.kase, linked.his, deps.seal);
  if (!elsewhere.ok) return refuse(deps, { ...question, now: deps.now() }, elsewhere.error);
  const { kase, closable } = elsewhere.value;
  const decisions = decideOnRecords(decide, deps.bundle, question, planned.decisions);
  const reached = reach(linked, kase, deps.seal, asOf, decisions);
  const showProfessional = professionals(linked, kase, deps.seal, asOf, decisions);
  const found = { plan: planned, reports, linked, reached, showProfessional };
  const disclosure = release(deps.bundle, question, decisions, found);

  const recorded = await record(deps.log, question, disclosure, {
    ...{ reports, linked, reached, decisions },
    plannedOn: admitted.value.policyRequest,
    bases: discloserBases(deps.bundle, deps.sources, question),
  });
  if (!recorded.ok) return err(PROBLEM_OF_LOG[recorded.error]);
  await deps.wait(quietWaitMs(disclosure, performance.now() - startedAt));
  const { questionId } = question;
  return ok({ questionId, body: answerBody(recorded.value), receipt: recorded.value.receipt, reports, closable });
}

/** What each planned source is told: its own part of the subject, and the fields that could be released (P3). */
function questionsFor(planned: Plan, question: Admitted, deps: DisclosureDeps, asOf: string) {
  return planned.asks.map(({ guarded, fields }) => ({
    guarded,
    question: {
      questionId: deps.newId(),
      subject: subjectFor(guarded.source.agency, question.kase.subject),
      fields,
      asOf,
      asker: {
        agency: question.caller.agency.id,
        purpose: question.asked.purpose,
        caseRef: question.asked.caseRef,
        at: question.at.toISOString(),
      },
      seal: deps.seal,
    },
  }));
}
