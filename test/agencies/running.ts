import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Simulator } from './simulator.ts';

/** A running simulator with the adapter that talks to it, and the question that every fixture's plain man answers to. */

export const AS_OF = '2026-03-02';
export const seal = makeSeal(new Uint8Array(32).fill(7));

export type QuestionOf = (parts?: Partial<SourceQuestion>) => SourceQuestion;

/** Questions about the plain man of a fixture's `holdingOf`, by name and birth date, for the fields given. */
export const questionsFor =
  (fields: readonly FieldId[]): QuestionOf =>
  (parts = {}) => ({
    questionId: '00000000-0000-4000-8000-000000000001',
    subject: { names: [{ given: 'Dorian', family: 'Ashgrove' }], dateOfBirth: '1985-05-05' },
    fields,
    asOf: AS_OF,
    asker: { agency: 'riverton-council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-03-02T09:00:00.000Z' },
    seal,
    ...parts,
  });

export interface Running {
  readonly source: AgencySource;
  readonly simulator: Simulator;
  readonly ask: (parts?: Partial<SourceQuestion>, limits?: Partial<SourceLimits>) => Promise<SourceAnswer>;
  /** Paths asked so far, with the query of a search. */
  readonly paths: () => string[];
  readonly stop: () => Promise<void>;
}

/** Puts a source and its simulator into one test's hands. */
export const runningOf = (source: AgencySource, simulator: Simulator, questionOf: QuestionOf): Running => ({
  source,
  simulator,
  ask: (parts, limits) =>
    source.ask(questionOf(parts), { signal: new AbortController().signal, timeoutMs: 3_000, ...limits }),
  paths: () => simulator.asked.map(({ path, query }) => (query.size === 0 ? path : `${path}?${query.toString()}`)),
  stop: async () => {
    await source.close();
    await simulator.stop();
  },
});
