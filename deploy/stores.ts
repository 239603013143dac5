import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { followAccessRegister } from '../adapters/postgres/access-register.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { createPostgresEntryIndex } from '../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../adapters/postgres/review-reasons.ts';
import { createPostgresReviewRegister } from '../adapters/postgres/review-register.ts';
import { createPostgresStaffRegister } from '../adapters/postgres/staff-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import type { AccessLog } from '../gateway/ports/access-log.ts';
import type { AccessRegister } from '../gateway/ports/access-register.ts';
import type { AgencySource } from '../gateway/ports/agency-source.ts';
import type { CaseWorkRegister } from '../gateway/ports/case-register.ts';
import type { EntryIndex } from '../gateway/ports/entry-index.ts';
import type { ReasonStore } from '../gateway/ports/reason-store.ts';
import type { ReviewRegister } from '../gateway/ports/review-register.ts';
import type { StaffRegister } from '../gateway/ports/staff-register.ts';
import type { GatewayOptions } from './gateway.ts';
import { masterKeysOf } from './keys-folder.ts';
import { makeTransparency, type Transparency, type TransparencyOptions } from './transparency.ts';

type StoreOptions = Pick<
  GatewayOptions,
  'databaseUrl' | 'publicUrl' | 'keys' | 'logOrigin' | 'logToken' | 'witnesses' | 'say'
>;

/** Everything that the gateway keeps in its database. */
export interface Stores {
  readonly log: AccessLog;
  readonly transparency: Transparency;
  readonly reasons: ReasonStore;
  readonly index: EntryIndex;
  readonly staff: StaffRegister;
  readonly reviews: ReviewRegister;
  readonly register: AccessRegister;
  readonly cases: CaseWorkRegister;
}

/** Opens all of them; nothing is written yet. */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const { databaseUrl: url, keys } = options;
  const cipher = createCaseCipher(masterKeysOf(keys));
  return {
    log: createPostgresAccessLog({ url, leaves: entryLeaves }),
    transparency: makeTransparency(transparencyOptions(options)),
    register: await followAccessRegister({ url }),
    cases: createPostgresCaseRegister({ url, cipher }),
    reasons: createPostgresReasonStore({ url }),
    index: createPostgresEntryIndex({ url }),
    staff: createPostgresStaffRegister({ url }),
    reviews: createPostgresReviewRegister({ url }),
  };
}

function transparencyOptions(options: StoreOptions): TransparencyOptions {
  const { databaseUrl, publicUrl, keys, logOrigin, logToken, witnesses, say } = options;
  return {
    ...{ databaseUrl, say, keyPem: keys.logKeyPem, retired: keys.retired?.logKeys ?? [] },
    // C2SP tlog-tiles: a log's origin should be the address of its tiles, without the scheme.
    origin: logOrigin ?? `${publicUrl.replace(/^https:\/\//, '')}/log`,
    ...(logToken === undefined ? {} : { token: logToken }),
    ...(witnesses === undefined ? {} : { witnesses: witnesses.connect }),
  };
}

/** Closes the sources first, and the log last: whoever still writes, writes to the log. */
export async function closeStores(stores: Stores, sources: readonly AgencySource[]): Promise<void> {
  await Promise.all([...sources.map((source) => source.close()), stores.register.close(), stores.cases.close()]);
  await Promise.all([stores.reasons.close(), stores.index.close(), stores.transparency.close()]);
  await Promise.all([stores.staff.close(), stores.reviews.close()]);
  await stores.log.close();
}
