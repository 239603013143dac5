import type { AppendFigures } from './appends.ts';
import type { CallerFigures } from './callers.ts';
import type { KillFigures } from './kills.ts';
import type { ProofFigures } from './proofs.ts';
import type { MemoryCourse, VerifyFigures } from './verify.ts';

/** The figures as lines for a person, with the targets beside them. */

const whole = (n: number): string => Math.round(n).toLocaleString('en-GB');
const ms = (n: number): string => (n < 10 ? n.toFixed(2) : n.toFixed(1));

/** Share of the plain inserts that the log has to reach, and how many times a row-locked chain, at so many callers. */
const OF_PLAIN = 0.8;
const TIMES_CHAIN = 10;
const CALLERS_OF_TARGETS = 64;
/** How long any of them may wait, of a hundred, on a disk of so many syncs a second. */
const WAIT_MS = 30;
const WAIT_SYNCS = 300;
const PROOF_MS = 5;
const PROOF_ENTRIES = 10_000_000;
const VERIFY_SECONDS_A_MILLION = 60;
/** What memory may grow by while a log grows, or is verified, and count as flat: what the collector leaves lying about. */
const FLAT_MB = 100;

/** A figure of the issue, as it came out. */
export interface Judgement {
  readonly what: string;
  readonly came: string;
  readonly wanted: string;
  readonly met: boolean;
  /** What has to be known beside it. */
  readonly but?: string;
}

export const met = (reached: boolean): string => (reached ? 'met' : 'MISSED');

/** All figures with their targets, one line each. */
export function judgementLines(judgements: readonly Judgement[]): readonly string[] {
  if (judgements.length === 0) return [];
  const row = (cells: readonly string[]): string =>
    cells.map((cell, n) => cell.padEnd([52, 24, 18, 0][n] ?? 0)).join('');
  return [
    '',
    row(['figure', 'came out', 'wanted', '']),
    ...judgements.map(
      (each) =>
        row([each.what, each.came, each.wanted, met(each.met)]) + (each.but === undefined ? '' : ` (${each.but})`),
    ),
  ];
}

export interface Part {
  readonly lines: readonly string[];
  readonly judged: readonly Judgement[];
}

export function appendPart(figures: AppendFigures): Part {
  const { syncsPerSecond, entryBytes, log, plain, ahead, chain } = figures;
  const sorted = syncsPerSecond.toSorted((a, b) => a - b);
  const lines = [
    '',
    `Appends, each caller waiting for durability; entries of ${entryBytes} bytes`,
    `Disk: ${whole(sorted[0] ?? 0)} to ${whole(sorted.at(-1) ?? 0)} syncs a second (fdatasync of 8 kB, in turns with the rest)`,
    '',
    'callers                      entries/s   p50 ms   p99 ms   CPU us/entry (this process)',
  ];
  for (const [n, ours] of log.entries()) {
    for (const [name, each] of [
      ['log', ours],
      ['plain inserts', plain[n]],
      ['plain, sent ahead', ahead[n]],
      ['row-locked chain', chain[n]],
    ] as const)
      if (each !== undefined) lines.push(callersRow(name, each));
    lines.push('');
  }
  return { lines, judged: judgedAppends(figures, sorted[Math.floor(sorted.length / 2)] ?? 0) };
}

const callersRow = (name: string, { callers, perSecond, waited, cpuMicroseconds }: CallerFigures): string =>
  [
    String(callers).padStart(5),
    `  ${name.padEnd(21)}`,
    whole(perSecond).padStart(9),
    ms(waited.p50).padStart(9),
    ms(waited.p99).padStart(9),
    whole(cpuMicroseconds).padStart(9),
  ].join('');

function judgedAppends({ log, plain, ahead, chain }: AppendFigures, syncs: number): readonly Judgement[] {
  const at = (figures: readonly CallerFigures[]): CallerFigures | undefined =>
    figures.find(({ callers }) => callers === CALLERS_OF_TARGETS);
  const rate = (figures: readonly CallerFigures[]): number => at(figures)?.perSecond ?? Number.NaN;
  const ofPlain = rate(log) / rate(plain);
  const timesChain = rate(log) / rate(chain);
  const waited = at(log)?.waited.p99 ?? Number.NaN;
  const slower = syncs < WAIT_SYNCS;
  return [
    {
      what: `appends, of plain group-committed inserts`,
      came: percent(ofPlain),
      wanted: `${percent(OF_PLAIN)} or more`,
      met: ofPlain >= OF_PLAIN,
      but: `${percent(rate(log) / rate(ahead))} of inserts that are sent ahead as well`,
    },
    {
      what: 'appends, times a row-locked chain',
      came: `${timesChain.toFixed(1)} x`,
      wanted: `${TIMES_CHAIN} x or more`,
      met: timesChain >= TIMES_CHAIN,
    },
    {
      what: `wait for an append, p99 at ${CALLERS_OF_TARGETS} callers`,
      came: `${ms(waited)} ms`,
      wanted: `${WAIT_MS} ms or less`,
      met: waited <= WAIT_MS,
      but: `meant for ${WAIT_SYNCS} syncs a second; here ${whole(syncs)} in the middle${slower ? ', which is slower' : ''}`,
    },
  ];
}

const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;

export function proofPart(figures: ProofFigures): Part {
  const { entries, proof, loadSeconds, publishSeconds, residentBefore, residentAfter } = figures;
  return {
    lines: [
      '',
      `Proofs of inclusion out of ${whole(entries)} entries, read from tiles and verified`,
      `p50 ${ms(proof.p50)} ms, p99 ${ms(proof.p99)} ms; of which this process ${whole(figures.cpuMicrosecondsPerProof)} us of its processor`,
      `Published ${whole(entries / publishSeconds)} entries a second; memory ${whole(residentBefore)} MB before, ` +
        `${whole(residentAfter)} MB after; loaded in ${whole(loadSeconds)} s`,
    ],
    judged: [
      {
        what: `proof of inclusion out of ${whole(entries)}, p99`,
        came: `${ms(proof.p99)} ms`,
        wanted: `${PROOF_MS} ms or less`,
        met: proof.p99 <= PROOF_MS,
        ...(entries < PROOF_ENTRIES ? { but: `meant for ${whole(PROOF_ENTRIES)}: --entries ${PROOF_ENTRIES}` } : {}),
      },
      {
        what: 'memory of the publisher, growth',
        came: `${whole(residentAfter - residentBefore)} MB`,
        wanted: `flat (${FLAT_MB} MB)`,
        met: residentAfter - residentBefore <= FLAT_MB,
      },
    ],
  };
}

/** A million in a minute is the target; a shorter export is held to its share. */
export function verifyPart(figures: VerifyFigures): Part {
  const { entries, megabytes, seconds, cpuSeconds, memory, secondSeconds, secondMemory } = figures;
  const limit = (entries / 1_000_000) * VERIFY_SECONDS_A_MILLION;
  const course = ({ start, middle, end }: MemoryCourse): string =>
    `memory ${whole(start)}, ${whole(middle)}, ${whole(end)} MB (start, middle, end)`;
  const judgedOf = (what: string, took: number, { middle, end }: MemoryCourse): readonly Judgement[] => [
    { what, came: `${took.toFixed(1)} s`, wanted: `${limit.toFixed(1)} s or less`, met: took <= limit },
    {
      what: `memory of ${what}, from the middle on`,
      came: `${whole(end - middle)} MB`,
      wanted: `flat (${FLAT_MB} MB)`,
      met: end - middle <= FLAT_MB,
    },
  ];
  return {
    lines: [
      '',
      `Offline verification of ${whole(entries)} entries (${whole(megabytes)} MB)`,
      `  holdfast log verify     ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time, ${course(memory)}`,
      `  deploy/verify-log.mjs   ${secondSeconds.toFixed(1)} s with its start, ${course(secondMemory)}`,
    ],
    judged: [
      ...judgedOf('holdfast log verify', cpuSeconds, memory),
      ...judgedOf('deploy/verify-log.mjs', secondSeconds, secondMemory),
    ],
  };
}

export function killPart(figures: KillFigures): Part {
  const { kills, acknowledged, refused, entries, unclaimed, checkpoints, lost, twice } = figures;
  return {
    lines: [
      '',
      `kill -9 of the database under load, ${kills} times, two gateways: ${whole(acknowledged)} entries acknowledged, ` +
        `${whole(refused)} callers refused, ${whole(entries)} entries there (${whole(unclaimed)} of refused callers)`,
      `lost ${lost}, twice ${twice}, gaps 0; every entry and all ${checkpoints} checkpoints hold`,
    ],
    judged: [
      {
        what: `entries lost, twice or out of place in ${kills} kills`,
        came: `${lost}, ${twice}, 0`,
        wanted: '0, 0, 0',
        met: lost + twice === 0,
      },
    ],
  };
}
