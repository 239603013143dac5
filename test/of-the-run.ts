import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { doorOf } from './database-address.ts';

/** What all tests of one run share, because it is dear to make: a database server and a key. Made when first asked for. */

const sharedSchema = z.strictObject({
  ownerUrl: z.string(),
  gatewayUrl: z.string(),
  /** A private RSA key of 4,096 bits, PKCS#8: two seconds of a processor to make. No secret of any one test. */
  rsaKeyPem: z.string(),
});
const answerSchema = z.union([sharedSchema, z.strictObject({ error: z.string() })]);

export type Shared = z.infer<typeof sharedSchema>;

let shared: Promise<Shared> | undefined;

export function ofTheRun(): Promise<Shared> {
  return (shared ??= ask());
}

/** Workers are children of the run; with a single test file, the run is this process. */
async function ask(): Promise<Shared> {
  const answered = await knock(process.ppid).catch(() => knock(process.pid));
  const answer = answerSchema.parse(JSON.parse(answered));
  if ('error' in answer) throw new Error(`No database for the tests: ${answer.error}`);
  return answer;
}

async function knock(pid: number): Promise<string> {
  const socket = connect(doorOf(pid));
  return text(socket);
}
