import { createPublicKey, type KeyObject } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { serveAgent, type AgentServer } from '../adapters/extract/agent-server.ts';
import { startAgent, type AgentFault, type AskedReport, type ExtractAgent } from '../adapters/extract/agent.ts';
import { isManifestKey } from '../adapters/extract/manifest.ts';
import type { BatchReport } from '../adapters/extract/watch.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { formOfLayout, type ExtractForm } from './extract-forms.ts';
import { readNamedFiles, readSettingsFile, servedTlsProblems } from './settings-file.ts';

/**
 * The extract agent as an agency runs it, beside its own system and under its own account: `holdfast extract-agent
 * --config FILE`. One file says everything; what it names is read relative to it.
 */

const path = z.string().min(1).max(500);
const configSchema = z.strictObject({
  /** Three letters, the prefix of every batch. */
  agency: z.string().regex(/^[A-Z]{3}$/, 'must be the three capitals that begin every batch'),
  layout: z.string().refine((id) => formOfLayout.has(id), `must be one of: ${[...formOfLayout.keys()].join(', ')}`),
  /** Public key that signs the manifests. */
  manifestKey: path,
  /** Root of the folders in/, out/, loaded/ and refused/. */
  folder: path,
  maxAgeHours: z
    .number()
    .positive()
    .max(24 * 31),
  lookEverySeconds: z.number().int().min(5).max(3600),
  host: z.string().min(1).max(255),
  /** 0 takes any free port, which only tests want. */
  port: z.number().int().min(0).max(65_535),
  tls: z.strictObject({ cert: path, key: path, clientAuthority: path }),
  /** SHA-256 of each gateway's client certificate, base64url. */
  gateways: z
    .array(z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be a SHA-256 thumbprint in base64url, 43 characters'))
    .min(1)
    .max(20),
});
type Config = z.infer<typeof configSchema>;

/** Everything the agent needs, read and checked. */
export interface ExtractAgentSettings extends Omit<Config, 'layout' | 'manifestKey' | 'tls'> {
  readonly form: ExtractForm;
  readonly manifestKey: KeyObject;
  readonly tls: { readonly cert: string; readonly key: string; readonly clientCa: string };
}

/** Reads the file and the keys it names, or says in sentences everything that is wrong. Never repeats a secret. */
export async function readExtractAgentFile(file: string): Promise<Result<ExtractAgentSettings, string[]>> {
  const said = await readSettingsFile(file, configSchema, 'configuration');
  if (!said.ok) return said;
  const { layout, manifestKey, tls, folder, ...rest } = said.value;
  const form = formOfLayout.get(layout);
  if (form === undefined) throw new Error('a layout that was checked is gone');
  const texts = await readNamedFiles(file, {
    manifestKey,
    cert: tls.cert,
    key: tls.key,
    clientCa: tls.clientAuthority,
  });
  if (!texts.ok) return texts;
  const textOf = (name: 'manifestKey' | 'cert' | 'key' | 'clientCa'): string => texts.value.get(name) ?? '';
  const served = { cert: textOf('cert'), key: textOf('key'), clientCa: textOf('clientCa') };
  const publicKey = manifestKeyFrom(textOf('manifestKey'));
  const problems = [
    ...(publicKey === undefined ? ['manifestKey: must be an Ed25519 or P-256 public key in PEM.'] : []),
    ...servedTlsProblems(served.cert, served.key, served.clientCa),
  ];
  if (publicKey === undefined || problems.length > 0) return err(problems);
  return ok({ ...rest, folder: resolve(dirname(resolve(file)), folder), form, manifestKey: publicKey, tls: served });
}

/** A private key would verify as well, but it has no business on this machine: only a public one is taken. */
function manifestKeyFrom(pem: string): KeyObject | undefined {
  if (!pem.includes('PUBLIC KEY')) return undefined;
  try {
    const key = createPublicKey(pem);
    return isManifestKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

/** What the agent says of itself: codes, counts and references, never about whom (P8). */
export type AgentSays =
  | { readonly message: 'listening'; readonly url: string }
  | ({ readonly message: 'batch' } & BatchReport)
  | ({ readonly message: 'asked' } & AskedReport);

export interface RunningExtractAgent {
  readonly url: string;
  /** Looks into the drop folder now. */
  poll(): Promise<void>;
  /** Stops answering, lets a load under way end. */
  stop(): Promise<void>;
}

const FAULT_SENTENCES: Readonly<Record<AgentFault, (folder: string) => string>> = {
  'folder-open-to-others': (folder) =>
    `${folder} or a folder in it may be read by others on this machine: chmod o= them, then start again.`,
  'unfit-key': () => 'manifestKey: must be an Ed25519 or P-256 public key in PEM.',
};

/**
 * Opens the door, then the folder. In that order, because the port is what keeps a second agent from taking up the
 * batches of the first. Until the last good batch is loaded, the answer to a question is that there is no extract.
 */
export async function startExtractAgent(
  settings: ExtractAgentSettings,
  say: (says: AgentSays) => void,
): Promise<Result<RunningExtractAgent, string>> {
  let agent: ExtractAgent | undefined;
  const served = await serve(settings, (request) => agent?.answer(request) ?? { outcome: 'no-extract' });
  if (!served.ok) return served;
  const server = served.value;
  const started = await open(settings, say);
  if (!started.ok) {
    await server.close();
    return started;
  }
  const opened = (agent = started.value);
  say({ message: 'listening', url: server.url });
  return ok({
    url: server.url,
    poll: () => opened.poll(),
    stop: async () => {
      await server.close();
      await opened.stop();
    },
  });
}

async function serve(
  { host, port, tls, gateways }: ExtractAgentSettings,
  answer: Parameters<typeof serveAgent>[0]['answer'],
): Promise<Result<AgentServer, string>> {
  try {
    return ok(await serveAgent({ answer, host, port, tls, gatewayThumbprints: new Set(gateways) }));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EADDRINUSE') return err(`Port ${port} is in use: stop what uses it, or name another port.`);
    return err(`The agent could not listen on ${host}, port ${port} (${code}).`);
  }
}

async function open(
  settings: ExtractAgentSettings,
  say: (says: AgentSays) => void,
): Promise<Result<ExtractAgent, string>> {
  const { agency, folder, form, manifestKey, maxAgeHours, lookEverySeconds } = settings;
  try {
    const started = await startAgent({
      folder,
      registration: { agencyCode: agency, publicKey: manifestKey, layout: form.layout, maxAgeHours },
      recordOf: form.recordOf,
      pollMs: lookEverySeconds * 1000,
      now: Date.now,
      report: (report) => say({ message: 'batch', ...report }),
      asked: (report) => say({ message: 'asked', ...report }),
    });
    return started.ok ? started : err(FAULT_SENTENCES[started.error](folder));
  } catch (error) {
    return err(`${folder} cannot be used (${codeOf(error)}): the agent's account must own it and be able to write.`);
  }
}

/** The system's code of a fault; its message could hold anything. */
function codeOf(error: unknown): string {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : 'unknown fault';
}

/** Runs the agent until it is told to stop. Gives the exit status. */
export async function runExtractAgent(file: string): Promise<number> {
  const settings = await readExtractAgentFile(file);
  if (!settings.ok) return complain(settings.error);
  const told = new Promise<undefined>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(undefined));
  });
  const agent = await Promise.race([startExtractAgent(settings.value, writeLine), told]);
  // Told to stop while a batch was loading: whatever was cut short is taken up again at the next start.
  if (agent === undefined) process.exit(0);
  if (!agent.ok) return complain([agent.error]);
  await told;
  await agent.value.stop();
  return 0;
}

function complain(sentences: readonly string[]): number {
  process.stderr.write(`${sentences.join('\n')}\n`);
  return 1;
}

function writeLine(says: AgentSays): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), ...says })}\n`);
}
