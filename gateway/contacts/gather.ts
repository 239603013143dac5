import type { SourceRecord } from '../../schemas/source-record.ts';
import { gatherCandidates, type Candidate, type Permits, type Unusable } from './candidate.ts';
import { readEachOnce } from './normalise.ts';
import { collectMarks, isProtectedRole, type Marks } from './marks.ts';
import { onlyWhatSpeaksOfOthers, partHolders } from './possible-holder.ts';
import type { ReachQuestion } from './reach.ts';

/** What the judgements of one question rest on: his contact points, and everything that is marked as another's. */
export interface Gathered {
  readonly his: readonly SourceRecord[];
  readonly candidates: readonly Candidate[];
  readonly unusable: readonly Unusable[];
  readonly marks: Marks;
}

/** Reads a question's records once. A record of his that its source gives a protected person's role is not his. */
export function gather({ safety = {}, permits = permitAll, ...question }: ReachQuestion): Gathered {
  const his = question.subjectRecords.filter((record) => !isProtectedRole(record));
  const notHis = question.subjectRecords.filter(isProtectedRole);
  const read = readEachOnce();
  const { candidates, unusable } = gatherCandidates(his, permits, read);
  const { doubtful, another } = partHolders(his, question);
  const marks = collectMarks(
    {
      candidates,
      subjectRecords: his,
      otherRecords: [...another, ...doubtful.map(onlyWhatSpeaksOfOthers), ...notHis],
      protectedContacts: question.protectedContacts,
      safety,
    },
    read,
  );
  return { his, candidates, unusable, marks };
}

export const permitAll: Permits = () => true;
