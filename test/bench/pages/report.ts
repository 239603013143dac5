import { met } from '../log/report.ts';
import type { MeasuredPages, PageFigures } from './measure.ts';

/** The figures as lines for people, with the limits beside them. */

const SERVER_MS_MAX = 50;
const FIRST_VISIT_KB_MAX = 100;
const LATER_VISIT_KB_MAX = 20;

const kilobytes = (bytes: number): string => (bytes / 1_000).toFixed(1);

export interface PagesReport extends MeasuredPages {
  readonly entries: number;
  readonly cases: number;
  readonly times: number;
}

export function pagesReport({ pages, unseen, entries, cases, times }: PagesReport): string[] {
  const worst = (of: (page: PageFigures) => number): number => Math.max(...pages.map(of));
  const [slowest, first, later] = [
    worst(({ p95 }) => p95),
    worst(({ firstVisitBytes }) => firstVisitBytes),
    worst(({ bytes }) => bytes),
  ];
  const faults = pages.filter(({ failing }) => failing.length > 0);
  return [
    `Pages that ask no agency, over ${entries.toLocaleString('en-GB')} log entries and ${cases.toLocaleString('en-GB')} cases, each opened ${times} times`,
    `${'page'.padEnd(40)}${'as'.padEnd(13)}${['p50 ms', 'p95 ms', 'CPU ms', 'kB', 'first kB'].map((name) => name.padStart(9)).join('')}`,
    ...pages.map(row),
    '',
    `Slowest p95 ${slowest.toFixed(1)} ms (at most ${SERVER_MS_MAX} ms): ${met(slowest <= SERVER_MS_MAX)}`,
    `First visit ${kilobytes(first)} kB compressed (at most ${FIRST_VISIT_KB_MAX} kB): ${met(first <= FIRST_VISIT_KB_MAX * 1_000)}`,
    `Later visits ${kilobytes(later)} kB compressed (at most ${LATER_VISIT_KB_MAX} kB): ${met(later <= LATER_VISIT_KB_MAX * 1_000)}`,
    `Checks of a page as a browser's audit makes them: ${met(faults.length === 0)}`,
    ...faults.map(({ route, who, failing }) => `  ${route} (${who}): ${failing.join(', ')}`),
    ...(unseen.length === 0 ? [] : [`Not come to, so not measured: ${unseen.join(', ')}`]),
  ];
}

const row = ({ route, who, p50, p95, cpuMs, bytes, firstVisitBytes }: PageFigures): string =>
  route.padEnd(40) +
  who.padEnd(13) +
  [p50.toFixed(1), p95.toFixed(1), cpuMs.toFixed(1), kilobytes(bytes), kilobytes(firstVisitBytes)]
    .map((cell) => cell.padStart(9))
    .join('');
