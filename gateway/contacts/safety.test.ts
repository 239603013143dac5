import { describe, expect, it } from '@jest/globals';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { reachSubject, type Reach } from './reach.ts';
import { isInZone, type CaseSafety } from './safety.ts';
import { makeSeal } from './seal.ts';

const seal = makeSeal(new Uint8Array(32).fill(9));
const asOf = '2026-11-22';
const PHONE: ContactPoint = { kind: 'phone', value: '07700 900111', recordedAs: 'self', lastConfirmed: '2026-11-03' };
const HOME: ContactPoint = {
  kind: 'address',
  value: 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD',
  uprn: '0042',
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
};

function reach(safety: CaseSafety, contacts: readonly ContactPoint[] = [PHONE, HOME]): Reach {
  const record = { recordId: 'police:1', agency: 'police', system: 'police', person: {}, contacts: [...contacts] };
  const subjectRecords = [sourceRecordSchema.parse(record)];
  return reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf, safety });
}
const sealOf = (value: string, kind: 'phone' | 'address' = 'address'): string => seal(kind, value) ?? '';
const kinds = ({ ranked }: Reach): readonly string[] => ranked.map(({ kind }) => kind);

describe('a safety block set by victim services', () => {
  it('P4: withholds the contact point it names, and no other', () => {
    const block = {
      sealedContact: { kind: 'phone' as const, seal: sealOf(PHONE.value, 'phone') },
      since: '2026-01-01',
    };
    const answer = reach({ safetyBlocks: [block] });
    expect(kinds(answer)).toEqual(['address']);
    expect(answer.withheld).toEqual([{ kind: 'phone', reason: 'safety-block', sources: [{ recordId: 'police:1' }] }]);
  });

  it('P4: withholds everything where it names none, and sends nobody to him another way', () => {
    const answer = reach({ safetyBlocks: [{ since: '2026-01-01' }] });
    expect(answer.ranked).toEqual([]);
    expect(answer.openings).toEqual([]);
    expect(answer.bestPlaced).toBeUndefined();
    expect(JSON.stringify(answer)).not.toMatch(/900111|Mill Lane/);
  });
});

describe('where an order forbids him to be', () => {
  it.each([
    ['a postcode area', { by: 'postcode', postcode: 'AB' }],
    ['a district', { by: 'postcode', postcode: 'AB1' }],
    ['a sector', { by: 'postcode', postcode: 'AB1 2' }],
    ['a postcode', { by: 'postcode', postcode: 'AB1 2CD' }],
    ['a property number', { by: 'uprn', uprn: '42' }],
    ['the home as a keyed hash', { by: 'seal', seal: sealOf('14 mill ln flat 2 ab12cd') }],
    ['its building as a keyed hash', { by: 'seal', seal: sealOf('14 Mill Lane, AB1 2CD') }],
  ] as const)('P4: an address there is withheld, named by %s', (_, zone) => {
    const answer = reach({ exclusionZones: [zone] });
    expect(kinds(answer)).toEqual(['phone']);
    expect(answer.withheld.map(({ reason }) => reason)).toEqual(['excluded-by-order']);
    expect(JSON.stringify(answer)).not.toContain('Mill Lane');
  });

  it('a neighbouring district, sector or area is another place', () => {
    for (const zone of ['AB1 2CD', 'AB1 2', 'AB1', 'AB']) expect(isInZone('AB1 2CD', zone)).toBe(true);
    for (const zone of ['AB12', 'AB1 2CE', 'AB1 3', 'A', 'AB2']) expect(isInZone('AB1 2CD', zone)).toBe(false);
    expect(isInZone('AB12 3CD', 'AB1')).toBe(false);
  });
});

describe('where an order obliges him to live', () => {
  const older: ContactPoint = { ...HOME, lastConfirmed: '2023-01-01' };
  const required = { seal: sealOf(HOME.value), from: '2026-10-01' };

  it('a bail address counts for more than its age, and says why', () => {
    const [before] = reach({}, [older]).ranked;
    const [after] = reach({ requiredAddresses: [required] }, [older]).ranked;
    expect(after?.probability).toBeGreaterThan(0.7);
    expect(before?.probability).toBeLessThan(0.3);
    expect(after?.flags).toContain('required-by-order');
    expect(after?.because).toContain('an order obliges him to live there');
  });

  it('an order that is over or has not begun says nothing', () => {
    const over = { ...required, to: '2026-11-22' };
    const toCome = { ...required, from: '2026-11-23' };
    expect(reach({ requiredAddresses: [over, toCome] }, [older])).toEqual(reach({}, [older]));
  });

  it('P4: never brings an address back that is withheld', () => {
    const zone = { by: 'postcode', postcode: 'AB1' } as const;
    expect(kinds(reach({ requiredAddresses: [required], exclusionZones: [zone] }))).toEqual(['phone']);
  });
});

describe('a case that the panel monitors or holds', () => {
  it.each(['monitor', 'hold'] as const)(
    '%s: every contact point says first that nobody is to contact him',
    (category) => {
      const { ranked, openings } = reach({ category });
      expect(ranked).toHaveLength(2);
      for (const { flags, because } of ranked) {
        expect(flags).toContain('on-hold');
        expect(because).toMatch(/^The panel monitors or holds this case, so nobody is to contact him; /);
      }
      expect(openings).toEqual([]);
    },
  );

  it('a case for contact says nothing of the kind', () => {
    expect(reach({ category: 'contact' })).toEqual(reach({}));
  });
});
