import { subscribe } from 'node:diagnostics_channel';
import { setMaxListeners } from 'node:events';
import { z } from 'zod';
import { makeAgencyClient } from '../../adapters/https/agency-client.ts';
import { readKeysFolder } from '../../deploy/keys-folder.ts';
import { readPoliciesFolder } from '../../deploy/policies-folder.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { caseSchema } from '../../schemas/case.ts';
import { sourcesOver } from '../agencies/five-agencies.ts';
import { directQuestions, type DirectQuestion } from './direct-questions.ts';
import { credentialsSchema, standingSchema } from './credentials.ts';
import { runLoad } from './closed-loop.ts';
import { serveParent } from './parent.ts';
import { measureParts, type PartsInput } from './parts.ts';
import { wanted } from './wanted.ts';

/** The adapters with no gateway around them: what the agencies cost anybody who asks them. */

const openSchema = standingSchema.extend({ cases: z.array(caseSchema) });
const askSchema = z.strictObject({
  /** Left out: all at once, as the gateway asks them. */
  agency: z.string().optional(),
  callers: z.number().int().positive(),
  seconds: z.number().positive(),
});

const plainSchema = z.strictObject({
  url: z.url(),
  tls: z.strictObject({ ca: z.string(), cert: z.string(), key: z.string() }),
  callers: z.number().int().positive(),
  seconds: z.number().positive(),
});

let calls = 0;
// The client library counts every request it makes, whichever adapter asked for it.
subscribe('undici:request:create', () => {
  calls += 1;
});

let opened: PartsInput | undefined;
let asked = 0;

serveParent(
  {
    open: async (told) => {
      const { credentials, keysFolder, policiesFolder, cases } = openSchema.parse(told);
      const bundle = wanted(await readPoliciesFolder(policiesFolder));
      const keys = wanted(await readKeysFolder(keysFolder));
      const sources = sourcesOver(credentialsSchema.parse(credentials));
      opened = { bundle, keys, sources, cases, seal: makeSeal(keys.sealKey) };
    },
    ask: async (told) => {
      const { agency, callers, seconds } = askSchema.parse(told);
      const { sources } = open();
      const questions = directQuestions(open());
      const before = { calls, cpu: process.cpuUsage() };
      let asks = 0;
      const load = await runLoad({ connections: callers, seconds }, async () => {
        const question = questions[asked++ % questions.length];
        if (question === undefined) throw new Error('no question');
        const chosen = sources.filter((source) => agency === undefined || source.agency === agency);
        const outcomes = await Promise.all(chosen.map((source) => askOnce(source.agency, question)));
        asks += 1;
        return outcomes.find((outcome) => UNWELL.has(outcome));
      });
      const { user, system } = process.cpuUsage(before.cpu);
      return { load, callsPerAsk: (calls - before.calls) / asks, cpuMsPerAsk: (user + system) / 1000 / asks };
    },
    // What one call costs when nothing is asked for, mapped or checked: below this no adapter can go.
    'ask-plain': async (told) => {
      const { url, tls, callers, seconds } = plainSchema.parse(told);
      const client = makeAgencyClient({ baseUrl: url, tls });
      const { signal } = new AbortController();
      setMaxListeners(0, signal);
      const once = async (): Promise<string | undefined> => {
        const answer = await client.request({ method: 'GET', path: '/record', signal, timeoutMs: 4_000 });
        return answer.ok ? undefined : answer.error;
      };
      await runLoad({ connections: callers, seconds: seconds / 4 }, once);
      const before = process.cpuUsage();
      const load = await runLoad({ connections: callers, seconds }, once);
      const { user, system } = process.cpuUsage(before);
      await client.close();
      return { load, cpuUs: (user + system) / load.took.count };
    },
    parts: async (told) => measureParts(open(), z.number().parse(told)),
  },
  async () => {
    await Promise.all((opened?.sources ?? []).map((source) => source.close()));
  },
);

const UNWELL: ReadonlySet<string> = new Set(['timed-out', 'unavailable', 'error']);

function open(): PartsInput {
  if (opened === undefined) throw new Error('not opened yet');
  return opened;
}

async function askOnce(agency: string, { asks }: DirectQuestion): Promise<string> {
  const ask = asks.find(({ source }) => source.agency === agency);
  if (ask === undefined) return 'not-asked';
  const answer = await ask.source.ask(ask.question, { signal: new AbortController().signal, timeoutMs: 4_000 });
  return answer.outcome;
}
