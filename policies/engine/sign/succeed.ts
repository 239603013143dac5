import type { SignedAs, VerifiedBundle } from './verify-bundle.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * Whether a bundle may follow the one that was loaded last. Somebody who cannot sign can still put back files that were
 * good once, to get a grant again that was taken away; what was loaded is remembered outside the folder.
 */

export type SuccessionFault =
  | { readonly code: 'unsigned'; readonly after: number }
  | { readonly code: 'rolled-back'; readonly number: number; readonly after: number }
  /** Another history than that of the bundle that was loaded. */
  | { readonly code: 'forked'; readonly number: number; readonly after: number };

/** Takes what is to be loaded (undefined: unsigned) and what was loaded last (undefined: nothing, or unsigned). */
export function maySucceed(
  next: Pick<VerifiedBundle, 'signed' | 'chain'> | undefined,
  last: Pick<SignedAs, 'number' | 'digest'> | undefined,
): Result<true, SuccessionFault> {
  if (last === undefined) return ok(true);
  const after = last.number;
  if (next === undefined) return err({ code: 'unsigned', after });
  const { number } = next.signed;
  if (number < after) return err({ code: 'rolled-back', number, after });
  return next.chain[after - 1] === last.digest ? ok(true) : err({ code: 'forked', number, after });
}
