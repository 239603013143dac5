import { standardiseHome, standardiseHomeLine, type HeldAddressLines } from './homes.ts';
import { readNameWords, type ReadName } from './names.ts';
import { readEmailField, readPhoneField, type FieldRead } from './phones.ts';
import type { StandardHome, StandardPhone } from './standard-person.ts';

/** Reads the values of one question. */
export interface Reader {
  readonly nameWords: ReadName;
  readonly phones: (raw: string) => FieldRead<StandardPhone>;
  readonly emails: (raw: string) => FieldRead<string>;
  readonly home: (address: HeldAddressLines) => StandardHome | undefined;
  readonly homeLine: (line: string, uprn: string | undefined) => StandardHome | undefined;
}

/** Remembers what `read` made of each text. */
function remembering<T extends object>(read: (raw: string) => T): (raw: string) => T {
  const known = new Map<string, T>();
  return (raw) => {
    const before = known.get(raw);
    if (before !== undefined) return before;
    const made = read(raw);
    known.set(raw, made);
    return made;
  };
}

/**
 * A reader that reads each text once: one answer holds the same number in a person's details and among his contact
 * points, and one surname many times. It remembers values, so it may live no longer than one question (P8).
 */
export const readEachOnce = (): Reader => ({
  nameWords: remembering(readNameWords),
  phones: remembering(readPhoneField),
  emails: remembering(readEmailField),
  home: standardiseHome,
  homeLine: standardiseHomeLine,
});
