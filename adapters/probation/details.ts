import type { z } from 'zod';
import type { FieldId } from '../../schemas/names.ts';
import { failed, type Call, type Failed } from './call.ts';
import { pathOf } from './person.ts';
import {
  wireAddressesSchema,
  wireBaseLocationSchema,
  wireKeyDatesSchema,
  wireLicencesSchema,
  wireMappaSchema,
  wireOfficerSchema,
  type WireAddress,
  type WireBaseLocation,
  type WireKeyDates,
  type WireLicences,
  type WireMappa,
  type WireOfficer,
} from './wire.ts';

/** The reads about one person that the fields asked for need, all at once, and no other (P3). */

export type Detail<T> =
  | { readonly kind: 'held'; readonly value: T }
  | { readonly kind: 'none' }
  | { readonly kind: 'limited' }
  | { readonly kind: 'not-asked' }
  | Failed;

export interface Details {
  readonly addresses: Detail<readonly WireAddress[]>;
  readonly baseLocation: Detail<WireBaseLocation>;
  readonly keyDates: Detail<WireKeyDates>;
  readonly mappa: Detail<WireMappa>;
  readonly officer: Detail<WireOfficer>;
  readonly licences: Detail<WireLicences>;
}

const NOT_ASKED = { kind: 'not-asked' } as const;

/** No detail at all: of a person whose record is limited, or whose details could be another man's. */
export const NO_DETAILS: Details = {
  addresses: NOT_ASKED,
  baseLocation: NOT_ASKED,
  keyDates: NOT_ASKED,
  mappa: NOT_ASKED,
  officer: NOT_ASKED,
  licences: NOT_ASKED,
};

/**
 * Reads the details. Addresses are always read, as matching needs the postcodes; the rest only for its field.
 * @param id the id under which he is asked for
 * @param ids all ids that are his: a detail that names another is not about him
 */
export async function readDetails(
  id: string,
  ids: readonly string[],
  fields: ReadonlySet<FieldId>,
  call: Call,
): Promise<Details> {
  const read = <T>(wanted: boolean, path: string, schema: z.ZodType<{ data: T }>): Promise<Detail<T>> =>
    wanted ? detail(call, pathOf(id, path), schema) : Promise.resolve(NOT_ASKED);
  const [addresses, baseLocation, keyDates, mappa, officer, licences] = await Promise.all([
    read(true, '/addresses', wireAddressesSchema),
    read(fields.has('pro.address'), '/prisoner-base-location', wireBaseLocationSchema),
    read(fields.has('pro.release'), '/sentences/latest-key-dates-and-adjustments', wireKeyDatesSchema),
    read(fields.has('pro.mappa'), '/risks/mappadetail', wireMappaSchema),
    read(fields.has('pro.officer'), '/person-responsible-officer', wireOfficerSchema),
    read(fields.has('pro.licence'), '/licences/conditions', wireLicencesSchema),
  ]);
  return { addresses, baseLocation, keyDates, mappa, officer, licences: ofThisPerson(licences, ids) };
}

/** What of a person each field is read from; the fields that are not here come with the person himself. */
const READ_FROM: readonly (readonly [FieldId, readonly (keyof Details)[]])[] = [
  // Where he is in custody is said under his address: without it an address reads as if he were at home.
  ['pro.address', ['addresses', 'baseLocation']],
  ['pro.release', ['keyDates']],
  ['pro.mappa', ['mappa']],
  ['pro.officer', ['officer']],
  ['pro.licence', ['licences']],
];

/** The fields for which a detail failed or could not be asked, so that nobody knows whether there is more (P7). */
export function unansweredIn(details: Details): FieldId[] {
  return READ_FROM.filter(([, from]) =>
    from.some((name) => details[name].kind === 'failed' || details[name].kind === 'not-asked'),
  ).map(([field]) => field);
}

/** Whether any detail came back as limited: the whole record is then treated so. */
export const anyLimited = (details: Details): boolean => all(details).some((found) => found.kind === 'limited');

/** The details that failed. */
export const failuresOf = (details: Details): Failed[] => all(details).filter((found) => found.kind === 'failed');

const all = (details: Details): Detail<unknown>[] => [
  details.addresses,
  details.baseLocation,
  details.keyDates,
  details.mappa,
  details.officer,
  details.licences,
];

async function detail<T>(call: Call, path: string, schema: z.ZodType<{ data: T }>): Promise<Detail<T>> {
  const reply = await call(path);
  if (reply.kind === 'none' || reply.kind === 'limited' || reply.kind === 'failed') return reply;
  if (reply.kind !== 'answered') return failed('bad-answer');
  const parsed = schema.safeParse(reply.json);
  return parsed.success ? { kind: 'held', value: parsed.data.data } : failed('bad-answer');
}

const HMPPS_ID_IN_ANSWER = /^(?:[A-Z]{1,2}\d{6}|[A-Z]\d{4}[A-Z]{2})$/;

function ofThisPerson(licences: Detail<WireLicences>, ids: readonly string[]): Detail<WireLicences> {
  if (licences.kind !== 'held') return licences;
  const said = licences.value.hmppsId;
  const another = typeof said === 'string' && HMPPS_ID_IN_ANSWER.test(said) && !ids.includes(said);
  return another ? failed('wrong-person') : licences;
}
