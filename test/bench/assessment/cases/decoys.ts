import { isoOf } from '../people/days.ts';
import type { Held } from './hard-cases.ts';
import type { Household } from '../people/household.ts';
import { at, type Someone } from '../people/people.ts';
import type { ContactEntry } from '../registers/entries.ts';
import { addressLine, mistypedPhone, phoneForm } from '../registers/handwriting.ts';
import type { World } from '../registers/worlds.ts';

/** Contact points that look like his and are not, or are and look otherwise. Each adds to his own records. */

export interface DecoyGround {
  readonly house: Household;
  readonly held: Held[];
  readonly protectedContacts: { kind: ContactEntry['kind']; value: string }[];
  readonly world: World;
}
export interface Decoy {
  readonly name: string;
  readonly plant: (ground: DecoyGround) => boolean;
}

function his({ house, held }: DecoyGround): Held | undefined {
  const own = held.filter(({ person, record }) => person === house.subject && record.restricted !== true);
  return own.length === 0 ? undefined : house.around.chance.pick(own);
}

/** Adds a number to one of his records as the newest and best confirmed. */
function plantPhone(
  ground: DecoyGround,
  number: string | undefined,
  recordedAs: string | undefined,
  fresh = true,
): boolean {
  const into = his(ground);
  if (into === undefined || number === undefined) return false;
  const { chance, today } = ground.house.around;
  into.record.contacts.push({
    kind: 'phone',
    value: phoneForm(chance, number),
    ...(recordedAs === undefined ? {} : { recordedAs }),
    ...(fresh ? { lastConfirmed: isoOf(today - chance.between(0, 40)), verified: true } : {}),
  });
  return true;
}
/** Nobody who was reached wrote the wrong digit: such a number is dated at most, never verified. */
function plantMistyped(ground: DecoyGround, number: string): boolean {
  const into = his(ground);
  if (into === undefined) return false;
  const { chance, today } = ground.house.around;
  into.record.contacts.push({
    kind: 'phone',
    value: phoneForm(chance, mistypedPhone(chance, number)),
    recordedAs: 'self',
    ...(chance.happens(0.5) ? { lastConfirmed: isoOf(today - chance.between(0, 200)) } : {}),
  });
  return true;
}

/** Makes sure that somebody's record in the answer shows the number to be theirs. */
function showAsTheirs(ground: DecoyGround, person: Someone, number: string | undefined): boolean {
  const theirs = ground.held.find((one) => one.person === person && one.record.restricted !== true);
  if (theirs === undefined || number === undefined) return false;
  theirs.record.contacts.push({
    kind: 'phone',
    value: phoneForm(ground.house.around.chance, number),
    recordedAs: 'self',
  });
  return true;
}
const numberOf = (ground: DecoyGround, person: Someone | undefined): string | undefined =>
  person === undefined ? undefined : at(person.mobiles, ground.house.around.today);
const someoneOf = (ground: DecoyGround, ...relations: string[]): Someone | undefined =>
  ground.house.everybody.find(({ relation }) => relations.includes(relation));

export const DECOYS_KNOWN: readonly Decoy[] = [
  {
    name: 'victims-number-as-self',
    plant: (ground) =>
      showAsTheirs(ground, ground.house.victim, numberOf(ground, ground.house.victim)) &&
      plantPhone(ground, numberOf(ground, ground.house.victim), 'self'),
  },
  {
    name: 'protected-number-in-another-notation',
    plant: (ground) => {
      const number = numberOf(ground, ground.house.victim);
      if (number === undefined || !plantPhone(ground, number, undefined)) return false;
      ground.protectedContacts.push({
        kind: 'phone',
        value: ground.house.around.chance.pick([
          `0044 (0) ${number.slice(3, 7)}.${number.slice(7)}`,
          `tel:${number}`,
          `(0${number.slice(3, 7)}) ${number.slice(7, 10)}-${number.slice(10)}`,
          `0${number.slice(3)}`.replace(/\d/gu, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
        ]),
      });
      return true;
    },
  },
  {
    name: 'partner-in-one-self-in-another',
    plant: (ground) =>
      plantPhone(ground, numberOf(ground, ground.house.victim), 'partner', false) &&
      plantPhone(ground, numberOf(ground, ground.house.victim), 'self'),
  },
  {
    name: 'former-number-now-anothers',
    plant: (ground) => {
      const { subject } = ground.house;
      const other = someoneOf(ground, 'friend', 'brother', 'namesake', 'mother');
      const old = subject.mobiles.at(-2);
      if (other === undefined || old === undefined) return false;
      other.mobiles = [
        ...other.mobiles.map((spell) => (spell.to === undefined ? { ...spell, to: old.to } : spell)),
        { value: old.value, from: (old.to ?? 0) + 1, to: undefined },
      ];
      return showAsTheirs(ground, other, old.value) && plantPhone(ground, old.value, 'self');
    },
  },
  {
    name: 'mothers-phone-as-self',
    plant: (ground) => {
      const mother = someoneOf(ground, 'mother', 'father');
      const number = numberOf(ground, mother);
      return mother !== undefined && showAsTheirs(ground, mother, number) && plantPhone(ground, number, 'self');
    },
  },
  {
    name: 'mothers-phone-as-mother-and-self',
    plant: (ground) => {
      const number = numberOf(ground, someoneOf(ground, 'mother'));
      return plantPhone(ground, number, 'mother', false) && plantPhone(ground, number, 'self');
    },
  },
  {
    name: 'friends-phone-as-friend',
    plant: (ground) => plantPhone(ground, numberOf(ground, someoneOf(ground, 'friend', 'brother')), 'friend'),
  },
  {
    name: 'one-digit-wrong',
    plant: (ground) => {
      const number = numberOf(ground, ground.house.subject);
      return number !== undefined && plantMistyped(ground, number);
    },
  },
  { name: 'work-number-as-self', plant: (ground) => plantPhone(ground, ground.house.subject.work, 'self') },
  {
    name: 'childs-number-as-self',
    plant: (ground) => {
      const child = someoneOf(ground, 'child', 'son');
      if (child === undefined) return false;
      const number = ground.house.around.exchange.mobile(ground.house.around.chance);
      child.mobiles = [{ value: number, from: ground.house.around.today - 300, to: undefined }];
      return showAsTheirs(ground, child, number) && plantPhone(ground, number, 'self');
    },
  },
  {
    name: 'victims-email-as-self',
    plant: (ground) => {
      const mail = at(ground.house.victim.emails, ground.house.around.today);
      const into = his(ground);
      if (mail === undefined || into === undefined) return false;
      ground.protectedContacts.push({ kind: 'email', value: mail });
      into.record.contacts.push({
        kind: 'email',
        value: ground.house.around.chance.pick([mail.toUpperCase(), ` ${mail}`, mail, `mailto:${mail}`]),
        recordedAs: 'self',
        lastConfirmed: isoOf(ground.house.around.today - 3),
      });
      return true;
    },
  },
  {
    name: 'victims-address-as-self',
    plant: (ground) => {
      const home = at(ground.house.victim.homes, ground.house.around.today);
      const into = his(ground);
      const { chance, today } = ground.house.around;
      if (home === undefined || into === undefined) return false;
      ground.protectedContacts.push({
        kind: 'address',
        value: chance.pick([
          addressLine(chance, ground.world, home),
          `${home.lines.join(' ')} ${home.postcode}`,
          `${home.lines.join(', ')} ${home.postcode.replace(' ', '')}`.toUpperCase(),
        ]),
      });
      into.record.contacts.push({
        kind: 'address',
        value: addressLine(chance, { ...ground.world, postcodeTypo: 0 }, home),
        recordedAs: 'self',
        lastConfirmed: isoOf(today - 5),
      });
      return true;
    },
  },
  {
    name: 'his-number-on-her-record-as-partner',
    plant: (ground) => {
      const number = numberOf(ground, ground.house.subject);
      const hers = ground.held.find(({ person }) => person === ground.house.victim);
      if (number === undefined || hers === undefined) return false;
      hers.record.contacts.push({
        kind: 'phone',
        value: phoneForm(ground.house.around.chance, number),
        recordedAs: 'partner',
      });
      return plantPhone(ground, number, 'self', false);
    },
  },
  {
    name: 'victims-number-with-extension',
    plant: (ground) => {
      const number = numberOf(ground, ground.house.victim);
      const into = his(ground);
      if (number === undefined || into === undefined || !showAsTheirs(ground, ground.house.victim, number))
        return false;
      into.record.contacts.push({
        kind: 'phone',
        value: `0${number.slice(3)} ${ground.house.around.chance.pick(['(Kelly)', 'ask for mum', '- new', 'x', 'evenings only'])}`,
        recordedAs: 'self',
        lastConfirmed: isoOf(ground.house.around.today - 9),
      });
      return true;
    },
  },
];
