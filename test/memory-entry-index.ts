import type { EntryIndex, EntryText, IndexRow } from '../gateway/ports/entry-index.ts';
import { err, ok } from '../schemas/result.ts';

/** A search index for tests that need one and no database, and the plain meaning that the real one is held to. */
export interface MemoryEntryIndex extends EntryIndex {
  failing(fails: boolean): void;
}

/** @param entriesAt where the texts of entries come from; none where nobody reads them */
export function createMemoryEntryIndex(
  entriesAt: (positions: readonly number[]) => readonly EntryText[] = () => [],
): MemoryEntryIndex {
  let rows: IndexRow[] = [];
  let fails = false;
  const answer = <T>(value: T) => Promise.resolve(fails ? err('index-unavailable' as const) : ok(value));
  return {
    failing: (now) => {
      fails = now;
    },
    advance: async (read) => {
      const fresh = await read(rows.length, 500);
      if (fails || fresh === undefined) return err('index-unavailable');
      rows.push(...fresh);
      return ok({ state: 'at', next: rows.length });
    },
    next: () => answer(rows.length),
    search: ({ all, anyOf, from, to, before, limit }) => {
      const fits = rows.filter(
        ({ position, recordedAt, facets }) =>
          all.every((each) => facets.includes(each)) &&
          anyOf.every((group) => group.some((each) => facets.includes(each))) &&
          (from === undefined || recordedAt >= from) &&
          (to === undefined || recordedAt < to) &&
          (before === undefined || position < before),
      );
      const positions = fits.map(({ position }) => position).reverse();
      return answer({ positions: positions.slice(0, limit), more: positions.length > limit });
    },
    staffWithId: (contains, limit) => {
      const found = new Map(
        rows.flatMap(({ staff }) =>
          staff?.staffId.includes(contains) === true ? [[`${staff.agency} ${staff.staffId}`, staff] as const] : [],
        ),
      );
      return answer(
        [...found]
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([, staff]) => staff)
          .slice(0, limit),
      );
    },
    entriesAt: (positions) => answer([...entriesAt(positions)].sort((a, b) => a.position - b.position)),
    empty: () => {
      rows = [];
      return answer(true as const);
    },
    close: () => Promise.resolve(),
  };
}
