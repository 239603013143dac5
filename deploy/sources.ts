import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { z } from 'zod';
import { makeChildrensSource } from '../adapters/childrens/source.ts';
import { makeHousingSource } from '../adapters/housing/source.ts';
import { makeHealthSource } from '../adapters/health/source.ts';
import { makeProbationSource } from '../adapters/probation/source.ts';
import type { AgencySource } from '../gateway/ports/agency-source.ts';
import { err, ok, type Result } from '../schemas/result.ts';
import { EXTRACT_ADAPTERS, EXTRACT_FORMS } from './extract-forms.ts';
import { readSettingsFile } from './settings-file.ts';

/**
 * The sources file: which agencies are asked, where, and with which credentials. Secrets are files of their own, named
 * by path relative to it. Unknown keys refuse the start.
 */

const path = z.string().min(1).max(500);
const named = { name: z.string().min(1).max(120), baseUrl: z.url({ protocol: /^https$/ }) };
const clientTls = z.strictObject({ ca: path, cert: path, key: path });
const serverTls = z.strictObject({ ca: path, cert: path.optional(), key: path.optional() });
const sourcesFileSchema = z.strictObject({
  sources: z
    .array(
      z.discriminatedUnion('adapter', [
        z.strictObject({
          adapter: z.literal('health'),
          ...named,
          tokenUrl: z.url({ protocol: /^https$/ }),
          tls: serverTls,
          signingKey: path,
          kid: z.string().min(1),
          clientId: z.string().min(1),
          odsCode: z.string().regex(/^[A-Z0-9]{3,10}$/),
          requestsPerSecond: z.number().int().positive().max(1000),
        }),
        z.strictObject({ adapter: z.literal('probation'), ...named, tls: clientTls, apiKey: path }),
        z.strictObject({ adapter: z.enum(EXTRACT_ADAPTERS), ...named, tls: clientTls }),
        z.strictObject({ adapter: z.literal('housing'), ...named, tls: serverTls, token: path }),
        z.strictObject({ adapter: z.literal('childrens'), ...named, tls: serverTls, apiKey: path }),
      ]),
    )
    .min(1)
    .max(50),
});
type SourceEntry = z.infer<typeof sourcesFileSchema>['sources'][number];

/** Reads the sources file and opens each source, or says everything that is wrong. Nothing is asked yet. */
export async function readSourcesFile(file: string): Promise<Result<readonly AgencySource[], string[]>> {
  const said = await readSettingsFile(file, sourcesFileSchema, 'sources');
  if (!said.ok) return said;
  const problems: string[] = [];
  const opened: AgencySource[] = [];
  for (const entry of said.value.sources) {
    const secrets = await readSecrets(entry, dirname(file), problems);
    if (problems.length === 0) opened.push(openSource(entry, secrets));
  }
  if (problems.length === 0) return ok(opened);
  await Promise.all(opened.map((source) => source.close()));
  return err(problems);
}

/** The text of each file that an entry names, by the name it has there. */
type Secrets = (name: string) => string;

async function readSecrets(entry: SourceEntry, folder: string, problems: string[]): Promise<Secrets> {
  const { tls } = entry;
  const named: [string, string | undefined][] = [
    ['ca', tls.ca],
    ['cert', tls.cert],
    ['key', tls.key],
    ['signingKey', 'signingKey' in entry ? entry.signingKey : undefined],
    ['apiKey', 'apiKey' in entry ? entry.apiKey : undefined],
    ['token', 'token' in entry ? entry.token : undefined],
  ];
  const texts = new Map<string, string>();
  for (const [name, relative] of named) {
    if (relative === undefined) continue;
    try {
      texts.set(name, await readFile(resolve(folder, relative), 'utf8'));
    } catch {
      problems.push(`${entry.name}: the file for "${name}", ${resolve(folder, relative)}, cannot be read.`);
    }
  }
  return (name) => texts.get(name) ?? '';
}

function openSource(entry: SourceEntry, secret: Secrets): AgencySource {
  const { name, baseUrl } = entry;
  const tls = {
    ca: secret('ca'),
    ...(entry.tls.cert === undefined ? {} : { cert: secret('cert') }),
    ...(entry.tls.key === undefined ? {} : { key: secret('key') }),
  };
  const mutualTls = { ca: secret('ca'), cert: secret('cert'), key: secret('key') };
  switch (entry.adapter) {
    case 'health': {
      const { tokenUrl, kid, clientId, odsCode, requestsPerSecond } = entry;
      const own = { signingKey: secret('signingKey'), now: () => new Date(), newId: randomUUID };
      return makeHealthSource({ name, baseUrl, tls, tokenUrl, kid, clientId, odsCode, requestsPerSecond, ...own });
    }
    case 'probation':
      return makeProbationSource({ name, baseUrl, tls: mutualTls, apiKey: secret('apiKey').trim() });
    case 'housing':
      return makeHousingSource({ name, baseUrl, tls, token: secret('token').trim() });
    case 'childrens':
      return makeChildrensSource({ name, baseUrl, tls, apiKey: secret('apiKey').trim() });
    default:
      return EXTRACT_FORMS[entry.adapter].makeSource({ name, client: { baseUrl, tls: mutualTls } });
  }
}
