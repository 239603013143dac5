import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = dirname(HERE);

type Sorting = (tests: readonly object[]) => { path: string }[];
const orderSchema = z.object({ default: z.custom<new () => { sort: Sorting }>((made) => typeof made === 'function') });
const slowSchema = z.object({ SLOW_SECONDS: z.record(z.string(), z.number().positive()) });
const Order = orderSchema.parse(await import(join(HERE, 'order.js'))).default;
const { SLOW_SECONDS } = slowSchema.parse(await import(join(HERE, 'slow-files.js')));

describe('the order of a run', () => {
  it('knows no file that is gone', () => {
    expect(Object.keys(SLOW_SECONDS).filter((name) => !existsSync(join(ROOT, name)))).toEqual([]);
  });

  it('is quick files by name, then slow ones from the longest, and leaves none out', () => {
    const slow = Object.keys(SLOW_SECONDS);
    const named = [...slow.toReversed(), 'schemas/b.test.ts', 'schemas/a.test.ts'];
    const tests = named.map((name) => ({ path: join(ROOT, name), context: { config: { rootDir: ROOT } } }));
    const sorted = new Order().sort(tests).map(({ path }) => path.slice(ROOT.length + 1));
    expect(sorted.slice(0, 2)).toEqual(['schemas/a.test.ts', 'schemas/b.test.ts']);
    expect([...sorted].sort()).toEqual([...named].sort());
    const seconds = sorted.slice(2).map((name) => SLOW_SECONDS[name] ?? 0);
    expect(seconds).toEqual(seconds.toSorted((one, other) => other - one));
  });
});
