import { describe, expect, it } from '@jest/globals';
import { planOf } from './plan.ts';
import { modulesOf } from './profile.ts';
import { quantilesOf } from './quantiles.ts';

describe('the figures of the benchmark', () => {
  it('takes quantiles from durations in any order, and none from none', () => {
    const hundred = Array.from({ length: 100 }, (_, n) => 100 - n);
    expect(quantilesOf(hundred)).toEqual({ count: 100, p50: 50, p99: 99, max: 100 });
    expect(quantilesOf([])).toEqual({ count: 0, p50: 0, p99: 0, max: 0 });
  });

  it('counts Node’s own functions for the module that called them, and leaves out idle time and the profiler', () => {
    const frame = (functionName: string, url: string) => ({ functionName, url, lineNumber: 0 });
    const shares = modulesOf({
      nodes: [
        { id: 1, callFrame: frame('(root)', ''), children: [2, 4, 5, 7] },
        { id: 2, callFrame: frame('linkRecords', 'file:///x/gateway/linkage/link.ts'), children: [3] },
        { id: 3, callFrame: frame('sort', '') },
        { id: 4, callFrame: frame('(idle)', '') },
        { id: 5, callFrame: frame('post', 'node:internal/inspector'), children: [6] },
        { id: 6, callFrame: frame('dispatch', '') },
        { id: 7, callFrame: frame('parse', 'file:///x/node_modules/zod/v4/core/parse.js') },
      ],
      samples: [2, 3, 4, 6, 7],
      timeDeltas: [10, 20, 500, 500, 10],
    });
    expect(shares.map(({ module, share }) => [module, share])).toEqual([
      ['gateway/linkage', 0.75],
      ['zod', 0.25],
    ]);
  });

  it('refuses words that mean nothing, and a run that is both quick and long', () => {
    expect(planOf([])?.mode).toBe('full');
    expect(planOf(['--quick', '--json', 'x.json'])).toMatchObject({ mode: 'quick', jsonFile: 'x.json' });
    expect(planOf(['--quick', '--soak'])).toBeUndefined();
    expect(planOf(['--fast'])).toBeUndefined();
    expect(planOf(['quick'])).toBeUndefined();
  });
});
