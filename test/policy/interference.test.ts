import { describe, expect, it } from '@jest/globals';
import { compilePolicy } from '../../policies/engine/compile/compile-policy.ts';
import { requestOfCell } from '../../policies/engine/compile/request-of-cell.ts';
import { explainCell, explainToAsker, mayKnow } from '../../policies/engine/explain/explain.ts';
import { interferenceIn } from '../../policies/engine/explain/interference.ts';
import { missesOf, missInWords } from '../../policies/engine/explain/nearest-miss.ts';
import { levelOf } from '../../policies/engine/assemble.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';
import { randomOf } from '../population/random.ts';
import { anywhere } from './equal-parts.ts';

const policy = compilePolicy(mustLoad(shippedFiles()));

describe('P6: words that an asker reads tell nothing that he may not know', () => {
  it('over every state of every field whose outcome hangs on something hidden', () => {
    const { states, leaks } = interferenceIn(policy);
    expect(leaks.slice(0, 3)).toEqual([]);
    expect(states).toBeGreaterThan(100_000);
  }, 240_000);

  it('nor in random states over all axes at once, asked as requests with facts of every age', () => {
    const random = randomOf(61);
    const { bundle, space } = policy;
    let alike = 0;
    for (let nth = 0; nth < 3000; nth++) {
      const place = anywhere(random, bundle, space);
      const known = mayKnow(bundle, place.purpose, place.group);
      const other = place.cell.map((value, number) => {
        const axis = space.axes[number];
        return axis === undefined || known(axis) ? value : Math.floor(random.fraction() * axis.size);
      });
      const [one, two] = [place.cell, other].map((cell) => requestOfCell(space, place, cell));
      const field = random.pick(policy.fields);
      if (one === undefined || two === undefined) throw new Error('two cells give two requests');
      const [first, second] = [one, two].map((request) => explainToAsker(policy, request, field));
      if (first?.level !== second?.level) continue;
      if (JSON.stringify(first?.obligations) !== JSON.stringify(second?.obligations)) continue;
      if (String(place.cell) !== String(other)) alike++;
      expect(second).toEqual(first);
    }
    expect(alike).toBeGreaterThan(1000);
  });
});

describe('a leak that somebody plants is found', () => {
  it('in the rules that decided: his consent can be read off their ids', () => {
    const { leaks } = interferenceIn(
      policy,
      (of, located) => ({ ...explainCell(of, located), because: located.outcome.decision.grants.join() }),
      ['ENGAGE'],
    );
    expect(leaks[0]).toMatchObject({ purpose: 'ENGAGE', group: 'council' });
    expect(leaks[0]?.hidden.join()).toMatch(/his consent that health passes on/);
  });

  it('in the powers: explicit consent named where it was given', () => {
    const { leaks } = interferenceIn(
      policy,
      (of, located) => ({ ...explainCell(of, located), because: located.outcome.decision.powers.join() }),
      ['ENGAGE'],
    );
    expect(leaks.some(({ words }) => words.join().includes('CONSENT'))).toBe(true);
  });

  it('in the true reason: a missing fact told from one that does not hold', () => {
    const { leaks } = interferenceIn(
      policy,
      (of, located) => ({ ...explainCell(of, located), because: located.outcome.reason }),
      ['S47'],
    );
    expect(leaks.some(({ words }) => words.join().includes('fact-missing-or-stale'))).toBe(true);
  });

  it('in a nearest miss that looks at what is hidden', () => {
    const { leaks } = interferenceIn(
      policy,
      (of, located) => {
        const [miss] = missesOf(
          of,
          located.root,
          located.cell,
          ({ level }) => level,
          () => true,
        );
        const nearestMiss =
          miss === undefined ? undefined : { level: levelOf(miss.level), inWords: missInWords(of, miss) };
        return { ...explainCell(of, located), nearestMiss };
      },
      ['BREACH'],
    );
    expect(leaks.length).toBeGreaterThan(0);
  });
});
