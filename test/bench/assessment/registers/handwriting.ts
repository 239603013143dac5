import type { Chance } from '../people/chance.ts';
import { isoOf } from '../people/days.ts';
import { otherFamilyForms, otherGivenForms } from '../people/names.ts';
import type { FullName, Someone } from '../people/people.ts';
import type { Home } from '../people/places.ts';
import type { NameEntry } from './entries.ts';
import type { Register } from './register.ts';
import type { World } from './worlds.ts';

/** How agencies write values down, each in its own manner and with its own mistakes. */

const LETTERS = 'abcdefghijklmnoprstuvw';

/** One slip of the keyboard: left out, doubled, swapped or another letter. */
export function mistype(chance: Chance, text: string, alphabet = LETTERS): string {
  if (text.length < 3) return text;
  const where = chance.between(1, text.length - 2);
  const other = alphabet.charAt(chance.between(0, alphabet.length - 1));
  return chance.pick([
    text.slice(0, where) + text.slice(where + 1),
    text.slice(0, where) + text.charAt(where) + text.slice(where),
    text.slice(0, where) + text.charAt(where + 1) + text.charAt(where) + text.slice(where + 2),
    text.slice(0, where) + other + text.slice(where + 1),
  ]);
}

function writtenName(chance: Chance, world: World, name: string, forms: readonly string[]): string {
  const chosen = forms.length > 0 && chance.happens(world.otherForm) ? chance.pick(forms) : name;
  return chance.happens(world.nameTypo / 2) ? mistype(chance, chosen) : chosen;
}

export function nameEntry(chance: Chance, world: World, register: Register, name: FullName, sex: string): NameEntry {
  let given = writtenName(chance, world, name.given, otherGivenForms(name.given));
  let family = writtenName(chance, world, name.family, otherFamilyForms(name.family));
  let middle =
    name.middle === undefined || chance.happens(world.middleMissing)
      ? undefined
      : writtenName(chance, world, name.middle, otherGivenForms(name.middle));
  if (middle !== undefined && chance.happens(0.2)) middle = middle.charAt(0);
  if (chance.happens(world.initialOnly)) given = given.charAt(0);
  if (chance.happens(world.namesSwapped)) [given, family] = [family, given];
  const upper = (text: string): string => text.toUpperCase();
  const join = (...parts: (string | undefined)[]): string =>
    parts.filter((part) => part !== undefined && part !== '').join(' ');
  switch (register.form) {
    case 'upper':
      return { given: upper(given), ...(middle === undefined ? {} : { middle: upper(middle) }), family: upper(family) };
    case 'title':
      return { given, ...(middle === undefined ? {} : { middle }), family };
    case 'full':
      return { full: join(given, middle, family) };
    case 'titled':
      return { full: join(sex === 'male' ? 'Mr' : chance.pick(['Ms', 'Mrs', 'Miss']), given, middle, family) };
    case 'family-first':
      return { full: `${upper(family)}, ${join(given, middle)}` };
  }
}

/** One figure of the date is another one, and the date still exists. */
function birthSlip(chance: Chance, iso: string): string {
  for (;;) {
    const at = chance.pick([2, 3, 6, 8, 9]);
    const slipped = `${iso.slice(0, at)}${chance.between(0, 9)}${iso.slice(at + 1)}`;
    const time = Date.parse(`${slipped}T00:00:00Z`);
    if (slipped !== iso && !Number.isNaN(time) && new Date(time).toISOString().startsWith(slipped) && slipped < '2020')
      return slipped;
  }
}

export function birthEntry(chance: Chance, world: World, born: number): string | undefined {
  const iso = isoOf(born);
  const [year = '', month = '', day = ''] = iso.split('-');
  if (chance.happens(world.birthMissing)) return undefined;
  if (chance.happens(world.birthPlaceholder)) return chance.pick(['1900-01-01', '1970-01-01', `${year}-01-01`]);
  if (chance.happens(world.birthSwap) && Number(day) <= 12) return `${year}-${day}-${month}`;
  if (chance.happens(world.birthPartial)) return chance.pick([year, `${year}-${month}`]);
  if (chance.happens(world.birthTypo)) return birthSlip(chance, iso);
  return iso;
}

export function pncForms(chance: Chance, pnc: string): string {
  const [year = '', rest = ''] = pnc.split('/');
  const serial = String(Number(rest.slice(0, -1)));
  return chance.pick([
    pnc,
    pnc,
    `${year.slice(2)}/${serial}${rest.slice(-1)}`,
    pnc.replace('/', ''),
    pnc.toLowerCase(),
    `${year}/${serial}${rest.slice(-1)}`,
  ]);
}

export function numberEntry(
  chance: Chance,
  world: World,
  person: Someone,
  type: string,
  home: Home | undefined,
): { type: string; value: string } | undefined {
  if (!person.known && ['PNC', 'CRO', 'PNC-SHORT', 'CRN', 'NOMS'].includes(type)) return undefined;
  const value = ((): string => {
    switch (type) {
      case 'PNC':
        return pncForms(chance, person.pnc);
      case 'PNC-SHORT':
        return `${person.pnc.slice(2, 4)}/${String(Number(person.pnc.slice(5, 12)))}${person.pnc.slice(-1)}`;
      case 'CRO':
        return chance.pick([person.cro, person.cro.replace(/^0+/u, ''), person.cro.toLowerCase()]);
      case 'CRN':
        return person.crn;
      case 'NOMS':
        return person.noms;
      case 'NHS':
        return chance.pick([person.nhs, `${person.nhs.slice(0, 3)} ${person.nhs.slice(3, 6)} ${person.nhs.slice(6)}`]);
      case 'NINO':
        return chance.pick([person.nino, person.nino.replace(/(..)(..)(..)(..)(.)/u, '$1 $2 $3 $4 $5')]);
      case 'TENANCY':
        return `TEN-${home?.id ?? 'none'}`;
      default:
        return `${type}-${person.id}${chance.between(10, 99)}`;
    }
  })();
  return {
    type: type === 'PNC-SHORT' ? 'PNC' : type,
    value: chance.happens(world.numberTypo) ? mistype(chance, value, '0123456789') : value,
  };
}

export function phoneForm(chance: Chance, e164: string): string {
  const national = `0${e164.slice(3)}`;
  return chance.pick([
    national,
    national,
    `${national.slice(0, 5)} ${national.slice(5)}`,
    `${national.slice(0, 5)} ${national.slice(5, 8)} ${national.slice(8)}`,
    e164,
    `+44 (0)${e164.slice(3)}`,
    `0044${e164.slice(3)}`,
    `+44 ${e164.slice(3, 7)} ${e164.slice(7)}`,
    `${national.slice(0, 5)}-${national.slice(5)}`,
    e164.slice(1),
  ]);
}

export function postcodeForm(chance: Chance, world: World, postcode: string): string {
  if (chance.happens(world.postcodeTypo)) {
    return chance.happens(0.5)
      ? postcode.replaceAll('0', 'O').replaceAll('1', 'I')
      : mistype(chance, postcode, 'ABDEFGHJLN0123456789');
  }
  return chance.pick([postcode, postcode, postcode.replace(' ', ''), postcode.toLowerCase()]);
}

export function addressLine(chance: Chance, world: World, home: Home): string {
  const line = [...home.lines, postcodeForm(chance, world, home.postcode)].join(', ');
  return chance.happens(0.3) ? line.toUpperCase() : line;
}

export const mistypedPhone = (chance: Chance, e164: string): string => {
  const where = chance.between(10, 12);
  return `${e164.slice(0, where)}${(Number(e164.charAt(where)) + chance.between(1, 9)) % 10}${e164.slice(where + 1)}`;
};
