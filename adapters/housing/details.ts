import type { FieldId } from '../../schemas/names.ts';
import { pathSegment } from '../https/agency-client.ts';
import { read, type Held } from '../https/calls.ts';
import { failed, type Failed } from '../https/failure.ts';
import type { Call } from './call.ts';
import {
  wireAlertsSchema,
  wireContactsSchema,
  wirePersonSchema,
  wireTenureSchema,
  type WireAlerts,
  type WireContact,
  type WirePerson,
  type WireTenure,
  type WireTenureOfPerson,
} from './wire.ts';

/** The reads about one tenant that the fields asked for need, and no other (P3). */

export type Detail<T> =
  Held<T> | { readonly kind: 'none' } | { readonly kind: 'limited' } | { readonly kind: 'not-asked' } | Failed;

export interface Details {
  readonly contacts: Detail<readonly WireContact[]>;
  /** By the tenure's id: the household of each, whose home it also is. */
  readonly tenures: ReadonlyMap<string, Detail<WireTenure>>;
  readonly alerts: Detail<WireAlerts>;
}

/** Older tenancies than this say nothing about where he is. */
const TENURES_MAX = 6;

/** The person under an id. Another person's answer is a failure, whoever he is. */
export async function readPerson(id: string, call: Call): Promise<Detail<WirePerson>> {
  const person = await read(call, `/person/api/v1/persons/${pathSegment(id)}`, wirePersonSchema);
  return person.kind === 'held' && person.value.id !== id ? failed('wrong-person') : person;
}

/**
 * Contact details and tenures are read together wherever a contact point is asked for: the one says which numbers are
 * other people's, the other who else lives at his address.
 */
export async function readDetails(person: WirePerson, fields: ReadonlySet<FieldId>, call: Call): Promise<Details> {
  const wantsContacts = fields.has('hou.phone') || fields.has('hou.address');
  const tenures = wantsContacts ? latestTenures(person) : [];
  const [contacts, households, alerts] = await Promise.all([
    wantsContacts ? readContacts(person.id, call) : NOT_ASKED,
    Promise.all(tenures.map(async ({ id }) => [id, await readTenure(id, call)] as const)),
    fields.has('hou.markers') ? readAlerts(person.id, call) : NOT_ASKED,
  ]);
  return { contacts, tenures: new Map(households), alerts };
}

const NOT_ASKED = { kind: 'not-asked' } as const;

/** Whether a household of his was not read, because that failed or went past a limit: who else lives there is unknown. */
export const hasUnreadHome = (person: WirePerson, { tenures }: Details): boolean =>
  (person.tenures ?? []).some(
    ({ id, isActive }) => tenures.get(id)?.kind === 'failed' || (isActive === true && !tenures.has(id)),
  );

/** The fields of which not all was read, so that nobody knows whether there is more (P7). */
export function unansweredIn(person: WirePerson, details: Details): FieldId[] {
  const { contacts, alerts } = details;
  return [
    // An address stands among the contact details, or is the home of a tenure.
    ...(isFailed(contacts) || hasUnreadHome(person, details) ? ['hou.address'] : []),
    ...(isFailed(contacts) ? ['hou.phone'] : []),
    ...(isFailed(alerts) ? ['hou.markers'] : []),
  ];
}

const isFailed = ({ kind }: Detail<unknown>): boolean => kind === 'failed';

/** His tenures, those that run first, then by when they began. */
export function latestTenures(person: WirePerson): WireTenureOfPerson[] {
  const byLatest = [...(person.tenures ?? [])].sort(
    (a, b) =>
      Number(b.isActive === true) - Number(a.isActive === true) || (b.startDate ?? '').localeCompare(a.startDate ?? ''),
  );
  return byLatest.slice(0, TENURES_MAX);
}

async function readContacts(personId: string, call: Call): Promise<Detail<readonly WireContact[]>> {
  const found = await read(call, '/contact-details/api/v2/contactDetails', wireContactsSchema, [
    ['targetId', personId],
    ['includeHistoric', 'false'],
  ]);
  if (found.kind !== 'held') return found;
  const { results } = found.value;
  return results.some(({ targetId }) => targetId !== personId)
    ? failed('wrong-person')
    : { kind: 'held', value: results };
}

async function readTenure(id: string, call: Call): Promise<Detail<WireTenure>> {
  const tenure = await read(call, `/tenure-information/api/v1/tenures/${pathSegment(id)}`, wireTenureSchema);
  // The person names it: a tenure that is not there leaves unknown who else lives in his home.
  if (tenure.kind === 'none') return failed('bad-answer');
  return tenure.kind === 'held' && tenure.value.id !== id ? failed('bad-answer') : tenure;
}

async function readAlerts(personId: string, call: Call): Promise<Detail<WireAlerts>> {
  const path = `/cautionary-alerts/api/v1/cautionary-alerts/persons/${pathSegment(personId)}`;
  const found = await read(call, path, wireAlertsSchema);
  if (found.kind !== 'held') return found;
  const ids = [found.value.personId, ...found.value.alerts.map((alert) => alert.personId)];
  return ids.some((id) => typeof id === 'string' && id !== personId) ? failed('wrong-person') : found;
}
