import { describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { readEnvironment } from '../deploy/environment.ts';
import { readExtractAgentFile } from '../deploy/extract-agent.ts';
import { KEY_FILES } from '../deploy/keys-folder.ts';
import { readAgenciesFile } from '../deploy/register.ts';
import { readSourcesFile } from '../deploy/sources.ts';
import { VERSION } from '../deploy/version.ts';
import { makeTestPki } from './agencies/pki.ts';

/** What a stranger reads is true: every name in it exists, and every example is taken by the code it is written for. */

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const DECISIONS = readdirSync(join(ROOT, 'docs', 'decisions')).sort();
const DOCUMENTS = [
  'README.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...documentsIn('deploy'),
  ...documentsIn('docs'),
  ...documentsIn('gateway'),
  ...documentsIn('adapters'),
];

function documentsIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name))
    .sort();
}

const packageFile = z
  .object({ version: z.string(), scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

/** The text without fenced blocks. */
const prose = (text: string): string => text.replace(/^ *```[\s\S]*?^ *```/gm, '');

/** Everything set as code: in line, and the lines of blocks that are no output and no other language. */
function codeIn(text: string): string[] {
  const blocks = [...text.matchAll(/^ *```\n([\s\S]*?)^ *```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const inLine = [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [...blocks, ...inLine].map((line) => line.trim());
}

/** The fenced YAML under a heading. */
function exampleUnder(document: string, heading: string): string {
  const text = read(document);
  const from = text.indexOf(`## ${heading}\n`);
  return /```yaml\n([\s\S]*?)```/.exec(from < 0 ? '' : text.slice(from))?.[1] ?? '';
}

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document);
  const code = codeIn(text);

  it('links to what is there', () => {
    const links = [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
    const broken = links.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path = '', heading] = target.split('#');
      const file = path === '' ? join(ROOT, document) : resolve(ROOT, dirname(document), path);
      if (!existsSync(file)) return true;
      return heading !== undefined && !headingsOf(readFileSync(file, 'utf8')).includes(heading);
    });
    expect(broken).toEqual([]);
  });

  it('names npm scripts that exist', () => {
    const named = code.flatMap((line) => [...line.matchAll(/npm run ([a-z:]+)/g)].map(([, script = '']) => script));
    expect(named.filter((script) => !Object.hasOwn(packageFile.scripts, script))).toEqual([]);
  });

  it('names holdfast commands that exist, with their options', () => {
    const named = code.flatMap((line) =>
      [...line.matchAll(/npx holdfast ([^#`|]+)/g)].map(([, rest = '']) => rest.trim()),
    );
    expect(named.filter((command) => !isCommand(command))).toEqual([]);
  });

  it('names files of ours that exist', () => {
    const named = code.filter((one) => /^(schemas|policies|gateway|adapters|test|deploy|docs)\/[\w./-]+$/.test(one));
    expect(
      named.filter((path) => !path.includes('shelter') && !path.includes('welfare') && !existsSync(join(ROOT, path))),
    ).toEqual([]);
  });
});

/** Headings as they are linked to. */
function headingsOf(text: string): string[] {
  return [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const usage = spawnSync(process.execPath, ['deploy/holdfast.mjs'], { cwd: ROOT, encoding: 'utf8' }).stderr;
/** Each command with its options, from the usage that the command itself prints. */
const COMMANDS = usage
  .replaceAll(/\n {6}(?=\[)/g, ' ')
  .split('\n')
  .flatMap((line) => {
    const [, command] = /^ {2}holdfast (.+?)(?: {2,}|$)/.exec(line) ?? [];
    return command === undefined ? [] : [command];
  });
const wordsOf = (command: string): string[] => command.replace(/[[\]]/g, '').split(/[\s=]+/);
const isWord = (word: string): boolean => /^[a-z-]+$/.test(word) && !word.startsWith('--');

function isCommand(written: string): boolean {
  const words = wordsOf(written);
  return COMMANDS.some((command) => {
    const known = wordsOf(command);
    const name = known.slice(0, known.findIndex((word) => !isWord(word)) >>> 0);
    const options = words.filter((word) => word.startsWith('--'));
    return name.every((word, index) => words[index] === word) && options.every((option) => known.includes(option));
  });
}

it('the usage lists commands, and a command that is none is found out', () => {
  expect(COMMANDS.length).toBeGreaterThan(8);
  expect(isCommand('log verify --url FILE')).toBe(true);
  expect(isCommand('log verify --uri FILE')).toBe(false);
  expect(isCommand('log rewrite')).toBe(false);
});

describe('README.md', () => {
  it('says for each promise which tests attack it, and they do', () => {
    const rows = [...read('README.md').matchAll(/^\| (P\d+) +\|.*\| ([^|]+) \|$/gm)];
    expect(rows.map(([, promise]) => promise)).toEqual(Array.from({ length: 11 }, (_, index) => `P${index + 1}`));
    const idle = rows.flatMap(([, promise = '', cell = '']) =>
      [...cell.matchAll(/`([^`]+)`/g)]
        .map(([, path = '']) => path)
        .filter((path) => !new RegExp(`['\`]${promise}[,:]`).test(read(path)))
        .map((path) => `${promise} ${path}`),
    );
    expect(idle).toEqual([]);
  });

  it('names every step of the pipeline', () => {
    const steps = [...read('README.md').matchAll(/^\| \d (\w+) .*\| `([\w./]+)`/gm)];
    expect(steps).toHaveLength(9);
    expect(steps.filter(([, step = '', file]) => file !== `${step}.ts`)).toEqual([]);
    expect(steps.filter(([, step = '']) => !existsSync(join(ROOT, 'gateway', 'disclosure', `${step}.ts`)))).toEqual([]);
  });

  it('names every top-level folder', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^\.|^node_modules$|^coverage$/.test(entry.name))
      .map(({ name }) => name);
    expect(folders.filter((folder) => !new RegExp(`^\\| \`${folder}/`, 'm').test(read('README.md')))).toEqual([]);
  });
});

describe('decisions', () => {
  it.each(DECISIONS)('%s has a number, a status, the decision first, and one page', (name) => {
    const text = read(join('docs', 'decisions', name));
    const number = DECISIONS.indexOf(name) + 1;
    expect(name).toMatch(new RegExp(`^${String(number).padStart(4, '0')}-[a-z0-9-]+\\.md$`));
    expect(text).toMatch(
      new RegExp(`^# ${number}\\. .+\n\nStatus: (accepted|superseded by|proposed).*\n\n\\*\\*Decision\\.\\*\\* `),
    );
    expect(text.split('\n').length).toBeLessThanOrEqual(70);
    expect(text.split(/\s+/).length).toBeLessThanOrEqual(600);
  });
});

describe('settings', () => {
  it('environment.md has every variable, and the code every variable of environment.md', () => {
    const missing = readEnvironment({});
    const inCode = missing.ok ? [] : missing.error.map((sentence) => sentence.split(' ')[0] ?? '');
    const optional = [...read('deploy/environment.ts').matchAll(/^ {2}([A-Z][A-Z0-9_]+): .*\.optional\(\)/gm)].map(
      ([, name = '']) => name,
    );
    const inDocument = [...read('deploy/environment.md').matchAll(/^\| `([A-Z0-9_]+)` +\| (yes|no) /gm)];
    const needed = inDocument.filter(([, , need]) => need === 'yes').map(([, name]) => name);
    expect(needed.sort()).toEqual(inCode.sort());
    expect(inDocument.filter(([, , need]) => need === 'no').map(([, name]) => name)).toEqual(optional);
  });

  it('keys.md has every key file', () => {
    expect(Object.values(KEY_FILES).filter((name) => !read('deploy/keys.md').includes(`\`${name}\``))).toEqual([]);
  });

  it('the version is that of package.json', () => {
    expect(VERSION).toBe(packageFile.version);
  });

  it('compose and systemd set what the code needs', () => {
    const missing = readEnvironment({});
    const names = missing.ok ? [] : missing.error.map((sentence) => sentence.split(' ')[0] ?? '');
    const compose = read('deploy/compose/compose.yaml');
    expect(names.filter((name) => !compose.includes(`${name}:`) && !compose.includes(`${name}=`))).toEqual([]);
    for (const unit of ['holdfast-gateway.service', 'holdfast-extract-agent.service']) {
      const [, command = ''] =
        /^ExecStart=\/usr\/bin\/node deploy\/holdfast\.mjs (.+)$/m.exec(read(`deploy/systemd/${unit}`)) ?? [];
      expect(isCommand(command)).toBe(true);
    }
  });
});

describe('the examples of environment.md', () => {
  async function inFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-documents-'));
    try {
      return await use(folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Writes the files that an example names, each of the kind its name says. */
  async function write(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
  }

  it('the sources file opens the five agencies', () =>
    inFolder(async (folder) => {
      const example = exampleUnder('deploy/environment.md', 'The sources file');
      const pki = await makeTestPki();
      const client = await pki.client('holdfast-gateway');
      const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
      const named = [...example.matchAll(/(?:ca|cert|key|signingKey|apiKey|token): ([a-z]+\/[\w.-]+)/g)].map(
        ([, path = '']) => path,
      );
      const textOf = (path: string): string => {
        if (path.endsWith('authority.crt')) return pki.authority.certificatePem;
        if (path.endsWith('client.crt')) return client.certificatePem;
        if (path.endsWith('client.key')) return client.keyPem;
        return path.endsWith('.key') ? rsa.export({ type: 'pkcs8', format: 'pem' }).toString() : 'not-a-real-secret';
      };
      await write(folder, {
        'sources.yaml': example,
        ...Object.fromEntries(named.map((path) => [path, textOf(path)])),
      });
      const sources = await readSourcesFile(join(folder, 'sources.yaml'));
      if (!sources.ok) throw new Error(sources.error.join('\n'));
      await Promise.all(sources.value.map((source) => source.close()));
      expect(sources.value.map(({ agency }) => agency)).toEqual([
        'police',
        'probation',
        'housing',
        'health',
        'childrens',
      ]);
    }));

  it('the agencies file is taken', () =>
    inFolder(async (folder) => {
      const example = exampleUnder('deploy/environment.md', 'The agencies file');
      const { certificatePem } = await (await makeTestPki()).client('riverton-council');
      await write(folder, { 'agencies.yaml': example, 'certificates/riverton-council-2026-11.crt': certificatePem });
      const agencies = await readAgenciesFile(join(folder, 'agencies.yaml'), new Date());
      expect(agencies.ok ? agencies.value.map(({ id }) => id) : agencies.error).toEqual(['riverton-council']);
    }));

  it('the configuration of an extract agent is taken', () =>
    inFolder(async (folder) => {
      const example = exampleUnder('deploy/environment.md', 'The extract agent');
      const pki = await makeTestPki();
      const server = await pki.server('agent');
      const { publicKey } = generateKeyPairSync('ed25519');
      await write(folder, {
        'agent.yaml': example,
        'manifest.pub': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
        'agent.crt': server.certificatePem,
        'agent.key': server.keyPem,
        'gateway-authority.crt': pki.authority.certificatePem,
      });
      const settings = await readExtractAgentFile(join(folder, 'agent.yaml'));
      expect(settings.ok ? settings.value.agency : settings.error).toBe('RVP');
    }));
});

it('no document says how it was made, and none names a machine of ours', () => {
  const telling = DOCUMENTS.filter((document) => /\/work\/|\/tmp\/[a-z]+-scratch|\bTODO\b/i.test(read(document)));
  expect(telling).toEqual([]);
});
