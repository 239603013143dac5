/** Recall by group, and what each group's records are lost to. */

export interface GroupFigure {
  /** `hard case`, `name origin` or `agency`. */
  readonly kind: string;
  readonly group: string;
  /** His records in the group. */
  readonly records: number;
  readonly recall: number;
}

interface Counted {
  records: number;
  found: number;
  readonly missed: Map<string, number>;
}

const commonestFirst = (counts: ReadonlyMap<string, number>): [string, number][] =>
  [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));

export class GroupTally {
  readonly #kind: string;
  readonly #groups = new Map<string, Counted>();

  constructor(kind: string) {
    this.#kind = kind;
  }

  /** Counts one of his records; `missed` says why it was not found. */
  add(group: string, missed: string | undefined): void {
    const counted = this.#groups.get(group) ?? { records: 0, found: 0, missed: new Map<string, number>() };
    this.#groups.set(group, counted);
    counted.records += 1;
    if (missed === undefined) counted.found += 1;
    else counted.missed.set(missed, (counted.missed.get(missed) ?? 0) + 1);
  }

  figures(): GroupFigure[] {
    return [...this.#groups]
      .map(([group, { records, found }]) => ({ kind: this.#kind, group, records, recall: found / records }))
      .sort((a, b) => a.recall - b.recall || (a.group < b.group ? -1 : 1));
  }

  /** Shares of all records by why they were missed. */
  reasons(): { readonly why: string; readonly share: number }[] {
    const missed = new Map<string, number>();
    let all = 0;
    for (const counted of this.#groups.values()) {
      all += counted.records;
      for (const [why, count] of counted.missed) missed.set(why, (missed.get(why) ?? 0) + count);
    }
    return commonestFirst(missed).map(([why, count]) => ({ why, share: count / all }));
  }

  /** Groups below a recall, each with the two commonest reasons and their shares of the group. */
  worseThan(recall: number): (GroupFigure & { readonly reason: string })[] {
    return this.figures()
      .filter((figure) => figure.recall < recall)
      .map((figure) => {
        const missed = commonestFirst(this.#groups.get(figure.group)?.missed ?? new Map<string, number>());
        const worded = missed.slice(0, 2).map(([why, n]) => `${why} (${((100 * n) / figure.records).toFixed(1)} %)`);
        return { ...figure, reason: worded.join('; ') };
      });
  }
}
