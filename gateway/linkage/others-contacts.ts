import type { Candidate, Version } from './candidates.ts';

const valuesOf = ({ person }: Version): string[] => [...person.phones.map(({ number }) => number), ...person.emails];

/** Positions of the candidates that hold each phone and e-mail. */
function holders(candidates: readonly Candidate[]): ReadonlyMap<string, ReadonlySet<number>> {
  const held = new Map<string, Set<number>>();
  candidates.forEach((candidate, index) => {
    for (const value of candidate.versions.flatMap(valuesOf)) {
      const known = held.get(value);
      if (known === undefined) held.set(value, new Set([index]));
      else known.add(index);
    }
  });
  return held;
}

/**
 * Phones and e-mails that do not tell one person from another in this answer: two clearly different people hold them,
 * or a source says that they are somebody else's. `areTwoPeople(i, j)` says whether two candidates are clearly two.
 */
export function findContactsOfOthers(
  candidates: readonly Candidate[],
  areTwoPeople: (i: number, j: number) => boolean,
): ReadonlySet<string> {
  const shared = new Set(candidates.flatMap(({ versions }) => versions.flatMap((version) => version.contactsOfOthers)));
  for (const [value, indexes] of holders(candidates)) {
    const all = [...indexes];
    if (all.some((i, at) => all.slice(at + 1).some((j) => areTwoPeople(i, j)))) shared.add(value);
  }
  return shared;
}
