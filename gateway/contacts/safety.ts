import type { Case } from '../../schemas/case.ts';
import type { IsoDate } from '../../schemas/names.ts';

/**
 * What the case says about using a contact point: victim services, orders, the panel, earlier attempts. A missing list
 * is an empty one; the live gateway hands over all that the case register holds.
 */
export type CaseSafety = Partial<
  Pick<Case, 'category' | 'attempts' | 'safetyBlocks' | 'exclusionZones' | 'requiredAddresses'>
>;

/** The panel only watches the case, or has stopped all contact for now. */
export function isOnHold({ category }: CaseSafety): boolean {
  return category === 'monitor' || category === 'hold';
}

/**
 * Whether a postcode lies in a zone that an order names by postcode: an area (`SE`), district (`SE10`), sector
 * (`SE10 8`) or unit. `SE1` does not name `SE10`.
 */
export function isInZone(postcode: string, zone: string): boolean {
  if (/^[A-Z]+$/.test(zone)) return /^[A-Z]+/.exec(postcode)?.[0] === zone;
  return zone.includes(' ') ? postcode.startsWith(zone) : postcode.startsWith(`${zone} `);
}

/** An order in force on the day obliges him to live there. */
export function isRequired({ requiredAddresses = [] }: CaseSafety, seals: ReadonlySet<string>, asOf: IsoDate): boolean {
  return requiredAddresses.some(
    ({ seal, from, to }) => from <= asOf && (to === undefined || asOf < to) && seals.has(`seal address ${seal}`),
  );
}
