import type { ExtractLayout, Row } from './layout.ts';
import type { ParsedFile, PlacedRow } from './parse.ts';
import type { RowReject } from './rejects.ts';

/** From accepted rows to people: versions, merges, and what goes with whom. Pure. */

/** One person of the extract, all facts together. */
export interface Entry {
  readonly reference: string;
  /** The newest version of the person's own row. */
  readonly current: Row;
  /** Older versions, and the rows of references that were merged into this one. */
  readonly history: readonly Row[];
  readonly mergedFrom: readonly string[];
  /** Rows of the detail files by file name, newest versions only. */
  readonly details: ReadonlyMap<string, readonly Row[]>;
  /**
   * Detail files in which a row about somebody else could not be taken for this person. What is left of them is not
   * to be shown: the missing row may be the one that says "that number is the victim's" (P4).
   */
  readonly doubtful: ReadonlySet<string>;
}

export interface Assembled {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly rejects: readonly RowReject[];
  /** People left out because a row of theirs may not be shared. */
  readonly heldBack: number;
}

/** Puts the files of one batch together. `files` starts with the primary file. */
export function assemble(layout: ExtractLayout, files: readonly ParsedFile[]): Assembled {
  const [primary, ...details] = files;
  if (primary === undefined) throw new Error('a layout has a primary file');
  const versions = versionsOf(layout, primary.rows, primary.file.versionKey);
  const hidden = hiddenReferences(primary);
  const survivors = followMerges(layout, versions, hidden);
  const kept = new Map([...versions].filter(([reference]) => survivors.heirs.has(reference)));
  const owners = ownersOf(kept, survivors.heirs);
  const entries = new Map<string, Entry>();
  const facts = details.map((file) => placeDetails(layout, file, survivors.heirs));
  for (const [reference, members] of owners) {
    const entry = entryOf(reference, members, versions, facts);
    if (entry !== undefined) entries.set(reference, entry);
  }
  return {
    entries,
    rejects: [...survivors.rejects, ...orphans(layout, details, versions, hidden)],
    heldBack: hidden.size,
  };
}

type Versions = ReadonlyMap<string, readonly PlacedRow[]>;

/** Rows by reference and version key, the newest first; the later line wins between two of one date. */
function versionsOf(layout: ExtractLayout, rows: readonly PlacedRow[], key: readonly string[]): Versions {
  const groups = new Map<string, PlacedRow[]>();
  for (const placed of rows) {
    const id = JSON.stringify(key.map((column) => placed.row.get(column)?.toLowerCase() ?? ''));
    const group = groups.get(id);
    if (group === undefined) groups.set(id, [placed]);
    else group.push(placed);
  }
  const byReference = new Map<string, PlacedRow[]>();
  const single = key.length === 1 && key[0] === layout.reference.column;
  for (const group of groups.values()) {
    group.sort((a, b) => compareNewest(layout, b, a));
    const reference = group[0]?.reference ?? '';
    const kept = single ? group : group.slice(0, 1);
    byReference.set(reference, [...(byReference.get(reference) ?? []), ...kept]);
  }
  return byReference;
}

function compareNewest(layout: ExtractLayout, a: PlacedRow, b: PlacedRow): number {
  for (const column of layout.newest) {
    const [one, other] = [a.row.get(column) ?? '', b.row.get(column) ?? ''];
    if (one !== other) return one < other ? -1 : 1;
  }
  return a.line - b.line;
}

/** One version that may not be shared holds back the person: an older version is no way around a handling code. */
function hiddenReferences(primary: ParsedFile): ReadonlySet<string> {
  return new Set(primary.heldBack.flatMap(({ reference }) => (reference === undefined ? [] : [reference])));
}

interface Merges {
  /** The surviving reference of each reference that is kept, itself included. */
  readonly heirs: ReadonlyMap<string, string>;
  readonly rejects: readonly RowReject[];
}

function followMerges(layout: ExtractLayout, versions: Versions, hidden: ReadonlySet<string>): Merges {
  const heirs = new Map<string, string>();
  const rejects: RowReject[] = [];
  for (const [reference, [newest]] of versions) {
    if (newest === undefined || hidden.has(reference)) continue;
    const end = endOfMerges(layout, reference, versions, hidden);
    if (end.kind === 'heir') heirs.set(reference, end.reference);
    else if (end.kind === 'wrong') {
      const column = layout.mergedTo ?? '';
      rejects.push({ file: layout.primary.name, line: newest.line, column, reference, problem: end.problem });
    }
  }
  return { heirs, rejects };
}

type MergeEnd =
  | { readonly kind: 'heir'; readonly reference: string }
  | { readonly kind: 'held-back' }
  | { readonly kind: 'wrong'; readonly problem: 'merged-to-unknown' | 'merged-in-a-circle' };

function endOfMerges(
  layout: ExtractLayout,
  reference: string,
  versions: Versions,
  hidden: ReadonlySet<string>,
): MergeEnd {
  const seen = new Set<string>();
  let at = reference;
  for (;;) {
    if (hidden.has(at)) return { kind: 'held-back' };
    if (seen.has(at)) return { kind: 'wrong', problem: 'merged-in-a-circle' };
    seen.add(at);
    const row = versions.get(at)?.[0]?.row;
    if (row === undefined) return { kind: 'wrong', problem: 'merged-to-unknown' };
    const next = layout.mergedTo === undefined ? undefined : row.get(layout.mergedTo);
    if (next === undefined) return { kind: 'heir', reference: at };
    at = next;
  }
}

/** Members of each survivor, the survivor first. */
function ownersOf(kept: Versions, heirs: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const owners = new Map<string, string[]>();
  for (const reference of kept.keys()) {
    const heir = heirs.get(reference) ?? reference;
    const members = owners.get(heir) ?? [heir];
    if (reference !== heir) members.push(reference);
    owners.set(heir, members);
  }
  return owners;
}

interface PlacedDetails {
  readonly name: string;
  readonly rows: Versions;
  readonly doubtful: ReadonlySet<string>;
}

/** Details under the surviving reference, so that versions are told apart across a merge too. */
function placeDetails(layout: ExtractLayout, file: ParsedFile, heirs: ReadonlyMap<string, string>): PlacedDetails {
  const placed = file.rows.flatMap((row) => {
    const heir = heirs.get(row.reference);
    return heir === undefined ? [] : [{ ...row, reference: heir }];
  });
  const doubtful = [...file.rejects, ...file.heldBack].flatMap(({ reference, protecting }) =>
    protecting && reference !== undefined ? [heirs.get(reference) ?? reference] : [],
  );
  const keyed = file.file.versionKey.filter((column) => column !== layout.reference.column);
  const groups = new Map<string, PlacedRow[]>();
  for (const row of placed) groups.set(row.reference, [...(groups.get(row.reference) ?? []), row]);
  const rows = new Map<string, readonly PlacedRow[]>();
  for (const [reference, group] of groups) rows.set(reference, versionsOf(layout, group, keyed).get(reference) ?? []);
  return { name: file.file.name, rows, doubtful: new Set(doubtful) };
}

function entryOf(
  reference: string,
  members: readonly string[],
  versions: Versions,
  facts: readonly PlacedDetails[],
): Entry | undefined {
  const own = versions.get(reference) ?? [];
  const current = own[0]?.row;
  if (current === undefined) return undefined;
  const merged = members.slice(1);
  const history = [...own.slice(1), ...merged.flatMap((member) => versions.get(member) ?? [])].map(({ row }) => row);
  const details = new Map(facts.map(({ name, rows }) => [name, (rows.get(reference) ?? []).map(({ row }) => row)]));
  const doubtful = facts.filter((file) => file.doubtful.has(reference)).map(({ name }) => name);
  return { reference, current, history, mergedFrom: merged, details, doubtful: new Set(doubtful) };
}

/** Details of nobody in the primary file. Those of people held back are passed over in silence. */
function orphans(
  layout: ExtractLayout,
  details: readonly ParsedFile[],
  versions: Versions,
  hidden: ReadonlySet<string>,
): readonly RowReject[] {
  return details.flatMap(({ file, rows }) =>
    rows
      .filter(({ reference }) => !versions.has(reference) && !hidden.has(reference))
      .map(({ reference, line }) => ({
        file: file.name,
        line,
        column: layout.reference.column,
        reference,
        problem: 'reference-unknown' as const,
      })),
  );
}
