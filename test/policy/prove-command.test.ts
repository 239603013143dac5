import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runPolicyExplain } from '../../gateway/cli/policy-explain.ts';
import { runPolicyProve } from '../../gateway/cli/policy-prove.ts';

/** The commands as an information-governance officer runs them. */

const POLICIES = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'policies');
let folder = '';
const said: string[] = [];
const tell = (status: number) => (sentence: string) => {
  said.push(sentence);
  return status;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'commands-'));
  await cp(join(POLICIES, 'agreements'), join(folder, 'agreements'), { recursive: true });
  await cp(join(POLICIES, 'invariants'), join(folder, 'invariants'), { recursive: true });
  said.length = 0;
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('policy prove', () => {
  it('P4: ends with another status where a statement is false, and says who sees what', async () => {
    await writeFile(
      join(folder, 'invariants', 'wish.yaml'),
      'statements:\n  - id: no-number-for-the-worker\n    says: The worker is never given a number to ring.\n' +
        '    source: A wish\n    to: [dai.daiw]\n    fields: [hou.phone]\n    atMost: partial\n',
    );
    expect(await runPolicyProve([join(folder, 'agreements')], tell(0), tell(2))).toBe(1);
    const text = said.join('\n');
    expect(text.match(/^FAILS/gm)).toHaveLength(1);
    expect(text).toContain('Domestic abuse intervention worker (the council) sees all of it of Telephone and e-mail');
    expect(text).toContain('Not covered:\n- Whether a fact of the case is true');
  }, 240_000);

  it('P2: refuses statements that cannot be read, and a folder that there is not', async () => {
    await writeFile(join(folder, 'invariants', 'wish.yaml'), 'statements:\n  - id: half\n');
    said.length = 0;
    expect(await runPolicyProve([folder], tell(0), tell(2))).toBe(2);
    expect(said.join('\n')).toMatch(/wish\.yaml:2: /);
    expect(await runPolicyProve([join(folder, 'nowhere')], tell(0), tell(2))).toBe(2);
  });
});

describe('policy explain', () => {
  const request = {
    ...{ requestId: 'r1', at: '2027-01-15', owner: 'health', purpose: 'ENGAGE', fields: ['hea.phone'] },
    requester: { agency: 'council', role: 'dai.daiw' },
    caseFacts: { category: 'contact', marac: 'referred', healthConsent: 'withdrawn' },
  };
  const explained = async (reader: string, body: unknown = request): Promise<number> => {
    const path = join(folder, 'request.json');
    await writeFile(path, JSON.stringify(body));
    said.length = 0;
    return runPolicyExplain(['--in', path, '--for', reader], POLICIES, tell(0), tell(2));
  };

  it('P6: tells the asker nothing of what the officer reads', async () => {
    expect(await explained('ig')).toBe(0);
    expect(said.join()).toContain('engage-nothing-from-health-once-withdrawn');
    expect(await explained('asker')).toBe(0);
    expect(said.join()).not.toMatch(/withdrawn|consent|engage-/i);
  });

  it('refuses another reader, a request with a word that it does not know, and an agency that there is not', async () => {
    expect(await explained('everybody')).toBe(2);
    expect(await explained('ig', { ...request, hurry: true })).toBe(2);
    expect(await explained('ig', { ...request, requester: { agency: 'press', role: 'dai.daiw' } })).toBe(2);
  });
});
