import { quantilesOf } from '../quantiles.ts';
import { binsOf, calibrationError, type Said } from './calibration.ts';
import type { Hits, Measured } from './measure.ts';

/** What was measured, as lines for people. */

type Times = Pick<Measured, 'linkMs' | 'rankMs' | 'cpuMs' | 'threadMs' | 'waitedMs'>;

export interface Timing extends Times {
  readonly records: number;
}

/** Asked for: p99 of one question, linked and ranked, on one core. */
const TARGET_MS = 20;

/** A group this small says nothing about itself. */
const SMALLEST_GROUP = 30;

export const share = (hits: number, { asked }: Hits): number => (asked === 0 ? 0 : hits / asked);
const percent = (part: number): string => `${(part * 100).toFixed(1).padStart(5)} %`;

export function reportOf(measured: Measured, eighty: Timing, cpuMs: number): readonly string[] {
  const { all, questions, wronged, untraceable, keptBack, said } = measured;
  const row = (label: string, hits: number): string => `  ${label.padEnd(58)}${percent(share(hits, all))}`;
  return [
    `${questions} questions; ${all.asked} subjects whom a number in their records reaches, and nobody else`,
    '',
    'First phone given works and is his',
    row('Holdfast, identities as linked', all.ours),
    row('Holdfast, told of earlier attempts in one case of three', all.withAttempts),
    row('Holdfast, true identities', all.withTrueIdentities),
    row('most recent phone, placeholders dropped, true identities', all.mostRecent),
    row('the same without what its source labels as another’s', all.mostRecentUnlabelled),
    `  above the simple rule: ${((share(all.ours, all) - share(all.mostRecent, all)) * 100).toFixed(1)} points`,
    '',
    'Disclosed as his',
    `  protected, or shown by the answer to be another’s: ${wronged.length}${wronged.length > 0 ? ` (${wronged.slice(0, 5).join(', ')})` : ''}`,
    `  another’s, and nothing in the answer says so: ${untraceable} (ranked by what is known of them)`,
    `  of ${keptBack.own} numbers that reach him and nobody else: held back ${percent(keptBack.withheld / Math.max(1, keptBack.own)).trim()}, in no record joined to him ${percent(keptBack.notJoined / Math.max(1, keptBack.own)).trim()}`,
    '',
    ...calibrationLines([...said.phone, ...said.email, ...said.address], said.phone),
    `  told of earlier attempts: ${calibrationError(binsOf(measured.saidWithAttempts)).toFixed(4)}`,
    '',
    ...groupLines(measured),
    '',
    ...timingLines('as they come', measured),
    ...timingLines(`${eighty.records.toFixed(0)} records each`, eighty),
    targetLine(eighty),
    `  CPU a question, generating and judging it included: ${cpuMs.toFixed(2)} ms`,
  ];
}

function calibrationLines(every: readonly Said[], phones: readonly Said[]): readonly string[] {
  const error = (said: readonly Said[]): string => calibrationError(binsOf(said)).toFixed(4);
  return [
    `Calibration: expected error ${error(every)} over all kinds, ${error(phones)} over phones`,
    '  said       given    mean said   found right',
    ...binsOf(every).map(
      ({ from, count, said, found }) =>
        `  ${from.toFixed(1)}-${(from + 0.1).toFixed(1)} ${String(count).padStart(9)} ${said.toFixed(3).padStart(11)} ${found.toFixed(3).padStart(12)}`,
    ),
  ];
}

/** Every group that is worse than all by more than a point, with how much of that chance may be. */
function groupLines({ all, groups }: Measured): readonly string[] {
  const overall = share(all.ours, all);
  const worse = [...groups]
    .filter(([, hits]) => hits.asked >= SMALLEST_GROUP && overall - share(hits.ours, hits) > 0.01)
    .sort(([, a], [, b]) => share(a.ours, a) - share(b.ours, b))
    .map(([name, hits]) => {
      const found = share(hits.ours, hits);
      const chance = 2 * Math.sqrt((found * (1 - found)) / hits.asked);
      const range = `± ${(chance * 100).toFixed(1)}`;
      const rule = percent(share(hits.mostRecent, hits));
      const reason = reasonOf(all, hits, chance);
      return `  ${name.padEnd(32)}${percent(found)} ${range.padStart(7)}  of ${String(hits.asked).padStart(6)}   simple rule ${rule}   ${reason}`;
    });
  const heading = `Groups worse than all (${percent(overall).trim()}) by more than a point`;
  return worse.length === 0 ? [`${heading}: none`] : [heading, ...worse];
}

/** Whether the group would be as good as all if every record of his were joined to him. */
function reasonOf(all: Hits, group: Hits, chance: number): string {
  const gap = share(all.ours, all) - share(group.ours, group);
  if (gap < chance) return 'within chance';
  const gapIfJoined = share(all.withTrueIdentities, all) - share(group.withTrueIdentities, group);
  return gapIfJoined < gap / 2
    ? 'linkage: a record of his was not joined'
    : 'ranking: his records mislead about the number';
}

const together = ({ linkMs, rankMs }: Times): readonly number[] => linkMs.map((ms, at) => ms + (rankMs[at] ?? 0));

/** One core is what this thread ran; where the kernel does not say, the wall clock has to do, on a quiet machine. */
function targetLine(times: Times): string {
  const [measured, by] =
    times.threadMs.length > 0 ? [times.threadMs, 'processor time of the thread'] : [together(times), 'wall clock'];
  const { p99 } = quantilesOf(measured);
  const said = p99 <= TARGET_MS ? 'reached' : `MISSED by ${(p99 - TARGET_MS).toFixed(1)} ms`;
  return `  at most ${TARGET_MS} ms at p99 on one core (${by}): ${said}`;
}

function timingLines(label: string, times: Times): readonly string[] {
  const { linkMs, rankMs, cpuMs, threadMs, waitedMs } = times;
  const both = together(times);
  const line = (name: string, ms: readonly number[]): string => {
    const { p50, p99 } = quantilesOf(ms);
    return `  ${`${name}, ${label}`.padEnd(44)}p50 ${p50.toFixed(2).padStart(7)} ms   p99 ${p99.toFixed(2).padStart(7)} ms`;
  };
  return [
    line('linkage', linkMs),
    line('ranking', rankMs),
    line('linkage and ranking', both),
    line('the same in processor time', cpuMs),
    ...(threadMs.length === 0 ? [] : [line('the same of the one thread', threadMs)]),
    ...(threadMs.length === 0 ? [] : [`  of that wall time it waited for a processor: ${waitedShare(both, waitedMs)}`]),
  ];
}

const waitedShare = (wallMs: readonly number[], waitedMs: number): string =>
  percent(waitedMs / wallMs.reduce((sum, ms) => sum + ms, 0)).trim();

/** One line for each world of other habits. */
export function worldLine(name: string, measured: Measured): string {
  const { all, said, wronged } = measured;
  const errors = [...Object.values(said), Object.values(said).flat()].map((each) =>
    calibrationError(binsOf(each)).toFixed(3),
  );
  const first = percent(share(all.ours, all));
  return `  ${name.padEnd(54)}${first}   ${percent(share(all.mostRecent, all))}   ${errors.join('  ')}   ${wronged.length}`;
}

export const WORLDS_HEADING =
  'Worlds of other habits: first phone right, the most recent phone, expected error (phone, e-mail, address, all), of others';
