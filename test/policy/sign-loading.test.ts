import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPolicyKey, runPolicySign, runPolicyVerify } from '../../gateway/cli/policy-sign.ts';
import { readSignedPolicies, type SignedPolicies } from '../../gateway/cli/signed-folder.ts';
import { mayFollow } from '../../gateway/operations/last-loaded.ts';
import { makeMetrics } from '../../gateway/operations/metrics.ts';
import { createPolicyHolder, policyLoadedEntry, type ReadPolicies } from '../../gateway/operations/policy-holder.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import { signPolicies, type SignedFolder } from '../agencies/sign-policies.ts';
import { consulted } from '../log-entries.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

/** A folder as an operator has it: signed, loaded, edited, signed again, put back. */

const POLICIES = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'policies');
const NOW = new Date('2027-01-15T10:00:00.000Z');
let folder: string;
let signed: SignedFolder;
let first: SignedPolicies;

const read = () => readSignedPolicies(signed.policiesFolder, signed.signersFile);
const mustRead = async (): Promise<SignedPolicies> => {
  const found = await read();
  if (found.ok) return found.value;
  throw new Error(found.error.join('\n'));
};
const path = (name: string) => join(signed.policiesFolder, name);

async function edit(name: string, from: string, to: string): Promise<void> {
  const text = await readFile(path(name), 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no ${from}`);
  await writeFile(path(name), text.replace(from, to));
}

async function signAs(who: string, ...more: string[]): Promise<readonly string[]> {
  const told: string[] = [];
  const tell = (sentence: string): number => told.push(sentence);
  const key = join(folder, 'keys', `${who}.key`);
  const words = ['--key', key, '--in', signed.policiesFolder, '--signers', signed.signersFile, ...more];
  await runPolicySign(words, tell, tell);
  return told;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-signed-'));
  signed = await signPolicies(POLICIES, folder);
  first = await mustRead();
}, 60_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('P2: a gateway takes only what was signed', () => {
  it('one more byte, in a comment too, and the folder is refused with the name of the file', async () => {
    await edit('engage.yaml', '# What an', '# What  an');
    expect(await read()).toMatchObject({
      ok: false,
      error: [expect.stringMatching(/^engage\.yaml is not as it was signed in bundle 1/)],
    });
    await edit('engage.yaml', '# What  an', '# What an');
    await writeFile(path('more.yaml'), 'roles: {}\n');
    expect(await read()).toMatchObject({ ok: false, error: [expect.stringMatching(/^more\.yaml/)] });
    await rm(path('more.yaml'));
    await mustRead();
  });

  it('the commands: a change, whose signature it wants, and that it then holds; what was old cannot be put back', async () => {
    const log = createMemoryAccessLog();
    const readPolicies: ReadPolicies = read;
    const holder = createPolicyHolder({
      ...{ first, read: readPolicies, log, say: saysNothing, now: () => NOW },
      metrics: makeMetrics({ processMetrics: false }),
    });
    await log.append(policyLoadedEntry(first, NOW));
    await edit('engage.yaml', 'level: summary', 'level: partial');
    expect(await holder.reload()).toMatchObject({ error: 'bundle-refused' });
    expect((await signAs('ig-lead')).at(-1)).toContain(
      'the owner for housing, the owner for the police, the owner for probation',
    );
    await signAs('housing-owner');
    await signAs('police-owner');
    expect(await holder.reload()).toMatchObject({ error: 'bundle-refused' });
    expect((await signAs('probation-owner')).at(-1)).toBe('Bundle 2 is complete.');
    expect(await holder.reload()).toEqual({ ok: true, value: 'loaded' });
    expect(log.bodies().at(-1)).toMatchObject({
      signed: { number: 2, author: 'ig-lead', by: ['housing-owner', 'ig-lead', 'police-owner', 'probation-owner'] },
    });

    const second = await mustRead();
    await log.append(consulted(1));
    expect(await mayFollow(log, second)).toEqual({ ok: true, value: true });
    expect(await mayFollow(log, first)).toMatchObject({ error: expect.stringContaining('older than bundle 2') });
    expect(await mayFollow(log, mustLoad(shippedFiles()))).toMatchObject({
      error: expect.stringContaining('not signed'),
    });

    const newer = await readFile(path('signed/0002.json'), 'utf8');
    await edit(
      'engage.yaml',
      'level: partial\n    powers: [CDA115, CDA17, COMMON]\n    necessity: What he was',
      'level: summary\n    powers: [CDA115, CDA17, COMMON]\n    necessity: What he was',
    );
    await rm(path('signed/0002.json'));
    expect((await mustRead()).version).toBe(first.version);
    expect(await holder.reload()).toMatchObject({ error: 'bundle-refused' });
    expect(holder.current().version).toBe(second.version);

    await writeFile(path('signed/0002.json'), newer);
    expect((await signAs('ig-lead'))[0]).toContain('sign it with --restore 1');
    await signAs('ig-lead', '--restore', '1');
    expect((await signAs('guardian')).at(-1)).toBe('Bundle 3 is complete.');
    expect(await holder.reload()).toEqual({ ok: true, value: 'loaded' });
    expect(holder.current().version).toBe(first.version);
  }, 60_000);

  it('verify says what holds, by which list of signers', async () => {
    const told: string[] = [];
    const fail = (sentence: string): number => told.push(`FAILED ${sentence}`);
    await runPolicyVerify([signed.policiesFolder], (sentence) => told.push(sentence), fail);
    expect(told).toEqual([
      expect.stringContaining('holds, with every bundle before it'),
      expect.stringContaining('Written by ig-lead, signed by'),
      expect.stringMatching(/digest [0-9a-f]{64}/),
    ]);
  });

  it('a key is made once, for its owner alone, and never replaced', async () => {
    const told: string[] = [];
    const file = join(folder, 'new.key');
    const tell = (sentence: string): number => told.push(sentence);
    await runPolicyKey([file], tell, tell);
    expect(told[0]).toMatch(/publicKey: [A-Za-z0-9_-]{43}$/);
    await runPolicyKey([file], tell, tell);
    expect(told[1]).toContain('never replaced');
    expect(await readFile(file, 'utf8')).toContain('PRIVATE KEY');
  });
});
