import type { ContactPoint, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';
import type { ListEntry } from '../../schemas/disclosable-value.ts';
import type { IsoDate } from '../../schemas/names.ts';
import type { Address } from '../../schemas/person.ts';
import { dayOf } from '../council/dates.ts';
import type { Seal } from '../council/seals.ts';
import { squeezed } from '../council/text.ts';
import { uprnOf, type Contacts } from './contacts.ts';
import type { Details } from './details.ts';
import { ownerByMembership } from './whose.ts';
import type { WirePerson, WireTenure, WireTenureOfPerson } from './wire.ts';

/** His tenancies: where they are, who else lives there, and what of it is said. */

/** A tenure's period; `readable` is false where an end is written that is no date, or it ended on an unknown day. */
function periodOf(tenure: WireTenureOfPerson): { from?: IsoDate; to?: IsoDate; readable: boolean } {
  const from = dayOf(tenure.startDate);
  const to = dayOf(tenure.endDate);
  const ended = tenure.isActive === false || squeezed(tenure.endDate) !== '';
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    readable: !ended || to !== undefined,
  };
}

/** Whether a tenure runs on a day. */
export function isRunning(tenure: WireTenureOfPerson, asOf: IsoDate): boolean {
  const { to, readable } = periodOf(tenure);
  return tenure.isActive !== false && readable && (to === undefined || to >= asOf);
}

/**
 * The homes of his tenures as contact points, and each of them sealed once more as another's where somebody else is on
 * the tenure, also of one that ended: he may have left and she stayed. Contact ranking decides which it is.
 * @param asOf the day of the question
 */
export function homesOf(person: WirePerson, tenures: Details['tenures'], asOf: IsoDate, seal: Seal): Contacts {
  const his: ContactPoint[] = [];
  const others: SealedContact[] = [];
  for (const listed of person.tenures ?? []) {
    const read = tenures.get(listed.id);
    // Who else lives there is not known: the address may be hers alone, so it is not taken.
    if (read?.kind !== 'held') continue;
    const home = homeOf(listed, read.value, person.id, asOf);
    if (home !== undefined) his.push(home);
    others.push(...residents(listed, read.value, person.id, asOf, seal));
  }
  return { his, others };
}

function homeOf(
  listed: WireTenureOfPerson,
  tenure: WireTenure,
  personId: string,
  asOf: IsoDate,
): ContactPoint | undefined {
  const value = squeezed(listed.assetFullAddress);
  const { from, to, readable } = periodOf(listed);
  if (value === '' || value.length > 400 || !readable) return undefined;
  const he = tenure.householdMembers.find(({ id }) => id === personId);
  const uprn = uprnOf(listed.uprn);
  return {
    kind: 'address',
    value,
    recordedAs: /\bhostel\b/i.test(listed.type ?? '') ? 'hostel' : he === undefined ? 'unknown' : 'self',
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(uprn === undefined ? {} : { uprn }),
    ...(he?.isResponsible === true && isRunning(listed, asOf) ? { basis: 'tenancy' } : {}),
    field: 'hou.address',
  };
}

function residents(
  listed: WireTenureOfPerson,
  tenure: WireTenure,
  personId: string,
  asOf: IsoDate,
  seal: Seal,
): SealedContact[] {
  const members = tenure.householdMembers.filter(({ id }) => id !== personId);
  const owners = new Set<OtherOwner>(members.map((member) => ownerByMembership(member, asOf)));
  // The two services write one address each in its own way.
  const lines = new Set([squeezed(listed.assetFullAddress), squeezed(tenure.tenuredAsset?.fullAddress)]);
  const seals = [...lines].flatMap((line) => (line === '' ? [] : (seal('address', line) ?? [])));
  return [...owners].flatMap((whose) => seals.map((hash) => ({ kind: 'address' as const, seal: hash, whose })));
}

const POSTCODE = /\b([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})\s*$/i;

/** Postcode and property number of each tenure, for matching: no line of an address. */
export function placesOf(person: WirePerson): Address[] {
  return (person.tenures ?? []).flatMap((tenure) => {
    const [, outward, inward] = POSTCODE.exec(squeezed(tenure.assetFullAddress)) ?? [];
    const uprn = uprnOf(tenure.uprn);
    if (outward === undefined && uprn === undefined) return [];
    const { from, to } = periodOf(tenure);
    return [
      {
        ...(outward === undefined ? {} : { postcode: `${outward} ${inward ?? ''}`.toUpperCase() }),
        ...(uprn === undefined ? {} : { uprn }),
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      },
    ];
  });
}

/** Type, dates and status of each tenure, without its address. */
export function tenancyEntries(tenures: readonly WireTenureOfPerson[], asOf: IsoDate): ListEntry[] {
  return tenures.map((tenure) => {
    const { from, to } = periodOf(tenure);
    const type = squeezed(tenure.type);
    return {
      group: 'Tenancy',
      title: type === '' ? 'Type not recorded' : type.slice(0, 300),
      ...(from === undefined ? {} : { date: from }),
      ...(to === undefined ? {} : { until: to }),
      outcome: isRunning(tenure, asOf) ? 'Running' : 'Ended',
    };
  });
}
