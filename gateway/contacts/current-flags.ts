import type { IsoDate } from '../../schemas/names.ts';
import type { ContactFlag } from '../../schemas/reach.ts';
import type { Holding } from './candidate.ts';
import { daysBetween } from './dates.ts';
import { isInService } from './evidence.ts';
import type { Situation } from './whereabouts.ts';

const RECENTLY_DAYS = 92;

export interface FlagFacts {
  readonly holdings: readonly Holding[];
  /** In days: what nobody confirmed for longer is old. */
  readonly usualLife: number;
  readonly latest: IsoDate | undefined;
  readonly endedOn: IsoDate | undefined;
  readonly notified: IsoDate | undefined;
  readonly confirmed: IsoDate | undefined;
  readonly situation: Situation;
}

/** What a worker sees at a glance of how current a contact point is. */
export function currencyFlags(facts: FlagFacts): ReadonlySet<ContactFlag> {
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
