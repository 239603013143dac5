import { describe, expect, it } from '@jest/globals';
import type { ContactPoint, SealedContact } from '../../schemas/contact-point.ts';
import { carryContacts, CONTACTS_MAX, OTHERS_MAX } from './carry-contacts.ts';

const his = (count: number): ContactPoint[] =>
  Array.from({ length: count }, (_, n) => ({
    kind: 'email',
    value: `m${n}@example.org`,
    recordedAs: 'self',
    field: 'hou.phone',
  }));
const hers = (count: number): SealedContact[] =>
  Array.from({ length: count }, (_, n) => ({ kind: 'phone', seal: String(n).padStart(43, 'A'), whose: 'partner' }));

describe('P4, P11: what one record can carry', () => {
  it('carries everything up to its limits', () => {
    const { carried, cut } = carryContacts(his(CONTACTS_MAX), hers(OTHERS_MAX));
    expect([carried.contacts.length, carried.othersContacts?.length, cut]).toEqual([CONTACTS_MAX, OTHERS_MAX, false]);
  });

  it('carries nothing of his where a mark of somebody else’s did not fit, and says that something is missing', () => {
    const { carried, cut } = carryContacts(his(1), hers(OTHERS_MAX + 1));
    expect([carried.contacts, cut]).toEqual([[], true]);
  });

  it('says so where not all that is his fits', () => {
    expect(carryContacts(his(CONTACTS_MAX + 1), [])).toMatchObject({ cut: true });
  });
});
