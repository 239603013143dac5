import { describe, expect, it } from '@jest/globals';
import { basisFor } from './index.ts';
import { inForce } from './powers.ts';
import { mustLoad, shippedFiles } from '../../test/promises/policy-shipped.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import type { RequesterGroup } from '../../schemas/names.ts';

const bundle = mustLoad(shippedFiles());
const stated = (
  party: 'discloser' | 'recipient',
  purpose: string,
  owner: RequesterGroup,
  requester: RequesterGroup,
  facts: CaseFacts = {},
  controller?: 'private',
) => basisFor(bundle, party, { purpose, owner, requester, facts, ...(controller !== undefined && { controller }) });

describe('each side of a disclosure has its own lawful basis', () => {
  it.each([
    ['police for engagement', stated('discloser', 'ENGAGE', 'police', 'council'), 'dpa-2018-s36-4'],
    ['the council for engagement', stated('recipient', 'ENGAGE', 'police', 'council'), 'uk-gdpr-6-1-e'],
    ['a public landlord', stated('discloser', 'ENGAGE', 'housing', 'council'), 'uk-gdpr-6-1-e'],
    ['a private landlord', stated('discloser', 'ENGAGE', 'housing', 'council', {}, 'private'), 'uk-gdpr-6-1-ea'],
    ['a voluntary service', stated('recipient', 'MARAC', 'police', 'victim-services'), 'uk-gdpr-6-1-ea'],
    ['probation for MAPPA', stated('discloser', 'MAPPA', 'probation', 'police'), 'dpa-2018-s36-3'],
    ['police who receive for MAPPA', stated('recipient', 'MAPPA', 'health', 'police'), 'dpa-2018-s35'],
    ['a landlord to an enquiry', stated('discloser', 'S47', 'housing', 'childrens'), 'uk-gdpr-6-1-c'],
    ['a landlord to police in an enquiry', stated('discloser', 'S47', 'housing', 'police'), 'uk-gdpr-6-1-e'],
    ['health in an emergency', stated('discloser', 'EMERG', 'health', 'police'), 'uk-gdpr-6-1-d'],
    ['somebody to whom nothing is given', stated('recipient', 'DVDS', 'police', 'council'), undefined],
  ])('%s', (_who, found, basis) => {
    expect(found?.basis).toBe(basis);
  });

  it('the condition for a child or an adult at risk is relied on for them and for nobody else', () => {
    const conditions = (facts: CaseFacts) => stated('discloser', 'MARAC', 'health', 'police', facts)?.conditions;
    expect(conditions({})).toEqual(['SCH1_6', 'SCH1_10']);
    expect(conditions({ protectedPerson: 'none' })).toEqual(['SCH1_6', 'SCH1_10']);
    expect(conditions({ protectedPerson: 'child' })).toEqual(['SCH1_6', 'SCH1_10', 'SCH1_18']);
    expect(conditions({ protectedPerson: 'adult-at-risk' })).toContain('SCH1_18');
  });

  it('names the law that lets police data serve another purpose, and strict necessity where health reaches police', () => {
    expect(stated('discloser', 'DAPG', 'police', 'council')?.authorisedBy).toEqual(['CDA115', 'COMMON']);
    expect(stated('recipient', 'BREACH', 'health', 'police')?.strictNecessity).toBe(true);
  });

  it('every power that is named keeps its mark of verification', () => {
    for (const [code, { mark, law, section }] of bundle.powers) {
      expect([code, ['V', '2', 'G'].includes(mark), law !== '', section !== '']).toEqual([code, true, true, true]);
    }
  });
});

describe('P2: a power is in force on its days and in its areas', () => {
  const pilot = {
    inForceFrom: '2024-11-27',
    inForceTo: null,
    areas: [{ area: 'croydon', from: '2025-03-01', to: '2026-03-31' }],
  };
  const on = (day: string, area?: string) => inForce(pilot, { earliest: day, latest: day }, area);
  it.each([
    ['2025-02-28', 'croydon', false],
    ['2025-03-01', 'croydon', true],
    ['2026-03-31', 'croydon', true],
    ['2026-04-01', 'croydon', false],
    ['2025-06-01', 'riverton', false],
    ['2025-06-01', undefined, false],
  ])('%s in %s: %s', (day, area, is) => {
    expect(on(day, area)).toBe(is);
  });

  it('one that ended everywhere has ended in its areas', () => {
    const ended = { ...pilot, inForceTo: '2025-12-31' };
    expect(inForce(ended, { earliest: '2026-01-01', latest: '2026-01-01' }, 'croydon')).toBe(false);
  });
});
