import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assembleBundle } from './assemble.ts';
import type { Agreement, BundleContent, PolicyBundle } from './bundle.ts';
import type { CapText, GrantText } from './language.ts';
import { decide } from './index.ts';
import { uniteObligations } from './obligations.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import { fieldDecisionSchema, OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { FieldDecision, Obligations, PolicyRequest } from '../../schemas/decision.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { Purpose, RequesterGroup } from '../../schemas/names.ts';
import {
  AT,
  combinationsOf,
  dated,
  EVERYTHING_HOLDS,
  mustLoad,
  requestOf,
  shippedFiles,
} from '../../test/promises/policy-shipped.ts';

const shipped = mustLoad(shippedFiles());

/** The shipped catalogue with one purpose only, whose rules a test chooses. */
function bundleOf(rules: Partial<Agreement>, more: Partial<BundleContent> = {}): PolicyBundle {
  const terms = shipped.purposes.get('ENGAGE');
  if (terms === undefined) throw new Error('ENGAGE is shipped');
  const agreement = { title: 'Test', obligations: {}, grants: [], caps: [], ...rules };
  return assembleBundle({
    ...shipped,
    guardCaps: [],
    standingObligations: [],
    purposes: new Map([['ENGAGE', terms]]),
    agreements: new Map([['ENGAGE', agreement]]),
    ...more,
  });
}

const grant = (id: string, level: GrantText['level'], more: Partial<GrantText> = {}): GrantText => ({
  id,
  to: ['council'],
  classes: ['CT'],
  level,
  powers: ['CDA115'],
  necessity: `To test the rule ${id}.`,
  ...more,
});
const cap = (id: string, atMost: CapText['atMost'], more: Partial<CapText> = {}): CapText => ({
  id,
  atMost,
  why: `To test the cap ${id}.`,
  ...more,
});

function ask(bundle: PolicyBundle, more: Partial<PolicyRequest> = {}, field = 'pol.phone'): FieldDecision {
  const request = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS), more);
  const [decision] = decide(bundle, request, [field]);
  if (decision === undefined) throw new Error('no decision');
  return decision;
}

const council = (role: string) => ({ agency: 'riverton', group: 'council' as const, role });

describe('P2: denied unless granted', () => {
  it.each<[string, Partial<PolicyRequest>, string, string]>([
    ['an unknown purpose', { purpose: 'HOLIDAY' }, 'pol.phone', 'unknown-purpose'],
    ['a purpose named like a property of objects', { purpose: 'constructor' }, 'pol.phone', 'unknown-purpose'],
    ['an unknown role', { requester: council('dai.mayor') }, 'pol.phone', 'unknown-role'],
    ['a role named like a property of objects', { requester: council('__proto__') }, 'pol.phone', 'unknown-role'],
    ['a role of another group', { requester: council('pol.da_officer') }, 'pol.phone', 'unknown-role'],
    [
      'a role that may not claim the purpose',
      { requester: council('dai.dapg_chair') },
      'pol.phone',
      'role-may-not-claim',
    ],
    ['an unknown field', {}, 'pol.shoe_size', 'unknown-field'],
    ['a field named like a property of objects', {}, 'constructor', 'unknown-field'],
    ['a field that no grant names', {}, 'pol.intel', 'no-grant'],
    ['a request without a moment', { at: 'yesterday' }, 'pol.phone', 'rule-failed'],
  ])('denies %s, with that reason', (_what, more, field, reason) => {
    const decision = ask(shipped, more, field);
    expect(decision).toMatchObject({ level: 'deny', reason, grants: [], powers: [], obligations: {} });
    expect(decision.because).not.toBe('');
  });

  it('denies an agency the records of its own group, which it reads in its own system', () => {
    const request = requestOf(shipped, 'MARAC', 'police', dated(EVERYTHING_HOLDS));
    for (const { field, level, reason } of decide(shipped, request, 'all')) {
      if (field.startsWith('pol.')) expect([field, level, reason]).toEqual([field, 'deny', 'own-records']);
    }
  });

  it('decides each field once, in the order asked, in the published shape', () => {
    const request = requestOf(shipped, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));
    const decisions = decide(shipped, request, ['hou.phone', 'pol.phone', 'hou.phone']);
    expect(decisions.map(({ field }) => field)).toEqual(['hou.phone', 'pol.phone']);
    for (const decision of decide(shipped, request, 'all'))
      expect(fieldDecisionSchema.safeParse(decision).success).toBe(true);
    expect(decide(shipped, request, [])).toEqual([]);
  });

  it.each<[string, Partial<CaseFacts>]>([
    ['category', { category: undefined }],
    ['marac', { marac: undefined }],
  ])('takes a missing %s as the value that discloses least', (_fact, without) => {
    const facts = dated({ ...EVERYTHING_HOLDS, ...without });
    expect(ask(shipped, { facts })).toMatchObject({ level: 'deny', reason: 'fact-missing-or-stale' });
  });

  it('takes a fact without a date, of another day or of the future as missing', () => {
    const fresh = dated(EVERYTHING_HOLDS);
    const { category: _category, ...others } = fresh.asAt;
    const on = (category: string | undefined) => ({
      facts: fresh.facts,
      asAt: category === undefined ? others : { ...others, category },
    });
    expect(ask(shipped, { facts: fresh }).level).toBe('full');
    for (const asAt of [undefined, '2025-01-01T00:00:00.000Z', '2027-01-15T10:00:00.001Z', 'never']) {
      expect(ask(shipped, { facts: on(asAt) })).toMatchObject({ level: 'deny', reason: 'fact-missing-or-stale' });
    }
  });

  it('keeps to the tighter of the rule\u2019s and the bundle\u2019s limits of age', () => {
    const twoHoursAgo = '2027-01-15T08:00:00.000Z';
    const withLimit = (hours: number) =>
      bundleOf({
        grants: [grant('fresh', 'full', { when: { marac: ['listed'] }, factsNoOlderThanHours: { marac: hours } })],
      });
    const facts = dated(EVERYTHING_HOLDS, twoHoursAgo);
    expect(ask(withLimit(2), { facts }).level).toBe('full');
    expect(ask(withLimit(1), { facts })).toMatchObject({ level: 'deny', reason: 'fact-missing-or-stale' });
    const bundle = withLimit(80_000);
    const old = dated(EVERYTHING_HOLDS, '2025-12-01T00:00:00.000Z');
    expect(ask(bundle, { facts: old }).level).toBe('deny');
  });

  it('takes each rule\u2019s own least: a doubtful grant does not apply, a doubtful cap does', () => {
    const facts = dated({ ...EVERYTHING_HOLDS, approved: undefined });
    const yes = grant('if-approved', 'full', { when: { approved: [true] } });
    const no = grant('if-not-approved', 'full', { when: { approved: [false] } });
    expect(ask(bundleOf({ grants: [yes, no] }), { facts }).level).toBe('deny');
    const caps = [cap('when-approved', 'exists', { when: { approved: [true] } })];
    expect(ask(bundleOf({ grants: [grant('always', 'full')], caps }), { facts }).level).toBe('exists');
  });

  it('denies the fields that a failing rule bears on, and no others', () => {
    const facts = dated(EVERYTHING_HOLDS);
    const broken = Object.defineProperty({ ...facts.facts }, 'approved', {
      get: () => {
        throw new Error('the register is down');
      },
    });
    const bundle = bundleOf({
      grants: [grant('all', 'full', { classes: ['CT', 'OR'] })],
      caps: [cap('reads-approval', 'exists', { classes: ['CT'], when: { approved: [false] } })],
    });
    const more = { facts: { ...facts, facts: broken } };
    expect(ask(bundle, more)).toMatchObject({ level: 'deny', reason: 'rule-failed' });
    expect(ask(bundle, more, 'pol.orders')).toMatchObject({ level: 'full', reason: 'granted' });
  });

  it('gives only that something is held where the match is not certain, and nothing where there is none', () => {
    const expectations = {
      certain: ['full', 'granted'],
      probable: ['exists', 'match-not-certain'],
      none: ['deny', 'match-not-certain'],
    } as const;
    for (const confidence of ['certain', 'probable', 'none'] as const) {
      const [level, reason] = expectations[confidence];
      expect(ask(shipped, { confidence })).toMatchObject({ level, reason });
    }
    expect(ask(shipped).level).toBe('full');
  });

  it('lets nothing rest on a power before it commences or after it ends', () => {
    const power = shipped.powers.get('CDA115');
    if (power === undefined) throw new Error('CDA115 is shipped');
    const from = (inForceFrom: string | null, inForceTo: string | null = null) =>
      bundleOf(
        { grants: [grant('g', 'full')] },
        { powers: new Map([['CDA115', { ...power, inForceFrom, inForceTo }]]) },
      );
    const on = (bundle: PolicyBundle, at: string) => ask(bundle, { at, facts: dated(EVERYTHING_HOLDS, at) }).level;
    expect(on(from('2027-03-01'), '2027-02-28T23:59:59.999Z')).toBe('deny');
    expect(on(from('2027-03-01'), '2027-03-01T00:00:00.000Z')).toBe('full');
    expect(on(from('2020-01-01', '2027-03-01'), '2027-03-01T12:00:00.000Z')).toBe('full');
    expect(on(from('2020-01-01', '2027-03-01'), '2027-03-02T00:00:00.000Z')).toBe('deny');
    // In summer the last day has ended in the United Kingdom an hour before it ends in UTC.
    expect(on(from('2020-01-01', '2027-07-01'), '2027-07-01T23:30:00.000Z')).toBe('deny');
    expect(on(from(null), AT)).toBe('deny');
  });

  it('lets nothing rest on a power that may only be cited beside another', () => {
    expect(ask(bundleOf({ grants: [grant('g', 'full', { powers: ['CDA17'] })] })).level).toBe('deny');
    expect(ask(bundleOf({ grants: [grant('g', 'full', { powers: ['CDA17', 'CDA115'] })] })).powers).toEqual([
      'CDA115',
      'CDA17',
    ]);
  });

  it('keeps a grant to a role from the other roles of its group', () => {
    const bundle = bundleOf({ grants: [grant('g', 'full', { to: ['dai.dapg_chair'] })] });
    expect(ask(bundle)).toMatchObject({ level: 'deny', reason: 'no-grant' });
    const capped = bundleOf({ grants: [grant('g', 'full')], caps: [cap('c', 'deny', { to: ['dai.dapg_chair'] })] });
    expect(ask(capped).level).toBe('full');
  });
});

describe('obligations bind', () => {
  const strict: Obligations = { retainMonths: 6, onward: 'none', notifyOwner: 'at-once', show: ['reliability'] };
  const lax: Obligations = {
    retainMonths: 24,
    onward: 'case-team',
    notifyOwner: 'monthly',
    show: ['asAt'],
    undertaking: false,
  };
  const all = { retainMonths: 6, onward: 'none', notifyOwner: 'at-once', show: ['asAt', 'reliability'] };

  it('unites those of every grant that allows the release, the strictest of each kind', () => {
    const grants = [grant('a', 'full', { obligations: strict }), grant('b', 'partial', { obligations: lax })];
    expect(ask(bundleOf({ grants, caps: [cap('c', 'summary')] })).obligations).toEqual(all);
    expect(uniteObligations([lax, strict])).toEqual(uniteObligations([strict, lax]));
  });

  it('gives an asker who cannot fulfil one the highest level that does not carry it', () => {
    const grants = [
      grant('a', 'full', { obligations: { notifyOwner: 'at-once' } }),
      grant('b', 'partial', { obligations: { undertaking: true } }),
      grant('c', 'exists'),
    ];
    const bundle = bundleOf({ grants });
    expect(ask(bundle, { canFulfil: ['notifyOwner', 'undertaking'] })).toMatchObject({
      level: 'full',
      reason: 'granted',
    });
    expect(ask(bundle, { canFulfil: ['undertaking'] })).toMatchObject({
      level: 'partial',
      reason: 'obligation-not-declared',
    });
    expect(ask(bundle, { canFulfil: [] })).toMatchObject({ level: 'exists', reason: 'obligation-not-declared' });
  });

  it('denies everything of the shipped agreements to a system that can fulfil nothing', () => {
    for (const purpose of shipped.purposes.keys()) {
      const request = requestOf(shipped, purpose, 'police', dated(EVERYTHING_HOLDS), { canFulfil: [] });
      expect(decide(shipped, request, 'all').filter(({ level }) => level !== 'deny')).toEqual([]);
    }
  });
});

const anyWhen = fc.oneof(
  fc.constant({}),
  fc.record({
    when: fc.oneof(
      fc.record({ approved: fc.boolean().map((approved) => [approved]) }),
      fc.record({ category: fc.subarray(['none', 'monitor', 'contact', 'hold', 'closed'] as const, { minLength: 1 }) }),
      fc.record({
        marac: fc.subarray(['none', 'referred', 'listed'] as const, { minLength: 1 }),
        approved: fc.boolean().map(() => [true]),
      }),
    ),
  }),
);
const anyScope = fc.oneof(
  fc.record({ classes: fc.subarray(['CT', 'ID', 'OR'], { minLength: 1 }) }),
  fc.record({ fields: fc.subarray(['pol.phone', 'hou.phone', 'pro.name'], { minLength: 1 }) }),
);
const anyGrants = fc
  .array(
    fc.tuple(
      fc.constantFrom('exists', 'summary', 'partial', 'full'),
      anyWhen,
      anyScope,
      fc.constantFrom({}, { obligations: { undertaking: true } }, { obligations: { retainMonths: 3 } }),
    ),
    { maxLength: 6 },
  )
  .map((drawn) =>
    drawn.map(([level, when, scope, obligations], index): GrantText => {
      const { classes: _classes, ...base } = grant(`g${index}`, level);
      return { ...base, ...scope, ...when, ...obligations };
    }),
  );
const anyCaps = fc
  .array(
    fc.tuple(fc.constantFrom('deny', 'exists', 'summary', 'partial'), anyWhen, fc.oneof(fc.constant({}), anyScope)),
    { maxLength: 4 },
  )
  .map((drawn) =>
    drawn.map(([atMost, when, scope], index): CapText => ({ ...cap(`c${index}`, atMost), ...scope, ...when })),
  );
const anyFacts = fc
  .record({
    category: fc.constantFrom(undefined, 'none', 'monitor', 'contact', 'hold', 'closed'),
    marac: fc.constantFrom(undefined, 'none', 'referred', 'listed'),
    approved: fc.constantFrom(undefined, true, false),
  } as const)
  .map((facts) => dated(facts));
const anyAsker = fc.record({
  facts: anyFacts,
  confidence: fc.constantFrom(undefined, 'certain', 'probable', 'none'),
  canFulfil: fc.subarray([...OBLIGATION_KINDS]),
} as const);

const FEW = new Map(
  [...shipped.fields].filter(([id]) => ['pol.phone', 'hou.phone', 'pro.name', 'pol.orders'].includes(id)),
);
const small = (rules: Partial<Agreement>) => bundleOf(rules, { fields: FEW });
const levels = (bundle: PolicyBundle, asker: Partial<PolicyRequest>) =>
  decide(bundle, requestOf(bundle, 'ENGAGE', 'council', dated({}), asker), 'all').map(({ level }) =>
    LEVELS.indexOf(level),
  );

describe('P2: the algebra, on generated rules', () => {
  it('removing a grant never raises a level', () => {
    fc.assert(
      fc.property(anyGrants, anyCaps, anyAsker, fc.nat(), (grants, caps, asker, pick) => {
        const without = grants.filter((_grant, index) => index !== pick % Math.max(1, grants.length));
        const before = levels(small({ grants, caps }), asker);
        const after = levels(small({ grants: without, caps }), asker);
        after.forEach((level, index) => expect(level).toBeLessThanOrEqual(before[index] ?? 0));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('adding a cap never raises a level', () => {
    fc.assert(
      fc.property(anyGrants, anyCaps, anyCaps, anyAsker, (grants, caps, added, asker) => {
        const before = levels(small({ grants, caps }), asker);
        const renamed = added.map((each) => ({ ...each, id: `added-${each.id}` }));
        const after = levels(small({ grants, caps: [...caps, ...renamed] }), asker);
        after.forEach((level, index) => expect(level).toBeLessThanOrEqual(before[index] ?? 0));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('forgetting a fact never raises a level above every value it could have', () => {
    fc.assert(
      fc.property(anyGrants, anyCaps, anyAsker, (grants, caps, asker) => {
        const bundle = small({ grants, caps });
        const forgotten = { ...asker, facts: dated({ ...asker.facts.facts, approved: undefined }) };
        const least = levels(bundle, forgotten);
        for (const approved of [true, false]) {
          const known = levels(bundle, { ...asker, facts: dated({ ...asker.facts.facts, approved }) });
          least.forEach((level, index) => expect(level).toBeLessThanOrEqual(known[index] ?? 0));
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  it('the order of rules changes neither a decision nor the version', () => {
    fc.assert(
      fc.property(anyGrants, anyCaps, anyAsker, (grants, caps, asker) => {
        const one = small({ grants, caps });
        const other = small({ grants: [...grants].reverse(), caps: [...caps].reverse() });
        const request = requestOf(one, 'ENGAGE', 'council', dated({}), asker);
        expect(decide(other, request, 'all')).toEqual(decide(one, request, 'all'));
        expect(other.version).toBe(one.version);
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it('declaring fewer obligations, or a less certain match, never raises a level', () => {
    fc.assert(
      fc.property(anyGrants, anyCaps, anyAsker, (grants, caps, asker) => {
        const bundle = small({ grants, caps });
        const before = levels(bundle, { ...asker, confidence: 'certain' });
        const fewer: readonly Partial<PolicyRequest>[] = [
          { canFulfil: [] },
          { confidence: 'probable' },
          { confidence: 'none' },
        ];
        for (const less of fewer) {
          levels(bundle, { ...asker, confidence: 'certain', ...less }).forEach((level, index) =>
            expect(level).toBeLessThanOrEqual(before[index] ?? 0),
          );
        }
      }),
      { seed: 5, numRuns: 200 },
    );
  });
});

/** Facts that a purpose's rules read, split by whether a group may be told of them. */
function visibleFacts(purpose: Purpose, group: RequesterGroup, facts: CaseFacts): CaseFacts {
  const told = shipped.purposes.get(purpose)?.askerMayKnow ?? {};
  return Object.fromEntries(
    Object.entries(facts).filter(([fact]) => {
      const may = Object.entries(told).find(([each]) => each === fact)?.[1];
      return may === 'all' || may?.includes(group) === true;
    }),
  );
}

describe('P6: the words of a decision say nothing of a fact hidden from the asker', () => {
  it.each([
    ['MAPPA', ['mappa', 'approved']],
    ['S47', ['s47Open', 'approved']],
    ['HOUSING', ['category']],
    ['DVDS', ['dvds']],
    ['BREACH', ['orderInForce', 'approved']],
    ['ENGAGE', ['category', 'marac']],
  ] as const)(
    '%s: two states that differ only in hidden facts and give one level give one code and one sentence',
    (purpose, names) => {
      let compared = 0;
      for (const group of [
        'police',
        'probation',
        'housing',
        'health',
        'childrens',
        'victim-services',
        'council',
      ] as const) {
        const said = new Map<string, string>();
        const missing = names.map((name) => ({ ...EVERYTHING_HOLDS, [name]: undefined }));
        for (const facts of [...combinationsOf(names), ...missing]) {
          for (const decision of decide(shipped, requestOf(shipped, purpose, group, dated(facts)), 'all')) {
            const state = JSON.stringify([decision.field, decision.level, visibleFacts(purpose, group, facts)]);
            const words = `${decision.reason}: ${decision.because}`;
            const before = said.get(state);
            if (before !== undefined) {
              compared += 1;
              expect(words).toBe(before);
            }
            said.set(state, words);
          }
        }
      }
      if (purpose !== 'ENGAGE') expect(compared).toBeGreaterThan(0);
    },
  );
});
