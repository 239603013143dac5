import type { KeyObject } from 'node:crypto';
import { err, ok, type Result } from '../../schemas/result.ts';
import { isCalendarDate } from './cells.ts';
import { filesOf, type ExtractLayout } from './layout.ts';
import type { BatchFault } from './limits.ts';
import { BATCH_ID, readManifest, type Manifest } from './manifest.ts';

/** What the partnership has agreed with one agency about its extract. */
export interface Registration {
  /** Three letters, the prefix of every batch id. */
  readonly agencyCode: string;
  /** Public key that signs the manifests: Ed25519 or P-256. */
  readonly publicKey: KeyObject;
  readonly layout: ExtractLayout;
  /** Hours after which an extract no longer answers, counted from its creation. */
  readonly maxAgeHours: number;
}

/** What is already loaded, so that a batch can be held against it. */
export interface LoadedBatch {
  readonly sequence: number;
  readonly people: number;
}

/** A clock of the agency may run ahead by this much; more, and a batch would stay fresh for longer than agreed. */
const CLOCK_SKEW_MS = 10 * 60_000;

/**
 * Checks a manifest before any of its files is opened: signature, whose it is, order and completeness. Pure; `now` is
 * in milliseconds since 1970.
 */
export function checkManifest(
  text: string,
  signature: string,
  registration: Registration,
  loaded: LoadedBatch | undefined,
  now: number,
): Result<Manifest, BatchFault> {
  const read = readManifest(text, signature, registration.publicKey);
  if (!read.ok) return read;
  const manifest = read.value;
  if (manifest.agency !== registration.agencyCode) return err('wrong-agency');
  if (manifest.layout !== registration.layout.id) return err('wrong-layout');
  if (!isBatchIdOf(manifest.batch, registration.agencyCode)) return err('wrong-batch-id');
  if (Date.parse(manifest.createdAt) > now + CLOCK_SKEW_MS) return err('from-the-future');
  // An older batch, replayed or delayed, would bring back numbers and sharing that were since taken away.
  if (loaded !== undefined && manifest.sequence <= loaded.sequence) return err('out-of-order');
  const agreed = filesOf(registration.layout).map(({ name }) => `${name}.csv`);
  const listed = manifest.files.map(({ name }) => name);
  if (agreed.length !== listed.length || agreed.some((name) => !listed.includes(name))) {
    return err('files-not-as-agreed');
  }
  return ok(manifest);
}

/** Says whether a batch id has the agency's code and a date that exists, for example `XXX20261121`. */
export function isBatchIdOf(batch: string, agencyCode: string): boolean {
  const [, code, day] = BATCH_ID.exec(batch) ?? [];
  if (code !== agencyCode || day === undefined) return false;
  return isCalendarDate(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`);
}

/** Says whether an extract is older than agreed. */
export function isStale(createdAt: string, maxAgeHours: number, now: number): boolean {
  return now - Date.parse(createdAt) > maxAgeHours * 3_600_000;
}
