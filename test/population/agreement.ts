import type { Holding, Population } from './types.ts';
import { outward } from './places.ts';
import { PLACEHOLDER_BIRTH_DATES } from './register-entry.ts';

/** How often the records of one person agree across agencies, as shares of the pairs in which both hold the thing. */
export interface Agreement {
  readonly nameExact: number;
  readonly middleExact: number;
  readonly birthDateExact: number;
  readonly anyPostcode: number;
  readonly sameOutwardOnly: number;
  readonly pncEqual: number;
  readonly pairs: number;
}

/** Measures agreement over every pair of holdings of one citizen in two agencies. */
export function measuredAgreement(population: Population): Agreement {
  const pairs = truePairs(population.holdings);
  const share = (judge: (a: Holding, b: Holding) => boolean | undefined): number => {
    const judged = pairs.map(([a, b]) => judge(a, b)).filter((same) => same !== undefined);
    return judged.filter(Boolean).length / judged.length;
  };
  return {
    nameExact: share((a, b) => nameKey(a) === nameKey(b)),
    middleExact: share((a, b) => bothHeld(a.names[0]?.middle, b.names[0]?.middle)),
    birthDateExact: share((a, b) => bothHeld(birthDate(a), birthDate(b))),
    anyPostcode: share((a, b) => anyShared(postcodes(a), postcodes(b))),
    sameOutwardOnly: share((a, b) => {
      const exact = anyShared(postcodes(a), postcodes(b));
      return exact === undefined
        ? undefined
        : !exact && anyShared(postcodes(a).map(outward), postcodes(b).map(outward)) === true;
    }),
    pncEqual: share((a, b) => bothHeld(longPnc(a.pnc), longPnc(b.pnc))),
    pairs: pairs.length,
  };
}

function truePairs(holdings: readonly Holding[]): readonly (readonly [Holding, Holding])[] {
  const byCitizen = new Map<string, Holding[]>();
  for (const holding of holdings) byCitizen.set(holding.citizen, [...(byCitizen.get(holding.citizen) ?? []), holding]);
  return [...byCitizen.values()].flatMap((held) =>
    held.flatMap((a, at) =>
      held
        .slice(at + 1)
        .filter((b) => b.agency !== a.agency)
        .map((b) => [a, b] as const),
    ),
  );
}

const nameKey = ({ names }: Holding): string => `${names[0]?.given ?? ''}|${names[0]?.family ?? ''}`;

const birthDate = ({ dateOfBirth }: Holding): string | undefined =>
  dateOfBirth === undefined || PLACEHOLDER_BIRTH_DATES.includes(dateOfBirth) ? undefined : dateOfBirth;

const postcodes = ({ addresses }: Holding): readonly string[] =>
  addresses.flatMap(({ postcode }) => (postcode === undefined ? [] : [postcode]));

const bothHeld = (a: string | undefined, b: string | undefined): boolean | undefined =>
  a === undefined || b === undefined ? undefined : a === b;

const anyShared = (a: readonly string[], b: readonly string[]): boolean | undefined =>
  a.length === 0 || b.length === 0 ? undefined : a.some((each) => b.includes(each));

/** `12/394773H` as `2012/0394773H`; a two-digit year over 30 is the last century's. */
export function longPnc(pnc: string | undefined): string | undefined {
  const parts = pnc === undefined ? null : /^(\d{2}|\d{4})\/(\d{1,7})([A-Z])$/u.exec(pnc);
  if (parts === null) return undefined;
  const [, year = '', serial = '', letter = ''] = parts;
  const century = Number(year) > 30 ? '19' : '20';
  return `${year.length === 4 ? year : `${century}${year}`}/${serial.padStart(7, '0')}${letter}`;
}
