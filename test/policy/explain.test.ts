import { describe, expect, it } from '@jest/globals';
import { compilePolicy } from '../../policies/engine/compile/compile-policy.ts';
import { explainToAsker, explainToOfficer } from '../../policies/engine/explain/explain.ts';
import { missesOf } from '../../policies/engine/explain/nearest-miss.ts';
import { decide, interpret } from '../../policies/engine/index.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import { LEVELS } from '../../schemas/level.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import { dated, mustLoad, requestOf, shippedFiles } from '../promises/policy-shipped.ts';
import { randomOf } from '../population/random.ts';
import { anywhere, requestIn } from './equal-parts.ts';

const bundle = mustLoad(shippedFiles());
const policy = compilePolicy(bundle);

const asking = (facts: CaseFacts, more: Partial<PolicyRequest> = {}): PolicyRequest =>
  requestOf(bundle, 'ENGAGE', 'council', dated(facts), more);

describe('what the asker is told', () => {
  it('is the sentence of the grant, the law with its mark, and what he takes on', () => {
    const told = explainToAsker(policy, asking({ category: 'contact', marac: 'referred' }), 'pol.phone');
    expect(told).toMatchObject({
      level: 'full',
      because: expect.stringContaining('a number that works'),
      obligations: { onward: 'none', retainMonths: 12, loneWorkingCheck: true },
      nearestMiss: undefined,
    });
    expect(told.powers).toContainEqual({
      code: 'CDA115',
      law: 'Crime and Disorder Act 1998',
      section: 's.115',
      mark: 'V',
    });
  });

  it('names the one fact that would have raised the level', () => {
    const told = explainToAsker(policy, asking({ category: 'monitor', marac: 'referred' }), 'pol.phone');
    expect(told.nearestMiss).toEqual({
      level: 'full',
      inWords: 'More might be shown if: the category of the case: contact.',
    });
  });

  it('names an obligation that the own system has not declared', () => {
    const canFulfil = OBLIGATION_KINDS.filter((kind) => kind !== 'loneWorkingCheck');
    const told = explainToAsker(policy, asking({ category: 'contact', marac: 'referred' }, { canFulfil }), 'pol.phone');
    expect(told.level).toBe('deny');
    expect(told.nearestMiss?.inWords).toContain('declared loneWorkingCheck');
  });

  it('names how sure the match is', () => {
    const request = asking({ category: 'contact', marac: 'referred' }, { confidence: 'probable' });
    const told = explainToAsker(policy, request, 'pol.phone');
    expect(told).toMatchObject({ level: 'exists', nearestMiss: { level: 'full' } });
    expect(told.nearestMiss?.inWords).toContain('the record is certainly his');
  });

  it('P4: says nothing of a withdrawn consent, and no way round it', () => {
    const told = explainToAsker(
      policy,
      asking({ category: 'contact', marac: 'referred', healthConsent: 'withdrawn' }),
      'hea.phone',
    );
    expect(told).toMatchObject({ level: 'deny', nearestMiss: undefined, powers: [] });
    expect(JSON.stringify(told)).not.toMatch(/consent|withdrawn/i);
  });

  it('P2: is a refusal in general words where the request lies outside the space', () => {
    const told = explainToAsker(policy, asking({}, { purpose: 'LEISURE' }), 'pol.phone');
    expect(told).toMatchObject({ level: 'deny', powers: [], nearestMiss: undefined });
    expect(told.because).toBe('There is no agreement for such a purpose.');
  });
});

describe('what an information-governance officer is told', () => {
  it('is all of it: rules with what they read, the law and its check, every change that would have raised the level', () => {
    const told = explainToOfficer(
      policy,
      asking({ category: 'contact', marac: 'referred', healthConsent: 'withdrawn' }),
      'hea.phone',
    );
    expect(told.reason).toBe('capped');
    expect(told.caps).toEqual([
      expect.objectContaining({
        id: 'engage-nothing-from-health-once-withdrawn',
        hiddenFromAsker: true,
        when: [{ fact: 'healthConsent', values: ['withdrawn'] }],
      }),
    ]);
    expect(told.misses).toContainEqual({
      level: 'full',
      inWords: 'his consent that health passes on how to reach him: none',
    });
    expect(told.asker.nearestMiss).toBeUndefined();
  });

  it('shows how far the law was verified', () => {
    const told = explainToOfficer(policy, asking({ category: 'contact', marac: 'referred' }), 'pol.phone');
    expect(told.grants.map(({ id }) => id)).toEqual(['engage-council-in-full']);
    const power = told.powers.find(({ code }) => code === 'CDA115');
    expect(power?.mark).toBe('V');
    expect(power?.note).toContain('older consolidation');
    expect(power?.check).toContain('relevant authority');
  });
});

describe('explanations and decisions', () => {
  it('are one and the same, in random states', () => {
    const random = randomOf(62);
    for (let nth = 0; nth < 500; nth++) {
      const place = anywhere(random, bundle, policy.space);
      const request = requestIn(policy.space, place, place.cell);
      const field = random.pick(policy.fields);
      const [decision] = decide(bundle, request, [field]);
      const told = explainToOfficer(policy, request, field);
      expect(told.asker).toMatchObject({ level: decision?.level, because: decision?.because });
      expect(told.obligations).toEqual(decision?.obligations);
      expect(told.grants.map(({ id }) => id)).toEqual(decision?.grants);
      expect(told.caps.map(({ id }) => id)).toEqual(decision?.caps);
    }
  });

  it('each nearest miss, made true and asked again, gives the level that it promises', () => {
    const random = randomOf(63);
    let misses = 0;
    for (let nth = 0; nth < 1500; nth++) {
      const place = anywhere(random, bundle, policy.space);
      const field = random.pick(policy.fields);
      const root = policy.rootsOf(place.purpose, place.group)?.[policy.fields.indexOf(field)];
      if (root === undefined) throw new Error('every field has a diagram');
      const found = missesOf(
        policy,
        root,
        place.cell,
        ({ level }) => level,
        () => true,
      );
      for (const { axis, value, level } of found) {
        misses++;
        const changed = place.cell.map((held, number) => (number === axis ? value : held));
        const [decision] = interpret(bundle, requestIn(policy.space, place, changed), [field]);
        expect(decision?.level).toBe(LEVELS[level]);
      }
    }
    expect(misses).toBeGreaterThan(50);
  });
});
