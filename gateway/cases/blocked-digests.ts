import { createHash } from 'node:crypto';
import type { SealedValue } from '../../schemas/attempt.ts';
import type { SealedTried } from '../../schemas/case-change.ts';
import type { Case } from '../../schemas/case.ts';

/**
 * The contact points that a case closes for every other case, as digests by which the register finds them.
 *
 * A digest is a hash of the case's own seal, and the seal an HMAC under the sealing key, which is outside the database:
 * nobody without that key can tell which value a digest stands for, try numbers against it, or turn it into the seal
 * that sources and cases use. Two cases that close the same value have the same digest; that much whoever has the table
 * learns. See docs/decisions/0029-safety-blocks.md.
 *
 * @returns each once, in an order that says nothing
 */
export function blockedDigests(kase: Case): readonly string[] {
  return [...new Set(closedBy(kase).map(blockedDigest))].sort();
}

/** The same as seals: within the case itself the building of a flat closes every flat of it. */
export function blockedSeals(kase: Case): ReadonlySet<string> {
  return new Set(closedBy(kase).map(({ seal }) => seal));
}

function closedBy({ safetyBlocks = [], attempts = [], protectedContacts }: Case): readonly SealedValue[] {
  const answered = attempts.filter(({ outcome }) => outcome === 'victim-answered-or-may-have');
  return [
    ...safetyBlocks.flatMap(({ sealedContact }) => sealedContact ?? []),
    ...answered.map(({ sealedContact }) => sealedContact),
    ...protectedContacts,
  ];
}

/** Under which digests another case may have closed a contact point that was shown: see close-elsewhere.ts. */
export function triedDigests({ exactly, widely }: SealedTried): readonly string[] {
  const buildings = widely.filter(({ ofFlat }) => ofFlat === true);
  const whole = buildings.map(({ kind, seal }) => ({ kind, seal }));
  const withoutFlat = buildings.length > 0 ? [] : exactly.filter(({ kind }) => kind === 'address');
  const forms = [...exactly, ...whole, ...withoutFlat.map((each) => ({ ...each, ofFlat: true as const }))];
  return [...new Set(forms.map(blockedDigest))];
}

/** 43 characters of base64url. The building of a flat never matches another flat of it: neighbours are not withheld. */
export function blockedDigest({ kind, seal, ofFlat }: SealedValue): string {
  const what = ofFlat === true ? `${kind} without its flat` : kind;
  return createHash('sha256').update(`holdfast blocked contact 1\n${what}\n${seal}`).digest('base64url');
}
