import type { AgencyId } from '../../schemas/names.ts';
import type { Identifier, Person } from '../../schemas/person.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { linkRecords } from '../linkage/link.ts';

/**
 * What of the subject a source is told: asking is disclosing too. A source hears the names, birth date and sex its
 * search needs, the postcodes, and only identifiers that are its own; never a phone number, an e-mail address or a
 * street, and the NHS number goes to health alone (Health and Social Care Act 2012 s.251A).
 */
export function subjectFor(source: AgencyId, subject: Person): Person {
  const known = OWN_IDENTIFIERS.get(source) ?? NO_IDENTIFIERS;
  const identifiers = (subject.identifiers ?? []).filter(({ type }) => known.has(type));
  const addresses = (subject.addresses ?? []).flatMap(({ postcode, uprn }) =>
    postcode === undefined && uprn === undefined
      ? []
      : [{ ...(postcode === undefined ? {} : { postcode }), ...(uprn === undefined ? {} : { uprn }) }],
  );
  return {
    ...(subject.names === undefined ? {} : { names: subject.names }),
    ...(subject.dateOfBirth === undefined ? {} : { dateOfBirth: subject.dateOfBirth }),
    ...(subject.otherDatesOfBirth === undefined ? {} : { otherDatesOfBirth: subject.otherDatesOfBirth }),
    ...(subject.sex === undefined ? {} : { sex: subject.sex }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(addresses.length === 0 ? {} : { addresses }),
  };
}

type IdentifierTypes = ReadonlySet<Identifier['type']>;
const NO_IDENTIFIERS: IdentifierTypes = new Set();
const OWN_IDENTIFIERS: ReadonlyMap<AgencyId, IdentifierTypes> = new Map<AgencyId, IdentifierTypes>([
  ['police', new Set(['PNC', 'CRO'])],
  ['probation', new Set(['PNC', 'CRO', 'CRN', 'NOMS'])],
  ['health', new Set(['NHS'])],
  ['housing', new Set(['TENANCY'])],
  ['childrens', new Set(['LCS'])],
]);

/** Bits from which a description counts as being of the case's subject: better than even against any one stranger. */
const DESCRIBES_BITS_MIN = 0;

/**
 * Whether what an asker says of a person describes the subject of the case. Asked so that a token for one case is no
 * licence to ask about anybody; it is no evidence for linkage, which reads the register's subject alone.
 */
export function describesSubject(described: Person, subject: Person): boolean {
  const record: SourceRecord = { recordId: 'asker', agency: 'asker', system: 'asker', person: described, contacts: [] };
  const { links } = linkRecords({ subject, records: [record], asOf: '1970-01-01' });
  return links.some(({ a, b, bits }) => (a === 'asker' || b === 'asker') && bits >= DESCRIBES_BITS_MIN);
}
