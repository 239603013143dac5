import { KNOWN_TO, SITUATION_RATES } from './rates.ts';
import type { Random } from './random.ts';
import { SITUATIONS, type HeldAgency, type Situation } from './types.ts';

/** What is drawn about one perpetrator before anybody is made: who knows of them, and which hard case they are. */
export interface Circumstances {
  readonly situations: ReadonlySet<Situation>;
  readonly agencies: ReadonlySet<HeldAgency>;
  /** Set for the first examples of each situation: exactly that situation, with numbers fit for people's eyes. */
  readonly exampleOf?: Situation;
}

export const AGENCIES: readonly HeldAgency[] = ['police', 'probation', 'housing', 'health', 'childrens'];

/** Examples that every population has of every situation, as long as it has 84 perpetrators or more. */
const EXAMPLES = 3;

/** Agencies without which a situation cannot be. */
const NEEDS: Partial<Record<Situation, readonly HeldAgency[]>> = {
  twin: ['police', 'health'],
  'father-and-son': ['police', 'health'],
  namesake: ['police', 'health'],
  alias: ['police', 'probation'],
  'transliterated-name': ['police', 'health'],
  'day-month-swap': ['police', 'health'],
  'placeholder-birth-date': ['police', 'probation'],
  'phone-shared-with-victim': ['housing'],
  'victims-number-recorded-as-his': ['police', 'housing'],
  'mothers-number-recorded-as-his': ['health'],
  'number-reassigned-to-stranger': ['police', 'housing'],
  'no-fixed-abode': ['probation'],
  hostel: ['probation'],
  'in-custody': ['probation'],
  'released-last-week': ['probation'],
  'restricted-in-health': ['health'],
  'superseded-nhs-number': ['health'],
  'limited-access-offender': ['probation'],
  'merged-in-probation': ['probation'],
  'two-police-urns': ['police'],
  'victims-address-at-police': ['police'],
  'joint-tenancy-with-victim': ['housing'],
  'childrens-by-relationship-only': ['childrens'],
  'restricted-in-childrens': ['childrens'],
  'dapo-notified-address': ['police'],
};

/** Where a man is can only be one of these; the first wins. */
const WHEREABOUTS: readonly Situation[] = ['in-custody', 'released-last-week', 'hostel', 'no-fixed-abode'];

/** Draws the circumstances of the perpetrator with this index. */
export function circumstancesOf(random: Random, index: number): Circumstances {
  const known = new Set(AGENCIES.filter((agency) => random.chance(KNOWN_TO[agency])));
  const exampleOf = index < SITUATIONS.length * EXAMPLES ? SITUATIONS[index % SITUATIONS.length] : undefined;
  if (exampleOf !== undefined)
    return { situations: new Set([exampleOf]), agencies: agenciesFor(exampleOf, known), exampleOf };
  const drawn = drawnSituations(random, known);
  if (known.size === 0 || drawn.has('known-to-none'))
    return { situations: new Set(['known-to-none']), agencies: new Set() };
  return { situations: drawn, agencies: known };
}

function agenciesFor(situation: Situation, known: ReadonlySet<HeldAgency>): ReadonlySet<HeldAgency> {
  if (situation === 'known-to-none') return new Set();
  if (situation === 'known-to-one-agency') return new Set(['police']);
  return new Set([...known, ...(NEEDS[situation] ?? ['police', 'health'])]);
}

function drawnSituations(random: Random, known: ReadonlySet<HeldAgency>): Set<Situation> {
  const drawn = new Set<Situation>();
  for (const [situation, rate] of SITUATION_RATES) {
    const needs = situation === 'alias' || situation === 'known-to-none' ? [] : (NEEDS[situation] ?? []);
    const possible = needs.reduce((share, agency) => share * KNOWN_TO[agency], 1);
    // Drawn only among those whom the agency knows, so that the needs of situations do not inflate what agencies hold.
    if (random.chance(rate / possible) && needs.every((agency) => known.has(agency))) drawn.add(situation);
  }
  const whereabouts = WHEREABOUTS.find((situation) => drawn.has(situation));
  for (const situation of WHEREABOUTS) if (situation !== whereabouts) drawn.delete(situation);
  if (whereabouts === 'in-custody' || whereabouts === 'released-last-week') drawn.delete('phone-shared-with-victim');
  // A number got on release is too new for the one before it to have found another owner.
  if (whereabouts === 'released-last-week') drawn.delete('number-reassigned-to-stranger');
  return drawn;
}
