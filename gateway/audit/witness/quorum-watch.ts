/** Since when the newest tree has been without enough witnesses, and whether that is long enough to wake somebody. */

export interface QuorumWatch {
  /** Milliseconds of the clock that is handed in, when the oldest tree without a quorum was published; absent: none. */
  readonly lackingSince?: number;
}

/** Lost for this long, quorum is an alarm (ten minutes). Work goes on: the log is no less durable for it. */
export const QUORUM_LOST_AFTER_MS = 600_000;

export const NOTHING_LACKING: QuorumWatch = {};

/** A tree was published that no quorum has signed yet. */
export const published = (watch: QuorumWatch, nowMs: number): QuorumWatch =>
  watch.lackingSince === undefined ? { lackingSince: nowMs } : watch;

/**
 * A quorum signed a tree. Where a later one has been published since, that one has been waiting only since then.
 * @param waitingSince when the newest tree that is still without a quorum was published; absent where there is none
 */
export const reached = (waitingSince?: number): QuorumWatch =>
  waitingSince === undefined ? NOTHING_LACKING : { lackingSince: waitingSince };

/** Whether quorum counts as lost now. */
export const isLost = ({ lackingSince }: QuorumWatch, nowMs: number): boolean =>
  lackingSince !== undefined && nowMs - lackingSince >= QUORUM_LOST_AFTER_MS;
