import { startGateway } from './gateway.ts';
import { readEnvironment } from './environment.ts';
import { readKeysFolder } from './keys-folder.ts';
import { readLogTokenFile } from './log-token.ts';
import { readSignedPolicies } from '../gateway/cli/signed-folder.ts';
import { warmUp } from '../gateway/disclosure/warm-up.ts';
import { sayThroughPino } from './say.ts';
import { readSourcesFile } from './sources.ts';
import { readStaffSignIn } from './staff-sign-in.ts';
import { makeWitnessing, readWitnessesFile } from './witnesses.ts';

/** The gateway as a site runs it: the one place that reads the environment. Everything wrong is said at once. */

const environment = readEnvironment(process.env);
if (!environment.ok) stopWith(environment.error);

const { policiesFolder, policySignersFile, witnessesFile } = environment.value;
const { staffPages, logTokenFile } = environment.value;
const [keys, bundle, sources, witnesses, signIn, token] = await Promise.all([
  readKeysFolder(environment.value.keysFolder),
  readSignedPolicies(policiesFolder, policySignersFile),
  readSourcesFile(environment.value.sourcesFile),
  witnessesFile === undefined ? undefined : readWitnessesFile(witnessesFile),
  staffPages === undefined ? undefined : readStaffSignIn(staffPages.signInFile, staffPages.publicUrl),
  logTokenFile === undefined ? undefined : readLogTokenFile(logTokenFile),
]);
if (!keys.ok || !bundle.ok || !sources.ok || witnesses?.ok === false || signIn?.ok === false || token?.ok === false) {
  stopWith([keys, bundle, sources, witnesses, signIn, token].flatMap((each) => (each?.ok === false ? each.error : [])));
}

// Before the doors open, so that no practitioner is the first to wait for it.
warmUp();
const say = sayThroughPino();
const gateway = await startGateway({
  ...environment.value,
  keys: keys.value,
  bundle: bundle.value,
  readPolicies: () => readSignedPolicies(policiesFolder, policySignersFile),
  sources: sources.value,
  ...(witnesses === undefined ? {} : { witnesses: makeWitnessing(witnesses.value, say) }),
  ...(staffPages === undefined || signIn === undefined
    ? {}
    : { pages: { host: staffPages.host, port: staffPages.port, ...signIn.value } }),
  ...(token === undefined ? {} : { logToken: token.value }),
  say,
});
if (!gateway.ok) stopWith([gateway.error]);
const running = gateway.value;

// The agreements are read again on request, never on a change of a file: a half-written folder is not a bundle.
process.on('SIGHUP', () => void running.reloadPolicies());

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void running.stop().then(() => process.exit(0));
  });
}

function stopWith(sentences: readonly string[]): never {
  process.stderr.write(`${sentences.join('\n')}\n`);
  process.exit(1);
}
