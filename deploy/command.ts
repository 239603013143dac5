import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createGatewayLogin } from '../adapters/postgres/gateway-login.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { openApiDocument } from '../gateway/api/openapi.ts';
import type { Result } from '../schemas/result.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { POLICY_DIFF_USAGE, runPolicyDiff } from '../gateway/cli/policy-diff.ts';
import { POLICY_EXPLAIN_USAGE, runPolicyExplain } from '../gateway/cli/policy-explain.ts';
import { POLICY_MUTATE_USAGE, runPolicyMutate } from '../gateway/cli/policy-mutate.ts';
import { POLICY_PROVE_USAGE, runPolicyProve } from '../gateway/cli/policy-prove.ts';
import { DECIDE_USAGE, runDecide } from '../gateway/cli/decide-command.ts';
import { LINK_USAGE } from '../gateway/cli/link-command.ts';
import { RESOLVE_USAGE, runResolve } from '../gateway/cli/resolve-command.ts';
import { EXPORT_USAGE } from '../gateway/cli/export-log.ts';
import { readFolderWords, runVerifyFolder, VERIFY_FOLDER_USAGE } from '../gateway/cli/verify-log-folder.ts';
import { LEDGER_USAGE, RECIPIENTS_USAGE, SEARCH_LOG_USAGE } from '../gateway/cli/search-log.ts';
import { UNUSUAL_USAGE } from '../gateway/cli/unusual-log.ts';
import { sayVerifyFault } from '../gateway/cli/verify-log-sentences.ts';
import { verifyAndRecord } from '../gateway/cli/verify-log.ts';
import { runExport } from './export-log.ts';
import { runExtractAgent } from './extract-agent.ts';
import { loadCases } from './cases.ts';
import { IMPORT_USAGE, runImport } from './import-cases.ts';
import { makeOwnKeys, readKeysFolder } from './keys-folder.ts';
import { link } from './link.ts';
import { readPoliciesFolder } from './policies-folder.ts';
import { runSignedPolicy, SIGNED_POLICY_USAGE } from './policy-commands.ts';
import { readAgenciesFile, registerAgencies, revokeCertificate, suspendClient } from './register.ts';
import { runLedger, runSearchLog } from './review.ts';
import { runStaff, STAFF_USAGE } from './staff.ts';
import { runUnusualLog } from './unusual.ts';
import { SUBJECT_ACCESS_USAGE } from '../gateway/cli/subject-access.ts';
import { runSubjectAccess } from './subject-access.ts';
import { RETENTION_USAGE } from '../gateway/cli/retention.ts';
import { runRetention } from './retention.ts';
import { ROTATE_USAGE, runRewrap, runRotate } from './rotate-keys.ts';
import { VERSION } from './version.ts';
import { makeWitnessKey, runWitness } from './witness.ts';

/** The commands an operator runs. Secrets come in files, never as arguments that a process list would show. */

const USAGE = `holdfast ${VERSION}

  holdfast serve                                   starts the gateway; settings are in deploy/environment.md
  holdfast keys make FOLDER                        makes the gateway's own keys where they are missing
  ${ROTATE_USAGE.join('\n  ')}
                                                   replaces a key; what it sealed or signed stays readable
  holdfast policy check FOLDER                     checks agreements; every problem with file and line
  ${POLICY_PROVE_USAGE}                     proves in every cell what agreements never do
  ${POLICY_DIFF_USAGE}
                                                   who gains and who loses what between two versions
  ${POLICY_EXPLAIN_USAGE}
                                                   why each field of a request comes out as it does
  ${POLICY_MUTATE_USAGE}
                                                   which changes of one rule nobody would notice; takes minutes
  ${SIGNED_POLICY_USAGE}
  holdfast database migrate --owner-url FILE --gateway-password FILE
                                                   brings the tables up to date and sets the gateway's password
  holdfast agencies register --owner-url FILE --agencies FILE
                                                   registers who may ask; see deploy/environment.md
  holdfast certificate revoke --owner-url FILE --thumbprint=THUMBPRINT
  holdfast client suspend --owner-url FILE --client CLIENT
  holdfast cases load --url FILE --keys FOLDER --cases FILE
                                                   stores cases, one a line; see deploy/environment.md
  ${IMPORT_USAGE}
                                                   opens cases from a MARAC list in CSV; see gateway/cases/README.md
  ${STAFF_USAGE}
                                                   takes what agencies tell of their staff; see deploy/environment.md
  holdfast log verify --url FILE [--head SIZE:ROOT]
                                                   verifies the access log, entry by entry
  ${VERIFY_FOLDER_USAGE}
                                                   verifies an export with public keys alone
  ${EXPORT_USAGE}
                                                   exports the access log for somebody to verify
  ${SEARCH_LOG_USAGE}
                                                   searches the access log, as reviewers of an agency see it
  ${LEDGER_USAGE}
                                                   everything of an agency's own that went out, to whom and why
  ${RECIPIENTS_USAGE}
                                                   who was given a field in a period, for a breach notice
  ${UNUSUAL_USAGE}
                                                   opens a review for each unusual access, once; run it daily
  ${SUBJECT_ACCESS_USAGE}
                                                   what log and register hold about one person, for an officer to decide on
  ${RETENTION_USAGE}
                                                   says what is due to be erased, or erases it
  holdfast extract-agent --config FILE             starts an agency's extract agent; see deploy/environment.md
  holdfast witness keys make FOLDER --name NAME    makes the key of an agency's witness
  holdfast witness --config FILE                   starts an agency's witness; see deploy/environment.md
  ${RESOLVE_USAGE}
                                                   links and ranks a file of questions, one a line
  ${LINK_USAGE}
                                                   finds the rows of a table that are one person
  ${DECIDE_USAGE}
                                                   asks the policy engine, one request a line
  holdfast openapi                                 prints the interface as OpenAPI 3.1
`;

type Command = (rest: readonly string[]) => number | Promise<number>;

const words = process.argv.slice(2);
const told = { print, fail };

/** Commands by their words. What has no name of its own here is told how to be used. */
const COMMANDS: ReadonlyMap<string, Command> = new Map<string, Command>([
  ['serve', serve],
  ['openapi', () => print(JSON.stringify(openApiDocument(VERSION), null, 2))],
  ['keys make', (rest) => (rest[0] === undefined ? usage() : makeKeys(rest[0]))],
  ['keys rotate', (rest) => runRotate(rest, told)],
  ['keys rewrap', (rest) => runRewrap(rest, told)],
  ['extract-agent --config', (rest) => (rest[0] === undefined ? usage() : runExtractAgent(rest[0]))],
  ['witness keys', (rest) => makeKeyOfWitness(rest)],
  ['witness --config', (rest) => (rest[0] === undefined ? usage() : runWitness(rest[0]))],
  ['policy check', (rest) => (rest[0] === undefined ? usage() : checkPolicy(rest[0]))],
  ['policy prove', (rest) => runPolicyProve(rest, print, fail)],
  ['policy diff', (rest) => runPolicyDiff(rest, fileIn('policies'), print, fail)],
  ['policy explain', (rest) => runPolicyExplain(rest, fileIn('policies'), print, fail)],
  ['policy mutate', (rest) => runPolicyMutate(rest, fileIn('test/policy'), print, fail)],
  ['database migrate', (rest) => migrateDatabase(rest)],
  ['agencies register', (rest) => register(rest)],
  ['certificate revoke', (rest) => takeAway(rest, 'thumbprint', revokeCertificate, 'The certificate is revoked.')],
  ['client suspend', (rest) => takeAway(rest, 'client', suspendClient, 'The client is suspended.')],
  ['cases load', (rest) => storeCases(rest)],
  ['cases import', (rest) => runImport(rest, told)],
  ['staff load', (rest) => runStaff(rest, told)],
  ['log search', (rest) => runSearchLog(rest, fail)],
  ['log unusual', (rest) => runUnusualLog(rest, fail)],
  ['log ledger', (rest) => runLedger(rest, 'owner', fail)],
  ['log recipients', (rest) => runLedger(rest, 'field', fail)],
  ['retention due', () => runRetention(words.slice(1), told)],
  ['retention run', () => runRetention(words.slice(1), told)],
  ['log verify', (rest) => (rest.includes('--url') ? verify(rest) : verifyFolder(rest))],
  ['log export', (rest) => runExport(rest, told)],
  ['resolve', () => runResolve(words.slice(1), fail)],
  ['link', () => link(words.slice(1))],
  ['decide', () => runDecide(words.slice(1), readPoliciesFolder, fail)],
  ['subject-access', () => runSubjectAccess(words.slice(1), told)],
]);

try {
  process.exitCode = await run(words);
} catch (error) {
  process.exitCode = complainAbout(error);
}

async function serve(): Promise<number> {
  await import('./main.ts');
  return 0;
}

/** Two words name a command, or one. */
async function run([first = '', second = '', ...rest]: readonly string[]): Promise<number> {
  const signed = first === 'policy' ? runSignedPolicy(second, rest, print, fail) : undefined;
  if (signed !== undefined) return signed;
  const command = COMMANDS.get(`${first} ${second}`.trim()) ?? COMMANDS.get(first);
  return command === undefined ? usage() : command(rest);
}

/** A folder of this installation. */
function fileIn(folder: string): string {
  return fileURLToPath(new URL(`../${folder}`, import.meta.url));
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function fail(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return 1;
}

/** How the command that was meant is used, or all of them where none begins with these words. */
function usage(): number {
  const [head = '', ...commands] = USAGE.trimEnd().split(/\n(?= {2}holdfast )/u);
  const meant = [words.slice(0, 2), words.slice(0, 1)].map((first) =>
    commands.filter((each) => first.length > 0 && each.trimStart().startsWith(`holdfast ${first.join(' ')}`)),
  );
  return fail(meant.find((each) => each.length > 0)?.join('\n') ?? [head, ...commands].join('\n'));
}

/** An option that does not exist, or a file that cannot be read, is the operator's slip; anything else is a bug. */
function complainAbout(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (error instanceof Error && code.startsWith('ERR_PARSE_ARGS')) {
    fail(`${error.message.split(/\.(?:\s|$)/u)[0] ?? ''}.`);
    return usage();
  }
  if (error instanceof Error && 'path' in error) return fail(`${String(error.path)} cannot be read (${code}).`);
  throw error;
}

async function makeKeys(folder: string): Promise<number> {
  try {
    await makeOwnKeys(folder);
    return print(`The gateway's own keys are in ${folder}. Add tls.crt, tls.key and client-authority.crt.`);
  } catch {
    return fail(`Keys could not be written to ${folder}: make it writable, then run this again.`);
  }
}

async function makeKeyOfWitness([make, folder, ...rest]: readonly string[]): Promise<number> {
  const { name } = optionsOf(rest, ['name']);
  if (make !== 'make' || folder === undefined || name === undefined) return usage();
  const made = await makeWitnessKey(folder, name);
  if (!made.ok) return fail(made.error);
  return print(
    `The key is ${folder}/witness.key. Give this to the gateway's operator and to the other agencies:\n${made.value}`,
  );
}

async function checkPolicy(folder: string): Promise<number> {
  const bundle = await readPoliciesFolder(folder);
  if (!bundle.ok) return fail(bundle.error.join('\n'));
  const { version, agreements, fields } = bundle.value;
  return print(`${agreements.size} agreements over ${fields.size} fields hold together. Version ${version}`);
}

function optionsOf<T extends string>(words: readonly string[], names: readonly T[]): Partial<Record<T, string>> {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  const { values } = parseArgs({ args: [...words], options, strict: true });
  const found: Partial<Record<T, string>> = {};
  for (const name of names) {
    const value = values[name];
    if (typeof value === 'string') found[name] = value;
  }
  return found;
}

async function migrateDatabase(rest: readonly string[]): Promise<number> {
  const files = optionsOf(rest, ['owner-url', 'gateway-password']);
  if (files['owner-url'] === undefined || files['gateway-password'] === undefined) return usage();
  const ownerUrl = (await readFile(files['owner-url'], 'utf8')).trim();
  const password = (await readFile(files['gateway-password'], 'utf8')).trim();
  const migrated = await migrate({ ownerUrl });
  if (!migrated.ok) return fail(migrated.error.sentence);
  const login = await createGatewayLogin(ownerUrl, password);
  return login.ok ? print('The database is ready for the gateway.') : fail('The database cannot be reached.');
}

async function register(rest: readonly string[]): Promise<number> {
  const files = optionsOf(rest, ['owner-url', 'agencies']);
  if (files['owner-url'] === undefined || files.agencies === undefined) return usage();
  const ownerUrl = (await readFile(files['owner-url'], 'utf8')).trim();
  const agencies = await readAgenciesFile(files.agencies, new Date());
  if (!agencies.ok) return fail(agencies.error.join('\n'));
  const registered = await registerAgencies(ownerUrl, agencies.value);
  return registered.ok ? print(`Agencies registered: ${registered.value}.`) : fail(registered.error);
}

async function takeAway(
  rest: readonly string[],
  name: 'thumbprint' | 'client',
  change: (ownerUrl: string, which: string) => Promise<Result<true, string>>,
  sentence: string,
): Promise<number> {
  const given = optionsOf(rest, ['owner-url', name]);
  const file = given['owner-url'];
  const which = given[name];
  if (file === undefined || which === undefined) return usage();
  const changed = await change((await readFile(file, 'utf8')).trim(), which);
  return changed.ok ? print(sentence) : fail(changed.error);
}

async function storeCases(rest: readonly string[]): Promise<number> {
  const given = optionsOf(rest, ['url', 'keys', 'cases']);
  if (given.url === undefined || given.keys === undefined || given.cases === undefined) return usage();
  const keys = await readKeysFolder(given.keys);
  if (!keys.ok) return fail(keys.error.join('\n'));
  const loaded = await loadCases(given.cases, (await readFile(given.url, 'utf8')).trim(), keys.value);
  if (!loaded.ok) return fail(loaded.error);
  print(`${loaded.value.stored} cases are in the register.`);
  return loaded.value.refused.length === 0 ? 0 : fail(loaded.value.refused.join('\n'));
}

async function verifyFolder(rest: readonly string[]): Promise<number> {
  const given = readFolderWords(rest);
  return given === undefined ? usage() : runVerifyFolder(given, print, fail);
}

async function verify(rest: readonly string[]): Promise<number> {
  const given = optionsOf(rest, ['url', 'head']);
  if (given.url === undefined) return usage();
  const remembered = /^(\d+):([A-Za-z0-9_-]{43})$/.exec(given.head ?? '');
  if (given.head !== undefined && remembered === null) return usage();
  const log = createPostgresAccessLog({ url: (await readFile(given.url, 'utf8')).trim(), leaves: entryLeaves });
  try {
    const [, size, root] = remembered ?? [];
    const head = size === undefined || root === undefined ? undefined : { size: Number(size), root };
    const verified = await verifyAndRecord(log, head, new Date());
    if (!verified.ok) return fail(sayVerifyFault(verified.error));
    const { entries, head: newest } = verified.value;
    return print(`${entries} entries hold. Head ${newest.size}:${newest.root}`);
  } finally {
    await log.close();
  }
}
