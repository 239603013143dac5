import type { AccessRegistrar, RegistrarFault } from '../../gateway/ports/access-register.ts';
import { agencySchema } from '../../schemas/case.ts';
import { purposeSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { createPool, sqlState } from './pool.ts';

const FAULTS: Readonly<Record<string, RegistrarFault>> = {
  '23503': 'agency-unknown',
  '23505': 'invalid',
  '23514': 'invalid',
  '22007': 'invalid',
};

const PUT_AGENCY = `
  insert into holdfast.agency (id, name, requester_group, san_uri) values ($1, $2, $3, $4)
  on conflict (id) do update set
    name = excluded.name, requester_group = excluded.requester_group, san_uri = excluded.san_uri`;

const PUT_CERTIFICATE = `
  insert into holdfast.client_certificate (thumbprint, agency, not_after) values ($1, $2, $3)
  on conflict (thumbprint) do nothing`;

const REVOKE_CERTIFICATE = `
  update holdfast.client_certificate set revoked_at = coalesce(revoked_at, clock_timestamp()) where thumbprint = $1`;

const PUT_CLIENT = `
  insert into holdfast.oauth_client (client_id, agency, san_uri, purposes, suspended) values ($1, $2, $3, $4, $5)
  on conflict (client_id) do update set
    agency = excluded.agency, san_uri = excluded.san_uri, purposes = excluded.purposes, suspended = excluded.suspended`;

const SUSPEND_CLIENT = 'update holdfast.oauth_client set suspended = true where client_id = $1';

/** Changes the access register, under the owner's login. Gateways follow within a second. */
export function createAccessRegistrar(options: {
  readonly ownerUrl: string;
}): AccessRegistrar & { close(): Promise<void> } {
  const pool = createPool({
    url: options.ownerUrl,
    max: 2,
    connectWithinMs: 2_000,
    statementWithinMs: 5_000,
    name: 'holdfast registrar',
  });
  const change = async (
    sql: string,
    values: readonly unknown[],
    whenNone?: RegistrarFault,
  ): Promise<Result<void, RegistrarFault>> => {
    try {
      const { rowCount } = await pool.query(sql, [...values]);
      return rowCount === 0 && whenNone !== undefined ? err(whenNone) : ok(undefined);
    } catch (error) {
      return err(FAULTS[sqlState(error) ?? ''] ?? 'register-unavailable');
    }
  };
  let closing: Promise<void> | undefined;
  return {
    putAgency: (agency) => {
      // A row that cannot be read back would make every gateway refuse everything.
      const checked = agencySchema.safeParse(agency);
      if (!checked.success) return Promise.resolve(err('invalid'));
      const { id, name, group, sanUri } = checked.data;
      return change(PUT_AGENCY, [id, name, group, sanUri]);
    },
    putCertificate: ({ thumbprint, agency, notAfter }) => change(PUT_CERTIFICATE, [thumbprint, agency, notAfter]),
    revokeCertificate: (thumbprint) => change(REVOKE_CERTIFICATE, [thumbprint], 'certificate-unknown'),
    putClient: ({ clientId, agency, sanUri, purposes, status }) =>
      purposes.every((purpose) => purposeSchema.safeParse(purpose).success)
        ? change(PUT_CLIENT, [clientId, agency, sanUri, purposes, status === 'suspended'])
        : Promise.resolve(err('invalid')),
    suspendClient: (clientId) => change(SUSPEND_CLIENT, [clientId], 'client-unknown'),
    close: () => (closing ??= pool.end()),
  };
}
