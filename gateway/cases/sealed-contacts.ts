import type { SealedValue } from '../../schemas/attempt.ts';
import type { SealedTried, ToldContact } from '../../schemas/case-change.ts';
import { readContact } from '../contacts/normalise.ts';
import type { Seal } from '../contacts/seal.ts';

/** A contact point as told, as hashes: all that the register keeps of it (P8). */

/**
 * Each value of it, of a flat its building too: for what must be withheld however a source writes it. That a seal is of
 * a building is kept beside it, because nobody can see it from the hash.
 */
export function sealedWidely(seal: Seal, { kind, value }: ToldContact): readonly SealedValue[] {
  return readContact(kind, value).contacts.flatMap((contact): SealedValue[] => {
    const one = seal(kind, contact.value);
    const building = contact.building === undefined ? undefined : seal(kind, contact.building.line);
    return [
      ...(one === undefined ? [] : [{ kind, seal: one }]),
      ...(building === undefined ? [] : [{ kind, seal: building, ofFlat: true as const }]),
    ];
  });
}

/** Each value of it and nothing beside: that he is not at flat 2 says nothing about flat 3. */
export function sealedExactly(seal: Seal, { kind, value }: ToldContact): readonly SealedValue[] {
  return readContact(kind, value).contacts.flatMap((contact) => {
    const one = seal(kind, contact.value);
    return one === undefined ? [] : [{ kind, seal: one }];
  });
}

/** Both, for an attempt of which nobody knows yet what will come of it. */
export function sealTried(seal: Seal, contact: ToldContact): SealedTried {
  return {
    kind: contact.kind,
    exactly: [...sealedExactly(seal, contact)],
    widely: [...sealedWidely(seal, contact)],
  };
}
