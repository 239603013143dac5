import { Client } from 'pg';
import { createPostgresEntryIndex } from '../../../adapters/postgres/review-index.ts';
import { indexQueryOf, type Meant } from '../../../gateway/review/index/query.ts';
import type { IndexPage, IndexQuery } from '../../../gateway/ports/entry-index.ts';
import type { SearchFilters } from '../../../schemas/review-request.ts';
import { randomOf, type Random } from '../../population/random.ts';
import { BEGIN, drawn, END, wordTokens, type Drawn } from './borough-log.ts';
import { compareSample } from './compare.ts';
import { loadIndex } from './load.ts';

/**
 * How fast the log is searched: an index of as many entries as wanted, loaded in bulk, and the combinations of filters
 * that officers use, each with values drawn as the entries draw them; the newest page of each, and the fiftieth.
 */

export interface ReviewBenchOptions {
  /** A database of its own, migrated, and empty or loaded before. */
  readonly url: string;
  readonly ownerUrl: string;
  /** That the database's server may read from. */
  readonly folder: string;
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
  /** The same for the fiftieth page, of those searches that have so many. */
  readonly fiftieth: { readonly p50: number; readonly p95: number; readonly searches: number };
}

export interface ReviewFigures {
  readonly entries: number;
  readonly loadSeconds: number;
  /** Rows that were compared with what following the log writes. */
  readonly compared: number;
  readonly indexBytes: number;
  readonly combinations: readonly SearchFigures[];
  /** Over all searches of all combinations. */
  readonly p95: number;
}

/** What officers ask, most usual first, and then each filter by itself. */
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
  ['agency', ({ agency }) => ({ agency })],
  ['role', ({ role }) => ({ role })],
  ['purpose', ({ purpose }) => ({ purposes: [purpose] })],
  ['power', ({ power }) => ({ power })],
  ['field', ({ field }) => ({ fields: [field] })],
  ['outcome', () => ({ outcomes: ['timed-out'] })],
  ['decision', () => ({ decisions: ['nothing-disclosed'] })],
  ['policy version', ({ policyVersion }) => ({ policyVersion })],
  ['a month', (_of, random) => month(random)],
  ['case and text', ({ caseRef, word }) => ({ caseRef, text: word })],
  ['staff and case', ({ agency, staffId, caseRef }) => ({ staff: { agency, staffId }, caseRef })],
  ['subject and field', ({ subject, field }) => ({ subject, fields: [field] })],
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

/** Loads what is missing, compares a sample, and measures. What it loads stays: give it a database of its own. */
export async function measureReview(options: ReviewBenchOptions): Promise<ReviewFigures> {
  const { ownerUrl, folder, entries, searches, tell = () => undefined } = options;
  const startedAt = performance.now();
  await loadIndex({ ownerUrl, folder, entries, tell });
  const loadSeconds = (performance.now() - startedAt) / 1000;
  const compared = await compareSample(ownerUrl, entries);
  const indexBytes = await bytesOf(ownerUrl);
  const index = createPostgresEntryIndex({ url: options.url });
  try {
    const all: number[] = [];
    const combinations: SearchFigures[] = [];
    for (const [combination, asked] of COMBINATIONS) {
      const took = await measureCombination(index, asked, { entries, searches });
      all.push(...took.newest, ...took.fiftieth);
      const fiftieth = { ...quantiles(took.fiftieth), searches: took.fiftieth.length };
      combinations.push({ combination, found: took.found, ...quantiles(took.newest), fiftieth });
      tell(`${combination} is measured`);
    }
    const { p95 } = quantiles(all);
    return { entries, loadSeconds, compared, indexBytes, combinations, p95 };
  } finally {
    await index.close();
  }
}

async function bytesOf(ownerUrl: string): Promise<number> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ bytes: string }>(
    `select pg_total_relation_size('holdfast.review_entry') + pg_total_relation_size('holdfast.review_facet') as bytes`,
  );
  await owner.end();
  return Number(rows[0]?.bytes ?? 0);
}

type Index = ReturnType<typeof createPostgresEntryIndex>;

const PAGE = 50;
const PAGES_BEFORE = 49;

async function measureCombination(
  index: Index,
  asked: (of: Drawn, random: Random) => Asked,
  { entries, searches }: { entries: number; searches: number },
): Promise<{ newest: number[]; fiftieth: number[]; found: number }> {
  const random = randomOf(7);
  const cases = Math.max(50, Math.min(90_000, Math.floor(entries / 100)));
  const newest: number[] = [];
  const fiftieth: number[] = [];
  const found: number[] = [];
  for (let n = 0; n < searches; n += 1) {
    const of = drawn(random, cases);
    const { staff, ...filters } = asked(of, random);
    // Half of the searches are those of the recipient's reviewers, half those of an owner.
    const viewer = n % 2 === 0 ? of.agency : of.owner;
    const meant: Meant = {
      limit: PAGE,
      ...(staff === undefined ? {} : { staff: [staff] }),
      ...(filters.text === undefined ? {} : { tokens: wordTokens(filters.text) }),
    };
    const narrowed = staff === undefined ? filters : { ...filters, staff: staff.staffId };
    const query = indexQueryOf(viewer, narrowed, meant);
    const first = await timed(index, query);
    newest.push(first.milliseconds);
    found.push(first.page.positions.length);
    // The pages between are turned without being timed.
    const before = n % 4 === 0 && first.page.more ? await lastOfPage(index, query) : undefined;
    if (before !== undefined) fiftieth.push((await timed(index, { ...query, before })).milliseconds);
  }
  return { newest, fiftieth, found: found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0 };
}

async function timed(index: Index, query: IndexQuery): Promise<{ milliseconds: number; page: IndexPage }> {
  const from = performance.now();
  const page = await index.search(query);
  if (!page.ok) throw new Error(page.error);
  return { milliseconds: performance.now() - from, page: page.value };
}

/** Where the fiftieth page begins, or undefined where there is none. */
async function lastOfPage(index: Index, query: IndexQuery): Promise<number | undefined> {
  let before: number | undefined;
  for (let left = PAGES_BEFORE * PAGE; left > 0;) {
    const { page } = await timed(index, {
      ...query,
      limit: Math.min(1_000, left),
      ...(before === undefined ? {} : { before }),
    });
    left -= page.positions.length;
    if (!page.more) return undefined;
    before = page.positions.at(-1);
  }
  return before;
}

function quantiles(milliseconds: readonly number[]): { p50: number; p95: number; max: number } {
  const sorted = [...milliseconds].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}

/** The target of the log's searches, in milliseconds at the 95th percentile. */
export const SEARCH_TARGET_MS = 200;

/** The figures as lines for people. */
export function reviewReport({
  entries,
  loadSeconds,
  compared,
  indexBytes,
  combinations,
  p95,
}: ReviewFigures): string[] {
  const perEntry = Math.round(indexBytes / entries);
  const missed = combinations.filter((each) => Math.max(each.p95, each.fiftieth.p95) > SEARCH_TARGET_MS);
  const ms = (value: number): string => value.toFixed(1).padStart(8);
  return [
    `Search of the log: ${entries} entries, ${(indexBytes / 1e9).toFixed(2)} GB (${perEntry} bytes an entry), loaded in ${loadSeconds.toFixed(0)} s`,
    `${compared} rows of a sample are those that following the log writes`,
    `${'combination'.padEnd(40)} ${'p50'.padStart(8)} ${'p95'.padStart(8)} ${'max'.padStart(8)}  found   page 50: p50, p95`,
    ...combinations.map(({ combination, p50, p95: slow, max, found, fiftieth }) => {
      const later = fiftieth.searches === 0 ? 'no such page' : `${ms(fiftieth.p50)} ${ms(fiftieth.p95)}`;
      const judged = Math.max(slow, fiftieth.p95) <= SEARCH_TARGET_MS ? 'met' : 'MISSED';
      return `${combination.padEnd(40)} ${ms(p50)} ${ms(slow)} ${ms(max)}  ${String(found).padStart(5)}   ${later.padStart(17)}  ${judged}`;
    }),
    `All together: p95 ${p95.toFixed(1)} ms; ${combinations.length - missed.length} of ${combinations.length} combinations within ${SEARCH_TARGET_MS} ms at p95: ${missed.length === 0 ? 'met' : 'MISSED'}`,
  ];
}
