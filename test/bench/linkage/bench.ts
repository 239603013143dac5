import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { LABELLED_SETS } from './labelled-sets.ts';
import { BENT_TABLES, nobodyTwice } from './own-people-bent.ts';
import { ownPeople } from './own-people.ts';
import { reportPopulation } from './population-report.ts';
import { measureLink, type MeasuredLink } from './run-link.ts';
import { besideSplink, linesBeside } from './splink-beside.ts';

/**
 * `npm run bench:linkage [-- --quick] [--rows 50000] [--questions 1000]`: how well tables are linked, beside the best
 * known, and how well the records of a question, beside simple rivals. Ends with status 1 below a floor of `floors.json`.
 *
 * `npm run bench:linkage -- --splink PYTHON [--rows 50000]`: only how fast and how well, beside Splink on the same file;
 * PYTHON is an interpreter that has `splink` 5 and `duckdb`.
 */

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    rows: { type: 'string' },
    questions: { type: 'string' },
    splink: { type: 'string' },
  },
});

const print = (line: string): boolean => process.stdout.write(`${line}\n`);
const fixed = (number: number | undefined, digits = 5): string => (number === undefined ? '-' : number.toFixed(digits));

function row(name: string, found: MeasuredLink, best?: number, reach?: number): string {
  const verdict = reach === undefined ? '' : found.f1 >= reach ? 'reached' : 'MISSED';
  const perRow = ((found.cpuMs * 1_000) / Math.max(1, found.rows)).toFixed(0);
  return `| ${[
    name,
    found.rows,
    fixed(found.f1),
    fixed(found.precision),
    fixed(found.recall),
    fixed(found.bCubed),
    fixed(found.blockingRecall, 6),
    found.wrongPairs,
    found.missedPairs,
    fixed(best, 4),
    fixed(reach, 4),
    verdict,
    found.wallMs.toFixed(0),
    found.cpuMs.toFixed(0),
    perRow,
  ].join(' | ')} |`;
}

const FLOORS = z
  .record(z.string(), z.number())
  .parse(JSON.parse(readFileSync(new URL('./floors.json', import.meta.url), 'utf8')));
const fallen: string[] = [];

/** Prints a row and remembers whether it is below its floor. */
function hold(name: string, found: MeasuredLink, best?: number, reach?: number): void {
  print(row(name, found, best, reach));
  const floor = FLOORS[name];
  if (floor !== undefined && found.f1 < floor) fallen.push(`${name}: F1 ${fixed(found.f1)} is below ${floor}`);
}

const BENT_ROWS = 3_000;
/** Namesakes are many enough only in a large table to be taken for one person where nobody is in it twice. */
const DISTINCT_ROWS = 50_000;
const DISTINCT_WRONG_MOST = 50;

async function measureTables(): Promise<void> {
  print(
    'Clustered pairwise figures, end to end, thresholds frozen, no labels seen; times with what else the machine does.',
  );
  print(
    '| set | rows | F1 | precision | recall | B-cubed | blocking recall | wrong pairs | missed pairs | best known | to reach | | ms | CPU ms | CPU µs a row |',
  );
  print('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|');
  for (const { name, source, best, reach, read } of LABELLED_SETS.slice(0, values.quick === true ? 5 : undefined)) {
    const table = read();
    if (table === undefined) print(`| ${name} | not here: ${source} |`);
    else hold(name, await measureLink(table), best, reach);
  }
  const rows = Number(values.rows ?? 1_400);
  hold(`our own people, ${rows.toLocaleString('en-GB')} rows`, await measureLink(ownPeople(rows)));
  for (const { name, make, precision, recall } of values.quick === true ? [] : BENT_TABLES) {
    const found = await measureLink(make(BENT_ROWS));
    print(row(name, found));
    if (found.precision < precision) fallen.push(`${name}: precision ${fixed(found.precision)} is below ${precision}`);
    if (found.recall < recall) fallen.push(`${name}: recall ${fixed(found.recall)} is below ${recall}`);
  }
  if (values.quick !== true) await measureDistinct();
}

async function measureDistinct(): Promise<void> {
  const name = `nobody twice, ${DISTINCT_ROWS.toLocaleString('en-GB')} rows`;
  const found = await measureLink(nobodyTwice(DISTINCT_ROWS));
  print(row(name, found));
  if (found.wrongPairs > DISTINCT_WRONG_MOST) fallen.push(`${name}: ${found.wrongPairs} wrong pairs`);
}

const SEED = 11;

if (values.splink === undefined) {
  await measureTables();
  fallen.push(...reportPopulation(Number(values.questions ?? 1_000), SEED, print));
  fallen.forEach((sentence) => print(`BELOW ITS FLOOR: ${sentence}`));
  if (fallen.length > 0) process.exitCode = 1;
} else {
  const rows = Number(values.rows ?? 50_000);
  linesBeside(rows, await besideSplink(rows, values.splink)).forEach(print);
}
