import { z } from 'zod';
import { err, ok, type Result } from '../schemas/result.ts';

/**
 * Where the process is told what it needs: one schema, every problem said at once, no default for a secret, an address
 * or anything that would weaken it. Read once, in deploy/main.ts.
 */

const port = z.coerce.number().int().min(1).max(65_535);

const environmentSchema = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must be a postgres:// address of the gateway’s login'),
  HOLDFAST_PUBLIC_URL: z.url({ protocol: /^https$/, error: 'must be the https:// address that agencies connect to' }),
  HOLDFAST_HOST: z.string().min(1),
  HOLDFAST_PORT: port,
  HOLDFAST_OPERATIONS_HOST: z.string().min(1),
  HOLDFAST_OPERATIONS_PORT: port,
  HOLDFAST_KEYS: z.string().min(1),
  HOLDFAST_POLICIES: z.string().min(1),
  HOLDFAST_SOURCES: z.string().min(1),
  HOLDFAST_WITNESSES: z.string().min(1),
  HOLDFAST_TLS_1_2: z.enum(['allowed']).optional(),
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
  /** File that lists the sources. */
  readonly sourcesFile: string;
  /** File that lists the agencies' witnesses; undefined where the operator has said that there are none. */
  readonly witnessesFile: string | undefined;
  readonly minTlsVersion: 'TLSv1.2' | 'TLSv1.3';
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
  return ok({
    databaseUrl: data.DATABASE_URL,
    publicUrl: data.HOLDFAST_PUBLIC_URL.replace(/\/+$/, ''),
    host: data.HOLDFAST_HOST,
    port: data.HOLDFAST_PORT,
    operationsHost: data.HOLDFAST_OPERATIONS_HOST,
    operationsPort: data.HOLDFAST_OPERATIONS_PORT,
    keysFolder: data.HOLDFAST_KEYS,
    policiesFolder: data.HOLDFAST_POLICIES,
    sourcesFile: data.HOLDFAST_SOURCES,
    witnessesFile: data.HOLDFAST_WITNESSES === 'none' ? undefined : data.HOLDFAST_WITNESSES,
    minTlsVersion: data.HOLDFAST_TLS_1_2 === 'allowed' ? 'TLSv1.2' : 'TLSv1.3',
  });
}

function sentenceFor(name: string, variables: Readonly<Record<string, string | undefined>>, message: string): string {
  return variables[name] === undefined
    ? `${name} is not set: deploy/environment.md says what it is.`
    : `${name} is not usable: ${message}.`;
}
