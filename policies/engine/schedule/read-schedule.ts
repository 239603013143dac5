import { assembleBundle } from '../assemble.ts';
import type { Agreement, PolicyBundle } from '../bundle.ts';
import { compileTogether } from '../compile/compile-policy.ts';
import { capSchema, grantSchema, guardCapSchema, type GrantText, type GuardCapText } from '../language.ts';
import { readCsv } from './csv.ts';
import { BETWEEN, COLUMN_NAMES, COLUMNS, EVERY_FIELD, OR, scheduleRows, type Column, type Row } from './rows.ts';
import { FOOT, TABLE_FOOT, tableDigest } from './schedule.ts';
import { REQUESTER_GROUPS } from '../../../schemas/names.ts';
import type { Purpose } from '../../../schemas/names.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * A schedule read back: whether it is what a bundle says, cell by cell, and whether the rules that it states decide as
 * the bundle does. The attacker hands the partners a table to sign that is not what the gateway runs.
 */

export type ScheduleFault =
  | { readonly code: 'not-a-schedule' }
  /** A cell that says something else than the bundle. Lines count from 1, the headings being the first. */
  | {
      readonly code: 'cell-differs';
      readonly line: number;
      readonly column: string;
      readonly of: string;
      readonly table: string;
      readonly bundle: string;
    }
  | { readonly code: 'row-added' | 'row-missing'; readonly line: number; readonly of: string }
  | { readonly code: 'foot-differs'; readonly foot: string }
  /** The table is in order and its rules decide otherwise: a fault of this program. */
  | { readonly code: 'decides-otherwise'; readonly purpose: Purpose };

/** Takes the text of a table; gives its rows, its foot apart. */
export function readScheduleCsv(
  text: string,
): Result<{ readonly rows: readonly Row[]; readonly foot: ReadonlyMap<string, string> }, ScheduleFault> {
  const lines = readCsv(text);
  if (!lines.ok) return err({ code: 'not-a-schedule' });
  const [head, ...rest] = lines.value;
  const filled = rest.filter((line) => line.some((cell) => cell !== ''));
  if (head === undefined || !COLUMN_NAMES.every((name, place) => head[place] === COLUMNS[name]))
    return err({ code: 'not-a-schedule' });
  const isFoot = (line: readonly string[]): boolean => line[0] === FOOT || line[0] === TABLE_FOOT;
  return ok({
    rows: filled.filter((line) => !isFoot(line)).map(rowOf),
    foot: new Map(filled.filter(isFoot).map(([name = '', value = '']) => [name, value])),
  });
}

const CELL = (line: readonly string[]) => (name: Column) => line[COLUMN_NAMES.indexOf(name)] ?? '';

function rowOf(line: readonly string[]): Row {
  const at = CELL(line);
  return {
    ...{ purpose: at('purpose'), rule: at('rule'), kind: at('kind'), who: at('who'), owner: at('owner') },
    ...{ field: at('field'), label: at('label'), level: at('level'), powers: at('powers') },
    ...{ conditions: at('conditions'), factAges: at('factAges'), retainMonths: at('retainMonths') },
    ...{ onward: at('onward'), obligations: at('obligations'), sentence: at('sentence') },
  };
}

/** Checks a table against a bundle: every fault of its cells, or that it is what the bundle says and decides alike. */
export function checkSchedule(text: string, bundle: PolicyBundle): Result<true, readonly ScheduleFault[]> {
  const read = readScheduleCsv(text);
  if (!read.ok) return err([read.error]);
  const { rows, foot } = read.value;
  const wanted = scheduleRows(bundle);
  const faults = [...faultsOfRows(rows, wanted)];
  if (foot.get(FOOT) !== bundle.version) faults.push({ code: 'foot-differs', foot: FOOT });
  if (foot.get(TABLE_FOOT) !== tableDigest(wanted)) faults.push({ code: 'foot-differs', foot: TABLE_FOOT });
  if (faults.length > 0) return err(faults);
  const restored = bundleFromRows(rows, bundle);
  if (restored === undefined) return err([{ code: 'not-a-schedule' }]);
  const otherwise = purposeDecidedOtherwise(bundle, restored);
  return otherwise === undefined ? ok(true) : err([{ code: 'decides-otherwise', purpose: otherwise }]);
}

const nameOf = ({ rule, purpose, kind, field }: Row): string =>
  kind === 'gives' ? `${rule} for ${field}` : `${rule} (${purpose})`;

/** Rows are found by the rule they state, so that one that was moved or left out does not blame all that follow. */
function* faultsOfRows(rows: readonly Row[], wanted: readonly Row[]): Generator<ScheduleFault> {
  if (rows.length === wanted.length) {
    for (const [place, row] of rows.entries()) yield* faultsOfCells(row, wanted[place], place + 2);
    return;
  }
  const [found, expected] = [rows, wanted].map((each) => new Set(each.map(nameOf)));
  for (const [place, row] of rows.entries())
    if (expected?.has(nameOf(row)) === false) yield { code: 'row-added', line: place + 2, of: nameOf(row) };
  for (const [place, row] of wanted.entries())
    if (found?.has(nameOf(row)) === false) yield { code: 'row-missing', line: place + 2, of: nameOf(row) };
  if (found?.size !== rows.length) yield { code: 'not-a-schedule' };
}

function* faultsOfCells(row: Row, wanted: Row | undefined, line: number): Generator<ScheduleFault> {
  if (wanted === undefined) return;
  for (const name of COLUMN_NAMES) {
    if (row[name] === wanted[name]) continue;
    const cells = { table: row[name], bundle: wanted[name] };
    yield { code: 'cell-differs', line, column: COLUMNS[name], of: nameOf(wanted), ...cells };
  }
}

/**
 * The rules that rows state, over the catalogues of a bundle (purposes, powers, roles, fields, limits of age), which a
 * schedule does not state whole. Undefined where a cell is no word of the language.
 */
export function bundleFromRows(rows: readonly Row[], catalogues: PolicyBundle): PolicyBundle | undefined {
  const agreements = new Map<Purpose, Agreement>(
    [...catalogues.agreements].map(([purpose, { title }]) => [
      purpose,
      { title, obligations: {}, grants: [], caps: [] },
    ]),
  );
  const merged = new Map<string, { readonly purpose: Purpose; readonly grant: GrantText }>();
  const guardCaps: GuardCapText[] = [];
  for (const row of rows) {
    if (row.kind === 'limits') {
      const cap = capOf(row);
      if (cap === undefined) return undefined;
      guardCaps.push(cap);
      continue;
    }
    const grant = grantOf(row);
    if (grant === undefined || !agreements.has(row.purpose)) return undefined;
    // Rows that differ in their field alone are one rule again.
    const { fields: own = [], ...rest } = grant;
    const key = JSON.stringify([row.purpose, rest]);
    const before = merged.get(key)?.grant.fields ?? [];
    merged.set(key, { purpose: row.purpose, grant: { ...rest, fields: [...before, ...own] } });
  }
  for (const { purpose, grant } of merged.values()) {
    const agreement = agreements.get(purpose);
    if (agreement !== undefined) agreements.set(purpose, { ...agreement, grants: [...agreement.grants, grant] });
  }
  return assembleBundle({ ...catalogues, agreements, guardCaps });
}

const list = (cell: string): readonly string[] => cell.split(BETWEEN);

function grantOf(row: Row): GrantText | undefined {
  const [when, ages, others] = [row.conditions, row.factAges, row.obligations].map(saidIn);
  const parsed = grantSchema.safeParse({
    ...{ id: row.rule, to: list(row.who), fields: [row.field], level: row.level },
    powers: list(row.powers).map((power) => power.split(' ')[0]),
    necessity: row.sentence,
    obligations: {
      ...singly(others),
      ...(row.retainMonths === '' ? {} : { retainMonths: Number(row.retainMonths) }),
      ...(row.onward === '' ? {} : { onward: row.onward }),
    },
    ...(when === undefined ? {} : { when }),
    ...(ages === undefined ? {} : { factsNoOlderThanHours: singly(ages) }),
  });
  return parsed.success ? parsed.data : undefined;
}

const purposesSchema = guardCapSchema.pick({ purposes: true });

function capOf(row: Row): GuardCapText | undefined {
  const [when, ages] = [row.conditions, row.factAges].map(saidIn);
  const parsed = capSchema.safeParse({
    ...{ id: row.rule, atMost: row.level, why: row.sentence },
    ...(row.who === 'everybody' ? {} : { to: list(row.who) }),
    ...(row.field === EVERY_FIELD ? {} : { fields: list(row.field) }),
    ...(when === undefined ? {} : { when }),
    ...(ages === undefined ? {} : { factsNoOlderThanHours: singly(ages) }),
  });
  const purposes = purposesSchema.safeParse({ purposes: list(row.purpose) });
  if (!parsed.success || !purposes.success) return undefined;
  const { standBy: _standBy, ...cap } = parsed.data;
  return { ...cap, ...purposes.data };
}

type Said = Readonly<Record<string, readonly (string | number | boolean)[]>>;

/** The opposite of `inWords`; undefined for an empty cell. */
function saidIn(cell: string): Said | undefined {
  if (cell === '') return undefined;
  return Object.fromEntries(
    list(cell).map((part) => {
      const [name = '', values = ''] = part.split(': ', 2);
      return [name, values.split(OR).map(valueOf)] as const;
    }),
  );
}

function valueOf(word: string): string | number | boolean {
  if (word === 'true' || word === 'false') return word === 'true';
  return /^\d{1,6}$/u.test(word) ? Number(word) : word;
}

/** One value each, but for what is always a list. */
function singly(said: Said | undefined): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(said ?? {}).map(([name, values]) => [name, name === 'show' ? values : values[0]]),
  );
}

/**
 * The first purpose for which two bundles do not have the very same diagrams; undefined where they decide alike in
 * every cell, in level, words, rules, powers and obligations.
 */
export function purposeDecidedOtherwise(one: PolicyBundle, other: PolicyBundle): Purpose | undefined {
  const [first, second] = compileTogether([one, other]);
  return [...one.purposes.keys()].find((purpose) =>
    REQUESTER_GROUPS.some(
      (group) => String(first?.rootsOf(purpose, group)) !== String(second?.rootsOf(purpose, group)),
    ),
  );
}
