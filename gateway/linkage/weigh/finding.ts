import { roundBits } from './weights.ts';

/** One bar of the waterfall before it is worded: what was compared, at which level or by which rule, and its bits. */
export interface Finding {
  readonly comparison: Comparison;
  readonly rule: Rule;
  readonly bits: number;
}

export type Comparison =
  | 'prior'
  | 'name'
  | 'middle-name'
  | 'birth-date'
  | 'sex'
  | 'identifier'
  | 'address'
  | 'phone'
  | 'email'
  | 'household'
  | 'relation'
  | 'source'
  | 'human';

export type Rule =
  | 'population'
  | 'name-exact'
  | 'name-near'
  | 'name-swapped'
  | 'name-alias'
  | 'name-alias-of-many'
  | 'name-variant'
  | 'name-slip'
  | 'name-part'
  | 'name-middle-as-first'
  | 'name-like'
  | 'surname-alone'
  | 'surname-and-initial'
  | 'first-name-alone'
  | 'first-name-only'
  | 'surname-only'
  | 'name-different'
  | 'middle-name-exact'
  | 'middle-name-near'
  | 'middle-name-different'
  | 'birth-date-exact'
  | 'birth-date-other'
  | 'birth-date-other-of-many'
  | 'birth-date-lent'
  | 'birth-date-swapped'
  | 'birth-date-month'
  | 'birth-date-year'
  | 'birth-date-one-edit'
  | 'birth-date-two-parts'
  | 'birth-date-within-5-years'
  | 'birth-date-different'
  | 'sex-equal'
  | 'sex-different'
  | 'postcode-rare'
  | 'postcode-uncommon'
  | 'postcode-common'
  | 'postcode-outward'
  | 'postcode-other-house'
  | 'same-house'
  | 'postcode-different'
  | 'identifiers-two-equal'
  | 'identifier-pnc-equal'
  | 'identifier-cro-equal'
  | 'identifier-other-equal'
  | 'identifier-core-equal'
  | 'identifier-weak-equal'
  | 'fingerprints-and-name'
  | 'number-and-name'
  | 'identifiers-two-differ'
  | 'identifier-differs'
  | 'mobile-equal'
  | 'phone-shared'
  | 'phone-of-his-family'
  | 'contact-of-one-man'
  | 'tied-by-the-case'
  | 'email-equal'
  | 'tenancy-equal'
  | 'household-cap'
  | 'twins'
  | 'father-and-son'
  | 'brothers'
  | 'spouses'
  | 'common-name-same-birth-date'
  | 'name-and-birth-date-only'
  | 'same-name-in-household'
  | 'twin-or-middle-name'
  | 'name-of-another-sex'
  | 'recorded-as-other'
  | 'merged-by-source'
  | 'all-records-together'
  | 'one-of-the-name'
  | 'human-same'
  | 'human-different';

/** The sum of a waterfall, in bits. */
export function sumBits(findings: readonly Finding[]): number {
  let sum = 0;
  for (const finding of findings) sum += finding.bits;
  return roundBits(sum);
}
