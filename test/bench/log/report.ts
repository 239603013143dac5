import type { AppendFigures } from './appends.ts';
import type { CallerFigures } from './callers.ts';
import type { KillFigures } from './kills.ts';
import type { ProofFigures } from './proofs.ts';
import type { VerifyFigures } from './verify.ts';

/** The figures as lines for a person, with the targets beside them. */

const whole = (n: number): string => Math.round(n).toLocaleString('en-GB');
const ms = (n: number): string => (n < 10 ? n.toFixed(2) : n.toFixed(1));

const PROOF_MS_TARGET = 5;

/** Share of the plain inserts that the log has to reach, and how many times a row-locked chain. */
const OF_PLAIN = 0.8;
const TIMES_CHAIN = 10;
const CALLERS_OF_TARGETS = 64;

export function appendLines({ syncsPerSecond, entryBytes, log, plain, chain }: AppendFigures): readonly string[] {
  const sorted = syncsPerSecond.toSorted((a, b) => a - b);
  const lines = [
    '',
    `Appends, each caller waiting for durability; entries of ${entryBytes} bytes`,
    `Disk: ${whole(sorted[0] ?? 0)} to ${whole(sorted.at(-1) ?? 0)} syncs a second (fdatasync of 8 kB, in turns with the rest)`,
    '',
    'callers                   entries/s   p50 ms   p99 ms   CPU us/entry (this process)',
  ];
  for (const [n, ours] of log.entries()) {
    for (const [name, figures] of [
      ['log', ours],
      ['plain inserts', plain[n]],
      ['row-locked chain', chain[n]],
    ] as const)
      if (figures !== undefined) lines.push(row(name, figures));
    lines.push('');
  }
  return [...lines, ...judged(log, plain, chain)];
}

const row = (name: string, { callers, perSecond, waited, cpuMicroseconds }: CallerFigures): string =>
  [
    String(callers).padStart(5),
    `  ${name.padEnd(18)}`,
    whole(perSecond).padStart(9),
    ms(waited.p50).padStart(9),
    ms(waited.p99).padStart(9),
    whole(cpuMicroseconds).padStart(9),
  ].join('');

function judged(
  log: readonly CallerFigures[],
  plain: readonly CallerFigures[],
  chain: readonly CallerFigures[],
): readonly string[] {
  const at = (figures: readonly CallerFigures[]): number =>
    figures.find(({ callers }) => callers === CALLERS_OF_TARGETS)?.perSecond ?? Number.NaN;
  const ofPlain = at(log) / at(plain);
  const timesChain = at(log) / at(chain);
  return [
    `At ${CALLERS_OF_TARGETS} callers: ${(ofPlain * 100).toFixed(0)} % of plain inserts (target ${OF_PLAIN * 100} %) ${met(ofPlain >= OF_PLAIN)}`,
    `At ${CALLERS_OF_TARGETS} callers: ${timesChain.toFixed(1)} x the row-locked chain (target ${TIMES_CHAIN} x) ${met(timesChain >= TIMES_CHAIN)}`,
  ];
}

export const met = (reached: boolean): string => (reached ? 'met' : 'MISSED');

export function proofLines(figures: ProofFigures): readonly string[] {
  const { entries, proof, loadSeconds, publishSeconds, residentBefore, residentAfter } = figures;
  return [
    '',
    `Proofs of inclusion out of ${whole(entries)} entries, read from tiles and verified`,
    `p50 ${ms(proof.p50)} ms, p99 ${ms(proof.p99)} ms (target ${PROOF_MS_TARGET} ms) ${met(proof.p99 <= PROOF_MS_TARGET)}; ` +
      `CPU ${whole(figures.cpuMicrosecondsPerProof)} us each (this process)`,
    `Published ${whole(entries / publishSeconds)} entries a second; memory ${whole(residentBefore)} MB before, ` +
      `${whole(residentAfter)} MB after; loaded in ${whole(loadSeconds)} s`,
  ];
}

/** A million in a minute is the target; a shorter export is held to its share. */
export function verifyLines(figures: VerifyFigures): readonly string[] {
  const { entries, megabytes, seconds, cpuSeconds, grewMegabytes, secondSeconds } = figures;
  const limit = (entries / 1_000_000) * 60;
  return [
    '',
    `Offline verification of ${entries.toLocaleString('en-GB')} entries (${megabytes.toFixed(0)} MB)`,
    `  holdfast log verify     ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of processor time, memory ${grewMegabytes.toFixed(0)} MB more`,
    `  deploy/verify-log.mjs   ${secondSeconds.toFixed(1)} s with its start`,
    `within ${limit.toFixed(1)} s (60 s a million): ${met(seconds <= limit)} and ${met(secondSeconds <= limit)}`,
  ];
}

export function killLines({ kills, acknowledged, refused, entries, unclaimed, checkpoints, lost, twice }: KillFigures) {
  return [
    '',
    `kill -9 of the database under load, ${kills} times, two gateways: ${whole(acknowledged)} entries acknowledged, ` +
      `${whole(refused)} callers refused, ${whole(entries)} entries there (${whole(unclaimed)} of refused callers)`,
    `lost ${lost}, twice ${twice}, gaps 0; every entry and all ${checkpoints} checkpoints hold ${met(lost + twice === 0)}`,
  ];
}
