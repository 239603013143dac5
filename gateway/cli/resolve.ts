import type { SealedContact } from '../../schemas/contact-point.ts';
import type { LinkageResult } from '../../schemas/linkage.ts';
import type { RankedContact, WithheldContact } from '../../schemas/reach.ts';
import { err, ok } from '../../schemas/result.ts';
import { readRequest } from '../api/read-request.ts';
import { holdsProtectedOf } from '../contacts/holds-protected.ts';
import { sealsFor, type Seal } from '../contacts/seal.ts';
import { linkTo } from '../disclosure/link.ts';
import { reachLinked } from '../disclosure/reach.ts';
import type { AnswerLine, LinePlace } from './json-lines.ts';
import { findSupersedesCycle, findTakenId, resolveQuestionSchema, type ResolveQuestion } from './resolve-question.ts';

/** `holdfast resolve`: steps 5 and 6 of a live question, on records in a file instead of agencies' answers. */

type ContactLine = Pick<RankedContact, 'kind' | 'value' | 'probability' | 'lastConfirmed' | 'flags'> & {
  readonly sources: readonly string[];
};
type WithheldLine = Pick<WithheldContact, 'kind' | 'reason'> & { readonly sources: readonly string[] };

/** One answer, its properties in the order in which they are written. */
export interface ResolveAnswer extends Pick<
  LinkageResult,
  'subjectRecords' | 'probable' | 'clusters' | 'needsAttention'
> {
  readonly queryId: string;
  readonly links: readonly { readonly a: string; readonly b: string; readonly bits: number }[];
  readonly contacts: readonly ContactLine[];
  readonly withheldContacts: readonly WithheldLine[];
}

/** Is told of each question that was linked, with all evidence. */
export type AnsweredQuestion = (question: ResolveQuestion, result: LinkageResult) => void;

/**
 * Answers one question with the functions of the live pipeline. Pure.
 *
 * @param seal made with any key: it leaves no trace in the answer
 */
export function resolveQuestion(
  question: ResolveQuestion,
  seal: Seal,
  answered: AnsweredQuestion = () => undefined,
): ResolveAnswer {
  const { queryId, asOf, subject, records } = question;
  const protectedContacts = sealProtected(question, seal);
  const linked = linkTo(subject, records, asOf, {
    decisions: [],
    holdsProtected: holdsProtectedOf(protectedContacts, seal),
  });
  answered(question, linked.result);
  const { ranked, withheld } = reachLinked(linked, {
    protectedContacts,
    seal,
    asOf,
    // The file is the analyst's own, who has seen all of it: there is nothing to keep from them.
    permits: () => true,
  });
  const { subjectRecords, probable, clusters, links, needsAttention } = linked.result;
  return {
    queryId,
    subjectRecords,
    probable,
    clusters,
    links: links.map(({ a, b, bits }) => ({ a, b, bits })),
    needsAttention,
    contacts: ranked.map(contactLine),
    withheldContacts: withheld.map(({ kind, reason, sources }) => ({ kind, reason, sources: recordIdsOf(sources) })),
  };
}

/** Reads and answers one line. Says of a protected contact that cannot be read that it protects nobody. */
export function resolveLine(seal: Seal, answered?: AnsweredQuestion): AnswerLine {
  return (text) => {
    const read = readRequest(text, resolveQuestionSchema);
    if (!read.ok) return read;
    const place = findBrokenRecord(read.value);
    if (place !== undefined) return err({ code: 'field-malformed', places: [place] });
    return ok({ answer: resolveQuestion(read.value, seal, answered), notices: findUnreadable(read.value, seal) });
  };
}

/** What no shape can say of a record, since it takes two of them. */
function findBrokenRecord({ records }: ResolveQuestion): LinePlace | undefined {
  const taken = findTakenId(records);
  if (taken !== undefined) return { pointer: `/records/${taken}/recordId`, code: 'taken' };
  const cycle = findSupersedesCycle(records);
  return cycle === undefined ? undefined : { pointer: `/records/${cycle}/supersedes`, code: 'cycle' };
}

function sealProtected({ protectedContacts = [] }: ResolveQuestion, seal: Seal): readonly SealedContact[] {
  return protectedContacts.flatMap(({ kind, value }) =>
    sealsFor(seal, kind, value).map((sealed) => ({ kind, seal: sealed, whose: 'protected-person' as const })),
  );
}

function findUnreadable({ protectedContacts = [] }: ResolveQuestion, seal: Seal): readonly LinePlace[] {
  return protectedContacts.flatMap(({ kind, value }, at) =>
    sealsFor(seal, kind, value).length === 0
      ? [{ pointer: `/protectedContacts/${at}`, code: 'not-a-contact' as const }]
      : [],
  );
}

function contactLine({ kind, value, probability, sources, lastConfirmed, flags }: RankedContact): ContactLine {
  return {
    kind,
    value,
    probability,
    sources: recordIdsOf(sources),
    ...(lastConfirmed === undefined ? {} : { lastConfirmed }),
    flags,
  };
}

/** A record may be the source under two fields; it is one source. */
function recordIdsOf(sources: WithheldContact['sources']): readonly string[] {
  return [...new Set(sources.map(({ recordId }) => recordId))];
}
