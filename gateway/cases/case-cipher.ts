import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { BOX_FORMAT, KEY_BYTES, openBox, sealBox } from '../access/sealed-box.ts';
import type { CaseCipher, SealedCase, SealedCaseFile } from '../ports/case-register.ts';
import { caseSchema, type Case } from '../../schemas/case.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { listingOf } from './listing.ts';

/**
 * Seals cases for storage (P8): AES-256-GCM under a key of the case's own, which is wrapped by a master key. Each sealed
 * part is bound to its case, its column and its revision, so whoever can write to the database but has no key can
 * neither swap the protected contacts of two cases, nor move a part to another column, nor put yesterday's list of
 * protected contacts beside today's case. Putting back a whole older row is not noticed here; the access log shows it.
 */

export interface MasterKey {
  /** Stored beside what it wraps, for example `2026-1`. */
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

export interface CaseCipherOptions {
  /** Wraps whatever is sealed from now on. */
  readonly current: MasterKey;
  /** Still open what they wrapped, until each case was stored again. */
  readonly retired?: readonly MasterKey[];
  /** For tests; the operating system's by default. */
  readonly random?: (bytes: number) => Uint8Array;
}

type Column = 'key' | 'subject' | 'protected-contacts' | 'particulars';

/** Only to put the parts together: what is in them is checked of the whole case. */
const particularsSchema = z.record(z.string(), z.unknown());

/** Throws when a master key is not 32 bytes long: a gateway must not start with a weak one. */
export function createCaseCipher(options: CaseCipherOptions): CaseCipher {
  const { current, retired = [], random = randomBytes } = options;
  for (const { id, key } of [current, ...retired])
    if (key.length !== KEY_BYTES) throw new Error(`Master key ${id} is not ${KEY_BYTES} bytes long`);
  const keys = new Map([...retired, current].map(({ id, key }) => [id, key]));
  return {
    seal: (kase, revision) => sealCase(kase, revision, current, random),
    open: (sealed) => openCase(sealed, keys),
    workerDigests: (leadAgency, staffId) =>
      [current, ...retired].map(({ key }) => workerDigest(key, leadAgency, staffId)),
  };
}

/** Under a key of its own, made from the master key: a digest that can be read must tell nothing about what wraps. */
function workerDigest(masterKey: Uint8Array, leadAgency: string, staffId: string): string {
  const key = Buffer.from(hkdfSync('sha256', masterKey, '', 'holdfast case listing', KEY_BYTES));
  return createHmac('sha256', key)
    .update(JSON.stringify([leadAgency, staffId]))
    .digest('base64url');
}

function sealCase(
  kase: Case,
  revision: number,
  master: MasterKey,
  random: (bytes: number) => Uint8Array,
): SealedCaseFile {
  const worker =
    kase.allocatedTo === undefined ? undefined : workerDigest(master.key, kase.leadAgency, kase.allocatedTo);
  const { subject, protectedContacts, ...particulars } = kase;
  const key = random(KEY_BYTES);
  const bind = (column: Column) => binding(kase.caseRef, column, revision);
  const part = (column: Column, value: unknown) => seal(key, JSON.stringify(value), bind(column), random);
  return {
    caseRef: kase.caseRef,
    agencies: kase.agencies,
    revision,
    masterKeyId: master.id,
    wrappedKey: seal(master.key, key, bind('key'), random),
    subject: part('subject', subject),
    protectedContacts: part('protected-contacts', protectedContacts),
    particulars: part('particulars', particulars),
    listing: listingOf(kase, worker),
  };
}

function openCase(sealed: SealedCase, keys: ReadonlyMap<string, Uint8Array>): Result<Case, 'case-unreadable'> {
  const master = keys.get(sealed.masterKeyId);
  if (master === undefined) return err('case-unreadable');
  try {
    const bind = (column: Column) => binding(sealed.caseRef, column, sealed.revision);
    const key = open(master, sealed.wrappedKey, bind('key'));
    const part = (column: Column, box: Uint8Array): unknown =>
      JSON.parse(open(key, box, bind(column)).toString('utf8'));
    const kase = caseSchema.parse({
      ...particularsSchema.parse(part('particulars', sealed.particulars)),
      subject: part('subject', sealed.subject),
      protectedContacts: part('protected-contacts', sealed.protectedContacts),
    });
    return agrees(kase, sealed) ? ok(kase) : err('case-unreadable');
  } catch {
    // A tag that does not fit, a shape that is not ours: damaged or tampered with. Why, would help an attacker only.
    return err('case-unreadable');
  }
}

/** What changes of a stored case when its master key is replaced. */
export interface RewrappedCase extends Pick<SealedCase, 'masterKeyId' | 'wrappedKey'> {
  /** The listing's digest of its worker, under the master key in use. */
  readonly worker?: string;
}

/**
 * The case's key wrapped by the master key in use; its sealed parts stay as they are. Undefined where the case cannot
 * be opened: nothing is written over what somebody may still be able to read.
 */
export function rewrapCase(
  sealed: SealedCase,
  { current, retired = [], random = randomBytes }: CaseCipherOptions,
): RewrappedCase | undefined {
  const keys = new Map([...retired, current].map(({ id, key }) => [id, key]));
  const kase = openCase(sealed, keys);
  const master = keys.get(sealed.masterKeyId);
  if (!kase.ok || master === undefined) return undefined;
  const bound = binding(sealed.caseRef, 'key', sealed.revision);
  const { leadAgency, allocatedTo } = kase.value;
  return {
    masterKeyId: current.id,
    wrappedKey: seal(current.key, open(master, sealed.wrappedKey, bound), bound, random),
    ...(allocatedTo === undefined ? {} : { worker: workerDigest(current.key, leadAgency, allocatedTo) }),
  };
}

/** The columns that can be read, and written, without a key must say what the sealed ones say. */
function agrees(kase: Case, sealed: SealedCase): boolean {
  return kase.caseRef === sealed.caseRef && JSON.stringify(kase.agencies) === JSON.stringify(sealed.agencies);
}

const binding = (caseRef: string, column: Column, revision: number) =>
  Buffer.from(JSON.stringify(['holdfast case', BOX_FORMAT, caseRef, column, revision]), 'utf8');

function seal(
  key: Uint8Array,
  plain: string | Uint8Array,
  bound: Uint8Array,
  random: (bytes: number) => Uint8Array,
): Uint8Array {
  return sealBox(key, typeof plain === 'string' ? Buffer.from(plain, 'utf8') : plain, bound, random);
}

/** Throws where anything does not fit. */
function open(key: Uint8Array, box: Uint8Array, bound: Uint8Array): Buffer {
  const plain = openBox(key, box, bound);
  if (plain === undefined) throw new Error('not sealed by us');
  return plain;
}
