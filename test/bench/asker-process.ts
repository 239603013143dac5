import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'undici';
import { z } from 'zod';
import { makeAsker, contactRequest, type Asker } from '../agencies/asker.ts';
import { WORKER } from './borough.ts';
import { loadSchema, runLoad, type AskOnce } from './closed-loop.ts';
import { makeJudge, type Judge } from './judge.ts';
import { serveParent } from './parent.ts';

/** The council's system, which asks: one connection for each asker, kept open, under the council's own certificate. */

const openSchema = z.strictObject({
  gatewayUrl: z.url(),
  ca: z.string(),
  certificate: z.strictObject({ certificatePem: z.string(), keyPem: z.string() }),
  clientId: z.string(),
  connections: z.number().int().positive(),
  /** Each case, and what must not be in an answer about its subject. */
  cases: z.array(z.strictObject({ caseRef: z.string(), hers: z.array(z.string()) })),
});
type Opened = z.infer<typeof openSchema>;

/** Renewed well before they end, at five minutes. */
const TOKEN_KEPT_MS = 240_000;

interface System {
  readonly opened: Opened;
  readonly judge: Judge;
  readonly asker: Asker;
  readonly clients: readonly Client[];
  readonly tokens: Map<string, { readonly token: Promise<string>; readonly until: number }>;
  /** Cases whose answer discloses something: the others are held back on purpose. */
  readonly cases: string[];
}

let system: System | undefined;
let asked = 0;

serveParent(
  {
    open: (told) => {
      const opened = openSchema.parse(told);
      system = {
        opened,
        judge: makeJudge(new Map(opened.cases.map(({ caseRef, hers }) => [caseRef, hers]))),
        asker: makeAsker({ ...opened, certificate: { ...opened.certificate, thumbprint: '', serialNumber: '' } }),
        clients: clientsTo(opened.gatewayUrl, opened, opened.connections),
        tokens: new Map(),
        cases: [],
      };
    },
    learn: () => learnCases(open()),
    ask: (told) => runLoad(loadSchema.parse(told), askGateway(open())),
    'ask-proxy': async (told) => {
      const { url, load } = z.strictObject({ url: z.url(), load: loadSchema }).parse(told);
      const clients = clientsTo(url, open().opened, load.connections);
      try {
        return await runLoad(load, askPlainly(clients));
      } finally {
        await Promise.all(clients.map((client) => client.destroy()));
      }
    },
  },
  async () => {
    await Promise.all([system?.asker.close(), ...(system?.clients ?? []).map((client) => client.destroy())]);
  },
);

function open(): System {
  if (system === undefined) throw new Error('not opened yet');
  return system;
}

function clientsTo(url: string, { ca, certificate }: Opened, count: number): readonly Client[] {
  const connect = { ca, cert: certificate.certificatePem, key: certificate.keyPem };
  return Array.from({ length: count }, () => new Client(url, { connect, keepAliveTimeout: 55_000 }));
}

function tokenFor({ tokens, asker }: System, caseRef: string): Promise<string> {
  const known = tokens.get(caseRef);
  if (known !== undefined && known.until > Date.now()) return known.token;
  const token = asker.token('ENGAGE', caseRef);
  tokens.set(caseRef, { token, until: Date.now() + TOKEN_KEPT_MS });
  return token;
}

async function ask(system: System, client: Client, caseRef: string): Promise<{ status: number; text: string }> {
  const { statusCode: status, body } = await client.request({
    method: 'POST',
    path: '/v1/contact-requests',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenFor(system, caseRef)}` },
    body: contactRequest(caseRef, WORKER),
  });
  return { status, text: await body.text() };
}

/** Asks about each man once, one after another. What he is said to be then is what every later answer must say. */
async function learnCases(system: System): Promise<{ disclosing: number; quiet: number }> {
  const [client] = system.clients;
  if (client === undefined) throw new Error('no connection');
  for (const { caseRef } of system.opened.cases) {
    const { status, text } = await ask(system, client, caseRef);
    if (status !== 200) throw new Error(`${caseRef} was answered ${status}: ${text.slice(0, 300)}`);
    const learnt = system.judge.learn(caseRef, text);
    if (learnt === 'discloses') system.cases.push(caseRef);
    else if (learnt !== 'discloses-nothing') throw new Error(`the first answer about ${caseRef}: ${learnt}`);
  }
  if (system.cases.length === 0) throw new Error('no case of which anything is disclosed');
  return { disclosing: system.cases.length, quiet: system.opened.cases.length - system.cases.length };
}

function askGateway(system: System): AskOnce {
  return async (connection) => {
    const caseRef = system.cases[asked++ % system.cases.length] ?? '';
    const client = system.clients[connection];
    if (client === undefined) throw new Error('more askers than connections');
    try {
      const { status, text } = await ask(system, client, caseRef);
      return status === 200 ? system.judge.judge(caseRef, text) : `status-${status}`;
    } catch (error) {
      await wait(100);
      return `failed-${error instanceof Error ? error.name : 'unknown'}`;
    }
  };
}

const askPlainly =
  (clients: readonly Client[]): AskOnce =>
  async (connection) => {
    const client = clients[connection];
    if (client === undefined) throw new Error('more askers than connections');
    const { statusCode, body } = await client.request({ method: 'GET', path: '/record' });
    await body.text();
    return statusCode === 200 ? undefined : `status-${statusCode}`;
  };
