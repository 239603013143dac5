import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { makePoliceSource } from '../adapters/police/source.ts';
import type { IssuedCertificate } from '../adapters/keys/authority.ts';
import { dropBatch, GOOD_NOMINAL, makeBatch } from '../test/agencies/police/batch.ts';
import { makeTestPki } from '../test/agencies/pki.ts';
import { readExtractAgentFile, startExtractAgent, type AgentSays } from './extract-agent.ts';

let root: string;
let authorityPem: string;
let gateway: IssuedCertificate;
let signing: KeyObject;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'holdfast-extract-agent-'));
  const pki = await makeTestPki();
  const server = await pki.server('riverton-police-extract');
  const other = await pki.server('another-machine');
  gateway = await pki.client('riverton-gateway');
  const pair = generateKeyPairSync('ed25519');
  const old = generateKeyPairSync('rsa', { modulusLength: 2048 });
  signing = pair.privateKey;
  authorityPem = pki.authority.certificatePem;
  const files = {
    'agent.crt': server.certificatePem,
    'agent.key': server.keyPem,
    'other.key': other.keyPem,
    'gateway-authority.crt': authorityPem,
    'manifest.pub': pair.publicKey.export({ type: 'spki', format: 'pem' }),
    'manifest.key': pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
    'rsa.pub': old.publicKey.export({ type: 'spki', format: 'pem' }),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
});
afterAll(() => rm(root, { recursive: true, force: true }));

const good = () => ({
  agency: 'XXX',
  layout: 'police-nominals/1',
  manifestKey: 'manifest.pub',
  folder: 'drop',
  maxAgeHours: 36,
  lookEverySeconds: 3600,
  host: '127.0.0.1',
  port: 0,
  tls: { cert: 'agent.crt', key: 'agent.key', clientAuthority: 'gateway-authority.crt' },
  gateways: [gateway.thumbprint],
});

let written = 0;
async function configFile(config: unknown): Promise<string> {
  const file = join(root, `agent-${(written += 1)}.yaml`);
  await writeFile(file, typeof config === 'string' ? config : stringify(config));
  return file;
}

async function problemsOf(config: unknown): Promise<string[]> {
  const read = await readExtractAgentFile(await configFile(config));
  return read.ok ? [] : read.error;
}

describe('the configuration of an extract agent', () => {
  it('is taken where everything is right', async () => {
    const read = await readExtractAgentFile(await configFile(good()));
    expect(read.ok && read.value.folder).toBe(join(root, 'drop'));
  });

  it('that is absent or no YAML is one sentence', async () => {
    const absent = await readExtractAgentFile(join(root, 'nowhere.yaml'));
    expect(absent).toEqual({
      ok: false,
      error: [`The configuration file ${join(root, 'nowhere.yaml')} cannot be read.`],
    });
    expect(await problemsOf('agency: XXX\nagency: YYY\n')).toHaveLength(1);
    expect(await problemsOf('{')).toHaveLength(1);
  });

  it('says every problem at once, each with its place', async () => {
    const problems = await problemsOf({
      ...good(),
      agency: 'police',
      port: 70_000,
      maxAgeHours: 0,
      gateways: ['AB:CD'],
    });
    expect(problems).toHaveLength(4);
    for (const place of ['agency', 'port', 'maxAgeHours', 'gateways.0']) {
      expect(problems.filter((problem) => problem.includes(`: ${place}: `))).toHaveLength(1);
    }
  });

  it.each([
    ['an unknown key', () => ({ ...good(), rejectUnauthorized: false }), /rejectUnauthorized/],
    ['a layout that nobody wrote', () => ({ ...good(), layout: 'housing/9' }), /police-nominals\/1/],
    ['no gateway at all', () => ({ ...good(), gateways: [] }), /gateways/],
    ['a file that is not there', () => ({ ...good(), manifestKey: 'gone.pub' }), /gone\.pub cannot be read/],
    ['an RSA manifest key', () => ({ ...good(), manifestKey: 'rsa.pub' }), /Ed25519 or P-256/],
    ['a private manifest key', () => ({ ...good(), manifestKey: 'manifest.key' }), /public key/],
    [
      'a key of another certificate',
      () => ({ ...good(), tls: { ...good().tls, key: 'other.key' } }),
      /do not belong together/,
    ],
    [
      'a client authority that is none',
      () => ({ ...good(), tls: { ...good().tls, clientAuthority: 'agent.crt' } }),
      /clientAuthority/,
    ],
  ])('refuses %s with one sentence', async (_name, config, expected) => {
    const problems = await problemsOf(config());
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(expected);
  });

  it('never repeats a key in a problem', async () => {
    const problems = await problemsOf({ ...good(), tls: { ...good().tls, cert: 'manifest.key' } });
    expect(problems.join(' ')).not.toMatch(/BEGIN|MC4C/);
  });
});

async function settingsFor(more: object) {
  const read = await readExtractAgentFile(await configFile({ ...good(), ...more }));
  if (!read.ok) throw new Error(read.error.join(' '));
  return read.value;
}

describe('an extract agent that is started', () => {
  it('loads what was dropped, answers the registered gateway, and stops', async () => {
    const said: AgentSays[] = [];
    const settings = await settingsFor({ folder: 'start' });
    const started = await startExtractAgent(settings, (says) => void said.push(says));
    if (!started.ok) throw new Error(started.error);
    const createdAt = new Date().toISOString();
    const rows = { nominals: [GOOD_NOMINAL] };
    await dropBatch(join(root, 'start', 'in'), makeBatch({ rows, sequence: 1, createdAt, privateKey: signing }));
    await started.value.poll();
    const source = makePoliceSource({
      client: {
        baseUrl: started.value.url,
        tls: { ca: authorityPem, cert: gateway.certificatePem, key: gateway.keyPem },
      },
    });
    const question = {
      questionId: '5f0f4e6c-8a53-4d7e-9b1f-0c5b8a1f2d3e',
      subject: { identifiers: [{ type: 'PNC' as const, value: '2012/0394773H' }] },
      fields: ['pol.pnc_id'],
      asOf: createdAt.slice(0, 10),
      asker: { agency: 'riverton-council', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0001', at: createdAt },
      seal: () => undefined,
    };
    const limits = { signal: new AbortController().signal, timeoutMs: 4_000 };
    const answer = await source.ask(question, limits);
    await started.value.stop();
    const after = await source.ask(question, limits);
    await source.close();
    expect(answer.records).toMatchObject([{ recordId: 'police:URN-900001' }]);
    expect(after).toMatchObject({ outcome: 'unavailable', records: [] });
    expect(said.map(({ message }) => message)).toEqual(['listening', 'batch', 'asked']);
    // P8: what the agent says is codes, counts and references.
    expect(JSON.stringify(said)).not.toMatch(/Ashworth|Daniel|0394773H|1988/);
  });

  it('says in one sentence that its port is in use, and touches no batch', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const started = await startExtractAgent(await settingsFor({ folder: 'taken', port }), () => undefined);
    taken.close();
    expect(started).toEqual({ ok: false, error: `Port ${port} is in use: stop what uses it, or name another port.` });
    await expect(chmod(join(root, 'taken'), 0o750)).rejects.toThrow('ENOENT');
  });

  it('says in one sentence that its folder is open to others, and answers nobody', async () => {
    await mkdir(join(root, 'open'));
    await chmod(join(root, 'open'), 0o755);
    const started = await startExtractAgent(await settingsFor({ folder: 'open' }), () => undefined);
    expect(started).toMatchObject({ ok: false, error: expect.stringContaining('chmod o=') });
  });

  it('as a command: complains on standard error with status 1, and ends on SIGTERM with status 0', async () => {
    const command = (file: string) =>
      spawn(process.execPath, ['deploy/holdfast.mjs', 'extract-agent', '--config', file], { stdio: 'pipe' });
    const wrong = command(join(root, 'nowhere.yaml'));
    const complaint: Buffer[] = [];
    wrong.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    expect(await once(wrong, 'exit')).toEqual([1, null]);
    expect(Buffer.concat(complaint).toString()).toMatch(/^The configuration file .* cannot be read\.\n$/);
    const right = command(await configFile({ ...good(), folder: 'command' }));
    await once(right.stdout, 'data');
    right.kill('SIGTERM');
    expect(await once(right, 'exit')).toEqual([0, null]);
  });
});
