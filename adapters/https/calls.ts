import type { z } from 'zod';
import type { AgencyClient, AgencyResponse } from './agency-client.ts';
import { failed, type Failed } from './failure.ts';
import { makeLanes } from './lanes.ts';

/** The reads that one question costs an agency: inside its time, few at once, and none of them twice. */

/** An agency answers one call within this; the question's own time may be shorter. */
const RESPONSE_MS_MAX = 4_000;
/** Calls of one question under way at once: a large family or ten men's details must not take the whole pool. */
const LANES = 8;

export type Query = readonly (readonly [string, string])[];

/** Gives what the agency's own reading of its statuses makes of an answer, or why there is none. */
export type Call<Reply> = (path: string, query?: Query) => Promise<Reply | Failed>;

export interface CallOptions<Reply> {
  readonly client: AgencyClient;
  /** Credentials, by the name of their header. */
  readonly headers: Readonly<Record<string, string>>;
  /** What a status means to this agency. */
  readonly replyOf: (response: AgencyResponse) => Reply | Failed;
  readonly signal: AbortSignal;
  /** Milliseconds that the question has. */
  readonly timeoutMs: number;
}

/**
 * Makes the call of one question: its credentials, its deadline and its share of connections are bound in. A path that
 * was read is not read again: the agency would log it twice, and two answers could contradict each other.
 */
export function makeCall<Reply>(options: CallOptions<Reply>): Call<Reply> {
  const endsAt = performance.now() + options.timeoutMs;
  const lane = makeLanes(LANES);
  const made = new Map<string, Promise<Reply | Failed>>();
  return (path, query) => {
    const key = JSON.stringify([path, query ?? []]);
    const reply = made.get(key) ?? lane(() => get(options, endsAt, path, query));
    made.set(key, reply);
    return reply;
  };
}

async function get<Reply>(
  { client, headers, replyOf, signal }: CallOptions<Reply>,
  endsAt: number,
  path: string,
  query: Query | undefined,
): Promise<Reply | Failed> {
  const left = endsAt - performance.now();
  if (left <= 0 || signal.aborted) return failed('deadline');
  const response = await client.request({
    method: 'GET',
    path,
    ...(query === undefined ? {} : { query }),
    headers,
    signal,
    timeoutMs: Math.min(left, RESPONSE_MS_MAX),
  });
  return response.ok ? replyOf(response.value) : failed(response.error);
}

export interface Answered {
  readonly kind: 'answered';
  readonly json: unknown;
}

/** The body of a 200. */
export const answered = ({ json }: AgencyResponse): Answered | Failed =>
  json === undefined ? failed('bad-answer') : { kind: 'answered', json };

export interface Held<T> {
  readonly kind: 'held';
  readonly value: T;
}

const isAnswered = (reply: object): reply is Answered => 'kind' in reply && reply.kind === 'answered';

/** Reads a path in the shape that the agency's contract gives it; any other way in which it answers is handed on. */
export async function read<T, Other extends object>(
  call: Call<Answered | Other>,
  path: string,
  schema: z.ZodType<T>,
  query?: Query,
): Promise<Held<T> | Other | Failed> {
  const reply = await call(path, query);
  if (!isAnswered(reply)) return reply;
  const parsed = schema.safeParse(reply.json);
  return parsed.success ? { kind: 'held', value: parsed.data } : failed('bad-answer');
}
