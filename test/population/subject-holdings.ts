import { daysAfter, daysBefore } from './calendar.ts';
import { mistypedPnc } from './corruption.ts';
import type { Draft, World } from './drafts.ts';
import type { Family } from './family.ts';
import { hostelDesk } from './hostel-desks.ts';
import { oneLine } from './places.ts';
import { PUBLISHED } from './rates.ts';
import { heldAddress, heldOther, registerEntry, type EntryWish } from './register-entry.ts';
import type { HeldAddress, HeldAgency, HeldPhone, Holding, Situation } from './types.ts';
import { workerOf } from './workers.ts';

/** What the agencies that know a perpetrator hold of him: one function each, for what is that agency's own. */
export function subjectHoldings(world: World, family: Family): readonly Holding[] {
  const { agencies } = family.circumstances;
  return [
    ...(agencies.has('police') ? [policeHolding(world, family)] : []),
    ...(agencies.has('probation') ? [probationHolding(world, family)] : []),
    ...(agencies.has('housing') ? [housingHolding(world, family)] : []),
    ...(agencies.has('health') ? [healthHolding(world, family)] : []),
    ...(agencies.has('childrens') ? [childrensHolding(world, family)] : []),
  ].map((holding) => withPlaceholder(family, holding));
}

/** In an example of a slip, this agency is the one that makes it. */
const SLIPS_AT: Partial<Record<Situation, HeldAgency>> = {
  'transliterated-name': 'health',
  'day-month-swap': 'health',
  alias: 'police',
};

function entry(world: World, family: Family, agency: HeldAgency, reference: string): Holding {
  const { exampleOf, situations } = family.circumstances;
  const slipsHere = exampleOf !== undefined && SLIPS_AT[exampleOf] === agency ? exampleOf : undefined;
  const keepsOld = family.reassigned !== undefined && agency === oldNumberAt(family);
  const shared =
    situations.has('phone-shared-with-victim') && agency === 'housing' ? family.subject.mobiles[0] : undefined;
  const number = keepsOld ? family.reassigned : shared;
  const wish: EntryWish = {
    agency,
    reference,
    ...(slipsHere === 'transliterated-name' ? { nameSlip: 'near' } : {}),
    ...(slipsHere === 'alias' ? { nameSlip: 'alias' } : {}),
    ...(slipsHere === 'day-month-swap' ? { birthDateSlip: 'day-month-swap' } : {}),
    ...(number === undefined ? {} : { number }),
  };
  const held = registerEntry(world, family.subject, wish);
  const worker = agency === 'police' && !world.random.chance(0.3) ? {} : { worker: workerOf(world.random, agency) };
  const roofless = situations.has('no-fixed-abode') && agency !== 'housing' && world.random.chance(0.6);
  return { ...held, ...worker, ...(roofless ? homeless(held) : {}) };
}

/** No current address: what was known is over. */
function homeless(held: Holding): Partial<Holding> {
  const over = (address: HeldAddress): HeldAddress => ({
    ...address,
    type: 'previous',
    to: address.to ?? address.lastConfirmed ?? held.lastUpdated,
  });
  return { noFixedAbode: true, addresses: held.addresses.map(over) };
}

/** Which agency still has the number that a stranger answers now. */
const oldNumberAt = ({ circumstances: { agencies } }: Family): HeldAgency =>
  agencies.has('housing') ? 'housing' : 'police';

function policeHolding(world: World, family: Family): Holding {
  const { random, identifiers, asOf } = world;
  const { subject, victims, circumstances } = family;
  const { situations } = circumstances;
  const held = entry(world, family, 'police', identifiers.urn());
  const [victim] = victims;
  const hers = situations.has('victims-address-at-police') ? victimsAddress(world, victim) : [];
  const current = subject.residences.find((residence) => residence.to === undefined);
  const notified: HeldAddress[] =
    situations.has('dapo-notified-address') && current !== undefined
      ? [heldAddress(current, 'notified', { lastConfirmed: daysBefore(asOf, random.between(2, 60)) })]
      : [];
  return {
    ...held,
    ...(subject.pnc === undefined ? {} : { pnc: subject.pnc }),
    ...(subject.cro === undefined ? {} : { cro: subject.cro }),
    // Half of them police have merged themselves; in the other half nobody has noticed.
    otherReferences: situations.has('two-police-urns')
      ? [{ type: random.chance(0.5) ? 'URN' : 'superseded', value: identifiers.urn() }]
      : [],
    addresses: [...notified, ...hers, ...held.addresses],
    phones: misrecorded(family, held, 'police'),
    orders: ordersOf(world, situations),
    others: victims.map((each) =>
      heldOther(each, 'victim', { phone: random.chance(0.7), address: random.chance(0.8) }),
    ),
  };
}

/** The address of the incident, which is where she lives, stands in the file as his home. */
function victimsAddress(world: World, victim: Draft | undefined): HeldAddress[] {
  if (victim?.core === undefined) return [];
  const lastConfirmed = daysBefore(world.asOf, world.random.between(20, 400));
  return [{ ...heldAddress(victim.core, 'home', { lastConfirmed }), reallyOf: victim.id }];
}

function ordersOf(world: World, situations: ReadonlySet<Situation>): Holding['orders'] {
  const { random, asOf } = world;
  const away = 'not to contact the protected person, directly or indirectly';
  const home = 'not to go within 100 metres of the protected person’s home';
  if (situations.has('dapo-notified-address')) {
    const from = daysBefore(asOf, random.between(61, 300));
    return [
      {
        type: 'DAPO',
        from,
        to: daysAfter(from, 730),
        conditions: [away, home, 'to notify names used and home address'],
      },
    ];
  }
  if (random.chance(0.05)) {
    const from = daysBefore(asOf, random.between(1, 27));
    return [{ type: 'DVPO', from, to: daysAfter(from, 28), conditions: [away, home] }];
  }
  if (random.chance(0.1)) return [{ type: 'bail', from: daysBefore(asOf, random.between(1, 80)), conditions: [away] }];
  if (random.chance(0.08)) {
    const from = daysBefore(asOf, random.between(30, 700));
    return [{ type: 'restraining', from, to: daysAfter(from, 1826), conditions: [away, home] }];
  }
  return [];
}

function probationHolding(world: World, family: Family): Holding {
  const { random, identifiers, asOf } = world;
  const { subject, circumstances, custodySince, releasedOn } = family;
  const { situations } = circumstances;
  const held = entry(world, family, 'probation', identifiers.crn());
  const inside = custodySince !== undefined;
  const prisonBefore = inside || releasedOn !== undefined || random.chance(0.3);
  const pnc = probationPnc(world, subject);
  const mappa = random.chance(0.12)
    ? {
        mappa: {
          category: random.pick([2, 3] as const),
          level: random.weighted([
            [1, 8],
            [2, 3],
            [3, 1],
          ] as const),
          from: daysBefore(asOf, 200),
        },
      }
    : {};
  return {
    ...held,
    ...(pnc === undefined ? {} : { pnc }),
    ...(subject.cro !== undefined && random.chance(0.6) ? { cro: subject.cro } : {}),
    ...mappa,
    otherReferences: [
      ...(situations.has('merged-in-probation') ? [{ type: 'superseded', value: identifiers.crn() } as const] : []),
      ...(prisonBefore ? [{ type: 'NOMS', value: identifiers.noms() } as const] : []),
    ],
    noFixedAbode: held.noFixedAbode || situations.has('no-fixed-abode'),
    ...(situations.has('no-fixed-abode') ? homeless(held) : {}),
    ...lodging(world, family, held),
    restricted: situations.has('limited-access-offender'),
    ...(custodySince === undefined ? {} : { custody: custodyOf(world, custodySince) }),
    ...(releasedOn === undefined ? {} : { releasedOn }),
    licenceConditions: releasedOn !== undefined || random.chance(0.25) ? LICENCE_CONDITIONS : [],
    others:
      family.mother !== undefined && random.chance(0.3) ? [heldOther(family.mother, 'mother', { phone: true })] : [],
  };
}

const LICENCE_CONDITIONS = [
  'not to contact the victim without prior approval of the supervising officer',
  'to live at the approved address and obtain permission before any change',
];

/** Probation alone knows at once of a hostel or approved premises, and has the number he got on release. */
function lodging(world: World, family: Family, held: Holding): Partial<Holding> {
  const lodged = family.subject.residences.find((residence) => residence.kind !== 'home');
  if (lodged === undefined) return {};
  const lastConfirmed = lodged.from > held.lastUpdated ? lodged.from : held.lastUpdated;
  const type = lodged.kind === 'approved' ? 'approved' : 'hostel';
  const former = held.addresses.map((address): HeldAddress => ({
    ...address,
    type: 'previous',
    to: address.to ?? lodged.from,
  }));
  const desk = hostelDesk(oneLine(lodged.dwelling));
  const number: HeldPhone[] =
    desk === undefined || !world.random.chance(0.6)
      ? []
      : [{ number: desk, type: 'landline', recordedAs: 'hostel', from: lodged.from, lastConfirmed }];
  return {
    addresses: [heldAddress(lodged, type, { lastConfirmed }), ...former],
    phones: [...held.phones, ...number],
    lastUpdated: lastConfirmed,
  };
}

/** Written in the short form that prisons and probation use as often as the long one; sometimes mistyped or another's. */
function probationPnc(world: World, subject: Draft): string | undefined {
  const { random } = world;
  if (subject.pnc === undefined || !random.chance(0.9)) return undefined;
  const year = Number(subject.pnc.slice(0, 4));
  const held = random.weighted([
    [subject.pnc, PUBLISHED.identifierAgrees - PUBLISHED.identifierCoreOnly],
    ['mistyped', PUBLISHED.identifierCoreOnly],
    ['another', 1 - PUBLISHED.identifierAgrees],
  ]);
  if (held === 'mistyped') return mistypedPnc(random, subject.pnc);
  const pnc = held === 'another' ? world.identifiers.pnc(year) : held;
  return random.chance(0.4) ? pnc.slice(2).replace(/\/0+/u, '/') : pnc;
}

function custodyOf(world: World, since: string): NonNullable<Holding['custody']> {
  const { random, asOf } = world;
  // Establishments that do not exist, in the three letters that prisons use.
  const prisonId = random.pick(['ZRV', 'ZEM', 'ZFG']);
  if (random.chance(0.3)) return { prisonId, since };
  return { prisonId, since, releaseOn: daysAfter(asOf, random.between(3, 300)), releaseConfirmed: random.chance(0.5) };
}

function housingHolding(world: World, family: Family): Holding {
  const { random, identifiers } = world;
  const { victims, circumstances, mother } = family;
  const held = entry(world, family, 'housing', identifiers.uuid());
  const joint = circumstances.situations.has('joint-tenancy-with-victim');
  const [victim] = victims;
  const addresses: readonly HeldAddress[] =
    joint && victim?.core !== undefined
      ? [{ ...heldAddress(victim.core, 'home'), reallyOf: victim.id }, ...held.addresses.map(asPrevious)]
      : held.addresses;
  const from = addresses[0]?.from ?? held.lastUpdated;
  const others = [
    ...(victim !== undefined && (joint || random.chance(0.3)) ? [heldOther(victim, 'partner', { phone: true })] : []),
    ...(mother !== undefined && random.chance(0.3) ? [heldOther(mother, 'mother', { phone: true })] : []),
  ];
  return {
    ...held,
    addresses,
    phones: [...misrecorded(family, held, 'housing'), ...labelled(others)],
    others,
    tenancy: {
      reference: identifiers.tenancy(),
      type: joint ? 'Secure' : random.pick(['Secure', 'Introductory', 'Temporary Accommodation']),
      from,
      ...(joint && victim !== undefined ? { jointWith: victim.id } : {}),
    },
  };
}

const asPrevious = (address: HeldAddress): HeldAddress => ({ ...address, type: 'previous' });

/** A number of somebody in the household that stands in his own file under that person's label. */
function labelled(others: Holding['others']): HeldPhone[] {
  return others.flatMap((other) =>
    other.phones.map((number) => ({
      number,
      type: 'mobile' as const,
      recordedAs: other.as === 'mother' ? ('mother' as const) : ('partner' as const),
      reallyOf: other.citizen,
    })),
  );
}

function healthHolding(world: World, family: Family): Holding {
  const { random, identifiers } = world;
  const { subject, circumstances, mother } = family;
  const { situations } = circumstances;
  const held = entry(world, family, 'health', subject.nhsNumber);
  return {
    ...held,
    nhsNumber: subject.nhsNumber,
    otherReferences: situations.has('superseded-nhs-number')
      ? [{ type: 'superseded', value: identifiers.nhsNumber() }]
      : [],
    phones: misrecorded(family, held, 'health'),
    restricted: situations.has('restricted-in-health'),
    others: mother !== undefined && random.chance(0.5) ? [heldOther(mother, 'mother', { phone: true })] : [],
  };
}

function childrensHolding(world: World, family: Family): Holding {
  const { random, identifiers } = world;
  const { subject, victims, children, circumstances } = family;
  const { exampleOf, situations } = circumstances;
  const held = entry(world, family, 'childrens', identifiers.residentId());
  const relationshipOnly = exampleOf === 'childrens-by-relationship-only' || random.chance(0.4);
  if (relationshipOnly) subject.situations.add('childrens-by-relationship-only');
  const [victim] = victims;
  return {
    ...held,
    ...(random.chance(0.3) ? { nhsNumber: subject.nhsNumber } : {}),
    relationshipOnly,
    restricted: situations.has('restricted-in-childrens'),
    others: [
      ...children.map((child) => heldOther(child, 'child')),
      ...(victim === undefined ? [] : [heldOther(victim, 'partner', { phone: random.chance(0.6), address: true })]),
    ],
    plan: {
      status: random.weighted([
        ['child-in-need', 6],
        ['child-protection', 3],
        ['looked-after', 1],
      ] as const),
      s47Open: random.chance(0.2),
    },
  };
}

/** Puts the victim's or his mother's number in his file as his own, where that is his situation. */
function misrecorded(
  { circumstances, victims, mother, reassigned }: Family,
  held: Holding,
  at: HeldAgency,
): readonly HeldPhone[] {
  const { situations, agencies } = circumstances;
  const as = (owner: Draft | undefined): HeldPhone[] => {
    const number = owner?.mobiles[0]?.number;
    if (owner === undefined || number === undefined) return [];
    return [{ number, type: 'mobile', recordedAs: 'self', lastConfirmed: held.lastUpdated, reallyOf: owner.id }];
  };
  const hers =
    situations.has('victims-number-recorded-as-his') && at === (agencies.has('housing') ? 'housing' : 'police');
  const mothers = situations.has('mothers-number-recorded-as-his') && at === 'health';
  if (hers) return [...as(victims[0]), ...held.phones.slice(reassigned === undefined ? 1 : 0)];
  if (mothers) return [...as(mother), ...held.phones];
  return held.phones;
}

/** Example of a placeholder: probation never asked. */
function withPlaceholder({ circumstances, subject }: Family, holding: Holding): Holding {
  if (circumstances.exampleOf !== 'placeholder-birth-date' || holding.agency !== 'probation') return holding;
  subject.situations.add('placeholder-birth-date');
  return { ...holding, dateOfBirth: '1900-01-01' };
}
