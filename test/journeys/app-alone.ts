import { randomUUID } from 'node:crypto';
import { saysNothing } from '../../gateway/operations/messages.ts';
import { join } from 'node:path';
import type { Express } from 'express';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { createApp, type AppDeps } from '../../gateway/app.ts';
import { makeRoom } from '../../gateway/api/room.ts';
import { ASK_LIMITS } from '../../gateway/disclosure/ask.ts';
import { makeMetrics } from '../../gateway/operations/metrics.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryCaseRegister } from '../memory-case-register.ts';
import { createMemoryEntryIndex } from '../memory-entry-index.ts';
import { memoryReasons } from '../memory-reason-store.ts';
import { ROOT } from './stage.ts';
import { makeRecordMark } from '../../gateway/disclosure/record-mark.ts';

/** The app with nothing behind it: no database, no agency, nobody registered. */
export async function appAlone(change: Partial<AppDeps> = {}): Promise<Express> {
  const bundle = await readPoliciesFolder(join(ROOT, 'policies', 'agreements'));
  if (!bundle.ok) throw new Error(bundle.error.join('\n'));
  const nothing = (): Promise<never> => Promise.reject(new Error('nobody asks here'));
  return createApp({
    version: '0.0.0',
    say: () => undefined,
    metrics: makeMetrics({ processMetrics: false }),
    room: makeRoom(),
    signer: { keyId: 'none', sign: nothing },
    answerKeys: [],
    register: () => ({ agencies: new Map(), certificates: new Map(), clients: new Map(), revision: 0, stale: true }),
    tree: {
      size: () => Promise.resolve({ ok: true, value: 0 }),
      tiles: nothing,
      newestCheckpoint: () => Promise.resolve({ ok: true, value: undefined }),
      checkpointFrom: () => Promise.resolve({ ok: true, value: undefined }),
    },
    readToken: () => ({ ok: false, error: 'token-invalid' }),
    cases: createMemoryCaseRegister(),
    authorization: nothing,
    review: {
      log: createMemoryAccessLog(),
      index: createMemoryEntryIndex(),
      reasons: memoryReasons(),
      staffNamed: nothing,
      now: () => new Date(),
    },
    reviews: {
      log: createMemoryAccessLog(),
      register: { find: nothing, list: nothing, ofStaff: nothing, underWay: nothing, ...laidNowhere(nothing) },
      reasons: memoryReasons(),
      teamOf: nothing,
      now: () => new Date(),
      newId: randomUUID,
    },
    disclosure: {
      bundle: bundle.value,
      cases: {
        find: nothing,
        put: nothing,
        blockedAmong: () => Promise.resolve({ ok: true, value: new Set() }),
        close: () => Promise.resolve(),
      },
      log: createMemoryAccessLog(),
      sources: [],
      askLimits: ASK_LIMITS,
      seal: () => undefined,
      markOf: makeRecordMark(new Uint8Array(32)),
      pseudonymOf: () => '',
      reasons: memoryReasons(),
      say: saysNothing,
      newId: randomUUID,
      now: () => new Date(),
      wait: () => Promise.resolve(),
    },
    ...change,
  });
}

const laidNowhere = (nothing: () => Promise<never>) => ({
  ...{ lay: nothing, begin: nothing, settle: nothing, forget: nothing, close: () => Promise.resolve() },
});
