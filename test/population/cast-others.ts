import type { IsoDate } from '../../schemas/names.ts';
import { daysAfter } from './calendar.ts';
import {
  castCitizen,
  castHolding,
  castNhsNumber,
  castPnc,
  daysAgo,
  held,
  HOMES,
  other,
  phone,
  worker,
} from './cast-parts.ts';
import { APPROVED_PREMISES } from './places.ts';
import type { Citizen, Holding } from './types.ts';

/** The other eleven main characters, one hard case each; one function a person gives the people and the records. */

export interface Scene {
  readonly citizens: readonly Citizen[];
  readonly holdings: readonly Holding[];
}

/** In custody, released in nine days; his name is written in three ways. */
export function krzysztof(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-krzysztof-wojcik',
    kind: 'perpetrator',
    name: { given: 'Krzysztof', family: 'Wójcik' },
    sex: 'male',
    dateOfBirth: '1983-06-19',
    situations: ['in-custody', 'transliterated-name'],
    mobiles: [[20, 700, 80]],
    homes: [[HOMES.hopeTerrace, 1500, 80]],
  });
  const pnc = castPnc(2009, 3);
  const terrace = { from: ago(1500) };
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900003',
      names: [{ given: 'Krzysztof', family: 'Wojcik' }],
      pnc,
      addresses: [held(HOMES.hopeTerrace, 'home', { ...terrace, lastConfirmed: ago(90) })],
      phones: [phone(20, 'self', { from: ago(700), lastConfirmed: ago(90) })],
    }),
    castHolding(ago, man, {
      agency: 'probation',
      reference: 'X900003',
      otherReferences: [{ type: 'NOMS', value: 'A9003ZA' }],
      pnc,
      custody: { prisonId: 'ZRV', since: ago(80), releaseOn: daysAfter(asOf, 9), releaseConfirmed: true },
      addresses: [held(HOMES.hopeTerrace, 'previous', { ...terrace, to: ago(80) })],
      worker: worker('Hanna Zawadzka', 'Eastmarch', 5),
      lastUpdated: ago(4),
    }),
    castHolding(ago, man, {
      agency: 'health',
      reference: castNhsNumber(12),
      names: [{ given: 'Kristof', family: 'Wojcik' }],
      addresses: [held(HOMES.hopeTerrace, 'home', terrace)],
    }),
  ];
  return { citizens: [man], holdings };
}

/** On monitor: reachable, and not to be contacted yet. */
export function gareth(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-gareth-pritchard',
    kind: 'perpetrator',
    name: { given: 'Gareth', middle: 'Rhys', family: 'Pritchard' },
    sex: 'male',
    dateOfBirth: '1979-11-08',
    situations: ['plain'],
    mobiles: [[21, 900]],
    homes: [[HOMES.lockKeepers, 2600]],
  });
  const home = held(HOMES.lockKeepers, 'home', { from: ago(2600), lastConfirmed: ago(20) });
  const mobile = phone(21, 'self', { from: ago(880), lastConfirmed: ago(20) });
  const tenancy = { reference: 'RVT900004', type: 'Secure', from: ago(2600) };
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900004',
      pnc: castPnc(1998, 4),
      addresses: [home],
      phones: [mobile],
    }),
    castHolding(ago, man, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600004',
      addresses: [home],
      phones: [mobile],
      tenancy,
    }),
  ];
  return { citizens: [man], holdings };
}

/** No agency holds him: five times "none held", and that is an answer. */
export function emmanuel(asOf: IsoDate): Scene {
  const man = castCitizen(daysAgo(asOf), {
    id: 'CAST-emmanuel-asante',
    kind: 'perpetrator',
    name: { given: 'Emmanuel', family: 'Asante' },
    sex: 'male',
    dateOfBirth: '1996-02-27',
    situations: ['known-to-none'],
    mobiles: [[22, 500]],
    homes: [[HOMES.elsewhere, 300]],
  });
  return { citizens: [man], holdings: [] };
}

/** Restricted in health: what health withholds must not read as absent. */
export function ryan(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-ryan-fletcher',
    kind: 'perpetrator',
    name: { given: 'Ryan', family: 'Fletcher' },
    sex: 'male',
    dateOfBirth: '1991-09-30',
    situations: ['restricted-in-health'],
    mobiles: [[23, 400]],
    homes: [[HOMES.beaconView, 1100]],
  });
  const home = held(HOMES.beaconView, 'home', { from: ago(1100), lastConfirmed: ago(200) });
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900005',
      pnc: castPnc(2010, 5),
      addresses: [home],
      phones: [phone(23, 'unknown', { from: ago(390), lastConfirmed: ago(210) })],
    }),
    castHolding(ago, man, {
      agency: 'health',
      reference: castNhsNumber(13),
      restricted: true,
      addresses: [home],
      phones: [phone(23, 'self', { from: ago(390) })],
    }),
  ];
  return { citizens: [man], holdings };
}

/** Limited access in probation: removed, masked and refused. */
export function liam(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-liam-brennan',
    kind: 'perpetrator',
    name: { given: 'Liam', middle: 'Patrick', family: 'Brennan' },
    sex: 'male',
    dateOfBirth: '1986-01-22',
    situations: ['limited-access-offender'],
    mobiles: [[24, 300]],
    homes: [[HOMES.millstonePlace, 800]],
  });
  const pnc = castPnc(2004, 6);
  const home = held(HOMES.millstonePlace, 'home', { from: ago(800), lastConfirmed: ago(45) });
  const mobile = phone(24, 'self', { from: ago(290), lastConfirmed: ago(15) });
  const holdings = [
    castHolding(ago, man, { agency: 'police', reference: 'URN-900006', pnc, addresses: [home] }),
    castHolding(ago, man, {
      agency: 'probation',
      reference: 'X900006',
      pnc,
      restricted: true,
      addresses: [home],
      phones: [mobile],
      worker: worker('Alice Thornbury', 'Riverton South', 6),
    }),
  ];
  return { citizens: [man], holdings };
}

/** Merged in probation: the number that police know answers 303 and leads to another. */
export function mohammed(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-mohammed-hussain',
    kind: 'perpetrator',
    name: { given: 'Mohammed', family: 'Hussain' },
    aliases: [{ given: 'Muhammad', family: 'Hussein' }],
    sex: 'male',
    dateOfBirth: '1994-04-05',
    situations: ['alias', 'merged-in-probation', 'transliterated-name'],
    mobiles: [
      [25, 150],
      [26, 900, 150],
    ],
    homes: [[HOMES.cobblersNook, 600]],
  });
  const pnc = castPnc(2012, 7);
  const home = held(HOMES.cobblersNook, 'home', { from: ago(600), lastConfirmed: ago(60) });
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900007',
      names: [{ given: 'Muhammad', family: 'Hussein' }],
      aliases: [man.name],
      pnc,
      addresses: [home],
      phones: [phone(26, 'self', { from: ago(880), lastConfirmed: ago(300) })],
    }),
    castHolding(ago, man, {
      agency: 'probation',
      reference: 'X900007',
      otherReferences: [{ type: 'superseded', value: 'X900017' }],
      aliases: man.aliases,
      pnc,
      addresses: [home],
      phones: [phone(25, 'self', { from: ago(140), lastConfirmed: ago(11) })],
      worker: worker('Bilal Sattar', 'Riverton North', 7),
    }),
    castHolding(ago, man, { agency: 'health', reference: castNhsNumber(14), addresses: [home] }),
  ];
  return { citizens: [man], holdings };
}

/** A superseded NHS number, and a birth date whose day and month housing exchanged. */
export function andrei(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-andrei-popescu',
    kind: 'perpetrator',
    name: { given: 'Andrei', family: 'Popescu' },
    sex: 'male',
    dateOfBirth: '1990-08-03',
    situations: ['day-month-swap', 'superseded-nhs-number'],
    mobiles: [[27, 500]],
    homes: [[HOMES.drumlinDrive, 900]],
    email: 'andrei.popescu@example.com',
  });
  const home = held(HOMES.drumlinDrive, 'home', { from: ago(900), lastConfirmed: ago(70) });
  const mobile = phone(27, 'self', { from: ago(480), lastConfirmed: ago(70) });
  const holdings = [
    castHolding(ago, man, {
      agency: 'health',
      reference: castNhsNumber(15),
      otherReferences: [{ type: 'superseded', value: castNhsNumber(16) }],
      addresses: [home],
      phones: [mobile],
      emails: ['andrei.popescu@example.com'],
    }),
    castHolding(ago, man, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600008',
      dateOfBirth: '1990-03-08',
      addresses: [home],
      phones: [mobile],
      tenancy: { reference: 'RVT900008', type: 'Introductory', from: ago(900) },
    }),
  ];
  return { citizens: [man], holdings };
}

/** Released three days ago to approved premises with a new phone; health still writes no fixed abode. */
export function jermaine(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-jermaine-campbell',
    kind: 'perpetrator',
    name: { given: 'Jermaine', family: 'Campbell' },
    sex: 'male',
    dateOfBirth: '1982-12-17',
    situations: ['no-fixed-abode', 'released-last-week'],
    mobiles: [
      [28, 3],
      [29, 900, 400],
    ],
    homes: [
      [APPROVED_PREMISES, 3],
      [HOMES.paperMakers, 2000, 410],
    ],
  });
  const pnc = castPnc(2001, 9);
  const former = held(HOMES.paperMakers, 'previous', { from: ago(2000), to: ago(410) });
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900009',
      pnc,
      addresses: [former],
      phones: [phone(29, 'self', { from: ago(890), lastConfirmed: ago(420) })],
    }),
    castHolding(ago, man, {
      agency: 'probation',
      reference: 'X900009',
      otherReferences: [{ type: 'NOMS', value: 'A9009ZA' }],
      pnc,
      addresses: [held(APPROVED_PREMISES, 'approved', { from: ago(3), lastConfirmed: ago(2) }), former],
      phones: [phone(28, 'self', { from: ago(3), lastConfirmed: ago(2) })],
      releasedOn: ago(3),
      mappa: { category: 2, level: 2, from: ago(60) },
      licenceConditions: ['to live at the approved address and obtain permission before any change'],
      worker: worker('Dorothy Achebe', 'Riverton North', 8),
      lastUpdated: ago(2),
    }),
    castHolding(ago, man, { agency: 'health', reference: castNhsNumber(17), noFixedAbode: true, addresses: [former] }),
  ];
  return { citizens: [man], holdings };
}

/** Under a DAPO: the address he had to notify; two URNs; one phone with the victim; and a namesake. */
export function scott(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const name = { given: 'Scott', family: 'Harding' };
  const man = castCitizen(ago, {
    id: 'CAST-scott-harding',
    kind: 'perpetrator',
    name,
    sex: 'male',
    dateOfBirth: '1984-10-26',
    situations: ['dapo-notified-address', 'namesake', 'phone-shared-with-victim', 'two-police-urns'],
    mobiles: [[30, 600]],
    homes: [[HOMES.gaslightMews, 110]],
    relations: [
      { to: 'CAST-leanne-harding', as: 'wife' },
      { to: 'CAST-leanne-harding', as: 'victim' },
    ],
  });
  const wife = castCitizen(ago, {
    id: 'CAST-leanne-harding',
    kind: 'victim',
    name: { given: 'Leanne', family: 'Harding' },
    sex: 'female',
    dateOfBirth: '1986-02-02',
    mobiles: [
      [30, 600],
      [31, 1000],
    ],
    homes: [[HOMES.victimHarding, 1400]],
    relations: [{ to: man.id, as: 'partner' }],
  });
  const namesake = castCitizen(ago, {
    id: 'CAST-scott-harding-namesake',
    kind: 'namesake',
    name,
    sex: 'male',
    dateOfBirth: '1984-12-26',
    mobiles: [[32, 700]],
    homes: [[HOMES.starlingHeath, 1500]],
  });
  const conditions = ['not to contact Leanne Harding', 'to notify names used and home address'];
  const holdings = [
    castHolding(ago, man, {
      agency: 'police',
      reference: 'URN-900010',
      otherReferences: [{ type: 'URN', value: 'URN-900020' }],
      pnc: castPnc(2003, 10),
      addresses: [held(HOMES.gaslightMews, 'notified', { from: ago(110), lastConfirmed: ago(107) })],
      phones: [phone(30, 'self', { from: ago(590), lastConfirmed: ago(107) })],
      others: [other(wife, 'victim', [31, 30], HOMES.victimHarding)],
      orders: [{ type: 'DAPO', from: ago(110), to: daysAfter(asOf, 620), conditions }],
      lastUpdated: ago(107),
    }),
    castHolding(ago, wife, {
      agency: 'health',
      reference: castNhsNumber(18),
      addresses: [held(HOMES.victimHarding, 'home', { from: ago(1400) })],
      phones: [phone(30, 'self', { from: ago(590) }), phone(31, 'self', { from: ago(1000) })],
    }),
    castHolding(ago, namesake, {
      agency: 'police',
      reference: 'URN-900011',
      pnc: castPnc(2005, 11),
      addresses: [held(HOMES.starlingHeath, 'home', { from: ago(1500) })],
      phones: [phone(32, 'self', { from: ago(690) })],
    }),
  ];
  return { citizens: [man, wife, namesake], holdings };
}

/** Known to one agency only, by a number that a stranger answers now. */
export function kelly(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const woman = castCitizen(ago, {
    id: 'CAST-kelly-marsden',
    kind: 'perpetrator',
    name: { given: 'Kelly', family: 'Marsden' },
    sex: 'female',
    dateOfBirth: '1989-05-12',
    situations: ['known-to-one-agency', 'number-reassigned-to-stranger'],
    mobiles: [
      [34, 350],
      [33, 1200, 350],
    ],
    homes: [[HOMES.bellfounders, 1000]],
    relations: [{ to: 'CAST-tom-marsden', as: 'victim' }],
  });
  const stranger = castCitizen(ago, {
    id: 'CAST-olive-prentice',
    kind: 'stranger',
    name: { given: 'Olive', family: 'Prentice' },
    sex: 'female',
    dateOfBirth: '1952-03-03',
    mobiles: [[33, 200]],
  });
  const victim = castCitizen(ago, {
    id: 'CAST-tom-marsden',
    kind: 'victim',
    name: { given: 'Tom', family: 'Marsden' },
    sex: 'male',
    dateOfBirth: '1987-07-07',
    mobiles: [[35, 900]],
    homes: [[HOMES.victimMarsden, 400]],
    relations: [{ to: woman.id, as: 'partner' }],
  });
  const [now] = stranger.contacts;
  const holdings = [
    castHolding(ago, woman, {
      agency: 'police',
      reference: 'URN-900012',
      pnc: castPnc(2011, 12),
      addresses: [held(HOMES.bellfounders, 'home', { from: ago(1000), lastConfirmed: ago(500) })],
      phones: [phone(33, 'self', { from: ago(1190), lastConfirmed: ago(500) })],
      others: [other(victim, 'victim', [35])],
      lastUpdated: ago(500),
    }),
  ];
  const reached = now === undefined ? [] : [now];
  return { citizens: [{ ...woman, contacts: [...woman.contacts, ...reached] }, stranger, victim], holdings };
}

/** Restricted in children's services, and a placeholder for a birth date at housing. The case is closed. */
export function yusuf(asOf: IsoDate): Scene {
  const ago = daysAgo(asOf);
  const man = castCitizen(ago, {
    id: 'CAST-yusuf-al-amin',
    kind: 'perpetrator',
    name: { given: 'Yusuf', family: 'Al-Amin' },
    sex: 'male',
    dateOfBirth: '1992-01-29',
    situations: ['placeholder-birth-date', 'restricted-in-childrens'],
    mobiles: [[36, 450]],
    homes: [[HOMES.ludlow, 1200]],
  });
  const home = held(HOMES.ludlow, 'home', { from: ago(1200), lastConfirmed: ago(300) });
  const mobile = phone(36, 'self', { from: ago(440), lastConfirmed: ago(300) });
  const holdings = [
    castHolding(ago, man, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600013',
      dateOfBirth: '1900-01-01',
      addresses: [home],
      phones: [mobile],
      tenancy: { reference: 'RVT900013', type: 'Secure', from: ago(1200) },
    }),
    castHolding(ago, man, {
      agency: 'childrens',
      reference: '900013',
      restricted: true,
      addresses: [home],
      phones: [mobile],
      worker: worker('Catrin Penry', 'Family Support Team', 9),
      plan: { status: 'child-in-need', s47Open: false },
    }),
  ];
  return { citizens: [man], holdings };
}
