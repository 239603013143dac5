import { join } from 'node:path';
import { z } from 'zod';
import { menOf, populationOf, type Borough, type Man } from './borough.ts';
import { startChild, type Child } from './child.ts';
import type { Closings } from './closings.ts';
import { loadFiguresSchema, type Load, type LoadFigures } from './closed-loop.ts';
import { credentialsSchema, type Standing } from './credentials.ts';
import type { AgencyFigures, Direct, Figures, MemoryFigures, PathFigures } from './figures.ts';
import { WRONG } from './judge.ts';
import { countDisclosed, layGround, putCases, type Ground } from './ground.ts';
import { measureLogAppends } from './log-appends.ts';
import { describeMachine, machineBusy, treeBusy } from './machine.ts';
import { partsSchema } from './parts.ts';
import type { BenchPlan } from './plan.ts';
import { readProfile } from './profile.ts';

/** One run from an empty folder to its figures. */

const SEED = 20_26;
const AGENCIES = ['police', 'probation', 'housing', 'health', 'childrens'] as const;

export interface RunOptions {
  readonly plan: BenchPlan;
  readonly folder: string;
  readonly policiesFolder: string;
  readonly closings: Closings;
  /** Told before each part, with about how many seconds it takes. */
  readonly tell: (what: string, seconds: number) => void;
}

interface Bench extends RunOptions {
  readonly ground: Ground;
  readonly men: readonly Man[];
  readonly standing: Standing;
  readonly plainUrl: string;
  readonly gateway: Child;
  readonly agencies: Child;
  readonly asker: Child;
  readonly adapters: Child;
  readonly memory: MemoryFigures[];
  /** Good answers so far. */
  answers: number;
}

export async function runBench(options: RunOptions): Promise<Figures> {
  const { plan, tell } = options;
  const machine = describeMachine();
  const bench = await standUp(options);
  tell(
    'each agency, asked by its adapter alone',
    AGENCIES.length * plan.seconds.eachAdapter + plan.seconds.allAdapters,
  );
  await askDirectly(bench, { callers: 8, seconds: plan.seconds.allAdapters });
  const agencies: AgencyFigures[] = [];
  for (const agency of AGENCIES) {
    agencies.push({ agency, ...(await askDirectly(bench, { agency, callers: 1, seconds: plan.seconds.eachAdapter })) });
  }
  tell('all five at once, without a gateway', plan.seconds.allAdapters);
  const allAgencies = await askDirectly(bench, { callers: plan.connections, seconds: plan.seconds.allAdapters });
  const plainCall = await measurePlainCall(bench);
  const { disclosing, quiet } = await warmUp(bench);
  const manyConnections = await measureMany(bench);
  const paced = await measurePaced(bench, manyConnections.load.perSecond / 2);
  tell('the whole path at 1 connection', plan.seconds.one);
  const oneConnection = await measurePath(bench, { connections: 1, seconds: plan.seconds.one });
  const proxy = await measureProxy(bench);
  const { ground } = bench;
  const { ownerUrl, url: gatewayUrl } = ground.database.log;
  tell('the access log alone', plan.seconds.eachAppend * 6);
  const milliseconds = plan.seconds.eachAppend * 1000;
  const log = await measureLogAppends({ ownerUrl, gatewayUrl, folder: ground.database.folder, milliseconds });
  tell('the pure parts', plan.seconds.eachPart * 12);
  const parts = await bench.adapters.tell('parts', plan.seconds.eachPart, partsSchema);
  await measureMemory(bench);
  const profile = plan.profile ? await takeProfile(bench) : undefined;
  return {
    at: new Date().toISOString(),
    mode: plan.mode,
    machine: { ...machine, postgres: ground.database.version },
    asked: { perpetrators: plan.perpetrators, cases: disclosing, quietCases: quiet, delayMs: plan.delayMs },
    ...{ agencies, allAgencies, plainCall, manyConnections, paced, oneConnection, proxy, log, parts },
    memory: bench.memory,
    residentPeak: (await bench.gateway.usage()).residentPeak,
    recorded: await compareWithLog(bench),
    ...(profile === undefined ? {} : { profile }),
  };
}

const openedAgenciesSchema = z.strictObject({ credentials: credentialsSchema, plainUrl: z.url() });
const portSchema = z.strictObject({ port: z.number() });

async function standUp(options: RunOptions): Promise<Bench> {
  const { plan, folder, policiesFolder, closings, tell } = options;
  tell('starting the database, the five agencies and the gateway', 15);
  const start = (file: string): Child => {
    const child = startChild(file);
    closings.add(() => child.stop());
    return child;
  };
  const ground = await layGround(folder, policiesFolder, closings);
  const borough: Borough = { seed: SEED, asOf: today(), perpetrators: plan.perpetrators };
  const { certificatePem, keyPem } = ground.authority;
  const agencies = start('./agencies-process.ts');
  const { gatewayClient } = ground;
  const opening = agencies.tell(
    'open',
    { authority: { certificatePem, keyPem }, gatewayClient, borough, delayMs: plan.delayMs },
    openedAgenciesSchema,
  );
  const men = menOf(populationOf(borough), plan.cases);
  const cases = await putCases(men, ground);
  const { credentials, plainUrl } = await opening;
  const standing: Standing = { credentials, keysFolder: ground.keysFolder, policiesFolder };
  const [gateway, asker, adapters] = [
    start('./gateway-process.ts'),
    start('./asker-process.ts'),
    start('./adapters-process.ts'),
  ];
  await adapters.tell('open', { ...standing, cases }, z.null());
  const { port } = await gateway.tell('open', { ...standing, databaseUrl: ground.database.gateway.url }, portSchema);
  await asker.tell('open', askerOpening(ground, men, { port, connections: plan.connections }), z.null());
  return {
    ...options,
    ...{ ground, men, standing, plainUrl, gateway, agencies, asker, adapters },
    memory: [],
    answers: 0,
  };
}

const today = (): string => new Date().toISOString().slice(0, 10);

function askerOpening(
  { authority, council, clientId }: Ground,
  men: readonly Man[],
  { port, connections }: { readonly port: number; readonly connections: number },
): unknown {
  return {
    gatewayUrl: `https://127.0.0.1:${port}`,
    ca: authority.certificatePem,
    certificate: { certificatePem: council.certificatePem, keyPem: council.keyPem },
    ...{ clientId, connections },
    cases: men.map(({ kase: { caseRef }, protectedContacts }) => ({
      caseRef,
      hers: protectedContacts.filter(({ kind }) => kind !== 'address').map(({ value }) => value),
    })),
  };
}

const directSchema = z.strictObject({ load: loadFiguresSchema, callsPerAsk: z.number(), cpuMsPerAsk: z.number() });

const askDirectly = ({ adapters }: Bench, ask: unknown): Promise<Direct> => adapters.tell('ask', ask, directSchema);

const atCostSchema = z.strictObject({ load: loadFiguresSchema, cpuUs: z.number() });

function measurePlainCall({ adapters, ground, plainUrl, plan, tell }: Bench): Promise<Figures['plainCall']> {
  tell('one plain call to an agency', plan.seconds.eachAdapter);
  const { certificatePem: cert, keyPem: key } = ground.gatewayClient;
  const tls = { ca: ground.authority.certificatePem, cert, key };
  const ask = { url: plainUrl, tls, callers: plan.connections, seconds: plan.seconds.eachAdapter };
  return adapters.tell('ask-plain', ask, atCostSchema);
}

/** Asks through the gateway. A wrong answer ends the benchmark: no speed makes up for it. */
async function ask(bench: Bench, load: Load): Promise<LoadFigures> {
  const figures = await bench.asker.tell('ask', load, loadFiguresSchema);
  bench.answers += figures.took.count;
  const wrong = Object.entries(figures.faults).filter(([fault]) => WRONG.has(fault));
  if (wrong.length > 0) {
    throw new Error(
      `The gateway gave wrong answers: ${wrong.map(([fault, count]) => `${count} ${fault}`).join(', ')}.`,
    );
  }
  if (figures.took.count === 0) throw new Error(`No question was answered: ${JSON.stringify(figures.faults)}.`);
  return figures;
}

const learntSchema = z.strictObject({ disclosing: z.number(), quiet: z.number() });

/** Learns what is right, then asks until the compiler has seen everything and the first look at memory is due. */
async function warmUp(bench: Bench): Promise<z.infer<typeof learntSchema>> {
  const { plan, tell } = bench;
  const [first = 1_000] = plan.memoryAt;
  tell(`warming up with ${first.toLocaleString('en-GB')} questions`, plan.seconds.warmUp);
  const learnt = await bench.asker.tell('learn', null, learntSchema);
  bench.answers += learnt.disclosing + learnt.quiet;
  const { connections } = plan;
  await ask(bench, { connections, seconds: plan.seconds.warmUp * 4, count: Math.max(1, first - bench.answers) });
  await lookAtMemory(bench);
  return learnt;
}

async function lookAtMemory({ gateway, memory, answers }: Bench): Promise<void> {
  const { resident, heapUsed } = await gateway.settled();
  memory.push({ questions: answers, resident, heapUsed });
}

async function measurePath(bench: Bench, load: Load): Promise<PathFigures> {
  const before = await spentSoFar(bench);
  const figures = await ask(bench, load);
  const after = await spentSoFar(bench);
  const between = (name: 'database' | 'machine'): number | undefined => {
    const [from, to] = [before[name], after[name]];
    return from === undefined || to === undefined ? undefined : to - from;
  };
  return {
    load: figures,
    spent: {
      gateway: after.gateway - before.gateway,
      connects: after.connects - before.connects,
      agencies: after.agencies - before.agencies,
      asker: after.asker - before.asker,
      database: between('database'),
      machine: between('machine'),
    },
  };
}

async function spentSoFar({ gateway, agencies, asker, ground }: Bench): Promise<PathFigures['spent']> {
  const [ofGateway, ofAgencies, ofAsker] = await Promise.all([gateway.usage(), agencies.usage(), asker.usage()]);
  return {
    connects: await gateway.tell('connected', null, z.number()),
    gateway: ofGateway.cpu,
    agencies: ofAgencies.cpu,
    asker: ofAsker.cpu,
    database: treeBusy(ground.database.pid),
    machine: machineBusy(),
  };
}

function measureMany(bench: Bench): Promise<PathFigures> {
  const { connections, seconds } = bench.plan;
  bench.tell(`the whole path at ${connections} connections`, seconds.many);
  return measurePath(bench, { connections, seconds: seconds.many });
}

function measurePaced(bench: Bench, perSecond: number): Promise<PathFigures> {
  const { connections, seconds } = bench.plan;
  bench.tell(`the whole path at half that rate, ${perSecond.toFixed(0)} a second`, seconds.paced);
  return measurePath(bench, { connections, seconds: seconds.paced, perSecond });
}

async function measureProxy(bench: Bench): Promise<Figures['proxy']> {
  const { plan, ground, plainUrl, asker, tell } = bench;
  tell('a bare proxy before one agency', plan.seconds.proxy);
  const proxy = startChild('./proxy-process.ts');
  bench.closings.add(() => proxy.stop());
  const server = await ground.pki.server('proxy');
  const pem = ({ certificatePem: cert, keyPem: key }: typeof server) => ({ cert, key });
  const { connections } = plan;
  const { port } = await proxy.tell(
    'open',
    {
      target: plainUrl,
      ca: ground.authority.certificatePem,
      server: pem(server),
      client: pem(ground.gatewayClient),
      connections,
    },
    portSchema,
  );
  const asked = (seconds: number): Promise<LoadFigures> => {
    const load: Load = { connections, seconds };
    return asker.tell('ask-proxy', { url: `https://127.0.0.1:${port}`, load }, loadFiguresSchema);
  };
  await asked(plan.seconds.proxy / 4);
  const before = await proxy.usage();
  const load = await asked(plan.seconds.proxy);
  const cpuUs = ((await proxy.usage()).cpu - before.cpu) / load.took.count;
  await proxy.stop();
  return { load, cpuUs };
}

/** No answer without its entry (P1). There may be more entries: an answer may have been lost on its way. */
async function compareWithLog({ answers, ground }: Bench): Promise<Figures['recorded']> {
  const entries = await countDisclosed(ground);
  if (entries < answers) throw new Error(`${answers} answers were given and only ${entries} are in the access log.`);
  return { answers, entries };
}

/** Asks on until each of the counts at which memory is looked at, or until the time for it is over. */
async function measureMemory(bench: Bench): Promise<void> {
  const { plan, tell } = bench;
  const endsAt = performance.now() + plan.seconds.memory * 1000;
  for (const questions of plan.memoryAt) {
    const seconds = (endsAt - performance.now()) / 1000;
    if (questions <= bench.answers || seconds < 1) continue;
    tell(`memory after ${questions.toLocaleString('en-GB')} questions`, seconds);
    await ask(bench, { connections: plan.connections, seconds, count: questions - bench.answers });
    await lookAtMemory(bench);
  }
  if (bench.memory.at(-1)?.questions !== bench.answers) await lookAtMemory(bench);
}

async function takeProfile(bench: Bench): Promise<NonNullable<Figures['profile']>> {
  const { plan, gateway, tell, folder } = bench;
  tell('a profile of the gateway under load', plan.seconds.many);
  const file = join(folder, 'gateway.cpuprofile');
  await gateway.tell('begin-profile', null, z.null());
  await ask(bench, { connections: plan.connections, seconds: plan.seconds.many });
  await gateway.tell('end-profile', file, z.null());
  return readProfile(file);
}
