import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { link, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { err, ok } from '../../schemas/result.ts';
import { runDecide } from './decide-command.ts';
import { answerFile, readOptions } from './json-lines-files.ts';
import type { AnswerLine } from './json-lines.ts';
import { runResolve } from './resolve-command.ts';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

let folder = '';
let said: string[] = [];
const report = (sentence: string): void => {
  said.push(sentence);
};
const at = (name: string): string => join(folder, name);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-lines-'));
  said = [];
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const numbersOnly: AnswerLine = (text) =>
  /^\d+$/.test(text) ? ok({ answer: [Number(text)], notices: [] }) : err({ code: 'body-not-json' });

describe('a file of questions becomes a file of answers', () => {
  it('exits 0 when all are answered', async () => {
    await writeFile(at('in'), '1\n2\n');
    expect(await answerFile({ in: at('in'), out: at('out') }, numbersOnly, report)).toBe(0);
    expect(await readFile(at('out'), 'utf8')).toBe('[1]\n[2]\n');
    expect(said).toEqual([]);
  });

  it('P8: answers in a new file are for their owner alone', async () => {
    await writeFile(at('in'), '1\n');
    await answerFile({ in: at('in'), out: at('out') }, numbersOnly, report);
    expect((await stat(at('out'))).mode & 0o777).toBe(0o600);
  });

  it('exits 1 when one was refused, after all others are answered', async () => {
    await writeFile(at('in'), '1\nx\n2');
    expect(await answerFile({ in: at('in'), out: at('out') }, numbersOnly, report)).toBe(1);
    expect(await readFile(at('out'), 'utf8')).toBe('[1]\n[2]\n');
    expect(said).toEqual(['line 2: refused, not-json', '1 of 3 lines were refused; all others are answered.']);
  });

  it('leaves the questions as they are when the answers are to go into the same file, by whatever name', async () => {
    await writeFile(at('in'), '1\n');
    await link(at('in'), at('other-name'));
    for (const out of [at('in'), at('other-name'), join(folder, '.', 'in')]) {
      expect(await answerFile({ in: at('in'), out }, numbersOnly, report)).toBe(2);
    }
    expect(await readFile(at('in'), 'utf8')).toBe('1\n');
  });

  it('keeps earlier answers when there are no questions to read', async () => {
    await writeFile(at('out'), 'kept');
    expect(await answerFile({ in: at('none'), out: at('out') }, numbersOnly, report)).toBe(2);
    expect(await readFile(at('out'), 'utf8')).toBe('kept');
    expect(said).toEqual([`${at('none')} cannot be read (ENOENT).`]);
  });

  it('exits 2 with one sentence where the answers cannot be written, or a folder was named', async () => {
    await writeFile(at('in'), '1\n');
    expect(await answerFile({ in: at('in'), out: at('no/such/out') }, numbersOnly, report)).toBe(2);
    expect(await answerFile({ in: folder, out: at('out') }, numbersOnly, report)).toBe(2);
    expect(said).toEqual([`${at('no/such/out')} cannot be written (ENOENT).`, `${folder} cannot be read (EISDIR).`]);
  });
});

describe('wrong usage exits 2', () => {
  const wrong: string[][] = [
    [],
    ['--in', 'a'],
    ['--in', 'a', '--out'],
    ['--in', 'a', '--out', ''],
    ['--in', 'a', '--out', 'b', 'c'],
    ['--in', 'a', '--in', 'b', '--out', 'c'],
    ['--in', 'a', '--out', 'b', '--verbose'],
  ];
  it.each(wrong.map((words) => ({ words, line: words.join(' ') })))('resolve $line', async ({ words }) => {
    expect(await runResolve(words, report)).toBe(2);
    expect(said).toEqual(['Usage: holdfast resolve --in QUESTIONS --out ANSWERS [--explain FOLDER [--unmasked]]']);
  });

  it('decide without a bundle, or with one that does not load: every fault is said', async () => {
    const faulty = () => Promise.resolve(err(['a.yaml:1: wrong.', 'b.yaml:2: wrong too.']));
    expect(await runDecide(['--in', 'a', '--out', 'b'], faulty, report)).toBe(2);
    expect(await runDecide(['--bundle', folder, '--in', 'a', '--out', 'b'], faulty, report)).toBe(2);
    expect(said).toEqual([
      'Usage: holdfast decide --bundle FOLDER --in REQUESTS --out DECISIONS',
      'a.yaml:1: wrong.',
      'b.yaml:2: wrong too.',
    ]);
  });

  it('reads an option given as one word', () => {
    expect(readOptions(['--in=a', '--out', 'b'], ['in', 'out'])).toEqual({ in: 'a', out: 'b' });
  });
});

interface Ended {
  readonly status: number | null;
  readonly errors: string;
}

function holdfast(...words: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'deploy', 'holdfast.mjs'), ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.on('error', reject).on('close', (status) => {
      resolve({ status, errors });
    });
  });
}

describe('npx holdfast', () => {
  it('resolves and decides, and its exit status and standard error say which line was broken', async () => {
    const question = {
      queryId: 'q1',
      asOf: '2026-07-01',
      subject: { names: [{ given: 'Daniel', family: 'Marlowe' }] },
      records: [],
    };
    await writeFile(at('q.jsonl'), `${JSON.stringify(question)}\n{"queryId":"Marlowe"}\n`);
    const request = {
      requestId: 'r1',
      at: '2027-01-15',
      requester: { agency: 'DAI', role: 'dai.daiw' },
      owner: 'police',
      purpose: 'ENGAGE',
      caseFacts: { category: 'contact', marac: 'referred' },
      fields: ['pol.phone'],
    };
    await writeFile(at('r.jsonl'), JSON.stringify(request));
    const [resolved, decided, decidedInside] = await Promise.all([
      holdfast('resolve', '--in', at('q.jsonl'), '--out', at('a.jsonl')),
      holdfast('decide', '--bundle', join(ROOT, 'policies'), '--in', at('r.jsonl'), '--out', at('d.jsonl')),
      holdfast('decide', '--out', at('e.jsonl'), '--bundle', join(ROOT, 'policies/agreements'), '--in', at('r.jsonl')),
    ]);
    expect(resolved).toEqual({
      status: 1,
      errors:
        'line 2: refused, /asOf missing; /subject missing; /records missing\n' +
        '1 of 2 lines were refused; all others are answered.\n',
    });
    expect(await readFile(at('a.jsonl'), 'utf8')).toBe(
      '{"queryId":"q1","subjectRecords":[],"probable":[],"clusters":[],"links":[],"needsAttention":[],' +
        '"contacts":[],"withheldContacts":[]}\n',
    );
    expect([decided, decidedInside]).toEqual([
      { status: 0, errors: '' },
      { status: 0, errors: '' },
    ]);
    const decision = await readFile(at('d.jsonl'), 'utf8');
    expect(decision).toMatch(
      /^\{"requestId":"r1","policyVersion":"[0-9a-f]{64}","fields":\{"pol\.phone":\{"level":"full",/,
    );
    expect(await readFile(at('e.jsonl'), 'utf8')).toBe(decision);
  });
});
