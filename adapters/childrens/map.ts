import type { SourceQuestion } from '../../gateway/ports/agency-source.ts';
import { carryContacts } from '../records/carry-contacts.ts';
import type { SealedContact } from '../../schemas/contact-point.ts';
import type { DisclosableValue, FieldValue } from '../../schemas/disclosable-value.ts';
import type { FieldId, IsoDate } from '../../schemas/names.ts';
import type { Person, PersonName } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { birthDateOf, dayOf } from '../council/dates.ts';
import { distinctSeals, nobodyElses } from '../council/seals.ts';
import { squeezed } from '../council/text.ts';
import { homeOf, ownEmailsOf, phonesOf, placeOf, sealsOf } from './contacts.ts';
import { caseFacts, workerOf, type CaseFacts } from './facts.ts';
import type { Family } from './family.ts';
import type { WireAdult, WireAdultHit } from './wire.ts';

/** The adult as the service tells him, made into a record of ours: the fields that were asked for and no other (P3). */

/** The allow-list. There is no field for his telephone: his numbers serve matching only and are never released. */
export const CHILDRENS_FIELDS = [
  'chi.lcs_id',
  'chi.name',
  'chi.dob',
  'chi.address',
  'chi.plan',
  'chi.s47',
  'chi.worker',
] as const satisfies readonly FieldId[];

const AGENCY = 'childrens';
const SYSTEM = 'social-care';

const recordIdOf = (id: string): string => `${AGENCY}:${id}`;

/** A resident whose record is restricted: who it is, for matching, and that the rest is withheld. */
export function restrictedRecord(
  id: string,
  who: Pick<WireAdultHit, 'firstName' | 'lastName' | 'dateOfBirth'>,
  fields: ReadonlySet<FieldId>,
  asked: IsoDate,
): SourceRecord {
  const withheldFields = CHILDRENS_FIELDS.filter((field) => fields.has(field));
  return {
    recordId: recordIdOf(id),
    agency: AGENCY,
    system: SYSTEM,
    restricted: true,
    person: identityOf(id, who, [], asked),
    contacts: [],
    ...(withheldFields.length === 0 ? {} : { withheldFields }),
  };
}

/**
 * One record of one man.
 * @param family what was read about him; a field whose read failed is named as unanswered, and the answer's code says why
 * @param asked the birth date that was asked for
 */
export function recordOf(
  adult: WireAdult,
  family: Family,
  throughChild: boolean,
  question: SourceQuestion,
  asked: IsoDate,
): SourceRecord {
  const fields = new Set(question.fields);
  const wantsContacts = fields.has('chi.address');
  const phones = wantsContacts ? phonesOf(adult, question.seal) : { own: [], others: [] };
  const others = distinctSeals([
    ...phones.others,
    ...family.others.flatMap(({ whose, other }) => sealsOf(other, whose, question.seal)),
  ]);
  const facts = caseFacts(family.statuses, family.allStatuses, question.asOf);
  const values = valuesOf(adult, family, facts, asked).filter(({ field }) => fields.has(field));
  // Nobody can be reached at a dead man's home but his family, who may be the people he harmed.
  const alive = squeezed(adult.dateOfDeath) === '';
  const home = wantsContacts && alive ? homeOf(adult) : undefined;
  const { carried, cut } = carryContacts(home === undefined || family.unseen ? [] : [home], others);
  const unanswered = [
    ...(cut ? ['chi.address'] : []),
    ...(home !== undefined && family.unseen ? ['chi.address'] : []),
    ...facts.unanswered,
    ...(family.allAllocations ? [] : ['chi.worker']),
  ].filter((field) => fields.has(field));
  const lastUpdated = latestOf(adult);
  return {
    recordId: recordIdOf(adult.id),
    agency: AGENCY,
    system: SYSTEM,
    ...(throughChild || family.childIds.length > 0 ? { role: 'parent' as const } : {}),
    person: {
      ...identityOf(adult.id, adult, adult.otherNames ?? [], asked),
      ...sexOf(adult),
      ...matchingOf(adult, wantsContacts ? phones.own : [], wantsContacts ? ownEmailsOf(adult) : [], others, question),
    },
    ...carried,
    ...(values.length === 0 ? {} : { values }),
    ...(unanswered.length === 0 ? {} : { unansweredFields: unanswered }),
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
}

type Named = Pick<WireAdultHit, 'firstName' | 'lastName'>;

function nameFrom({ firstName, lastName }: Named): PersonName | undefined {
  const [given, family] = [squeezed(firstName).slice(0, 100), squeezed(lastName).slice(0, 100)];
  if (given === '' && family === '') return undefined;
  return { ...(given === '' ? {} : { given }), ...(family === '' ? {} : { family }) };
}

function identityOf(
  id: string,
  who: Pick<WireAdultHit, 'firstName' | 'lastName' | 'dateOfBirth'>,
  otherNames: readonly { firstName?: string | null | undefined; lastName?: string | null | undefined }[],
  asked: IsoDate,
): Person {
  const current = nameFrom(who);
  const aliases = otherNames.flatMap(({ firstName, lastName }) => nameFrom({ firstName, lastName }) ?? []);
  const names: PersonName[] = [
    ...(current === undefined ? [] : [{ ...current, type: 'current' as const }]),
    ...aliases.map((alias) => ({ ...alias, type: 'alias' as const })),
  ];
  const dateOfBirth = birthDateOf(who.dateOfBirth, asked);
  return {
    identifiers: [{ type: 'LCS', value: id }],
    ...(names.length === 0 ? {} : { names: names.slice(0, 40) }),
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
  };
}

function sexOf({ gender }: WireAdult): Pick<Person, 'sex'> {
  const word = squeezed(gender).toLowerCase();
  if (word === 'm' || word === 'male') return { sex: 'male' };
  return word === 'f' || word === 'female' ? { sex: 'female' } : {};
}

/** What is his and nobody else's may speak for who he is. */
function matchingOf(
  adult: WireAdult,
  phones: readonly string[],
  emails: readonly string[],
  others: readonly SealedContact[],
  { seal }: SourceQuestion,
): Person {
  const isHis = nobodyElses(others, seal);
  const addresses = placeOf(adult);
  const his = {
    phones: phones.filter((value) => isHis('phone', value)),
    emails: emails.filter((value) => isHis('email', value)),
  };
  return {
    ...(addresses.length === 0 ? {} : { addresses }),
    ...(his.phones.length === 0 ? {} : { phones: his.phones.slice(0, 40) }),
    ...(his.emails.length === 0 ? {} : { emails: his.emails.slice(0, 20) }),
  };
}

function valuesOf(adult: WireAdult, family: Family, facts: CaseFacts, asked: IsoDate): FieldValue[] {
  const name = nameFrom(adult);
  const dateOfBirth = birthDateOf(adult.dateOfBirth, asked);
  const worker = workerOf(family.allocations, adult.allocatedTeam);
  const value = (field: FieldId, held: DisclosableValue | undefined): FieldValue[] =>
    held === undefined ? [] : [{ field, value: held }];
  return [
    ...value('chi.lcs_id', { kind: 'identifier', value: adult.id }),
    ...value('chi.name', name === undefined ? undefined : { kind: 'name', ...name }),
    ...value('chi.dob', dateOfBirth === undefined ? undefined : { kind: 'date-of-birth', date: dateOfBirth }),
    ...facts.values,
    ...value('chi.worker', worker),
  ];
}

function latestOf({ lastUpdated }: WireAdult): IsoDate | undefined {
  return (lastUpdated ?? [])
    .flatMap(({ updatedAt }) => dayOf(updatedAt) ?? [])
    .sort()
    .at(-1);
}
