import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problemSchema, type ProblemCode } from '../../schemas/problem.ts';
import { answerSchema, type Answer } from '../../schemas/answer.ts';
import { loggedEntrySchema, type LoggedEntry } from '../../schemas/log.ts';
import type { Message } from '../../gateway/operations/messages.ts';
import type { AgencySource, SourceQuestion } from '../../gateway/ports/agency-source.ts';
import type { IssuedCertificate } from '../../adapters/keys/authority.ts';
import { contactRequest, disclosureRequest, type Asker, type Reply } from '../agencies/asker.ts';
import { startPartnership, type Partnership, type PartnershipOptions } from '../agencies/partnership.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { ofTheRun } from '../of-the-run.ts';
import { castCases, type CastCase } from '../population/cast-cases.ts';
import { demoCast } from '../population/cast.ts';
import type { Population } from '../population/types.ts';
import { departures } from './conformance.ts';

/** A partnership with the cast, and everything that left it: what journeys and attacks play on. */

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** One question to one source, as the gateway put it to the adapter. */
export interface PutQuestion {
  readonly agency: string;
  readonly question: SourceQuestion;
}

export interface Stage {
  readonly partnership: Partnership;
  readonly population: Population;
  readonly database: { readonly url: string; readonly ownerUrl: string };
  readonly cases: readonly CastCase[];
  /** The folder of the gateway's keys. */
  readonly folder: string;
  /** What the gateway said in its structured log, in order. */
  readonly said: readonly Message[];
  /** Every question that any adapter was handed (P3). */
  readonly put: readonly PutQuestion[];
  caseRef(number: number): string;
  /** An agency's system whose every reply is held against the published document. */
  asker(agency: string, certificate?: IssuedCertificate): Asker;
  /** A worker of the council asks how to reach the man of a case. */
  contact(caseNumber: number, staffId: string, change?: Readonly<Record<string, unknown>>): Promise<Reply>;
  /** A member of staff asks for a purpose. */
  disclosure(claim: Claim, change?: Readonly<Record<string, unknown>>): Promise<Reply>;
  entries(): Promise<LoggedEntry[]>;
  /** Every row of every table, as text. */
  everythingAtRest(): Promise<string>;
  metrics(): Promise<string>;
  close(): Promise<void>;
}

export interface Claim {
  readonly agency: string;
  readonly role: string;
  readonly purpose: string;
  readonly caseRef: string;
}

export interface StageOptions extends Pick<
  PartnershipOptions,
  'gateway' | 'delayMs' | 'pages' | 'witnesses' | 'witnessClock'
> {
  readonly database?: FreshDatabase;
  readonly sources?: (five: readonly AgencySource[]) => readonly AgencySource[];
}

/** The day on which everything plays: today, since tokens and certificates have no other clock. */
export const today = (): string => new Date().toISOString().slice(0, 10);

/** Starts a partnership on a database of its own. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const asOf = today();
  const database = options.database ?? (await freshDatabase());
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-stage-'));
  const population = demoCast(asOf);
  const cases = castCases(asOf);
  // Outside a test run, as when screenshots are taken, there is no such key and a new one is made.
  const healthKeyPem = await ofTheRun().then(
    ({ rsaKeyPem }) => rsaKeyPem,
    () => undefined,
  );
  const said: Message[] = [];
  const put: PutQuestion[] = [];
  const askers: Asker[] = [];
  const partnership = await startPartnership({
    ...{ database, folder, asOf, cases },
    policiesFolder: join(ROOT, 'policies', 'agreements'),
    holdings: population.holdings,
    healthRequestsPerSecond: 1_000,
    ...(healthKeyPem === undefined ? {} : { healthKeyPem }),
    ...(options.pages === undefined ? {} : { pages: options.pages }),
    ...(options.witnesses === undefined ? {} : { witnesses: options.witnesses }),
    ...(options.witnessClock === undefined ? {} : { witnessClock: options.witnessClock }),
    ...(options.delayMs === undefined ? {} : { delayMs: options.delayMs }),
    gateway: { say: (_level, message) => void said.push(message), ...options.gateway },
    sources: (five) => (options.sources?.(five) ?? five).map((source) => overheard(source, put)),
  });
  const caseRef = (number: number): string => `DAPG-${asOf.slice(0, 4)}-${String(number).padStart(4, '0')}`;
  const asker: Stage['asker'] = (agency, certificate) => {
    const opened = conforming(partnership.asker(agency, certificate === undefined ? {} : { certificate }));
    askers.push(opened);
    return opened;
  };
  const perAgency = new Map<string, Asker>();
  const systemOf = (agency: string): Asker => {
    const system = perAgency.get(agency) ?? asker(agency);
    perAgency.set(agency, system);
    return system;
  };
  return {
    ...{ partnership, population, database, cases, folder, said, put, caseRef, asker },
    contact: async (number, staffId, change) => {
      const system = systemOf('riverton-council');
      const token = await system.token('ENGAGE', caseRef(number));
      return system.send('POST', '/v1/contact-requests', {
        token,
        body: contactRequest(caseRef(number), staffId, change),
      });
    },
    disclosure: async ({ agency, role, purpose, caseRef: of }, change) => {
      const system = systemOf(agency);
      const token = await system.token(purpose, of);
      const body = disclosureRequest(purpose, of, { id: 'a.member', role }, change);
      return system.send('POST', '/v1/disclosures', { token, body });
    },
    entries: () => entriesIn(database.ownerUrl),
    everythingAtRest: () => everythingIn(database.ownerUrl),
    metrics: async () => (await fetch(`http://127.0.0.1:${partnership.gateway.operationsPort}/metrics`)).text(),
    close: async () => {
      await Promise.all(askers.map((each) => each.close()));
      await partnership.stop();
      await rm(folder, { recursive: true, force: true });
      await database.drop();
    },
  };
}

function overheard(source: AgencySource, put: PutQuestion[]): AgencySource {
  return {
    ...source,
    ask: (question, limits) => {
      put.push({ agency: source.agency, question });
      return source.ask(question, limits);
    },
  };
}

function conforming(asker: Asker): Asker {
  const send: Asker['send'] = async (method, path, options) => {
    const reply = await asker.send(method, path, options);
    const found = departures(method, path, reply);
    if (found.length > 0) throw new Error(`not as published: ${found.join('; ')}`);
    return reply;
  };
  return { ...asker, send };
}

async function entriesIn(ownerUrl: string): Promise<LoggedEntry[]> {
  const owner = await connectTo(ownerUrl);
  const { rows } = await owner.query<{ canonical: string }>('select canonical from holdfast.entry order by position');
  await owner.end();
  return rows.map(({ canonical }) => loggedEntrySchema.parse(JSON.parse(canonical)));
}

async function everythingIn(ownerUrl: string): Promise<string> {
  const owner = await connectTo(ownerUrl);
  const { rows: tables } = await owner.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
     where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const { rows } = await owner.query<{ row: string }>(`select t::text as row from ${name} t`);
    // What is kept as bytes comes out in hex; somebody who dumps the table reads them as text too.
    for (const { row } of rows)
      texts.push(
        row,
        row.replaceAll(/\\\\?x([0-9a-f]+)/gu, (_all, hex) => latin1(String(hex))),
      );
  }
  await owner.end();
  return texts.join('\n');
}

const latin1 = (hex: string): string => Buffer.from(hex, 'hex').toString('latin1');

/** The answer of a reply that must be one. */
export function answerOf(reply: Reply): Answer {
  if (reply.status !== 200) throw new Error(`no answer: ${reply.status} ${reply.text.slice(0, 200)}`);
  return answerSchema.parse(reply.json);
}

/** The problem code of a reply that must be a refusal. */
export function refusalOf(reply: Reply): { status: number; code: string } {
  const { status, code } = problemSchema.parse(reply.json);
  if (status !== reply.status) throw new Error(`a problem of status ${status} came as ${reply.status}`);
  return { status, code };
}

/** What a refusal must be. */
export const refused = (status: number, code: ProblemCode): { status: number; code: ProblemCode } => ({ status, code });
