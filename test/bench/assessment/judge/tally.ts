import type { Judged, Shown } from './judge.ts';

/** What many answers are worth together; shares from 0 to 1. */
export interface Tally {
  readonly questions: number;
  readonly faults: readonly string[];
  readonly strangers: number;
  readonly tellableStrangers: number;
  readonly recall: number;
  readonly toHuman: number;
  readonly probable: number;
  readonly attention: number;
  readonly protectedShown: number;
  readonly anothersShown: number;
  readonly reachable: number;
  readonly firstRight: number;
  readonly ruleRight: number;
  /** Expected calibration error of phones over ten bins. */
  readonly calibrationError: number;
}

export function tally(all: readonly Judged[]): Tally {
  const sum = (of: (judged: Judged) => number): number => all.reduce((total, judged) => total + of(judged), 0);
  const share = (among: readonly Judged[], is: (judged: Judged) => boolean): number =>
    among.filter(is).length / Math.max(1, among.length);
  const shown = all.flatMap((judged) => judged.shown);
  const reachable = all.filter(({ isReachable }) => isReachable);
  return {
    questions: all.length,
    faults: [...new Set(all.flatMap(({ faults }) => faults))],
    strangers: sum(({ strangers }) => strangers),
    tellableStrangers: sum(({ tellableStrangers }) => tellableStrangers),
    recall:
      sum(({ found }) => found) /
      Math.max(
        1,
        sum(({ own }) => own),
      ),
    toHuman: share(all, ({ isProbable, needsAttention }) => isProbable || needsAttention),
    probable: share(all, ({ isProbable }) => isProbable),
    attention: share(all, ({ needsAttention }) => needsAttention),
    protectedShown: shown.filter(({ wrong }) => wrong === 'protected').length,
    anothersShown: shown.filter(({ wrong }) => wrong === 'anothers').length,
    reachable: reachable.length,
    firstRight: share(reachable, ({ isFirstRight }) => isFirstRight),
    ruleRight: share(reachable, ({ isRuleRight }) => isRuleRight),
    calibrationError: calibrationError(shown.filter(({ kind }) => kind === 'phone')),
  };
}

const BINS = 10;

function calibrationError(shown: readonly Shown[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((total, value) => total + value, 0) / Math.max(1, values.length);
  return Array.from({ length: BINS }, (_, bin) => {
    const inBin = shown.filter(({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)) === bin);
    const said = mean(inBin.map(({ probability }) => probability));
    const held = mean(inBin.map(({ isRight }) => (isRight ? 1 : 0)));
    return (inBin.length / Math.max(1, shown.length)) * Math.abs(said - held);
  }).reduce((total, part) => total + part, 0);
}
