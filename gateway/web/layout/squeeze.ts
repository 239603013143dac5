import { randomBytes } from 'node:crypto';
import { constants, gzipSync } from 'node:zlib';

/**
 * A page in fewer bytes. The attacker listens on the wire and gets somebody's browser to open pages, to guess what is in
 * them from how well they compress (BREACH). He would have to get words of his into the same page: no page repeats
 * anything of an address, and a form from elsewhere meets no session. Should one ever do, a name of random length in
 * the header of each compressed page, which browsers skip, hides the one byte of difference that he looks for.
 */

/** Half of what the best level takes, for a twentieth more bytes. */
const LEVEL = 5;
/** Below this there is nothing to gain. */
const WORTH_BYTES = 1_000;
const HEADER_BYTES = 10;
const FLAGS_AT = 3;
/** RFC 1952, section 2.3.1: a file name, ended by a zero byte, follows the header. */
const HAS_NAME = 0x08;
const NAME_BYTES_MAX = 64;

/** The page as gzip, or undefined where that is not worth it. */
export function squeezed(html: string, random: (count: number) => Uint8Array = randomBytes): Buffer | undefined {
  if (html.length < WORTH_BYTES) return undefined;
  const plain = gzipSync(html, { level: LEVEL, strategy: constants.Z_DEFAULT_STRATEGY });
  const header = Buffer.from(plain.subarray(0, HEADER_BYTES));
  header.writeUInt8(header.readUInt8(FLAGS_AT) | HAS_NAME, FLAGS_AT);
  const [length = 0] = random(1);
  const name = Buffer.alloc(length % NAME_BYTES_MAX, 'x');
  return Buffer.concat([header, name, Buffer.alloc(1), plain.subarray(HEADER_BYTES)]);
}
