/**
 * The door a newcomer comes in by: `node deploy/run.mjs demo|test|bench`. Plain JavaScript on Node's own modules,
 * because it runs before anything is installed. It installs what package-lock.json names when node_modules does not
 * hold exactly that, then hands over.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const MARK = join(ROOT, 'node_modules', '.holdfast-installed');
const NODE_MAJOR_MIN = 20;
/** The exit status of what a signal ended. */
const STOPPED = 130;

const BUILD_PAGES = [process.execPath, ['deploy/build-pages.mjs']];
/** As `npm run jest`, without npm and its shell between, which would not hand on the signal that ends the tests. */
const JEST = [
  process.execPath,
  ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', '-w', '2'],
];
const benchOf = (part) => [[process.execPath, ['--import', './deploy/typescript.mjs', `test/bench/${part}/bench.ts`]]];

const TASKS = {
  demo: [
    BUILD_PAGES,
    [
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--import', './deploy/typescript.mjs', 'deploy/demo.ts'],
    ],
  ],
  bench: [[process.execPath, ['--import', './deploy/typescript.mjs', 'test/bench/bench.ts']]],
  'bench:linkage': benchOf('linkage'),
  'bench:contacts': benchOf('contacts'),
  'bench:assessment': benchOf('assessment'),
  'bench:policy': benchOf('policy'),
  'bench:log': benchOf('log'),
  'bench:pages': [BUILD_PAGES, ...benchOf('pages')],
  test: [BUILD_PAGES, JEST],
};

/** What `npm test` does beside the tests, the quickest first. */
const CHECKS = ['check:types', 'check:format', 'check:lint'];

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function lockDigest() {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
}

function installed() {
  try {
    return readFileSync(MARK, 'utf8') === lockDigest();
  } catch {
    return false;
  }
}

/** Starts a command with our terminal as its own; `ended` resolves with its exit status. */
function start(command, args, options = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', pass);
  process.on('SIGTERM', pass);
  const ended = new Promise((resolve) => {
    child.on('error', () => resolve(127));
    child.on('close', (code, signal) => {
      process.off('SIGINT', pass);
      process.off('SIGTERM', pass);
      resolve(signal === null ? code : STOPPED);
    });
  });
  return { child, ended };
}

const run = (command, args, options) => start(command, args, options).ended;

/** Runs a check, and keeps what it says until it has ended: the tests write at the same time. */
async function check(name) {
  const { child, ended } = start('npm', ['run', '--silent', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
  // Behind the tests, some of which count seconds: checks take what these leave of the processors.
  if (child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_BELOW_NORMAL);
  const status = await ended;
  return { name, status, said: Buffer.concat(said).toString() };
}

/**
 * The tests, and beside them formatting, types and lint one after another: tests wait much of their time, and checks
 * never do. The first check that fails ends the tests, since what it says would be lost above theirs.
 */
async function runBesideChecks(command, args) {
  const tests = start(command, args);
  let failed;
  const checking = (async () => {
    for (const name of CHECKS) {
      const checked = await check(name);
      if (checked.status === 0) continue;
      if (checked.status === STOPPED) return;
      failed = checked;
      tests.child.kill('SIGTERM');
      return;
    }
  })();
  const status = await tests.ended;
  await checking;
  return failed === undefined ? status : sayFailed(failed);
}

function sayFailed({ name, status, said }) {
  process.stderr.write(`\n${said.trimEnd()}\n\nnpm run ${name} failed, so the tests were ended.\n`);
  return status;
}

async function install() {
  process.stdout.write('Installing what package-lock.json names (once; about half a minute) ');
  const dots = setInterval(() => process.stdout.write('.'), 1000);
  const errors = [];
  const status = await new Promise((resolve) => {
    const child = spawn('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child.stderr.on('data', (chunk) => errors.push(chunk));
    child.on('error', () => resolve(127));
    child.on('exit', (code) => resolve(code ?? 130));
  });
  clearInterval(dots);
  process.stdout.write('\n');
  if (status === 127) fail('npm was not found: install Node.js with npm (nodejs.org), then run this again.');
  if (status !== 0) fail(`npm ci failed, so nothing was started. It said:\n${Buffer.concat(errors).toString().trim()}`);
  try {
    writeFileSync(MARK, lockDigest());
  } catch {
    fail(`Could not write to ${join(ROOT, 'node_modules')}: make this folder writable, then run this again.`);
  }
}

/** Browser journeys need Chromium. Where this runs as root on Debian it is installed; elsewhere they say they did not run. */
async function ensureBrowser() {
  if (existsSync('/usr/bin/chromium') || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return;
  process.stdout.write('Installing Chromium for the browser journeys (once; about two minutes)\n');
  const quiet = { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update', '-q'], quiet);
  const status = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], quiet);
  if (status !== 0) process.stdout.write('Chromium could not be installed: the browser journeys will not run.\n');
}

const [task, ...rest] = process.argv.slice(2);
const steps = TASKS[task];
if (steps === undefined) fail(`Unknown task. Use one of: ${Object.keys(TASKS).join(', ')}.`);
if (Number(process.versions.node.split('.')[0]) < NODE_MAJOR_MIN)
  fail(`Node.js ${NODE_MAJOR_MIN}.19 or newer is needed; this is ${process.version}.`);
if (!installed()) await install();
if (task === 'test') await ensureBrowser();
for (const [index, [command, args]] of steps.entries()) {
  const isLast = index === steps.length - 1;
  const runStep = isLast && task === 'test' ? runBesideChecks : run;
  const status = await runStep(command, isLast ? [...args, ...rest] : args);
  if (status !== 0) process.exit(status);
}
