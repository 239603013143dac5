import type { Pool } from 'pg';
import type {
  CaseCipher,
  CaseFile,
  CaseList,
  CaseListQuery,
  CaseWorkRegister,
  FindCaseFault,
  SharedCasesQuery,
} from '../../gateway/ports/case-register.ts';
import { caseSchema } from '../../schemas/case.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { blockedAmong } from './statements/blocked-among.ts';
import { fillBlocked } from './statements/fill-blocked.ts';
import { findCase } from './statements/find-case.ts';
import { listCases, type SealedList } from './statements/list-cases.ts';
import { listSharedCases } from './statements/list-cases-of-agency.ts';
import { measureGaps } from './statements/measure-gaps.ts';
import { putCase, storedRevision } from './statements/put-case.ts';

export interface PostgresCaseRegisterOptions {
  /** Connection address of the gateway's login. */
  readonly url: string;
  /** `createCaseCipher` of gateway/cases/case-cipher.ts, with the master key. */
  readonly cipher: CaseCipher;
  /** Connections at most; 8 when not given. */
  readonly max?: number;
}

const PUT_ATTEMPTS = 5;
const LIST_MAX = 200;

/** The case register in PostgreSQL. Nothing personal reaches the database unsealed. */
export function createPostgresCaseRegister(options: PostgresCaseRegisterOptions): CaseWorkRegister {
  const { cipher } = options;
  const pool = createPool({
    url: options.url,
    max: options.max ?? 8,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 2_000,
    name: 'holdfast cases',
  });
  let closing: Promise<void> | undefined;
  const whenFilled = onceDone(() => fillBlocked(pool, cipher));
  return {
    async find(caseRef, agency) {
      const found = await openCase(pool, cipher, caseRef, agency);
      return found.ok ? ok(found.value.kase) : found;
    },
    open: (caseRef, agency) => openCase(pool, cipher, caseRef, agency),
    async put(kase) {
      // What could not be read again must not be stored; a case of another shape is a bug in the caller.
      const checked = caseSchema.parse(kase);
      try {
        for (let attempt = 0; attempt < PUT_ATTEMPTS; attempt += 1) {
          const revision = (await storedRevision(pool, checked.caseRef)) + 1;
          if (await putCase(pool, cipher.seal(checked, revision))) return ok(undefined);
        }
        return err('register-unavailable');
      } catch {
        return err('register-unavailable');
      }
    },
    async replace(kase, revision) {
      const sealed = cipher.seal(caseSchema.parse(kase), revision + 1);
      const stored = await available(() => putCase(pool, sealed));
      if (!stored.ok) return stored;
      return stored.value ? ok(revision + 1) : err('changed-meanwhile');
    },
    blockedAmong: (digests) =>
      digests.length === 0
        ? Promise.resolve(ok(new Set()))
        : available(async () => {
            await whenFilled();
            return blockedAmong(pool, digests);
          }),
    list: (query) => available(() => openList(pool, cipher, query)),
    listShared: (query) => available(() => openShared(pool, cipher, query)),
    measureGaps: (leadAgency, openedSince) => available(() => measureGaps(pool, leadAgency, openedSince)),
    close: () => (closing ??= pool.end()),
  };
}

async function openCase(
  pool: Pool,
  cipher: CaseCipher,
  caseRef: string,
  agency: string,
): Promise<Result<CaseFile, FindCaseFault>> {
  const found = await available(() => findCase(pool, caseRef, agency));
  if (!found.ok) return found;
  if (found.value === undefined) return err('not-found');
  if (found.value === 'unreadable') return err('case-unreadable');
  const kase = cipher.open(found.value);
  return kase.ok ? ok({ kase: kase.value, revision: found.value.revision }) : kase;
}

/** What the listing says is checked against the sealed case: an altered digest puts no man on another worker's list. */
async function openList(pool: Pool, cipher: CaseCipher, query: CaseListQuery): Promise<CaseList> {
  const { leadAgency, wanted } = query;
  const workers = wanted.of === 'worker' ? cipher.workerDigests(leadAgency, wanted.staffId) : [];
  const limit = Math.min(Math.max(1, Math.trunc(query.limit)), LIST_MAX);
  const { sealed, unreadable, next } = await listCases(pool, { ...query, limit }, workers);
  const { files, damaged } = openAll(cipher, sealed, (kase) => belongs(kase, query));
  return { files, unreadable: [...unreadable, ...damaged], ...(next === undefined ? {} : { next }) };
}

/** Whose agencies are altered cannot be opened, so nobody is put on a case by writing to the table. */
async function openShared(pool: Pool, cipher: CaseCipher, query: SharedCasesQuery): Promise<CaseList> {
  const limit = Math.min(Math.max(1, Math.trunc(query.limit)), LIST_MAX);
  const { sealed, unreadable, next } = await listSharedCases(pool, { ...query, limit });
  const { files, damaged } = openAll(cipher, sealed, ({ agencies }) => agencies.includes(query.agency));
  return { files, unreadable: [...unreadable, ...damaged], ...(next === undefined ? {} : { next }) };
}

function openAll(cipher: CaseCipher, sealed: SealedList['sealed'], isWanted: (kase: CaseFile['kase']) => boolean) {
  const opened = sealed.map((each) => ({ each, kase: cipher.open(each) }));
  const files = opened.flatMap(({ each, kase }) =>
    kase.ok && isWanted(kase.value) ? [{ kase: kase.value, revision: each.revision }] : [],
  );
  return { files, damaged: opened.flatMap(({ each, kase }) => (kase.ok ? [] : [each.caseRef])) };
}

function belongs({ leadAgency, allocatedTo, category }: CaseFile['kase'], query: CaseListQuery): boolean {
  const isClosed = category === 'closed';
  if (leadAgency !== query.leadAgency || isClosed !== (query.wanted.of === 'closed')) return false;
  return query.wanted.of !== 'worker' || allocatedTo === query.wanted.staffId;
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'register-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('register-unavailable');
  }
}

/** Does it once; after a failure the next caller tries again. */
function onceDone(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work().catch((error: unknown) => {
      done = undefined;
      throw error;
    });
    return done;
  };
}
