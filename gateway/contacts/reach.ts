import type { SealedContact } from '../../schemas/contact-point.ts';
import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { RankedContact, WithheldContact } from '../../schemas/reach.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { indexAttempts, verdictOf, weighAttempts, type Tried, type TrialsOf } from './attempts.ts';
import { permittedOf } from './candidate.ts';
import type { Candidate, Permits, Unusable } from './candidate.ts';
import { judgeCurrency } from './currency.ts';
import { later } from './dates.ts';
import { datesOfRecords, lastConfirmedOn, noticeOf } from './evidence.ts';
import { gather, permitAll } from './gather.ts';
import { ringsInTheirHome } from './home-landline.ts';
import { probabilityHis } from './likely-his.ts';
import type { Marks } from './marks.ts';
import { isMarkedAsOthers, judgeOwnership, type Ownership } from './ownership.ts';
import { findOpenings, type BestPlaced, type Opening, type OpeningFacts } from './openings.ts';
import { compareText } from './order.ts';
import { distinctSources, rank, sourceName, sourcesOf } from './rank.ts';
import type { JudgedCandidate } from './rank.ts';
import { isOnHold, isRequired, type CaseSafety } from './safety.ts';
import type { Seal } from './seal.ts';
import { findSlips, LEFT_OF } from './slip.ts';
import { WEIGHTS, type ContactWeights } from './weights.ts';
import { readSituation } from './whereabouts.ts';
import type { WhereaboutsSummary } from './whereabouts.ts';

export interface ReachQuestion {
  /** Records that linkage judged to be the subject's. */
  readonly subjectRecords: readonly SourceRecord[];
  /** Every other record in the answer: what they hold is never his. */
  readonly otherRecords: readonly SourceRecord[];
  /** Records that a person has to judge. What they hold is never shown, and says little against what his own hold. */
  readonly probableRecords?: readonly SourceRecord[];
  /** Ids of records of which a human said that they are not his; that one bears his name says nothing then. */
  readonly separated?: ReadonlySet<string>;
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
  /** What the case says about using a contact point: attempts, safety blocks, orders, category. */
  readonly safety?: CaseSafety;
}

export interface Reach {
  /** Best first. */
  readonly ranked: readonly RankedContact[];
  /** In an order that says nothing about the values. */
  readonly withheld: readonly WithheldContact[];
  readonly whereabouts: WhereaboutsSummary | undefined;
  /** Whom to ring where no contact point is usable, nearest to him first; empty otherwise. */
  readonly openings: readonly Opening[];
  /** Who can best obtain a number, where no contact point is usable. */
  readonly bestPlaced?: BestPlaced;
}

/**
 * How do we reach him: every contact point of the subject's records, judged for whose it is, whether it still works and
 * whether using it is safe. Pure, and the same for every order and repetition of its input.
 */
export function reachSubject(question: ReachQuestion): Reach {
  return reachBy(WEIGHTS, question);
}

/** The same with other weights: for the command that fits them. */
export function reachBy(weights: ContactWeights, question: ReachQuestion): Reach {
  const { asOf, safety = {}, permits = permitAll } = question;
  const { his, candidates, unusable, marks } = gather(question);
  const situation = readSituation(his, asOf, permits);
  const { kept, withheld } = part(candidates, marks, question);
  const latestNotice = latestNoticeOf(candidates.filter(isShown), asOf);
  const slips = findSlips(kept.map(({ candidate, tried }) => ({ candidate, reached: tried.reachedOn !== undefined })));
  const shown = kept.flatMap(({ candidate }) => permittedOf(candidate));
  const writtenOn = datesOfRecords(shown, asOf);
  const judged = kept.map((one): JudgedCandidate => {
    const holdings = permittedOf(one.candidate);
    const { tried, required, ownership } = one;
    const slip = slips.of.get(one.candidate);
    const version = slips.versions.get(one.candidate);
    const writtenWrong = version === undefined ? [] : permittedOf(version);
    const facts = { shared: ownership.shared, tried, required, trialsOf: trialsBeside(one, kept) };
    const currency = judgeCurrency(
      { holdings, writtenWrong, writtenOn, situation, latestNotice, required, reachedOn: tried.reachedOn },
      weights,
    );
    const his = probabilityHis(holdings, facts, weights) * (slip === undefined ? 1 : LEFT_OF[slip]);
    return { ...one, currency, his, ...(slip === undefined ? {} : { slip }) };
  });
  const ranked = rank(judged, { situation, onHold: isOnHold(safety) }, weights);
  // While nobody is to contact him, nobody is to be sent to him either.
  const stopped = isOnHold(safety) || marks.everythingBlocked;
  const isMarked: OpeningFacts['isMarked'] = (kind, value) => isMarkedAsOthers(kind, value, marks, question.seal);
  const openings = stopped ? { openings: [] } : findOpenings({ records: his, ranked, situation, permits, isMarked });
  const heldBack = eachOnce([...unusable.map(withholdUnusable), ...withheld]);
  return { ranked, withheld: heldBack, whereabouts: situation.summary, ...openings };
}

/**
 * Parts what may be shown from what is held back. A value of a refused source is judged too: the home that a landline
 * rings in may be one that the asker may not see.
 */
function part(
  candidates: readonly Candidate[],
  marks: Marks,
  { asOf, safety = {}, seal }: ReachQuestion,
): { readonly kept: readonly Kept[]; readonly withheld: readonly WithheldContact[] } {
  const index = indexAttempts(safety.attempts ?? [], asOf);
  const judged = withLandlines(
    candidates.map((one) => ({ candidate: one, ownership: judgeOwnership(one, marks, seal) })),
  );
  const kept: Kept[] = [];
  const withheld: WithheldContact[] = [];
  for (const { candidate, ownership } of judged) {
    if (!isShown(candidate)) continue;
    const holdings = permittedOf(candidate);
    if ('withheld' in ownership) {
      withheld.push({ kind: candidate.kind, reason: ownership.withheld, sources: sourcesOf(holdings) });
      continue;
    }
    const tried = weighAttempts(index, ownership.seals, asOf, lastConfirmedOn(holdings, asOf));
    kept.push({ candidate, ownership, tried, required: isRequired(safety, ownership.seals, asOf) });
  }
  return { kept, withheld };
}

/** A landline that rings where a protected person lives is held back with the home. */
function withLandlines(judged: readonly Judged[]): readonly Judged[] {
  const homes = judged.flatMap(({ candidate, ownership }) =>
    'withheld' in ownership && ownership.withheld === 'location-of-protected-person' ? [candidate] : [],
  );
  if (homes.length === 0) return judged;
  return judged.map((one) =>
    'withheld' in one.ownership || !ringsInTheirHome(one.candidate, homes)
      ? one
      : { ...one, ownership: { withheld: 'location-of-protected-person' } },
  );
}

interface Judged {
  readonly candidate: Candidate;
  readonly ownership: Ownership;
}

const isShown = ({ holdings }: Candidate): boolean => holdings.some(({ permitted }) => permitted);

interface Kept {
  readonly candidate: Candidate;
  readonly ownership: Extract<Ownership, { readonly shared: boolean }>;
  readonly tried: Tried;
  readonly required: boolean;
}

/**
 * How often each agency was right about the other values of the same kind that it gives of him. Only values that are
 * shown count: a withheld one that lowered the rest would show through them (P4).
 */
function trialsBeside(one: Kept, all: readonly Kept[]): TrialsOf {
  const trials = new Map<AgencyId, { right: number; wrong: number }>();
  for (const other of all) {
    const verdict = verdictOf(other.tried);
    if (other === one || verdict === undefined || other.candidate.kind !== one.candidate.kind) continue;
    for (const agency of new Set(permittedOf(other.candidate).map(({ record }) => record.agency))) {
      const before = trials.get(agency) ?? { right: 0, wrong: 0 };
      trials.set(agency, { ...before, [verdict]: before[verdict] + 1 });
    }
  }
  return (agency) => trials.get(agency) ?? NEVER_TRIED;
}

const NEVER_TRIED = { right: 0, wrong: 0 } as const;

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
