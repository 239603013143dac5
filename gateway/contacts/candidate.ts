import type { ContactKind, ContactPoint } from '../../schemas/contact-point.ts';
import type { WithheldContact } from '../../schemas/reach.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import type { NormalisedContact, ReadContact } from './normalise.ts';

/** A field of a record, as an answer names where something comes from. */
export type ContactSource = WithheldContact['sources'][number];

/** One contact point as one record of the subject holds it. */
export interface Holding {
  readonly record: SourceRecord;
  readonly contact: ContactPoint;
  readonly normalised: NormalisedContact;
  /** Words beside the value may name another person. */
  readonly pointsElsewhere: boolean;
  /** The asker may see it; otherwise it counts only against the value, never for it. */
  readonly permitted: boolean;
}

/** One value, in whatever spellings the records of the subject hold it. */
export interface Candidate {
  readonly kind: ContactKind;
  readonly holdings: readonly Holding[];
}

/** A contact of a record that is no number, e-mail or address at all. */
export interface Unusable {
  readonly kind: ContactKind;
  readonly source: ContactSource;
}

/** Whether the asker may see a source's field; what it refuses still marks other people's values. */
export type Permits = (source: ContactSource) => boolean;

/**
 * Gathers the contact points of the subject's records, one candidate for each value. Spellings are one value when they
 * normalise alike or carry one UPRN: otherwise a withheld address would come out under its other spelling.
 */
export function gatherCandidates(
  records: readonly SourceRecord[],
  permits: Permits,
  read: ReadContact,
): { candidates: readonly Candidate[]; unusable: readonly Unusable[] } {
  const unusable: Unusable[] = [];
  const groups = new Map<string, Group>();
  for (const record of records) {
    for (const contact of record.contacts) {
      const source = sourceOf(record, contact);
      const permitted = record.restricted !== true && permits(source);
      const { contacts, pointsElsewhere } = read(contact.kind, contact.value);
      if (contacts.length === 0 && permitted) unusable.push({ kind: contact.kind, source });
      for (const normalised of contacts) {
        addTo(groups, { record, contact: asOneOf(contacts.length, contact), normalised, pointsElsewhere, permitted });
      }
    }
  }
  const candidates = [...new Set(groups.values())].map(({ kind, holdings }) => ({ kind, holdings }));
  return { candidates, unusable };
}

/** "Mine / hers" in one box: what the source calls the box, it says of neither number. */
function asOneOf(count: number, contact: ContactPoint): ContactPoint {
  return count > 1 && contact.recordedAs === 'self' ? { ...contact, recordedAs: 'unknown' } : contact;
}

/** Where a contact comes from, as far as an answer says it. */
export function sourceOf(record: SourceRecord, contact: ContactPoint): ContactSource {
  return { recordId: record.recordId, ...(contact.field === undefined ? {} : { field: contact.field }) };
}

/** The holdings that the asker may see. */
export function permittedOf({ holdings }: Candidate): readonly Holding[] {
  return holdings.filter(({ permitted }) => permitted);
}

/** The property number as one spelling of it, or undefined where it is none. */
export function uprnKey(uprn: string | undefined): string | undefined {
  const digits = uprn?.trim().replace(/^0+/, '') ?? '';
  return /^\d{1,12}$/.test(digits) ? digits : undefined;
}

interface Group {
  readonly kind: ContactKind;
  readonly names: string[];
  readonly holdings: Holding[];
}

function addTo(groups: Map<string, Group>, holding: Holding): void {
  const { kind, key } = holding.normalised;
  const uprn = kind === 'address' ? uprnKey(holding.contact.uprn) : undefined;
  const names = [`${kind} ${key}`, ...(uprn === undefined ? [] : [`uprn ${uprn}`])];
  const [group = { kind, names: [], holdings: [] }, ...absorbed] = new Set(
    names.flatMap((name) => groups.get(name) ?? []),
  );
  group.holdings.push(holding);
  for (const other of absorbed) {
    group.holdings.push(...other.holdings);
    names.push(...other.names);
  }
  for (const name of names) {
    if (groups.get(name) === group) continue;
    groups.set(name, group);
    group.names.push(name);
  }
}
