import { standardiseHome, standardiseHomeLine, type HeldAddressLines } from './homes.ts';
import { readNameWords, type ReadName } from './names.ts';
import { standardiseEmail, standardisePhone } from './phones.ts';
import type { StandardHome, StandardPhone } from './standard-person.ts';

/** Reads the values of one question. */
export interface Reader {
  readonly nameWords: ReadName;
  readonly phone: (raw: string) => StandardPhone | undefined;
  readonly email: (raw: string) => string | undefined;
  readonly home: (address: HeldAddressLines) => StandardHome | undefined;
  readonly homeLine: (line: string, uprn: string | undefined) => StandardHome | undefined;
}

/** Remembers what `read` made of each text, `undefined` included. */
function remembering<T>(read: (raw: string) => T): (raw: string) => T {
  const known = new Map<string, { readonly made: T }>();
  return (raw) => {
    const before = known.get(raw);
    if (before !== undefined) return before.made;
    const made = read(raw);
    known.set(raw, { made });
    return made;
  };
}

/**
 * A reader that reads each text once: one answer holds the same number in a person's details and among his contact
 * points, and one surname many times. It remembers values, so it may live no longer than one question (P8).
 */
export const readEachOnce = (): Reader => ({
  nameWords: remembering(readNameWords),
  phone: remembering(standardisePhone),
  email: remembering(standardiseEmail),
  home: standardiseHome,
  homeLine: standardiseHomeLine,
});
