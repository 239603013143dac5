import { describe, expect, it } from '@jest/globals';
import { addressKind, whoseByLabel, whoseByNote } from './whose.ts';

describe('whose an address is, by its note', () => {
  it.each([
    ["This is their partner's address.", 'partner'],
    ['partners address', 'partner'],
    ['PARTNER’S FLAT', 'partner'],
    ['Ex-wife’s house', 'partner'],
    ["Mother's current address", 'mother'],
    ['address of the victim', 'victim'],
    ['The victim still lives here', 'victim'],
    ['Property belongs to his sister', 'relative'],
    ["Friend's place", 'friend'],
  ])('P4: %j says %s', (note, whose) => {
    expect(whoseByNote(note)).toBe(whose);
  });

  it.each([
    undefined,
    null,
    '',
    'From NDelius',
    'This is a comment text',
    'Spoke to mother on 020 7946 0456',
    'Partner attended the appointment',
    'Example of a parent company',
  ])('%j says nothing of the address', (note) => {
    expect(whoseByNote(note)).toBeUndefined();
  });

  it('a note of a megabyte is read no further than its beginning', () => {
    expect(whoseByNote('partner '.repeat(130_000))).toBeUndefined();
  });
});

describe('whose by a label', () => {
  it.each([
    ['(mum)', 'mother'],
    ["Partner's", 'partner'],
    ['Next of kin', 'other'],
    ['emergency contact', 'other'],
    ['kids', 'child'],
    ['Gran', 'relative'],
  ])('%j is %s', (label, whose) => {
    expect(whoseByLabel(label)).toBe(whose);
  });

  it.each(['MOBILE', 'TELEPHONE', 'Home Address', 'Masonry', 'Example'])('%j says nothing', (label) => {
    expect(whoseByLabel(label)).toBeUndefined();
  });
});

describe('kinds of address', () => {
  const kind = (code: string, description: string) => addressKind([{ code, description }]);
  it('says approved only where the type says approved', () => {
    expect(kind('A02', 'Approved Premises')).toEqual({ recordedAs: 'hostel', approved: true });
    expect(kind('X', 'Proposed address, not approved')).toMatchObject({ approved: false });
    expect(kind('X', 'Unapproved')).toMatchObject({ approved: false });
    expect(kind('HDC', 'HDC Address')).toEqual({ recordedAs: 'self', approved: false });
  });
  it('tells work, hostel and other people apart from his own', () => {
    expect(kind('BUS', 'Business Address').recordedAs).toBe('work');
    expect(kind('A10', 'CAS3 accommodation').recordedAs).toBe('hostel');
    expect(kind('A07', 'Friends/Family (settled)')).toEqual({ recordedAs: 'self', approved: false });
    expect(kind('PAR', "Partner's address")).toMatchObject({ whose: 'partner' });
    expect(addressKind([])).toEqual({ recordedAs: 'self', approved: false });
  });
});
