import type { Candidate } from './candidates.ts';

function findRoot(parents: number[], index: number): number {
  let root = index;
  while (parents[root] !== undefined && parents[root] !== root) root = parents[root] ?? root;
  return root;
}

/**
 * For each candidate the group of records that its own system says are one (`supersedes`, followed through). A record
 * can replace only records of its own system; a cycle is one group; a record that is not in the answer is passed over.
 */
export function readMergers(candidates: readonly Candidate[]): (i: number, j: number) => boolean {
  const parents = candidates.map((_, index) => index);
  const byPlace = new Map<string, number>();
  candidates.forEach((candidate, index) => {
    for (const { system } of candidate.versions) byPlace.set(`${system}\n${candidate.id}`, index);
  });
  candidates.forEach((candidate, index) => {
    for (const { system, supersedes } of candidate.versions) {
      for (const replaced of supersedes) {
        const other = byPlace.get(`${system}\n${replaced}`);
        if (other !== undefined && other !== 0) parents[findRoot(parents, other)] = findRoot(parents, index);
      }
    }
  });
  return (i, j) => findRoot(parents, i) === findRoot(parents, j);
}
