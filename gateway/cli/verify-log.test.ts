import { describe, expect, it } from '@jest/globals';
import { consulted } from '../../test/log-entries.ts';
import { createMemoryAccessLog } from '../../test/memory-access-log.ts';
import type { AccessLog, StoredEntry } from '../ports/access-log.ts';
import { sayVerifyFault } from './verify-log-sentences.ts';
import { verifyAndRecord, verifyLog } from './verify-log.ts';

async function filled(entries: number): Promise<AccessLog> {
  const log = createMemoryAccessLog();
  for (let n = 0; n < entries; n += 1) await log.append(consulted(n));
  return log;
}

/** A log whose operator changes what is read. */
const lying = (
  log: AccessLog,
  lie: (entries: readonly StoredEntry[]) => readonly StoredEntry[],
): Pick<AccessLog, 'read'> => ({
  read: async (from, limit) => {
    const page = await log.read(0, 10_000);
    return page.ok ? { ok: true, value: lie(page.value).slice(from, from + limit) } : page;
  },
});

describe('P10: the log is verified whole, page by page', () => {
  it('holds over more than one page and gives its head', async () => {
    const log = await filled(1_203);
    expect(await verifyLog(log)).toMatchObject({ ok: true, value: { entries: 1_203, head: { size: 1_203 } } });
  });

  it('an empty log holds', async () => {
    expect(await verifyLog(await filled(0))).toMatchObject({ ok: true, value: { entries: 0, head: { size: 0 } } });
  });

  const frauds: [string, (entries: readonly StoredEntry[]) => readonly StoredEntry[]][] = [
    ['a deleted entry', (all) => all.filter(({ position }) => position !== 3)],
    [
      'a changed byte',
      (all) =>
        all.map((each) =>
          each.position === 3 ? { ...each, canonical: each.canonical.replace('"v":1', '"v":2') } : each,
        ),
    ],
    [
      'two entries in each other’s place',
      (all) => [...all.slice(0, 3), ...all.slice(4, 5), ...all.slice(3, 4), ...all.slice(5)],
    ],
    ['an entry twice', (all) => [...all.slice(0, 4), ...all.slice(3)]],
  ];
  it.each(frauds)('finds %s', async (_name, lie) => {
    expect((await verifyLog(lying(await filled(8), lie))).ok).toBe(false);
  });

  it('finds a cut tail and a forked log by a head that was noted down elsewhere', async () => {
    const log = await filled(8);
    const verified = await verifyLog(log);
    if (!verified.ok) throw new Error('does not hold');
    const { head } = verified.value;
    expect(await verifyLog(log, head)).toMatchObject({ ok: true });
    expect(
      await verifyLog(
        lying(log, (all) => all.slice(0, 5)),
        head,
      ),
    ).toMatchObject({ error: { code: 'truncated' } });
    expect(await verifyLog(log, { ...head, root: 'A'.repeat(43) })).toMatchObject({
      error: { code: 'root-differs' },
    });
  });
});

describe('P10: that a log was verified is itself an entry', () => {
  it('with what was found, whether it holds or not', async () => {
    const log = createMemoryAccessLog();
    for (let n = 0; n < 8; n += 1) await log.append(consulted(n));
    expect((await verifyAndRecord(log, undefined, new Date(0))).ok).toBe(true);
    const cut = { ...lying(log, (all) => all.toSpliced(3, 1)), append: log.append.bind(log) };
    const found = await verifyAndRecord(cut, undefined, new Date(0));
    if (found.ok) throw new Error('a deleted entry was not missed');
    expect(sayVerifyFault(found.error)).toMatch(/^Entry 3 is not the one that belongs there.+Stop the gateways/);
    expect(log.bodies().slice(8)).toMatchObject([
      { kind: 'log-verified', actor: 'operator', entries: 8, holds: true },
      { kind: 'log-verified', entries: 3, holds: false, code: 'out-of-place', position: 3 },
    ]);
  });
});
