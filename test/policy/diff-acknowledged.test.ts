import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPolicyDiff } from '../../gateway/cli/policy-diff.ts';
import { shippedFiles } from '../promises/policy-shipped.ts';

/** A change of agreements is compared with the version approved last, and has to be acknowledged as it is. */

let folder = '';
const said: string[] = [];
const tell = (status: number) => (sentence: string) => {
  said.push(sentence);
  return status;
};
const diff = (...words: readonly string[]) => runPolicyDiff(words, folder, tell(0), tell(1));
const agreement = () => join(folder, 'agreements', 'engage.yaml');
async function edit(from: string, to: string): Promise<void> {
  const text = await readFile(agreement(), 'utf8');
  expect(text).toContain(from);
  await writeFile(agreement(), text.replace(from, to));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'approved-'));
  await mkdir(join(folder, 'agreements'));
  for (const { path, text } of shippedFiles()) await writeFile(join(folder, 'agreements', path), text);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a change of agreements, step by step', () => {
  it('cannot be compared before anything was approved', async () => {
    expect(await diff('--against-signed')).toBe(1);
    expect(said.at(-1)).toContain('approve the agreements first');
    expect(await diff('--against-signed', '--approve')).toBe(0);
    expect(await diff('--against-signed')).toBe(0);
    expect(said.at(-1)).toContain('Nothing changed');
  });

  it('is refused while nobody answers for it, and says in words who gains what', async () => {
    await edit('    classes: [RK]\n    level: partial', '    classes: [RK]\n    level: full');
    said.length = 0;
    expect(await diff('--against-signed')).toBe(1);
    expect(said.join('\n')).toMatch(/WHO GAINS WHAT\n {2}Domestic abuse intervention worker.*can now see all of it/);
    expect(said.join('\n')).toContain('Warning markers');
    expect(said.at(-1)).toContain('not acknowledged');
  }, 240_000);

  it('is let through once it is acknowledged as it is, and refused when it is changed after that', async () => {
    expect(await diff('--against-signed', '--acknowledge')).toBe(0);
    expect(await diff('--against-signed')).toBe(0);
    await edit('    when: { category: hold }\n', '    when: { category: monitor }\n');
    expect(await diff('--against-signed')).toBe(1);
  }, 240_000);

  it('is compared with what was approved, which nobody can alter without its version', async () => {
    const approved = await readFile(join(folder, 'approved.json'), 'utf8');
    await writeFile(join(folder, 'approved.json'), approved.replace('level: partial', 'level: full'));
    expect(await diff('--against-signed')).toBe(1);
    expect(said.at(-1)).toContain('do not say what their version says');
    await writeFile(join(folder, 'approved.json'), approved);
    expect(await diff('--against-signed', '--approve')).toBe(0);
    expect(await diff('--against-signed')).toBe(0);
  });
});
