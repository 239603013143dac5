import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../extract/assemble.ts';
import { OWN, WHOSE } from './columns.ts';
import { contactsOf, postcodesOf } from './contacts.ts';

const row = (cells: Readonly<Record<string, string>>): ReadonlyMap<string, string> => new Map(Object.entries(cells));

const entryOf = (details: Readonly<Record<string, readonly ReadonlyMap<string, string>[]>>): Entry => ({
  reference: 'URN-1',
  current: row({ urn: 'URN-1' }),
  history: [],
  mergedFrom: [],
  details: new Map(Object.entries(details)),
  doubtful: new Set(),
});

describe('contacts of a nominal’s file', () => {
  it.each([...WHOSE, 'a-word-of-next-year'])(
    'P4: a number of "%s" is his only where the force says it is his',
    (whose) => {
      const { own, others } = contactsOf(
        entryOf({ telephones: [row({ whose, telephone_number: '+447700900111' })] }),
        [],
      );
      const his = OWN.some((one) => one === whose);
      expect(own).toHaveLength(his ? 1 : 0);
      expect(others).toHaveLength(his ? 0 : 1);
    },
  );

  it('P4: where a file names more other people than can be passed on, nothing of his is shown', () => {
    const theirs = Array.from({ length: 201 }, (_, n) => row({ whose: 'victim', telephone_number: `+4477009${n}` }));
    const read = contactsOf(
      entryOf({ telephones: [...theirs, row({ whose: 'self', telephone_number: '+447700900111' })] }),
      [],
    );
    expect(read.own).toEqual([]);
    expect(read.withheld).toEqual(['pol.address', 'pol.phone', 'pol.email']);
  });

  it('P4: the postcode of somebody else’s address is not his for matching either', () => {
    const at = (whose: string, post_code: string) =>
      row({ whose, address_type: 'home', street: 'Elm Street', post_code });
    const read = contactsOf(
      entryOf({ locations: [at('self', 'ZE4 1AB'), at('self', 'ZE5 2BD'), at('victim', 'ze41ab')] }),
      [],
    );
    expect(postcodesOf(read)).toEqual(['ZE5 2BD']);
  });

  it('a previous address without an end had ended when it was written down', () => {
    const previous = row({ whose: 'self', address_type: 'previous', street: 'Elm Street', last_updated: '2026-03-01' });
    expect(contactsOf(entryOf({ locations: [previous] }), []).own[0]?.to).toBe('2026-03-01');
  });

  it('writes an address as one does', () => {
    const written = (cells: Readonly<Record<string, string>>): string | undefined =>
      contactsOf(entryOf({ locations: [row({ whose: 'self', address_type: 'home', ...cells })] }), []).own[0]?.value;
    expect(written({ flat: 'Flat 2', premises: '12a', street: 'Elm Street', post_code: 'ZE4 1AB' })).toBe(
      'Flat 2, 12a Elm Street, ZE4 1AB',
    );
    expect(written({ premises: 'The Limes', street: '61 Station Parade', town: 'Riverton' })).toBe(
      'The Limes, 61 Station Parade, Riverton',
    );
    expect(written({})).toBeUndefined();
  });
});
