import { describe, expect, it } from '@jest/globals';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject, type Reach, type ReachQuestion } from './reach.ts';
import { makeSeal } from './seal.ts';

const seal = makeSeal(new Uint8Array(32).fill(4));
const asOf = '2026-11-22';
const officer = (more: object = {}) => ({
  field: 'pro.officer',
  value: { kind: 'professional', name: 'Alice Thornbury', team: 'Riverton North', phone: '0306 999 0101', ...more },
});

function record(agency: string, more: object): SourceRecord {
  const base = { recordId: `${agency}:1`, agency, system: agency, person: {}, contacts: [], lastUpdated: '2026-11-01' };
  return sourceRecordSchema.parse({ ...base, ...more });
}
function reach(subjectRecords: readonly SourceRecord[], more: Partial<ReachQuestion> = {}): Reach {
  return reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf, ...more });
}
const kindsOf = ({ openings }: Reach): readonly string[] => openings.map(({ kind }) => kind);
const mobile = { kind: 'phone', value: '07700 900111', recordedAs: 'self', lastConfirmed: '2026-11-03' };

describe('where no contact point is usable', () => {
  const custody = { field: 'pro.address', custody: { establishment: 'HMP Weir', since: '2026-09-01' } };
  const everything = [
    record('health', {
      values: [{ field: 'hea.gp', value: { kind: 'professional', organisation: 'Quayside Surgery' } }],
    }),
    record('childrens', { values: [{ field: 'chi.worker', value: { kind: 'professional', name: 'Ewan Kirkbride' } }] }),
    record('housing', { values: [{ field: 'hou.officer', value: { kind: 'professional', name: 'Hanna Zawadzka' } }] }),
    record('probation', { values: [officer()], whereabouts: custody }),
    record('drug-service', { values: [{ field: 'dru.worker', value: { kind: 'professional', name: 'Isaac Adjei' } }] }),
  ];

  it('names whom to ring, the nearest to him first, each with a sentence', () => {
    const answer = reach(everything);
    expect(kindsOf(answer)).toEqual([
      'custody',
      'supervising-officer',
      'housing-officer',
      'social-worker',
      'service',
      'practice',
    ]);
    expect(answer.openings[1]).toEqual({
      kind: 'supervising-officer',
      agency: 'probation',
      source: { recordId: 'probation:1', field: 'pro.officer' },
      professional: { kind: 'professional', name: 'Alice Thornbury', team: 'Riverton North', phone: '+443069990101' },
      because: 'Probation supervises him: ask the officer when he is next seen, and to pass a message',
    });
    expect(answer.bestPlaced?.because).toBe('Probation deals with him now, and can best ask him for a number');
  });

  it('a hostel that is shown is an opening; one that is withheld is none', () => {
    const bed = {
      kind: 'address',
      value: 'The Limes, 61 Station Parade, ZE7 3ZL',
      recordedAs: 'hostel',
      field: 'hou.address',
    };
    const housing = record('housing', { contacts: [{ ...bed, lastConfirmed: '2026-11-01' }] });
    expect(kindsOf(reach([housing]))).toEqual(['hostel']);
    const hers = { kind: 'address' as const, seal: seal('address', bed.value) ?? '', whose: 'victim' as const };
    expect(kindsOf(reach([housing], { protectedContacts: [hers] }))).toEqual([]);
  });

  it('with nobody who sees him, the agency with the newest record can best obtain a number; a stale one cannot', () => {
    const old = { ...mobile, lastConfirmed: '2016-01-01', field: 'hou.phone' };
    const answer = reach([record('housing', { contacts: [old] }), record('police', { lastUpdated: '2026-11-20' })]);
    expect(answer.bestPlaced).toMatchObject({ agency: 'housing' });
    expect(reach([record('housing', { contacts: [old], lastUpdated: '2020-01-01' })]).bestPlaced).toBeUndefined();
  });

  it('there is none while a number is usable, and none once he is recorded as dead', () => {
    expect(kindsOf(reach([...everything.slice(0, 3), record('police', { contacts: [mobile] })]))).toEqual([]);
    const dead = record('health', { whereabouts: { field: 'hea.address', died: { on: '2026-10-01' } } });
    expect(kindsOf(reach([...everything.slice(1), dead]))).toEqual([]);
  });
});

describe('P4: what a clerk typed into the officer’s boxes', () => {
  const hers = { kind: 'phone' as const, seal: seal('phone', '07700 900222') ?? '', whose: 'victim' as const };

  it.each([
    ['phone', { phone: '07700 900222' }],
    ['phone, in another spelling', { phone: '+44 (0)7700 900 222' }],
    ['phone, the second of two', { phone: '0306 999 0101 / 07700900222' }],
    ['name', { name: 'ring 07700 900222' }],
    ['team', { team: 'her mobile 07700900222' }],
    ['organisation', { organisation: 'o7700 900222' }],
  ])('P4: the victim’s number does not come out by the %s', (_, more) => {
    const answer = reach([record('probation', { values: [officer(more)] })], { protectedContacts: [hers] });
    expect(kindsOf(answer)).toEqual(['supervising-officer']);
    expect(JSON.stringify(answer).replaceAll(/\D/g, '')).not.toContain('7700900222');
    expect(JSON.stringify(answer)).not.toContain('9oo222');
  });

  it('P2: an officer whose field the asker may not see is not named, nor that there is one', () => {
    const held = record('probation', { values: [officer()] });
    expect(reach([held], { permits: ({ field }) => field !== 'pro.officer' })).toEqual(
      reach([record('probation', {})]),
    );
  });
});
