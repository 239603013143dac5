import type { EvidenceTable } from './evidence-table.ts';
import { bearsHisFingerprints, isSurelyHis, isTiedByFingerprints, SUBJECT } from './surely-his.ts';
import { TOGETHER } from './weigh/weights.ts';

/** What else in the answer speaks for or against a record that fits: another that fits as well, or another person. */

/** A record that fits the subject's cluster, with the bits that speak for it. */
export interface Fitting {
  readonly index: number;
  readonly best: number;
}

/** Two candidates this close, in bits, are as good as each other. */
const AS_GOOD = 5;

/**
 * Two that are each surely his and differ from each other because each differs a little from the one name by which the
 * case knows him. Where the case knows him by two names one of them may be a twin's, whose record would be the other.
 */
const areFormsOfHisName = (table: EvidenceTable, i: number, j: number): boolean =>
  table.subjectHasOneName &&
  [i, j].every((index) => isSurelyHis(table, index) && table.weight(SUBJECT, index).nothingApart);

const excludeEachOther = (table: EvidenceTable, i: number, j: number): boolean =>
  table.barrier(i, j) !== undefined || (table.weight(i, j).pointsApart && !areFormsOfHisName(table, i, j));

/**
 * Two records of one system under one name and one number of a person, as a custody system that opens one for each
 * arrest: whose they are is not in doubt, only whether the system made two of one man. So the better is taken, of equals
 * the fuller; the other goes to a human all the same.
 */
function areOneMans(table: EvidenceTable, one: number, other: number): boolean {
  const { sameNumberAndName, nothingApart } = table.weight(one, other);
  return table.barrier(one, other) === 'system' && sameNumberAndName && nothingApart;
}

/** Those of `fits` that exclude the best of them and are as good as it. */
export function findRivals<Fit extends Fitting>(table: EvidenceTable, first: Fit, fits: readonly Fit[]): Fit[] {
  return fits.filter((fit) => {
    if (fit === first || !excludeEachOther(table, first.index, fit.index)) return false;
    if (!areOneMans(table, first.index, fit.index)) return fit.best >= first.best - AS_GOOD;
    return fit.best === first.best && table.fullness(fit.index) === table.fullness(first.index);
  });
}

/** Whether another record is certainly somebody else's: by the subject's own values, or by a barrier. */
const isNotHis = (table: EvidenceTable, members: readonly number[], other: number): boolean =>
  (table.weight(SUBJECT, other).pointsApart && !isTiedByFingerprints(table, members, other)) ||
  members.some((member) => {
    const barrier = table.barrier(member, other);
    return barrier === 'identifiers' || barrier === 'human';
  });

/**
 * A file that would be his but for a number that contradicts: a clerk's slip in his own, or somebody who gave his name
 * and date. It takes from him only what resembles it more than his own records.
 */
function isHisButForANumber(table: EvidenceTable, members: readonly number[], other: number): boolean {
  const { alike, bitsWithoutContradiction } = table.weight(SUBJECT, other);
  return (
    alike &&
    bitsWithoutContradiction >= TOGETHER &&
    members.every((member) => {
      const barrier = table.barrier(member, other);
      return barrier === undefined || barrier === 'identifiers' || barrier === 'system';
    })
  );
}

/** A record of somebody else that `fit` resembles at least as much as the cluster. */
export function strangerLike(table: EvidenceTable, members: readonly number[], fit: Fitting): number | undefined {
  const fingerprinted = bearsHisFingerprints(table, fit.index);
  for (let other = 1; other < table.size; other += 1) {
    if (other === fit.index || members.includes(other) || !table.mayWeigh(fit.index, other)) continue;
    const bits = table.bits(fit.index, other);
    if (bits < fit.best) continue;
    if (fingerprinted && !table.weight(fit.index, other).joinedByHuman) continue;
    if (bits === fit.best && isHisButForANumber(table, members, other)) continue;
    if (isNotHis(table, members, other)) return other;
  }
  return undefined;
}
