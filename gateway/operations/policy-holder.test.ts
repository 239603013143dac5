import { describe, expect, it } from '@jest/globals';
import { createPolicyHolder, type PolicyHolderDeps } from './policy-holder.ts';
import { makeMetrics } from './metrics.ts';
import type { Message } from './messages.ts';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createMemoryAccessLog } from '../../test/memory-access-log.ts';
import { mustLoad, shippedFiles } from '../../test/promises/policy-shipped.ts';

const first = mustLoad(shippedFiles());
const stricter = mustLoad(
  shippedFiles().map((file) =>
    file.path === 'engage.yaml' ? { ...file, text: file.text.replace('retainMonths: 12', 'retainMonths: 6') } : file,
  ),
);

function held(read: () => Promise<Result<PolicyBundle, readonly string[]>>) {
  const log = createMemoryAccessLog();
  const said: Message[] = [];
  const metrics = makeMetrics({ processMetrics: false });
  const now = () => new Date('2027-01-15T10:00:00.000Z');
  const deps: PolicyHolderDeps = { first, read, log, metrics, now, say: (_level, message) => void said.push(message) };
  return { holder: createPolicyHolder(deps), log, said, metrics };
}

describe('P2: a running gateway keeps the last good agreements', () => {
  it('takes a good bundle, and the log has it before anybody can be answered by it', async () => {
    const { holder, log, said, metrics } = held(() => Promise.resolve(ok(stricter)));
    expect(holder.current().version).toBe(first.version);
    expect(await holder.reload()).toEqual(ok('loaded'));
    expect(holder.current().version).toBe(stricter.version);
    expect(log.bodies()).toMatchObject([{ kind: 'policy-loaded', policyVersion: stricter.version }]);
    expect(said).toEqual([{ message: 'policy-loaded', outcome: 'loaded', policyVersion: stricter.version }]);
    expect(await metrics.text()).toContain(`holdfast_policy_info{version="${stricter.version}"} 1`);
    expect(await metrics.text()).not.toContain(first.version);
  });

  it('keeps what is in force when the new bundle has problems, says so everywhere, and takes it back when they are mended', async () => {
    let next: Result<PolicyBundle, readonly string[]> = err(['engage.yaml:3: one.', 'roles.yaml:4: two.']);
    const { holder, log, said, metrics } = held(() => Promise.resolve(next));
    expect(await holder.reload()).toEqual(err('bundle-refused'));
    expect([holder.current().version, holder.refused()]).toEqual([first.version, true]);
    expect(log.bodies()).toMatchObject([{ kind: 'policy-refused', policyVersion: first.version, problems: 2 }]);
    expect(said).toEqual([
      { message: 'policy-refused', code: 'bundle-refused', problems: 2, policyVersion: first.version },
    ]);
    expect(await metrics.text()).toContain('holdfast_policy_refused 1');
    next = ok(first);
    expect(await holder.reload()).toEqual(ok('unchanged'));
    expect(holder.refused()).toBe(false);
    expect(log.bodies()).toHaveLength(1);
    expect(await metrics.text()).toContain('holdfast_policy_refused 0');
  });

  it('keeps it when reading throws', async () => {
    const { holder } = held(() => Promise.reject(new Error('the disk is gone')));
    expect(await holder.reload()).toEqual(err('bundle-unreadable'));
    expect(holder.current().version).toBe(first.version);
  });

  it('P1: keeps it when the log cannot record the change', async () => {
    const { holder, log } = held(() => Promise.resolve(ok(stricter)));
    log.failWith('log-unavailable');
    expect(await holder.reload()).toEqual(err('log-unavailable'));
    expect([holder.current().version, holder.refused()]).toEqual([first.version, true]);
    log.failWith(undefined);
    expect(await holder.reload()).toEqual(ok('loaded'));
  });

  it('reads one after the other when told twice at once, and ends with what was read last', async () => {
    const order: string[] = [];
    const answers: Result<PolicyBundle, readonly string[]>[] = [ok(stricter), err(['broken.']), ok(first)];
    const { holder, log } = held(async () => {
      const answer = answers.shift() ?? err(['none left']);
      order.push('begins');
      await new Promise((resolve) => setImmediate(resolve));
      order.push('ends');
      return answer;
    });
    const outcomes = await Promise.all([holder.reload(), holder.reload(), holder.reload()]);
    expect(outcomes).toEqual([ok('loaded'), err('bundle-refused'), ok('loaded')]);
    expect(order).toEqual(['begins', 'ends', 'begins', 'ends', 'begins', 'ends']);
    expect(holder.current().version).toBe(first.version);
    expect(log.bodies().map(({ kind }) => kind)).toEqual(['policy-loaded', 'policy-refused', 'policy-loaded']);
  });
});
