import type { IncomingMessage } from 'node:http';
import type { ProblemCode } from '../../schemas/problem.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** Largest body of a question, in bytes. */
export const BODY_BYTES_MAX = 65_536;
/** Longest a body may take to arrive: a caller that drips a byte a second holds nothing for long. */
const BODY_MS_MAX = 10_000;

const CONTENT_TYPE = /^application\/json(?:\s*;\s*charset="?utf-8"?)?$/i;

/**
 * Reads a request's body as UTF-8 text, within its limits. Stops reading at the limit, so that a hundred megabytes cost
 * us 64 KiB; refuses any content encoding, so that there is nothing to unpack.
 */
export async function readBody(request: IncomingMessage): Promise<Result<string, ProblemCode>> {
  const { headers } = request;
  if (!CONTENT_TYPE.test(headers['content-type'] ?? '') || headers['content-encoding'] !== undefined) {
    return err('body-wrong-content-type');
  }
  if (Number(headers['content-length'] ?? 0) > BODY_BYTES_MAX) return err('body-too-large');
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => request.destroy(), BODY_MS_MAX);
  try {
    for await (const chunk of request) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > BODY_BYTES_MAX) return err('body-too-large');
      chunks.push(chunk);
    }
  } catch {
    return err('body-not-json');
  } finally {
    clearTimeout(timer);
  }
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks)));
  } catch {
    return err('body-not-json');
  }
}
