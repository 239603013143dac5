import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { readYaml } from './read-yaml.ts';
import type { PolicyProblem } from './problem.ts';

/** Hands on what it is given, as no schema of an agreement does. */
const grantsSchema = z.custom<{ grants: readonly object[] }>();
const read = (text: string, path = 'a.yaml') => {
  const problems: PolicyProblem[] = [];
  return { file: readYaml(path, text, problems), problems };
};

describe('a file that is read again', () => {
  it('gives the same data for the same path and text, and another for another text, in any order', () => {
    const first = read('level: full\n').file;
    expect(read('level: full\n').file).toBe(first);
    expect(read('level: deny\n').file?.data).toEqual({ level: 'deny' });
    expect(read('level: full\n').file?.data).toEqual({ level: 'full' });
    expect(read('level: full\n', 'b.yaml').file?.path).toBe('b.yaml');
  });

  it('P2: tells its problems each time, and never stands as the good text before it', () => {
    expect(read('level: full\n').problems).toEqual([]);
    const broken = [1, 2].map(() => read('level: &a full\n'));
    for (const { file, problems } of broken) {
      expect(file).toBeUndefined();
      expect(problems).toHaveLength(1);
    }
  });

  it('cannot be changed by whoever read it before', () => {
    const { grants } = grantsSchema.parse(read('grants: [{ level: full }]\n').file?.data);
    expect(Object.isFrozen(grants)).toBe(true);
    expect(() => Object.assign(grants[0] ?? {}, { level: 'deny' })).toThrow(TypeError);
    expect(read('grants: [{ level: full }]\n').file?.data).toEqual({ grants: [{ level: 'full' }] });
  });
});
