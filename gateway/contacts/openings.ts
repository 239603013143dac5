import type { AgencyId, FieldId, IsoDate } from '../../schemas/names.ts';
import { OPENING_KINDS, type OpeningKind, type RankedContact } from '../../schemas/reach.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import type { ContactSource, Permits } from './candidate.ts';
import { daysBetween } from './dates.ts';
import { compareText } from './order.ts';
import { withoutMarked, type IsMarked, type Professional } from './professionals.ts';
import { arePlural, capital, sayAgencies } from './say-agencies.ts';
import type { Situation } from './whereabouts.ts';

/** Where no contact point is usable: who deals with him, and who can best obtain a number. */

export interface Opening {
  readonly kind: OpeningKind;
  readonly agency: AgencyId;
  /** The record and field that name the practitioner or the place: policy decides under that field. */
  readonly source: ContactSource & { readonly field: FieldId };
  /** Without any number or mailbox that somebody marks as another's. */
  readonly professional?: Professional;
  /** One sentence for the worker, without name, number or place. */
  readonly because: string;
}

export interface BestPlaced {
  readonly agency: AgencyId;
  readonly source: ContactSource & { readonly field: FieldId };
  readonly because: string;
}

export interface Openings {
  readonly openings: readonly Opening[];
  readonly bestPlaced?: BestPlaced;
}

/** Below this nobody should begin with it: three calls in four would reach nobody, or a stranger. ASSUMPTION. */
export const USABLE = 0.25;

export interface OpeningFacts {
  readonly records: readonly SourceRecord[];
  readonly ranked: readonly RankedContact[];
  readonly situation: Situation;
  readonly permits: Permits;
  readonly isMarked: IsMarked;
}

/**
 * The openings to him, nearest first; none where a contact point is usable, or he is recorded as dead. What is marked
 * as another's goes out of no officer's box (P4), see professionals.ts.
 */
export function findOpenings(facts: OpeningFacts): Openings {
  const { ranked, situation } = facts;
  if (situation.death !== undefined || ranked.some(isUsable)) return NONE;
  const found = facts.records
    .filter(({ restricted }) => restricted !== true)
    .flatMap((record) => openingsOf(record, facts).map((opening) => ({ opening, updated: record.lastUpdated ?? '' })))
    .sort(compareFound)
    .map(({ opening }) => opening);
  const openings = found.filter(
    ({ kind, agency }, at) => found.findIndex((each) => each.kind === kind && each.agency === agency) === at,
  );
  const bestPlaced = whoCanObtain(facts, openings);
  return { openings, ...(bestPlaced === undefined ? {} : { bestPlaced }) };
}

const NONE: Openings = { openings: [] };

/** A number or mailbox to begin with; an address alone needs somebody to go there, so it is none. */
function isUsable({ kind, probability, flags }: RankedContact): boolean {
  return kind !== 'address' && probability >= USABLE && !flags.includes('on-hold');
}

interface Found {
  readonly opening: Opening;
  readonly updated: string;
}

/** Of two officers of one agency the one in its newest record; the last resort is the text itself. */
function compareFound(a: Found, b: Found): number {
  return (
    OPENING_KINDS.indexOf(a.opening.kind) - OPENING_KINDS.indexOf(b.opening.kind) ||
    compareText(a.opening.agency, b.opening.agency) ||
    compareText(b.updated, a.updated) ||
    compareText(JSON.stringify(a.opening), JSON.stringify(b.opening))
  );
}

function openingsOf(record: SourceRecord, facts: OpeningFacts): Opening[] {
  const { recordId, agency, whereabouts, contacts } = record;
  const found: Opening[] = [];
  const add = (kind: OpeningKind, field: FieldId | undefined, professional?: Professional): void => {
    if (field === undefined || !facts.permits({ recordId, field })) return;
    const named = professional === undefined ? {} : { professional: withoutMarked(professional, facts.isMarked) };
    found.push({ kind, agency, source: { recordId, field }, because: sayOpening(kind, agency), ...named });
  };
  const inCustody = facts.situation.custody !== undefined && facts.situation.custody.state !== 'released';
  if (whereabouts?.custody !== undefined && inCustody) add('custody', whereabouts.field);
  for (const { kind, recordedAs, to, field } of contacts) {
    const isBed = kind === 'address' && recordedAs === 'hostel' && (to === undefined || to > facts.situation.asOf);
    if (isBed && isShown(field, recordId, facts)) add('hostel', field);
  }
  for (const { field, value } of record.values ?? []) {
    if (value.kind === 'professional') add(KIND_OF_FIELD[field] ?? 'service', field, value);
  }
  return found;
}

const KIND_OF_FIELD: Readonly<Partial<Record<FieldId, OpeningKind>>> = {
  'pro.officer': 'supervising-officer',
  'hou.officer': 'housing-officer',
  'chi.worker': 'social-worker',
  'hea.gp': 'practice',
};

/** A hostel that is withheld (a protected person lives there) is no opening either. */
function isShown(field: FieldId | undefined, recordId: string, { ranked }: OpeningFacts): boolean {
  return ranked.some(
    ({ kind, flags, sources }) =>
      kind === 'address' &&
      flags.includes('hostel') &&
      sources.some((source) => source.recordId === recordId && source.field === field),
  );
}

function sayOpening(kind: OpeningKind, agency: AgencyId): string {
  const who = capital(sayAgencies([agency]));
  const verb = arePlural([agency]) ? 'know' : 'knows';
  switch (kind) {
    case 'custody':
      return `${who} ${verb} him to be in custody: ask the prison to arrange a call or visit`;
    case 'supervising-officer':
      return `${who} ${arePlural([agency]) ? 'supervise' : 'supervises'} him: ask the officer when he is next seen, and to pass a message`;
    case 'hostel':
      return `${who} ${verb} him to be at a hostel: its staff can pass a message`;
    case 'housing-officer':
      return `${who} ${arePlural([agency]) ? 'house' : 'houses'} him: the officer may visit or write to him`;
    case 'social-worker':
      return `${who} ${arePlural([agency]) ? 'work' : 'works'} with his family: ask the worker first whether contact is safe`;
    case 'practice':
      return `${who} ${verb} where he is registered: the practice may pass a message and no more`;
    case 'service':
      return `${who} ${verb} a practitioner who deals with him: ask them to pass a message`;
  }
}

/** Dealing with him now beats a fresh file, and a fresh file an old one. */
function whoCanObtain(
  { records, permits, situation }: OpeningFacts,
  openings: readonly Opening[],
): BestPlaced | undefined {
  const [near] = openings.filter(({ kind }) => SEES_HIM.has(kind));
  if (near !== undefined) {
    const who = capital(sayAgencies([near.agency]));
    const because = `${who} ${arePlural([near.agency]) ? 'deal' : 'deals'} with him now, and can best ask him for a number`;
    return { agency: near.agency, source: near.source, because };
  }
  const [newest] = records
    .flatMap(({ recordId, agency, lastUpdated, contacts, restricted }) => {
      const [field] = contacts
        .flatMap((contact) => contact.field ?? [])
        .filter((each) => permits({ recordId, field: each }))
        .sort(compareText);
      if (field === undefined || lastUpdated === undefined || restricted === true || lastUpdated > situation.asOf)
        return [];
      return [{ agency, source: { recordId, field }, lastUpdated }];
    })
    .sort((a, b) => compareText(b.lastUpdated, a.lastUpdated) || compareText(a.source.recordId, b.source.recordId));
  if (newest === undefined || !isFresh(newest.lastUpdated, situation.asOf)) return undefined;
  const { agency, source } = newest;
  const verb = arePlural([agency]) ? 'have' : 'has';
  return {
    agency,
    source,
    because: `${capital(sayAgencies([agency]))} ${verb} the newest record of him, and can best obtain a number`,
  };
}

const SEES_HIM: ReadonlySet<OpeningKind> = new Set([
  'custody',
  'supervising-officer',
  'hostel',
  'housing-officer',
  'social-worker',
]);

/** A record nobody touched for a year is no sign that anybody deals with him. */
const isFresh = (updated: IsoDate, asOf: IsoDate): boolean => daysBetween(updated, asOf) <= 365;
