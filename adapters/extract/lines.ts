import { createHash } from 'node:crypto';
import { TextDecoder } from 'node:util';
import type { BatchFault, ExtractLimits } from './limits.ts';

/** What is known of a file once it was read to its end. */
export interface FileTally {
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

export type LineBlock =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'fault'; readonly fault: BatchFault }
  | { readonly kind: 'end'; readonly tally: FileTally };

/**
 * Reads a file as lines, in one pass that also hashes it: what is checked is what is loaded, even if somebody swaps
 * the file meanwhile. UTF-8 with or without a byte-order mark; lines end with LF or CR LF. A fault ends the reading.
 */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  limits: ExtractLimits,
  signal: AbortSignal,
): AsyncGenerator<LineBlock> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const hash = createHash('sha256');
  let bytes = 0;
  let rest = '';
  for await (const chunk of chunks) {
    if (signal.aborted) {
      yield { kind: 'fault', fault: 'too-slow' };
      return;
    }
    bytes += chunk.byteLength;
    if (bytes > limits.fileBytesMax) {
      yield { kind: 'fault', fault: 'file-too-large' };
      return;
    }
    if (chunk.includes(0)) {
      yield { kind: 'fault', fault: 'nul-byte' };
      return;
    }
    hash.update(chunk);
    const text = decodeOrUndefined(decoder, chunk);
    if (text === undefined) {
      yield { kind: 'fault', fault: 'not-utf8' };
      return;
    }
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.lineMax || lines.some((line) => line.length > limits.lineMax)) {
      yield { kind: 'fault', fault: 'line-too-long' };
      return;
    }
    yield { kind: 'lines', lines: lines.map(withoutReturn) };
  }
  const tail = decodeOrUndefined(decoder, undefined);
  if (tail === undefined) {
    yield { kind: 'fault', fault: 'not-utf8' };
    return;
  }
  if (rest + tail !== '') yield { kind: 'lines', lines: [withoutReturn(rest + tail)] };
  yield { kind: 'end', tally: { bytes, sha256: hash.digest('hex') } };
}

function decodeOrUndefined(decoder: TextDecoder, chunk: Uint8Array | undefined): string | undefined {
  try {
    return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
  } catch {
    return undefined;
  }
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
