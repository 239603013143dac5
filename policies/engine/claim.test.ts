import { describe, expect, it } from '@jest/globals';
import { mayClaim } from './index.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import type { RequesterGroup } from '../../schemas/names.ts';
import { dated, EVERYTHING_HOLDS, mustLoad, requestOf, shippedFiles } from '../../test/promises/policy-shipped.ts';

const bundle = mustLoad(shippedFiles());
const CONTACT = { marac: 'referred', category: 'contact' } as const;
const supported = { ok: true, value: true };
const not = (error: string) => ({ ok: false, error });

describe('P9: a purpose is bound to a fact of the case', () => {
  it.each<[string, RequesterGroup, CaseFacts, boolean]>([
    ['ENGAGE', 'council', CONTACT, true],
    ['ENGAGE', 'council', { ...CONTACT, category: 'monitor' }, true],
    ['ENGAGE', 'council', { ...CONTACT, category: 'hold' }, true],
    ['ENGAGE', 'council', { ...CONTACT, category: 'closed' }, false],
    ['ENGAGE', 'council', { ...CONTACT, category: 'none' }, false],
    ['ENGAGE', 'council', { ...CONTACT, marac: 'none' }, false],
    ['ENGAGE', 'council', {}, false],
    ['MARAC', 'police', { marac: 'listed' }, true],
    ['MARAC', 'police', { marac: 'referred' }, false],
    ['DAPG', 'probation', CONTACT, true],
    ['DAPG', 'probation', { ...CONTACT, category: 'closed' }, false],
    ['MAPPA', 'police', { mappa: 1 }, true],
    ['MAPPA', 'police', { mappa: 0 }, false],
    ['S47', 'childrens', { s47Open: true }, true],
    ['S47', 'childrens', { s47Open: false }, false],
    ['HOUSING', 'housing', { category: 'contact' }, true],
    ['HOUSING', 'housing', { category: 'closed' }, false],
    ['DVDS', 'police', { dvds: 'open' }, true],
    ['DVDS', 'police', { dvds: 'none' }, false],
    ['BREACH', 'police', { orderInForce: true }, true],
    ['BREACH', 'police', { orderInForce: false }, false],
    ['IGREV', 'health', {}, true],
    ['EMERG', 'police', { emergency: true }, true],
    ['EMERG', 'police', { emergency: false }, false],
  ])('%s by %s with %j: %s', (purpose, group, facts, may) => {
    const answer = mayClaim(bundle, requestOf(bundle, purpose, group, dated(facts)));
    expect(answer).toEqual(may ? supported : not('purpose-not-supported'));
  });

  it('does not hold on a fact that is stale, undated or of the future', () => {
    const at = (stated: string) =>
      mayClaim(bundle, requestOf(bundle, 'EMERG', 'police', dated({ emergency: true }, stated)));
    expect(at('2027-01-15T06:00:00.000Z')).toEqual(supported);
    expect(at('2027-01-15T05:59:59.999Z')).toEqual(not('purpose-not-supported'));
    expect(at('2027-01-15T10:00:00.001Z')).toEqual(not('purpose-not-supported'));
    const undated = { facts: { emergency: true }, asAt: {} };
    expect(mayClaim(bundle, requestOf(bundle, 'EMERG', 'police', undated))).toEqual(not('purpose-not-supported'));
  });

  it('is open to the roles that the purpose names, under an agency of their group, and to no other', () => {
    const facts = dated(EVERYTHING_HOLDS);
    const by = (group: RequesterGroup, role: string, purpose = 'ENGAGE') =>
      mayClaim(bundle, requestOf(bundle, purpose, group, facts, { requester: { agency: 'riverton', group, role } }));
    expect(by('council', 'dai.daiw')).toEqual(supported);
    expect(by('council', 'dai.dapg_chair')).toEqual(not('role-may-not-claim'));
    expect(by('police', 'dai.daiw')).toEqual(not('role-may-not-claim'));
    expect(by('council', 'dai.mayor')).toEqual(not('role-may-not-claim'));
    expect(by('council', 'dai.daiw', 'HOLIDAY')).toEqual(not('purpose-unknown'));
    expect(by('council', 'dai.daiw', 'toString')).toEqual(not('purpose-unknown'));
  });

  it('does not hold without a moment', () => {
    const request = requestOf(bundle, 'IGREV', 'health', dated({}), { at: 'now' });
    expect(mayClaim(bundle, request)).toEqual(not('purpose-not-supported'));
  });
});
