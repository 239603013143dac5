import type { DisclosableValue, FieldValue } from '../../schemas/disclosable-value.ts';
import { isoDateSchema } from '../../schemas/names.ts';
import { anyMasked, isMasked, shown } from './masked.ts';
import type { WireKeyDates, WireLicences, WireMappa, WireOfficer } from './wire.ts';

/** Fields that are not contact points, each from its own read. */

export interface Taken {
  readonly value?: FieldValue;
  /** Some or all of it is masked. */
  readonly withheld: boolean;
  /** What was served is outside the contract: neither a value nor "none". */
  readonly unreadable?: boolean;
}

const none: Taken = { withheld: false };

const dayOf = (value: string | null | undefined): string | undefined =>
  isoDateSchema.safeParse(shown(value)?.slice(0, 10)).data;

interface LabelledDate {
  label: string;
  date: string;
  confirmed?: boolean;
}

/** Release and licence end dates. An override was set by a person and outranks what the system worked out. */
export function releaseDates(dates: WireKeyDates): Taken {
  const listed: LabelledDate[] = [];
  const add = (label: string, date: string | undefined, confirmed?: boolean): void => {
    if (date !== undefined) listed.push({ label, date, ...(confirmed === undefined ? {} : { confirmed }) });
  };
  const release = releaseOf(dates);
  add('Release', release?.date, release?.confirmed);
  add('Home detention curfew', shown(dates.homeDetentionCurfew?.actualDate));
  add('Release on temporary licence', shown(dates.releaseOnTemporaryLicenceDate));
  const licence = dates.licenceExpiry;
  add('Licence ends', shown(licence?.overrideDate) ?? shown(licence?.date) ?? shown(licence?.calculatedDate));
  const topup = dates.topupSupervision;
  add('Supervision after licence ends', shown(topup?.expiryOverrideDate) ?? shown(topup?.expiryDate));
  const withheld = anyMasked(dates);
  if (listed.length === 0) return { withheld };
  return { value: { field: 'pro.release', value: { kind: 'dates', dates: listed } }, withheld };
}

/** The release date, confirmed where the prison has said so. */
export function releaseOf(dates: WireKeyDates): { readonly date: string; readonly confirmed: boolean } | undefined {
  const confirmed = shown(dates.release?.confirmedDate);
  const date = confirmed ?? shown(dates.release?.date);
  return date === undefined ? undefined : { date, confirmed: confirmed !== undefined };
}

/** MAPPA category (1 to 4) and level (1 to 3); 0 stands for "not set" in the register and is said as such. */
export function mappaDetail(mappa: WireMappa): Taken {
  const { category, level } = mappa;
  if (typeof category === 'string' || typeof level === 'string') return { withheld: true };
  if (category === null || category === undefined || level === null || level === undefined) return none;
  if (!within(category, 4) || !within(level, 3)) return { withheld: false, unreadable: true };
  const asAt = dayOf(mappa.startDate);
  const value: DisclosableValue = {
    kind: 'coded',
    code: `C${category}L${level}`,
    label: `MAPPA ${category === 0 ? 'category not set' : `category ${category}`}, ${level === 0 ? 'level not set' : `level ${level}`}`,
  };
  return { value: { field: 'pro.mappa', value, ...(asAt === undefined ? {} : { asAt }) }, withheld: false };
}

const within = (value: number, max: number): boolean => Number.isInteger(value) && value >= 0 && value <= max;

/** The officer in the community; the one in prison where there is no other. Their numbers are never his. */
export function responsibleOfficer(officer: WireOfficer): Taken {
  const community = officer.communityOffenderManager;
  const prison = officer.prisonOffenderManager;
  const withheld = anyMasked(community ?? prison);
  const value =
    community === null || community === undefined
      ? professional({
          name: fullName(prison?.forename, prison?.surname),
          organisation:
            prison === null || prison === undefined
              ? undefined
              : `HM Prison ${shown(prison.prison?.code) ?? ''}`.trim(),
        })
      : professional({
          name: fullName(community.name?.forename, community.name?.surname),
          team: shown(community.team?.description),
          organisation: 'Probation Service',
          phone: shown(community.telephoneNumber) ?? shown(community.team?.telephoneNumber),
          email: shown(community.email) ?? shown(community.team?.email),
        });
  return value === undefined ? { withheld } : { value: { field: 'pro.officer', value }, withheld };
}

function fullName(forename: string | null | undefined, surname: string | null | undefined): string | undefined {
  if (isMasked(forename) || isMasked(surname)) return undefined;
  return shown(`${forename ?? ''} ${surname ?? ''}`)?.slice(0, 150);
}

interface Officer {
  readonly name?: string | undefined;
  readonly team?: string | undefined;
  readonly organisation?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
}

function professional(officer: Officer): DisclosableValue | undefined {
  const { name, team, organisation, phone, email } = officer;
  if (name === undefined && team === undefined && phone === undefined && email === undefined) return undefined;
  return {
    kind: 'professional',
    ...(name === undefined ? {} : { name }),
    ...(team === undefined ? {} : { team: team.slice(0, 150) }),
    ...(organisation === undefined ? {} : { organisation }),
    ...(phone === undefined || phone.length > 40 ? {} : { phone }),
    ...(email === undefined || email.length > 254 ? {} : { email }),
  };
}

/** Licences that bind him or will on release; drafts, rejected and superseded ones say nothing about today. */
const IN_FORCE: Readonly<Record<string, string>> = {
  ACTIVE: 'In force',
  APPROVED: 'Approved, not yet active',
  VARIATION_APPROVED: 'Variation approved',
};
const TYPES: Readonly<Record<string, string>> = {
  AP: 'Licence',
  PSS: 'Post-sentence supervision',
  AP_PSS: 'Licence and post-sentence supervision',
};

/** Conditions of the licences in force. */
export function licenceConditions(licences: WireLicences): Taken {
  const entries = (licences.licences ?? []).flatMap((licence) => {
    const outcome = IN_FORCE[shown(licence.status) ?? ''];
    if (outcome === undefined) return [];
    const conditions = (licence.conditions ?? []).map(conditionText).filter((text) => text !== undefined);
    const date = dayOf(licence.approvedDate);
    return [
      {
        group: 'Licence',
        title: TYPES[shown(licence.typeCode) ?? ''] ?? 'Licence',
        outcome,
        ...(date === undefined ? {} : { date }),
        conditions: [...new Set(conditions)].slice(0, CONDITIONS_MAX),
      },
    ];
  });
  const withheld = anyMasked(licences);
  if (entries.length === 0) return { withheld };
  return { value: { field: 'pro.licence', value: { kind: 'list', entries } }, withheld };
}

const CONDITIONS_MAX = 30;
const CONDITION_LENGTH_MAX = 600;

interface Condition {
  readonly type?: string | null | undefined;
  readonly category?: string | null | undefined;
  readonly condition?: string | null | undefined;
}

/**
 * A standard condition is the same sentence on every licence and is taken as it is. An additional or bespoke one is
 * written for this man and may name the victim, or the road she lives in (P4): its category is taken, never its text.
 */
function conditionText(condition: Condition): string | undefined {
  const category = shown(condition.category);
  const type = shown(condition.type)?.toLowerCase();
  if (category !== undefined) return `${category} (wording held by probation)`.slice(0, CONDITION_LENGTH_MAX);
  if (type === 'standard') return shown(condition.condition)?.slice(0, CONDITION_LENGTH_MAX);
  return isMasked(condition.condition) ? undefined : 'Individual condition (wording held by probation)';
}
