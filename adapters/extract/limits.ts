/** Limits of one batch (P11). Past any of them the batch is refused and the last good one keeps answering. */
export interface ExtractLimits {
  readonly manifestBytesMax: number;
  readonly fileBytesMax: number;
  readonly rowsMax: number;
  /** Characters of one line: a line without end must not fill the memory. */
  readonly lineMax: number;
  /** Time for one whole load, in milliseconds. */
  readonly loadMs: number;
  /** Share of rows that may be rejected before the batch as a whole is not believed. */
  readonly rejectShareMax: number;
  /** Share of the last batch's people below which a batch is taken for a broken export. */
  readonly shrinkShareMin: number;
}

export const EXTRACT_LIMITS: ExtractLimits = {
  manifestBytesMax: 64 * 1024,
  fileBytesMax: 512 * 1024 * 1024,
  rowsMax: 2_000_000,
  lineMax: 16 * 1024,
  loadMs: 10 * 60_000,
  rejectShareMax: 0.2,
  shrinkShareMin: 0.5,
};

/** Why a batch, or one of its files, was refused as a whole. Closed: a new one is a change here and in the README. */
export type BatchFault =
  | 'manifest-unreadable'
  | 'manifest-too-large'
  | 'signature-missing'
  | 'signature-wrong'
  | 'wrong-agency'
  | 'wrong-layout'
  | 'wrong-batch-id'
  | 'from-the-future'
  | 'out-of-order'
  | 'files-not-as-agreed'
  | 'file-missing'
  | 'file-too-large'
  | 'size-wrong'
  | 'hash-wrong'
  | 'count-wrong'
  | 'header-wrong'
  | 'not-utf8'
  | 'nul-byte'
  | 'line-too-long'
  | 'too-many-rows'
  | 'too-many-rejects'
  | 'empty'
  | 'shrunk'
  | 'too-slow';
