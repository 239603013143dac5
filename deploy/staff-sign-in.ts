import { createPrivateKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { makeOpenidProvider } from '../adapters/identity/openid-provider.ts';
import { agencyIdSchema, roleSchema } from '../schemas/names.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import type { PagesOptions } from './pages.ts';

/** Where staff sign in and what they may be here: one JSON file, described in environment.md. */

const claimSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_:./-]{0,119}$/);

const fileSchema = z.strictObject({
  issuer: z.url({ protocol: /^https$/, error: 'must be the https:// issuer of the identity provider' }),
  clientId: z.string().min(1).max(200),
  /** Files beside this one. */
  clientKey: z.string().min(1),
  clientKeyId: z.string().min(1).max(200),
  authority: z.string().min(1).optional(),
  claims: z.strictObject({ staffId: claimSchema, agency: claimSchema, groups: claimSchema }),
  /** Of which authentication contexts a step-up has to be; without one nobody could break the glass or decide a review. */
  stepUpAcr: z
    .array(z.string().regex(/^[!-~]{1,200}$/))
    .min(1)
    .max(10),
  roles: z.record(agencyIdSchema, z.record(z.string().min(1).max(100), roleSchema)),
});

/** Reads the file, or says in sentences everything that is wrong with it. `publicUrl` is where browsers reach the pages. */
export async function readStaffSignIn(
  path: string,
  publicUrl: string,
): Promise<Result<Pick<PagesOptions, 'identity' | 'rolesOfGroups'>, string[]>> {
  let text: unknown;
  try {
    text = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return err([`${path} cannot be read as JSON: deploy/environment.md shows one.`]);
  }
  const file = fileSchema.safeParse(text);
  if (!file.success)
    return err(file.error.issues.map(({ path: at, message }) => `${path}: ${at.join('.')}: ${message}.`));
  const { issuer, clientId, clientKeyId, claims, stepUpAcr, roles } = file.data;
  const beside = (name: string): string => resolve(dirname(path), name);
  try {
    const clientKey = createPrivateKey(await readFile(beside(file.data.clientKey), 'utf8'));
    if (clientKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
      return err([`${beside(file.data.clientKey)} is no P-256 key: deploy/environment.md says how one is made.`]);
    const { authority } = file.data;
    const authorityPem = authority === undefined ? undefined : await readFile(beside(authority), 'utf8');
    const identity = makeOpenidProvider({
      ...{ issuer, clientId, clientKey, clientKeyId, claims, stepUpAcr },
      ...(authorityPem === undefined ? {} : { authorityPem }),
      returnTo: `${publicUrl}/sign-in/return`,
      signedOutAt: `${publicUrl}/signed-out`,
    });
    const rolesOfGroups = new Map(Object.entries(roles).map(([agency, of]) => [agency, new Map(Object.entries(of))]));
    return ok({ identity, rolesOfGroups });
  } catch {
    return err([`A key or certificate that ${path} names cannot be read: check clientKey and authority.`]);
  }
}
