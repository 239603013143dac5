import type { EvidenceTable } from './evidence-table.ts';
import { isTiedByFingerprints, SUBJECT } from './surely-his.ts';

/** Signs in the rest of the answer that a record which looks like his is his brother's or his twin's. */

/**
 * Whether a record tells of another man by its own values: another first name, and nothing of his fingerprints. Another
 * surname too, with his birth date, is rather a name that he goes by: brothers share the one or the other.
 */
function isAnotherMans(table: EvidenceTable, members: readonly number[], other: number): boolean {
  const { firstNameDiffers, otherIdentity } = table.weight(SUBJECT, other);
  return firstNameDiffers && !otherIdentity && !isTiedByFingerprints(table, members, other);
}

/**
 * The attacker is a brother who gave the police his name, birth date and home: all agrees but the number that goes with
 * the fingerprints, and that stands in the brother's own file.
 */
const bearsFingerprintsOf = (table: EvidenceTable, index: number, other: number): boolean =>
  table.weight(index, other).fingerprintsMeet && !table.weight(SUBJECT, index).fingerprintsMeet;

/**
 * A twin called Wane where he is called Wayne. One register slips once, and not as another does: where two systems spell
 * the first name in the same other way, it may be a name. A number or mailbox of one man tells them apart, a home does not.
 */
const isNamedUnlikeAll = (table: EvidenceTable, members: readonly number[], index: number): boolean =>
  !members.some((member) => table.sameFirstName(member, index) || table.weight(member, index).tiedByOwnValue);

const bearsTheSameName = (table: EvidenceTable, index: number, other: number): boolean =>
  table.weight(index, other).nothingApart && !table.shareSystem(index, other) && table.sameFirstName(index, other);

/**
 * A record outside the cluster because of which a record that fits it may be another man's, or undefined. A human who
 * joined it has judged that already.
 */
export function whoseElse(table: EvidenceTable, members: readonly number[], index: number): number | undefined {
  if (members.some((member) => table.weight(member, index).joinedByHuman)) return undefined;
  const namedUnlikeAll = isNamedUnlikeAll(table, members, index);
  for (let other = 1; other < table.size; other += 1) {
    if (other === index || members.includes(other) || !table.mayWeigh(index, other)) continue;
    if (bearsFingerprintsOf(table, index, other) && isAnotherMans(table, members, other)) return other;
    if (namedUnlikeAll && bearsTheSameName(table, index, other)) return other;
  }
  return undefined;
}
