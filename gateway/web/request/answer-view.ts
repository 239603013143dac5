import type { Disclosure, ReleasedContact, ReleasedOpening } from '../../../schemas/answer.ts';
import type { ContactKind } from '../../../schemas/contact-point.ts';
import type { Obligations } from '../../../schemas/decision.ts';
import type { AgencyId, FieldId } from '../../../schemas/names.ts';
import type { OpeningKind } from '../../../schemas/reach.ts';
import { sayDay } from '../layout/say-date.ts';
import { ATTENTION_WORDS, FLAG_WORDS, sayLikely, type FlagWords } from './say-flag.ts';
import { sayValue } from './say-value.ts';

/** The page "Contact details" made of an answer: nothing enters it that the answer does not hold (P4). */

export interface AnswerNames {
  readonly nameOfAgency: (agency: AgencyId) => string;
  readonly labelOf: (field: FieldId) => string;
  /** Where to record what happened with a contact; undefined where this person may not record it. */
  readonly recordHref: (contact: ReleasedContact) => string | undefined;
  /** Where to say whose a record is; undefined where this person may not. */
  readonly judgeHref: (record: string) => string | undefined;
}

interface Card {
  readonly title: string;
  readonly lines: readonly string[];
  readonly likely: string;
  readonly because: string;
  readonly sources: readonly string[];
  readonly lastConfirmed: string;
  readonly flags: readonly FlagWords[];
  readonly recordHref?: string;
}

const KIND_WORDS: Readonly<Record<ContactKind, string>> = {
  phone: 'Telephone number',
  email: 'E-mail address',
  address: 'Address',
};

const OPENING_WORDS: Readonly<Record<OpeningKind, string>> = {
  custody: 'The prison',
  'supervising-officer': 'Probation practitioner',
  hostel: 'The hostel',
  'housing-officer': 'Housing officer',
  'social-worker': 'Social worker',
  service: 'A service that deals with this person',
  practice: 'The practice',
};

/** What the template shows, in its order. */
export function answerView(disclosure: Disclosure, names: AnswerNames) {
  const { contacts, openings = [], sources, identity, withheldContacts, withheldFields, whereabouts } = disclosure;
  const { nameOfAgency } = names;
  return {
    summary: disclosure.summary,
    askedAt: disclosure.askedAt,
    sources: sources.map(({ name, outcome, sentence }) => ({ name, sentence, ...OUTCOME_TAGS[outcome] })),
    cards: contacts.map((contact) => cardOf(contact, names)),
    isEmpty: contacts.length === 0,
    openings: openings.map((opening) => openingOf(opening, names)),
    bestPlaced: placedOf(disclosure, nameOfAgency),
    whereabouts: whereabouts?.sentence,
    withheld: withheldContacts.map(({ kind, agencies, sentence }) => ({
      kind: KIND_WORDS[kind],
      agencies: agencies.map(nameOfAgency).join(', '),
      sentence,
    })),
    identitySummary: identity.summary,
    judged: identity.records.map((record) => ({
      ...judgedOf(record, nameOfAgency),
      judgeHref: names.judgeHref(record.record),
    })),
    attention: identity.needsAttention.map(({ reason }) => ATTENTION_WORDS[reason]),
    records: disclosure.records
      .filter(({ fields }) => fields.length > 0)
      .map((record) => recordOf(record, nameOfAgency)),
    notShown: withheldFields.map(({ label, because }) => ({ label, because })),
    obligations: sayObligations(disclosure.obligations),
    isLoneWorking: disclosure.obligations.loneWorkingCheck === true,
  };
}

function cardOf(contact: ReleasedContact, { nameOfAgency, labelOf, recordHref }: AnswerNames): Card {
  const { rank, kind, value, probability, because, flags, lastConfirmed, sources } = contact;
  const href = recordHref(contact);
  return {
    title: `${rank}. ${KIND_WORDS[kind]}`,
    lines: sayValue(value),
    likely: sayLikely(probability),
    because,
    sources: sources.map(({ agency, field, asAt }) => `${nameOfAgency(agency)}: ${labelOf(field)}${updated(asAt)}`),
    lastConfirmed: lastConfirmed === undefined ? 'No source says when it was last confirmed' : sayDay(lastConfirmed),
    flags: flags.map((flag) => FLAG_WORDS[flag]),
    ...(href === undefined ? {} : { recordHref: href }),
  };
}

const updated = (asAt: string | undefined): string => (asAt === undefined ? '' : `, last updated on ${sayDay(asAt)}`);

function openingOf({ kind, professional, because, sources, agency }: ReleasedOpening, names: AnswerNames) {
  return {
    title: OPENING_WORDS[kind],
    agency: names.nameOfAgency(agency),
    lines: professional === undefined ? [] : sayValue(professional),
    because,
    sources: sources.map(({ field, asAt }) => `${names.labelOf(field)}${updated(asAt)}`),
  };
}

function placedOf({ bestPlaced }: Disclosure, nameOfAgency: AnswerNames['nameOfAgency']) {
  return bestPlaced === undefined
    ? undefined
    : { agency: nameOfAgency(bestPlaced.agency), because: bestPlaced.because };
}

/** A record that is his or may be, in words without a value. */
export function judgedOf(
  { record, agency, judged, evidence }: Disclosure['identity']['records'][number],
  nameOfAgency: AnswerNames['nameOfAgency'],
) {
  return {
    name: `${nameOfAgency(agency)}, record ${record.split('-').at(-1) ?? ''}`,
    judged:
      judged === 'subject' ? 'Judged to be this person’s' : 'May be this person’s: not used until somebody confirms it',
    evidence: evidence.map(({ because, bits }) => `${bits < 0 ? 'Against: ' : ''}${because}`),
  };
}

function recordOf(
  { agency, fields, record, lastUpdated }: Disclosure['records'][number],
  nameOfAgency: AnswerNames['nameOfAgency'],
) {
  return {
    title: `${nameOfAgency(agency)}, record ${record.split('-').at(-1) ?? ''}`,
    lastUpdated: lastUpdated === undefined ? undefined : sayDay(lastUpdated),
    rows: fields.map(({ label, value, asAt, nature, because }) => ({
      label,
      lines: sayValue(value),
      about: `${NATURE_WORDS[nature]}${updated(asAt)}`,
      because,
    })),
  };
}

const NATURE_WORDS = { fact: 'A fact', assessment: 'An assessment', opinion: 'An opinion' } as const;

const OUTCOME_TAGS = {
  found: { tag: 'Answered', colour: 'green' },
  'none-held': { tag: 'Not found', colour: 'grey' },
  withheld: { tag: 'Holds back', colour: 'purple' },
  restricted: { tag: 'Restricted', colour: 'purple' },
  'timed-out': { tag: 'Did not answer', colour: 'red' },
  unavailable: { tag: 'Did not answer', colour: 'red' },
  error: { tag: 'Did not answer', colour: 'red' },
  'not-asked': { tag: 'Not asked', colour: 'grey' },
} as const;

function sayObligations({ retainMonths, onward, loneWorkingCheck }: Obligations): readonly string[] {
  return [
    ...(onward === undefined ? [] : [ONWARD_WORDS[onward]]),
    ...(retainMonths === undefined ? [] : [`What you write down of it is kept ${retainMonths} months at most.`]),
    ...(loneWorkingCheck === true ? ['Do your organisation’s lone-working check before you meet this person.'] : []),
  ];
}

const ONWARD_WORDS = {
  none: 'It is for you and this purpose: pass it on to nobody.',
  'owner-consent': 'Pass it on only when the agency that owns it has agreed.',
  'case-team': 'Pass it on to nobody outside this case’s team.',
} as const;
