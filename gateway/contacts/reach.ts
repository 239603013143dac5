import type { SealedContact } from '../../schemas/contact-point.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { RankedContact, WithheldContact } from '../../schemas/reach.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { gatherCandidates } from './candidate.ts';
import type { Candidate, Permits, Unusable } from './candidate.ts';
import { judgeCurrency, noticeOf } from './currency.ts';
import { later } from './dates.ts';
import { readEachOnce } from './normalise.ts';
import { collectMarks, isProtectedRole, judgeOwnership } from './ownership.ts';
import { compareText } from './order.ts';
import { distinctSources, permittedOf, rank, sourceName, sourcesOf } from './rank.ts';
import type { JudgedCandidate } from './rank.ts';
import type { Seal } from './seal.ts';
import { readSituation } from './whereabouts.ts';
import type { WhereaboutsSummary } from './whereabouts.ts';

export interface ReachQuestion {
  /** Records that linkage judged to be the subject's. */
  readonly subjectRecords: readonly SourceRecord[];
  /** Every other record in the answer, the probable ones included: what they hold is never his. */
  readonly otherRecords: readonly SourceRecord[];
  /** Contact points of the protected persons of the case. */
  readonly protectedContacts: readonly SealedContact[];
  /** Made with the key that sealed `protectedContacts` and the records' `othersContacts`. */
  readonly seal: Seal;
  /** The day of the question. */
  readonly asOf: IsoDate;
  /**
   * Which sources the asker may see; all where absent. A refused source is neither shown nor named nor counted in any
   * probability, but what it marks as another person's stays marked: hand over whole records, never filtered ones.
   */
  readonly permits?: Permits;
}

export interface Reach {
  /** Best first. */
  readonly ranked: readonly RankedContact[];
  /** In an order that says nothing about the values. */
  readonly withheld: readonly WithheldContact[];
  readonly whereabouts: WhereaboutsSummary | undefined;
}

/**
 * How do we reach him: every contact point of the subject's records, judged for whose it is, whether it still works and
 * whether using it is safe. Pure, and the same for every order and repetition of its input.
 */
export function reachSubject(question: ReachQuestion): Reach {
  const permits = question.permits ?? permitAll;
  const his = question.subjectRecords.filter((record) => !isProtectedRole(record));
  const notHis = question.subjectRecords.filter(isProtectedRole);
  const read = readEachOnce();
  const { candidates, unusable } = gatherCandidates(his, permits, read);
  const marks = collectMarks(
    {
      candidates,
      subjectRecords: his,
      otherRecords: [...question.otherRecords, ...notHis],
      protectedContacts: question.protectedContacts,
    },
    read,
  );
  const situation = readSituation(his, question.asOf, permits);
  const shown = candidates.filter(({ holdings }) => holdings.some(({ permitted }) => permitted));
  const latestNotice = latestNoticeOf(shown, question.asOf);
  const judged: JudgedCandidate[] = [];
  const withheld: WithheldContact[] = unusable.map(withholdUnusable);
  for (const candidate of shown) {
    const ownership = judgeOwnership(candidate, marks, question.seal);
    if ('his' in ownership) {
      const currency = judgeCurrency(permittedOf(candidate), situation, latestNotice);
      judged.push({ candidate, ownership, currency, his: ownership.his });
    } else {
      const sources = sourcesOf(permittedOf(candidate));
      withheld.push({ kind: candidate.kind, reason: ownership.withheld, sources });
    }
  }
  return {
    ranked: rank(judged, situation),
    withheld: eachOnce(withheld),
    whereabouts: situation.summary,
  };
}

const permitAll: Permits = () => true;

function withholdUnusable({ kind, source }: Unusable): WithheldContact {
  return { kind, reason: 'unusable', sources: distinctSources([source]) };
}

function latestNoticeOf(candidates: readonly Candidate[], asOf: IsoDate): IsoDate | undefined {
  return candidates.reduce<IsoDate | undefined>((newest, candidate) => {
    return later(newest, noticeOf(permittedOf(candidate), asOf));
  }, undefined);
}

/**
 * Sorted by what is published, never by value or by place in the input: an order would tell which of two values is the
 * smaller. Entries that read alike are one, since their number would tell a source how many of its values are others'.
 */
function eachOnce(withheld: readonly WithheldContact[]): WithheldContact[] {
  const byText = new Map(withheld.map((entry) => [textOf(entry), entry]));
  return [...byText].sort(([a], [b]) => compareText(a, b)).map(([, entry]) => entry);
}

function textOf({ kind, reason, sources }: WithheldContact): string {
  return [kind, reason, ...sources.map(sourceName)].join(' ');
}
