import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { FieldId } from '../../schemas/names.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { makeAgencyClient } from '../https/agency-client.ts';
import { answerOfFailure, failed, makeCall, worstOf, type Call, type Failed } from './call.ts';
import { anyLimited, failuresOf, NO_DETAILS, readDetails } from './details.ts';
import { waysToFind, type Candidate } from './find.ts';
import { contradict, isLimited } from './identity.ts';
import { idsOf, restrictedRecord, TAKES, toRecord, type Mapped, type Subject } from './map.ts';
import { openPerson, type Opened } from './person.ts';

/** Probation and prison, asked through the HMPPS External API. See README.md for what each outcome means. */

export interface ProbationSourceOptions {
  /** A name for people, for example "Riverton Probation". */
  readonly name: string;
  readonly baseUrl: string;
  /** PEM: the authority of the API's certificate, and the registered client certificate with its key. */
  readonly tls: { readonly ca: string; readonly cert: string; readonly key: string };
  /** The key that was issued together with the certificate. */
  readonly apiKey: string;
}

/** Makes the source. Nothing is connected until the first question. */
export function makeProbationSource(options: ProbationSourceOptions): AgencySource {
  const client = makeAgencyClient({ baseUrl: options.baseUrl, tls: options.tls });
  return {
    agency: 'probation',
    name: options.name,
    takes: TAKES,
    ask: (question, limits) => {
      const call = makeCall({ client, apiKey: options.apiKey, signal: limits.signal, timeoutMs: limits.timeoutMs });
      return answer(question, limits, { call, baseUrl: options.baseUrl });
    },
    close: () => client.close(),
  };
}

interface Api {
  readonly call: Call;
  readonly baseUrl: string;
}

async function answer(question: SourceQuestion, limits: SourceLimits, api: Api): Promise<SourceAnswer> {
  const ways = waysToFind(question.subject, question.asOf, api.call);
  if (ways.length === 0) return { outcome: 'not-asked', code: 'not-enough-known', records: [] };
  for (const way of ways) {
    const found = await way();
    if (found.kind === 'failed') return answerOfFailure(found);
    if (found.kind === 'too-many') return { outcome: 'withheld', code: 'too-many-matches', records: [] };
    const mapped = await Promise.all(found.candidates.map((candidate) => mapCandidate(candidate, question, api)));
    const told = tell(mapped.flat());
    if (told !== undefined) return told;
  }
  return limits.signal.aborted ? answerOfFailure(failed('deadline')) : { outcome: 'none-held', records: [] };
}

/** What one candidate came to: a record, a failure, or a record of which a part failed. */
interface Outcome {
  readonly record?: Mapped['record'];
  readonly failures: readonly Failed[];
}

async function mapCandidate(candidate: Candidate, question: SourceQuestion, api: Api): Promise<Outcome[]> {
  const fields = new Set<FieldId>(question.fields);
  if (candidate.limited) return [{ record: restrictedRecord(candidate.id, candidate.hits, fields), failures: [] }];
  const opening = await openPerson(candidate.id, api.call, api.baseUrl);
  if (opening.kind === 'none') return [];
  if (opening.kind === 'failed') return [{ failures: [opening] }];
  if (opening.kind === 'limited') {
    return [{ record: restrictedRecord(candidate.id, candidate.hits, fields), failures: [] }];
  }
  return mapOpened(opening, question, fields, api);
}

async function mapOpened(
  opened: Opened,
  question: SourceQuestion,
  fields: ReadonlySet<FieldId>,
  api: Api,
): Promise<Outcome[]> {
  const { probation, prison, supersedes } = opened;
  const halves = [probation, prison].filter((half) => half !== undefined);
  const ids = idsOf(halves);
  const [id] = ids;
  if (id === undefined) return [{ failures: [failed('bad-answer')] }];
  if (halves.some(isLimited)) return [{ record: restrictedRecord(id, halves, fields), failures: [] }];
  if (probation !== undefined && prison !== undefined && contradict(probation, prison)) {
    return halves.map((half) => unsure({ halves: [half], supersedes: [] }, question));
  }
  const details = await readDetails(id, [...ids, ...supersedes], fields, api.call);
  if (anyLimited(details)) return [{ record: restrictedRecord(id, halves, fields), failures: [] }];
  const mapped = toRecord({ halves, supersedes }, details, question);
  return [checked({ record: mapped.record, failures: [...mapped.failures, ...failuresOf(details)] })];
}

/**
 * Two registers joined by one id that describe two different men: each is said by itself, and nothing is read that the
 * API would answer for both at once, since nobody could tell whose it is (P5).
 */
function unsure(subject: Subject, question: SourceQuestion): Outcome {
  const { record } = toRecord(subject, NO_DETAILS, question);
  return checked({ record, failures: [failed('wrong-person')] });
}

/** A record outside our own contract is a bug in the mapping or a source beyond its contract: neither may pass. */
function checked(outcome: Outcome): Outcome {
  return sourceRecordSchema.safeParse(outcome.record).success
    ? outcome
    : { failures: [...outcome.failures, failed('bad-answer')] };
}

/**
 * One answer of all candidates, or undefined where they came to nothing. `found` with a code is incomplete: the code
 * says why a part of it is missing, and nothing that is missing may be read as "none" (P7).
 */
function tell(outcomes: readonly Outcome[]): SourceAnswer | undefined {
  const records = outcomes.flatMap(({ record }) => (record === undefined ? [] : [record]));
  const worst = worstOf(outcomes.flatMap(({ failures }) => failures));
  if (records.length === 0) return worst === undefined ? undefined : answerOfFailure(worst);
  if (records.every((record) => record.restricted === true)) {
    return { outcome: 'restricted', code: worst?.code ?? 'limited-access', records: unique(records) };
  }
  return {
    outcome: 'found',
    records: unique(records),
    ...(worst === undefined ? {} : { code: worst.code }),
    ...(worst?.retryAfterMs === undefined ? {} : { retryAfterMs: worst.retryAfterMs }),
  };
}

/** Two hits may lead to one survivor of a merge. */
function unique(records: readonly Mapped['record'][]): Mapped['record'][] {
  return [...new Map(records.map((record) => [record.recordId, record])).values()];
}
