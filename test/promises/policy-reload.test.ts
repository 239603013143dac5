import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { WORKERS } from '../population/cast-cases.ts';
import type { LoggedEntry } from '../../schemas/log.ts';
import { answerOf, openStage, ROOT, type Stage } from '../journeys/stage.ts';

/** Agreements loaded anew while questions are being answered, by a gateway that really runs. */

let folder: string;
let stage: Stage;

async function edit(name: string, from: string, to: string): Promise<void> {
  const path = join(folder, name);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${name} has no "${from}"`);
  await writeFile(path, text.replace(from, to));
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-policies-'));
  await cp(join(ROOT, 'policies', 'agreements'), folder, { recursive: true });
  stage = await openStage({ gateway: { readPolicies: () => readPoliciesFolder(folder) } });
}, 60_000);

afterAll(async () => {
  await stage.close();
  await rm(folder, { recursive: true, force: true });
});

const ready = async (): Promise<unknown> =>
  (await fetch(`http://127.0.0.1:${stage.partnership.gateway.operationsPort}/ready`)).json();

/** The version under which an entry was written, for entries of questions. */
const versionOf = ({ body }: LoggedEntry): string | undefined =>
  body.kind === 'question-consulted' || body.kind === 'question-disclosed' ? body.policyVersion : undefined;

describe('P2: agreements are loaded anew under load', () => {
  it('a broken bundle changes nothing, a good one takes over between two questions, and none sees both', async () => {
    const { gateway, bundle } = stage.partnership;
    const before = bundle.version;
    const versions: string[] = [];
    // A busy machine may be late with its registers; it then refuses, discloses nothing, and is asked again.
    const ask = async (): Promise<void> => {
      for (let reply = await stage.contact(1, WORKERS.amara); ; reply = await stage.contact(1, WORKERS.amara)) {
        if (reply.status === 503) continue;
        versions.push(answerOf(reply).disclosure.policyVersion);
        return;
      }
    };
    let stopped = false;
    const asking = Array.from({ length: 3 }, async () => {
      while (!stopped) await ask();
    });

    await edit('engage.yaml', 'level: full', 'level: fulll');
    await edit('roles.yaml', 'label: Control room', 'name: Control room');
    expect(await gateway.reloadPolicies()).toEqual({ ok: false, error: 'bundle-refused' });
    expect(await ready()).toEqual({ status: 'ready', attention: ['policy-refused'] });
    expect(await stage.metrics()).toContain('holdfast_policy_refused 1');
    await ask();
    expect(new Set(versions)).toEqual(new Set([before]));

    await edit('engage.yaml', 'level: fulll', 'level: full');
    await edit('roles.yaml', 'name: Control room', 'label: Control room');
    await edit('engage.yaml', 'retainMonths: 12', 'retainMonths: 6');
    expect(await gateway.reloadPolicies()).toEqual({ ok: true, value: 'loaded' });
    await ask();
    stopped = true;
    await Promise.all(asking);
    const after = versions.at(-1);
    expect(after).not.toBe(before);
    expect(new Set(versions)).toEqual(new Set([before, after]));
    expect(await ready()).toEqual({ status: 'ready' });

    const entries = await stage.entries();
    const byQuestion = new Map<string, Set<string>>();
    for (const { body } of entries) {
      if (body.kind !== 'question-consulted' && body.kind !== 'question-disclosed') continue;
      const seen = byQuestion.get(body.questionId) ?? new Set();
      byQuestion.set(body.questionId, seen.add(body.policyVersion));
    }
    expect(byQuestion.size).toBeGreaterThanOrEqual(versions.length);
    for (const seen of byQuestion.values()) expect(seen.size).toBe(1);
    const loaded = entries.findIndex(({ body }) => body.kind === 'policy-loaded' && body.policyVersion === after);
    const first = entries.findIndex((entry) => versionOf(entry) === after);
    expect(loaded).toBeGreaterThan(0);
    expect(first).toBeGreaterThan(loaded);
    expect(entries.filter(({ body }) => body.kind === 'policy-refused')).toHaveLength(1);
  }, 60_000);
});
