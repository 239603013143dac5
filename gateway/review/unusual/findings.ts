import type { CaseRef } from '../../../schemas/names.ts';
import type { UnusualRule } from '../../../schemas/review.ts';
import { contextOf, grouped, type UnusualInput } from './context.ts';
import type { Reason, Rule } from './reason.ts';
import type { StaffOfAgency } from '../index/query.ts';
import { actNeverFollowed, glassWithoutAttempt } from './rules/acts.ts';
import { besideColleague } from './rules/beside.ts';
import { outsideCaseload } from './rules/caseload.ts';
import { afterClosure } from './rules/closure.ts';
import { nightOrLeave } from './rules/hours.ts';
import { likenessRules } from './rules/likeness.ts';
import { notFoundRun, purposeShopping } from './rules/refusals.ts';
import { volume } from './rules/volume.ts';

/**
 * Unusual access: what a person should look at. Each finding names its rules in sentences and the entries it rests on;
 * there is no score without reasons, and none is shown. Usual is not innocent and unusual is not guilty: a finding opens
 * a review, it decides nothing.
 */

export interface Finding {
  readonly staff: StaffOfAgency;
  /** Absent where it is about looks at many cases. */
  readonly caseRef?: CaseRef;
  readonly reasons: readonly { readonly rule: UnusualRule; readonly sentence: string }[];
  /** Log positions of the looks, oldest first. */
  readonly positions: readonly number[];
  /** Milliseconds since 1970: the newest of the looks. */
  readonly at: number;
}

const RULES: readonly Rule[] = [
  likenessRules,
  outsideCaseload,
  besideColleague,
  volume,
  nightOrLeave,
  afterClosure,
  notFoundRun,
  purposeShopping,
  actNeverFollowed,
  glassWithoutAttempt,
];

/** What it takes together for a person to be asked to look. */
const ENOUGH = 1;

/** All findings of a stretch of the log, oldest first. Rules look up to a quarter of a year back and two weeks ahead. */
export function findUnusual(input: UnusualInput): readonly Finding[] {
  const context = contextOf(input);
  const reasons = RULES.flatMap((rule) => [...rule(context)]);
  const matters = grouped(reasons, ({ who, caseRef, rule, looks }) =>
    caseRef === undefined ? `${who}\n${rule}\n${looks[0]?.position ?? ''}` : `${who}\n${caseRef}`,
  );
  return [...matters.values()]
    .flatMap(findingOf)
    .sort((a, b) => a.at - b.at || a.staff.staffId.localeCompare(b.staff.staffId));
}

function findingOf(reasons: readonly Reason[]): readonly Finding[] {
  const [first] = reasons;
  if (first === undefined) return [];
  const together = reasons.reduce((sum, { weight }) => sum + weight, 0);
  if (together < ENOUGH) return [];
  const looks = [...new Map(reasons.flatMap((reason) => reason.looks.map((look) => [look.position, look]))).values()];
  looks.sort((a, b) => a.position - b.position);
  const [{ agency, staffId } = { agency: '', staffId: '' }] = looks;
  const { caseRef } = first;
  return [
    {
      staff: { agency, staffId },
      ...(caseRef === undefined ? {} : { caseRef }),
      reasons: [...reasons].sort((a, b) => b.weight - a.weight).map(({ rule, sentence }) => ({ rule, sentence })),
      positions: looks.map(({ position }) => position),
      at: Math.max(...looks.map(({ at }) => at)),
    },
  ];
}
