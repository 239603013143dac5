import { Agent, request, type Dispatcher } from 'undici';
import type { WitnessAnswer, WitnessCallFault, WitnessClient } from '../../gateway/ports/witness.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** The gateway's way to a witness: HTTPS to one address, one authority, few bytes, little time. No redirects. */

export interface WitnessClientOptions {
  readonly name: string;
  /** Submission and monitoring prefix in one, `https://host:port/path`, without a slash at its end. */
  readonly url: string;
  readonly tls: {
    /** The only authority that is trusted for this witness. */
    readonly ca: string;
    /** Ours, where the agency asks for one. */
    readonly cert?: string;
    readonly key?: string;
  };
  readonly withinMs?: number;
}

export const WITNESS_WITHIN_MS = 3_000;
/** An answer is one or a few signature lines, or a checkpoint with its signatures. */
export const WITNESS_ANSWER_BYTES_MAX = 65_536;

/** Opens nothing until it is first used. */
export function makeWitnessClient({ name, url, tls, withinMs }: WitnessClientOptions): WitnessClient {
  const timeout = withinMs ?? WITNESS_WITHIN_MS;
  const agent = new Agent({
    connect: { ...tls, minVersion: 'TLSv1.3', timeout },
    connections: 2,
    pipelining: 1,
    maxHeaderSize: 8_192,
    keepAliveTimeout: 30_000,
  });
  const call = (path: string, options: Pick<Dispatcher.RequestOptions, 'method' | 'body' | 'headers'>) =>
    exchange(`${url}${path}`, { ...options, dispatcher: agent }, timeout);
  return {
    name,
    addCheckpoint: (body) =>
      call('/add-checkpoint', { method: 'POST', body, headers: { 'content-type': 'text/plain; charset=utf-8' } }),
    checkpoint: (originHash) => call(`/${originHash}/checkpoint`, { method: 'GET' }),
    close: () => agent.destroy(),
  };
}

type Exchange = NonNullable<Parameters<typeof request>[1]>;

/** The time covers the whole answer: a witness that drips bytes is a slow one. */
async function exchange(
  url: string,
  options: Exchange,
  withinMs: number,
): Promise<Result<WitnessAnswer, WitnessCallFault>> {
  const signal = AbortSignal.timeout(withinMs);
  try {
    const response = await request(url, { ...options, signal });
    const body = await readAtMost(response.body, WITNESS_ANSWER_BYTES_MAX);
    if (body === undefined) return err('witness-answer-too-large');
    const contentType = String(response.headers['content-type'] ?? '').split(';')[0] ?? '';
    return ok({ status: response.statusCode, contentType: contentType.trim().toLowerCase(), body });
  } catch {
    return err(signal.aborted ? 'witness-slow' : 'witness-unreachable');
  }
}

async function readAtMost(body: Dispatcher.ResponseData['body'], bytesMax: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    if (!Buffer.isBuffer(chunk)) continue;
    bytes += chunk.length;
    // Leaving the loop ends the connection: the other megabytes are not taken.
    if (bytes > bytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
