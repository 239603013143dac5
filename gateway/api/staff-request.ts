import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import type { IsoInstant, Role } from '../../schemas/names.ts';
import type { ProblemCode, ProblemPlace } from '../../schemas/problem.ts';
import { err, type Result } from '../../schemas/result.ts';
import { presentedBy } from '../access/connection.ts';
import { authenticate, type AuthenticateDeps, type Caller } from '../disclosure/authenticate.ts';
import type { Say } from '../operations/messages.ts';
import type { Metrics } from '../operations/metrics.ts';
import { readBody } from './body.ts';
import { readRequest } from './read-request.ts';
import type { Room } from './room.ts';
import { sendProblem } from './send-problem.ts';
import type { ResponseSigner } from './sign-response.ts';

/**
 * How a system asks for somebody of its agency's staff, whatever it asks but a question: who, room, shape, answer,
 * signature. Everything is sent as a body: a name, a reference or words in an address would lie in every proxy's log (P8).
 */

export interface StaffRouteDeps extends AuthenticateDeps {
  readonly disclosure: { readonly now: () => Date; readonly newId: () => string };
  readonly room: Room;
  readonly signer: ResponseSigner;
  readonly metrics: Metrics;
  readonly say: Say;
}

/** What every such request says of whoever asks. */
export interface StaffRequest {
  readonly requestId: string;
  readonly sentAt: IsoInstant;
  readonly staff: { readonly id: string; readonly role: Role };
}

export type Refused = { readonly code: ProblemCode; readonly places?: readonly ProblemPlace[] };

/** Gives what is to be answered, of which everything is recorded by then. */
export type AnswerStaff<T> = (caller: Caller, request: T, now: Date) => Promise<Result<unknown, Refused>>;

const CLOCK_APART_MS_MAX = 60_000;
/** Whether the asking system's clock is so far off that a copy of an old request could not be told from a new one. */
export const isClockWrong = ({ sentAt }: StaffRequest, now: Date): boolean =>
  Math.abs(Date.parse(sentAt) - now.getTime()) > CLOCK_APART_MS_MAX;

/** Walks one request. Nothing of it is read before it is known who asks. */
export function staffHandler<T extends StaffRequest>(
  deps: StaffRouteDeps,
  shape: z.ZodType<T>,
  answer: AnswerStaff<T>,
): RequestHandler {
  return async (request, response): Promise<void> => {
    const now = deps.disclosure.now();
    const caller = authenticate(deps, presentedBy(request.socket), request.get('authorization'), now);
    if (!caller.ok) {
      if (caller.error === 'register-unavailable') deps.say('error', { message: 'register-stale' });
      refuse(deps, response, caller.error);
      return;
    }
    const place = deps.room.enter(caller.value.clientId, now.getTime());
    if (!place.ok) {
      refuse(deps, response, place.error);
      return;
    }
    try {
      const body = await readStaffRequest(request, shape);
      const answered = body.ok ? await answer(caller.value, body.value, now) : body;
      if (answered.ok) await sendSigned(deps, request, response, answered.value);
      else refuse(deps, response, answered.error.code, answered.error.places);
    } finally {
      place.value.leave();
    }
  };
}

async function readStaffRequest<T>(request: Request, shape: z.ZodType<T>): Promise<Result<T, Refused>> {
  const text = await readBody(request);
  return text.ok ? readRequest(text.value, shape) : err({ code: text.error });
}

async function sendSigned(deps: StaffRouteDeps, request: Request, response: Response, value: unknown): Promise<void> {
  const body = JSON.stringify(value);
  const signed = await deps.signer.sign(request, 200, body, deps.disclosure.now());
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...signed,
  });
  response.end(body);
}

function refuse(deps: StaffRouteDeps, response: Response, code: ProblemCode, places?: readonly ProblemPlace[]): void {
  const instance = deps.disclosure.newId();
  deps.metrics.refused(code);
  deps.say('warn', { message: 'question-refused', instance, code, tookMs: 0 });
  if (!response.req.complete) response.setHeader('connection', 'close');
  sendProblem(response, code, instance, places);
}
