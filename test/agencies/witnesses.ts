import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeWitnessKey,
  readWitnessFile,
  startWitness,
  type RunningWitness,
  type WitnessSays,
  type WitnessSettings,
} from '../../deploy/witness.ts';
import type { WitnessSetting } from '../../deploy/witnesses.ts';
import {
  formatVerifierKey,
  makeVerifierKey,
  rawPublicKey,
  type VerifierKey,
} from '../../gateway/audit/note/verifier-key.ts';
import type { WitnessSigner } from '../../gateway/audit/witness/cosign.ts';
import type { TestPki } from './pki.ts';

/** Agencies' witnesses as production runs them, each on a port and a folder of its own. */

export interface StartedWitness {
  readonly running: RunningWitness;
  readonly settings: WitnessSettings;
  /** What a gateway is told of it. */
  readonly setting: WitnessSetting;
  readonly said: readonly WitnessSays[];
  /** Stops it; its folder stays, and `startAgain` goes on from it. */
  stop(): Promise<void>;
  startAgain(): Promise<StartedWitness>;
}

export function witnessSigner(name: string): WitnessSigner {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const key = makeVerifierKey(name, 'cosignature/v1', rawPublicKey(publicKey));
  if (!key.ok) throw new Error(key.error);
  return { key: key.value, sign: (message) => new Uint8Array(sign(null, message, privateKey)) };
}

/** Starts a witness of an agency over logs. Its folder is removed when `remove` is called. */
export async function startTestWitness(
  agency: string,
  logs: readonly VerifierKey[],
  pki: TestPki,
  folder?: string,
): Promise<StartedWitness> {
  const server = await pki.server(`${agency}-witness`);
  return start(
    {
      signer: witnessSigner(`${agency}.example/witness`),
      ...{ logs, host: '127.0.0.1', port: 0 },
      folder: folder ?? (await mkdtemp(join(tmpdir(), 'holdfast-witness-'))),
      tls: { cert: server.certificatePem, key: server.keyPem },
    },
    pki,
  );
}

async function start(settings: WitnessSettings, pki: TestPki): Promise<StartedWitness> {
  const said: WitnessSays[] = [];
  const started = await startWitness(settings, (each) => said.push(each));
  if (!started.ok) throw new Error(started.error);
  const running = started.value;
  return {
    ...{ running, settings, said },
    setting: { key: running.key, url: running.url, tls: { ca: pki.authority.certificatePem } },
    stop: () => running.stop(),
    startAgain: () => start(settings, pki),
  };
}

/**
 * Starts a witness whose key and memory are kept in a folder, from a configuration file as an agency writes it; what is
 * there is used again.
 */
export async function startKeptWitness(
  agency: string,
  logKey: VerifierKey,
  pki: TestPki,
  folder: string,
): Promise<StartedWitness> {
  const name = `${agency}.riverton.example/witness`;
  // A key that is there already is left as it is.
  await makeWitnessKey(folder, name);
  const server = await pki.server(`${agency}-witness`);
  await writeFile(join(folder, 'tls.crt'), server.certificatePem, { mode: 0o600 });
  await writeFile(join(folder, 'tls.key'), server.keyPem, { mode: 0o600 });
  const config = {
    ...{ name, key: 'witness.key', folder: 'kept', host: '127.0.0.1', port: 0 },
    tls: { cert: 'tls.crt', key: 'tls.key' },
    logs: [formatVerifierKey(logKey)],
  };
  await writeFile(join(folder, 'witness.yaml'), JSON.stringify(config), { mode: 0o600 });
  const settings = await readWitnessFile(join(folder, 'witness.yaml'));
  if (!settings.ok) throw new Error(settings.error.join('\n'));
  return start(settings.value, pki);
}

/** Stops witnesses and removes what they kept. */
export async function removeWitnesses(witnesses: readonly StartedWitness[]): Promise<void> {
  for (const { running, settings } of witnesses) {
    await running.stop();
    await rm(settings.folder, { recursive: true, force: true });
  }
}
