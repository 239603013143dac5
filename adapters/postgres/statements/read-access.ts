import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { RegisteredCertificate, RegisteredClient } from '../../../gateway/ports/access-register.ts';
import { agencySchema, type Agency } from '../../../schemas/case.ts';
import { agencyIdSchema, purposeSchema } from '../../../schemas/names.ts';

/** Everything in one statement, hence of one moment: a client is never read without its agency. */
const SQL = `
  select
    (select revision from holdfast.access_revision) as revision,
    coalesce((select jsonb_agg(jsonb_build_object(
      'id', id, 'name', name, 'group', requester_group, 'sanUri', san_uri)) from holdfast.agency), '[]') as agencies,
    coalesce((select jsonb_agg(jsonb_build_object(
      'thumbprint', thumbprint, 'agency', agency, 'revoked', revoked_at is not null,
      'notAfter', to_char(not_after at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
      from holdfast.client_certificate), '[]') as certificates,
    coalesce((select jsonb_agg(jsonb_build_object(
      'clientId', client_id, 'agency', agency, 'sanUri', san_uri, 'purposes', purposes, 'suspended', suspended))
      from holdfast.oauth_client), '[]') as clients`;

const rowSchema = z.object({
  revision: z.coerce.number().int(),
  agencies: z.array(agencySchema),
  certificates: z.array(
    z
      .strictObject({
        thumbprint: z.string(),
        agency: agencyIdSchema,
        revoked: z.boolean(),
        notAfter: z.iso.datetime(),
      })
      .transform(({ revoked, ...rest }): RegisteredCertificate => ({
        ...rest,
        status: revoked ? 'revoked' : 'active',
      })),
  ),
  clients: z.array(
    z
      .strictObject({
        clientId: z.string(),
        agency: agencyIdSchema,
        sanUri: z.string(),
        purposes: z.array(purposeSchema),
        suspended: z.boolean(),
      })
      .transform(({ suspended, ...rest }): RegisteredClient => ({
        ...rest,
        status: suspended ? 'suspended' : 'active',
      })),
  ),
});

export interface AccessRows {
  readonly revision: number;
  readonly agencies: readonly Agency[];
  readonly certificates: readonly RegisteredCertificate[];
  readonly clients: readonly RegisteredClient[];
}

/** Reads the whole access register. Throws where a row is not of its shape: then nothing of it may be trusted. */
export async function readAccess(client: ClientBase): Promise<AccessRows> {
  const { rows } = await client.query({ name: 'read-access', text: SQL });
  const [row] = z.array(rowSchema).length(1).parse(rows);
  if (row === undefined) throw new Error('the access register answered nothing');
  return row;
}

/** The number that every change raises. */
export async function readAccessRevision(client: ClientBase): Promise<number> {
  const { rows } = await client.query({
    name: 'read-access-revision',
    text: 'select revision from holdfast.access_revision',
  });
  const [row] = z
    .array(z.object({ revision: z.coerce.number().int() }))
    .length(1)
    .parse(rows);
  return row?.revision ?? -1;
}
