import type { Result } from '../../schemas/result.ts';

/** The port of the checkpoints that were given out and what witnesses signed of them, to be read. */

export interface CosignedCheckpoint {
  /** Number of entries it covers. */
  readonly size: number;
  /** How many witnesses signed it. */
  readonly cosigners: number;
  /** The signed checkpoint with its cosignatures. */
  readonly checkpoint: string;
}

export interface CosignedRange {
  /** Sizes from this one up to and including `to`. */
  readonly from: number;
  readonly to: number;
  /** Those that at least so many witnesses signed; 0 for all that were published. */
  readonly cosigners: number;
  /** At most so many of them, evenly spread, the first and the last always among them; at least 2. */
  readonly limit: number;
}

export interface CosignedCheckpoints {
  /** Smallest first. Never rejects. */
  between(range: CosignedRange): Promise<Result<readonly CosignedCheckpoint[], 'log-unavailable'>>;
  /** The largest that at least so many witnesses signed, or undefined for none. */
  newest(cosigners: number): Promise<Result<CosignedCheckpoint | undefined, 'log-unavailable'>>;
  /** Releases connections. */
  close(): Promise<void>;
}
