import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { openCheckpointFolder, type FolderFault } from '../adapters/witness/kept-checkpoints.ts';
import { serveWitness, type WitnessServer } from '../adapters/witness/serve.ts';
import {
  formatVerifierKey,
  isKeyName,
  makeVerifierKey,
  parseVerifierKey,
  rawPublicKey,
  type VerifierKey,
} from '../gateway/audit/note/verifier-key.ts';
import type { WitnessSigner } from '../gateway/audit/witness/cosign.ts';
import {
  ADD_CHECKPOINT_BYTES_MAX,
  makeWitness,
  readSeen,
  type WitnessOptions,
  type WitnessSaid,
} from '../gateway/audit/witness/witness.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { readNamedFiles, readSettingsFile, servedTlsProblems } from './settings-file.ts';

/**
 * A witness as an agency runs it, under its own account and on a machine that the gateway's operator does not reach:
 * `holdfast witness --config FILE`. One file says everything; what it names is read relative to it.
 */

const path = z.string().min(1).max(500);
const configSchema = z.strictObject({
  /** Name of the key, as signature lines have it. */
  name: z.string().refine(isKeyName, 'must be the name that the key was made under'),
  key: path,
  /** Where the last checkpoint of each log is kept. */
  folder: path,
  host: z.string().min(1).max(255),
  /** 0 takes any free port, which only tests want. */
  port: z.number().int().min(0).max(65_535),
  tls: z.strictObject({ cert: path, key: path, clientAuthority: path.optional() }),
  /** Verifier keys of the logs it follows. */
  logs: z.array(z.string().min(1).max(500)).min(1).max(20),
});

export interface WitnessSettings {
  readonly signer: WitnessSigner;
  readonly logs: readonly VerifierKey[];
  readonly folder: string;
  readonly host: string;
  readonly port: number;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa?: string };
}

/** Reads the file and what it names, or says in sentences everything that is wrong. Never repeats a secret. */
export async function readWitnessFile(file: string): Promise<Result<WitnessSettings, string[]>> {
  const said = await readSettingsFile(file, configSchema, 'configuration');
  if (!said.ok) return said;
  const { name, key, folder, host, port, tls, logs } = said.value;
  const texts = await readNamedFiles(file, { key, cert: tls.cert, tlsKey: tls.key, clientCa: tls.clientAuthority });
  if (!texts.ok) return texts;
  const textOf = (named: 'key' | 'cert' | 'tlsKey'): string => texts.value.get(named) ?? '';
  const clientCa = texts.value.get('clientCa');
  const served = { cert: textOf('cert'), key: textOf('tlsKey'), ...(clientCa === undefined ? {} : { clientCa }) };
  const problems: string[] = [];
  const signer = signerFrom(name, textOf('key'));
  if (signer === undefined) problems.push('key: must be the private key that `holdfast witness keys make` wrote.');
  problems.push(...servedTlsProblems(served.cert, served.key, clientCa));
  const logKeys = logs.flatMap((vkey) => {
    const parsedKey = parseVerifierKey(vkey);
    if (parsedKey.ok && parsedKey.value.type === 'ed25519') return [parsedKey.value];
    problems.push(`logs: ${vkey} is not the key of a log (${parsedKey.ok ? 'a witness’s key' : parsedKey.error}).`);
    return [];
  });
  if (signer === undefined || problems.length > 0) return err(problems);
  return ok({ signer, logs: logKeys, folder: resolve(dirname(resolve(file)), folder), host, port, tls: served });
}

function signerFrom(name: string, pem: string): WitnessSigner | undefined {
  try {
    const privateKey = createPrivateKey(pem);
    const key = makeVerifierKey(name, 'cosignature/v1', rawPublicKey(createPublicKey(privateKey)));
    return key.ok ? { key: key.value, sign: signingWith(privateKey) } : undefined;
  } catch {
    return undefined;
  }
}

const signingWith =
  (privateKey: KeyObject) =>
  (message: Uint8Array): Uint8Array =>
    new Uint8Array(sign(null, message, privateKey));

/** What a witness says of itself, one JSON line each. A refusal is worth a line: it may be the proof of a fraud. */
export type WitnessSays =
  WitnessSaid | { readonly message: 'listening'; readonly url: string } | { message: 'disk-failed' };

export interface RunningWitness {
  readonly url: string;
  readonly key: VerifierKey;
  stop(): Promise<void>;
}

/**
 * Opens folder and door. Refuses to start over a kept checkpoint that is damaged or not its own: beginning again from
 * nothing, it would cosign a second history.
 */
export async function startWitness(
  { signer, logs, folder, host, port, tls }: WitnessSettings,
  say: (says: WitnessSays) => void,
  now: () => number = () => Date.now() / 1000,
): Promise<Result<RunningWitness, string>> {
  const opened = await openCheckpointFolder(folder);
  if (!opened.ok) return err(`${folder} ${FOLDER_SENTENCES[opened.error]}`);
  const kept = opened.value;
  const refuse = async (sentence: string): Promise<Result<never, string>> => {
    await kept.close();
    return err(sentence);
  };
  const options: WitnessOptions = { signer, logs, kept, now, say };
  for (const origin of new Set(logs.map(({ name }) => name))) {
    const seen = await readSeen(options, origin);
    if (!seen.ok) return refuse(KEPT_SENTENCES[seen.error](origin, folder));
  }
  const witness = makeWitness(options);
  const served = await serve({ host, port, tls }, witness, say);
  if (!served.ok) return refuse(served.error);
  say({ message: 'listening', url: served.value.url });
  const stop = async (): Promise<void> => {
    await served.value.close();
    await kept.close();
  };
  return ok({ url: served.value.url, key: signer.key, stop });
}

const FOLDER_SENTENCES: Readonly<Record<FolderFault, string>> = {
  'folder-unusable': "cannot be used: the witness's account must own it and be able to write.",
  'folder-in-use':
    'is in use by another witness: stop that one first. Two over one folder could countersign two histories.',
};

const KEPT_SENTENCES = {
  'kept-unreadable': (origin: string, folder: string) =>
    `What was kept of ${origin} in ${folder} is damaged, or signed by a key of the log that is not in the file: add the key, or restore the folder. Do not delete it: a witness that forgets can be shown another history.`,
  'kept-of-another-key': (origin: string, folder: string) =>
    `What was kept of ${origin} in ${folder} was cosigned with another key: use that key, or give a witness with a new key a new folder and tell the gateway's operator.`,
} as const;

async function serve(
  place: Pick<WitnessSettings, 'host' | 'port' | 'tls'>,
  witness: ReturnType<typeof makeWitness>,
  say: (says: WitnessSays) => void,
): Promise<Result<WitnessServer, string>> {
  try {
    return ok(
      await serveWitness({
        ...place,
        addCheckpoint: (body) => witness.addCheckpoint(body),
        checkpoint: (originHash) => witness.checkpoint(originHash),
        bodyBytesMax: ADD_CHECKPOINT_BYTES_MAX,
        failed: () => say({ message: 'disk-failed' }),
      }),
    );
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE') return err(`Port ${place.port} is in use: stop what uses it, or name another port.`);
    return err(`The witness could not listen on ${place.host}, port ${place.port} (${code}).`);
  }
}

/** Runs the witness until it is told to stop. Gives the exit status. */
export async function runWitness(file: string): Promise<number> {
  const settings = await readWitnessFile(file);
  if (!settings.ok) return complain(settings.error);
  const told = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  const witness = await startWitness(settings.value, writeLine);
  if (!witness.ok) return complain([witness.error]);
  await told;
  await witness.value.stop();
  return 0;
}

/**
 * Makes a witness's key in a folder, `witness.key`, and gives the verifier key to hand to everybody else. Never
 * replaces one: the checkpoints it has signed would verify under a key that nobody has any more.
 */
export async function makeWitnessKey(folder: string, name: string): Promise<Result<string, string>> {
  if (!isKeyName(name)) return err('The name has no space and no plus, for example police.riverton.example/witness.');
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, 'cosignature/v1', rawPublicKey(publicKey));
  if (!key.ok) return err(`No key could be made (${key.error}).`);
  const vkey = formatVerifierKey(key.value);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeFile(join(folder, 'witness.key'), pem, { flag: 'wx', mode: 0o600 });
    await writeFile(join(folder, 'witness.vkey'), `${vkey}\n`, { mode: 0o644 });
    return ok(vkey);
  } catch (error) {
    if (codeOf(error) === 'EEXIST')
      return err(`${join(folder, 'witness.key')} is there already and was left as it is.`);
    return err(`The key could not be written to ${folder}: make it writable, then run this again.`);
  }
}

/** The system's code of a fault; its message could hold anything. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown fault';
}

function complain(sentences: readonly string[]): number {
  process.stderr.write(`${sentences.join('\n')}\n`);
  return 1;
}

function writeLine(says: WitnessSays): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...says })}\n`);
}
