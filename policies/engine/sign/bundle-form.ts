import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalize } from '../canonical-json.ts';
import { signerIdSchema } from './signers.ts';
import { err, ok, type Result } from '../../../schemas/result.ts';

/**
 * A bundle as it is signed: the texts of its files as people read them, byte for byte, the version of what they say, the
 * bundle before it, and who wrote it. One JSON document in canonical form (RFC 8785), so there is one text to sign.
 */

const hexDigestSchema = z.string().regex(/^[0-9a-f]{64}$/);
const fileNameSchema = z.string().regex(/^[a-z0-9][a-z0-9._-]{0,79}\.yaml$/);

const textsSchema = z.record(fileNameSchema, z.string().max(256 * 1024));

/** What a folder holds that is signed: the texts of its files by their names. */
export interface FolderTexts {
  readonly files: Readonly<Record<string, string>>;
  readonly invariants: Readonly<Record<string, string>>;
}

export const bundleStatementSchema = z.strictObject({
  form: z.literal('holdfast-policy-bundle/1'),
  /** 1 for the first, and one more for each after it. */
  number: z.number().int().min(1).max(1_000_000),
  /** Digest of the statement before; null for the first. */
  previous: hexDigestSchema.nullable(),
  /**
   * A rollback order: digest of the earlier statement whose files are brought back. Without it, files of an earlier
   * bundle are refused.
   */
  restores: hexDigestSchema.nullable(),
  /** What the files say, as `versionOf` has it: entries of the log name a decision's rules by this. */
  version: hexDigestSchema,
  /** The key of whoever wrote it, who has to sign as well and whose signature counts for nothing else. */
  author: signerIdSchema,
  /** Digest of the list of signers under which it was signed. */
  signers: hexDigestSchema,
  /** Agreements, catalogues and guards. */
  files: textsSchema,
  /** Statements that the agreements are held to; empty where the partnership keeps none. */
  invariants: textsSchema,
});
export type BundleStatement = z.infer<typeof bundleStatementSchema>;

const signatureSchema = z.strictObject({
  signer: signerIdSchema,
  /** Ed25519 over the UTF-8 bytes of the canonical statement, base64url. */
  signature: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type BundleSignature = z.infer<typeof signatureSchema>;

export const signedBundleSchema = z.strictObject({
  statement: bundleStatementSchema,
  signatures: z.array(signatureSchema).max(200),
});
export type SignedBundle = z.infer<typeof signedBundleSchema>;

/** The text that is signed. */
export function statementText(statement: BundleStatement): string {
  const text = canonicalize(statement);
  if (!text.ok) throw new Error(`a checked statement has no canonical form: ${text.error}`);
  return text.value;
}

/** SHA-256 of the signed text, hexadecimal: by this a bundle is named, byte for byte. */
export const statementDigest = (statement: BundleStatement): string =>
  createHash('sha256').update(statementText(statement)).digest('hex');

/** A signed bundle as it is kept: canonical JSON and a line's end. */
export function signedBundleText(bundle: SignedBundle): string {
  const text = canonicalize(bundle);
  if (!text.ok) throw new Error(`a checked bundle has no canonical form: ${text.error}`);
  return `${text.value}\n`;
}

/**
 * Reads what `signedBundleText` wrote. Any other text is refused, also one that means the same: an attacker who may
 * choose among spellings can show one reader one thing and another reader another.
 */
export function readSignedBundle(text: string): Result<SignedBundle, 'malformed'> {
  const parsed = signedBundleSchema.safeParse(jsonOf(text));
  if (!parsed.success) return err('malformed');
  const again = canonicalize(parsed.data);
  return again.ok && `${again.value}\n` === text ? ok(parsed.data) : err('malformed');
}

/** Whether two folders hold the same texts, byte for byte. */
export function sameTexts(one: FolderTexts, other: FolderTexts): boolean {
  return sameFiles(one.files, other.files) && sameFiles(one.invariants, other.invariants);
}

function sameFiles(one: FolderTexts['files'], other: FolderTexts['files']): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && one[name] === other[name])
  );
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
