import type { ContactKind } from '../../schemas/contact-point.ts';
import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { ContactFlag } from '../../schemas/reach.ts';
import type { Holding } from './candidate.ts';
import { daysBetween, earlier, later } from './dates.ts';
import { together } from './together.ts';
import type { ContactWeights, Dating, Wear } from './weights.ts';
import type { Situation } from './whereabouts.ts';

/** No date at all is worth as much as one this many half-lives old. ASSUMPTION, as all constants of this file. */
const UNDATED_HALF_LIVES = 1.5;
/** Undated, but the source's own worker uses it now: as good as a record kept up to date this season. */
const IN_SERVICE_HALF_LIVES = 0.25;
/** A source that says it checked and could not verify: the day counts for less. */
const NOT_VERIFIED = 0.8;
/** Whoever has a mailbox keeps it: when a record with it was last touched matters little. */
const MAILBOX_READ = 0.8;
/** Not begun yet: a tenancy that starts next month. */
const NOT_BEGUN = 0.15;
/** In custody: he holds no phone and is not at home; somebody may read his e-mail to him, or he may be out on licence. */
const WORKS_IN_CUSTODY: Readonly<Record<Wear, number>> = {
  mobile: 0.05,
  landline: 0.08,
  email: 0.15,
  address: 0.04,
  hostel: 0.04,
};
/** The release date has passed unconfirmed: a coin's toss. */
const RELEASE_DUE = 0.5;
/** Confirmed before custody and he is out again: phones are lost and homes given up in the meantime. */
const SURVIVED_CUSTODY: Readonly<Record<Wear, number>> = {
  mobile: 0.4,
  landline: 0.6,
  email: 0.8,
  address: 0.5,
  hostel: 0.1,
};
/** A later record says that he has no fixed abode. */
const SAID_TO_BE_HOMELESS = 0.25;
const RECENTLY_DAYS = 92;
/** Ofcom numbers go back to be issued again once given up; assumption: likely after half a year of silence. */
const REISSUED_AFTER_DAYS = 182;
const REISSUED = 0.5;
/** The duty to notify each change within three days (Domestic Abuse Act 2021 s.41) makes silence a confirmation. */
const WORKS_BY_DUTY = 0.96;
const SILENCE_CONFIRMS_DAYS = 730;
/** An order in force obliges him to live there; some breach it. */
const WORKS_BY_ORDER = 0.85;
/** He was reached by it that day. */
const WORKED_WHEN_REACHED = 0.99;

/** Does it still work. */
export interface Currency {
  /** Probability that it works today, 0 to 1. */
  readonly works: number;
  /** Probability that a working number has not gone to a stranger, 0 to 1. */
  readonly stillHis: number;
  readonly flags: ReadonlySet<ContactFlag>;
  readonly wear: Wear;
  readonly lastConfirmed?: IsoDate;
  /** The first and the last day on which a source that does not call it ended knew of it. */
  readonly first?: IsoDate;
  readonly latest?: IsoDate;
  /** A worker of a source deals with him now and uses it. */
  readonly usedNow: boolean;
  /** Agencies that confirmed it on that day. */
  readonly confirmedBy: readonly AgencyId[];
  /** The last source to speak says that its period is over. */
  readonly endedOn?: IsoDate;
  readonly beginsOn?: IsoDate;
  /** Notified under a duty, on this date, and no newer notification has replaced it. */
  readonly notifiedOn?: IsoDate;
  readonly replaced: boolean;
  /** Confirmed no later than the custody he has left. */
  readonly beforeCustody: boolean;
  readonly beforeHomeless: boolean;
}

export interface CurrencyFacts {
  /** Those that the asker may see, at least one. */
  readonly holdings: readonly Holding[];
  /** The same number as other records write it with a slip: that he gave it that day counts, what they say of it does not. */
  readonly writtenWrong: readonly Holding[];
  /** The last day that each record gives for anything else in it, by its id, see `datesOfRecords`. */
  readonly writtenOn: ReadonlyMap<string, IsoDate>;
  /** Where he is, and the day of the question. */
  readonly situation: Situation;
  /** The day of the newest address he notified under a duty, over all his records. */
  readonly latestNotice: IsoDate | undefined;
  /** An order in force obliges him to live there. */
  readonly required: boolean;
  /** The last day on which a worker reached him by it. */
  readonly reachedOn: IsoDate | undefined;
}

/** Judges whether a candidate still works. */
export function judgeCurrency(facts: CurrencyFacts, weights: ContactWeights): Currency {
  const { holdings, situation, latestNotice } = facts;
  const { asOf } = situation;
  const wear = wearOf(holdings);
  const halfLife = halfLifeOf(holdings, wear, asOf, weights);
  const evidence = [
    ...holdings.map((holding) => readEvidence(holding, halfLife, facts, weights)),
    ...facts.writtenWrong.map((holding) => ({
      ...readEvidence(holding, halfLife, facts, weights),
      endedOn: undefined,
    })),
    ...reachedEvidence(facts.reachedOn, halfLife, asOf),
  ];
  const { live, endedOn } = splitByEnd(evidence);
  const latest = live.reduce<IsoDate | undefined>((date, one) => later(date, one.date), undefined);
  const first = live.reduce<IsoDate | undefined>((date, one) => earlier(date, one.first), undefined);
  const notified = noticeOf(holdings, asOf);
  const replaced = notified !== undefined && latestNotice !== undefined && notified < latestNotice;
  const onDuty =
    notified !== undefined &&
    !replaced &&
    endedOn === undefined &&
    daysBetween(notified, asOf) <= SILENCE_CONFIRMS_DAYS;
  const beginsOn = live.every(({ beginsOn: day }) => day !== undefined) ? live[0]?.beginsOn : undefined;
  const fit = {
    beforeCustody: isBefore(latest, situation.releasedOn),
    beforeHomeless: wear === 'address' && situation.noFixedAbode && !isSince(latest, situation.noFixedAbodeOn),
  };
  const kind = holdings[0]?.contact.kind ?? 'phone';
  const inTime = worksByTime(kind, live, endedOn, { asOf, halfLife }, weights);
  const dutiful = onDuty ? WORKS_BY_DUTY : replaced ? Math.min(inTime, weights.worksThoughEnded.address) : inTime;
  const base = facts.required ? Math.max(dutiful, WORKS_BY_ORDER) : dutiful;
  const confirmed = lastConfirmation(holdings, asOf);
  const works = base * (beginsOn === undefined ? 1 : NOT_BEGUN) * situationFactor(wear, situation, fit);
  return {
    works,
    stillHis: stillHis(holdings, endedOn, asOf),
    flags: flagsOf({
      holdings,
      usualLife: weights.halfLifeDays[wear],
      latest,
      endedOn,
      notified: replaced ? undefined : notified,
      situation,
      confirmed: confirmed.date,
    }),
    wear,
    usedNow: holdings.some(({ contact }) => isInService(contact, asOf)),
    confirmedBy: confirmed.by,
    replaced,
    ...fit,
    ...(first === undefined ? {} : { first }),
    ...(latest === undefined ? {} : { latest }),
    ...(confirmed.date === undefined ? {} : { lastConfirmed: confirmed.date }),
    ...(endedOn === undefined ? {} : { endedOn }),
    ...(beginsOn === undefined ? {} : { beginsOn }),
    ...(onDuty ? { notifiedOn: notified } : {}),
  };
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

/** The last day on which a source confirmed it, by those that the asker may see. */
export function lastConfirmedOn(holdings: readonly Holding[], asOf: IsoDate): IsoDate | undefined {
  return lastConfirmation(holdings, asOf).date;
}

/** Men who kept a number for years keep it for more: the half-life grows with the time over which it was seen. */
function halfLifeOf(holdings: readonly Holding[], wear: Wear, asOf: IsoDate, weights: ContactWeights): number {
  const days = holdings
    .flatMap(({ contact }) => [past(contact.from, asOf), past(contact.lastConfirmed, asOf)])
    .filter((day) => day !== undefined)
    .sort();
  const [oldest, newest] = [days[0], days.at(-1)];
  const years = oldest === undefined || newest === undefined ? 0 : daysBetween(oldest, newest) / 365;
  return weights.halfLifeDays[wear] * (1 + weights.longerEachYearHeld * years);
}

function reachedEvidence(day: IsoDate | undefined, halfLife: number, asOf: IsoDate): Evidence[] {
  if (day === undefined) return [];
  const works = WORKED_WHEN_REACHED * 0.5 ** (daysBetween(day, asOf) / halfLife);
  return [{ agency: 'attempts', date: day, first: day, endedOn: undefined, beginsOn: undefined, works }];
}

/** The day on which he notified an address under a duty, by the newest such holding; a future date says nothing. */
export function noticeOf(holdings: readonly Holding[], asOf: IsoDate): IsoDate | undefined {
  return holdings.reduce<IsoDate | undefined>((newest, { contact }) => {
    if (contact.basis !== 'statutory-notification') return newest;
    return later(newest, past(contact.lastConfirmed, asOf) ?? past(contact.from, asOf));
  }, undefined);
}

interface Evidence {
  readonly agency: AgencyId;
  readonly first: IsoDate | undefined;
  readonly date: IsoDate | undefined;
  readonly endedOn: IsoDate | undefined;
  readonly beginsOn: IsoDate | undefined;
  readonly works: number;
}

function readEvidence(
  { record, contact }: Holding,
  halfLife: number,
  { situation: { asOf }, writtenOn }: CurrencyFacts,
  weights: ContactWeights,
): Evidence {
  const endedOn = past(contact.to, asOf);
  const beginsOn = contact.from !== undefined && contact.from > asOf ? contact.from : undefined;
  const confirmed = past(contact.lastConfirmed, asOf);
  const begun = past(contact.from, asOf);
  const beside = writtenOn.get(record.recordId);
  const date = confirmed ?? begun ?? beside ?? past(record.lastUpdated, asOf);
  const dated =
    confirmed !== undefined
      ? 'confirmed'
      : begun !== undefined
        ? 'begun'
        : beside !== undefined
          ? 'beside'
          : 'recordUpdated';
  const undated = isInService(contact, asOf) ? 'inService' : 'undated';
  const dating: Dating =
    date === undefined ? undated : contact.verified === true && dated === 'confirmed' ? 'verified' : dated;
  const leastOnTheDay = contact.kind === 'email' ? MAILBOX_READ : 0;
  const onTheDay =
    Math.max(weights.worksOnTheDay[dating], leastOnTheDay) * (contact.verified === false ? NOT_VERIFIED : 1);
  const halfLives = date === undefined ? HALF_LIVES[undated] : daysBetween(date, asOf) / halfLife;
  const works = onTheDay * 0.5 ** halfLives;
  return { agency: record.agency, first: begun ?? confirmed, date, endedOn, beginsOn, works };
}

const HALF_LIVES = { undated: UNDATED_HALF_LIVES, inService: IN_SERVICE_HALF_LIVES } as const;

/** A worker of the source deals with him now and it has not been ended there. */
export function isInService({ basis, to }: Holding['contact'], asOf: IsoDate): boolean {
  return basis === 'active-service' && (to === undefined || to > asOf);
}

/** A date after the day of the question is a slip of the pen and says nothing. */
function past(date: IsoDate | undefined, asOf: IsoDate): IsoDate | undefined {
  return date !== undefined && date <= asOf ? date : undefined;
}

/** The last word counts: an end outweighs all older evidence, a later confirmation outweighs the end. */
function splitByEnd(evidence: readonly Evidence[]): { live: readonly Evidence[]; endedOn?: IsoDate } {
  const endedOn = evidence.reduce<IsoDate | undefined>((date, one) => later(date, one.endedOn), undefined);
  if (endedOn === undefined) return { live: evidence };
  const live = evidence.filter((one) => one.endedOn === undefined && one.date !== undefined && one.date >= endedOn);
  return live.length > 0 ? { live } : { live: [], endedOn };
}

function worksByTime(
  kind: ContactKind,
  live: readonly Evidence[],
  endedOn: IsoDate | undefined,
  { asOf, halfLife }: { readonly asOf: IsoDate; readonly halfLife: number },
  weights: ContactWeights,
): number {
  if (endedOn !== undefined) return weights.worksThoughEnded[kind] * 0.5 ** (daysBetween(endedOn, asOf) / halfLife);
  const byAgency = new Map<AgencyId, number>();
  for (const { agency, works } of live) byAgency.set(agency, Math.max(byAgency.get(agency) ?? 0, works));
  return together([...byAgency.values()], weights.worksAgreement);
}

function situationFactor(
  wear: Wear,
  { custody }: Situation,
  fit: { readonly beforeCustody: boolean; readonly beforeHomeless: boolean },
): number {
  const homeless = fit.beforeHomeless ? SAID_TO_BE_HOMELESS : 1;
  if (custody?.state === 'in-custody') return WORKS_IN_CUSTODY[wear] * homeless;
  if (custody?.state === 'release-due') return RELEASE_DUE * homeless;
  return (fit.beforeCustody ? SURVIVED_CUSTODY[wear] : 1) * homeless;
}

function stillHis(holdings: readonly Holding[], endedOn: IsoDate | undefined, asOf: IsoDate): number {
  const isPhone = holdings[0]?.contact.kind === 'phone';
  return isPhone && endedOn !== undefined && daysBetween(endedOn, asOf) > REISSUED_AFTER_DAYS ? REISSUED : 1;
}

function wearOf(holdings: readonly Holding[]): Wear {
  const [first] = holdings;
  if (first === undefined || first.contact.kind === 'email') return 'email';
  if (first.contact.kind === 'phone') return isLandline(first.normalised.value) ? 'landline' : 'mobile';
  const temporary = holdings.some(
    ({ contact }) => contact.recordedAs === 'hostel' || contact.basis === 'approved-address',
  );
  return temporary ? 'hostel' : 'address';
}

/** Ofcom's plan: 07 is mobile, but 070 is a personal number that forwards anywhere. Abroad nothing is assumed fixed. */
export function isLandline(number: string): boolean {
  return number.startsWith('+44') && !/^\+447[1-9]/.test(number);
}

function lastConfirmation(holdings: readonly Holding[], asOf: IsoDate): { date?: IsoDate; by: readonly AgencyId[] } {
  const dated = holdings.flatMap(({ record, contact }) => {
    const date = past(contact.lastConfirmed, asOf);
    return date === undefined ? [] : [{ date, agency: record.agency }];
  });
  const date = dated.reduce<IsoDate | undefined>((newest, one) => later(newest, one.date), undefined);
  if (date === undefined) return { by: [] };
  const by = [...new Set(dated.filter((one) => one.date === date).map(({ agency }) => agency))].sort();
  return { date, by };
}

function isBefore(date: IsoDate | undefined, event: IsoDate | undefined): boolean {
  return event !== undefined && (date === undefined || date < event);
}

function isSince(date: IsoDate | undefined, event: IsoDate | undefined): boolean {
  return date !== undefined && event !== undefined && date > event;
}

interface FlagFacts {
  readonly holdings: readonly Holding[];
  /** In days: what nobody confirmed for longer is old. */
  readonly usualLife: number;
  readonly latest: IsoDate | undefined;
  readonly endedOn: IsoDate | undefined;
  readonly notified: IsoDate | undefined;
  readonly confirmed: IsoDate | undefined;
  readonly situation: Situation;
}

function flagsOf(facts: FlagFacts): ReadonlySet<ContactFlag> {
  const { asOf, custody, releasedOn } = facts.situation;
  const { latest, confirmed, endedOn, holdings } = facts;
  const flags = new Set<ContactFlag>();
  if (endedOn !== undefined) flags.add('ended');
  else if (confirmed !== undefined && daysBetween(confirmed, asOf) <= RECENTLY_DAYS) flags.add('confirmed-recently');
  const inService = holdings.some(({ contact }) => isInService(contact, asOf));
  const old = latest === undefined ? !inService : daysBetween(latest, asOf) > facts.usualLife;
  if (old) flags.add('old');
  if (facts.notified !== undefined) flags.add('statutory-notification');
  if (custody?.state === 'in-custody') flags.add('in-custody');
  if (releasedOn !== undefined) flags.add('released-recently');
  if (holdings.some(({ contact }) => contact.recordedAs === 'hostel')) flags.add('hostel');
  const verdicts = holdings.map(({ contact }) => contact.verified);
  if (verdicts.includes(false) && !verdicts.includes(true)) flags.add('not-verified');
  return flags;
}
