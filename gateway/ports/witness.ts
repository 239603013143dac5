import type { Result } from '../../schemas/result.ts';

/** The port of a witness: an agency's own process that countersigns the log (P10). What it says is not yet believed. */

/**
 * - `witness-unreachable`: no connection, or none that is secure.
 * - `witness-slow`: no whole answer in the time there was.
 * - `witness-answer-too-large`: it sent more than any answer has; the rest was not read.
 */
export type WitnessCallFault = 'witness-unreachable' | 'witness-slow' | 'witness-answer-too-large';

export interface WitnessAnswer {
  readonly status: number;
  /** The media type alone, in lower case; empty for none. */
  readonly contentType: string;
  readonly body: string;
}

export interface WitnessClient {
  /** The name of its key, as a signature line has it. */
  readonly name: string;
  /** Sends the body of an `add-checkpoint` (C2SP tlog-witness). Never rejects. */
  addCheckpoint(body: string): Promise<Result<WitnessAnswer, WitnessCallFault>>;
  /** Fetches the last checkpoint it cosigned, by the SHA-256 of the log's origin in hex. Never rejects. */
  checkpoint(originHash: string): Promise<Result<WitnessAnswer, WitnessCallFault>>;
  /** Ends connections. */
  close(): Promise<void>;
}
