import type { Random } from './random.ts';

/**
 * Identifiers with valid check characters. PNC, CRO and NHS numbers are drawn from serials that nobody real can hold
 * or that mark test data; the algorithms are those of linkage reference 1.1 and the NHS data dictionary.
 */

const CHECK_LETTERS = 'ZABCDEFGHJKLMNPQRTUVWXY';

/** The check letter of a PNC number (serial of 7 digits) or CRO number (6): year and serial as one number, mod 23. */
export function checkLetter(twoDigitYear: string, paddedSerial: string): string {
  return CHECK_LETTERS.charAt(Number(`${twoDigitYear}${paddedSerial}`) % 23);
}

/** The tenth digit of an NHS number, or undefined where these nine can have none (the remainder leaves 10). */
export function nhsCheckDigit(nine: string): string | undefined {
  const sum = Array.from(nine).reduce((total, digit, place) => total + Number(digit) * (10 - place), 0);
  const check = 11 - (sum % 11);
  if (check === 10) return undefined;
  return String(check === 11 ? 0 : check);
}

/** PNC as police write it: `2012/0394773H`. */
export function pncOf(year: number, serial: number): string {
  const padded = String(serial).padStart(7, '0');
  return `${year}/${padded}${checkLetter(String(year).slice(2), padded)}`;
}

/** CRO as police write it: `265416/21G`. */
export function croOf(year: number, serial: number): string {
  const padded = String(serial).padStart(6, '0');
  const short = String(year).slice(2);
  return `${padded}/${short}${checkLetter(short, padded)}`;
}

/** NHS serials from here on are the cast's. */
const CAST_NHS_SERIALS = 999_000;

export interface IdentifierStock {
  readonly nhsNumber: () => string;
  readonly pnc: (year: number) => string;
  readonly cro: (year: number) => string;
  readonly crn: () => string;
  readonly noms: () => string;
  readonly urn: () => string;
  readonly residentId: () => string;
  readonly tenancy: () => string;
  /** A UUID of version 4 in form, drawn from the seed. */
  readonly uuid: () => string;
}

/** Hands out identifiers, each once. */
export function identifierStock(random: Random): IdentifierStock {
  const counter = (start: number) => {
    let next = start;
    return () => next++;
  };
  const [nhs, pnc, cro, crn, noms] = [counter(0), counter(800_001), counter(400_001), counter(1), counter(1)];
  const [urn, resident, tenancy] = [counter(1), counter(100_001), counter(1)];
  return {
    nhsNumber: () => {
      for (;;) {
        // 999 is the range the NHS keeps for test patients; the factor spreads neighbours apart.
        const serial = (nhs() * 7919) % 1_000_000;
        const nine = `999${String(serial).padStart(6, '0')}`;
        const check = nhsCheckDigit(nine);
        if (check !== undefined && serial < CAST_NHS_SERIALS) return `${nine}${check}`;
      }
    },
    pnc: (year) => pncOf(year, pnc()),
    cro: (year) => croOf(year, cro()),
    crn: () => `X${String(crn()).padStart(6, '0')}`,
    noms: () => {
      const n = noms();
      return `A${String(n % 10_000).padStart(4, '0')}${letters(Math.floor(n / 10_000) + 26)}`;
    },
    urn: () => `URN-${String(urn()).padStart(6, '0')}`,
    residentId: () => String(resident()),
    tenancy: () => `RVT${String(tenancy()).padStart(6, '0')}`,
    uuid: () => uuidFrom(random),
  };
}

const letters = (n: number): string => String.fromCharCode(65 + (Math.floor(n / 26) % 26), 65 + (n % 26));

function uuidFrom(random: Random): string {
  const hex = (digits: number): string =>
    Array.from({ length: digits }, () => random.between(0, 15).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random.pick(['8', '9', 'a', 'b'])}${hex(3)}-${hex(12)}`;
}
