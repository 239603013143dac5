import type { Random } from './random.ts';

/**
 * The invented borough of Riverton and its neighbour Eastmarch. Their postcodes satisfy every rule of the UK format,
 * but are nobody's: the area ZE (Shetland) has districts 1 to 3 only, and Riverton has 4 to 9, Eastmarch 10 to 15.
 */

export interface Dwelling {
  readonly lines: readonly string[];
  readonly postcode: string;
  readonly uprn: string;
}

const STREET_STEMS = [
  'Alder',
  'Barley',
  'Canal',
  'Dyer',
  'Elm',
  'Ferry',
  'Glover',
  'Harbour',
  'Iron',
  'Juniper',
  'Kiln',
  'Larch',
  'Mill',
  'Nightingale',
  'Orchard',
  'Packet',
  'Quarry',
  'Ropewalk',
  'Sluice',
  'Tanner',
  'Union',
  'Viaduct',
  'Weaver',
  'Yarrow',
  'Ash',
  'Bramble',
  'Chandler',
  'Dock',
  'Eel Pie',
  'Foundry',
] as const;
const STREET_TYPES = ['Street', 'Road', 'Close', 'Avenue', 'Lane', 'Gardens', 'Court', 'Way'] as const;
const STREETS = STREET_STEMS.length * STREET_TYPES.length;
const NUMBERS_PER_STREET = 150;
const NUMBERS_PER_POSTCODE = 10;
const DISTRICTS = 12;
/** The letters that Royal Mail uses in the last two places. */
const UNIT_LETTERS = 'ABDEFGHJLNPQRSTUWXYZ';

export interface PlaceStock {
  /** A dwelling that nobody lived in yet; in the given outward code, or outside it. */
  dwelling(where?: { readonly sameOutwardAs?: string; readonly notOutward?: string }): Dwelling;
}

/** Hands out dwellings, each once; neighbours share postcodes as neighbours do. */
export function placeStock(random: Random): PlaceStock {
  const taken = new Set<number>();
  const free = (street: number): Dwelling | undefined => {
    const place = street * NUMBERS_PER_STREET + random.between(0, NUMBERS_PER_STREET - 1);
    if (taken.has(place)) return undefined;
    taken.add(place);
    return dwellingAt(place);
  };
  return {
    dwelling: (where = {}) => {
      for (let attempt = 0; attempt < 10_000; attempt += 1) {
        const street = random.between(0, STREETS - 1);
        const outward = outwardOf(street);
        if (where.sameOutwardAs !== undefined && outward !== where.sameOutwardAs) continue;
        if (where.notOutward === outward) continue;
        const dwelling = free(street);
        if (dwelling !== undefined) return dwelling;
      }
      throw new Error('the borough is full');
    },
  };
}

/** The outward half of a postcode. */
export const outward = (postcode: string): string => postcode.split(' ')[0] ?? '';

/** One line with the postcode last: how the truth writes an address. */
export const oneLine = (dwelling: { readonly lines: readonly string[]; readonly postcode?: string }): string =>
  [...dwelling.lines, ...(dwelling.postcode === undefined ? [] : [dwelling.postcode])].join(', ');

const outwardOf = (street: number): string => `ZE${4 + (street % DISTRICTS)}`;

function dwellingAt(place: number): Dwelling {
  const street = Math.floor(place / NUMBERS_PER_STREET);
  const number = (place % NUMBERS_PER_STREET) + 1;
  const stem = STREET_STEMS[Math.floor(street / STREET_TYPES.length)] ?? 'Alder';
  const type = STREET_TYPES[street % STREET_TYPES.length] ?? 'Street';
  // Within a district each block of numbers has a postcode of its own.
  const block =
    Math.floor(street / DISTRICTS) * (NUMBERS_PER_STREET / NUMBERS_PER_POSTCODE) +
    Math.floor((number - 1) / NUMBERS_PER_POSTCODE);
  const [sector, unit] = [block % 10, Math.floor(block / 10)];
  const letter = (n: number): string => UNIT_LETTERS.charAt(n % UNIT_LETTERS.length);
  const postcode = `${outwardOf(street)} ${sector}${letter(Math.floor(unit / UNIT_LETTERS.length))}${letter(unit)}`;
  const house =
    number % 5 === 0 ? [`Flat ${(number % 7) + 1}`, `${number} ${stem} ${type}`] : [`${number} ${stem} ${type}`];
  const town = street % DISTRICTS < 6 ? 'Riverton' : 'Eastmarch';
  return { lines: [...house, town], postcode, uprn: `9990${String(place).padStart(8, '0')}` };
}

/** Hostels, where many men live at one address with one desk phone. */
export const HOSTELS: readonly Dwelling[] = [
  { lines: ["St Brannock's House", '4 Quay Street', 'Riverton'], postcode: 'ZE5 1ZH', uprn: '999099000001' },
  { lines: ['The Limes', '61 Station Parade', 'Riverton'], postcode: 'ZE7 3ZL', uprn: '999099000002' },
  { lines: ['Anchor Project', '2 Wharf Steps', 'Eastmarch'], postcode: 'ZE12 8ZA', uprn: '999099000003' },
];

/** Approved premises, where released men live under probation's eye. */
export const APPROVED_PREMISES: Dwelling = {
  lines: ['Fellgate House', '19 Assize Road', 'Riverton'],
  postcode: 'ZE4 6ZF',
  uprn: '999099000010',
};
