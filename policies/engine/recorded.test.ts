import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { areTwo, factsFor } from './recorded.ts';
import { readFact } from './dimensions.ts';
import { dated } from '../../test/promises/policy-shipped.ts';
import type { Approval, CaseRecords, RecordedPerson } from '../../schemas/case-records.ts';
import type { RequesterGroup } from '../../schemas/names.ts';

const NOW = '2027-01-15T10:00:00.000Z';
const YESTERDAY = '2027-01-14T10:00:00.000Z';
const LAST_WEEK = '2027-01-08T10:00:00.000Z';
const TOMORROW = '2027-01-16T10:00:00.000Z';

const person = (group: RequesterGroup, role: string, staffId: string, team: string): RecordedPerson => ({
  agency: group,
  group,
  role,
  staffId,
  team,
});
const adviser = person('victim-services', 'vic.idva', 'asha', 'idva-service');
const guardian = person('health', 'hea.caldicott_guardian', 'guardian', 'caldicott');
const officer = person('police', 'pol.da_officer', 'okoye', 'da-unit');
const inspector = person('police', 'pol.dvds_decider', 'brandt', 'public-protection');
const manager = person('probation', 'pro.practitioner', 'lund', 'north-office');

const approval = (kind: Approval['kind'], by: RecordedPerson, more: Partial<Approval> = {}): Approval => ({
  kind,
  purpose: 'MARAC',
  requestedBy: adviser,
  by,
  at: YESTERDAY,
  ...more,
});

function worked(records: CaseRecords, facts = dated({}), asker: Partial<Parameters<typeof factsFor>[2]> = {}) {
  const { agency, staffId } = adviser;
  return factsFor(facts, records, { agency, staffId, purpose: 'MARAC', ...asker }, NOW, new Set(['police'])).facts;
}

const NOTHING_APPROVED = {
  approved: false,
  ownerApproval: 'not-given',
  caldicottApproval: 'not-given',
  chairApproval: 'not-given',
  secondPerson: 'not-given',
} as const;

describe('P9: an approval is somebody else\u2019s', () => {
  it('states every approval, so that none is left to be read as given', () => {
    expect(worked({})).toEqual(NOTHING_APPROVED);
  });

  it.each<[string, Approval, string]>([
    ['the owner', approval('owner', inspector), 'ownerApproval'],
    ['a Caldicott Guardian', approval('caldicott', guardian), 'caldicottApproval'],
    ['the chair, of the responsible authority', approval('chair', manager), 'chairApproval'],
    ['a second person', approval('second-person', officer), 'secondPerson'],
  ])('counts that of %s, and opens nothing else by it', (_who, given, fact) => {
    expect(worked({ approvals: [given] })).toEqual({ ...NOTHING_APPROVED, approved: true, [fact]: 'given' });
  });

  it.each<[string, Approval]>([
    ['of the asker himself', approval('second-person', adviser)],
    ['of the asker under another team\u2019s name', approval('second-person', { ...adviser, team: 'other-team' })],
    ['of one of the asker\u2019s team', approval('second-person', { ...officer, team: adviser.team })],
    ['of a colleague in the asker\u2019s team', approval('second-person', { ...adviser, staffId: 'bo' })],
    ['for another purpose', approval('second-person', officer, { purpose: 'DAPG' })],
    [
      'of what somebody else asked for',
      approval('second-person', officer, { requestedBy: { ...adviser, staffId: 'bo' } }),
    ],
    [
      'of what a namesake of another agency asked for',
      approval('second-person', officer, { requestedBy: { ...adviser, agency: 'westmarsh-idva' } }),
    ],
    ['that was withdrawn', approval('second-person', officer, { withdrawnAt: TOMORROW })],
    ['dated tomorrow', approval('second-person', officer, { at: TOMORROW })],
    ['with no date', approval('second-person', officer, { at: 'soon' })],
    [
      'of a Caldicott Guardian\u2019s kind by a clinician',
      approval('caldicott', { ...guardian, role: 'hea.clinician' }),
    ],
    ['of a Caldicott Guardian outside health', approval('caldicott', { ...guardian, group: 'council' })],
    ['of the owner\u2019s kind by an agency that owns nothing that waits', approval('owner', manager)],
    [
      'of the chair\u2019s kind by a landlord',
      approval('chair', person('housing', 'hou.tenancy_officer', 'reed', 'homes')),
    ],
  ])('does not count one %s', (_what, given) => {
    expect(worked({ approvals: [given] })).toEqual(NOTHING_APPROVED);
  });

  it('waits for every owner on whom rules wait', () => {
    const facts = (owners: readonly RequesterGroup[]) =>
      factsFor(
        dated({}),
        { approvals: [approval('owner', inspector)] },
        { ...adviser, purpose: 'MARAC' },
        NOW,
        new Set(owners),
      ).facts.ownerApproval;
    expect(facts(['police'])).toBe('given');
    expect(facts(['police', 'health'])).toBe('not-given');
  });

  it('takes no system\u2019s word for an approval, a consent or an opinion that nobody recorded', () => {
    const claimed = dated({
      approved: true,
      ownerApproval: 'given',
      caldicottApproval: 'given',
      chairApproval: 'given',
      secondPerson: 'given',
      healthConsent: 'given',
      referralConsent: 'given',
      seriousHarmOpinion: 'no-serious-harm',
      category: 'contact',
    });
    expect(worked({}, claimed)).toEqual({ ...NOTHING_APPROVED, category: 'contact' });
  });

  it('nobody and his own team ever make two, whoever they are', () => {
    const anybody = fc.record({
      agency: fc.constantFrom('police', 'health'),
      group: fc.constantFrom('police' as const, 'health' as const),
      role: fc.constantFrom('pol.da_officer', 'hea.caldicott_guardian'),
      staffId: fc.constantFrom('a1', 'b2'),
      team: fc.constantFrom('one', 'two'),
    });
    fc.assert(
      fc.property(
        anybody,
        anybody,
        fc.constantFrom('owner', 'caldicott', 'chair', 'second-person'),
        (by, asks, kind) => {
          const facts = worked({ approvals: [approval(kind, by, { requestedBy: asks })] }, dated({}), asks);
          if (facts.approved === true) expect(areTwo(by, asks)).toBe(true);
          if (by.team === asks.team) expect(facts).toEqual(NOTHING_APPROVED);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });
});

describe('P2: what was recorded counts as far as it goes', () => {
  const consent = (more: object) => ({ scope: 'health-contact' as const, givenAt: LAST_WEEK, ...more });
  it.each([
    ['given', [consent({})], 'given'],
    ['withdrawn', [consent({ withdrawnAt: YESTERDAY })], 'withdrawn'],
    ['to be withdrawn tomorrow', [consent({ withdrawnAt: TOMORROW })], 'withdrawn'],
    ['run out', [consent({ expiresAt: YESTERDAY })], undefined],
    ['dated tomorrow', [consent({ givenAt: TOMORROW })], undefined],
    ['withdrawn and given again', [consent({ withdrawnAt: YESTERDAY }), consent({ givenAt: YESTERDAY })], 'given'],
    ['of another scope', [{ scope: 'homelessness-referral' as const, givenAt: LAST_WEEK }], undefined],
  ])('consent that is %s', (_what, consents, value) => {
    expect(worked({ consents }).healthConsent).toBe(value);
  });

  const opinion = (seriousHarm: boolean, by: RecordedPerson, at = YESTERDAY) => ({ seriousHarm, by, at });
  it.each([
    ['none', [], undefined],
    ['one that fears harm', [opinion(true, guardian)], 'serious-harm'],
    ['one that does not', [opinion(false, guardian)], 'no-serious-harm'],
    ['one that does not, of somebody outside health', [opinion(false, officer)], undefined],
    ['one for and one against', [opinion(true, officer), opinion(false, guardian)], 'serious-harm'],
    ['one that was revised', [opinion(true, guardian, LAST_WEEK), opinion(false, guardian)], 'no-serious-harm'],
    ['one of tomorrow', [opinion(false, guardian, TOMORROW)], undefined],
  ])('opinions: %s', (_what, opinions, value) => {
    expect(worked({ opinions }).seriousHarmOpinion).toBe(value);
  });

  it.each([
    ['nobody recorded', undefined, 'open'],
    ['one officer made', { by: inspector, secondOfficer: inspector, at: YESTERDAY }, 'open'],
    ['two of one team made', { by: officer, secondOfficer: { ...officer, staffId: 'dray' }, at: YESTERDAY }, 'open'],
    ['an officer and an adviser made', { by: inspector, secondOfficer: adviser, at: YESTERDAY }, 'open'],
    ['two officers made', { by: inspector, secondOfficer: officer, at: YESTERDAY }, 'decided'],
    ['two officers will make', { by: inspector, secondOfficer: officer, at: TOMORROW }, 'open'],
  ])('a decision of the disclosure scheme that %s counts as it should', (_what, disclosureDecision, dvds) => {
    const records = disclosureDecision === undefined ? {} : { disclosureDecision };
    expect(worked(records, dated({ dvds: 'decided' })).dvds).toBe(dvds);
  });

  it('reads no record as its own value, and a record without a good date as unknown', () => {
    const read = (facts: Parameters<typeof readFact>[1]) =>
      readFact('healthConsent', facts, Date.parse(NOW), 3_600_000);
    expect(read({ facts: {}, asAt: {} })).toBe('none');
    expect(read({ facts: { healthConsent: 'given' }, asAt: {} })).toBeUndefined();
    expect(read({ facts: { healthConsent: 'given' }, asAt: { healthConsent: YESTERDAY } })).toBeUndefined();
    expect(read({ facts: { healthConsent: 'given' }, asAt: { healthConsent: NOW } })).toBe('given');
    expect(readFact('category', { facts: {}, asAt: {} }, Date.parse(NOW), 3_600_000)).toBeUndefined();
  });
});
