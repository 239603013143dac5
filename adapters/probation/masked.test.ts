import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { holdingOf, questionOf } from '../../test/agencies/probation/fixture.ts';
import {
  addressesOf,
  keyDatesOf,
  licencesOf,
  mappaOf,
  officerOf,
  prisonHalf,
  probationHalf,
} from '../../test/agencies/probation/serve.ts';
import { sourceRecordSchema } from '../../schemas/source-record.ts';
import { NO_DETAILS, type Details } from './details.ts';
import { toRecord } from './map.ts';
import { anyMasked, isMasked, MASK, shown } from './masked.ts';
import {
  wireAddressesSchema,
  wireKeyDatesSchema,
  wireLicencesSchema,
  wireMappaSchema,
  wireOfficerSchema,
  wirePersonSchema,
} from './wire.ts';

const custody = { prisonId: 'MDI', since: '2025-11-01', releaseOn: '2026-03-20', releaseConfirmed: true };
const held = holdingOf({ custody });

const ANSWERS = {
  probation: probationHalf(held),
  prison: prisonHalf(held),
  addresses: { data: addressesOf(held, '2026-03-02') },
  keyDates: { data: keyDatesOf(held) },
  mappa: { data: mappaOf(held) },
  officer: { data: officerOf(held) },
  licences: { data: licencesOf(held, 'X100001') },
};

/** Counts the texts of a value, and writes the mask over those at the given places. */
function maskAt(value: unknown, places: ReadonlySet<number>, at: { next: number }): unknown {
  if (typeof value === 'string') return places.has(at.next++) ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => maskAt(item, places, at));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]: [string, unknown]) => [name, maskAt(inner, places, at)]),
  );
}

const counter = { next: 0 };
maskAt(ANSWERS, new Set(), counter);
const TEXTS = counter.next;

function recordOf(answers: typeof ANSWERS | Record<string, unknown>) {
  const read = <T>(schema: { safeParse: (v: unknown) => { success: boolean; data?: { data: T } } }, value: unknown) => {
    const parsed = schema.safeParse(value);
    return parsed.data === undefined
      ? ({ kind: 'none' } as const)
      : ({ kind: 'held', value: parsed.data.data } as const);
  };
  const details: Details = {
    ...NO_DETAILS,
    addresses: read(wireAddressesSchema, answers.addresses),
    keyDates: read(wireKeyDatesSchema, answers.keyDates),
    mappa: read(wireMappaSchema, answers.mappa),
    officer: read(wireOfficerSchema, answers.officer),
    licences: read(wireLicencesSchema, answers.licences),
  };
  const halves = [answers.probation, answers.prison].map((half) => wirePersonSchema.parse(half));
  return toRecord({ halves, supersedes: [] }, details, questionOf()).record;
}

describe('the mask', () => {
  it('P4, P7: wherever it stands it is no value, and what it covers is never read from elsewhere', () => {
    expect(TEXTS).toBeGreaterThan(60);
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: TEXTS - 1 }), { minLength: 1, maxLength: 12 }), (places) => {
        const masked = maskAt(ANSWERS, new Set(places), { next: 0 });
        const record = recordOf(Object.assign({}, masked));
        expect(JSON.stringify(record)).not.toContain('REDACTED');
        expect(sourceRecordSchema.safeParse(record).success).toBe(true);
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('P7: with every text masked, every field of his is withheld and no contact point is left', () => {
    const all = new Set(Array.from({ length: TEXTS }, (_, at) => at));
    const record = recordOf(Object.assign({}, maskAt(ANSWERS, all, { next: 0 })));
    expect(record.contacts).toEqual([]);
    expect(record.withheldFields).toEqual(
      expect.arrayContaining([
        'pro.crn',
        'pro.name',
        'pro.dob',
        'pro.address',
        'pro.phone',
        'pro.release',
        'pro.officer',
      ]),
    );
  });

  it('counts as masked in part as well', () => {
    expect(isMasked('Mr **REDACTED** Ashgrove')).toBe(true);
    expect(shown('07700 **REDACTED**')).toBeUndefined();
    expect(anyMasked({ a: [{ b: 'x' }, { c: [MASK] }] })).toBe(true);
    expect(anyMasked({ a: [1, null, 'x'] })).toBe(false);
  });
});
