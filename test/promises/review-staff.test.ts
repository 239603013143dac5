import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { createPostgresStaffRegister } from '../../adapters/postgres/staff-register.ts';
import type { StaffRegister } from '../../gateway/ports/staff-register.ts';
import { knownStaff } from '../../gateway/review/staff/known-staff.ts';
import { sealStaff, staffAsToldSchema, type StaffAsTold } from '../../gateway/review/staff/staff-as-told.ts';
import { makeStaffNames } from '../../gateway/review/staff/staff-names.ts';
import { makeLikenessDigests } from '../../gateway/review/unusual/likeness.ts';
import { err } from '../../schemas/result.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';

const digests = makeLikenessDigests(new Uint8Array(32).fill(4));
const names = makeStaffNames(new Uint8Array(32).fill(5));
const sealed = (told: StaffAsTold) => sealStaff(told, { digests, names });

const told = (id: string, change: Partial<StaffAsTold> = {}): StaffAsTold => ({
  ...{ agency: 'riverton-council', id, given: 'Siobhán', family: "O'Sample", team: 'Intervention' },
  ...change,
});

describe('what an agency tells of its staff', () => {
  it('is refused with a surprise in it, with leave that ends before it begins, and with a telephone number as an id', () => {
    expect(staffAsToldSchema.safeParse(told('c.one', { postcode: 'ZZ1 1ZZ' })).success).toBe(true);
    for (const wrong of [
      { ...told('c.one'), phone: '07700 900123' },
      told('c.one', { leave: [{ from: '2026-05-02', to: '2026-05-01' }] }),
      told('07700900123'),
    ])
      expect(staffAsToldSchema.safeParse(wrong).success).toBe(false);
  });

  it('a former surname is compared like the present one', () => {
    const { surnameDigests } = sealed(told('c.one', { formerFamilies: ['Formerly', 'o’sample'] }));
    expect(surnameDigests).toEqual([digests.surname('OSAMPLE'), digests.surname('formerly')]);
  });

  it('a name opens only for the person it was sealed to', () => {
    const { sealedName } = sealed(told('c.one'));
    expect(names.open(sealedName, { agency: 'riverton-council', staffId: 'c.one' })).toBe("Siobhán O'Sample");
    expect(names.open(sealedName, { agency: 'riverton-council', staffId: 'c.two' })).toBeUndefined();
    expect(names.open(sealedName, { agency: 'housing', staffId: 'c.one' })).toBeUndefined();
    const other = makeStaffNames(randomBytes(32));
    expect(other.open(sealedName, { agency: 'riverton-council', staffId: 'c.one' })).toBeUndefined();
  });
});

describe('the staff register in PostgreSQL', () => {
  let database: FreshDatabase;
  let register: StaffRegister;
  beforeAll(async () => {
    database = await freshDatabase();
    register = createPostgresStaffRegister({ url: database.url });
  });
  afterAll(async () => {
    await register.close();
    await register.close();
    await database.drop();
  });

  const leave = [{ from: '2026-05-01', to: '2026-05-14' }];
  const first = [
    sealed(told('c.one', { leave, postcode: 'zz1 1zz', formerFamilies: ['Formerly'] })),
    sealed(told('c.two', { given: 'Ada', family: 'Worker', team: 'Housing options' })),
  ];

  it('keeps what it was told and takes a new list in place of the old, of that agency alone', async () => {
    expect(await register.replace('riverton-council', first)).toEqual({ ok: true, value: 2 });
    const housing = sealed(told('h.one', { agency: 'housing', given: 'Ada', family: 'Homes' }));
    expect(await register.replace('housing', [housing])).toEqual({ ok: true, value: 1 });
    const all = await register.all();
    expect(all.ok && all.value.map(({ staffId }) => staffId)).toEqual(['h.one', 'c.one', 'c.two']);
    const kept = await register.find('riverton-council', 'c.one');
    expect(kept.ok && kept.value).toMatchObject({ leave, team: 'Intervention', homeDigest: digests.home('ZZ11ZZ') });
    expect(kept.ok && kept.value?.surnameDigests).toHaveLength(2);
    expect(await register.replace('riverton-council', first.slice(1))).toEqual({ ok: true, value: 1 });
    expect(await register.find('riverton-council', 'c.one')).toEqual({ ok: true, value: undefined });
    expect(await register.find('housing', 'h.one')).toMatchObject({ ok: true, value: { staffId: 'h.one' } });
  });

  it('a list that cannot be stored as a whole leaves the old one', async () => {
    const twice = [first[0], first[0]].flatMap((each) => each ?? []);
    expect(await register.replace('riverton-council', twice)).toEqual({ ok: false, error: 'register-unavailable' });
    const all = await register.all('riverton-council');
    expect(all.ok && all.value.map(({ staffId }) => staffId)).toEqual(['c.two']);
  });

  it('P8: no name, surname or postcode lies in the database', async () => {
    await register.replace('riverton-council', first);
    const owner = await connectTo(database.ownerUrl);
    const { rows } = await owner.query<{ text: string; sealed: Buffer }>(
      'select m::text as text, sealed_name as sealed from holdfast.staff_member m',
    );
    await owner.end();
    expect(rows.length).toBeGreaterThan(0);
    const all = rows.map(({ text, sealed: bytes }) => `${text} ${bytes.toString('latin1')}`).join('\n');
    expect(all).not.toMatch(/sample|siobh|formerly|worker|zz1/iu);
  });

  it('finds staff by part of a name however it is written, and knows teams', async () => {
    const staff = knownStaff(register, names);
    for (const contains of ['siobhan', "O'SAMPLE", 'Osamp', 'án o’s'])
      expect({ contains, found: await staff.named(contains) }).toEqual({
        contains,
        found: { ok: true, value: [{ agency: 'riverton-council', staffId: 'c.one' }] },
      });
    const adas = await staff.named('ada');
    expect(adas.ok && adas.value).toHaveLength(2);
    expect(await staff.named("'’")).toEqual({ ok: true, value: [] });
    expect(await staff.teamOf('riverton-council', 'c.two')).toEqual({ ok: true, value: 'Housing options' });
    expect(await staff.teamOf('riverton-council', 'nobody')).toEqual({ ok: true, value: undefined });
  });

  it('P7: a register that does not answer is not read as nobody', async () => {
    const away = knownStaff(
      {
        all: () => Promise.resolve(err('register-unavailable')),
        find: () => Promise.resolve(err('register-unavailable')),
      },
      names,
    );
    expect(await away.named('ada')).toEqual({ ok: false, error: 'register-unavailable' });
    expect(await away.teamOf('housing', 'h.one')).toEqual({ ok: false, error: 'register-unavailable' });
  });
});
