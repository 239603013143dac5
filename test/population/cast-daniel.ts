import type { IsoDate } from '../../schemas/names.ts';
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
import { hostelDesk } from './hostel-desks.ts';
import { HOSTELS, oneLine, type Dwelling } from './places.ts';
import type { Citizen, Holding } from './types.ts';

/**
 * Daniel Okoro, the demo's main man: known to all five agencies, and nobody sees all of it. Police have a dead number
 * and the victim's address. Housing has the joint tenancy, and her number as his. Health has his mother's number as his
 * and the number of a phone he got twelve days ago. Probation has the number that works and the hostel. Children's
 * services know him through his son's record. His father bears his name, his twin his birth date.
 */
export const DANIEL = 'CAST-daniel-okoro';

/** The cast member's hostel; desk number as in hostel-desks.ts. */
export function hostel(): Dwelling {
  const [first] = HOSTELS;
  if (first === undefined) throw new Error('the borough has no hostel');
  return first;
}

interface Okoros {
  readonly daniel: Citizen;
  readonly chloe: Citizen;
  readonly tobi: Citizen;
  readonly grace: Citizen;
  readonly senior: Citizen;
  readonly david: Citizen;
}

/** The family as it is. */
export function okoros(asOf: IsoDate): Okoros {
  const ago = daysAgo(asOf);
  const origin = { family: 'Okoro' };
  return {
    daniel: castCitizen(ago, {
      id: DANIEL,
      kind: 'perpetrator',
      name: { given: 'Daniel', middle: 'Chike', ...origin },
      aliases: [{ given: 'Danny', ...origin }],
      sex: 'male',
      dateOfBirth: '1988-03-14',
      situations: [
        'alias',
        'childrens-by-relationship-only',
        'father-and-son',
        'hostel',
        'joint-tenancy-with-victim',
        'mothers-number-recorded-as-his',
        'twin',
        'victims-address-at-police',
        'victims-number-recorded-as-his',
      ],
      mobiles: [
        [3, 12],
        [2, 200],
        [1, 1500, 200],
      ],
      homes: [
        [hostel(), 40],
        [HOMES.lanternRow, 1900, 90],
        [HOMES.tollgateYard, 9000, 1900],
      ],
      email: 'dan.okoro@example.org',
      relations: [
        { to: 'CAST-chloe-bennett', as: 'victim' },
        { to: 'CAST-tobi-okoro', as: 'child' },
        { to: 'CAST-grace-okoro', as: 'mother' },
        { to: 'CAST-daniel-okoro-senior', as: 'father' },
        { to: 'CAST-david-okoro', as: 'twin' },
      ],
    }),
    chloe: castCitizen(ago, {
      id: 'CAST-chloe-bennett',
      kind: 'victim',
      name: { given: 'Chloe', family: 'Bennett' },
      sex: 'female',
      dateOfBirth: '1990-07-21',
      mobiles: [[10, 1400]],
      homes: [[HOMES.lanternRow, 1900]],
      relations: [
        { to: DANIEL, as: 'partner' },
        { to: 'CAST-tobi-okoro', as: 'child' },
      ],
    }),
    tobi: castCitizen(ago, {
      id: 'CAST-tobi-okoro',
      kind: 'child',
      name: { given: 'Tobi', ...origin },
      sex: 'male',
      dateOfBirth: '2019-05-02',
      homes: [[HOMES.lanternRow, 1900]],
      relations: [
        { to: DANIEL, as: 'father' },
        { to: 'CAST-chloe-bennett', as: 'mother' },
      ],
    }),
    grace: castCitizen(ago, {
      id: 'CAST-grace-okoro',
      kind: 'relative',
      name: { given: 'Grace', ...origin },
      sex: 'female',
      dateOfBirth: '1963-12-11',
      mobiles: [[11, 2500]],
      homes: [[HOMES.saltersCourt, 3000]],
      relations: [{ to: DANIEL, as: 'child' }],
    }),
    senior: castCitizen(ago, {
      id: 'CAST-daniel-okoro-senior',
      kind: 'relative',
      name: { given: 'Daniel', ...origin },
      sex: 'male',
      dateOfBirth: '1961-09-02',
      mobiles: [[12, 2200]],
      homes: [[HOMES.tollgateYard, 9000]],
      relations: [{ to: DANIEL, as: 'child' }],
    }),
    david: castCitizen(ago, {
      id: 'CAST-david-okoro',
      kind: 'relative',
      name: { given: 'David', middle: 'Emeka', ...origin },
      sex: 'male',
      dateOfBirth: '1988-03-14',
      mobiles: [[13, 800]],
      homes: [[HOMES.tollgateYard, 9000]],
      relations: [{ to: DANIEL, as: 'twin' }],
    }),
  };
}

/** What the five agencies hold of Daniel. */
export function danielHoldings(asOf: IsoDate, { daniel, chloe, tobi, grace }: Okoros): readonly Holding[] {
  const ago = daysAgo(asOf);
  const pnc = castPnc(2006, 1);
  const desk = hostelDesk(oneLine(hostel())) ?? '';
  const lantern = { from: ago(1900) };
  const plan = { status: 'child-protection', s47Open: true } as const;
  return [
    castHolding(ago, daniel, {
      agency: 'police',
      reference: 'URN-900001',
      aliases: daniel.aliases,
      pnc,
      addresses: [
        held(HOMES.lanternRow, 'home', { ...lantern, lastConfirmed: ago(120) }),
        held(HOMES.tollgateYard, 'previous', { from: ago(4000), to: ago(1900) }),
      ],
      phones: [phone(1, 'self', { from: ago(1400), lastConfirmed: ago(420) })],
      others: [other(chloe, 'victim', [10], HOMES.lanternRow)],
      orders: [{ type: 'bail', from: ago(100), conditions: ['not to contact Chloe Bennett, directly or indirectly'] }],
      worker: worker('Farida Noorani', 'Riverton Safeguarding Unit', 1),
      lastUpdated: ago(100),
    }),
    castHolding(ago, daniel, {
      agency: 'probation',
      reference: 'X900001',
      otherReferences: [{ type: 'NOMS', value: 'A9001ZA' }],
      pnc: pnc.slice(2).replace('/0', '/'),
      addresses: [
        held(hostel(), 'hostel', { from: ago(40), lastConfirmed: ago(6) }),
        held(HOMES.lanternRow, 'previous', { ...lantern, to: ago(90) }),
      ],
      phones: [
        phone(2, 'self', { from: ago(195), lastConfirmed: ago(6) }),
        { number: desk, type: 'landline', recordedAs: 'hostel', from: ago(40), lastConfirmed: ago(6) },
      ],
      emails: ['dan.okoro@example.org'],
      mappa: { category: 2, level: 1, from: ago(300) },
      licenceConditions: ['not to contact the victim without prior approval of the supervising officer'],
      worker: worker('Ewan Kirkbride', 'Riverton North', 2),
      lastUpdated: ago(6),
    }),
    castHolding(ago, daniel, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600001',
      names: [{ given: 'Daniel', family: 'Okoro' }],
      addresses: [held(HOMES.lanternRow, 'home', { ...lantern, lastConfirmed: ago(700) })],
      phones: [
        phone(10, 'self', { from: ago(1400), lastConfirmed: ago(700) }),
        phone(10, 'partner', { from: ago(1400) }),
      ],
      others: [other(chloe, 'wife', [10])],
      tenancy: { reference: 'RVT900001', type: 'Secure', from: ago(1900), jointWith: chloe.id },
      worker: worker('Isaac Adjei', 'Canal Side', 3),
      lastUpdated: ago(700),
    }),
    castHolding(ago, daniel, {
      agency: 'health',
      reference: castNhsNumber(1),
      addresses: [
        held(hostel(), 'home', { from: ago(12) }),
        held(HOMES.lanternRow, 'previous', { ...lantern, to: ago(90) }),
      ],
      phones: [phone(11, 'self', { from: ago(1100) }), phone(3, 'self', { from: ago(12), lastConfirmed: ago(12) })],
      others: [other(grace, 'mother', [11])],
      worker: { name: 'Quayside Surgery', team: 'Y99901', phone: '+443069990900' },
      lastUpdated: ago(12),
    }),
    castHolding(ago, daniel, {
      agency: 'childrens',
      reference: '900001',
      addresses: [held(HOMES.lanternRow, 'home', { ...lantern, lastConfirmed: ago(95) })],
      phones: [phone(2, 'self', { from: ago(60), lastConfirmed: ago(30) })],
      others: [other(tobi, 'child'), other(chloe, 'partner', [10], HOMES.lanternRow)],
      relationshipOnly: true,
      worker: worker('Judith Fairclough', 'Child Protection Team', 4),
      plan,
      lastUpdated: ago(30),
    }),
    castHolding(ago, tobi, {
      agency: 'childrens',
      reference: '900002',
      nhsNumber: castNhsNumber(2),
      addresses: [held(HOMES.lanternRow, 'home', { ...lantern, lastConfirmed: ago(30) })],
      others: [other(daniel, 'father', [2]), other(chloe, 'mother', [10], HOMES.lanternRow)],
      worker: worker('Judith Fairclough', 'Child Protection Team', 4),
      plan,
    }),
  ];
}

/** What agencies hold of the people around him: each a record that must never be taken for his. */
export function okoroHoldings(asOf: IsoDate, { daniel, chloe, grace, senior, david }: Okoros): readonly Holding[] {
  const ago = daysAgo(asOf);
  const toll = held(HOMES.tollgateYard, 'home', { from: ago(9000), lastConfirmed: ago(200) });
  const lantern = held(HOMES.lanternRow, 'home', { from: ago(1900), lastConfirmed: ago(50) });
  const his = (number: number) => [phone(number, 'self', { from: ago(700), lastConfirmed: ago(60) })];
  return [
    castHolding(ago, chloe, {
      agency: 'health',
      reference: castNhsNumber(4),
      restricted: true,
      addresses: [lantern],
      phones: his(10),
    }),
    castHolding(ago, chloe, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600002',
      addresses: [lantern],
      phones: his(10),
      others: [other(daniel, 'partner')],
      tenancy: { reference: 'RVT900001', type: 'Secure', from: ago(1900), jointWith: daniel.id },
    }),
    castHolding(ago, grace, {
      agency: 'health',
      reference: castNhsNumber(5),
      addresses: [held(HOMES.saltersCourt, 'home', { from: ago(3000) })],
      phones: his(11),
    }),
    castHolding(ago, senior, { agency: 'health', reference: castNhsNumber(6), addresses: [toll], phones: his(12) }),
    castHolding(ago, senior, {
      agency: 'housing',
      reference: '0b9f2d4e-7c31-4f08-9d56-2a1e8c600003',
      addresses: [toll],
      phones: his(12),
      tenancy: { reference: 'RVT900002', type: 'Secure', from: ago(9000) },
    }),
    castHolding(ago, david, {
      agency: 'police',
      reference: 'URN-900002',
      pnc: castPnc(2007, 2),
      addresses: [toll],
      phones: his(13),
    }),
    castHolding(ago, david, { agency: 'health', reference: castNhsNumber(8), addresses: [toll], phones: his(13) }),
  ];
}
