import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import type { ContactSource, Permits } from './candidate.ts';
import { sourceOf } from './candidate.ts';
import { later, sayDate } from './dates.ts';
import { compareText } from './order.ts';
import { arePlural, capital, sayAgencies } from './say-agencies.ts';

/**
 * Has he died, as far as a source says so. A call then reaches a grieving family, who may be the people he harmed, or
 * whoever has the number now. A record of death may be wrong, and another man's death may stand in his record: so it is
 * always said, and takes nothing away but the likelihood.
 */
export interface Death {
  /** That record him as dead, in a fixed order; at least one. */
  readonly agencies: readonly AgencyId[];
  /** Who says since when, what speaks against it, and what to do: for one who may see where he is in full. */
  readonly because: string;
  readonly sources: readonly ContactSource[];
}

/** A record that says so, and where. */
interface Statement {
  readonly agency: AgencyId;
  readonly source: ContactSource;
  readonly on?: IsoDate;
  readonly formal: boolean;
}

/** Different accounts beyond these say the same over again, and a sentence has to end. */
const SAID_MAX = 2;

/** Reads whether he has died from those of his records whose whereabouts the asker may see; undefined where none says it. */
export function readDeath(records: readonly SourceRecord[], asOf: IsoDate, permits: Permits): Death | undefined {
  const statements = records.flatMap((record) => statementOf(record, permits));
  if (statements.length === 0) return undefined;
  const said = new Map<string, AgencyId[]>();
  for (const one of statements) {
    const words = sayDeath(one);
    said.set(words, [...(said.get(words) ?? []), one.agency]);
  }
  const clauses = [...said]
    .map(([words, agencies]) => ({ words, agencies: distinct(agencies) }))
    .sort((a, b) => compareText(a.agencies.join(' '), b.agencies.join(' ')) || compareText(a.words, b.words))
    .slice(0, SAID_MAX)
    .map(({ words, agencies }) => sayRecorded(agencies, words));
  const sources = [...new Map(statements.map(({ source }) => [nameOf(source), source]))]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, source]) => source);
  const because = `${capital(clauses.join('; '))}.${sayNewer(records, statements, asOf, permits)} ${BEFORE_CONTACT}`;
  return { agencies: distinct(statements.map(({ agency }) => agency)), because, sources };
}

/** What a worker does who reads that he has died. */
export const BEFORE_CONTACT = 'Speak to your manager before any contact.';

/** For a contact point: who says it, without the day. */
export function sayDead({ agencies }: Death): string {
  return sayRecorded(agencies, ' that he has died');
}

function statementOf({ recordId, agency, restricted, whereabouts }: SourceRecord, permits: Permits): Statement[] {
  if (whereabouts?.died === undefined || restricted === true) return [];
  const source = { recordId, field: whereabouts.field };
  const { on, formal } = whereabouts.died;
  return permits(source) ? [{ agency, source, formal: formal !== false, ...(on === undefined ? {} : { on }) }] : [];
}

function sayRecorded(agencies: readonly AgencyId[], words: string): string {
  return `${sayAgencies(agencies)} ${arePlural(agencies) ? 'record' : 'records'}${words}`;
}

/** An informal notice is one that no registrar has confirmed. */
function sayDeath({ on, formal }: Statement): string {
  return `${formal ? '' : ', not yet formally,'} that he ${on === undefined ? 'has died' : `died on ${sayDate(on)}`}`;
}

/** That another source went on with its record of him is a reason to ask, never to believe either. */
function sayNewer(
  records: readonly SourceRecord[],
  statements: readonly Statement[],
  asOf: IsoDate,
  permits: Permits,
): string {
  const died = statements.reduce<IsoDate | undefined>((day, { on }) => later(day, on), undefined);
  if (died === undefined) return '';
  const saying = new Set(statements.map(({ agency }) => agency));
  const newer = records.filter(
    (record) =>
      !saying.has(record.agency) &&
      record.lastUpdated !== undefined &&
      record.lastUpdated > died &&
      record.lastUpdated <= asOf &&
      isSeen(record, permits),
  );
  if (newer.length === 0) return '';
  const agencies = distinct(newer.map(({ agency }) => agency));
  return newer.length === 1
    ? ` A newer record of ${sayAgencies(agencies)} does not say so.`
    : ` Newer records of ${sayAgencies(agencies)} do not say so.`;
}

function isSeen(record: SourceRecord, permits: Permits): boolean {
  if (record.restricted === true) return false;
  const { contacts, whereabouts, recordId } = record;
  const place = whereabouts === undefined ? [] : [{ recordId, field: whereabouts.field }];
  return [...contacts.map((contact) => sourceOf(record, contact)), ...place].some(permits);
}

function distinct(agencies: readonly AgencyId[]): AgencyId[] {
  return [...new Set(agencies)].sort(compareText);
}

function nameOf({ recordId, field }: ContactSource): string {
  return `${recordId} ${field ?? ''}`;
}
