import { sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { isoInstantSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';

/** The signed list of what is in a batch: without it no file of the batch is opened. */

/** Agency code and the day the batch is for, for example `XXX20261121`. */
export const BATCH_ID = /^([A-Z]{3})(\d{8})$/;

export const manifestSchema = z.strictObject({
  version: z.literal(1),
  /** Three letters by which the agency is registered for extracts, for example its force code. */
  agency: z.string().regex(/^[A-Z]{3}$/),
  batch: z.string().regex(BATCH_ID),
  /** Grows with every batch of the agency and is never used twice. */
  sequence: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  createdAt: isoInstantSchema,
  layout: z.string().min(1).max(60),
  files: z
    .array(
      z.strictObject({
        /** A bare file name: nothing that could climb out of the folder. */
        name: z.string().regex(/^[a-z][a-z0-9-]{0,39}\.csv$/),
        /** Rows under the header. */
        rows: z.number().int().min(0).max(100_000_000),
        bytes: z.number().int().min(0).max(Number.MAX_SAFE_INTEGER),
        /** Hexadecimal, of the file as it is. */
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1)
    .max(40),
});
export type Manifest = z.infer<typeof manifestSchema>;

/**
 * The bytes that are signed: the manifest as JSON without white space, keys in code-point order (RFC 8785; a manifest
 * holds only strings and whole numbers, for which JSON.stringify already writes the canonical form).
 */
export function canonicalManifest(manifest: Manifest): Buffer {
  const files = manifest.files.map(({ bytes, name, rows, sha256 }) => ({ bytes, name, rows, sha256 }));
  const { agency, batch, createdAt, layout, sequence, version } = manifest;
  return Buffer.from(JSON.stringify({ agency, batch, createdAt, files, layout, sequence, version }), 'utf8');
}

/** Ed25519, or ECDSA on P-256 with SHA-256 (ES256): the digest to use, or undefined for any other key. */
function digestFor(key: KeyObject): { readonly name: 'sha256' | null } | undefined {
  if (key.asymmetricKeyType === 'ed25519') return { name: null };
  if (key.asymmetricKeyType === 'ec' && key.asymmetricKeyDetails?.namedCurve === 'prime256v1')
    return { name: 'sha256' };
  return undefined;
}

/** Says whether a key can be registered for manifests. */
export function isManifestKey(key: KeyObject): boolean {
  return digestFor(key) !== undefined;
}

/** Signs a manifest with the agency's private key; gives the text of the `.manifest.sig` file (base64url). */
export function signManifest(manifest: Manifest, privateKey: KeyObject): string {
  const digest = digestFor(privateKey);
  if (digest === undefined) throw new Error('a manifest is signed with Ed25519 or P-256');
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' } as const;
  return sign(digest.name, canonicalManifest(manifest), key).toString('base64url');
}

export type ManifestFault = 'manifest-unreadable' | 'signature-wrong';

/** Reads a manifest and checks its detached signature with the registered public key. */
export function readManifest(text: string, signature: string, publicKey: KeyObject): Result<Manifest, ManifestFault> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return err('manifest-unreadable');
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) return err('manifest-unreadable');
  const digest = digestFor(publicKey);
  const bytes = signature.trim();
  if (digest === undefined || !/^[A-Za-z0-9_-]{86}$/.test(bytes)) return err('signature-wrong');
  const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const;
  const good = verify(digest.name, canonicalManifest(parsed.data), key, Buffer.from(bytes, 'base64url'));
  return good ? ok(parsed.data) : err('signature-wrong');
}
