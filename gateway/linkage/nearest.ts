import type { Candidate, Candidates } from './candidates.ts';
import { compareContacts } from './compare/contacts.ts';
import { weighPair } from './weigh/pair.ts';
import { comparePeople } from './weigh/people.ts';

/** Pairs grow with the square of this; a real question has a tenth. A source that floods us may not stop the answer. */
export const MOST_COMPARED = 150;

const NOBODY: ReadonlySet<string> = new Set();

/** How near a candidate is to the subject by their own values alone, in bits; its farthest version counts. */
function nearness(subject: Candidate, candidate: Candidate): number {
  const weights = subject.versions.flatMap((one) =>
    candidate.versions.map(
      (other) =>
        weighPair(comparePeople(one.person, other.person), compareContacts(one.person, other.person, NOBODY), {
          mergedBySource: false,
          recordedAsOther: false,
          human: undefined,
          birthDateIsLent: false,
          knowsProtected: () => false,
        }).bits,
    ),
  );
  return Math.min(...weights);
}

/**
 * Keeps the records nearest to the subject where an answer holds more than `MOST_COMPARED`; the others stay alone.
 * Ties go by id, so that order never matters.
 */
export function keepNearest(candidates: Candidates): Candidates {
  const [subject, ...records] = candidates.linkable;
  if (subject === undefined || records.length <= MOST_COMPARED) return candidates;
  const ranked = records
    .map((candidate, index) => ({ candidate, index, bits: nearness(subject, candidate) }))
    .sort((a, b) => b.bits - a.bits || a.index - b.index);
  const kept = ranked.slice(0, MOST_COMPARED).sort((a, b) => a.index - b.index);
  return {
    linkable: [subject, ...kept.map(({ candidate }) => candidate)],
    unlinkable: [...candidates.unlinkable, ...ranked.slice(MOST_COMPARED).map(({ candidate }) => candidate.id)],
  };
}
