import { describe, expect, it } from '@jest/globals';
import { decide, interpret } from '../../policies/engine/index.ts';
import { compiledOf } from '../../policies/engine/decide.ts';
import { differingFields } from '../../policies/engine/compile/same-decisions.ts';
import { Tables } from '../../policies/engine/compile/tables.ts';
import { randomOf } from '../population/random.ts';
import { AT, dated, EVERYTHING_HOLDS, mustLoad, requestOf, shippedFiles } from '../promises/policy-shipped.ts';
import { anywhere, differenceIn, partsOf, randomCell, randomTelling, requestIn } from './equal-parts.ts';

const bundle = mustLoad(shippedFiles());
const { space } = compiledOf(bundle).policy;
const parts = partsOf(bundle, space);
const purposes = [...bundle.purposes.keys()];
const ENGINES = [decide, interpret] as const;

describe('P2: the engine that runs means what the reference interpreter says', () => {
  it('in cells of every part of the shipped agreements', () => {
    const random = randomOf(19);
    const differences: string[] = [];
    let decisions = 0;
    for (const part of parts) {
      for (let nth = 0; nth < Math.ceil(60_000 / parts.length); nth++) {
        const request = requestIn(space, part, randomCell(random, part.values), randomTelling(random));
        const difference = differenceIn(ENGINES, bundle, request, part.fields);
        if (difference !== undefined) differences.push(difference);
        decisions += part.fields.length;
      }
    }
    expect(differences.slice(0, 3)).toEqual([]);
    expect(decisions).toBeGreaterThanOrEqual(60_000);
  });

  it.each(purposes)('%s: in cells of the whole space, for every field of the catalogue', (purpose) => {
    const random = randomOf(1983);
    const differences: string[] = [];
    for (let nth = 0; nth < 310; nth++) {
      const place = anywhere(random, bundle, space, purpose);
      const request = requestIn(space, place, place.cell, randomTelling(random));
      const difference = differenceIn(ENGINES, bundle, request, 'all');
      if (difference !== undefined) differences.push(difference);
    }
    expect(differences.slice(0, 3)).toEqual([]);
  });

  it('in every hour around a day on which a power begins or ends', () => {
    const council = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));
    const days = [...bundle.powers.values()].flatMap(({ inForceFrom, inForceTo }) => [inForceFrom, inForceTo]);
    const dates = days.flatMap((day) => (day === null || day === 'not-recorded' ? [] : [day]));
    expect(dates.length).toBeGreaterThan(0);
    for (const day of dates) {
      for (let hour = -26; hour <= 50; hour++) {
        const at = new Date(Date.parse(day) + hour * 3_600_000).toISOString();
        const request = { ...council, at, facts: dated(EVERYTHING_HOLDS, at) };
        expect(differenceIn(ENGINES, bundle, request, 'all')).toBeUndefined();
      }
    }
  });
});

describe('P2: what lies outside the space of the tables is interpreted', () => {
  const request = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));
  it.each([
    ['an unknown purpose', { ...request, purpose: 'HOLIDAY' }],
    ['a role of nobody', { ...request, requester: { ...request.requester, role: '__proto__' } }],
    ['a request without a moment', { ...request, at: 'yesterday' }],
    ['a moment past all calendars', { ...request, at: '+275760-09-13T00:00:00.001Z' }],
    ['an area that no power names', { ...request, area: 'atlantis' }],
    ['obligations declared twice', { ...request, canFulfil: [...request.canFulfil, ...request.canFulfil] }],
  ])('%s', (_what, asked) => {
    expect(differenceIn(ENGINES, bundle, asked, 'all')).toBeUndefined();
    expect(differenceIn(ENGINES, bundle, asked, ['pol.phone', 'pol.shoe_size', 'pol.phone'])).toBeUndefined();
  });

  it('a fact that cannot be read denies what rests on it, and throws nothing', () => {
    const facts = dated(EVERYTHING_HOLDS);
    const broken = {
      ...facts,
      facts: Object.defineProperty({ ...facts.facts }, 'category', {
        get: () => {
          throw new Error('unreadable');
        },
      }),
    };
    expect(differenceIn(ENGINES, bundle, { ...request, facts: broken }, 'all')).toBeUndefined();
    const [phone] = decide(bundle, { ...request, facts: broken }, ['pol.phone']);
    expect(phone).toMatchObject({ level: 'deny', reason: 'rule-failed' });
  });
});

describe('the tables', () => {
  const request = requestOf(bundle, 'ENGAGE', 'council', dated(EVERYTHING_HOLDS));

  it('share decisions between answers, so nobody can change one', () => {
    const [first] = decide(bundle, request, ['pol.phone']);
    const [second] = decide(bundle, request, ['pol.phone']);
    expect(second).toBe(first);
    expect(Object.isFrozen(first)).toBe(true);
    expect(() => first?.grants.push('a-grant-that-nobody-agreed')).toThrow(TypeError);
    expect(() => Object.assign(first ?? {}, { level: 'full' })).toThrow(TypeError);
    expect(Object.isFrozen(decide(bundle, request, 'all'))).toBe(true);
  });

  it.each([
    ['a few cells', { cells: 4000, vectors: 10_000 }],
    ['no cell', { cells: 0, vectors: 10_000 }],
    ['three vectors', { cells: 2_000_000, vectors: 3 }],
  ])('P11: keep to %s and decide the same', (_what, limits) => {
    const tables = new Tables(bundle, limits);
    const random = randomOf(11);
    for (let nth = 0; nth < 400; nth++) {
      const place = anywhere(random, bundle, space);
      const asked = requestIn(space, place, place.cell, randomTelling(random));
      const looked = tables.decide(asked, 'all');
      expect(differingFields(looked ?? [], interpret(bundle, asked, 'all'))).toEqual([]);
    }
    expect(tables.figures.cells).toBeLessThanOrEqual(limits.cells);
    expect(tables.figures.vectors).toBeLessThanOrEqual(limits.vectors);
  });

  it('an hour on which a fact turns stale is the hour of the request, not of an earlier one', () => {
    const facts = dated(EVERYTHING_HOLDS, AT);
    const later = (ms: number) => new Date(Date.parse(AT) + ms).toISOString();
    const limit = bundle.factLimits.emergency.staleAfterHours * 3_600_000;
    const emergency = requestOf(bundle, 'EMERG', 'police', facts);
    const levelAt = (ms: number) => decide(bundle, { ...emergency, at: later(ms) }, ['hou.phone'])[0]?.level;
    expect([levelAt(limit), levelAt(limit + 1), levelAt(-1), levelAt(0)]).toEqual(['full', 'deny', 'deny', 'full']);
  });
});
