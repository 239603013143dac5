import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runResolve } from './resolve-command.ts';

const HIM = {
  names: [{ given: 'Darren', family: 'Pottinger' }],
  dateOfBirth: '1985-03-24',
  addresses: [{ lines: ['14 Quarry Lane'], postcode: 'LS12 4QX' }],
};
const question = {
  queryId: '../../escaped',
  asOf: '2026-11-22',
  subject: HIM,
  records: [
    { recordId: 'housing:1', agency: 'housing', system: 'nec', person: HIM, contacts: [] },
    {
      recordId: 'police:<script>\u001b[2J',
      agency: 'police',
      system: 'rms',
      person: { names: HIM.names, dateOfBirth: HIM.dateOfBirth },
      contacts: [{ kind: 'phone', value: '07700 900123' }],
    },
    {
      recordId: 'health:1',
      agency: 'health',
      system: 'pds',
      person: { names: [{ given: 'Ruth', family: 'Vane' }], phones: ['07700 900456'] },
      contacts: [],
    },
  ],
};
const SECRETS = ['Darren', 'Pottinger', '1985-03', 'Quarry', '4QX', '900123', 'Ruth', '900456'];

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'explain-'));
  await writeFile(join(folder, 'in'), `${JSON.stringify(question)}\nbroken\n\n${JSON.stringify(question)}\n`);
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);

async function run(...more: readonly string[]): Promise<{ status: number; said: string[] }> {
  const said: string[] = [];
  const words = ['--in', at('in'), '--out', at('out'), ...more];
  return { status: await runResolve(words, (sentence) => said.push(sentence)), said };
}

async function explained(): Promise<string> {
  const names = (await readdir(at('why'))).sort();
  return (await Promise.all(names.map((name) => readFile(join(at('why'), name), 'utf8')))).join('\n');
}

describe('resolve --explain', () => {
  it('writes of each answer why records are his, as text and as a picture for each link, and changes no answer', async () => {
    await run();
    const plain = await readFile(at('out'), 'utf8');
    expect((await run('--explain', at('why'))).status).toBe(1);
    expect(await readFile(at('out'), 'utf8')).toBe(plain);
    const names = (await readdir(at('why'))).sort();
    expect(names.filter((name) => name.endsWith('.txt'))).toEqual(['000001.txt', '000002.txt']);
    expect(names.filter((name) => name.endsWith('.svg')).length).toBeGreaterThanOrEqual(4);
    const text = await readFile(join(at('why'), '000001.txt'), 'utf8');
    expect(text).toContain('housing:1 is his');
    expect(text).toContain('+13.87  birth-date    Same birth date.');
    expect(text).toContain('health:1 is not his');
    expect(await readFile(join(at('why'), '000001-01.svg'), 'utf8')).toMatch(/^<svg[^]*<title[^]*<\/svg>\s*$/);
  });

  it('P4: shows no value unless it is asked to', async () => {
    await run('--explain', at('why'));
    const shown = await explained();
    expect(SECRETS.filter((secret) => shown.includes(secret))).toEqual([]);
    expect(shown).toContain('D… P…');
  });

  it('shows the values of the file to whoever asks for them', async () => {
    await run('--explain', at('why'), '--unmasked');
    expect(await explained()).toContain('Darren Pottinger');
  });

  it('P8: writes for its owner alone', async () => {
    await run('--explain', at('why'));
    expect(((await stat(at('why'))).mode & 0o777).toString(8)).toBe('700');
    expect(((await stat(join(at('why'), '000001.txt'))).mode & 0o777).toString(8)).toBe('600');
  });

  it('lets no record id move a cursor, open an element or name a file', async () => {
    await run('--explain', at('why'), '--unmasked');
    const shown = await explained();
    expect(shown).not.toContain('\u001b');
    expect((await readFile(join(at('why'), '000001-01.svg'), 'utf8')).includes('<script')).toBe(false);
    expect((await readdir(folder)).sort()).toEqual(['in', 'out', 'why']);
  });

  it.each([
    ['a folder that holds something', ['--explain', '']],
    ['no folder', ['--explain']],
    ['a mask to take off without anything to explain', ['--unmasked']],
    ['two folders', ['--explain', 'a', '--explain', 'b']],
  ])('refuses %s and answers nothing', async (_, more) => {
    const { status, said } = await run(...more.map((word) => (word === '' ? folder : word)));
    expect(status).toBe(2);
    expect(said).toHaveLength(1);
    await expect(stat(at('out'))).rejects.toThrow();
  });
});
