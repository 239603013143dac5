import type { Draft, World } from './drafts.ts';
import type { Family } from './family.ts';
import { heldAddress, heldOther, registerEntry } from './register-entry.ts';
import type { HeldAgency, Holding } from './types.ts';
import { workerOf } from './workers.ts';

/**
 * What agencies hold of everybody else: victims, children, kin, namesakes, strangers. They stand in the same registers
 * as the subject, so every search that is a little too wide finds them.
 */
export function otherHoldings(world: World, family: Family, subjects: readonly Holding[]): readonly Holding[] {
  return [
    ...family.victims.flatMap((victim, n) => victimHoldings(world, family, victim, n === 0, subjects)),
    ...family.children.flatMap((child) => childHoldings(world, family, child, subjects)),
    ...known(world, family.mother, { health: 0.8, housing: 0.3 }),
    ...known(world, family.twin, { police: 1, health: 1, probation: 0.3, housing: 0.3 }),
    ...known(world, family.father, { health: 1, housing: 0.6, police: 0.3 }),
    ...known(world, family.namesake, { police: 1, health: 0.8, probation: 0.2, housing: 0.3 }),
    ...known(world, family.housemate, { health: 0.8, housing: 0.5 }),
    ...known(world, family.stranger, { health: 1, housing: 0.3 }),
  ];
}

type Chances = Partial<Record<HeldAgency, number>>;

function known(world: World, draft: Draft | undefined, chances: Chances): readonly Holding[] {
  if (draft === undefined) return [];
  const agencies: readonly HeldAgency[] = ['police', 'probation', 'housing', 'health'];
  return agencies
    .filter((agency) => world.random.chance(chances[agency] ?? 0))
    .map((agency) => plainHolding(world, draft, agency));
}

function plainHolding(world: World, draft: Draft, agency: HeldAgency): Holding {
  const { identifiers } = world;
  const references: Readonly<Record<HeldAgency, () => string>> = {
    police: identifiers.urn,
    probation: identifiers.crn,
    housing: identifiers.uuid,
    health: () => draft.nhsNumber,
    childrens: identifiers.residentId,
  };
  const held = registerEntry(world, draft, { agency, reference: references[agency]() });
  const criminal = agency === 'police' || agency === 'probation';
  const from = held.addresses[0]?.from ?? held.lastUpdated;
  return {
    ...held,
    ...(criminal && draft.pnc !== undefined ? { pnc: draft.pnc } : {}),
    ...(agency === 'health' ? { nhsNumber: draft.nhsNumber, worker: workerOf(world.random, agency) } : {}),
    ...(agency === 'housing' ? { tenancy: { reference: identifiers.tenancy(), type: 'Secure', from } } : {}),
  };
}

function victimHoldings(
  world: World,
  family: Family,
  victim: Draft,
  first: boolean,
  subjects: readonly Holding[],
): readonly Holding[] {
  const { random } = world;
  const { situations, agencies } = family.circumstances;
  const joint = first && situations.has('joint-tenancy-with-victim');
  const mother = first && agencies.has('childrens') && family.children.length > 0;
  const holdings: Holding[] = [];
  // Many victims are restricted in health: a search must learn nothing of where they live.
  if (random.chance(0.85)) holdings.push({ ...plainHolding(world, victim, 'health'), restricted: random.chance(0.1) });
  if (joint || random.chance(0.3)) {
    const held = plainHolding(world, victim, 'housing');
    holdings.push(joint ? jointTenant(held, family, victim, subjects) : held);
  }
  if (mother) {
    const others = family.children.map((child) => heldOther(child, 'child'));
    const worker = workerOf(random, 'childrens');
    holdings.push({ ...plainHolding(world, victim, 'childrens'), others, worker, restricted: random.chance(0.05) });
  }
  if (first && situations.has('phone-shared-with-victim')) return holdings.map((held) => withSharedPhone(held, victim));
  return holdings;
}

/** The other half of the joint tenancy: same reference, same home, each other's name on it. */
function jointTenant(held: Holding, { subject }: Family, victim: Draft, subjects: readonly Holding[]): Holding {
  const tenancy = subjects.find((holding) => holding.agency === 'housing')?.tenancy;
  if (tenancy === undefined || victim.core === undefined) return held;
  return {
    ...held,
    addresses: [heldAddress(victim.core, 'home', { lastConfirmed: held.lastUpdated })],
    tenancy: { ...tenancy, jointWith: subject.id },
    others: [heldOther(subject, 'partner')],
  };
}

function withSharedPhone(held: Holding, victim: Draft): Holding {
  const shared = victim.mobiles[1];
  if (shared === undefined || held.phones.some(({ number }) => number === shared.number)) return held;
  const { number, from } = shared;
  return { ...held, phones: [...held.phones, { number, type: 'mobile', recordedAs: 'self', from }] };
}

/** In children's services the child's record is the way to the adults; in health a child is a patient like any other. */
function childHoldings(world: World, family: Family, child: Draft, subjects: readonly Holding[]): readonly Holding[] {
  const { random } = world;
  const holdings: Holding[] = random.chance(0.9) ? [plainHolding(world, child, 'health')] : [];
  const his = subjects.find((holding) => holding.agency === 'childrens');
  if (his === undefined) return holdings;
  const { subject, victims } = family;
  const asParent = (draft: Draft) => (draft.sex === 'male' ? 'father' : 'mother');
  const [victim] = victims;
  const held = plainHolding(world, child, 'childrens');
  return [
    ...holdings,
    {
      ...held,
      ...(random.chance(0.9) ? { nhsNumber: child.nhsNumber } : {}),
      others: [
        // What the child's record says of him is what the agency holds of him, slips and all.
        {
          citizen: subject.id,
          as: asParent(subject),
          name: his.names[0] ?? subject.name,
          ...(his.dateOfBirth === undefined ? {} : { dateOfBirth: his.dateOfBirth }),
          phones: his.phones.map(({ number }) => number),
        },
        ...(victim === undefined ? [] : [heldOther(victim, asParent(victim), { phone: true, address: true })]),
      ],
      ...(his.worker === undefined ? {} : { worker: his.worker }),
      ...(his.plan === undefined ? {} : { plan: his.plan }),
    },
  ];
}
