import type { FieldValue } from '../../schemas/disclosable-value.ts';
import type { Identifier, Person, PersonName } from '../../schemas/person.ts';
import type { RecordRole } from '../../schemas/source-record.ts';
import { foldIdentifier, foldName, isPlaceholder } from '../extract/agreement.ts';
import type { Entry } from '../extract/assemble.ts';
import type { HeldRecord } from '../extract/held-record.ts';
import type { Row } from '../extract/layout.ts';
import { MARKERS } from './columns.ts';
import { contactsOf, postcodesOf } from './contacts.ts';
import { entryOfOrder, ordersInForce, recordKeys, type HeldOrder } from './orders.ts';

/** Reads one nominal's rows as a record, as of a day. Runs in the force's agent, on rows that were accepted. */
export function policeRecordOf(entry: Entry, asOf: string): HeldRecord {
  const { current } = entry;
  const orders = ordersInForce(entry.details.get('orders') ?? [], asOf);
  const contacts = contactsOf(entry, orders);
  const dateOfBirth = current.get('date_of_birth');
  const sex = sexOf(current.get('gender'));
  const lastUpdated = current.get('last_updated');
  return {
    reference: entry.reference,
    supersedes: entry.mergedFrom.slice(0, 50),
    role: roleOf(current.get('person_role')),
    restricted: current.get('restricted') !== 'N',
    names: [...namesOf(entry)],
    ...(dateOfBirth === undefined ? {} : { dateOfBirth }),
    ...(sex === undefined ? {} : { sex }),
    identifiers: [...identifiersOf(entry)],
    postcodes: [...postcodesOf(contacts)],
    contacts: [...contacts.own],
    othersContacts: [...contacts.others],
    ...(contacts.noFixedAbode ? { noFixedAbode: { field: 'pol.address' } } : {}),
    values: [...valuesOf(entry, orders, asOf)],
    withheldFields: [...contacts.withheld],
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
  };
}

function roleOf(code: string | undefined): RecordRole {
  if (code === 'suspect' || code === 'offender') return 'nominal';
  return code === 'victim' ? 'victim' : 'other';
}

/** Sex for matching. Values that say neither are no evidence either way. */
function sexOf(gender: string | undefined): Person['sex'] | undefined {
  if (gender === 'Male') return 'male';
  if (gender === 'Female') return 'female';
  return gender === undefined || gender === 'Not Specified' || gender === 'Not Known' ? undefined : 'other';
}

const NAMES_MAX = 40;

/** His name, then every other: aliases, older versions of the row, and names of references merged into it. */
function namesOf({ current, history, details }: Entry): readonly PersonName[] {
  const others = [...(details.get('aliases') ?? []), ...history].flatMap((row) => nameOf(row, 'alias'));
  const distinct = new Map<string, PersonName>();
  for (const name of [...nameOf(current, 'current'), ...others]) {
    const key = [name.given, name.middle, name.family, name.full].map(foldName).join('|');
    if (!distinct.has(key)) distinct.set(key, name);
  }
  return [...distinct.values()].slice(0, NAMES_MAX);
}

function nameOf(row: Row, type: 'current' | 'alias'): readonly PersonName[] {
  const given = row.get('given_name');
  const middle = row.get('middle_names');
  const family = row.get('surname');
  const nickname = row.get('nickname');
  if (given === undefined && family === undefined) return nickname === undefined ? [] : [{ full: nickname, type }];
  return [
    {
      ...(given === undefined ? {} : { given }),
      ...(middle === undefined ? {} : { middle }),
      ...(family === undefined ? {} : { family }),
      type,
    },
  ];
}

function identifiersOf({ current, history }: Entry): readonly Identifier[] {
  const distinct = new Map<string, Identifier>();
  for (const row of [current, ...history]) {
    const pnc = row.get('pnc_id');
    const cro = row.get('cro_number');
    const held: readonly Identifier[] = [
      ...(pnc === undefined ? [] : [{ type: 'PNC' as const, value: pnc }]),
      ...(cro === undefined ? [] : [{ type: 'CRO' as const, value: cro }]),
    ];
    for (const identifier of held) distinct.set(foldIdentifier(identifier), identifier);
  }
  return [...distinct.values()].slice(0, NAMES_MAX);
}

function valuesOf(entry: Entry, orders: readonly HeldOrder[], asOf: string): readonly FieldValue[] {
  const { current } = entry;
  const asAt = current.get('last_confirmed') ?? current.get('last_updated');
  const dated = asAt === undefined ? {} : { asAt };
  const [name, ...aliases] = namesOf(entry);
  const pnc = current.get('pnc_id');
  const birth = current.get('date_of_birth');
  const values: FieldValue[] = [];
  if (pnc !== undefined) values.push({ field: 'pol.pnc_id', value: { kind: 'identifier', value: pnc }, ...dated });
  if (name !== undefined) {
    const { type: _type, ...parts } = name;
    values.push({ field: 'pol.name', value: { kind: 'name', ...parts }, ...dated });
  }
  if (aliases.length > 0) {
    const entries = aliases.map((alias) => ({ group: 'Alias', title: inFull(alias) }));
    values.push({ field: 'pol.aliases', value: { kind: 'list', entries }, ...dated });
  }
  if (birth !== undefined && !isPlaceholder(birth)) {
    values.push({ field: 'pol.dob', value: { kind: 'date-of-birth', date: birth }, ...dated });
  }
  values.push(
    ...orderValues(
      'pol.orders',
      orders.filter(({ type }) => type !== 'bail'),
    ),
  );
  values.push(
    ...orderValues(
      'pol.bail',
      orders.filter(({ type }) => type === 'bail'),
    ),
  );
  values.push(...markerValues(entry.details.get('markers') ?? [], asOf));
  return values;
}

const inFull = (name: PersonName): string =>
  name.full ?? [name.given, name.middle, name.family].filter((part) => part !== undefined).join(' ');

function orderValues(field: string, orders: readonly HeldOrder[]): readonly FieldValue[] {
  if (orders.length === 0) return [];
  // The oldest of the days: a list is as good as its least looked-at entry.
  const asAt = orders.map((order) => order.asAt).reduce((a, b) => (a < b ? a : b));
  return [{ field, value: { kind: 'list', entries: orders.map(entryOfOrder) }, asAt }];
}

function markerValues(rows: readonly Row[], asOf: string): readonly FieldValue[] {
  const entries = rows.flatMap((row) => {
    const code = recordKeys(MARKERS).find((known) => known === row.get('marker_code'));
    const until = row.get('valid_to');
    if (code === undefined || (until !== undefined && until < asOf)) return [];
    const date = row.get('valid_from');
    return [{ group: 'Warning marker', title: MARKERS[code], ...(date === undefined ? {} : { date }) }];
  });
  return entries.length === 0 ? [] : [{ field: 'pol.markers', value: { kind: 'list', entries } }];
}
