import { parseArgs } from 'node:util';
import { LABELLED_SETS } from './labelled-sets.ts';
import { ownPeople } from './own-people.ts';
import { measurePopulation, type LinkageFigure } from './population.ts';
import { measureLink, type MeasuredLink } from './run-link.ts';

/**
 * `npm run bench:linkage [-- --quick] [--rows 50000] [--questions 1000]`: how well tables are linked, beside the best
 * known, and how well the records of a question, beside simple rivals.
 */

const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, rows: { type: 'string' }, questions: { type: 'string' } },
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

print(
  'Clustered pairwise figures, end to end, thresholds frozen, no labels seen; times with what else the machine does.',
);
print(
  '| set | rows | F1 | precision | recall | B-cubed | wrong pairs | missed pairs | best known | to reach | | ms | CPU ms | CPU µs a row |',
);
print('|---|---|---|---|---|---|---|---|---|---|---|---|---|---|');
for (const { name, source, best, reach, read } of LABELLED_SETS.slice(0, values.quick === true ? 5 : undefined)) {
  const table = read();
  if (table === undefined) print(`| ${name} | not here: ${source} |`);
  else print(row(name, await measureLink(table), best, reach));
}
const rows = Number(values.rows ?? 1_400);
print(row(`our own people, ${rows.toLocaleString('en-GB')} rows`, await measureLink(ownPeople(rows))));

const SEED = 11;

function questionRow({ name, wrongMerges, recall, toHuman, ms }: LinkageFigure): string {
  const wrong = Object.values(wrongMerges).reduce((sum, count) => sum + count, 0);
  const whom = Object.entries(wrongMerges).map(([who, count]) => `${who} ${count}`);
  return `| ${[name, wrong, whom.join(', '), fixed(recall, 4), fixed(toHuman, 4), fixed(ms.p50, 2), fixed(ms.p99, 2)].join(' | ')} |`;
}

const asked = measurePopulation({ seed: SEED, count: Number(values.questions ?? 1_000) });
print(
  `\n${asked.questions} questions of the population, ${asked.records} records, of which ${asked.hisRecords} are his.`,
);
print('| | wrong merges | with whom | recall | to a human | ms p50 | ms p99 |\n|---|---|---|---|---|---|---|');
for (const figure of [asked.ours, ...asked.rivals]) print(questionRow(figure));
for (const { kind, group, recall, reason } of asked.worseGroups) {
  print(`Worse by more than a point: ${kind} ${group}, recall ${fixed(recall, 4)}, lost to ${reason}.`);
}
