import type { EvidenceTable } from './evidence-table.ts';
import { TOGETHER } from './weigh/weights.ts';

interface Edge {
  readonly i: number;
  readonly j: number;
  readonly bits: number;
}

function edgesAmong(table: EvidenceTable, positions: readonly number[]): Edge[] {
  const edges: Edge[] = [];
  positions.forEach((i, at) => {
    for (const j of positions.slice(at + 1)) {
      if (!table.mayWeigh(i, j)) continue;
      const bits = table.bits(i, j);
      if (bits >= TOGETHER && table.barrier(i, j) === undefined) edges.push({ i, j, bits });
    }
  });
  return edges.sort((a, b) => b.bits - a.bits || a.i - b.i || a.j - b.j);
}

const mayUnite = (table: EvidenceTable, a: readonly number[], b: readonly number[]): boolean =>
  a.every((i) => b.every((j) => table.mayWeigh(i, j) && table.bits(i, j) >= 0 && table.barrier(i, j) === undefined));

/**
 * Groups the given positions by person: best edge first, ties by id, and two groups unite only where every cross
 * pair is at least 0 bits and free of barriers, so that one record that resembles two people cannot chain them.
 */
export function clusterOthers(table: EvidenceTable, positions: readonly number[]): number[][] {
  const groupOf = new Map(positions.map((position) => [position, [position]]));
  for (const { i, j } of edgesAmong(table, positions)) {
    const [a, b] = [groupOf.get(i), groupOf.get(j)];
    if (a === undefined || b === undefined || a === b || !mayUnite(table, a, b)) continue;
    a.push(...b);
    for (const member of b) groupOf.set(member, a);
  }
  return [...new Set(groupOf.values())];
}
