import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import type { Pkcs11Options } from '../adapters/keys/pkcs11-signer.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { readSettingsFile } from './settings-file.ts';

/** Where the log's key is, if it is in a hardware token. */

const fileSchema = z.strictObject({
  tool: z.string().startsWith('/').max(500),
  module: z.string().startsWith('/').max(500),
  tokenLabel: z.string().min(1).max(32),
  keyId: z.string().regex(/^(?:[0-9a-f]{2}){1,32}$/, 'must be the key’s CKA_ID in hex'),
  pinFile: z.string().min(1).max(500),
  environment: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string().max(500)).optional(),
});

/** Reads the file and the PIN that it points to, or says in sentences everything that is wrong. */
export async function readLogTokenFile(file: string): Promise<Result<Pkcs11Options, string[]>> {
  const said = await readSettingsFile(file, fileSchema, 'token');
  if (!said.ok) return said;
  const { pinFile, environment, ...rest } = said.value;
  const pin = await readFile(resolve(dirname(resolve(file)), pinFile), 'utf8').catch(() => undefined);
  if (pin === undefined) return err([`${file}: pinFile: the file with the PIN cannot be read.`]);
  return ok({ ...rest, pin: pin.trim(), ...(environment === undefined ? {} : { environment }) });
}
