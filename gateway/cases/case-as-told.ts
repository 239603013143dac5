import { z } from 'zod';
import { caseSchema, type Case } from '../../schemas/case.ts';
import { contactKindSchema, otherOwnerSchema } from '../../schemas/contact-point.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Seal } from '../contacts/seal.ts';
import { sealedWidely } from './sealed-contacts.ts';

/**
 * A case as a panel tells it, with the contact points of protected persons in clear. It becomes a `Case` before
 * anything else happens to it: what the register keeps of a protected person is a keyed hash (P4, P8).
 */
export const caseAsToldSchema = caseSchema.omit({ protectedContacts: true }).extend({
  protectedContacts: z
    .array(z.strictObject({ kind: contactKindSchema, value: z.string().min(1).max(400), whose: otherOwnerSchema }))
    .max(100),
});
export type CaseAsTold = z.infer<typeof caseAsToldSchema>;

/**
 * Seals the protected contact points of a case.
 * @returns the case for the register, or the places in `protectedContacts` of values that cannot be sealed (no number,
 * an address without a postcode): such a value would protect nobody, so the whole case is refused
 */
export function sealCaseContacts(told: CaseAsTold, seal: Seal): Result<Case, { readonly unusable: readonly number[] }> {
  const { protectedContacts, ...kase } = told;
  const sealed = protectedContacts.map(({ kind, value, whose }) =>
    sealedWidely(seal, { kind, value }).map((each) => ({ ...each, whose })),
  );
  const unusable = sealed.flatMap((seals, at) => (seals.length === 0 ? [at] : []));
  return unusable.length > 0 ? err({ unusable }) : ok({ ...kase, protectedContacts: sealed.flat() });
}
