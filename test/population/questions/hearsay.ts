import { mistyped, slippedName, type NamedPerson } from '../corruption.ts';
import { shortForms } from '../name-variants.ts';
import type { Dwelling } from '../places.ts';
import type { Random } from '../random.ts';
import type { HeldName } from '../types.ts';
import { HARDER } from './question-rates.ts';
import type { Noted } from './visits.ts';

/** How registers that write down what they are told come to disagree, at the rates of HARDER. */

/** A name as somebody said it across a desk: the parts err by themselves, each half as another name, half in spelling. */
export function nameHeard(random: Random, person: NamedPerson, name: HeldName): HeldName {
  const given = random.chance(HARDER.forenameDiffers) ? forenameHeard(random, person, name) : name.given;
  const family = random.chance(HARDER.surnameDiffers) ? surnameHeard(random, person, name) : name.family;
  return { ...name, given, family };
}

/** What he is called by: his middle name, a short form; or the same name misspelt. */
function forenameHeard(random: Random, person: NamedPerson, { given }: HeldName): string {
  if (random.chance(0.5)) return mistyped(random, given);
  return random.chance(0.3) && person.name.middle !== undefined ? person.name.middle : shortened(random, given);
}

const shortened = (random: Random, given: string): string => {
  const forms = shortForms(given);
  return forms.length > 0 ? random.pick(forms) : given.slice(0, Math.max(3, Math.ceil(given.length / 2)));
};

/** One half of two surnames, or his mother's, partner's or former one; or the same name misspelt. */
function surnameHeard(random: Random, person: NamedPerson, { family }: HeldName): string {
  if (random.chance(0.5)) return mistyped(random, family);
  const other = slippedName(random, person).name.family;
  return random.chance(0.5) ? `${family}-${other}` : other;
}

/** A home whose postcode the clerk left out or mistyped. */
export function withPostcodeHeard(random: Random, home: Noted<Dwelling>): Noted<Dwelling> {
  const { postcode } = home.value;
  if (random.chance(HARDER.postcodeMissing)) return { ...home, value: { ...home.value, postcode: '' } };
  if (!random.chance(HARDER.postcodeMistyped)) return home;
  return { ...home, value: { ...home.value, postcode: otherUnit(random, postcode) } };
}

const UNIT = 'ABDEFGHJLNPQRSTUWXYZ';

/** The last letter is another: still a postcode, of another street. */
const otherUnit = (random: Random, postcode: string): string =>
  postcode.slice(0, -1) + random.pick(Array.from(UNIT).filter((letter) => letter !== postcode.at(-1)));
