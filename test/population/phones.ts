/**
 * Phone numbers that reach nobody.
 *
 * A number that a person may see (the demo's cast, journeys, every situation's first examples) comes from Ofcom's
 * ranges for drama. The drama range has only 1,000 mobiles, and re-using them would mean something: in this product a
 * number that two people hold is evidence. So the bulk, which only programs read, uses 07612 000000 onwards. That is
 * mobile-shaped, but lies in 076 (radiopaging) in a block that no operator holds: libphonenumber's metadata, made from
 * Ofcom's allocations, calls every one of them possible and none of them valid, exactly as it does for drama mobiles,
 * so code under test treats both alike. A test keeps that true. Never print the bulk for people to read.
 *
 * Landlines are all from the drama ranges below, 14,000 numbers.
 */

const DRAMA_LANDLINES = [
  '2079460',
  '1134960',
  '1144960',
  '1154960',
  '1164960',
  '1174960',
  '1184960',
  '1214960',
  '1314960',
  '1414960',
  '1514960',
  '1614960',
  '1914980',
  '1632960',
] as const;

export const DRAMA_MOBILE = /^\+447700900\d{3}$/;
export const BULK_MOBILE = /^\+447612\d{6}$/;
export const DRAMA_LANDLINE = /^\+44(?:2079460|1(?:13|14|15|16|17|18|21|31|41|51|61)4960|1914980|1632960)\d{3}$/;

/** Of the 1,000 drama mobiles the first 100 are the cast's (cast.ts); the rest are this stock's. */
const FIRST_DRAMA_MOBILE = 100;

export interface PhoneStock {
  /** A mobile number handed out once; from the drama range where people will see it, as long as that lasts. */
  mobile(seen: boolean): string;
  landline(): string;
}

/** Hands out phone numbers in E.164, each once. */
export function phoneStock(): PhoneStock {
  let drama = FIRST_DRAMA_MOBILE;
  let bulk = 0;
  let landlines = 0;
  return {
    mobile: (seen) =>
      seen && drama < 1000
        ? `+447700900${String(drama++).padStart(3, '0')}`
        : `+447612${String((bulk++ * 7919) % 1_000_000).padStart(6, '0')}`,
    landline: () => {
      const n = landlines++;
      const range = DRAMA_LANDLINES[n % DRAMA_LANDLINES.length];
      const within = Math.floor(n / DRAMA_LANDLINES.length);
      if (range === undefined || within > 999) throw new Error('the drama landlines are used up');
      return `+44${range}${String(within).padStart(3, '0')}`;
    },
  };
}
