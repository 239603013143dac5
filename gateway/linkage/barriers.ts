import type { Candidate } from './candidates.ts';

/** Why two may not be one cluster whatever they weigh. */
export type Barrier =
  | 'role' // the subject against a record that its source calls a victim, partner or child
  | 'human' // a human said that they are two people
  | 'identifiers' // two valid unique identifiers contradict
  | 'system'; // two records of one system that has not said merged

/** What his own record cannot be called. No human decision lifts it: a slip would hand over the victim's number. */
const NEVER_THE_SUBJECT: ReadonlySet<string> = new Set(['victim', 'partner', 'child']);

/** Whether its source calls the record's person a victim, partner or child. */
export const isProtectedRole = (candidate: Candidate): boolean =>
  candidate.versions.some(({ role }) => role !== undefined && NEVER_THE_SUBJECT.has(role));

export const shareSystem = (a: Candidate, b: Candidate): boolean =>
  a.versions.some((one) => one.system !== '' && b.versions.some((other) => other.system === one.system));

export interface BarrierCircumstances {
  readonly human: 'same' | 'different' | undefined;
  readonly mergedBySource: boolean;
  readonly identifiersContradict: boolean;
}

/** The barrier between two candidates, the strongest first, or undefined. */
export function barrierBetween(
  a: Candidate,
  b: Candidate,
  { human, mergedBySource, identifiersContradict }: BarrierCircumstances,
): Barrier | undefined {
  if ((a.isSubject && isProtectedRole(b)) || (b.isSubject && isProtectedRole(a))) return 'role';
  if (human === 'different') return 'human';
  if (human === 'same') return undefined;
  if (identifiersContradict) return 'identifiers';
  if (!mergedBySource && shareSystem(a, b)) return 'system';
  return undefined;
}

/** Whether the record is nobody in particular to its file. */
export const isRecordedAsOther = (candidate: Candidate): boolean =>
  candidate.versions.some(({ role }) => role === 'other');
