import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { Holding } from './candidate.ts';
import { daysBetween, later, past } from './dates.ts';
import type { ContactWeights, Dating } from './weights.ts';

/** What each record says of whether a contact point works, and of when. */

/** No date at all is worth as much as one this many half-lives old. ASSUMPTION, as all constants of this file. */
const UNDATED_HALF_LIVES = 1.5;
/** Undated, but the source's own worker uses it now: as good as a record kept up to date this season. */
const IN_SERVICE_HALF_LIVES = 0.25;
/** A source that says it checked and could not verify: the day counts for less. */
const NOT_VERIFIED = 0.8;
/** Whoever has a mailbox keeps it: when a record with it was last touched matters little. */
const MAILBOX_READ = 0.8;
/** He was reached by it that day. */
const WORKED_WHEN_REACHED = 0.99;

export interface Evidence {
  readonly agency: AgencyId;
  readonly first: IsoDate | undefined;
  readonly date: IsoDate | undefined;
  readonly endedOn: IsoDate | undefined;
  readonly beginsOn: IsoDate | undefined;
  readonly works: number;
}

/** What evidence is read by. */
export interface EvidenceFacts {
  readonly asOf: IsoDate;
  /** The last day that each record gives for anything else in it, by its id, see `datesOfRecords`. */
  readonly writtenOn: ReadonlyMap<string, IsoDate>;
  /** In days. */
  readonly halfLife: number;
}

/** Reads what one record says. */
export function readEvidence(
  { record, contact }: Holding,
  { asOf, writtenOn, halfLife }: EvidenceFacts,
  weights: ContactWeights,
): Evidence {
  const begun = past(contact.from, asOf);
  const confirmed = past(contact.lastConfirmed, asOf);
  const { dating, date } = datingOf({ record, contact }, writtenOn, asOf);
  const leastOnTheDay = contact.kind === 'email' ? MAILBOX_READ : 0;
  const onTheDay = Math.max(weights.worksOnTheDay[dating], leastOnTheDay);
  const halfLives =
    date === undefined ? HALF_LIVES[dating === 'inService' ? dating : 'undated'] : daysBetween(date, asOf) / halfLife;
  return {
    agency: record.agency,
    first: begun ?? confirmed,
    date,
    endedOn: past(contact.to, asOf),
    beginsOn: contact.from !== undefined && contact.from > asOf ? contact.from : undefined,
    works: onTheDay * (contact.verified === false ? NOT_VERIFIED : 1) * 0.5 ** halfLives,
  };
}

/** The best day there is for it, and what sort of day that is. */
function datingOf(
  { record, contact }: Pick<Holding, 'record' | 'contact'>,
  writtenOn: ReadonlyMap<string, IsoDate>,
  asOf: IsoDate,
): { readonly dating: Dating; readonly date?: IsoDate } {
  const confirmed = past(contact.lastConfirmed, asOf);
  if (confirmed !== undefined) return { dating: contact.verified === true ? 'verified' : 'confirmed', date: confirmed };
  const begun = past(contact.from, asOf);
  if (begun !== undefined) return { dating: 'begun', date: begun };
  const beside = writtenOn.get(record.recordId);
  if (beside !== undefined) return { dating: 'beside', date: beside };
  const updated = past(record.lastUpdated, asOf);
  if (updated !== undefined) return { dating: 'recordUpdated', date: updated };
  return { dating: isInService(contact, asOf) ? 'inService' : 'undated' };
}

const HALF_LIVES = { undated: UNDATED_HALF_LIVES, inService: IN_SERVICE_HALF_LIVES } as const;

/** What reaching him by it says. */
export function reachedEvidence(day: IsoDate | undefined, halfLife: number, asOf: IsoDate): Evidence[] {
  if (day === undefined) return [];
  const works = WORKED_WHEN_REACHED * 0.5 ** (daysBetween(day, asOf) / halfLife);
  return [{ agency: 'attempts', date: day, first: day, endedOn: undefined, beginsOn: undefined, works }];
}

/** The last word counts: an end outweighs all older evidence, a later confirmation outweighs the end. */
export function splitByEnd(evidence: readonly Evidence[]): { live: readonly Evidence[]; endedOn?: IsoDate } {
  const endedOn = evidence.reduce<IsoDate | undefined>((date, one) => later(date, one.endedOn), undefined);
  if (endedOn === undefined) return { live: evidence };
  const live = evidence.filter((one) => one.endedOn === undefined && one.date !== undefined && one.date >= endedOn);
  return live.length > 0 ? { live } : { live: [], endedOn };
}

/** A worker of the source deals with him now and it has not been ended there. */
export function isInService({ basis, to }: Holding['contact'], asOf: IsoDate): boolean {
  return basis === 'active-service' && (to === undefined || to > asOf);
}

/**
 * The last day that each record gives for anything in it: what it leaves undated was written down about then. Better than
 * its last update, which may have been for the rent.
 *
 * @param holdings of what is shown: a withheld value must not lend its date to another (P4)
 */
export function datesOfRecords(holdings: readonly Holding[], asOf: IsoDate): ReadonlyMap<string, IsoDate> {
  const dates = new Map<string, IsoDate>();
  for (const { record, contact } of holdings) {
    const day = later(past(contact.lastConfirmed, asOf), past(contact.from, asOf));
    const newest = later(dates.get(record.recordId), day);
    if (newest !== undefined) dates.set(record.recordId, newest);
  }
  return dates;
}

/** The day on which he notified an address under a duty, by the newest such holding; a future date says nothing. */
export function noticeOf(holdings: readonly Holding[], asOf: IsoDate): IsoDate | undefined {
  return holdings.reduce<IsoDate | undefined>((newest, { contact }) => {
    if (contact.basis !== 'statutory-notification') return newest;
    return later(newest, past(contact.lastConfirmed, asOf) ?? past(contact.from, asOf));
  }, undefined);
}

/** The last day on which a source confirmed it, by those that the asker may see. */
export function lastConfirmedOn(holdings: readonly Holding[], asOf: IsoDate): IsoDate | undefined {
  return lastConfirmation(holdings, asOf).date;
}

/** That day, and who confirmed it then. */
export function lastConfirmation(
  holdings: readonly Holding[],
  asOf: IsoDate,
): { date?: IsoDate; by: readonly AgencyId[] } {
  const dated = holdings.flatMap(({ record, contact }) => {
    const date = past(contact.lastConfirmed, asOf);
    return date === undefined ? [] : [{ date, agency: record.agency }];
  });
  const date = dated.reduce<IsoDate | undefined>((newest, one) => later(newest, one.date), undefined);
  if (date === undefined) return { by: [] };
  const by = [...new Set(dated.filter((one) => one.date === date).map(({ agency }) => agency))].sort();
  return { date, by };
}
