import type { ContactKind } from '../../schemas/contact-point.ts';
import type { AgencyId, IsoDate } from '../../schemas/names.ts';
import type { ContactFlag } from '../../schemas/reach.ts';
import type { Holding } from './candidate.ts';
import { currencyFlags } from './current-flags.ts';
import { daysBetween, earlier, later } from './dates.ts';
import {
  isInService,
  lastConfirmation,
  noticeOf,
  reachedEvidence,
  readEvidence,
  splitByEnd,
  type Evidence,
} from './evidence.ts';
import { together } from './together.ts';
import { halfLifeOf, wearOf } from './wear.ts';
import type { ContactWeights, Wear } from './weights.ts';
import type { Situation } from './whereabouts.ts';

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
/** Ofcom numbers go back to be issued again once given up; assumption: likely after half a year of silence. */
const REISSUED_AFTER_DAYS = 182;
const REISSUED = 0.5;
/** The duty to notify each change within three days (Domestic Abuse Act 2021 s.41) makes silence a confirmation. */
const WORKS_BY_DUTY = 0.96;
const SILENCE_CONFIRMS_DAYS = 730;
/** An order in force obliges him to live there; some breach it. */
const WORKS_BY_ORDER = 0.85;

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
  const reading = { asOf, writtenOn: facts.writtenOn, halfLife };
  const evidence = [
    ...holdings.map((holding) => readEvidence(holding, reading, weights)),
    ...facts.writtenWrong.map((holding) => ({
      ...readEvidence(holding, reading, weights),
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
    flags: currencyFlags({
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

function isBefore(date: IsoDate | undefined, event: IsoDate | undefined): boolean {
  return event !== undefined && (date === undefined || date < event);
}

function isSince(date: IsoDate | undefined, event: IsoDate | undefined): boolean {
  return date !== undefined && event !== undefined && date > event;
}
