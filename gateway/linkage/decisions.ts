import type { HumanLinkDecision } from '../../schemas/linkage.ts';
import type { Candidate } from './candidates.ts';

/** What humans have said about pairs, looked up by position. */
export interface DecisionBook {
  readonly of: (i: number, j: number) => 'same' | 'different' | undefined;
  /** Pairs that one human joined and another separated: separated, and shown. */
  readonly disputed: readonly (readonly [number, number])[];
  /** Pairs that a human joined and nobody separated. */
  readonly joined: readonly (readonly [number, number])[];
}

interface Said {
  readonly pair: readonly [number, number];
  same: boolean;
  different: boolean;
}

/**
 * Reads decisions against the candidates. `subject` means the subject, even where a record has that for an id: no
 * source may take over a decision by naming its record so. A decision about an absent record says nothing.
 */
export function readDecisions(decisions: readonly HumanLinkDecision[], candidates: readonly Candidate[]): DecisionBook {
  const positions = new Map(candidates.map((candidate, index) => [candidate.id, index]));
  positions.set('subject', 0);
  const key = (i: number, j: number) => Math.min(i, j) * candidates.length + Math.max(i, j);
  const said = new Map<number, Said>();
  for (const { a, b, same } of decisions) {
    const [i, j] = [positions.get(a), positions.get(b)];
    if (i === undefined || j === undefined || i === j) continue;
    const pair = [Math.min(i, j), Math.max(i, j)] as const;
    const known = said.get(key(i, j)) ?? { pair, same: false, different: false };
    said.set(key(i, j), { pair, same: known.same || same, different: known.different || !same });
  }
  const all = [...said.values()];
  return {
    of: (i, j) => {
      const found = said.get(key(i, j));
      return found === undefined ? undefined : found.different ? 'different' : 'same';
    },
    disputed: all.filter(({ same, different }) => same && different).map(({ pair }) => pair),
    joined: all.filter(({ different }) => !different).map(({ pair }) => pair),
  };
}
