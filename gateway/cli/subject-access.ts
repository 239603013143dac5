import { parseArgs } from 'node:util';
import { agencyIdSchema, caseRefSchema, type AgencyId, type CaseRef } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { searchGroundSchema, type SearchGround } from '../../schemas/review.ts';
import type { SubjectAccessFault } from '../review/subject-access/extract.ts';
import { GROUND_SENTENCE } from './search-log.ts';

export const SUBJECT_ACCESS_USAGE =
  'holdfast subject-access --url FILE --keys FOLDER --policies FOLDER --case CASE --for AGENCY --ground GROUND --out FOLDER';

export interface SubjectAccessWords {
  readonly url: string;
  readonly keys: string;
  readonly policies: string;
  readonly caseRef: CaseRef;
  readonly viewer: AgencyId;
  readonly ground: SearchGround;
  readonly out: string;
}

/** Reads the words of the command; a sentence says what is wrong with them. */
export function readSubjectAccessWords(words: readonly string[]): Result<SubjectAccessWords, string> {
  const one = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { url: one, keys: one, policies: one, case: one, for: one, ground: one, out: one },
    strict: true,
  });
  const { url, keys, policies, out } = values;
  const caseRef = caseRefSchema.safeParse(values.case);
  const viewer = agencyIdSchema.safeParse(values.for);
  const ground = searchGroundSchema.safeParse(values.ground);
  if (url === undefined || keys === undefined || policies === undefined || out === undefined)
    return err(`Usage: ${SUBJECT_ACCESS_USAGE}`);
  if (!caseRef.success) return err('--case is the reference of a case, for example DAPG-2026-0042.');
  if (!viewer.success) return err('--for is the agency that was asked, as the register names it.');
  if (!ground.success) return err(GROUND_SENTENCE);
  return ok({ url, keys, policies, out, caseRef: caseRef.data, viewer: viewer.data, ground: ground.data });
}

/** What kept the extract from being made, and what to do. */
export function saySubjectAccessFault(fault: SubjectAccessFault): string {
  switch (fault) {
    case 'not-found':
      return 'There is no such case of this agency’s: check the reference, or ask the agency that leads the case.';
    case 'case-unreadable':
      return 'A case of his cannot be opened: check the keys folder; the runbook has the steps under "Case unreadable".';
    case 'index-behind':
      return 'The search index does not go to the end of the log yet, so something would be missing: run this again.';
    case 'too-many-entries':
      return 'The log has more than 100,000 entries about him: tell the developers, and look for a fault first.';
    default:
      return 'The log, the index or the register did not answer, so there is no extract: check the database, run this again.';
  }
}
