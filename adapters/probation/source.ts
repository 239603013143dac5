import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { FieldId } from '../../schemas/names.ts';
import { checked, tell, type Outcome } from '../https/answer.ts';
import { answerOfFailure, failed } from '../https/failure.ts';
import { makeHttpsSource } from '../https/source.ts';
import { replyOf, type Call } from './call.ts';
import { anyLimited, failuresOf, NO_DETAILS, readDetails } from './details.ts';
import { waysToFind, type Candidate } from './find.ts';
import { contradict, isLimited } from './identity.ts';
import { idsOf, restrictedRecord, TAKES, toRecord, type Subject } from './map.ts';
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
  const { name, baseUrl, tls, apiKey } = options;
  return makeHttpsSource({
    agency: 'probation',
    name,
    takes: TAKES,
    baseUrl,
    tls,
    headers: { 'x-api-key': apiKey },
    replyOf,
    answer: (question, limits, call) => answer(question, limits, { call, baseUrl }),
  });
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
