import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { FieldId } from '../../schemas/names.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { makeAgencyClient, pathSegment, type AgencyClientOptions } from '../https/agency-client.ts';
import { answerOfFailure, failed, makeCall, worstOf, type Call, type Failed } from './call.ts';
import { readFamily } from './family.ts';
import { find, isChild, mayBeHim, nameOf, wantedOf, type Candidate, type Wanted } from './find.ts';
import { CHILDRENS_FIELDS, recordOf, restrictedRecord } from './map.ts';
import { compareNames } from './names.ts';
import { wireAdultSchema, type WireAdult } from './wire.ts';

/** A council's children's services, asked about an adult. See README.md for what each outcome means. */

export interface ChildrensSourceOptions {
  /** A name for people, for example "Riverton Children's Services". */
  readonly name: string;
  readonly baseUrl: string;
  readonly tls: AgencyClientOptions['tls'];
  readonly apiKey: string;
}

/** Makes the source. Nothing is connected until the first question. */
export function makeChildrensSource(options: ChildrensSourceOptions): AgencySource {
  const client = makeAgencyClient({ baseUrl: options.baseUrl, tls: options.tls });
  return {
    agency: 'childrens',
    name: options.name,
    takes: CHILDRENS_FIELDS,
    ask: async (question, limits) => {
      try {
        return await answer(question, limits, makeCall({ client, apiKey: options.apiKey, ...limits }));
      } catch {
        // The port never throws: a shape that nobody foresaw is an answer outside the contract.
        return answerOfFailure(failed('bad-answer'));
      }
    },
    close: () => client.close(),
  };
}

async function answer(question: SourceQuestion, limits: SourceLimits, call: Call): Promise<SourceAnswer> {
  const wanted = wantedOf(question.subject);
  if (wanted === undefined) return { outcome: 'not-asked', code: 'not-enough-known', records: [] };
  const found = await find(wanted, call);
  if (found.kind === 'failed') return answerOfFailure(found);
  const read = await Promise.all(found.candidates.map((candidate) => readCandidate(candidate, wanted, question, call)));
  if (limits.signal.aborted) return answerOfFailure(failed('deadline'));
  return tell(found.crowded ? [...read, { failures: [failed('too-many-matches')] }] : read);
}

/** What one candidate came to: a record, a failure, or a record of which a part failed. */
interface Outcome {
  readonly record?: SourceRecord;
  readonly failures: readonly Failed[];
}

async function readCandidate(
  { id, hit }: Candidate,
  wanted: Wanted,
  question: SourceQuestion,
  call: Call,
): Promise<Outcome> {
  const fields = new Set<FieldId>(question.fields);
  if (hit?.restricted === true) {
    return { record: restrictedRecord(id, hit, fields, wanted.dateOfBirth), failures: [] };
  }
  const adult = await readAdult(id, call);
  if ('kind' in adult) return { failures: [adult] };
  const names = namesOfAdult(adult);
  if (compareNames(names, wanted.names) === 'none') return { failures: [failed('wrong-person')] };
  // A child of his name is never he, whatever its record says of a birth date.
  if (isChild(adult.contextFlag) || !mayBeHim(names, adult.dateOfBirth, wanted)) return { failures: [] };
  if (adult.restricted) return { record: restrictedRecord(id, adult, fields, wanted.dateOfBirth), failures: [] };
  const family = await readFamily(id, fields, call);
  const record = recordOf(adult, family, hit === undefined, question, wanted.dateOfBirth);
  // A record outside our own contract is a bug here or a service beyond its contract: neither may pass.
  return sourceRecordSchema.safeParse(record).success
    ? { record, failures: family.failures }
    : { failures: [...family.failures, failed('bad-answer')] };
}

async function readAdult(id: string, call: Call): Promise<WireAdult | Failed> {
  const reply = await call(`/api/v1/residents/${pathSegment(id)}`);
  if (reply.kind === 'failed') return reply;
  // Named a moment ago and gone now: the service contradicts itself.
  if (reply.kind === 'none') return failed('bad-answer');
  const parsed = wireAdultSchema.safeParse(reply.json);
  if (!parsed.success) return failed('bad-answer');
  return parsed.data.id === id ? parsed.data : failed('wrong-person');
}

const namesOfAdult = ({ firstName, lastName, otherNames }: WireAdult) => [
  nameOf(firstName, lastName),
  ...(otherNames ?? []).map((other) => nameOf(other.firstName, other.lastName)),
];

/**
 * One answer of all candidates. `found` with a code is incomplete: the code says why a part is missing, and nothing
 * that is missing may be read as "none" (P7).
 */
function tell(outcomes: readonly Outcome[]): SourceAnswer {
  const records = outcomes.flatMap(({ record }) => (record === undefined ? [] : [record]));
  const worst = worstOf(outcomes.flatMap(({ failures }) => failures));
  if (records.length === 0) return worst === undefined ? { outcome: 'none-held', records } : answerOfFailure(worst);
  if (records.every(({ restricted }) => restricted === true)) {
    return { outcome: 'restricted', code: worst?.code ?? 'limited-access', records };
  }
  return {
    outcome: 'found',
    records,
    ...(worst === undefined ? {} : { code: worst.code }),
    ...(worst?.retryAfterMs === undefined ? {} : { retryAfterMs: worst.retryAfterMs }),
  };
}
