import type { PoolClient } from 'pg';
import { z } from 'zod';
import type { SealedStaffMember, StaffRegister } from '../../gateway/ports/staff-register.ts';
import { agencyIdSchema, isoDateSchema } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import { CONNECT_WITHIN_MS, createPool } from './pool.ts';
import { inTransaction } from './transaction.ts';

const ALL = `
  select agency, staff_id, team, leave, sealed_name, name_digest, surname_digests, home_digest
  from holdfast.staff_member where $1::text is null or agency = $1 order by agency, staff_id`;

const ONE = `
  select agency, staff_id, team, leave, sealed_name, name_digest, surname_digests, home_digest
  from holdfast.staff_member where agency = $1 and staff_id = $2`;

const INSERT = `
  insert into holdfast.staff_member
    (agency, staff_id, team, leave, sealed_name, name_digest, surname_digests, home_digest)
  select $1, member.staff_id, member.team, member.leave, decode(member.sealed_name, 'hex'), member.name_digest,
    array(select json_array_elements_text(member.surname_digests)), member.home_digest
  from json_to_recordset($2) as member (staff_id text, team text, leave jsonb, sealed_name text, name_digest text,
    surname_digests json, home_digest text)`;

const rowSchema = z
  .object({
    agency: agencyIdSchema,
    staff_id: z.string(),
    team: z.string(),
    leave: z.array(z.strictObject({ from: isoDateSchema, to: isoDateSchema })),
    sealed_name: z.instanceof(Uint8Array),
    name_digest: z.string(),
    surname_digests: z.array(z.string()),
    home_digest: z.string().nullable(),
  })
  .transform((row): SealedStaffMember => ({
    ...{ agency: row.agency, staffId: row.staff_id, team: row.team, leave: row.leave, sealedName: row.sealed_name },
    ...{ nameDigest: row.name_digest, surnameDigests: row.surname_digests },
    ...(row.home_digest === null ? {} : { homeDigest: row.home_digest }),
  }));

/** The staff register in PostgreSQL. */
export function createPostgresStaffRegister(options: { readonly url: string; readonly max?: number }): StaffRegister {
  const pool = createPool({
    url: options.url,
    max: options.max ?? 2,
    connectWithinMs: CONNECT_WITHIN_MS,
    statementWithinMs: 5_000,
    name: 'holdfast staff',
  });
  let closing: Promise<void> | undefined;
  return {
    all: (agency) => available(async () => z.array(rowSchema).parse((await pool.query(ALL, [agency ?? null])).rows)),
    find: (agency, staffId) =>
      available(async () => z.array(rowSchema).parse((await pool.query(ONE, [agency, staffId])).rows)[0]),
    replace: (agency, staff) => available(() => inTransaction(pool, (client) => replace(client, agency, staff))),
    close: () => (closing ??= pool.end()),
  };
}

/** All or nothing: half a list would make colleagues of strangers, and strangers of colleagues. */
async function replace(client: PoolClient, agency: string, staff: readonly SealedStaffMember[]): Promise<number> {
  // Two lists of one agency at once would put two halves together.
  await client.query("select pg_advisory_xact_lock(hashtextextended('holdfast staff ' || $1, 0))", [agency]);
  await client.query('delete from holdfast.staff_member where agency = $1', [agency]);
  const rows = staff.map((member) => ({
    ...{ staff_id: member.staffId, team: member.team, leave: member.leave, name_digest: member.nameDigest },
    sealed_name: Buffer.from(member.sealedName).toString('hex'),
    surname_digests: member.surnameDigests,
    home_digest: member.homeDigest ?? null,
  }));
  await client.query(INSERT, [agency, JSON.stringify(rows)]);
  return staff.length;
}

async function available<T>(query: () => Promise<T>): Promise<Result<T, 'register-unavailable'>> {
  try {
    return ok(await query());
  } catch {
    return err('register-unavailable');
  }
}
