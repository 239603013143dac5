import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parse } from 'yaml';
import type { z } from 'zod';
import { err, ok, type Result } from '../schemas/result.ts';

/** Files in YAML by which operators say what runs where, and the keys and certificates that such a file names. */

/**
 * Takes the file, what it must look like and what to call it. Gives what it says, or a sentence for everything that is
 * wrong, by place. Unknown keys, a key given twice and aliases are refused: what is misspelt must not be passed over.
 */
export async function readSettingsFile<T>(
  file: string,
  schema: z.ZodType<T>,
  called: string,
): Promise<Result<T, string[]>> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return err([`The ${called} file ${file} cannot be read.`]);
  const parsed = schema.safeParse(readYaml(text));
  if (parsed.success) return ok(parsed.data);
  return err(parsed.error.issues.map(({ path: at, message }) => `${file}: ${at.join('.') || 'the file'}: ${message}.`));
}

function readYaml(text: string): unknown {
  try {
    const value: unknown = parse(text, { uniqueKeys: true, maxAliasCount: 0 });
    return value;
  } catch {
    return undefined;
  }
}

/**
 * Takes the settings file and paths relative to it. Gives the text of each under its own name, or a sentence for every
 * one that cannot be read. A path that is left out gives no text.
 */
export async function readNamedFiles<K extends string>(
  file: string,
  named: Readonly<Record<K, string | undefined>>,
): Promise<Result<ReadonlyMap<K, string>, string[]>> {
  const problems: string[] = [];
  const texts = new Map<K, string>();
  for (const name in named) {
    const relative = named[name];
    if (relative === undefined) continue;
    const at = resolve(dirname(resolve(file)), relative);
    const text = await readFile(at, 'utf8').catch(() => undefined);
    if (text === undefined) problems.push(`${at} cannot be read.`);
    else texts.set(name, text);
  }
  return problems.length > 0 ? err(problems) : ok(texts);
}

/** Takes the certificate and key that a server shows, and the authority of its clients if it has one; all in PEM. */
export function servedTlsProblems(cert: string, key: string, clientCa: string | undefined): readonly string[] {
  const problems: string[] = [];
  try {
    const fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    if (!fits) problems.push('tls: certificate and key do not belong together.');
  } catch {
    problems.push('tls: cert must be a certificate and key its private key, both in PEM.');
  }
  try {
    if (clientCa !== undefined && !new X509Certificate(clientCa).ca) {
      problems.push('tls.clientAuthority: must be the certificate of an authority.');
    }
  } catch {
    problems.push('tls.clientAuthority: must be a certificate in PEM.');
  }
  return problems;
}
