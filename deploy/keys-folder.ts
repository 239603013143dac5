import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JWK } from 'oidc-provider';
import type { MasterKey } from '../gateway/cases/case-cipher.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { masterKeyName, readRetiredKeys, type RetiredKeys } from './retired-keys.ts';

/**
 * The gateway's keys, one file each, readable by its user alone. A site that keeps keys in a vault mounts them here.
 * The TLS certificate and the authority of client certificates come from the site's own authority.
 */
export interface GatewayKeys {
  readonly tlsCertificatePem: string;
  readonly tlsKeyPem: string;
  /** Authority that signs the agencies' client certificates. */
  readonly clientAuthorityPem: string;
  /** Signs access tokens (ES256). */
  readonly tokenKey: JWK;
  /** Signs answers (Ed25519), with its public half as a JSON Web Key. */
  readonly answerKeyPem: string;
  readonly answerKeyId: string;
  /** Signs the log's checkpoints (Ed25519), and nothing else. */
  readonly logKeyPem: string;
  readonly answerPublicKey: Readonly<Record<string, unknown>>;
  /** 32 bytes each: seals contact points, makes pseudonyms, wraps the keys of cases. */
  readonly sealKey: Uint8Array;
  readonly pseudonymKey: Uint8Array;
  readonly masterKey: Uint8Array;
  /** What was replaced and still reads; none where it is absent. */
  readonly retired?: RetiredKeys;
}

export const KEY_FILES = {
  tlsCertificate: 'tls.crt',
  tlsKey: 'tls.key',
  clientAuthority: 'client-authority.crt',
  tokenKey: 'token-signing.key',
  answerKey: 'answer-signing.key',
  logKey: 'log-signing.key',
  sealKey: 'seal.key',
  pseudonymKey: 'pseudonym.key',
  masterKey: 'case-master.key',
} as const;

/** The name of the first master key, stored beside what it wraps. */
export const MASTER_KEY_ID = masterKeyName(1);

/** The master key that wraps from now on, and those that still open what they wrapped. */
export function masterKeysOf({ masterKey: key, retired }: Pick<GatewayKeys, 'masterKey' | 'retired'>): {
  readonly current: MasterKey;
  readonly retired: readonly MasterKey[];
} {
  return { current: { id: retired?.masterKeyId ?? MASTER_KEY_ID, key }, retired: retired?.masters ?? [] };
}

/** The bytes of retired master keys: staff's names were sealed under them. */
export const retiredSecrets = (keys: Pick<GatewayKeys, 'retired'>): readonly Uint8Array[] =>
  keys.retired?.masters.map(({ key }) => key) ?? [];

const SECRET_BYTES = 32;

/** Reads every key, or names every file that is missing or unusable. */
export async function readKeysFolder(folder: string): Promise<Result<GatewayKeys, string[]>> {
  const problems: string[] = [];
  const texts = new Map<string, string>();
  for (const name of Object.values(KEY_FILES)) {
    try {
      texts.set(name, await readFile(join(folder, name), 'utf8'));
    } catch {
      problems.push(`${join(folder, name)} cannot be read: deploy/keys.md says what it holds and how it is made.`);
    }
  }
  if (problems.length > 0) return err(problems);
  const text = (name: keyof typeof KEY_FILES): string => texts.get(KEY_FILES[name]) ?? '';
  try {
    const answerPublic = createPublicKey(text('answerKey')).export({ format: 'jwk' });
    const answerKeyId = `answer-${String(answerPublic.x).slice(0, 8)}`;
    const tokenPrivate = createPrivateKey(text('tokenKey')).export({ format: 'jwk' });
    return ok({
      tlsCertificatePem: text('tlsCertificate'),
      tlsKeyPem: text('tlsKey'),
      clientAuthorityPem: text('clientAuthority'),
      tokenKey: {
        ...tokenPrivate,
        kty: 'EC',
        kid: `token-${String(tokenPrivate.x).slice(0, 8)}`,
        alg: 'ES256',
        use: 'sig',
      },
      answerKeyPem: text('answerKey'),
      logKeyPem: text('logKey'),
      answerKeyId,
      answerPublicKey: { ...answerPublic, kid: answerKeyId, alg: 'EdDSA', use: 'sig' },
      sealKey: secretOf(text('sealKey')),
      pseudonymKey: secretOf(text('pseudonymKey')),
      masterKey: secretOf(text('masterKey')),
      retired: await readRetiredKeys(folder),
    });
  } catch {
    return err([`A key in ${folder} is not of the kind it should be: deploy/keys.md says what each file holds.`]);
  }
}

function secretOf(text: string): Uint8Array {
  const bytes = Buffer.from(text.trim(), 'base64');
  if (bytes.length !== SECRET_BYTES) throw new Error('a secret key has 32 bytes');
  return bytes;
}

/** Makes the keys that are the gateway's own where they are missing; never replaces one. */
export async function makeOwnKeys(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pem = (key: { export(options: { type: 'pkcs8'; format: 'pem' }): string | Buffer }): string =>
    key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const made: [string, () => string][] = [
    [KEY_FILES.tokenKey, () => pem(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)],
    [KEY_FILES.answerKey, () => pem(generateKeyPairSync('ed25519').privateKey)],
    [KEY_FILES.logKey, () => pem(generateKeyPairSync('ed25519').privateKey)],
    ...[KEY_FILES.sealKey, KEY_FILES.pseudonymKey, KEY_FILES.masterKey].map((name): [string, () => string] => [
      name,
      () => `${randomBytes(SECRET_BYTES).toString('base64')}\n`,
    ]),
  ];
  for (const [name, make] of made) await writeSecret(join(folder, name), make);
}

async function writeSecret(path: string, make: () => string): Promise<void> {
  try {
    await writeFile(path, make(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    await chmod(path, 0o600);
  }
}
