import type { ContactKind, OtherOwner, SealedContact } from '../../schemas/contact-point.ts';

/** What reaches anybody but the man who is asked about: sealed where it is read, and forgotten (P4). */

export type Seal = (kind: ContactKind, value: string) => string | undefined;

/** A value of another's as its seal, or nothing where it is no usable value. */
export function sealed(kind: ContactKind, value: string, whose: OtherOwner, seal: Seal): SealedContact[] {
  const hash = value === '' ? undefined : seal(kind, value);
  return hash === undefined ? [] : [{ kind, seal: hash, whose }];
}

/** Each value of each owner once. */
export function distinctSeals(contacts: readonly SealedContact[]): SealedContact[] {
  return [...new Map(contacts.map((each) => [`${each.kind} ${each.whose} ${each.seal}`, each])).values()];
}

/** Tells whether a value is sealed as nobody else's: only then may it speak for who he is. */
export function nobodyElses(
  others: readonly SealedContact[],
  seal: Seal,
): (kind: ContactKind, value: string) => boolean {
  const theirs = new Set(others.map((each) => `${each.kind} ${each.seal}`));
  return (kind, value) => !theirs.has(`${kind} ${seal(kind, value) ?? ''}`);
}
