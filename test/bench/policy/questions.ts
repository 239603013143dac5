import type { PolicyBundle } from '../../../policies/engine/index.ts';
import type { TransformKind } from '../../../policies/engine/language.ts';
import { FACT_DIMENSIONS, CASE_FACTS } from '../../../policies/engine/dimensions.ts';
import type { CaseFacts, DatedFacts } from '../../../schemas/case.ts';
import { OBLIGATION_KINDS } from '../../../schemas/decision.ts';
import type { PolicyRequest } from '../../../schemas/decision.ts';
import type { DisclosableValue } from '../../../schemas/disclosable-value.ts';
import type { FieldId, RequesterGroup } from '../../../schemas/names.ts';
import type { Random } from '../../population/random.ts';

/** Questions as a partnership might ask them in a year, and a record to ask them about. All made up. */

const YEAR_MS = 365 * 86_400_000;
const START = Date.parse('2026-03-01T00:00:00.000Z');

/** Facts of a case that is under work: most are known, some were asserted too long ago, now and then one is missing. */
function factsAt(random: Random, atMs: number): DatedFacts {
  const facts: CaseFacts = {};
  const asAt: DatedFacts['asAt'] = {};
  for (const fact of CASE_FACTS) {
    const { values, whenAbsent } = FACT_DIMENSIONS[fact];
    if (random.chance(whenAbsent === undefined ? 0.03 : 0.6)) continue;
    Object.assign(facts, { [fact]: random.early([...values].reverse()) });
    const ageMs = Math.floor(random.fraction() ** 3 * (random.chance(0.05) ? 400 : 30) * 86_400_000);
    asAt[fact] = new Date(atMs - (fact === 'emergency' ? ageMs % 3_600_000 : ageMs)).toISOString();
  }
  return { facts, asAt };
}

/** Requests over all purposes, each by a role that may claim it; nine in ten systems fulfil every obligation. */
export function questionsOf(bundle: PolicyBundle, random: Random, count: number): readonly PolicyRequest[] {
  const claims = [...bundle.purposes].flatMap(([purpose, { claimants }]) =>
    claimants.flatMap((role) => (bundle.roles.get(role)?.groups ?? []).map((group) => ({ purpose, role, group }))),
  );
  return Array.from({ length: count }, () => {
    const { purpose, role, group } = random.pick<{ purpose: string; role: string; group: RequesterGroup }>(claims);
    const atMs = START + Math.floor(random.fraction() * YEAR_MS);
    return {
      at: new Date(atMs).toISOString(),
      requester: { agency: 'riverton', group, role },
      purpose,
      facts: factsAt(random, atMs),
      confidence: random.chance(0.9) ? 'certain' : 'probable',
      canFulfil: random.chance(0.9) ? [...OBLIGATION_KINDS] : OBLIGATION_KINDS.slice(0, 5),
    };
  });
}

const VALUES: Readonly<Record<Exclude<TransformKind, 'third-party-location' | 'existence'>, DisclosableValue>> = {
  name: { kind: 'name', given: 'Dorian', middle: 'Lee', family: 'Ashgrove' },
  'date-of-birth': { kind: 'date-of-birth', date: '1985-05-05' },
  address: { kind: 'address', lines: ['14 Larch Road', 'Riverton'], postcode: 'RV1 4AB' },
  phone: { kind: 'phone', number: '+447700900123' },
  email: { kind: 'email', address: 'dorian@example.org' },
  identifier: { kind: 'identifier', value: '2012/0394773H' },
  dates: {
    kind: 'dates',
    dates: [
      { label: 'Release', date: '2026-09-14' },
      { label: 'Licence ends', date: '2027-03-14' },
    ],
  },
  list: {
    kind: 'list',
    entries: [
      { group: 'Violence', title: 'Assault occasioning actual bodily harm', date: '2019-04-02', outcome: 'Convicted' },
      { group: 'Damage', title: 'Criminal damage', date: '2021-11-20', outcome: 'Convicted' },
      { group: 'Violence', title: 'Common assault', date: '2023-06-30', outcome: 'Cautioned' },
    ],
  },
  score: { kind: 'score', value: 63, band: 'High' },
  coded: { kind: 'coded', code: 'M2', label: 'Category 2, level 2', detail: 'Reviewed by the panel' },
  'health-item': {
    kind: 'health-item',
    asRecorded: 'Alcohol dependence syndrome',
    conditionGroup: 'Substance misuse',
    serviceType: 'Community treatment',
  },
  'free-text': {
    kind: 'free-text',
    written: 'He comes back to the address on Fridays.',
    redacted: 'He comes back to an address on Fridays.',
    summary: 'Returns weekly.',
  },
  professional: { kind: 'professional', name: 'Asha Verma', team: 'Probation North', phone: '+441632960123' },
};

export interface HeldField {
  readonly field: FieldId;
  readonly value: DisclosableValue;
}

/** A record of forty fields, eight of each owner, every one with a value of the kind that its field takes. */
export function recordOf(bundle: PolicyBundle, perOwner = 8): readonly HeldField[] {
  const owners = [...new Set([...bundle.fields.values()].map(({ owner }) => owner))];
  return owners.flatMap((owner) => {
    const theirs = [...bundle.fields.values()].filter((field) => field.owner === owner);
    // Every second one, so that a record has fields of every class and not the identity alone.
    const chosen = theirs.filter((_field, nth) => nth % 2 === 0).concat(theirs.filter((_field, nth) => nth % 2 === 1));
    return chosen.slice(0, perOwner).map(({ id, transform }) => {
      const kind = transform.find((each) => each in VALUES);
      const value = Object.entries(VALUES).find(([name]) => name === kind)?.[1] ?? VALUES.coded;
      return { field: id, value };
    });
  });
}
