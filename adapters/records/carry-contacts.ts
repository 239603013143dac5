import type { ContactPoint, SealedContact } from '../../schemas/contact-point.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';

/** What one record can carry of contact points (schemas/source-record.ts), and what happens past it. */

export const CONTACTS_MAX = 60;
export const OTHERS_MAX = 200;

export interface CarriedContacts {
  readonly carried: Pick<SourceRecord, 'contacts' | 'othersContacts'>;
  /** Something did not fit: the contact fields that were asked for are then unanswered (P7). */
  readonly cut: boolean;
}

/**
 * Fits contact points into a record. Where not everything that is somebody else's fits, nothing of his is carried
 * either: the mark that was cut might be the one that keeps her number from coming out as his (P4).
 */
export function carryContacts(his: readonly ContactPoint[], others: readonly SealedContact[]): CarriedContacts {
  const tooManyOthers = others.length > OTHERS_MAX;
  return {
    carried: {
      contacts: tooManyOthers ? [] : his.slice(0, CONTACTS_MAX),
      ...(others.length === 0 ? {} : { othersContacts: others.slice(0, OTHERS_MAX) }),
    },
    cut: tooManyOthers || his.length > CONTACTS_MAX,
  };
}
