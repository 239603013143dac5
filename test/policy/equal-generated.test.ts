import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assembleBundle } from '../../policies/engine/assemble.ts';
import type { BundleContent, PolicyBundle } from '../../policies/engine/bundle.ts';
import { compileTogether } from '../../policies/engine/compile/compile-policy.ts';
import { evaluate } from '../../policies/engine/compile/operations.ts';
import { requestOfCell } from '../../policies/engine/compile/request-of-cell.ts';
import { differingFields } from '../../policies/engine/compile/same-decisions.ts';
import { FACT_DIMENSIONS } from '../../policies/engine/dimensions.ts';
import { decide, interpret } from '../../policies/engine/index.ts';
import type { CapText, CaseFact, GrantText, When } from '../../policies/engine/language.ts';
import { whenSchema } from '../../policies/engine/language.ts';
import type { Obligations } from '../../schemas/decision.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';
import { cellsOf, differenceIn, partsOf, requestIn } from './equal-parts.ts';

/**
 * Bundles that nobody wrote: a few rules over a few facts, in combinations that no agreement would have. Each is small
 * enough that every cell of it is looked at.
 */

const shipped = mustLoad(shippedFiles());
const FIELDS = ['pol.phone', 'hou.address', 'hea.medication', 'pol.victim_name'];
const CLASSES = [...new Set(FIELDS.flatMap((field) => shipped.fields.get(field)?.class ?? []))];
const ROLES = ['dai.daiw', 'dai.dapg_chair', 'pro.practitioner'];
// One that the asker may know of under ENGAGE, one that is hidden, and one that is recorded and so may be absent.
const FACTS: readonly CaseFact[] = ['marac', 's47Open', 'referralConsent'];

const someOf = <T>(items: readonly T[], least = 1) => fc.subarray([...items], { minLength: least });
const whens: fc.Arbitrary<When> = someOf(FACTS, 0)
  .chain((facts) =>
    fc.tuple(
      ...facts.map((fact) =>
        someOf<unknown>(FACT_DIMENSIONS[fact].values).map((values): readonly [string, readonly unknown[]] => [
          fact,
          values,
        ]),
      ),
    ),
  )
  .map((entries) => whenSchema.parse(Object.fromEntries(entries)));
const conditions = fc.record({
  when: whens,
  factsNoOlderThanHours: fc.constantFrom<Partial<Record<CaseFact, number>>>({}, {}, { marac: 24 }, { s47Open: 1 }),
});
const obligations = fc.constantFrom<Obligations>(
  {},
  { retainMonths: 6 },
  { onward: 'none' },
  { retainMonths: 3, undertaking: true },
);
const roles = fc.constantFrom<string[]>(['council'], ['dai.daiw'], ['probation', 'dai.daiw'], ['probation', 'council']);

const grants: fc.Arbitrary<GrantText> = fc.record({
  id: fc.stringMatching(/^g[a-z]{8}$/),
  to: roles,
  classes: someOf(CLASSES),
  level: fc.constantFrom('exists', 'summary', 'partial', 'full'),
  powers: fc.constantFrom<string[]>(['CDA115'], ['TO_COME'], ['TO_COME', 'LOCAL'], ['LOCAL']),
  necessity: fc.constant('Because a generated test needs it so.'),
  obligations,
  when: conditions.map(({ when }) => when),
});
const caps: fc.Arbitrary<CapText> = fc
  .tuple(
    fc.record({
      id: fc.stringMatching(/^c[a-z]{8}$/),
      to: roles,
      atMost: fc.constantFrom('deny', 'exists', 'summary', 'partial'),
      why: fc.constant('Because a generated test caps it so.'),
    }),
    conditions,
    fc.option(fc.record({ classes: someOf(CLASSES) }), { nil: {} }),
  )
  .map(([cap, condition, scope]) => ({ ...cap, ...condition, ...scope }));

interface Rules {
  readonly grants: readonly GrantText[];
  readonly caps: readonly CapText[];
  readonly standing: Obligations;
}

/** Rules alone, so that a counterexample can be read. */
const anyRules: fc.Arbitrary<Rules> = fc.record({
  grants: fc.uniqueArray(grants, { maxLength: 5, selector: ({ id }) => id }),
  caps: fc.uniqueArray(caps, { maxLength: 4, selector: ({ id }) => id }),
  standing: obligations,
});

function contentOf(rules: Rules): BundleContent {
  const terms = shipped.purposes.get('ENGAGE');
  const power = shipped.powers.get('CDA115');
  if (terms === undefined || power === undefined) throw new Error('ENGAGE and CDA115 are shipped');
  const open = { ...power, inForceFrom: 'not-recorded', inForceTo: null } as const;
  return {
    ...shipped,
    purposes: new Map([['ENGAGE', terms]]),
    roles: new Map([...shipped.roles].filter(([role]) => ROLES.includes(role))),
    agreements: new Map([['ENGAGE', { title: 'Generated', obligations: {}, grants: rules.grants, caps: rules.caps }]]),
    fields: new Map([...shipped.fields].filter(([field]) => FIELDS.includes(field))),
    powers: new Map([
      ['CDA115', open],
      ['TO_COME', { ...open, inForceFrom: '2027-02-01' }],
      ['LOCAL', { ...open, areas: [{ area: 'riverton', from: '2027-02-01', to: '2027-03-31' }] }],
    ]),
    guardCaps: [],
    standingObligations: [
      {
        id: 'standing',
        owners: ['police'],
        obligations: rules.standing,
        why: 'Because a generated test carries it.',
      },
    ],
  };
}

const settings = { seed: 4, numRuns: 12 };

function everyCell(bundle: PolicyBundle): readonly string[] {
  const [policy] = compileTogether([bundle]);
  if (policy === undefined) throw new Error('one bundle, one policy');
  const differences: string[] = [];
  for (const part of partsOf(bundle, policy.space)) {
    // Nothing is granted to the other groups, so one cell of each part is like all.
    const first = ['council', 'probation'].includes(part.group) ? Infinity : 1;
    let looked = 0;
    for (const cell of cellsOf(part)) {
      if (looked++ === first) break;
      const request = requestIn(policy.space, part, cell);
      const difference = differenceIn([decide, interpret], bundle, request, part.fields);
      if (difference !== undefined) differences.push(difference);
    }
  }
  return differences;
}

describe('P2: two engines with one meaning, on bundles that nobody wrote', () => {
  it('the compiled engine decides every cell as the interpreter does', () => {
    fc.assert(
      fc.property(anyRules, (rules) => {
        expect(everyCell(assembleBundle(contentOf(rules))).slice(0, 2)).toEqual([]);
      }),
      settings,
    );
  });

  it('bundles compiled together have one root for a field exactly where its outcome is the same in every cell', () => {
    const seen = { alike: 0, different: 0 };
    const pairs = fc.tuple(anyRules, anyRules, fc.boolean());
    fc.assert(
      fc.property(pairs, ([one, other, sameAgain]) => {
        const bundles = [assembleBundle(contentOf(one)), assembleBundle(contentOf(sameAgain ? one : other))] as const;
        const [first, second] = compileTogether(bundles);
        if (first === undefined || second === undefined) throw new Error('two bundles, two policies');
        const pair = { purpose: 'ENGAGE', group: 'council' } as const;
        const fields = first.fields.filter((field) => first.bundle.fields.get(field)?.owner !== 'council');
        for (const [place, field] of fields.entries()) {
          const roots = [first, second].map((policy) => policy.rootsOf('ENGAGE', 'council')?.[place] ?? 0);
          const alike = roots[0] === roots[1];
          seen[alike ? 'alike' : 'different']++;
          const cell = differingCell(first, roots);
          expect(cell === undefined).toBe(alike);
          if (cell === undefined) continue;
          // An outcome says more than the asker is told: its true reason too, and what comes of hidden facts left out.
          const outcomes = roots.map((root) => first.outcomes.at(evaluate(first.forest, root, cell)));
          expect(outcomes[0]).not.toEqual(outcomes[1]);
          const toldAlike = JSON.stringify(outcomes[0]?.decision) === JSON.stringify(outcomes[1]?.decision);
          const request = requestOfCell(first.space, pair, cell);
          const [here, there] = bundles.map((bundle) => interpret(bundle, request, [field]));
          expect(differingFields(here ?? [], there ?? [])).toEqual(toldAlike ? [] : [field]);
        }
      }),
      { ...settings, numRuns: 40 },
    );
    expect(seen.alike).toBeGreaterThan(10);
    expect(seen.different).toBeGreaterThan(10);
  });
});

/** A cell in which two diagrams differ, found by looking and not by comparing roots. */
function differingCell(
  { space, forest }: ReturnType<typeof compileTogether>[number],
  [first = 0, second = 0]: readonly number[],
): readonly number[] | undefined {
  const asked = space.axes.map((axis) => {
    if (axis.kind === 'fact') return FACTS.includes(axis.fact);
    return axis.kind !== 'obligation' || ['retainMonths', 'onward', 'undertaking'].includes(axis.obligation);
  });
  const values = space.axes.map((axis, number) =>
    asked[number] === true ? Array.from({ length: axis.size }, (_each, value) => value) : [axis.size - 1],
  );
  const part = { purpose: 'ENGAGE', group: 'council', fields: [], values, decisions: 0 } as const;
  for (const cell of cellsOf(part)) {
    if (evaluate(forest, first, cell) !== evaluate(forest, second, cell)) return [...cell];
  }
  return undefined;
}
