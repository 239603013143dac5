import { beforeEach, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { blockedDigests } from '../../gateway/cases/blocked-digests.ts';
import { changeCase, type ChangeCaseDeps } from '../../gateway/cases/change-case.ts';
import { sealCaseContacts } from '../../gateway/cases/case-as-told.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { reachSubject } from '../../gateway/contacts/reach.ts';
import { closeElsewhere, isClosedSince } from '../../gateway/disclosure/close-elsewhere.ts';
import type { Case } from '../../schemas/case.ts';
import type { CaseChange, ToldContact } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { caseOf } from '../cases.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryCaseRegister, type MemoryCaseRegister } from '../memory-case-register.ts';

/** P4: what one case closes is closed in every case, in every spelling, until no case closes it any more. */

const seal = makeSeal(new Uint8Array(32).fill(9));
const IDVA: CaseActor = { agency: 'riverton-idva', group: 'victim-services', role: 'vic.idva', staffId: 'i.adviser' };
const WORKER: CaseActor = { agency: 'riverton-council', group: 'council', role: 'dai.daiw', staffId: 'a.worker' };
const caseNamed = (n: number): Case =>
  caseOf(`DAPG-2026-000${n}`, { agencies: ['riverton-council', 'riverton-idva'], protectedContacts: [] });
const [FIRST, SECOND, OTHER] = [caseNamed(1), caseNamed(2), caseNamed(3)];
const ASKED = OTHER.caseRef;

let cases: MemoryCaseRegister;
beforeEach(async () => {
  cases = createMemoryCaseRegister();
  for (const kase of [FIRST, SECOND, OTHER]) await cases.put(kase);
});
const deps = (): ChangeCaseDeps => ({
  cases,
  log: createMemoryAccessLog(),
  seal,
  pseudonymOf: () => 'p'.repeat(43),
  now: () => new Date('2026-11-20T10:00:00.000Z'),
});
async function does(caseRef: string, change: CaseChange, by: CaseActor = IDVA): Promise<void> {
  const changed = await changeCase(deps(), by, { caseRef, change });
  if (!changed.ok) throw new Error(changed.error);
}
const block = (contact: ToldContact, blockId: string = randomUUID()): CaseChange => ({
  kind: 'set-safety-block',
  blockId,
  contact,
});

const recordWith = (...contacts: readonly ToldContact[]): SourceRecord =>
  sourceRecordSchema.parse({
    recordId: 'housing:1',
    agency: 'housing',
    system: 'records',
    person: {},
    contacts: contacts.map((each) => ({ ...each, recordedAs: 'self', field: 'hou.phone' })),
  });

/** What an answer on the other case holds of a record that is his there. */
async function reachedOn(record: SourceRecord, caseRef = ASKED) {
  const file = await cases.open(caseRef, 'riverton-council');
  if (!file.ok) throw new Error(file.error);
  const closed = await closeElsewhere(cases, file.value.kase, [record], seal);
  if (!closed.ok) throw new Error(closed.error);
  const { kase, closable } = closed.value;
  const reach = reachSubject({
    subjectRecords: [record],
    otherRecords: [],
    protectedContacts: kase.protectedContacts,
    safety: kase,
    seal,
    asOf: '2026-11-20',
  });
  return { reach, closable };
}
const shownOn = async (record: SourceRecord, caseRef = ASKED): Promise<string[]> =>
  (await reachedOn(record, caseRef)).reach.ranked.map(({ value }) => value);

const PHONE = { kind: 'phone', value: '07700 900555' } as const;
const FLAT = { kind: 'address', value: 'Flat 2, 14 Mill Lane, Rivertown, AB1 2CD' } as const;

describe('a contact point that another case closes', () => {
  it('is shown while none does', async () => {
    expect(await shownOn(recordWith(PHONE))).toHaveLength(1);
  });

  const ways: [string, CaseChange, CaseActor][] = [
    ['is blocked by victim services', block(PHONE), IDVA],
    ['is protected', { kind: 'protect-contact', contact: PHONE, whose: 'child' }, IDVA],
    [
      'is where the victim answered',
      { kind: 'record-attempt', attemptId: randomUUID(), contact: PHONE, outcome: 'victim-answered-or-may-have' },
      WORKER,
    ],
  ];
  it.each(ways)('P4: %s there, and is withheld here like a block of this case', async (_how, change, by) => {
    await does(FIRST.caseRef, change, by);
    const { reach } = await reachedOn(recordWith(PHONE));
    expect(reach.ranked).toEqual([]);
    expect(reach.withheld).toEqual([
      { kind: 'phone', reason: 'safety-block', sources: [{ recordId: 'housing:1', field: 'hou.phone' }] },
    ]);
    expect(JSON.stringify(reach)).not.toContain(FIRST.caseRef);
  });

  it('an attempt that found something else closes nothing elsewhere', async () => {
    const attempt = { kind: 'record-attempt', attemptId: randomUUID(), contact: PHONE, outcome: 'not-his' } as const;
    await does(FIRST.caseRef, attempt, WORKER);
    expect(await shownOn(recordWith(PHONE))).toHaveLength(1);
  });

  const spellings: [ToldContact, ToldContact][] = [
    [PHONE, { kind: 'phone', value: '+44 (0)7700-900-555' }],
    [PHONE, { kind: 'phone', value: '00447700900555' }],
    [PHONE, { kind: 'phone', value: 'tel 07700900555 or 07700 900556' }],
    [PHONE, { kind: 'email', value: '07700900555@example.com' }],
    [
      { kind: 'email', value: 'her.name@example.com' },
      { kind: 'email', value: 'Her.Name+shop@EXAMPLE.com' },
    ],
    [
      { kind: 'email', value: 'hername@gmail.com' },
      { kind: 'email', value: 'Her.Name@googlemail.com' },
    ],
    [FLAT, { kind: 'address', value: '14 mill lane, flat 2, ab12cd' }],
    [FLAT, { kind: 'address', value: '14 Mill Lane, AB1 2CD' }],
    [
      { kind: 'address', value: '14 Mill Lane, Rivertown, AB1 2CD' },
      { kind: 'address', value: 'Flat 3, 14 Mill Lane, AB1 2CD' },
    ],
    [
      { kind: 'address', value: 'Rose Cottage, Mill Lane, AB1 2CD' },
      { kind: 'address', value: 'The Rose Cottage, Mill Lane, Rivertown, ab1 2cd' },
    ],
  ];
  it.each(spellings)('P4: closed as %j it is not shown as %j', async (told, held) => {
    await does(FIRST.caseRef, block(told));
    const shown = await shownOn(recordWith(held));
    expect(shown.filter((value) => !value.endsWith('900556'))).toEqual([]);
  });

  it('a neighbour in the same building is not withheld for it', async () => {
    await does(FIRST.caseRef, block(FLAT));
    const neighbour = { kind: 'address', value: 'Flat 3, 14 Mill Lane, Rivertown, AB1 2CD' } as const;
    expect(await shownOn(recordWith(neighbour))).toHaveLength(1);
  });

  it('P4: as a panel told it in a case that was loaded whole, too', async () => {
    const { protectedContacts: _none, ...rest } = FIRST;
    const told = sealCaseContacts({ ...rest, protectedContacts: [{ ...FLAT, whose: 'victim' }] }, seal);
    if (!told.ok) throw new Error('not sealed');
    await cases.put(told.value);
    expect(await shownOn(recordWith({ kind: 'address', value: '14 Mill Lane, AB1 2CD' }))).toEqual([]);
    expect(await shownOn(recordWith({ kind: 'address', value: 'Flat 9, 14 Mill Lane, AB1 2CD' }))).toHaveLength(1);
  });

  it('P4: lifted in one case it stays withheld while another still closes it', async () => {
    const [one, two] = [randomUUID(), randomUUID()];
    await does(FIRST.caseRef, block(PHONE, one));
    await does(SECOND.caseRef, block({ ...PHONE, value: '+447700900555' }, two));
    await does(FIRST.caseRef, { kind: 'lift-safety-block', blockId: one });
    expect(await shownOn(recordWith(PHONE))).toEqual([]);
    expect(await shownOn(recordWith(PHONE), FIRST.caseRef)).toEqual([]);
    await does(SECOND.caseRef, { kind: 'lift-safety-block', blockId: two });
    expect(await shownOn(recordWith(PHONE))).toHaveLength(1);
  });

  it('P4: a closed case goes on closing it', async () => {
    await does(FIRST.caseRef, block(PHONE));
    const file = await cases.open(FIRST.caseRef, 'riverton-council');
    if (file.ok) await cases.put({ ...file.value.kase, category: 'closed' });
    expect(await shownOn(recordWith(PHONE))).toEqual([]);
  });

  it('a block of all contact is about its own case and closes no value elsewhere', async () => {
    await does(FIRST.caseRef, { kind: 'set-safety-block', blockId: randomUUID() });
    expect(await shownOn(recordWith(PHONE))).toHaveLength(1);
    expect(await shownOn(recordWith(PHONE), FIRST.caseRef)).toEqual([]);
  });

  it('on its own case keeps the reason that it has there', async () => {
    await does(FIRST.caseRef, { kind: 'protect-contact', contact: PHONE, whose: 'victim' });
    const { reach } = await reachedOn(recordWith(PHONE), FIRST.caseRef);
    expect(reach.withheld.map(({ reason }) => reason)).toEqual(['protected-person']);
  });

  it('P4: an answer that was given before is hidden once any case closes one of its values', async () => {
    const { closable } = await reachedOn(recordWith(PHONE, FLAT));
    expect(await isClosedSince(cases, closable)).toEqual({ ok: true, value: false });
    await does(SECOND.caseRef, block({ kind: 'address', value: 'flat 2 14 mill lane ab1 2cd' }));
    expect(await isClosedSince(cases, closable)).toEqual({ ok: true, value: true });
  });

  it('P2: a register that does not answer gives no answer', async () => {
    cases.fail(true);
    const closed = await closeElsewhere(cases, OTHER, [recordWith(PHONE)], seal);
    expect(closed).toEqual({ ok: false, error: 'register-unavailable' });
    expect((await isClosedSince(cases, ['x'])).ok).toBe(false);
  });

  it('P8: a digest is neither the value, nor its seal, nor what another key makes of it', async () => {
    await does(FIRST.caseRef, block(PHONE));
    const file = await cases.open(FIRST.caseRef, 'riverton-council');
    if (!file.ok) throw new Error(file.error);
    const [digest = ''] = blockedDigests(file.value.kase);
    expect(digest).toMatch(/^[\w-]{43}$/u);
    expect(digest).not.toBe(seal('phone', PHONE.value));
    const other = makeSeal(new Uint8Array(32).fill(8))('phone', PHONE.value) ?? '';
    const safetyBlocks = [{ since: '2026-11-20', sealedContact: { kind: 'phone' as const, seal: other } }];
    expect(blockedDigests({ ...FIRST, safetyBlocks })).not.toContain(digest);
  });
});

describe('P4: over generated cases', () => {
  const ENDINGS = ['101', '102', '103', '104', '105'];
  const told = fc.record({
    ending: fc.constantFrom(...ENDINGS),
    how: fc.constantFrom('block', 'protect', 'answered'),
    by: fc.constantFrom(FIRST.caseRef, SECOND.caseRef, ASKED),
    lifted: fc.boolean(),
  });
  const held = fc.record({
    ending: fc.constantFrom(...ENDINGS),
    spelling: fc.constantFrom<(n: string) => string>(
      (n) => `07700 900${n}`,
      (n) => `+44 7700 900 ${n}`,
      (n) => `(07700) 900${n} mob`,
    ),
  });

  it('no contact point that any case closes is in any case’s answer, and every other one is', async () => {
    let shown = 0;
    let withheld = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(told, { maxLength: 6 }),
        fc.array(held, { minLength: 1, maxLength: 5 }),
        async (tolds, helds) => {
          cases = createMemoryCaseRegister();
          for (const kase of [FIRST, SECOND, OTHER]) await cases.put(kase);
          const closed = new Set<string>();
          for (const { ending, how, by, lifted } of tolds) {
            const contact = { kind: 'phone', value: `07700 900${ending}` } as const;
            const id = randomUUID();
            if (how === 'block') await does(by, block(contact, id));
            else if (how === 'protect') await does(by, { kind: 'protect-contact', contact, whose: 'victim' });
            else
              await does(
                by,
                { kind: 'record-attempt', attemptId: id, contact, outcome: 'victim-answered-or-may-have' },
                WORKER,
              );
            if (how === 'block' && lifted) await does(by, { kind: 'lift-safety-block', blockId: id });
            else closed.add(ending);
          }
          const record = recordWith(
            ...helds.map(({ ending, spelling }) => ({ kind: 'phone' as const, value: spelling(ending) })),
          );
          for (const caseRef of [FIRST.caseRef, SECOND.caseRef, ASKED]) {
            const values = (await shownOn(record, caseRef)).map((value) => value.slice(-3));
            const open = new Set(helds.map(({ ending }) => ending).filter((ending) => !closed.has(ending)));
            expect(new Set(values)).toEqual(open);
            shown += open.size;
            withheld += closed.size;
          }
        },
      ),
      { numRuns: 60, seed: 29 },
    );
    expect(Math.min(shown, withheld)).toBeGreaterThan(50);
  });
});
