import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { blockedDigest } from '../../gateway/cases/blocked-digests.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import type { CaseWorkRegister } from '../../gateway/ports/case-register.ts';
import { caseOf } from '../cases.ts';
import { connectTo } from '../database-address.ts';
import { createMemoryCaseRegister } from '../memory-case-register.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { describeCaseRegister } from './case-register.suite.ts';

const cipher = createCaseCipher({ current: { id: 'test', key: Buffer.alloc(32, 7) } });

describeCaseRegister('PostgreSQL', async () => {
  const database = await freshDatabase();
  const register = createPostgresCaseRegister({ url: database.url, cipher });
  const release = async () => {
    await register.close();
    await database.drop();
  };
  return { register, release };
});

describeCaseRegister('memory', () =>
  Promise.resolve({ register: createMemoryCaseRegister(), release: () => Promise.resolve() }),
);

describe('case register: somebody who can write to the database', () => {
  let database: FreshDatabase;
  let register: CaseWorkRegister;
  let owner: Client;
  const UNREADABLE = { ok: false, error: 'case-unreadable' };
  beforeAll(async () => {
    database = await freshDatabase();
    register = createPostgresCaseRegister({ url: database.url, cipher });
    owner = await connectTo(database.ownerUrl);
  });
  afterAll(async () => {
    await owner.end();
    await register.close();
    await database.drop();
  });
  const stored = async () => {
    await register.put(caseOf('DAPG-2026-0001'));
    await register.put(caseOf('DAPG-2026-0002'));
  };

  it.each([
    [
      'P4: swaps the protected contacts of two cases',
      `update holdfast.case_file a set protected_contacts = b.protected_contacts
       from holdfast.case_file b where a.case_ref <> b.case_ref`,
    ],
    [
      'P4: swaps whole rows but for the reference',
      `update holdfast.case_file a set wrapped_key = b.wrapped_key, subject = b.subject, revision = b.revision,
         protected_contacts = b.protected_contacts, particulars = b.particulars
       from holdfast.case_file b where a.case_ref <> b.case_ref`,
    ],
    ['lets another agency in', "update holdfast.case_file set agencies = agencies || '{housing}'"],
    ['names another master key', "update holdfast.case_file set master_key_id = 'other'"],
    ['says it is another revision', 'update holdfast.case_file set revision = revision + 1'],
    ['empties a column', "update holdfast.case_file set subject = ''"],
    ['writes words where an agency belongs', `update holdfast.case_file set agencies = agencies || '{"No Agency"}'`],
  ])('%s: noticed, and nothing of the case comes out', async (_what, sql) => {
    await stored();
    await owner.query(sql);
    expect(await register.find('DAPG-2026-0001', 'police')).toEqual(UNREADABLE);
    await owner.query('delete from holdfast.case_file');
  });

  it('P8: reads nothing personal in any column', async () => {
    await stored();
    const { rows } = await owner.query<{ row: string }>('select to_jsonb(c)::text as row from holdfast.case_file c');
    const hex = (text: string) => Buffer.from(text).toString('hex');
    for (const { row } of rows)
      for (const secret of ['Subjectson', '900123', 'a.worker', 'MARAC']) {
        expect(row).not.toContain(secret);
        expect(row).not.toContain(hex(secret));
      }
    expect(rows).toHaveLength(2);
  });

  it('P4: digests of cases that were stored before there were any are made before the first is looked for', async () => {
    await owner.query('delete from holdfast.case_file');
    const sealedContact = { kind: 'phone', seal: 'h'.repeat(43) } as const;
    await register.put(caseOf('DAPG-2026-0001', { safetyBlocks: [{ since: '2026-11-20', sealedContact }] }));
    await register.put(caseOf('DAPG-2026-0002'));
    await owner.query(`update holdfast.case_file set blocked = '{}', blocked_made = false`);
    await owner.query(`update holdfast.case_file set subject = '' where case_ref = 'DAPG-2026-0002'`);
    const upgraded = createPostgresCaseRegister({ url: database.url, cipher });
    const digest = blockedDigest(sealedContact);
    expect(await upgraded.blockedAmong([digest])).toEqual({ ok: true, value: new Set([digest]) });
    await upgraded.close();
    await owner.query('delete from holdfast.case_file');
  });

  it('P8: of what is closed the table has neither the seal nor anything made with another key', async () => {
    const sealedContact = { kind: 'phone', seal: 'h'.repeat(43) } as const;
    await register.put(caseOf('DAPG-2026-0001', { safetyBlocks: [{ since: '2026-11-20', sealedContact }] }));
    const { rows } = await owner.query<{ row: string }>('select to_jsonb(c)::text as row from holdfast.case_file c');
    for (const { row } of rows) expect(row).not.toContain(sealedContact.seal);
    expect(rows).toHaveLength(1);
    await owner.query('delete from holdfast.case_file');
  });

  it('P6: puts a man on another worker’s list: his case does not show there', async () => {
    await owner.query('delete from holdfast.case_file');
    await register.put(caseOf('DAPG-2026-0001', { allocatedTo: 'x.worker' }));
    await register.put(caseOf('DAPG-2026-0002', { allocatedTo: 'y.worker' }));
    await owner.query(
      `update holdfast.case_file set worker = (select worker from holdfast.case_file where case_ref like '%1')`,
    );
    const list = await register.list({
      leadAgency: 'riverton-council',
      wanted: { of: 'worker', staffId: 'x.worker' },
      limit: 9,
    });
    expect(list.ok && list.value.files.map(({ kase }) => kase.caseRef)).toEqual(['DAPG-2026-0001']);
  });

  it('damages one case: the list shows the others, and names the one that an operator must look at', async () => {
    await owner.query('delete from holdfast.case_file');
    await stored();
    await owner.query(`update holdfast.case_file set subject = '' where case_ref = 'DAPG-2026-0001'`);
    const list = await register.list({ leadAgency: 'riverton-council', wanted: { of: 'open' }, limit: 9 });
    expect(list).toMatchObject({ ok: true, value: { unreadable: ['DAPG-2026-0001'] } });
    expect(list.ok && list.value.files).toHaveLength(1);
    await owner.query('delete from holdfast.case_file');
  });

  it('says that the register is unavailable, not that there is no case, when the database is away', async () => {
    const away = createPostgresCaseRegister({ url: 'postgres://nobody:x@127.0.0.1:1/none', cipher });
    expect(await away.find('DAPG-2026-0001', 'police')).toEqual({ ok: false, error: 'register-unavailable' });
    expect(await away.put(caseOf('DAPG-2026-0001'))).toEqual({ ok: false, error: 'register-unavailable' });
    expect(await away.replace(caseOf('DAPG-2026-0001'), 1)).toEqual({ ok: false, error: 'register-unavailable' });
    const wanted = { leadAgency: 'police', wanted: { of: 'open' }, limit: 9 } as const;
    expect(await away.list(wanted)).toEqual({ ok: false, error: 'register-unavailable' });
    expect(await away.measureGaps('police', '2026-01-01')).toEqual({ ok: false, error: 'register-unavailable' });
    await away.close();
  });
});
