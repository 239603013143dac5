import { Client } from 'pg';
import { createPostgresEntryIndex } from '../../../adapters/postgres/review-index.ts';
import { insertIndexRows } from '../../../adapters/postgres/statements/insert-index-rows.ts';
import { indexRowOfEvent } from '../../../gateway/review/index/facets.ts';
import { indexQueryOf, type Meant } from '../../../gateway/review/index/query.ts';
import type { IndexRow } from '../../../gateway/ports/entry-index.ts';
import type { SearchFilters } from '../../../schemas/review-request.ts';
import { randomOf, type Random } from '../../population/random.ts';
import { BEGIN, boroughLog, drawn, END, wordTokens, type Drawn } from './borough-log.ts';

/**
 * How fast the log is searched: an index of as many entries as wanted, loaded in bulk, and the combinations of filters
 * that officers use, each with values drawn as the entries draw them.
 */

export interface ReviewBenchOptions {
  /** A database of its own, migrated and empty. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly entries: number;
  /** Searches of each combination. */
  readonly searches: number;
  readonly tell?: (sentence: string) => void;
}

export interface SearchFigures {
  readonly combination: string;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** Entries on the page, in the middle. */
  readonly found: number;
}

export interface ReviewFigures {
  readonly entries: number;
  readonly loadSeconds: number;
  readonly indexBytes: number;
  readonly combinations: readonly SearchFigures[];
  /** Over all searches of all combinations. */
  readonly p95: number;
}

/** What officers ask, most usual first. */
const COMBINATIONS: readonly (readonly [string, (of: Drawn, random: Random) => Asked])[] = [
  ['newest', () => ({})],
  ['staff', ({ agency, staffId }) => ({ staff: { agency, staffId } })],
  ['staff and a month', ({ agency, staffId }, random) => ({ staff: { agency, staffId }, ...month(random) })],
  ['case', ({ caseRef }) => ({ caseRef })],
  ['case and purpose', ({ caseRef, purpose }) => ({ caseRef, purposes: [purpose] })],
  ['subject', ({ subject }) => ({ subject })],
  ['own staff, purpose, a month', ({ agency, purpose }, random) => ({ agency, purposes: [purpose], ...month(random) })],
  ['role, purpose, disclosed', ({ role, purpose }) => ({ role, purposes: [purpose], decisions: ['disclosed'] })],
  ['field and recipient', ({ field, agency }) => ({ fields: [field], agency })],
  ['field, power, a month', ({ field, power }, random) => ({ fields: [field], power, ...month(random) })],
  ['outcome and a week', (_of, random) => ({ outcomes: ['timed-out'], ...week(random) })],
  ['break-glass', () => ({ breakGlass: true })],
  ['policy version and purpose', ({ policyVersion, purpose }) => ({ policyVersion, purposes: [purpose] })],
  ['text of the reason', ({ word }) => ({ text: word })],
  ['two words and staff', ({ word, agency, staffId }) => ({ text: `${word} sister`, staff: { agency, staffId } })],
  ['staff, case, field, outcome, a month', (of, random) => ({ ...every(of), ...month(random) })],
  ['staff, case, field, outcome', every],
  ['refused, which there is none', () => ({ decisions: ['refused'] })],
];

type Asked = Omit<SearchFilters, 'staff'> & { readonly staff?: { readonly agency: string; readonly staffId: string } };

function every({ caseRef, field, agency, staffId }: Drawn): Asked {
  return { staff: { agency, staffId }, caseRef, fields: [field], outcomes: ['found'] };
}

const DAY_MS = 86_400_000;
const month = (random: Random): { from: string; to: string } => period(random, 30);
const week = (random: Random): { from: string; to: string } => period(random, 7);

function period(random: Random, days: number): { from: string; to: string } {
  const from = BEGIN + Math.floor(random.fraction() * (END - BEGIN - days * DAY_MS));
  return { from: new Date(from).toISOString(), to: new Date(from + days * DAY_MS).toISOString() };
}

/** Loads and measures. What it loads stays: give it a database of its own. */
export async function measureReview(options: ReviewBenchOptions): Promise<ReviewFigures> {
  const { entries, searches, tell = () => undefined } = options;
  const owner = new Client({ connectionString: options.ownerUrl });
  await owner.connect();
  const startedAt = performance.now();
  await load(owner, entries, tell);
  const loadSeconds = (performance.now() - startedAt) / 1000;
  const { rows } = await owner.query<{ bytes: string }>(
    `select pg_total_relation_size('holdfast.review_entry') + pg_total_relation_size('holdfast.review_facet') as bytes`,
  );
  await owner.end();
  const index = createPostgresEntryIndex({ url: options.url });
  try {
    const all: number[] = [];
    const combinations: SearchFigures[] = [];
    for (const [combination, asked] of COMBINATIONS) {
      const took = await measureCombination(index, asked, { entries, searches });
      all.push(...took.milliseconds);
      combinations.push({ combination, found: took.found, ...quantiles(took.milliseconds) });
    }
    const { p95 } = quantiles(all);
    return { entries, loadSeconds, indexBytes: Number(rows[0]?.bytes ?? 0), combinations, p95 };
  } finally {
    await index.close();
  }
}

async function measureCombination(
  index: ReturnType<typeof createPostgresEntryIndex>,
  asked: (of: Drawn, random: Random) => Asked,
  { entries, searches }: { entries: number; searches: number },
): Promise<{ milliseconds: number[]; found: number }> {
  const random = randomOf(7);
  const cases = Math.max(50, Math.min(90_000, Math.floor(entries / 100)));
  const milliseconds: number[] = [];
  const found: number[] = [];
  for (let n = 0; n < searches; n += 1) {
    const of = drawn(random, cases);
    const { staff, ...filters } = asked(of, random);
    // Half of the searches are those of the recipient's reviewers, half those of an owner.
    const viewer = n % 2 === 0 ? of.agency : of.owner;
    const meant: Meant = {
      limit: 50,
      ...(staff === undefined ? {} : { staff: [staff] }),
      ...(filters.text === undefined ? {} : { tokens: wordTokens(filters.text) }),
    };
    const from = performance.now();
    const narrowed = staff === undefined ? filters : { ...filters, staff: staff.staffId };
    const page = await index.search(indexQueryOf(viewer, narrowed, meant));
    milliseconds.push(performance.now() - from);
    if (!page.ok) throw new Error(page.error);
    found.push(page.value.positions.length);
  }
  return { milliseconds, found: found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0 };
}

function quantiles(milliseconds: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

const ROWS_AT_ONCE = 5_000;

async function load(owner: Client, entries: number, tell: (sentence: string) => void): Promise<void> {
  await owner.query('drop index holdfast.review_entry_facets');
  await owner.query("set maintenance_work_mem = '1GB'; set synchronous_commit = off");
  let rows: IndexRow[] = [];
  let position = 0;
  for (const { at, body, tokens } of boroughLog(20_26, entries)) {
    rows.push(indexRowOfEvent({ position, recordedAt: at, body }, tokens));
    position += 1;
    if (rows.length < ROWS_AT_ONCE) continue;
    await insertIndexRows(owner, rows);
    rows = [];
    if (position % 500_000 === 0) tell(`${position} of ${entries} entries are loaded`);
  }
  if (rows.length > 0) await insertIndexRows(owner, rows);
  await owner.query('update holdfast.review_index set next = $1', [position]);
  tell('the index over what they can be found by is built');
  await owner.query(
    'create index review_entry_facets on holdfast.review_entry using gin (facets) with (fastupdate = off)',
  );
  await owner.query('vacuum analyze holdfast.review_entry');
}

/** The target of the log's searches, in milliseconds at the 95th percentile. */
export const SEARCH_TARGET_MS = 200;

/** The figures as lines for people. */
export function reviewReport({ entries, loadSeconds, indexBytes, combinations, p95 }: ReviewFigures): string[] {
  const perEntry = Math.round(indexBytes / entries);
  return [
    `Search of the log: ${entries} entries, ${(indexBytes / 1e9).toFixed(2)} GB (${perEntry} bytes an entry), loaded in ${loadSeconds.toFixed(0)} s`,
    `${'combination'.padEnd(40)} ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'max'.padStart(8)}  found`,
    ...combinations.map(
      ({ combination, p50, p95: slow, max, found }) =>
        `${combination.padEnd(40)} ${[p50, slow, max].map((ms) => ms.toFixed(1).padStart(8)).join(' ')}  ${found}`,
    ),
    `All together: p95 ${p95.toFixed(1)} ms, wanted at most ${SEARCH_TARGET_MS} ms: ${p95 <= SEARCH_TARGET_MS ? 'met' : 'MISSED'}`,
  ];
}
