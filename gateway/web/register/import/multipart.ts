import { err, ok, type Result } from '../../../../schemas/result.ts';

/**
 * Reads the body of a form with one file (multipart/form-data, RFC 7578), as browsers write it and in no other way. The
 * attacker writes a body that two readers understand differently; whatever a browser would not send is refused whole.
 */

export interface Multipart {
  readonly fields: Readonly<Record<string, string>>;
  /** Bytes of each part that named a file. The file's own name is never read: it may be anything. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export type MultipartFault = 'not-multipart' | 'too-many-parts';

const PARTS_MAX = 12;
const HEADER_BYTES_MAX = 1_024;
const FIELD_BYTES_MAX = 1_024;

/** The boundary that a content type names; undefined where it is no form with a file. */
export function boundaryOf(contentType: string | undefined): string | undefined {
  // RFC 2046 5.1.1: 1 to 70 characters; browsers use these only.
  return /^multipart\/form-data; ?boundary=([A-Za-z0-9'()+_,\-./:=?]{1,70})$/.exec(contentType ?? '')?.[1];
}

/** Reads a whole body, or refuses it. A name that comes twice refuses it too. */
export function readMultipart(body: Buffer, boundary: string): Result<Multipart, MultipartFault> {
  const parts = partsOf(body, boundary);
  if (parts === undefined) return err('not-multipart');
  if (parts.length > PARTS_MAX) return err('too-many-parts');
  const fields: Record<string, string> = {};
  const files = new Map<string, Uint8Array>();
  const seen = new Set<string>();
  for (const part of parts) {
    const read = readPart(part);
    if (read === undefined || seen.has(read.name)) return err('not-multipart');
    seen.add(read.name);
    if (read.isFile) files.set(read.name, read.content);
    else if (read.content.length > FIELD_BYTES_MAX) return err('not-multipart');
    else fields[read.name] = read.content.toString('utf8');
  }
  return ok({ fields, files });
}

/** What stands between the boundaries. Nothing may stand before the first, and nothing but a line end after the last. */
function partsOf(body: Buffer, boundary: string): readonly Buffer[] | undefined {
  const first = Buffer.from(`--${boundary}\r\n`);
  const between = Buffer.from(`\r\n--${boundary}`);
  if (!body.subarray(0, first.length).equals(first)) return undefined;
  const parts: Buffer[] = [];
  let from = first.length;
  while (parts.length <= PARTS_MAX) {
    const to = body.indexOf(between, from);
    if (to < 0) return undefined;
    parts.push(body.subarray(from, to));
    const after = to + between.length;
    const mark = body.subarray(after, after + 2).toString('latin1');
    if (mark === '--') return /^(\r\n)?$/.test(body.subarray(after + 2).toString('latin1')) ? parts : undefined;
    if (mark !== '\r\n') return undefined;
    from = after + 2;
  }
  return parts;
}

interface Part {
  readonly name: string;
  readonly isFile: boolean;
  readonly content: Buffer;
}

const DISPOSITION = /^content-disposition: form-data; name="([A-Za-z][A-Za-z0-9-]{0,60})"(; filename="[^"\r\n]*")?$/i;

function readPart(part: Buffer): Part | undefined {
  const end = part.indexOf('\r\n\r\n');
  if (end < 0 || end > HEADER_BYTES_MAX) return undefined;
  const [first = '', ...others] = part.subarray(0, end).toString('utf8').split('\r\n');
  const read = DISPOSITION.exec(first);
  const name = read?.[1];
  if (name === undefined || !others.every((line) => /^content-type: [\w.+/-]+$/i.test(line))) return undefined;
  return { name, isFile: read?.[2] !== undefined, content: part.subarray(end + 4) };
}
