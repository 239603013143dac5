import type { AgencySource, SourceAnswer, SourceLimits, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import type { AgencyId, FieldId } from '../../schemas/names.ts';
import type { IDENTIFIER_TYPES, Person } from '../../schemas/person.ts';
import type { SourceCode, SourceOutcome } from '../../schemas/source-outcome.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { makeAgencyClient, type AgencyClientOptions } from '../https/agency-client.ts';
import { FIND_PATH } from './agent-server.ts';
import { couldBeSought, foldPostcode } from './agreement.ts';
import {
  findAnswerSchema,
  type FindAnswer,
  type FindRequest,
  type HeldContact,
  type HeldRecord,
  type SoughtPerson,
} from './held-record.ts';
import { makeTheirsTest, sealOthers } from './whose.ts';

/** The gateway's side of an extract: any agency that runs an extract agent is asked through this. */

export interface ExtractSourceOptions {
  readonly agency: AgencyId;
  readonly name: string;
  /** What the agency calls the system that the extract is taken from. */
  readonly system: string;
  readonly takes: readonly FieldId[];
  /** Identifier types by which the agency searches; no other is ever sent to it (P3). */
  readonly searchesBy: readonly (typeof IDENTIFIER_TYPES)[number][];
  /** Base address of the agent, its authority, and the gateway's own client certificate. */
  readonly client: AgencyClientOptions;
}

/** The agency's answer counts for this long at most; the pipeline may allow less. */
const RESPONSE_MS = 4_000;

/** Makes the source of one agency. It never throws out of `ask`: whatever goes wrong is an outcome (P7). */
export function makeExtractSource(options: ExtractSourceOptions): AgencySource {
  const client = makeAgencyClient(options.client);
  return {
    agency: options.agency,
    name: options.name,
    takes: options.takes,
    close: () => client.close(),
    ask: async (question, limits) => {
      const sought = soughtOf(question.subject, options.searchesBy);
      if (!isEnough(sought)) return none('not-asked', 'not-enough-known');
      const fields = question.fields.filter((field) => options.takes.includes(field));
      const response = await client.request({
        method: 'POST',
        path: FIND_PATH,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(requestOf(question, sought, fields)),
        ...limitsOf(limits),
      });
      if (!response.ok) return faultAnswer(response.error);
      if (response.value.status !== 200) return statusAnswer(response.value.status);
      const answer = findAnswerSchema.safeParse(response.value.json);
      return answer.success ? read(answer.data, sought, { question, fields, options }) : none('error', 'bad-answer');
    },
  };
}

function limitsOf({ signal, timeoutMs }: SourceLimits): SourceLimits {
  return { signal, timeoutMs: Math.max(1, Math.min(RESPONSE_MS, timeoutMs)) };
}

function none(outcome: SourceOutcome, code?: SourceCode): SourceAnswer {
  return { outcome, records: [], ...(code === undefined ? {} : { code }) };
}

function faultAnswer(fault: 'connect-failed' | 'deadline' | 'bad-answer' | 'server-error'): SourceAnswer {
  switch (fault) {
    case 'connect-failed':
      return none('unavailable', 'connect-failed');
    case 'deadline':
      return none('timed-out', 'deadline');
    case 'bad-answer':
      return none('error', 'bad-answer');
    case 'server-error':
      return none('unavailable', 'server-error');
  }
}

function statusAnswer(status: number): SourceAnswer {
  if (status === 401 || status === 403) return none('error', 'not-authorised');
  if (status === 429) return none('unavailable', 'rate-limited');
  return status >= 500 ? none('unavailable', 'server-error') : none('error', 'bad-answer');
}

/** Cuts the subject down to what the agency's search uses. */
function soughtOf(subject: Person, searchesBy: ExtractSourceOptions['searchesBy']): SoughtPerson {
  const dates = [subject.dateOfBirth, ...(subject.otherDatesOfBirth ?? [])];
  const postcodes = (subject.addresses ?? []).flatMap(({ postcode }) => (postcode === undefined ? [] : [postcode]));
  return {
    names: [...(subject.names ?? [])],
    datesOfBirth: dates.filter((date) => date !== undefined),
    ...(subject.sex === undefined ? {} : { sex: subject.sex }),
    identifiers: (subject.identifiers ?? []).filter(({ type }) => searchesBy.includes(type)),
    postcodes,
    phones: [...(subject.phones ?? [])],
    emails: [...(subject.emails ?? [])],
  };
}

function isEnough({ identifiers, names, datesOfBirth }: SoughtPerson): boolean {
  if (identifiers.length > 0) return true;
  const named = names.some(({ given, family }) => given !== undefined && family !== undefined);
  return named && datesOfBirth.some((date) => date.length === 10);
}

function requestOf(question: SourceQuestion, subject: SoughtPerson, fields: readonly FieldId[]): FindRequest {
  const { questionId, asOf, asker } = question;
  return { questionId, asOf, fields: [...fields], subject, asker: { ...asker } };
}

interface Reading {
  readonly question: SourceQuestion;
  readonly fields: readonly FieldId[];
  readonly options: ExtractSourceOptions;
}

function read(answer: FindAnswer, sought: SoughtPerson, reading: Reading): SourceAnswer {
  switch (answer.outcome) {
    case 'none-held':
      return none('none-held');
    case 'not-enough-known':
      return none('not-asked', 'not-enough-known');
    case 'too-many-matches':
      return none('withheld', 'too-many-matches');
    case 'stale-extract':
    case 'no-extract':
      return none('unavailable', 'stale-extract');
    case 'found':
      return readFound(answer.records, sought, reading);
  }
}

function readFound(held: readonly HeldRecord[], sought: SoughtPerson, reading: Reading): SourceAnswer {
  // One stranger among the records and none is believed: an agent that mixes up people may have mixed up contacts too.
  if (held.some((record) => !couldBeSought(sought, record))) return none('error', 'wrong-person');
  if (new Set(held.map(({ reference }) => reference)).size !== held.length) return none('error', 'bad-answer');
  const records = held.map((record) => recordFrom(record, reading));
  return { outcome: records.every(({ restricted }) => restricted === true) ? 'restricted' : 'found', records };
}

/** The record as the gateway may have it. The agent has dropped what was not asked for; here it is dropped again. */
function recordFrom(held: HeldRecord, { question, fields, options }: Reading): SourceRecord {
  const others = held.role === 'victim' ? allAsVictims(held) : held.othersContacts;
  const isTheirs = makeTheirsTest(others, question.seal);
  const asked = new Set(held.restricted ? [] : fields);
  const wanted = held.contacts.filter(({ field }) => asked.has(field));
  const contacts = wanted.filter((contact) => !isTheirs(contact)).map(contactFrom);
  // Said to be withheld only where nothing is left to show: what is shown must not hint at what is not.
  const emptied = wanted.map(({ field }) => field).filter((field) => contacts.every((one) => one.field !== field));
  const withheldFields = new Set([...held.withheldFields.filter((field) => asked.has(field)), ...emptied]);
  const theirPostcodes = new Set(
    others.flatMap(({ postcode }) => (postcode === undefined ? [] : [foldPostcode(postcode)])),
  );
  const postcodes = held.restricted ? [] : held.postcodes.filter((one) => !theirPostcodes.has(foldPostcode(one)));
  const id = (reference: string): string => `${options.agency}:${reference}`;
  const whereabouts = held.noFixedAbode;
  return {
    recordId: id(held.reference),
    agency: options.agency,
    system: options.system,
    ...(held.role === undefined ? {} : { role: held.role }),
    ...(held.supersedes.length === 0 ? {} : { supersedes: held.supersedes.map(id) }),
    ...(held.restricted ? { restricted: true } : {}),
    person: personFrom(held, postcodes),
    contacts,
    othersContacts: [...sealOthers(others, question.seal)],
    ...(whereabouts !== undefined && asked.has(whereabouts.field)
      ? { whereabouts: { field: whereabouts.field, noFixedAbode: true } }
      : {}),
    values: held.values.filter(({ field }) => asked.has(field)),
    ...(withheldFields.size === 0 ? {} : { withheldFields: [...withheldFields] }),
    ...(held.lastUpdated === undefined ? {} : { lastUpdated: held.lastUpdated }),
  };
}

/** A person whom the agency knows as a victim has no contact points to give, only ones to protect. */
function allAsVictims(held: HeldRecord): HeldRecord['othersContacts'] {
  const own = held.contacts.map(({ kind, value, postcode, uprn }) => ({
    kind,
    value,
    whose: 'victim' as const,
    ...(postcode === undefined ? {} : { postcode }),
    ...(uprn === undefined ? {} : { uprn }),
  }));
  return [...held.othersContacts, ...own];
}

function contactFrom({ postcode: _postcode, ...contact }: HeldContact): ContactPoint {
  return contact;
}

function personFrom(held: HeldRecord, postcodes: readonly string[]): Person {
  return {
    names: held.names,
    ...(held.dateOfBirth === undefined ? {} : { dateOfBirth: held.dateOfBirth }),
    ...(held.sex === undefined ? {} : { sex: held.sex }),
    identifiers: held.identifiers,
    ...(postcodes.length === 0 ? {} : { addresses: postcodes.map((postcode) => ({ postcode })) }),
  };
}
