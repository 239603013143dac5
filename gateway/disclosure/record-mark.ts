import { createHmac, createSecretKey } from 'node:crypto';
import type { AgencyId, CaseRef } from '../../schemas/names.ts';

/** What a source's record is called in one case, so that a judgement on it still holds at the next question. */
export type RecordMark = (caseRef: CaseRef, agency: AgencyId, recordId: string) => string;

/**
 * Makes the function that names records. Sources' own references are personal data (a CRN, an NHS number), so neither
 * the answer nor the register holds one: HMAC-SHA-256 (RFC 2104) under a key that is not in the database. The case is
 * inside, so that two cases in which one record came back cannot be put together by it.
 *
 * Changing how a key is derived orphans every judgement, so its vectors are pinned in a test.
 *
 * @param key at least 32 random bytes; a shorter one is a bug of the caller and throws
 * @returns 43 characters of base64url
 */
export function makeRecordMark(key: Uint8Array): RecordMark {
  if (key.byteLength < SHORTEST_KEY) throw new RangeError('a key for marks has at least 32 bytes');
  const secret = createSecretKey(key);
  return (caseRef, agency, recordId) =>
    createHmac('sha256', secret).update(`holdfast record 1\n${caseRef}\n${agency}\n${recordId}`).digest('base64url');
}

const SHORTEST_KEY = 32;
