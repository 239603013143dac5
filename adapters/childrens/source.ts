import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { FieldId } from '../../schemas/names.ts';
import { answerOf, NOT_ENOUGH_KNOWN } from '../council/candidates.ts';
import { compareNames } from '../council/names.ts';
import { mayBeHim, nameOf } from '../council/wanted.ts';
import { pathSegment, type AgencyClientOptions } from '../https/agency-client.ts';
import { checked, type Outcome } from '../https/answer.ts';
import { read } from '../https/calls.ts';
import { failed, type Failed } from '../https/failure.ts';
import { makeHttpsSource } from '../https/source.ts';
import { replyOf, type Call } from './call.ts';
import { readFamily } from './family.ts';
import { find, isChild, wantedOf, type Candidate, type Wanted } from './find.ts';
import { CHILDRENS_FIELDS, recordOf, restrictedRecord } from './map.ts';
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
  return makeHttpsSource({
    agency: 'childrens',
    name: options.name,
    takes: CHILDRENS_FIELDS,
    baseUrl: options.baseUrl,
    tls: options.tls,
    headers: { 'x-api-key': options.apiKey },
    replyOf,
    answer,
  });
}

async function answer(question: SourceQuestion, limits: SourceLimits, call: Call): Promise<SourceAnswer> {
  const wanted = wantedOf(question.subject);
  if (wanted === undefined) return NOT_ENOUGH_KNOWN;
  const found = await find(wanted, call);
  return answerOf(found, limits.signal, (candidate) => readCandidate(candidate, wanted, question, call));
}

async function readCandidate(
  { id, hit, throughChild }: Candidate,
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
  const record = recordOf(adult, family, throughChild, question, wanted.dateOfBirth);
  return checked({ record, failures: family.failures });
}

async function readAdult(id: string, call: Call): Promise<WireAdult | Failed> {
  const adult = await read(call, `/api/v1/residents/${pathSegment(id)}`, wireAdultSchema);
  if (adult.kind === 'failed') return adult;
  // Named a moment ago and gone now: the service contradicts itself.
  if (adult.kind === 'none') return failed('bad-answer');
  return adult.value.id === id ? adult.value : failed('wrong-person');
}

const namesOfAdult = ({ firstName, lastName, otherNames }: WireAdult) => [
  nameOf(firstName, lastName),
  ...(otherNames ?? []).map((other) => nameOf(other.firstName, other.lastName)),
];
