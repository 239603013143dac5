import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createGatewayLogin } from '../adapters/postgres/gateway-login.ts';
import { migrate } from '../adapters/postgres/migrate.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { verifyLog } from '../gateway/cli/verify-log.ts';
import { signPolicies } from '../test/agencies/sign-policies.ts';
import { DEMO_PEOPLE } from '../test/agencies/identity/people.ts';
import { tellStaff } from '../test/agencies/identity/tell-staff.ts';
import { startPartnership, type Partnership } from '../test/agencies/partnership.ts';
import { castCases } from '../test/population/cast-cases.ts';
import { demoCast, together } from '../test/population/cast.ts';
import { generatePopulation } from '../test/population/generate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.ts';
import { playMorning, readyLines } from './demo/morning.ts';
import { bold, heading, line, row } from './demo/print.ts';
import { during } from './demo/progress.ts';

/**
 * `npm run demo`: a whole partnership on this machine with people who do not exist, and one worker's morning with it.
 * Everything it starts listens on loopback and ends with it; what it keeps is in .holdfast/demo.
 */

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const PERPETRATORS = 3_000;
const SEED = 2026;
/** Agencies that countersign the log; two of them are enough. */
const WITNESSES = ['police', 'probation', 'riverton-council'];
const started: (() => Promise<void>)[] = [];

const options = readOptions();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    void stopAll().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  });
}
try {
  await run();
} catch (error) {
  await stopAll();
  stopWith(sentenceOf(error));
}

async function run(): Promise<void> {
  const asOf = new Date().toISOString().slice(0, 10);
  const year = asOf.slice(0, 4);
  heading('Holdfast: one worker’s morning, with people who do not exist');
  const { database, url } = await openDatabase();
  const partnership = await openPartnership(database, asOf, { url });
  await writeCouncilCertificate(partnership);
  await playMorning(partnership, year);
  await tellLog(url);
  if (options.once) {
    await stopAll();
    return;
  }
  tellPages(partnership);
  if (partnership.pagesUrl !== undefined) await writeMaracList(year);
  tellWhatNext(partnership, year);
}

async function openDatabase(): Promise<{ database: EmbeddedPostgres; url: string }> {
  const opened = await during(
    'starting PostgreSQL',
    startEmbeddedPostgres({ folder: join(options.folder, 'database'), durable: true }),
  );
  if (!opened.ok) throw new Error(opened.error.sentence);
  const database = opened.value;
  started.push(() => database.stop());
  const migrated = await during('making the tables', migrate({ ownerUrl: database.url }));
  if (!migrated.ok) throw new Error(migrated.error.sentence);
  const login = await createGatewayLogin(database.url, await gatewayPassword());
  if (!login.ok) throw new Error('The database that was just started cannot be reached.');
  line(`PostgreSQL listens on 127.0.0.1:${database.port}, its data is in ${join(options.folder, 'database')}.`, 2);
  return { database, url: login.value };
}

async function openPartnership(
  database: EmbeddedPostgres,
  asOf: string,
  { url }: { url: string },
): Promise<Partnership> {
  const population = together(generatePopulation({ seed: SEED, asOf, perpetrators: PERPETRATORS }), demoCast(asOf));
  const signed = await during(
    'signing the agreements for everybody whose data they open',
    signPolicies(join(ROOT, 'policies'), join(options.folder, 'policies')),
  );
  const partnership = await during(
    'making certificates, starting five agencies and the gateway',
    startPartnership({
      database: { url, ownerUrl: database.url },
      folder: join(options.folder, 'keys'),
      policiesFolder: signed.policiesFolder,
      policySignersFile: signed.signersFile,
      asOf,
      holdings: population.holdings,
      cases: castCases(asOf),
      port: options.port,
      witnesses: WITNESSES,
      // Only for a demo that stays: one that plays and ends has nobody to sign in.
      ...(options.once ? {} : { pages: portsForPeople(options.port) }),
    }),
  );
  started.push(() => partnership.stop());
  await tellStaff({ url }, partnership.keys);
  const { agencies } = partnership;
  line(
    `Five agencies with ${population.holdings.length.toLocaleString('en-GB')} records of ` +
      `${population.citizens.length.toLocaleString('en-GB')} synthetic people:`,
    2,
  );
  const protocols = [
    ['Police', 'nightly extract, asked through its agent', agencies.police],
    ['Probation and prison', 'HMPPS External API, mutual TLS and key', agencies.probation],
    ['Housing', 'council REST API, bearer token', agencies.housing],
    ['Health', 'NHS Personal Demographics Service, FHIR R4, signed JWT', agencies.health],
    ['Children’s services', 'council REST API, API key', agencies.childrens],
  ] as const;
  for (const [name, protocol, { url: at }] of protocols)
    row(
      [
        [name, 22],
        [protocol, 56],
        [at, 30],
      ],
      4,
    );
  line(`The gateway listens on ${partnership.url} (mutual TLS 1.3).`, 2);
  line(
    `Three agencies run a witness each and countersign its log; two are enough: ` +
      `${partnership.witnesses.map(({ running }) => `${running.key.name} at ${running.url}`).join(', ')}.`,
    2,
  );
  return partnership;
}

async function tellLog(url: string): Promise<void> {
  const log = createPostgresAccessLog({ url, leaves: entryLeaves });
  const verified = await verifyLog(log);
  await log.close();
  heading('11:00  The information-governance officer looks at the log');
  if (!verified.ok) throw new Error(`The access log does not hold at position ${verified.error.position}.`);
  const { entries, head } = verified.value;
  line(`${entries} entries, the leaves of one tree, none with a name, a number or an address in it. All hold.`, 2);
  line(`Head: ${head.size} entries, root ${head.root}`, 2);
}

function tellWhatNext({ url, gateway }: Partnership, year: string): void {
  heading('It keeps running');
  line(`Gateway ${url}; health and metrics http://127.0.0.1:${gateway.operationsPort}/ready and /metrics.`, 2);
  line('Ask yourself, in another terminal:', 2);
  for (const each of readyLines(url, join(options.folder, 'keys'), year)) process.stdout.write(`\n${each}\n`);
  line();
  line(`${bold('Ctrl-C')} stops everything that was started.`, 2);
}

/** Beside the gateway's port: browsers connect to the next one, and people sign in at the one after. */
function portsForPeople(port: number): { readonly port?: number; readonly identityPort?: number } {
  return port === 0 ? {} : { port: port + 1, identityPort: port + 2 };
}

/** Where a browser goes, who there is to be, and why it will warn. */
function tellPages({ pagesUrl, identityUrl }: Partnership): void {
  if (pagesUrl === undefined || identityUrl === undefined) return;
  heading('The same in a browser');
  line(`Open ${bold(pagesUrl)}. You are sent to ${identityUrl} and choose who you are; there are no passwords:`, 2);
  for (const { name, agency, about } of DEMO_PEOPLE)
    row(
      [
        [name, 20],
        [agency, 20],
        [about, 50],
      ],
      4,
    );
  line(
    'The browser will warn twice, once for each address: both certificates are issued by the demo’s own authority, ' +
      `which no browser knows. Go on, or let yours trust ${join(options.folder, 'keys', 'authority.crt')}.`,
    2,
  );
}

/** So that the coordinator has a list to import: two people who do not exist, and a row to be mended. */
async function writeMaracList(year: string): Promise<void> {
  const today = new Date().toISOString().slice(0, 10);
  const file = join(options.folder, 'marac-list.csv');
  const row = (n: number, person: string, criterion: string): string =>
    `DAPG-${year}-08${String(n).padStart(2, '0')},MARAC-${today}-${n},${criterion},${today},${today},${person},police probation housing health childrens`;
  const header = 'case_ref,marac_reference,criterion,referred_on,meeting_on,given,family,date_of_birth,agencies';
  const rows = [
    row(1, 'Tobias,Aldermere,1984-05-06', 'repeat'),
    row(2, 'Osric,Penhallow,1991-10-11', 'serial'),
    row(3, 'Edmund,Quaybrook,1979-01-30', 'often'),
  ];
  await writeFile(file, `${[header, ...rows].join('\r\n')}\r\n`, { mode: 0o600 });
  line(
    `Be Helen Marsh for the panel: import ${bold(file)}, decide on a case, and make a meeting pack for today's MARAC ` +
      'or for the cases of the worker above.',
    2,
  );
  line(
    'Be Amara Lewis and break the glass on a case; then be Ruth Bell and Ines Fallow, who review it one after the other.',
    2,
  );
}

/** So that curl can be the council's system. */
async function writeCouncilCertificate({ certificates }: Partnership): Promise<void> {
  const council = certificates.get('riverton-council');
  if (council === undefined) throw new Error('the council has no certificate');
  const folder = join(options.folder, 'keys');
  await writeFile(join(folder, 'council.crt'), council.certificatePem, { mode: 0o600 });
  await writeFile(join(folder, 'council.key'), council.keyPem, { mode: 0o600 });
}

async function gatewayPassword(): Promise<string> {
  const file = join(options.folder, 'gateway-password');
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch {
    const password = randomBytes(24).toString('base64url');
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await writeFile(file, password, { mode: 0o600, flag: 'wx' });
    return password;
  }
}

function readOptions(): { once: boolean; port: number; folder: string } {
  try {
    const { values } = parseArgs({
      options: { once: { type: 'boolean' }, port: { type: 'string' }, folder: { type: 'string' } },
      strict: true,
    });
    const port = Number(values.port ?? 8443);
    // Two more are taken for the pages.
    if (!Number.isInteger(port) || port < 0 || port > 65_533) stopWith('--port takes a number from 0 to 65533.');
    return { once: values.once === true, port, folder: values.folder ?? join(ROOT, '.holdfast', 'demo') };
  } catch {
    return stopWith('Usage: npm run demo -- [--once] [--port NUMBER] [--folder FOLDER]');
  }
}

/** Last started, first stopped; each once. */
async function stopAll(): Promise<void> {
  for (let stop = started.pop(); stop !== undefined; stop = started.pop()) await stop().catch(() => undefined);
}

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return 'The demo could not start.';
  if ('code' in error && (error.code === 'EROFS' || error.code === 'EACCES' || error.code === 'ENOSPC')) {
    return `${options.folder} cannot be written to: free or choose a folder with npm run demo -- --folder FOLDER.`;
  }
  return error.message.includes('in use') ? `${error.message} For example: npm run demo -- --port 9443` : error.message;
}

function stopWith(sentence: string): never {
  process.stderr.write(`\n${sentence}\n`);
  process.exit(1);
}
