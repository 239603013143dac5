import type { Response } from 'express';
import { PROBLEMS, type Problem, type ProblemCode, type ProblemPlace } from '../../schemas/problem.ts';

/** Where a problem's type is described; the code after it is the stable part. */
const TYPE_BASE = 'urn:holdfast:problem:';
const RETRY_AFTER_SECONDS: Partial<Record<ProblemCode, number>> = {
  'too-many-questions': 1,
  overloaded: 1,
  'proof-not-yet': 2,
  'log-unavailable': 30,
  'register-unavailable': 30,
};

/** One problem of the closed table as RFC 9457 has it. */
export function problemOf(code: ProblemCode, instance: string, places?: readonly ProblemPlace[]): Problem {
  const [status, title] = PROBLEMS[code];
  return {
    type: `${TYPE_BASE}${code}`,
    title,
    status,
    code,
    instance: `urn:uuid:${instance}`,
    ...(places === undefined || places.length === 0 ? {} : { places: [...places] }),
  };
}

/** Sends a problem as `application/problem+json`. `instance` is the id under which the log speaks of it. */
export function sendProblem(
  response: Response,
  code: ProblemCode,
  instance: string,
  places?: readonly ProblemPlace[],
): void {
  const problem = problemOf(code, instance, places);
  const retryAfter = RETRY_AFTER_SECONDS[code];
  if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
  if (problem.status === 401 && code.startsWith('token')) response.setHeader('www-authenticate', 'Bearer');
  response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
}
