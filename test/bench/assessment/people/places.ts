import type { Chance } from './chance.ts';
import type { Exchange } from './numbers.ts';

export interface Home {
  readonly id: string;
  readonly kind: 'house' | 'hostel' | 'prison';
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly uprn: string;
  readonly landline: string | undefined;
}

/** The postcode districts in which the people of one question move. */
export interface Town {
  readonly name: string;
  readonly districts: readonly string[];
}

const AREAS: readonly (readonly [string, string, number])[] = [
  ['Greenwich', 'SE', 28],
  ['Bradford', 'BD', 22],
  ['Leicester', 'LE', 19],
  ['Cardiff', 'CF', 24],
  ['Salford', 'M', 44],
  ['Luton', 'LU', 7],
  ['Hull', 'HU', 17],
  ['Swansea', 'SA', 18],
  ['Newham', 'E', 17],
  ['Walsall', 'WS', 14],
  ['Norwich', 'NR', 30],
  ['Plymouth', 'PL', 20],
  ['Middlesbrough', 'TS', 20],
  ['Stockport', 'SK', 16],
];
const STREETS = [
  'High Street',
  'Station Road',
  'Church Lane',
  'Victoria Road',
  'Albert Street',
  'Mill Lane',
  'Park Avenue',
  'Queens Road',
  'Harbour View',
  'Chestnut Close',
  'Alder Drive',
  'Whitfield Gardens',
  'Cobden Street',
  'Trafalgar Terrace',
  'Hawthorn Way',
  'Priory Crescent',
  'Marlborough Road',
  'Ryelands Grove',
  'Foundry Street',
  'Saltmarsh Lane',
  'Bishops Walk',
  'Gasworks Road',
  'Wellington Place',
  'Tanyard Hill',
];
const BLOCKS = ['Hepworth House', 'Lansbury Court', 'Attlee Point', 'Jubilee House', 'Brunel Court'];

export const pickTown = (chance: Chance): Town => {
  const [name, letters, most] = chance.pick(AREAS);
  return { name, districts: Array.from({ length: 5 }, () => `${letters}${chance.between(1, most)}`) };
};

const unit = (chance: Chance): string => {
  const letters = 'ABDEFGHJLNPQRSTUWXYZ';
  return `${chance.between(0, 9)}${letters.charAt(chance.between(0, 19))}${letters.charAt(chance.between(0, 19))}`;
};

export function makeHome(chance: Chance, town: Town, exchange: Exchange, kind: Home['kind'] = 'house'): Home {
  const street = `${chance.between(1, 190)} ${chance.pick(STREETS)}`;
  const flat = chance.happens(0.3)
    ? [`Flat ${chance.between(1, 60)}`, ...(chance.happens(0.5) ? [chance.pick(BLOCKS)] : [])]
    : [];
  const named = kind === 'hostel' ? ['St Jude Hostel'] : kind === 'prison' ? ['HMP Example'] : flat;
  return {
    id: `h${chance.between(10_000_000, 99_999_999)}`,
    kind,
    lines: [...named, street, town.name],
    postcode: `${chance.pick(town.districts)} ${unit(chance)}`,
    uprn: `1${String(chance.between(10_000_000_000, 99_999_999_999))}`,
    landline:
      kind === 'house' ? (chance.happens(0.35) ? exchange.landline(chance) : undefined) : exchange.landline(chance),
  };
}

/** Another door of the same house: same postcode and street, another flat. */
export function nextDoor(chance: Chance, home: Home): Home {
  return {
    ...home,
    id: `h${chance.between(10_000_000, 99_999_999)}`,
    lines: [`Flat ${chance.between(1, 40)}B`, ...home.lines.filter((line) => !line.startsWith('Flat'))],
    uprn: `1${String(chance.between(10_000_000_000, 99_999_999_999))}`,
    landline: undefined,
  };
}
