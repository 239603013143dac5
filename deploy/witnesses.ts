import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { makeWitnessClient, type WitnessClientOptions } from '../adapters/witness/client.ts';
import { proveConsistency } from '../gateway/audit/checkpoints/prove-entry.ts';
import { parseVerifierKey, type VerifierKey } from '../gateway/audit/note/verifier-key.ts';
import {
  startCosigning,
  type Cosigning,
  type CosigningOptions,
  type CosigningStatus,
} from '../gateway/audit/witness/cosigning.ts';
import { faultOfPolicy, type PolicyFault } from '../gateway/audit/witness/quorum.ts';
import type { Say } from '../gateway/operations/messages.ts';
import type { LogTree } from '../gateway/ports/log-tree.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { readSettingsFile } from './settings-file.ts';

/** Which agencies' witnesses a gateway asks, and how many of them are enough. */

const path = z.string().min(1).max(500);
const fileSchema = z.strictObject({
  /** How many of them have to sign before a tree counts as witnessed. */
  quorum: z.number().int().min(1).max(50),
  witnesses: z
    .array(
      z.strictObject({
        /** Verifier key, from the agency itself. */
        key: z.string().min(1).max(500),
        url: z.url({ protocol: /^https$/, error: 'must be the https:// address of the witness' }),
        tls: z.strictObject({ ca: path, cert: path.optional(), key: path.optional() }),
      }),
    )
    .min(1)
    .max(50),
});

export interface WitnessSetting extends Pick<WitnessClientOptions, 'url' | 'tls'> {
  readonly key: VerifierKey;
}

export interface WitnessesSettings {
  readonly quorum: number;
  readonly witnesses: readonly WitnessSetting[];
}

const POLICY_SENTENCES: Readonly<Record<PolicyFault, string>> = {
  'quorum-out-of-range': 'quorum: must be from 1 to the number of witnesses.',
  'witness-twice': 'witnesses: each has another name and another key; one agency would count for two.',
  'witness-key-type': 'witnesses: a key is not the key of a witness (`holdfast witness keys make` prints it).',
};

/** Reads the file and the certificates it names, or says in sentences everything that is wrong. */
export async function readWitnessesFile(file: string): Promise<Result<WitnessesSettings, string[]>> {
  const said = await readSettingsFile(file, fileSchema, 'witnesses');
  if (!said.ok) return said;
  const { quorum, witnesses } = said.value;
  const problems: string[] = [];
  const settings: WitnessSetting[] = [];
  for (const { key, url, tls } of witnesses) {
    const read = parseVerifierKey(key);
    const texts = await readTls(dirname(resolve(file)), tls);
    if (!read.ok) problems.push(`${file}: ${key} is not a key (${read.error}): ask the agency for it again.`);
    if (!texts.ok) problems.push(`${file}: ${url}: ${texts.error}`);
    if (read.ok && texts.ok) settings.push({ key: read.value, url: url.replace(/\/+$/, ''), tls: texts.value });
  }
  const fault = faultOfPolicy({ witnesses: settings.map(({ key }) => key), quorum });
  if (problems.length === 0 && fault !== undefined) problems.push(`${file}: ${POLICY_SENTENCES[fault]}`);
  return problems.length > 0 ? err(problems) : ok({ quorum, witnesses: settings });
}

async function readTls(
  base: string,
  named: z.infer<typeof fileSchema>['witnesses'][number]['tls'],
): Promise<Result<WitnessClientOptions['tls'], string>> {
  const textOf = (name: string | undefined) =>
    name === undefined ? undefined : readFile(resolve(base, name), 'utf8').catch(() => '');
  const [ca = '', cert, key] = [await textOf(named.ca), await textOf(named.cert), await textOf(named.key)];
  try {
    if (!new X509Certificate(ca).ca) return err('tls.ca must be the certificate of an authority, in PEM.');
    if ((cert === undefined) !== (key === undefined))
      return err('tls.cert and tls.key are given together or not at all.');
    if (cert === undefined || key === undefined) return ok({ ca });
    const fits = new X509Certificate(cert).checkPrivateKey(createPrivateKey(key));
    return fits ? ok({ ca, cert, key }) : err('tls.cert and tls.key do not belong together.');
  } catch {
    return err('tls names a file that cannot be read or is not in PEM.');
  }
}

/** The witnesses of a gateway: connected when its log is opened, and asked how they are at any time. */
export interface Witnessing {
  readonly connect: (log: { readonly tree: LogTree; readonly logKeys: readonly VerifierKey[] }) => Cosigning;
  /** Undefined until the log was opened. */
  status(): CosigningStatus | undefined;
}

/** How time passes for the alarm about a lost quorum, and how long a witness may take. */
export type WitnessingClock = Pick<CosigningOptions, 'elapsed' | 'againAfterMs'> &
  Pick<WitnessClientOptions, 'withinMs'>;

/** Opens nothing by itself. */
export function makeWitnessing(
  { quorum, witnesses }: WitnessesSettings,
  say: Say,
  { withinMs, ...clock }: WitnessingClock = { elapsed: () => performance.now() },
): Witnessing {
  let cosigning: Cosigning | undefined;
  return {
    connect: ({ tree, logKeys }) =>
      (cosigning = startCosigning({
        ...{ logKeys, quorum, store: tree },
        witnesses: witnesses.map(({ key, url, tls }) => ({
          key,
          client: makeWitnessClient({ name: key.name, url, tls, ...(withinMs === undefined ? {} : { withinMs }) }),
        })),
        proof: (from, to) => proveConsistency(tree, from, to),
        now: () => Date.now() / 1000,
        ...clock,
        wait: (ms) => new Promise((done) => setTimeout(done, ms).unref()),
        say: (said) => say(said.message === 'quorum-reached' ? 'info' : LEVELS[said.message], said),
      })),
    status: () => cosigning?.status(),
  };
}

const LEVELS = { 'witness-failed': 'warn', 'cosignatures-not-kept': 'warn', 'quorum-lost': 'error' } as const;
