import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';

/**
 * A page in fewer bytes. The attacker listens on the wire and has a page of his own open pages of ours in somebody's
 * browser, with guesses in the address that a search repeats, to see by the length what else is on them (BREACH). So a
 * page is squeezed only where the browser says that it was asked for from a page of ours or by the person herself; after
 * coming back from sign-in, and in browsers too old to say, it goes out at full length. Should a way round that ever be
 * found, a name of random length in the header of each squeezed page, which browsers skip, blurs the byte he looks for.
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

/** Whether a page asked for so may be squeezed; `site` is what the browser says of where the request began. */
export const maySqueeze = (site: string | string[] | undefined): boolean => site === 'same-origin' || site === 'none';

/** The page as gzip, or undefined where that is not worth it. */
export function squeezed(html: string, random: (count: number) => Uint8Array = randomBytes): Buffer | undefined {
  if (html.length < WORTH_BYTES) return undefined;
  const plain = gzipSync(html, { level: LEVEL });
  const header = Buffer.from(plain.subarray(0, HEADER_BYTES));
  header.writeUInt8(header.readUInt8(FLAGS_AT) | HAS_NAME, FLAGS_AT);
  const [length = 0] = random(1);
  const name = Buffer.alloc(length % NAME_BYTES_MAX, 'x');
  return Buffer.concat([header, name, Buffer.alloc(1), plain.subarray(HEADER_BYTES)]);
}
