import type { Link, LinkageResult } from '../../../schemas/linkage.ts';

/** Why one of his records was not found, in words for a report; the first that applies. */

const BY_RULE: readonly (readonly [rule: string, why: string])[] = [
  ['name-and-birth-date-only', 'nothing but name and birth date in common'],
  ['common-name-same-birth-date', 'nothing but a common name and birth date in common'],
  ['same-name-in-household', 'no birth date to tell a father from a son'],
  ['recorded-as-other', 'recorded as somebody other than the subject of the file'],
  ['twins', 'looks like a twin'],
  ['father-and-son', 'looks like a father or son'],
  ['brothers', 'looks like a brother'],
  ['spouses', 'looks like a partner'],
  ['name-different', 'another name'],
  ['surname-only', 'another first name'],
  ['first-name-only', 'another surname'],
  ['birth-date-different', 'another birth date'],
  ['birth-date-within-5-years', 'another birth date'],
];

/** The heaviest link of a record to the subject or to a record of his that was found. */
function bestLink({ links, subjectRecords }: LinkageResult, id: string): Link | undefined {
  const isHis = (end: string) => end === 'subject' || subjectRecords.includes(end);
  let best: Link | undefined;
  for (const link of links) {
    const touches = (link.b === id && isHis(link.a)) || (link.a === id && isHis(link.b));
    if (touches && (best === undefined || link.bits > best.bits)) best = link;
  }
  return best;
}

export function whyMissed(result: LinkageResult, id: string): string {
  const attention = result.needsAttention.find(({ recordIds }) => recordIds.includes(id));
  if (attention !== undefined) return `shown to a human: ${attention.reason}`;
  const rules = new Set(bestLink(result, id)?.evidence.map(({ rule }) => rule));
  return BY_RULE.find(([rule]) => rules.has(rule))?.[1] ?? 'too little in common';
}
