import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { createPostgresEntryIndex } from '../../adapters/postgres/review-index.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { makePseudonyms } from '../../gateway/audit/pseudonym.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import type { AccessLog } from '../../gateway/ports/access-log.ts';
import { extractForSubject, type SubjectAccessDeps } from '../../gateway/review/subject-access/extract.ts';
import { extractPage } from '../../gateway/review/subject-access/page.ts';
import { caseSchema, type Case } from '../../schemas/case.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { RequesterGroup } from '../../schemas/names.ts';
import { err, ok } from '../../schemas/result.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { castCases } from '../population/cast-cases.ts';
import { mustLoad, shippedFiles } from './policy-shipped.ts';

const cast = castCases('2026-11-20').map(({ subjectIs: _truth, ...kase }) => kase);
const [told] = cast;
if (told === undefined) throw new Error('the cast has no case');
const seals = 'S'.repeat(43);
const kase: Case = caseSchema.parse({
  ...told,
  caseRef: 'DAPG-2026-0042',
  agencies: [told.leadAgency, 'housing', 'health'].filter((each, n, all) => all.indexOf(each) === n),
  protectedContacts: [],
  decisions: [
    {
      ...{ from: 'monitor', to: 'contact', at: '2026-11-02T10:00:00.000Z' },
      by: { agency: told.leadAgency, group: 'council', role: 'dai.coordinator', staffId: 'c.ordinator' },
      because: 'His former partner Ines rang the adviser from 07700 900123',
    },
  ],
});
const GROUPS: Readonly<Record<string, RequesterGroup>> = {
  ...{ police: 'police', probation: 'probation', housing: 'housing', health: 'health', childrens: 'childrens' },
  ...{ 'riverton-council': 'council', 'river-idva': 'victim-services' },
};
const pseudonyms = makePseudonyms(new Uint8Array(32).fill(9));
const fields = mustLoad(shippedFiles()).fields;
const field = (id: string, source: string) => ({
  ...{ field: id, source, level: 'full' as const, reason: 'granted' as const, count: 1 },
  ...{ grants: [], caps: [], powers: [], obligations: {} },
});
const about = { caseRef: kase.caseRef, subject: pseudonyms.ofSubject(kase) };
const thirdParty = [...fields.values()].find((each) => each.class === 'TP' && each.id.startsWith('hou.'));
if (thirdParty === undefined) throw new Error('housing has no field about others');

let database: FreshDatabase;
let log: AccessLog;
let deps: SubjectAccessDeps;
let close: () => Promise<unknown>;
beforeAll(async () => {
  database = await freshDatabase();
  const { url } = database;
  const cipher = createCaseCipher({ current: { id: 'master-1', key: new Uint8Array(32).fill(1) } });
  const cases = createPostgresCaseRegister({ url, cipher });
  const index = createPostgresEntryIndex({ url });
  log = createPostgresAccessLog({ url, leaves: entryLeaves });
  close = () => Promise.all([cases.close(), index.close(), log.close()]);
  await cases.put(kase);
  const given = (n: number, requester: string, more: Partial<ReturnType<typeof disclosed>> = {}): LogEntryBody => {
    const body = disclosed(n);
    return { ...body, ...about, requester: { ...body.requester, agency: requester }, ...more };
  };
  const entries: LogEntryBody[] = [
    { ...consulted(0), ...about },
    given(0, 'riverton-council', { fields: [field('hou.phone', 'housing'), field('hea.phone', 'health')] }),
    given(1, 'river-idva', { fields: [field('hou.phone', 'housing'), field(thirdParty.id, 'housing')] }),
    given(2, 'police', { fields: [field('pol.phone', 'police')], caseRef: 'DAPG-2026-0777' }),
    { ...consulted(3), caseRef: 'DAPG-2026-0555' },
  ];
  for (const body of entries) expect((await log.append(body)).ok).toBe(true);
  deps = {
    ...{
      log,
      index,
      cases,
      subjectOf: (each) => pseudonyms.ofSubject(each),
      now: () => new Date('2026-11-22T09:00:00.000Z'),
    },
    reasons: { tokensOf: () => Promise.resolve(ok(new Map())) },
    ground: { groupOf: (agency) => GROUPS[agency], fieldOf: (id) => fields.get(id) },
  };
}, 30_000);
afterAll(async () => {
  await close();
  await database.drop();
});

const extract = (viewer: string, with_: Partial<SubjectAccessDeps> = {}) =>
  extractForSubject({ ...deps, ...with_ }, { actor: 'operator', viewer, ground: 'lawfulness' }, kase.caseRef);

async function extracted(viewer: string, with_: Partial<SubjectAccessDeps> = {}) {
  const made = await extract(viewer, with_);
  if (!made.ok) throw new Error(made.error);
  return { ...made.value, whole: `${JSON.stringify(made.value)}${extractPage(made.value)}` };
}

/** A register in which every agency finds this one case. */
const holding = (only: Case): SubjectAccessDeps['cases'] => ({
  find: (caseRef) => Promise.resolve(caseRef === only.caseRef ? ok(only) : err('not-found')),
});

describe('a subject-access extract', () => {
  it('has what the own agency holds and did, and of others only that there is something', async () => {
    const { items } = await extracted('housing');
    expect(items.map(({ of }) => of)).toEqual([
      ...['case-register', 'given-by-us', 'given-by-us'],
      ...['held-elsewhere', 'held-elsewhere', 'held-elsewhere', 'other-people'],
    ]);
    const says = items.map((item) => item.says);
    expect(says[1]).toMatch(
      /^housing gave riverton-council under ENGAGE, once, on \d{4}-\d\d-\d\d: Telephone and e-mail\.$/u,
    );
    expect(says.filter((each) => each.includes('ask its')).map((each) => each.split(' ')[0])).toEqual([
      ...['health', 'police', 'riverton-council'],
    ]);
    // Nothing of what police or health gave, to whom, or in which other case of theirs.
    expect(says.join()).not.toMatch(/0777|hea\.|pol\./u);
  });

  it('every item names each exemption with its law and who must decide, and decides none', async () => {
    const { items } = await extracted('police', { cases: holding(kase) });
    for (const { exemptions } of items) {
      expect(exemptions.map(({ code }) => code)).toEqual(['third-party', 'serious-harm', 'crime']);
      expect(exemptions.every(({ decides, question }) => decides.length > 10 && question.endsWith('?'))).toBe(true);
      expect(exemptions.map(({ decision }) => decision)).toEqual([null, null, null]);
    }
    // Police hold it under Part 3, where Schedules 2 and 3 do not apply.
    expect(items[0]?.exemptions[0]?.law).toBe('Data Protection Act 2018, section 45(4)(e)');
  });

  it('P4: tells of no protected person, nor that there is one, nor that a victim service is involved', async () => {
    const bare = await extracted('housing');
    const contact = { kind: 'phone', seal: seals, whose: 'victim' } as const;
    const guarded: Case = { ...kase, protectedContacts: [contact], safetyBlocks: [{ since: '2026-11-01' }] };
    const full = await extracted('housing', { cases: holding(guarded) });
    expect(full.items).toEqual(bare.items);
    for (const canary of [
      seals,
      'Ines',
      '07700',
      '900123',
      'river-idva',
      thirdParty.id,
      thirdParty.label,
      'victim-services',
    ])
      expect(full.whole).not.toContain(canary);
    for (const name of kase.subject.names ?? [])
      for (const part of [name.given, name.family]) expect(full.whole).not.toContain(part ?? '—');
  });

  it('P4: where a professional fears harm, not even that health or children’s services hold something', async () => {
    const by = {
      agency: 'health',
      group: 'health',
      role: 'hea.clinician',
      staffId: 'c.linician',
      team: 'clinic',
    } as const;
    const records = { opinions: [{ seriousHarm: true, by, at: '2025-01-01T10:00:00.000Z' }] };
    const { items } = await extracted('housing', { cases: holding({ ...kase, records }) });
    expect(items.map(({ says }) => says).join()).not.toContain('health holds');
  });

  it('P1: is an entry, and there is none where the log does not take it', async () => {
    const { receipt, items } = await extracted('housing');
    const read = await log.read(receipt.position, 1);
    expect(read.ok && JSON.parse(read.value[0]?.canonical ?? '')).toMatchObject({
      body: { kind: 'log-searched', view: 'subject-access', caseRef: kase.caseRef, found: items.length },
    });
    const refusing = { ...log, append: () => Promise.resolve(err('log-unavailable' as const)) };
    expect(await extract('housing', { log: refusing })).toEqual({ ok: false, error: 'log-unavailable' });
  });

  it('P6: an agency that is not of the case learns nothing, as of a case that is not there', async () => {
    const before = await log.head();
    expect(await extract('childrens')).toEqual({ ok: false, error: 'not-found' });
    expect(await log.head()).toEqual(before);
  });

  it('its page holds no script and takes nothing as markup', async () => {
    const { items, ...rest } = await extracted('housing');
    const [first] = items;
    if (first === undefined) throw new Error('no item');
    const page = extractPage({ ...rest, items: [{ ...first, says: '<script>alert(1)</script>' }] });
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;');
  });
});
