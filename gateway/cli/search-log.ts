import { parseArgs } from 'node:util';
import { agencyIdSchema, fieldIdSchema, isoDateSchema, isoInstantSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { SEARCH_GROUNDS, searchGroundSchema, type SearchGround } from '../../schemas/review.ts';
import { REVIEW_PAGE_MAX, searchFiltersSchema, type SearchFilters } from '../../schemas/review-request.ts';
import { entryLine } from './entry-line.ts';
import { ledgerHead, ledgerRow } from '../review/ledger/csv.ts';
import { LINES_MAX, wholeLedger, type LedgerDeps, type LedgerSearch } from '../review/ledger/ledger.ts';
import { searchEntries, type EntrySearch, type SearchDeps, type Searcher, type SearchFault } from '../review/search.ts';
import type { AccessLog } from '../ports/access-log.ts';

/** `holdfast log search`, `ledger` and `recipients`: the functions of review with words of a command line before them. */

export const SEARCH_LOG_USAGE = `holdfast log search --url FILE --keys FOLDER --for AGENCY --ground GROUND [--staff TEXT] [--agency A]
      [--role R] [--case C] [--subject S] [--purpose P] [--power W] [--field F] [--outcome O] [--decision D] [--kind K]
      [--policy-version V] [--break-glass] [--from DAY] [--to DAY] [--text WORDS] [--words] [--before N] [--limit N]
      [--plain]`;
export const LEDGER_USAGE = 'holdfast log ledger --url FILE --owner AGENCY --from DAY --to DAY [--field F] [--csv]';
export const RECIPIENTS_USAGE =
  'holdfast log recipients --url FILE --field F --from DAY --to DAY [--owner AGENCY] [--csv]';

/** What to say where `--ground` is none of the four. */
export const GROUND_SENTENCE = `--ground is what the log is read for: ${SEARCH_GROUNDS.join(', ')} (Data Protection Act 2018 s.62(4)).`;

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

export interface AskedSearch {
  readonly url: string;
  readonly keys: string;
  readonly searcher: Searcher;
  readonly search: EntrySearch;
  /** A line for people for each entry, in place of the whole entry as JSON. */
  readonly plain: boolean;
}

/** Reads the words of `log search`; a sentence says what is wrong with them. */
export function readSearch(words: readonly string[]): Result<AskedSearch, string> {
  const parsed = optionsOf(words, {
    ...{ url: text, keys: text, for: text, ground: text, staff: text, agency: text, role: text, case: text },
    ...{ subject: text, purpose: text, power: text, field: text, outcome: text, decision: text, kind: text },
    ...{ 'policy-version': text, 'break-glass': flag, from: text, to: text, text, words: flag },
    ...{ before: text, limit: text, plain: flag },
  });
  const viewer = agencyIdSchema.safeParse(parsed?.['for']);
  const ground = searchGroundSchema.safeParse(parsed?.['ground']);
  if (parsed?.['ground'] !== undefined && !ground.success) return err(GROUND_SENTENCE);
  if (parsed === undefined || !viewer.success || !ground.success) return err(`Usage: ${SEARCH_LOG_USAGE}`);
  const { url, keys } = { url: parsed['url'], keys: parsed['keys'] };
  if (typeof url !== 'string' || typeof keys !== 'string') return err(`Usage: ${SEARCH_LOG_USAGE}`);
  const filters = filtersOf(parsed);
  if (!filters.ok) return filters;
  const limit = wholeOf(parsed['limit'], 50);
  const before = parsed['before'] === undefined ? undefined : wholeOf(parsed['before'], undefined);
  if (limit === undefined || limit < 1 || limit > REVIEW_PAGE_MAX) return err(`--limit is 1 to ${REVIEW_PAGE_MAX}.`);
  if (parsed['before'] !== undefined && before === undefined) return err('--before is a position of the log.');
  return ok({
    ...{ url, keys, searcher: searcherFor(viewer.data, ground.data), plain: parsed['plain'] === true },
    search: {
      ...{ filters: filters.value, limit, words: parsed['words'] === true },
      ...(before === undefined ? {} : { before }),
    },
  });
}

const searcherFor = (viewer: string, ground: SearchGround): Searcher => ({ actor: 'operator', viewer, ground });

type Options = Readonly<Record<string, string | boolean | undefined>>;

function optionsOf(
  words: readonly string[],
  options: Readonly<Record<string, typeof text | typeof flag>>,
): Options | undefined {
  try {
    return parseArgs({ args: [...words], options, strict: true }).values;
  } catch {
    return undefined;
  }
}

function wholeOf(value: string | boolean | undefined, absent: number | undefined): number | undefined {
  if (value === undefined) return absent;
  return /^\d{1,15}$/u.test(String(value)) ? Number(value) : undefined;
}

function filtersOf(options: Options): Result<SearchFilters, string> {
  const list = (name: string): unknown => (options[name] === undefined ? undefined : [options[name]]);
  const period = periodOf(options);
  if (!period.ok) return period;
  const given = {
    ...{ staff: options['staff'], agency: options['agency'], role: options['role'], caseRef: options['case'] },
    ...{ subject: options['subject'], power: options['power'], policyVersion: options['policy-version'] },
    ...{ purposes: list('purpose'), fields: list('field'), outcomes: list('outcome'), kinds: list('kind') },
    ...{ decisions: list('decision'), breakGlass: options['break-glass'], text: options['text'], ...period.value },
  };
  const filters = searchFiltersSchema.safeParse(
    Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
  );
  if (filters.success) return ok(filters.data);
  const places = filters.error.issues.map(({ path }) => String(path[0]));
  return err(`Not of the form it needs: ${[...new Set(places)].join(', ')}.`);
}

/**
 * From the beginning of one day (UTC) to the end of another, or from one moment to another: whoever writes a day means
 * all of it.
 */
function periodOf({ from, to }: Options): Result<{ from?: string; to?: string }, string> {
  const begin = from === undefined ? undefined : momentOf(String(from), 0);
  const end = to === undefined ? undefined : momentOf(String(to), 1);
  if (begin === null || end === null)
    return err('--from and --to are days (2026-11-20) or moments (2026-11-20T09:30:00Z).');
  // An empty list would read as if nobody had received anything.
  if (begin !== undefined && end !== undefined && begin >= end) return err('--from lies after --to: exchange them.');
  return ok({ ...(begin === undefined ? {} : { from: begin }), ...(end === undefined ? {} : { to: end }) });
}

const DAY_MS = 86_400_000;

function momentOf(written: string, daysAfter: number): string | null {
  if (isoInstantSchema.safeParse(written).success) return new Date(written).toISOString();
  const day = isoDateSchema.safeParse(written).success ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
  return Number.isNaN(day) ? null : new Date(day + daysAfter * DAY_MS).toISOString();
}

type Print = (line: string) => void;

const SENTENCES: Readonly<Record<SearchFault | 'index-behind' | 'too-many-lines', string>> = {
  'index-unavailable': 'The search index cannot be read: check the address, and that the database runs.',
  'reasons-unavailable': 'The words of the reasons cannot be read: check the keys folder and the database.',
  'register-unavailable': 'The staff register cannot be read: check the address, and that the database runs.',
  'too-many-staff': 'More than 200 members of staff fit what --staff says: give more of the name or id.',
  'log-unavailable': 'The access log cannot be written, so nothing is shown: check the database.',
  'log-full': 'The access log is busy, so nothing is shown: try again in a minute.',
  'request-replayed': 'The log has seen this request before.',
  'entry-invalid': 'The log did not take the entry of this search, so nothing is shown: tell the developers.',
  'index-behind':
    'The search index does not go to the end of the log yet, so a list would be incomplete: run this again.',
  'too-many-lines': `The list has more than ${LINES_MAX} lines: give a shorter period.`,
};

/** Runs a search and prints one entry a line, newest first. Returns the exit status. */
export async function printSearch(
  deps: SearchDeps,
  { searcher, search, plain }: AskedSearch,
  print: Print,
  report: Print,
): Promise<number> {
  const found = await searchEntries(deps, searcher, search);
  if (!found.ok) {
    report(SENTENCES[found.error]);
    return 1;
  }
  found.value.entries.forEach((entry) => print(plain ? entryLine(entry) : JSON.stringify(entry)));
  const { next, indexedTo, receipt } = found.value;
  report(
    `${found.value.entries.length} entries; the index goes to position ${indexedTo}; this search is entry ${receipt.position}.` +
      (next === undefined ? '' : ` Older ones: --before ${next}`),
  );
  return 0;
}

export interface AskedLedger {
  readonly url: string;
  readonly search: Omit<LedgerSearch, 'limit' | 'before'>;
  readonly csv: boolean;
}

/** Reads the words of `log ledger` (which needs the owner) and `log recipients` (which needs the field). */
export function readLedgerWords(words: readonly string[], needs: 'owner' | 'field'): Result<AskedLedger, string> {
  const usage = `Usage: ${needs === 'owner' ? LEDGER_USAGE : RECIPIENTS_USAGE}`;
  const parsed = optionsOf(words, { url: text, owner: text, field: text, from: text, to: text, csv: flag });
  if (typeof parsed?.['url'] !== 'string' || parsed[needs] === undefined) return err(usage);
  const period = periodOf(parsed);
  if (!period.ok) return period;
  const { from, to } = period.value;
  const owner = agencyIdSchema.optional().safeParse(parsed['owner']);
  const field = fieldIdSchema.optional().safeParse(parsed['field']);
  if (!owner.success) return err('--owner is an agency as the register names it, for example housing.');
  if (!field.success) return err('--field is a field of the catalogue, for example hou.phone.');
  if (from === undefined || to === undefined) return err(usage);
  return ok({
    url: parsed['url'],
    csv: parsed['csv'] === true,
    search: {
      ...{ from, to },
      ...(owner.data === undefined ? {} : { owner: owner.data }),
      ...(field.data === undefined ? {} : { field: field.data }),
    },
  });
}

/** Prints every line of a period's ledger as CSV or as JSON lines, oldest first. Returns the exit status. */
export async function printLedger(
  deps: LedgerDeps & { readonly log: Pick<AccessLog, 'head'> },
  { search, csv }: AskedLedger,
  print: Print,
  report: Print,
): Promise<number> {
  const searcher = searcherFor(search.owner ?? 'operator', 'lawfulness');
  const lines = await wholeLedger(deps, searcher, search);
  if (!lines.ok) {
    report(SENTENCES[lines.error]);
    return 1;
  }
  if (csv) print([ledgerHead(), ...lines.value.map(ledgerRow)].join('').trimEnd());
  else lines.value.forEach((line) => print(JSON.stringify(line)));
  const recipients = new Set(lines.value.map(({ recipient, staffId }) => `${recipient} ${staffId}`));
  const agencies = new Set(lines.value.map(({ recipient }) => recipient));
  report(`${lines.value.length} disclosures to ${recipients.size} recipients of ${agencies.size} agencies.`);
  return 0;
}
