import { err, ok, type Result } from '../../../schemas/result.ts';
import { decodeBase64, decodeBase64Of, encodeBase64 } from './base64.ts';
import { parseDecimal } from './decimal.ts';
import { NOTE_BYTES_MAX } from './signed-note.ts';

/** A proof that an entry is in the log, for a file or a caller's archive (C2SP tlog-proof). */

export interface TlogProof {
  /** Place of the entry, from 0. */
  readonly index: number;
  /** From the leaf's sibling up to the root's child, 32 bytes each (RFC 6962 section 2.1.1). */
  readonly hashes: readonly Uint8Array[];
  /** The signed checkpoint, verbatim, with whatever cosignatures it has. */
  readonly checkpoint: string;
  /** Of the application, and proven by nothing. */
  readonly extra?: Uint8Array;
}

export type TlogProofFault =
  | 'proof-too-large'
  | 'proof-header' // another format, or another version of this one
  | 'proof-extra'
  | 'proof-index'
  | 'proof-hash' // a line that is not 32 bytes of base64, or more than a tree is deep
  | 'proof-cut-short'; // no checkpoint after the hashes

const HEADER = 'c2sp.org/tlog-proof@v1';
const HASHES_MAX = 63;

/** The proof as text. */
export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [
    HEADER,
    ...(extra === undefined ? [] : [`extra ${encodeBase64(extra)}`]),
    `index ${index}`,
    ...hashes.map(encodeBase64),
  ];
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads that text, or says what makes it no proof. Nothing of it is verified. */
export function parseTlogProof(text: string): Result<TlogProof, TlogProofFault> {
  if (text.length > NOTE_BYTES_MAX) return err('proof-too-large');
  const end = text.indexOf('\n\n');
  if (!text.startsWith(`${HEADER}\n`)) return err('proof-header');
  if (end < 0 || end + 2 === text.length) return err('proof-cut-short');
  const lines = text.slice(HEADER.length + 1, end).split('\n');
  const extra = readExtra(lines);
  if (!extra.ok) return extra;
  const indexLine = lines.shift() ?? '';
  const index = indexLine.startsWith('index ') ? parseDecimal(indexLine.slice('index '.length)) : undefined;
  if (index === undefined) return err('proof-index');
  if (lines.length > HASHES_MAX) return err('proof-hash');
  const hashes: Uint8Array[] = [];
  for (const line of lines) {
    const hash = decodeBase64Of(line, 32);
    if (hash === undefined) return err('proof-hash');
    hashes.push(hash);
  }
  return ok({ index, hashes, checkpoint: text.slice(end + 2), ...extra.value });
}

/** Takes the line away where there is one. */
function readExtra(lines: string[]): Result<{ readonly extra?: Uint8Array }, 'proof-extra'> {
  const [first] = lines;
  if (first?.startsWith('extra ') !== true) return ok({});
  lines.shift();
  const extra = decodeBase64(first.slice('extra '.length));
  return extra === undefined ? err('proof-extra') : ok({ extra });
}
