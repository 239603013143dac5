import { describe, expect, it } from '@jest/globals';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import type { SourceRecord } from '../../schemas/source-record.ts';
import { reachSubject } from './reach.ts';
import { makeSeal } from './seal.ts';

const AS_OF = '2026-11-20';
const mobile = (change: Partial<ContactPoint>): ContactPoint => ({
  kind: 'phone',
  value: '07700 900321',
  recordedAs: 'self',
  field: 'pro.phone',
  ...change,
});
const reachBy = (contact: ContactPoint) => {
  const record: SourceRecord = {
    recordId: 'probation:1',
    agency: 'probation',
    system: 'delius',
    person: {},
    contacts: [contact],
  };
  const seal = makeSeal(new Uint8Array(32));
  const { ranked } = reachSubject({
    subjectRecords: [record],
    otherRecords: [],
    protectedContacts: [],
    seal,
    asOf: AS_OF,
  });
  const [first] = ranked;
  if (first === undefined) throw new Error('nothing was ranked');
  return first;
};

describe('a number that nothing dates', () => {
  const undated = reachBy(mobile({}));
  const inService = reachBy(mobile({ basis: 'active-service' }));

  it('counts for more where a worker of its source deals with him now, and is not called old', () => {
    expect(inService.probability).toBeGreaterThan(undated.probability);
    expect(undated.flags).toContain('old');
    expect(inService.flags).not.toContain('old');
  });

  it('says so, and does not pretend that anybody confirmed it', () => {
    expect(inService.because).toBe(
      'Probation holds it as his mobile; no source dates it, but a worker of probation is dealing with him now; no source records it as anybody else’s.',
    );
    expect(inService.lastConfirmed).toBeUndefined();
  });

  it('counts for less than one that was confirmed this month', () => {
    expect(inService.probability).toBeLessThan(reachBy(mobile({ lastConfirmed: '2026-11-03' })).probability);
  });

  it('counts for nothing more once the source ended it', () => {
    const ended = reachBy(mobile({ basis: 'active-service', to: '2025-01-01' }));
    expect(ended.probability).toBe(reachBy(mobile({ to: '2025-01-01' })).probability);
  });
});
