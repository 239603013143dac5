import type { IsoDate } from '../../schemas/names.ts';
import type { SourceRecord, Whereabouts } from '../../schemas/source-record.ts';
import type { ContactSource, Permits } from './candidate.ts';
import { daysBetween, later, sayDate } from './dates.ts';
import { readDeath, type Death } from './death.ts';
import { compareText } from './order.ts';
import { capital } from './say-agencies.ts';

/** Where he is when that is not an address. */
export interface WhereaboutsSummary {
  /** That a source records him as dead, apart: it has sources and perhaps a level of its own. */
  readonly death?: Death;
  readonly custody?: CustodySummary;
  /** Some source says that he has no fixed abode. */
  readonly noFixedAbode: boolean;
  /** Of custody and of no fixed abode. */
  readonly sources: readonly ContactSource[];
  /** One sentence for the worker on these two, empty where neither is known. */
  readonly because: string;
}

export interface CustodySummary {
  readonly state: CustodyState;
  readonly establishment?: string;
  readonly since?: IsoDate;
  readonly releaseDate?: IsoDate;
  /** The source says so itself; an unconfirmed date is a plan. */
  readonly releaseConfirmed: boolean;
}

/** `release-due`: the date has passed and nobody has confirmed that he went. */
export type CustodyState = 'in-custody' | 'release-due' | 'released';

/** What the ranking needs to know of where he is. */
export interface Situation {
  readonly asOf: IsoDate;
  readonly death?: Death;
  readonly custody?: CustodySummary;
  /** Released within the time in which old numbers and addresses are still in the files. */
  readonly releasedOn?: IsoDate;
  readonly noFixedAbode: boolean;
  /** The last day a source updated a record that says no fixed abode, where it dates its records. */
  readonly noFixedAbodeOn?: IsoDate;
  readonly summary?: WhereaboutsSummary;
}

/** Assumption: after a season out, what was confirmed before custody is judged by its age alone. */
const RECENT_RELEASE_DAYS = 92;

/** Reads where the subject is from those of his records whose whereabouts the asker may see. */
export function readSituation(records: readonly SourceRecord[], asOf: IsoDate, permits: Permits): Situation {
  const stated = records
    .flatMap((record) => {
      const { whereabouts } = record;
      if (whereabouts === undefined || record.restricted === true) return [];
      const source = { recordId: record.recordId, field: whereabouts.field };
      return permits(source) ? [{ whereabouts, source, updated: record.lastUpdated }] : [];
    })
    .sort((a, b) => compareText(keyOf(a.source), keyOf(b.source)) || compareText(dump(a), dump(b)));
  const custody = latestCustody(
    stated.flatMap(({ whereabouts }) => whereabouts.custody ?? []),
    asOf,
  );
  const homeless = stated.filter(({ whereabouts }) => whereabouts.noFixedAbode === true);
  const noFixedAbodeOn = homeless.reduce<IsoDate | undefined>((date, { updated }) => later(date, updated), undefined);
  const used = stated.filter(
    ({ whereabouts }) => whereabouts.custody !== undefined || whereabouts.noFixedAbode === true,
  );
  const released = custody?.state === 'released' ? custody.releaseDate : undefined;
  const recent = released !== undefined && daysBetween(released, asOf) <= RECENT_RELEASE_DAYS;
  // A release long past says nothing of where he is today.
  const told = custody?.state === 'released' && !recent ? undefined : custody;
  const death = readDeath(records, asOf, permits);
  const summary = summarise(death, told, homeless.length > 0, used);
  return {
    asOf,
    ...(death === undefined ? {} : { death }),
    noFixedAbode: homeless.length > 0,
    ...(told === undefined ? {} : { custody: told }),
    ...(recent ? { releasedOn: released } : {}),
    ...(noFixedAbodeOn === undefined ? {} : { noFixedAbodeOn }),
    ...(summary === undefined ? {} : { summary }),
  };
}

type Custody = NonNullable<Whereabouts['custody']>;

/** The latest period counts; among equal ones the one that says more. */
function latestCustody(periods: readonly Custody[], asOf: IsoDate): CustodySummary | undefined {
  const [latest] = periods
    .filter(({ since }) => since === undefined || since <= asOf)
    .sort(
      (a, b) =>
        compareText(b.since ?? '', a.since ?? '') ||
        Number(b.releaseConfirmed === true) - Number(a.releaseConfirmed === true) ||
        compareText(b.releaseDate ?? '', a.releaseDate ?? '') ||
        compareText(a.establishment, b.establishment),
    );
  if (latest === undefined) return undefined;
  const { since, releaseDate } = latest;
  const releaseConfirmed = latest.releaseConfirmed === true;
  const past = releaseDate !== undefined && releaseDate <= asOf;
  const state = past ? (releaseConfirmed ? 'released' : 'release-due') : 'in-custody';
  return {
    state,
    releaseConfirmed,
    ...(isPlaceName(latest.establishment) ? { establishment: latest.establishment } : {}),
    ...(since === undefined ? {} : { since }),
    ...(releaseDate === undefined ? {} : { releaseDate }),
  };
}

/** A source that writes a number or mailbox into the prison's name would otherwise carry it past every check (P4). */
function isPlaceName(establishment: string): boolean {
  return !/@|\d{3}|\p{C}/u.test(establishment.normalize('NFKC'));
}

function summarise(
  death: Death | undefined,
  custody: CustodySummary | undefined,
  noFixedAbode: boolean,
  used: readonly { readonly source: ContactSource }[],
): WhereaboutsSummary | undefined {
  const dead = death === undefined ? {} : { death };
  if (custody === undefined && !noFixedAbode) {
    return death === undefined ? undefined : { ...dead, noFixedAbode, sources: [], because: '' };
  }
  const sources = [...new Map(used.map(({ source }) => [keyOf(source), source])).values()];
  const homeless = noFixedAbode ? 'he is recorded as having no fixed abode' : '';
  const sentence = [custody === undefined ? '' : sayCustody(custody), homeless]
    .filter((part) => part !== '')
    .join('; ');
  const because = `${capital(sentence)}.`;
  return { ...dead, noFixedAbode, sources, because, ...(custody === undefined ? {} : { custody }) };
}

function sayCustody({ state, establishment, since, releaseDate, releaseConfirmed }: CustodySummary): string {
  const where = establishment === undefined ? 'in custody' : `in custody at ${establishment}`;
  const begun = since === undefined ? `he is ${where}` : `he has been ${where} since ${sayDate(since)}`;
  if (releaseDate === undefined) return `${begun}, with no release date given`;
  const day = sayDate(releaseDate);
  if (state === 'released') return `he was released on ${day}`;
  if (state === 'release-due')
    return `he was ${where} and due out on ${day}, but nobody has confirmed that he was released`;
  return `${begun} and is due out on ${day}, ${releaseConfirmed ? 'which is confirmed' : 'which is not yet confirmed'}`;
}

function keyOf({ recordId, field }: ContactSource): string {
  return `${recordId} ${field ?? ''}`;
}

function dump(value: unknown): string {
  return JSON.stringify(value);
}
