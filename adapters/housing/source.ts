import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { FieldId } from '../../schemas/names.ts';
import type { Address } from '../../schemas/person.ts';
import { answerOf, NOT_ENOUGH_KNOWN } from '../council/candidates.ts';
import { compareNames } from '../council/names.ts';
import { mayBeHim, nameOf } from '../council/wanted.ts';
import type { AgencyClientOptions } from '../https/agency-client.ts';
import { checked, type Outcome } from '../https/answer.ts';
import { failed, type Failed } from '../https/failure.ts';
import { makeHttpsSource } from '../https/source.ts';
import { replyOf, type Call } from './call.ts';
import { readDetails, readPerson, type Details } from './details.ts';
import { find, wantedOf, type Candidate, type Wanted } from './find.ts';
import { HOUSING_FIELDS, recordOf, restrictedRecord } from './map.ts';
import { placesOf } from './tenures.ts';
import type { WirePerson } from './wire.ts';

/** A council or housing association, asked through its read services. See README.md for what each outcome means. */

export interface HousingSourceOptions {
  /** A name for people, for example "Riverton Homes". */
  readonly name: string;
  readonly baseUrl: string;
  readonly tls: AgencyClientOptions['tls'];
  /** Bearer JWT that the landlord issued to our service. */
  readonly token: string;
}

/** Makes the source. Nothing is connected until the first question. */
export function makeHousingSource(options: HousingSourceOptions): AgencySource {
  return makeHttpsSource({
    agency: 'housing',
    name: options.name,
    takes: HOUSING_FIELDS,
    baseUrl: options.baseUrl,
    tls: options.tls,
    headers: { authorization: `Bearer ${options.token}` },
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
  candidate: Candidate,
  wanted: Wanted,
  question: SourceQuestion,
  call: Call,
): Promise<Outcome> {
  const fields = new Set<FieldId>(question.fields);
  const restricted = { record: restrictedRecord(candidate.hit, fields, wanted.dateOfBirth), failures: [] };
  const person = await readPerson(candidate.hit.id, call);
  if (person.kind === 'limited') return restricted;
  if (person.kind === 'failed') return { failures: [person] };
  // Found a moment ago and gone now: the services contradict each other.
  if (person.kind !== 'held') return { failures: [failed('bad-answer')] };
  const names = namesOfPerson(person.value);
  if (compareNames(names, wanted.names) === 'none') return { failures: [failed('wrong-person')] };
  const atHome = candidate.byAddress && livesAt(person.value, wanted.addresses);
  if (!mayBeHim(names, person.value.dateOfBirth, wanted, atHome)) return { failures: [] };
  const details = await readDetails(person.value, fields, call);
  if (isLimited(details)) return restricted;
  const record = recordOf(person.value, details, question, wanted.dateOfBirth);
  return checked({ record, failures: failuresOf(details) });
}

const namesOfPerson = (person: WirePerson) => [
  nameOf(person.firstName, person.surname),
  nameOf(person.preferredFirstName ?? person.firstName, person.preferredSurname ?? person.surname),
];

/** By the property's number, or by postcode where the subject's home is known without one. */
function livesAt(person: WirePerson, addresses: readonly Address[]): boolean {
  const bare = (text: string): string => text.replace(/\s/g, '').toUpperCase();
  const places = placesOf(person);
  return addresses.some(({ uprn, postcode }) =>
    uprn === undefined
      ? postcode !== undefined && places.some((place) => bare(place.postcode ?? '') === bare(postcode))
      : places.some((place) => place.uprn === uprn),
  );
}

/** A sensitive tenant may be blocked in one service and not yet in another: one refusal is enough. */
const isLimited = ({ contacts, tenures }: Details): boolean =>
  contacts.kind === 'limited' || [...tenures.values()].some(({ kind }) => kind === 'limited');

const failuresOf = ({ contacts, tenures, alerts }: Details): Failed[] =>
  [contacts, ...tenures.values(), alerts].filter((detail) => detail.kind === 'failed');
