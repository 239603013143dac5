import { z } from 'zod';
import { err, ok, type Result } from '../schemas/result.ts';

/**
 * Where the process is told what it needs: one schema, every problem said at once, no default for a secret, an address
 * or anything that would weaken it. Read once, in deploy/main.ts.
 */

const port = z.coerce.number().int().min(1).max(65_535);

/** The name of a log as checkpoints carry it: printable, without spaces and without the plus sign that parts keys. */
const originName = z.string().regex(/^[\x21-\x2a\x2c-\x7e]{1,255}$/, 'must be a name without spaces');
const httpsAddress = (error: string) => z.url({ protocol: /^https$/, error });

const environmentSchema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address of the gateway’s login'),
  HOLDFAST_PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be the https:// address that agencies connect to' }),
  HOLDFAST_HOST: z.string().min(1),
  HOLDFAST_PORT: port,
  HOLDFAST_OPERATIONS_HOST: z.string().min(1),
  HOLDFAST_OPERATIONS_PORT: port,
  HOLDFAST_KEYS: z.string().min(1),
  HOLDFAST_POLICIES: z.string().min(1),
  HOLDFAST_POLICY_SIGNERS: z.string().min(1),
  HOLDFAST_SOURCES: z.string().min(1),
  HOLDFAST_WITNESSES: z.string().min(1),
  HOLDFAST_LOG_ORIGIN: originName.optional(),
  HOLDFAST_LOG_TOKEN: z.string().min(1).optional(),
  HOLDFAST_TLS_1_2: z.enum(['allowed']).optional(),
  HOLDFAST_PAGES: z.string().min(1).optional(),
  HOLDFAST_PAGES_URL: httpsAddress('must be the https:// address that browsers connect to').optional(),
  HOLDFAST_PAGES_HOST: z.string().min(1).optional(),
  HOLDFAST_PAGES_PORT: port.optional(),
});

export interface Environment {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
  /** The operator's own interface; loopback where monitoring runs on the machine. */
  readonly operationsHost: string;
  readonly operationsPort: number;
  /** Folder of keys and certificates. */
  readonly keysFolder: string;
  /** Folder of agreements. */
  readonly policiesFolder: string;
  /** File that lists who signs agreements. */
  readonly policySignersFile: string;
  /** File that lists the sources. */
  readonly sourcesFile: string;
  /** File that lists the agencies' witnesses; undefined where the operator has said that there are none. */
  readonly witnessesFile: string | undefined;
  /** The log's name, where it is not the public address followed by `/log`. */
  readonly logOrigin?: string;
  /** File that says in which hardware token the log's key is. */
  readonly logTokenFile?: string;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
  /** The pages for people, where the site has them. */
  readonly staffPages?: StaffPages;
}

export interface StaffPages {
  /** File that says where staff sign in. */
  readonly signInFile: string;
  readonly publicUrl: string;
  readonly host: string;
  readonly port: number;
}

/** Reads the environment, or says in sentences everything that is missing or wrong. Never repeats a value. */
export function readEnvironment(
  variables: Readonly<Record<string, string | undefined>>,
): Result<Environment, string[]> {
  const parsed = environmentSchema.safeParse(variables);
  if (!parsed.success) {
    return err(parsed.error.issues.map((issue) => sentenceFor(String(issue.path[0]), variables, issue.message)));
  }
  const { data } = parsed;
  const staffPages = staffPagesOf(data);
  if (!staffPages.ok) return staffPages;
  return ok({
    databaseUrl: data.DATABASE_URL,
    publicUrl: data.HOLDFAST_PUBLIC_URL.replace(/\/+$/, ''),
    host: data.HOLDFAST_HOST,
    port: data.HOLDFAST_PORT,
    operationsHost: data.HOLDFAST_OPERATIONS_HOST,
    operationsPort: data.HOLDFAST_OPERATIONS_PORT,
    keysFolder: data.HOLDFAST_KEYS,
    policiesFolder: data.HOLDFAST_POLICIES,
    policySignersFile: data.HOLDFAST_POLICY_SIGNERS,
    sourcesFile: data.HOLDFAST_SOURCES,
    witnessesFile: data.HOLDFAST_WITNESSES === 'none' ? undefined : data.HOLDFAST_WITNESSES,
    ...(data.HOLDFAST_LOG_ORIGIN === undefined ? {} : { logOrigin: data.HOLDFAST_LOG_ORIGIN }),
    ...(data.HOLDFAST_LOG_TOKEN === undefined ? {} : { logTokenFile: data.HOLDFAST_LOG_TOKEN }),
    minTlsVersion: data.HOLDFAST_TLS_1_2 === 'allowed' ? 'TLSv1.2' : 'TLSv1.3',
    ...(staffPages.value === undefined ? {} : { staffPages: staffPages.value }),
  });
}

/** All four or none: pages at a door that nobody chose would be found by whoever looks. */
function staffPagesOf(data: z.infer<typeof environmentSchema>): Result<StaffPages | undefined, string[]> {
  const {
    HOLDFAST_PAGES: signInFile,
    HOLDFAST_PAGES_URL: url,
    HOLDFAST_PAGES_HOST: host,
    HOLDFAST_PAGES_PORT: at,
  } = data;
  if (signInFile === undefined && url === undefined && host === undefined && at === undefined) return ok(undefined);
  if (signInFile === undefined || url === undefined || host === undefined || at === undefined)
    return err(['HOLDFAST_PAGES, _URL, _HOST and _PORT go together: set all four for pages, or none for no pages.']);
  return ok({ signInFile, publicUrl: url.replace(/\/+$/, ''), host, port: at });
}

function sentenceFor(name: string, variables: Readonly<Record<string, string | undefined>>, message: string): string {
  return variables[name] === undefined
    ? `${name} is not set: deploy/environment.md says what it is.`
    : `${name} is not usable: ${message}.`;
}
