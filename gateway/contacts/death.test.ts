import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import { rankedContactSchema } from '../../schemas/reach.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject, type Reach } from './reach.ts';
import type { Permits } from './candidate.ts';
import { makeSeal } from './seal.ts';

/** P4's other side: a call that reaches a dead man's family, or the next owner of his number. */

const seal = makeSeal(new Uint8Array(32).fill(1));
const asOf = '2026-11-22';
type Died = NonNullable<NonNullable<SourceRecord['whereabouts']>['died']>;

const record = (agency: string, more: Partial<SourceRecord> = {}): SourceRecord =>
  sourceRecordSchema.parse({ recordId: `${agency}:1`, agency, system: agency, person: {}, contacts: [], ...more });
const dead = (died: Died = { on: '2026-05-03', formal: true }, agency = 'health', more: Partial<SourceRecord> = {}) =>
  record(agency, { whereabouts: { field: 'hea.address', died }, ...more });
const mobile = (more: Partial<ContactPoint> = {}): ContactPoint => ({
  kind: 'phone',
  value: '07700 900111',
  recordedAs: 'self',
  lastConfirmed: '2026-11-03',
  field: 'pro.phone',
  ...more,
});
const notified: ContactPoint = {
  kind: 'address',
  value: '14 Mill Lane, Rivertown, AB1 2CD',
  recordedAs: 'self',
  basis: 'statutory-notification',
  lastConfirmed: '2026-11-03',
  field: 'pol.address',
};
const reach = (subjectRecords: readonly SourceRecord[], permits?: Permits): Reach =>
  reachSubject({
    ...{ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf },
    ...(permits === undefined ? {} : { permits }),
  });
const sentenceOf = (...records: SourceRecord[]): string | undefined => reach(records).whereabouts?.death?.because;

describe('a man whom a source records as dead', () => {
  it('is said so first, and every contact point says it, is flagged and falls to .02 at most', () => {
    const { ranked, whereabouts } = reach([
      dead(),
      record('probation', { contacts: [mobile(), mobile({ value: '07700 900222', lastConfirmed: '2024-01-01' })] }),
      record('police', { contacts: [notified] }),
    ]);
    expect(whereabouts?.death).toEqual({
      agencies: ['health'],
      because: 'Health records that he died on 3 May 2026. Speak to your manager before any contact.',
      sources: [{ recordId: 'health:1', field: 'hea.address' }],
    });
    expect(ranked.map(({ value }) => value)).toEqual([
      '14 Mill Lane, Rivertown, AB1 2CD',
      '+447700900111',
      '+447700900222',
    ]);
    for (const contact of ranked) {
      rankedContactSchema.parse(contact);
      expect(contact.probability).toBeLessThanOrEqual(0.02);
      expect(contact.flags[0]).toBe('recorded-as-dead');
      expect(contact.because).toMatch(/^Health records that he has died; /);
    }
  });

  it.each<[Died, string]>([
    [{ on: '2026-05-03' }, 'Health records that he died on 3 May 2026.'],
    [{}, 'Health records that he has died.'],
    [{ on: '2026-05-03', formal: false }, 'Health records, not yet formally, that he died on 3 May 2026.'],
    [{ formal: false }, 'Health records, not yet formally, that he has died.'],
  ])('says what is known: %j', (died, sentence) => {
    expect(sentenceOf(dead(died))).toBe(`${sentence} Speak to your manager before any contact.`);
  });

  it('says once what two agencies say alike, and both where they differ', () => {
    const on = { on: '2026-05-03' };
    expect(sentenceOf(dead(on), dead(on, 'police'))).toContain('Health and police record that he died on 3 May 2026.');
    expect(sentenceOf(dead(on), dead({ on: '2026-05-04' }, 'police'))).toContain(
      'Health records that he died on 3 May 2026; police record that he died on 4 May 2026.',
    );
  });

  it('P5: a source that went on with its record is named beside it: neither is believed silently', () => {
    const contacts = [mobile()];
    const told = reach([dead(), record('probation', { contacts, lastUpdated: '2026-11-03' })]);
    expect(told.whereabouts?.death?.because).toBe(
      'Health records that he died on 3 May 2026. A newer record of probation does not say so. ' +
        'Speak to your manager before any contact.',
    );
    expect(told.ranked[0]?.flags).toContain('recorded-as-dead');
    expect(told.ranked[0]?.because).toContain('probation confirmed it on 3 November 2026');
    expect(sentenceOf(dead(), record('probation', { contacts, lastUpdated: '2026-05-03' }))).not.toContain('newer');
    expect(sentenceOf(dead(), record('probation', { contacts, lastUpdated: '2062-01-01' }))).not.toContain('newer');
    // Where nobody knows the day, nothing is newer.
    expect(sentenceOf(dead({}), record('probation', { contacts, lastUpdated: '2026-11-03' }))).not.toContain('newer');
  });

  it('is said beside custody, which keeps its own sentence', () => {
    const custody = { establishment: 'HMP Weir', since: '2026-05-01' };
    const { whereabouts } = reach([dead(), record('probation', { whereabouts: { field: 'pro.address', custody } })]);
    expect(whereabouts?.death?.because).toContain('he died on 3 May 2026');
    expect(whereabouts?.because).toContain('He has been in custody at HMP Weir');
    expect(whereabouts?.sources).toEqual([{ recordId: 'probation:1', field: 'pro.address' }]);
  });

  it('P4: what another record marks as somebody else’s stays withheld', () => {
    const hers = record('housing', { contacts: [mobile({ recordedAs: 'partner' })] });
    expect(reach([dead(), record('probation', { contacts: [mobile()] }), hers]).ranked).toEqual([]);
  });
});

describe('a record of death that does not count', () => {
  const living = [record('probation', { contacts: [mobile()], lastUpdated: '2026-11-03' })];
  const untold = record('health');

  it('P2: that the asker may not see changes no flag, sentence or probability', () => {
    const permits: Permits = ({ field }) => field !== 'hea.address';
    expect(reach([dead(), ...living], permits)).toEqual(reach([untold, ...living], permits));
  });

  it('P2: nor does one that the source restricts', () => {
    expect(reach([dead(undefined, 'health', { restricted: true }), ...living])).toEqual(reach([untold, ...living]));
  });

  it('P5: nor another man’s, nor one that may be his', () => {
    const others = { protectedContacts: [], seal, asOf };
    const told = reachSubject({ subjectRecords: living, otherRecords: [dead()], ...others });
    expect(told.whereabouts).toBeUndefined();
    expect(told.ranked[0]?.flags).not.toContain('recorded-as-dead');
  });

  it('P2: a source that the asker may not see is not named as newer either', () => {
    const permits: Permits = ({ field }) => field === 'hea.address';
    expect(reach([dead(), ...living], permits).whereabouts?.death?.because).not.toContain('probation');
  });
});

it('P5: whatever the agencies say of his death, in whatever order, none is believed over .02 and all fit their place', () => {
  const agencies = ['police', 'probation', 'housing', 'health', 'childrens', 'riverton-council'];
  const day = fc.constantFrom('2026-05-03', '2026-05-04', '2027-01-01');
  const died = fc.record({ on: day, formal: fc.boolean() }, { requiredKeys: [] });
  const held = fc.record({ agency: fc.constantFrom(...agencies), died: fc.option(died), updated: day });
  fc.assert(
    fc.property(fc.uniqueArray(held, { selector: ({ agency }) => agency, minLength: 1 }), (all) => {
      const records = all.map(({ agency, died: how, updated }) =>
        record(agency, {
          contacts: [mobile()],
          lastUpdated: updated,
          ...(how === null ? {} : { whereabouts: { field: 'hea.address', died: how } }),
        }),
      );
      const told = reach(records);
      expect(reach([...records].reverse())).toEqual(told);
      const isDead = all.some(({ died: how }) => how !== null);
      expect(told.whereabouts?.death !== undefined).toBe(isDead);
      expect(told.whereabouts?.death?.because.length ?? 0).toBeLessThanOrEqual(600);
      for (const contact of told.ranked) {
        rankedContactSchema.parse(contact);
        expect(contact.flags.includes('recorded-as-dead')).toBe(isDead);
        expect(contact.probability <= 0.02).toBe(isDead);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});
