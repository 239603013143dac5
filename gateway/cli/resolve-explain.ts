import type { Link, LinkageResult } from '../../schemas/linkage.ts';
import type { Person } from '../../schemas/person.ts';
import { waterfallAsSvg } from '../linkage/explain/as-svg.ts';
import { waterfallAsText } from '../linkage/explain/as-text.ts';
import { VALUE_KINDS, type Sight } from '../linkage/explain/masks.ts';
import { makeWaterfall, type Waterfall } from '../linkage/explain/waterfall.ts';
import { TOGETHER } from '../linkage/weigh/weights.ts';
import type { ResolveQuestion } from './resolve-question.ts';

/** Why records are his or not: the waterfalls of one question, for whoever ran `holdfast resolve`. */
export interface Explanation {
  readonly text: string;
  /** One SVG for each waterfall of the text, in its order. */
  readonly pictures: readonly string[];
}

/** Enough for every record that anybody will read about; a flood of namesakes fills no disk. */
const WATERFALLS_MAX = 100;

/** Initials, a year, a district, the last three digits: enough to find the value in one's own file. */
export const MASKED: Sight = Object.fromEntries(VALUE_KINDS.map((kind) => [kind, 'partial' as const]));
export const UNMASKED: Sight = Object.fromEntries(VALUE_KINDS.map((kind) => [kind, 'full' as const]));

type HeldRecord = ResolveQuestion['records'][number];

/** The person with the contact points that linkage reads as well. */
function withContacts({ person, contacts }: HeldRecord): Person {
  const values = (wanted: string): string[] => contacts.filter(({ kind }) => kind === wanted).map(({ value }) => value);
  const addresses = values('address').map((line) => ({ lines: [line] }));
  return {
    ...person,
    phones: [...(person.phones ?? []), ...values('phone')],
    emails: [...(person.emails ?? []), ...values('email')],
    addresses: [...(person.addresses ?? []), ...addresses],
  };
}

const touches = ({ a, b }: Link, id: string): boolean => a === id || b === id;

/** The link of a record to the subject, and where that alone does not decide, the best to another record of his. */
function linksOf({ links, subjectRecords }: LinkageResult, id: string): Link[] {
  const own = links.filter((link) => link.a === 'subject' && link.b === id);
  if (!subjectRecords.includes(id) || own.some(({ bits }) => bits >= TOGETHER)) return own;
  const among = links.filter(
    (link) => touches(link, id) && subjectRecords.includes(link.a) && subjectRecords.includes(link.b),
  );
  const [best] = [...among].sort((x, y) => y.bits - x.bits || (x.a + x.b < y.a + y.b ? -1 : 1));
  return best === undefined ? own : [...own, best];
}

/** What came of a record, which barriers and other records decide too. */
function outcomeOf({ subjectRecords, probable, needsAttention }: LinkageResult, id: string): string {
  const reasons = needsAttention.filter(({ recordIds }) => recordIds.includes(id)).map(({ reason }) => reason);
  const because = reasons.length === 0 ? '' : ` (${[...new Set(reasons)].join(', ')})`;
  if (subjectRecords.includes(id)) return `${id} is his${because}`;
  return probable.includes(id) ? `${id} may be his, for a human to say${because}` : `${id} is not his${because}`;
}

const nearest = ({ links }: LinkageResult, id: string): number =>
  Math.max(...links.filter((link) => link.a === 'subject' && link.b === id).map(({ bits }) => bits));

/** Explains one answer. Values appear only as far as `sight` allows; record ids and rules always. Pure. */
export function explainAnswer(question: ResolveQuestion, result: LinkageResult, sight: Sight): Explanation {
  const people = new Map(question.records.map((record) => [record.recordId, withContacts(record)]));
  const end = (source: string) => ({ source, person: people.get(source) ?? question.subject, sight });
  const ids = [...people.keys()].sort(
    (a, b) => nearest(result, b) - nearest(result, a) || (a < b ? -1 : a > b ? 1 : 0),
  );
  const shown: Waterfall[] = [];
  const parts = ids.map((id) => {
    const waterfalls = linksOf(result, id)
      .slice(0, Math.max(0, WATERFALLS_MAX - shown.length))
      .map((link) => makeWaterfall(link, end(link.a), end(link.b)));
    shown.push(...waterfalls);
    return [printable(outcomeOf(result, id)), '', ...waterfalls.map(waterfallAsText)].join('\n');
  });
  return { text: `${parts.join('\n')}\n`, pictures: shown.map(waterfallAsSvg) };
}

/** A record id may hold anything a file holds: what would move a cursor is left out. */
const printable = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '');
