import type { CaseCipher, CaseRegister } from '../../gateway/ports/case-register.ts';
import { caseSchema } from '../../schemas/case.ts';
import { err, ok } from '../../schemas/result.ts';
import { createPool } from './pool.ts';
import { findCase } from './statements/find-case.ts';
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

/** The case register in PostgreSQL. Nothing personal reaches the database unsealed. */
export function createPostgresCaseRegister(options: PostgresCaseRegisterOptions): CaseRegister {
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
      try {
        const sealed = await findCase(pool, caseRef, agency);
        if (sealed === undefined) return err('not-found');
        return sealed === 'unreadable' ? err('case-unreadable') : cipher.open(sealed);
      } catch {
        return err('register-unavailable');
      }
    },
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
    close: () => (closing ??= pool.end()),
  };
}
