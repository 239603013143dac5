import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../../adapters/postgres/case-register.ts';
import { masterKeysOf } from '../../deploy/keys-folder.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { formatVerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import { createCaseCipher } from '../../gateway/cases/case-cipher.ts';
import { caseSchema } from '../../schemas/case.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted } from '../log-entries.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { answerOf, openStage, ROOT, type Stage } from './stage.ts';

/** The commands of operators and officers as they are typed, each a process, over what a gateway with witnesses wrote. */

const POLICIES = join(ROOT, 'policies', 'agreements');
const COUNCIL = 'riverton-council';
const REASON = 'First call after the panel in Canal Street';

interface Said {
  readonly status: number;
  readonly out: string;
  readonly told: string;
}

let stage: Stage;
let old: FreshDatabase;
let folder: string;
let url: string;
let ownerUrl: string;
const trust: string[] = [];

function run(file: string, words: readonly string[]): Promise<Said> {
  return new Promise((resolve) => {
    execFile(process.execPath, [file, ...words], { cwd: ROOT, maxBuffer: 1 << 24 }, (error, out, told) => {
      resolve({ status: typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, out, told });
    });
  });
}

const SECOND = join(ROOT, 'deploy', 'verify-log.mjs');
const HOLDFAST = join(ROOT, 'deploy', 'holdfast.mjs');
const holdfast = (line: string, ...more: readonly string[]): Promise<Said> =>
  run(HOLDFAST, [...line.split(' '), ...more]);

/** Several command lines in one process, one after another: most of a command's time is its start. */
async function holdfasts(...lines: readonly (readonly string[])[]): Promise<readonly Said[]> {
  const alone = join(ROOT, 'test', 'journeys', 'commands-alone.ts');
  const words = ['--import', './deploy/typescript.mjs', alone, JSON.stringify(lines)];
  const { out, told } = await run(words[0] ?? '', words.slice(1));
  const said = z.array(z.strictObject({ status: z.number(), out: z.string(), told: z.string() })).safeParse(read(out));
  if (!said.success) throw new Error(told);
  return said.data;
}

function read(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

const NOT_RUN: Said = { status: -1, out: '', told: 'not run' };

beforeAll(async () => {
  stage = await openStage({ witnesses: ['police', 'probation', 'housing'] });
  old = await freshDatabase();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-commands-'));
  [url, ownerUrl] = [join(folder, 'url'), join(folder, 'owner-url')];
  await writeFile(url, `${stage.database.url}\n`);
  await writeFile(ownerUrl, stage.database.ownerUrl);
  await writeFile(join(folder, 'old-url'), old.ownerUrl);
  await writeFile(join(folder, 'dead-url'), 'postgres://nobody:none@127.0.0.1:1/none');
  await mkdir(join(folder, 'empty'));
  answerOf(await stage.contact(1, WORKERS.amara, { reason: REASON }));
  answerOf(await stage.contact(2, WORKERS.amara, { reason: REASON }));
  const [witness] = stage.partnership.witnesses;
  for (const key of witness?.settings.logs ?? []) trust.push('--log-key', formatVerifierKey(key));
  for (const each of stage.partnership.witnesses) trust.push('--witness', formatVerifierKey(each.running.key));
  trust.push('--quorum', '2');
  await untilWitnessed();
}, 60_000);
afterAll(async () => {
  await stage.close();
  await old.drop();
  await rm(folder, { recursive: true });
});

/** An export reaches as far as a quorum has signed. */
async function untilWitnessed(): Promise<void> {
  const entries = (await stage.entries()).length;
  for (let n = 0; n < 400; n += 1) {
    const witnessed = /^holdfast_witnessed_entries (\d+)$/mu.exec(await stage.metrics())?.[1];
    if (Number(witnessed) >= entries) return;
    await wait(50);
  }
  throw new Error('never witnessed');
}

const DAYS = ['--from', '2026-01-01', '--to', '2099-12-31'];
const GROUND = ['--for', COUNCIL, '--ground', 'lawfulness'];

describe('commands over the log of a gateway that runs', () => {
  it('search, ledger and recipients: what an officer asks, and what a breach notice needs', async () => {
    const keys = ['--keys', stage.folder];
    const search = await holdfast(
      'log search --plain --words --kind question-consulted --url',
      url,
      ...keys,
      ...GROUND,
    );
    expect(search).toMatchObject({ status: 0, told: expect.stringMatching(/^2 entries; .*this search is entry \d+/u) });
    expect(search.out).toContain(`reason: ${JSON.stringify(REASON)}`);
    expect(search.out).toContain(
      `${COUNCIL} ${WORKERS.amara} (dai.daiw)  question-consulted  ENGAGE  ${stage.caseRef(1)}`,
    );
    const [ledger = NOT_RUN] = await holdfasts(['log', 'ledger', '--csv', '--owner', 'housing', '--url', url, ...DAYS]);
    const [head = '', ...lines] = ledger.out.trimEnd().split(/\r?\n/u);
    expect({ status: ledger.status, lines: lines.length > 0 }).toEqual({ status: 0, lines: true });
    expect(head.split(',')).toContain('field');
    const field = /\bhou\.[a-zA-Z_]+/u.exec(lines.join())?.[0] ?? 'none';
    const [recipients = NOT_RUN] = await holdfasts([
      'log',
      'recipients',
      '--csv',
      '--field',
      field,
      '--owner',
      'housing',
      '--url',
      url,
      ...DAYS,
    ]);
    expect(recipients.status).toBe(0);
    const of = recipients.out.trimEnd().split(/\r?\n/u).slice(1);
    expect(of).toEqual(lines.filter((line) => line.includes(field)));
    expect(of.every((line) => line.includes(COUNCIL) && line.includes(WORKERS.amara))).toBe(true);
    expect(recipients.told).toMatch(/1 recipient/u);
  }, 120_000);

  it('export, and verify by two programs and over the database, with the head that was written down', async () => {
    const out = join(folder, 'bundle');
    const exported = await holdfast('log export --url', url, '--out', out, ...trust);
    expect(exported).toMatchObject({ status: 0, out: expect.stringContaining('The export is itself an entry') });
    const second = await run(SECOND, [out, ...trust]);
    const [first = NOT_RUN, whole = NOT_RUN] = await holdfasts(
      ['log', 'verify', out, ...trust],
      ['log', 'verify', '--url', url],
    );
    expect([first.status, second.status, whole.status]).toEqual([0, 0, 0]);
    const head = /Head (\d+:\S+)/u.exec(whole.out)?.[1] ?? '';
    // One bit of one entry of the export.
    const file = join(out, 'entries.jsonl');
    const bytes = await readFile(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.length - 40) ^ 1, bytes.length - 40);
    await writeFile(file, bytes);
    const secondBit = await run(SECOND, [out, ...trust]);
    const [again = NOT_RUN, firstBit = NOT_RUN, cut = NOT_RUN] = await holdfasts(
      ['log', 'verify', '--head', head, '--url', url],
      ['log', 'verify', out, ...trust],
      ['log', 'verify', '--head', `9${head}`, '--url', url],
    );
    expect([again.status, firstBit.status, secondBit.status, cut.status]).toEqual([0, 1, 1, 1]);
    for (const { told, out: printed } of [firstBit, secondBit])
      expect(told + printed).toMatch(/entries\.jsonl|[Ee]ntry/u);
  }, 120_000);

  it('unusual access and an extract for the person himself, each an entry before it is shown', async () => {
    const out = join(folder, 'extract');
    const given = ['--url', url, '--keys', stage.folder];
    const [unusual = NOT_RUN, access = NOT_RUN, due = NOT_RUN] = await holdfasts(
      ['log', 'unusual', ...given],
      ['subject-access', '--case', stage.caseRef(1), ...given, '--policies', POLICIES, ...GROUND, '--out', out],
      ['retention', 'due', '--url', ownerUrl, '--policies', POLICIES],
    );
    expect(unusual).toMatchObject({ status: 0, told: expect.stringContaining('reviews were opened now') });
    expect(access).toMatchObject({ status: 0, out: expect.stringContaining('Nothing was released.') });
    expect(JSON.parse(await readFile(join(out, 'extract.json'), 'utf8'))).toHaveProperty('items');
    expect(due).toMatchObject({ status: 0, out: expect.stringContaining('0 to be erased by holdfast retention run') });
    expect(due.out).toContain(`${stage.caseRef(1)}: kept, because the case is open.`);
    const kinds = (await stage.entries()).map(({ body }) => ('view' in body ? body.view : body.kind));
    for (const kind of ['reasons', 'ledger', 'unusual-access', 'subject-access', 'log-exported', 'log-verified'])
      expect(kinds).toContain(kind);
  }, 120_000);

  it('retention run erases what is due, and the second run finds nothing', async () => {
    const { keys } = stage.partnership;
    const caseRef = 'DAPG-2019-0042';
    await enterYearsAgo(caseRef);
    const words = ['--url', join(folder, 'old-url'), '--policies', POLICIES];
    const [due = NOT_RUN] = await holdfasts(['retention', 'due', ...words]);
    expect(due.out).toContain(`${caseRef}: the case is to be erased since`);
    const ran = await holdfast('retention run', ...words);
    expect(ran).toEqual({
      status: 0,
      out: expect.stringMatching(
        new RegExp(`^${caseRef}: erased, and its keys destroyed; entry \\d+ says so\\.\n$`, 'u'),
      ),
      told: '',
    });
    expect(await holdfasts(['retention', 'run', ...words])).toEqual([{ status: 0, out: '', told: '' }]);
    const cases = createPostgresCaseRegister({ url: old.url, cipher: createCaseCipher(masterKeysOf(keys)) });
    expect((await cases.find(caseRef, COUNCIL)).ok).toBe(false);
    await cases.close();
  }, 120_000);

  /** A closed case with its entries, from a time when the database's clock was seven years younger. */
  async function enterYearsAgo(caseRef: string): Promise<void> {
    const { subjectIs: _truth, ...told } = stage.cases[0] ?? { subjectIs: undefined };
    const cases = createPostgresCaseRegister({
      url: old.url,
      cipher: createCaseCipher(masterKeysOf(stage.partnership.keys)),
    });
    await cases.put(caseSchema.parse({ ...told, caseRef, category: 'closed', protectedContacts: [] }));
    await cases.close();
    const owner = await connectTo(old.ownerUrl);
    const { rows } = await owner.query<{ definition: string }>(
      `select pg_get_functiondef(p.oid) as definition from pg_proc p where p.proname = 'append_entries'`,
    );
    for (const { definition } of rows)
      await owner.query(definition.replace('clock_timestamp()', `(clock_timestamp() - interval '7 years')`));
    const log = createPostgresAccessLog({ url: old.url, leaves: entryLeaves });
    const at = '2019-11-20T10:00:00.000Z';
    await log.append({ ...consulted(1), caseRef });
    await log.append({
      ...{ kind: 'case-changed', v: 1, at, operations: ['alteration'], actor: 'gateway', caseRef },
      ...{ changes: ['category'], category: { from: 'monitor', to: 'closed' } },
    });
    await log.close();
    for (const { definition } of rows) await owner.query(definition);
    await owner.end();
  }

  it('keys: the master key is replaced and everything wrapped anew; the log’s only once every gateway has stopped', async () => {
    const keys = ['--keys', stage.folder];
    const [running = NOT_RUN] = await holdfasts(['keys', 'rotate', 'log', '--url', url, ...keys]);
    expect(running).toMatchObject({ status: 1, told: expect.stringContaining('stop every gateway') });
    await stage.partnership.gateway.stop();
    const [rotated = NOT_RUN, rewrapped = NOT_RUN, search = NOT_RUN, log = NOT_RUN] = await holdfasts(
      ['keys', 'rotate', 'case-master', ...keys],
      ['keys', 'rewrap', '--url', ownerUrl, ...keys],
      ['log', 'search', '--plain', '--words', '--kind', 'question-consulted', '--url', url, ...keys, ...GROUND],
      ['keys', 'rotate', 'log', '--url', url, ...keys],
    );
    expect(rotated).toMatchObject({ status: 0, out: expect.stringContaining('master-2') });
    expect(rewrapped).toMatchObject({ status: 0, out: expect.stringMatching(/^\d+ keys are now under master-2\./u) });
    expect(search.out).toContain(REASON);
    expect(log).toMatchObject({ status: 0, out: expect.stringMatching(/\ngateway\.riverton\.example\/log\+\S+\n$/u) });
  }, 120_000);
});

describe('a command that was typed wrongly', () => {
  it('says what is wrong in a sentence, exits with 1 or 2, and does nothing', async () => {
    const [dead, empty] = [join(folder, 'dead-url'), join(folder, 'empty')];
    const search = ['log', 'search', '--url', dead, '--keys', empty, '--for', COUNCIL];
    const before = (await stage.entries()).length;
    const table: readonly (readonly [words: readonly string[], says: RegExp, status?: number])[] = [
      [['retention'], /holdfast retention due\|run --url FILE/u],
      [['retention', 'burn', '--url', dead, '--policies', POLICIES], /holdfast retention due\|run/u],
      [['retention', 'run', '--url', dead], /holdfast retention due\|run/u],
      [['retention', 'run', '--url', dead, '--policies', POLICIES, '--now'], /^Unknown option '--now'\.\n/u],
      [['retention', 'due', '--url', dead, '--policies', empty], /guards\.yaml/u],
      [['retention', 'due', '--url', join(empty, 'none'), '--policies', POLICIES], /none cannot be read \(ENOENT\)/u],
      [['retention', 'due', '--url', dead, '--policies', POLICIES], /The database did not answer/u],
      [['keys', 'rotate'], /holdfast keys rotate case-master --keys FOLDER/u],
      [['keys', 'rotate', 'seal', '--keys', empty], /holdfast keys rotate log/u],
      [['keys', 'rotate', 'case-master', '--keys', join(empty, 'none')], /could not be replaced: check/u],
      [['keys', 'rotate', 'log', '--keys', empty, '--url', dead], /The log cannot be read: check the address/u],
      [['keys', 'rewrap', '--url', dead, '--keys', empty], /cannot be read: deploy\/keys\.md says/u],
      [['subject-access'], /Usage: holdfast subject-access/u],
      [[...subjectAccess(dead, empty), '--case', 'him', ...GROUND], /^--case is the reference of a case/u],
      [[...subjectAccess(dead, empty), '--case', 'DAPG-2026-0001', '--for', COUNCIL], /^--ground is what/u],
      [['log'], /holdfast log search/u],
      [search, /Usage: holdfast log search/u],
      [[...search, '--ground', 'curiosity'], /^--ground is what the log is read for: lawfulness, /u],
      [[...search, '--ground', 'lawfulness', '--from', 'yesterday'], /--from and --to are days/u],
      [[...search, '--ground', 'lawfulness', '--limit', '0'], /--limit is 1 to/u],
      [[...search, '--ground', 'lawfulness', '--case', '*'], /Not of the form it needs: caseRef/u],
      [['log', 'ledger', '--url', dead, ...DAYS], /Usage: holdfast log ledger/u],
      [['log', 'ledger', '--url', dead, '--owner', 'housing'], /Usage: holdfast log ledger/u],
      [
        ['log', 'recipients', '--url', dead, '--field', 'hou.phone', '--from', '2026-11-30', '--to', '2026-11-01'],
        /^--from lies after --to/u,
      ],
      [['log', 'recipients', '--url', dead, '--field', 'phone', ...DAYS], /--field is a field of the catalogue/u],
      [['log', 'recipients', '--url', dead, '--field', 'hou.phone', ...DAYS], /nothing is shown: check the database/u],
      [['log', 'unusual', '--url', dead, '--keys', empty, '--from', '2026-02-30'], /--from and --to are days/u],
      [['log', 'export', '--url', dead], /holdfast log export --url FILE --out FOLDER/u],
      [['log', 'export', '--url', dead, '--out', join(empty, 'e'), '--log-key', 'x'], /--log-key x is not a key/u],
      [['log', 'export', '--url', dead, '--out', join(empty, 'e'), ...trust], /The access log cannot be read/u],
      [['log', 'verify'], /holdfast log verify FOLDER/u],
      [['log', 'verify', empty, '--quorum', '0', '--log-key', 'x'], /--log-key x is not a key/u, 2],
      [['log', 'verify', join(empty, 'none'), ...trust], /cannot be read|is not there|missing/u],
      [['log', 'verify', '--url', dead], /check the address in the --url file/u],
      [['log', 'verify', '--url', dead, '--head', '1'], /holdfast log verify --url FILE \[--head SIZE:ROOT\]/u],
    ];
    const said = await holdfasts(...table.map(([words]) => words));
    expect(said).toEqual(table.map(([, says, status = 1]) => ({ status, out: '', told: expect.stringMatching(says) })));
    expect((await stage.entries()).length).toBe(before);
  }, 120_000);

  const subjectAccess = (at: string, empty: string): string[] => [
    ...['subject-access', '--url', at, '--keys', empty, '--policies', POLICIES, '--out', join(empty, 'extract')],
  ];
});
