import { createHmac, randomBytes } from 'node:crypto';
import { openWords, sealWords, type Random } from '../reasons/box.ts';

/** Whose name it is. A name is sealed to this, so nobody who can write to the database can swap two of them. */
export interface NamedStaff {
  readonly agency: string;
  readonly staffId: string;
}

/** Seals and opens the names of staff. */
export interface StaffNames {
  seal(name: string, of: NamedStaff): Uint8Array;
  /** Undefined where it was sealed to somebody else, under another key, or was changed. */
  open(sealed: Uint8Array, of: NamedStaff): string | undefined;
}

/**
 * @param master at least 32 bytes; names lie under a key made from it, so that it opens nothing else
 * @param retired master keys that were replaced: they open, and seal no more
 */
export function makeStaffNames(
  master: Uint8Array,
  retired: readonly Uint8Array[] = [],
  random: Random = randomBytes,
): StaffNames {
  const keyFrom = (from: Uint8Array): Buffer => createHmac('sha256', from).update('holdfast staff names 1').digest();
  const key = keyFrom(master);
  const keys = [key, ...retired.map(keyFrom)];
  const bound = ({ agency, staffId }: NamedStaff): string[] => ['staff', agency, staffId];
  return {
    seal: (name, of) => sealWords(key, Buffer.from(name, 'utf8'), bound(of), random),
    open: (sealed, of) => {
      const plain = keys.map((each) => openWords(each, sealed, bound(of))).find((each) => each !== undefined);
      return plain === undefined ? undefined : Buffer.from(plain).toString('utf8');
    },
  };
}
