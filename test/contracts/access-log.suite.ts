import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { verifyEntries } from '../../gateway/audit/leaves.ts';
import type { AccessLog, Receipt } from '../../gateway/ports/access-log.ts';
import { logEntryBodySchema, type LogEntryBody } from '../../schemas/entry.ts';
import type { Result } from '../../schemas/result.ts';
import { consulted, disclosed } from '../log-entries.ts';

/** What every access log must do, whatever keeps it. */

export interface LogUnderTest {
  readonly log: AccessLog;
  /** A second gateway on the same log. */
  another(): AccessLog;
  release(): Promise<void>;
}

function receiptOf(result: Result<Receipt, string>): Receipt {
  if (!result.ok) throw new Error(`not appended: ${result.error}`);
  return result.value;
}

async function everything(log: AccessLog) {
  const read = await log.read(0, 10_000);
  if (!read.ok) throw new Error('not readable');
  return read.value;
}

export function describeAccessLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`access log: ${name}`, () => {
    let under: LogUnderTest;
    beforeEach(async () => {
      under = await open();
    });
    afterEach(() => under.release());

    it('starts empty', async () => {
      expect(await under.log.head()).toEqual({ ok: true, value: undefined });
      expect(await everything(under.log)).toEqual([]);
    });

    it('P1: gives a receipt for an entry that is there, and no other', async () => {
      const receipt = receiptOf(await under.log.append(consulted(1)));
      const [entry, ...others] = await everything(under.log);
      expect(others).toEqual([]);
      expect(entry).toMatchObject({ position: receipt.position, entryHash: receipt.entryHash });
      expect(receipt.position).toBe(0);
      expect(JSON.parse(entry?.canonical ?? '')).toMatchObject({ body: consulted(1), recordedAt: receipt.at });
    });

    it('gives every one of many simultaneous callers a place of their own, without a gap', async () => {
      const receipts = await Promise.all(Array.from({ length: 700 }, (_, n) => under.log.append(disclosed(n))));
      const positions = receipts.map((result) => receiptOf(result).position).sort((a, b) => a - b);
      expect(positions).toEqual(Array.from({ length: 700 }, (_, n) => n));
      const entries = await everything(under.log);
      expect(verifyEntries(entries)).toMatchObject({ ok: true, value: { range: { size: 700 } } });
    });

    it('two gateways on one log stay contiguous', async () => {
      const second = under.another();
      const appends = Array.from({ length: 400 }, (_, n) => (n % 2 === 0 ? under.log : second).append(consulted(n)));
      const receipts = (await Promise.all(appends)).map(receiptOf);
      await second.close();
      const entries = await everything(under.log);
      expect(verifyEntries(entries)).toMatchObject({ ok: true, value: { range: { size: 400 } } });
      for (const receipt of receipts) expect(entries[receipt.position]?.entryHash).toBe(receipt.entryHash);
    });

    it('refuses a request id that was seen before, without an entry', async () => {
      const key = { clientId: 'riverton-council-cases', requestId: 'r-1' };
      receiptOf(await under.log.append(consulted(1), key));
      expect(await under.log.append(consulted(2), key)).toEqual({ ok: false, error: 'request-replayed' });
      expect(await everything(under.log)).toHaveLength(1);
      receiptOf(await under.log.append(consulted(3), { ...key, clientId: 'riverton-police-cases' }));
    });

    it('refuses a request id that was seen by another gateway', async () => {
      const second = under.another();
      const key = { clientId: 'riverton-council-cases', requestId: 'r-1' };
      receiptOf(await under.log.append(consulted(1), key));
      expect(await second.append(consulted(1), key)).toEqual({ ok: false, error: 'request-replayed' });
      await second.close();
    });

    it('lets exactly one of many simultaneous requests with one id through', async () => {
      const second = under.another();
      const key = { clientId: 'c', requestId: 'r' };
      const results = await Promise.all(
        Array.from({ length: 60 }, (_, n) => (n % 2 === 0 ? under.log : second).append(consulted(n), { ...key })),
      );
      await second.close();
      expect(results.filter((result) => result.ok)).toHaveLength(1);
      expect(new Set(results.flatMap((result) => (result.ok ? [] : [result.error])))).toEqual(
        new Set(['request-replayed']),
      );
      expect(await everything(under.log)).toHaveLength(1);
    });

    it.each([
      ['', 'r'],
      ['c', ''],
      ['c', 'r'.repeat(201)],
      ['c', 'nul\u0000'],
      ['c', 'lone \ud800'],
    ])('refuses the request key %j %j without harm to those who wait beside it', async (clientId, requestId) => {
      const [bad, good] = await Promise.all([
        under.log.append(consulted(1), { clientId, requestId }),
        under.log.append(consulted(2)),
      ]);
      expect(bad).toEqual({ ok: false, error: 'entry-invalid' });
      expect(receiptOf(good).position).toBe(0);
    });

    it('P8: refuses an entry that carries anything beyond its closed shape', async () => {
      const smuggled: LogEntryBody = { ...consulted(1), caseRef: '07700 900123' };
      expect(logEntryBodySchema.safeParse(smuggled).success).toBe(false);
      expect(await under.log.append(smuggled)).toEqual({ ok: false, error: 'entry-invalid' });
      expect(await everything(under.log)).toEqual([]);
    });

    it('keeps what the entry said when it was handed over, not what became of the object', async () => {
      const entry = { ...consulted(1) };
      const appending = under.log.append(entry);
      entry.at = '1999-01-01T00:00:00.000Z';
      receiptOf(await appending);
      expect((await everything(under.log))[0]?.canonical).toContain('2026-11-20T09:30:00.000Z');
    });

    it('reads in pages', async () => {
      await Promise.all(Array.from({ length: 5 }, (_, n) => under.log.append(consulted(n))));
      const page = await under.log.read(2, 2);
      expect(page.ok && page.value.map((entry) => entry.position)).toEqual([2, 3]);
      expect(await under.log.read(5, 10)).toEqual({ ok: true, value: [] });
    });

    it('takes nothing after it was closed, and closes twice', async () => {
      const second = under.another();
      const last = second.append(consulted(1));
      await second.close();
      await second.close();
      receiptOf(await last);
      expect(await second.append(consulted(2))).toEqual({ ok: false, error: 'log-unavailable' });
    });
  });
}
