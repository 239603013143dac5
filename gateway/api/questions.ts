import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { ProblemCode, ProblemPlace } from '../../schemas/problem.ts';
import { contactRequestSchema, disclosureRequestSchema } from '../../schemas/question.ts';
import { presentedBy } from '../access/connection.ts';
import { authenticate, type AuthenticateDeps, type Caller } from '../disclosure/authenticate.ts';
import { disclose, type Answered, type DisclosureDeps } from '../disclosure/disclose.ts';
import { askedByAgency, askedByWorker, type Asked } from '../disclosure/question.ts';
import type { Say } from '../operations/messages.ts';
import type { Metrics } from '../operations/metrics.ts';
import { readBody } from './body.ts';
import { readRequest } from './read-request.ts';
import type { Room } from './room.ts';
import { sendProblem } from './send-problem.ts';
import type { ResponseSigner } from './sign-response.ts';

/** The two ways to ask over the API. Thin: each names its shape, and both walk the one pipeline. */

export interface QuestionDeps extends AuthenticateDeps {
  readonly disclosure: DisclosureDeps;
  readonly room: Room;
  readonly signer: ResponseSigner;
  readonly metrics: Metrics;
  readonly say: Say;
}

/** `POST /v1/disclosures` */
export const postDisclosure = (deps: QuestionDeps): RequestHandler =>
  questionHandler(deps, disclosureRequestSchema, askedByAgency);

/** `POST /v1/contact-requests` */
export const postContactRequest = (deps: QuestionDeps): RequestHandler =>
  questionHandler(deps, contactRequestSchema, askedByWorker);

function questionHandler<T>(deps: QuestionDeps, shape: z.ZodType<T>, asAsked: (body: T) => Asked): RequestHandler {
  return async (request, response): Promise<void> => {
    const startedAt = performance.now();
    const refuse = (code: ProblemCode, caller?: Caller, places?: readonly ProblemPlace[]): void => {
      refuseRequest(deps, response, { code, startedAt, ...(caller && { caller }), ...(places && { places }) });
    };
    // Nothing of a question is read before it is known who asks.
    const caller = authenticate(deps, presentedBy(request.socket), request.get('authorization'), deps.disclosure.now());
    if (!caller.ok) {
      if (caller.error === 'register-unavailable') deps.say('error', { message: 'register-stale' });
      refuse(caller.error);
      return;
    }
    const place = deps.room.enter(caller.value.clientId, deps.disclosure.now().getTime());
    if (!place.ok) {
      refuse(place.error, caller.value);
      return;
    }
    deps.metrics.underWay(deps.room.underWay);
    try {
      const text = await readBody(request);
      if (!text.ok) {
        refuse(text.error, caller.value);
        return;
      }
      const body = readRequest(text.value, shape);
      if (!body.ok) {
        refuse(body.error.code, caller.value, body.error.places);
        return;
      }
      const asked = asAsked(body.value);
      const unknown = unknownFields(deps, asked);
      if (unknown.length > 0) {
        refuse('field-not-in-catalogue', caller.value, unknown);
        return;
      }
      const answered = await disclose(
        { ...deps.disclosure, enginesDiffer: () => deps.metrics.enginesDiffered() },
        caller.value,
        asked,
      );
      if (!answered.ok) {
        refuse(answered.error, caller.value);
        return;
      }
      await sendAnswer(deps, request, response, answered.value);
      report(deps, caller.value, asked, answered.value, performance.now() - startedAt);
    } finally {
      place.value.leave();
      deps.metrics.underWay(deps.room.underWay);
    }
  };
}

/** The catalogue is public, so naming what is not in it tells nothing; a misspelt field must not look withheld. */
function unknownFields(deps: QuestionDeps, { wanted }: Asked): ProblemPlace[] {
  if (wanted === 'all') return [];
  return wanted.flatMap((field, index) =>
    deps.disclosure.bundle.fields.has(field)
      ? []
      : [{ pointer: `/fields/${index}`, code: 'not-in-catalogue' as const }],
  );
}

async function sendAnswer(deps: QuestionDeps, request: Request, response: Response, answered: Answered): Promise<void> {
  const { body } = answered;
  const signed = await deps.signer.sign(request, 200, body, deps.disclosure.now());
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...signed,
  });
  response.end(body);
}

function refuseRequest(
  deps: QuestionDeps,
  response: Response,
  refusal: { code: ProblemCode; startedAt: number; caller?: Caller; places?: readonly ProblemPlace[] },
): void {
  const { code, startedAt, caller, places } = refusal;
  const instance = deps.disclosure.newId();
  deps.metrics.refused(code);
  deps.say('warn', {
    message: 'question-refused',
    instance,
    code,
    ...(caller === undefined ? {} : { agency: caller.agency.id }),
    tookMs: Math.round(performance.now() - startedAt),
  });
  // What is left of an unread body would be taken for the next request on this connection.
  if (!response.req.complete) response.setHeader('connection', 'close');
  sendProblem(response, code, instance, places);
}

function report(deps: QuestionDeps, caller: Caller, asked: Asked, answered: Answered, tookMs: number): void {
  const { questionId, receipt, reports } = answered;
  deps.metrics.answered(caller.agency.id, tookMs / 1000);
  for (const { agency, answer, tookMs: sourceMs } of reports) {
    deps.metrics.sourceAnswered(agency, answer.outcome, sourceMs / 1000);
    if (answer.outcome === 'found' || answer.outcome === 'none-held') continue;
    deps.say('info', {
      message: 'source-answered',
      questionId,
      source: agency,
      outcome: answer.outcome,
      ...(answer.code === undefined ? {} : { code: answer.code }),
      tookMs: sourceMs,
    });
  }
  deps.say('info', {
    message: 'question-answered',
    questionId,
    agency: caller.agency.id,
    purpose: asked.purpose,
    caseRef: asked.caseRef,
    position: receipt.position,
    tookMs: Math.round(tookMs),
  });
}
