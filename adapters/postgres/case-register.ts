import type { Pool } from 'pg';
import type {
  CaseCipher,
  CaseFile,
  CaseList,
  CaseListQuery,
  CaseWorkRegister,
  FindCaseFault,
} from '../../gateway/ports/case-register.ts';
import { caseSchema } from '../../schemas/case.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createPool } from './pool.ts';
import { findCase } from './statements/find-case.ts';
import { listCases } from './statements/list-cases.ts';
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
    connectWithinMs: 1_000,
    statementWithinMs: 2_000,
    name: 'holdfast cases',
  });
  let closing: Promise<void> | undefined;
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
    list: (query) => available(() => openList(pool, cipher, query)),
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
  const opened = sealed.map((each) => ({ each, kase: cipher.open(each) }));
  const files = opened.flatMap(({ each, kase }) =>
    kase.ok && belongs(kase.value, query) ? [{ kase: kase.value, revision: each.revision }] : [],
  );
  const damaged = opened.flatMap(({ each, kase }) => (kase.ok ? [] : [each.caseRef]));
  return { files, unreadable: [...unreadable, ...damaged], ...(next === undefined ? {} : { next }) };
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
