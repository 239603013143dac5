import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createConnection } from './pool.ts';

/** The login under which the gateway works, made by the owner of the database. */

export const GATEWAY_ROLE = 'holdfast_gateway';

const ROUNDS = 4096;

/**
 * The stored form of a password by RFC 5802 as PostgreSQL keeps it, worked out here so that the password itself never
 * travels in a statement, which a server may log.
 */
export function scramVerifier(password: string, salt: Uint8Array = randomBytes(16)): string {
  const salted = pbkdf2Sync(password, salt, ROUNDS, 32, 'sha256');
  const key = (label: string) => createHmac('sha256', salted).update(label).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  const server = key('Server Key').toString('base64');
  return `SCRAM-SHA-256$${ROUNDS}:${Buffer.from(salt).toString('base64')}$${stored}:${server}`;
}

/**
 * Lets the gateway's role log in with a password (printable ASCII) and returns its connection address. Call it after
 * `migrate`; calling it again changes the password.
 */
export async function createGatewayLogin(
  ownerUrl: string,
  password: string,
): Promise<Result<string, 'database-unreachable'>> {
  const connection = createConnection({
    url: ownerUrl,
    connectWithinMs: 5_000,
    statementWithinMs: 10_000,
    name: 'holdfast login',
  });
  try {
    await connection.connect();
    await connection.query(
      `alter role ${GATEWAY_ROLE} login password ${connection.escapeLiteral(scramVerifier(password))}`,
    );
  } catch {
    return err('database-unreachable');
  } finally {
    await connection.end().catch(() => undefined);
  }
  const url = new URL(ownerUrl);
  url.username = GATEWAY_ROLE;
  url.password = encodeURIComponent(password);
  return ok(url.toString());
}
