import type { Case } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { ok, type Result } from '../../schemas/result.ts';
import type { Changed } from './apply-change.ts';

/**
 * What a person says of a record that may be his. Her last word on it counts; what others said stands beside it, and
 * where two disagree linkage keeps the record apart and shows that they do. A victim's, partner's or child's record
 * nobody can make his: linkage bars it before it reads a judgement (P5).
 */
export function judgeRecord(
  kase: Case,
  { record, agency, says, because }: Extract<CaseChange, { kind: 'judge-record' }>,
  { by, at }: { readonly by: CaseActor; readonly at: IsoInstant },
): Result<Changed, never> {
  const known = kase.judgements ?? [];
  const isHers = (each: (typeof known)[number]): boolean =>
    each.record === record && each.agency === agency && each.by.agency === by.agency && each.by.staffId === by.staffId;
  const before = known.find(isHers);
  if (says === 'taken-back') {
    if (before === undefined) return ok({ kase, changes: [] });
    return ok({ kase: { ...kase, judgements: known.filter((each) => !isHers(each)) }, changes: ['judgements'] });
  }
  if (before?.says === says && before.because === because) return ok({ kase, changes: [] });
  const judgements = [...known.filter((each) => !isHers(each)), { record, agency, says, by, at, because }];
  return ok({ kase: { ...kase, judgements }, changes: ['judgements'] });
}
