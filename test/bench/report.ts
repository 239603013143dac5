import type { Direct, Figures, PathFigures } from './figures.ts';
import { growthOf, overheadOf, slowestOf, targetsOf } from './targets.ts';

/** The figures for people: plain aligned text of at most a hundred columns. */

export function reportOf(figures: Figures): string {
  return [
    machineLines(figures),
    agencyLines(figures),
    pathLines(figures),
    cpuLines(figures),
    shareLines(figures),
    proxyLines(figures),
    logLines(figures),
    memoryLines(figures),
    partLines(figures),
    profileLines(figures),
    targetLines(figures),
    neighbourLines(figures),
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
}

const COLUMNS = 100;
const ms = (value: number): string => value.toFixed(1);
const whole = (value: number): string => Math.round(value).toLocaleString('en-GB');
const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** A row of a table: its name, then cells to the right of each other. */
const row = (name: string, ...cells: readonly string[]): string =>
  `  ${name.padEnd(38)}${cells.map((cell) => cell.padStart(12)).join('')}`.trimEnd();

function machineLines({ machine, asked, mode, at, recorded }: Figures): string[] {
  const { cores, model, node, postgres, loadBefore } = machine;
  return [
    `Holdfast benchmark (${mode}), ${at}`,
    `  ${cores} cores of ${model}`,
    `  Node ${node}, PostgreSQL ${postgres} with fsync on; load before the run ${loadBefore.toFixed(1)}`,
    `  ${whole(asked.perpetrators)} men in the borough, ${asked.cases} of them asked about; an agency holds each call ${asked.delayMs} ms`,
    `  (${asked.quietCases} more left out: nothing is disclosed of them, and such answers wait for a whole second)`,
    `  ${whole(recorded.answers)} right answers, ${whole(recorded.entries)} log entries that say so`,
  ];
}

function agencyLines({ agencies, allAgencies }: Figures): string[] {
  const line = (name: string, { load, callsPerAsk, cpuMsPerAsk }: Direct): string =>
    row(name, callsPerAsk.toFixed(1), ms(load.took.p50), ms(load.took.p99), load.perSecond.toFixed(0), ms(cpuMsPerAsk));
  return [
    'The agencies alone: adapters in a bare process, no gateway',
    row('', 'calls', 'p50 ms', 'p99 ms', 'asks/s', 'CPU ms'),
    ...agencies.map((each) => line(`${each.agency}, one at a time`, each)),
    line('all five at once, 64 at a time', allAgencies),
    ...faultLines(allAgencies.load.faults),
  ];
}

function pathLines(figures: Figures): string[] {
  const slowest = slowestOf(figures);
  const alone = slowest.load.took;
  const line = (name: string, { load: { perSecond, took, faults } }: PathFigures): string[] => {
    const over = overheadOf(figures, took);
    return [
      row(name, perSecond.toFixed(1), ms(took.p50), ms(took.p99), ms(took.max)),
      row('  beyond the slowest agency', '', ms(over.p50), ms(over.p99)),
      row('  times the slowest agency', '', (took.p50 / alone.p50).toFixed(2), (took.p99 / alone.p99).toFixed(2)),
      ...faultLines(faults),
    ];
  };
  return [
    'The whole path: mutual TLS, token, five agencies, linkage, contacts, policy, two log entries',
    row('', 'answers/s', 'p50 ms', 'p99 ms', 'max ms'),
    row(`slowest agency alone (${slowest.agency})`, '', ms(alone.p50), ms(alone.p99), ms(alone.max)),
    ...line('64 connections, as fast as it goes', figures.manyConnections),
    ...line('64 connections, at half that rate', figures.paced),
    ...line('1 connection', figures.oneConnection),
  ];
}

/** Not good answers: none is counted in any figure. */
const faultLines = (faults: Readonly<Record<string, number>>): string[] =>
  Object.entries(faults).map(([fault, count]) => row(`  not counted: ${fault}`, whole(count)));

function cpuLines({ manyConnections, paced, oneConnection, residentPeak }: Figures): string[] {
  const paths = [manyConnections, paced, oneConnection];
  const line = (name: string, of: (path: PathFigures) => number | undefined): string =>
    row(name, ...paths.map((path) => perAnswer(path, of(path))));
  return [
    'CPU, in ms for each answer, by process',
    row('', '64', '64 at half', '1'),
    line('the gateway', ({ spent }) => spent.gateway),
    line('the five agencies (simulated)', ({ spent }) => spent.agencies),
    line('PostgreSQL', ({ spent }) => spent.database),
    line('who asks (load generator)', ({ spent }) => spent.asker),
    line('everything else on this machine', elsewhere),
    row('connections opened to agencies', ...paths.map(({ spent }) => whole(spent.connects))),
    row('cores busy, of all', ...paths.map(coresBusy)),
    row('gateway, most memory resident', megabytes(residentPeak)),
  ];
}

function perAnswer({ load }: PathFigures, microseconds: number | undefined): string {
  return microseconds === undefined ? 'not known' : (microseconds / 1000 / load.took.count).toFixed(2);
}

/** What none of our processes has used: neighbours, the kernel, the parent of the benchmark. */
function elsewhere({ spent: { gateway, agencies, asker, database, machine } }: PathFigures): number | undefined {
  if (machine === undefined || database === undefined) return undefined;
  return Math.max(0, machine - gateway - agencies - asker - database);
}

function coresBusy({ spent: { machine }, load: { seconds } }: PathFigures): string {
  return machine === undefined ? 'not known' : (machine / 1_000_000 / seconds).toFixed(2);
}

/** What the gateway's time is made of, as far as its parts can be measured by themselves. */
function shareLines({ manyConnections, allAgencies, plainCall, parts: { parts } }: Figures): string[] {
  const all = manyConnections.spent.gateway / 1000 / manyConnections.load.took.count;
  const calls = (plainCall.cpuUs * allAgencies.callsPerAsk) / 1000;
  const steps = parts.reduce((total, { microseconds }) => total + microseconds, 0) / 1000;
  const mapping = Math.max(0, allAgencies.cpuMsPerAsk - calls);
  const line = (name: string, value: number): string => row(name, value.toFixed(2), percent(value / all));
  return [
    'What those milliseconds of the gateway are made of, each part measured by itself',
    row('', 'CPU ms', 'of all'),
    line(`${allAgencies.callsPerAsk.toFixed(1)} bare calls at ${plainCall.cpuUs.toFixed(0)} us`, calls),
    line('what the adapters do beside calling', mapping),
    line('the steps that wait for nobody', steps),
    line('the rest: door, database, JSON, garbage', Math.max(0, all - calls - mapping - steps)),
  ];
}

function proxyLines({ proxy: { load, cpuUs }, manyConnections, allAgencies }: Figures): string[] {
  const cpuMs = manyConnections.spent.gateway / 1000 / manyConnections.load.took.count;
  const perCallUs = (cpuMs * 1000) / allAgencies.callsPerAsk;
  const callsPerSecond = manyConnections.load.perSecond * allAgencies.callsPerAsk;
  return [
    'A bare mutual-TLS proxy (node:https and undici) before one agency that answers at once, plus delay',
    row('', 'calls/s', 'p50 ms', 'p99 ms', 'CPU us/call'),
    row('the proxy, 64 connections', load.perSecond.toFixed(0), ms(load.took.p50), ms(load.took.p99), whole(cpuUs)),
    row('the gateway, for each agency call', callsPerSecond.toFixed(0), '', '', whole(perCallUs)),
    row('gateway : proxy', (callsPerSecond / load.perSecond).toFixed(2), '', '', (perCallUs / cpuUs).toFixed(1)),
    ...faultLines(load.faults),
  ];
}

function logLines({ log, manyConnections }: Figures): string[] {
  const rate = (name: string, { perSecond, p50, p99 }: { perSecond: number; p50: number; p99: number }): string =>
    row(name, whole(perSecond), ms(p50), ms(p99), (perSecond / log.databaseCommits.perSecond).toFixed(2));
  return [
    'The access log, beside what the same disk and database do without it',
    row('', 'a second', 'p50 ms', 'p99 ms', 'to commits'),
    row('write and fdatasync of 8 kB', whole(log.syncsPerSecond)),
    rate('commits of one row, 1 connection', log.databaseCommits),
    rate('log entries, 1 waiting', log.oneWaiting),
    rate('log entries, 64 waiting', log.manyWaiting),
    rate('the same chain by a row lock, 64 waiting', log.rowLockedChain),
    rate('no chain, 64 rows in each commit', log.plainBatches),
    row('what the whole path needs at 64', whole(manyConnections.load.perSecond * 2)),
  ];
}

function memoryLines(figures: Figures): string[] {
  const growth = growthOf(figures);
  return [
    'Memory of the gateway, garbage collected',
    row('', 'resident', 'in use'),
    ...figures.memory.map(({ questions, resident, heapUsed }) =>
      row(`after ${whole(questions)} questions`, megabytes(resident), megabytes(heapUsed)),
    ),
    ...(growth === undefined ? [] : [row('growth in 100,000 questions', '', megabytes(growth))]),
  ];
}

function partLines({ parts: { parts, recordsPerQuestion } }: Figures): string[] {
  const sum = parts.reduce((total, { microseconds }) => total + microseconds, 0);
  return [
    `Steps that wait for nobody, on ${recordsPerQuestion.toFixed(1)} records a question`,
    row('', 'CPU us'),
    ...parts.map(({ name, microseconds }) => row(name, whole(microseconds))),
    row('together', whole(sum)),
  ];
}

const MODULES_MAX = 15;

function profileLines({ profile, manyConnections }: Figures): string[] {
  if (profile === undefined) return [];
  const cpuMs = manyConnections.spent.gateway / 1000 / manyConnections.load.took.count;
  return [
    'Where the gateway’s time goes, by module and its dearest functions (share of busy time)',
    ...profile
      .slice(0, MODULES_MAX)
      .flatMap(({ module, share, functions }) => [
        row(module, percent(share), `${(share * cpuMs).toFixed(2)} ms`),
        ...functions.map(({ name, share: own }) => `      ${percent(own).padStart(6)}  ${name}`.slice(0, COLUMNS)),
      ]),
  ];
}

function targetLines(figures: Figures): string[] {
  const half = overheadOf(figures, figures.paced.load.took);
  return [
    'To reach',
    ...targetsOf(figures).map(({ wanted, got, met, missedBy }) => {
      const judged = met === undefined ? 'not told by this run' : met ? 'met' : `MISSED by ${missedBy ?? ''}`;
      return `  ${wanted.padEnd(43)}${got.padStart(17)}  ${judged}`;
    }),
    `  (at half the rate, where nobody waits for the processor: overhead p50 ${ms(half.p50)} ms, p99 ${ms(half.p99)} ms)`,
  ];
}

/** Beyond this share of the machine in other hands, rates and durations are mostly theirs. */
const NEIGHBOURS_SHARE_MAX = 0.1;

function neighbourLines({ manyConnections, machine: { cores } }: Figures): string[] {
  const others = (elsewhere(manyConnections) ?? 0) / 1_000_000 / manyConnections.load.seconds / cores;
  if (others <= NEIGHBOURS_SHARE_MAX) return [];
  return [
    `The machine was not ours alone: ${percent(others)} of it went to others at 64 connections.`,
    'Rates are lower bounds then, durations upper bounds, and CPU too: shared cores are slower.',
  ];
}
