import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, generateKeyPairSync, randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgent, type AgentOptions, type ExtractAgent } from '../../../adapters/extract/agent.ts';
import type { FindAnswer } from '../../../adapters/extract/held-record.ts';
import { EXTRACT_LIMITS, type BatchFault } from '../../../adapters/extract/limits.ts';
import { signManifest } from '../../../adapters/extract/manifest.ts';
import type { BatchReport } from '../../../adapters/extract/watch.ts';
import { POLICE_LAYOUT } from '../../../adapters/police/columns.ts';
import { policeRecordOf } from '../../../adapters/police/record.ts';
import { dropBatch, GOOD_NOMINAL, makeBatch, type Batch, type BatchWish, type Spoil } from './batch.ts';
import type { Cells } from './rows.ts';

/** A force's nights, good and bad. The agent is asked directly; how the door works is in answers.test.ts. */

const NIGHT = '2026-11-20T02:10:00Z';
const NEXT_NIGHT = '2026-11-21T02:10:00Z';
const MORNING = Date.parse('2026-11-21T06:00:00Z');
const ed25519 = generateKeyPairSync('ed25519');

interface Force {
  readonly folder: string;
  readonly reports: BatchReport[];
  readonly drop: (wish: Omit<BatchWish, 'privateKey'>) => Promise<BatchReport | undefined>;
  readonly dropMade: (batch: Batch) => Promise<BatchReport | undefined>;
  readonly agent: () => ExtractAgent;
  /** Stops the agent and starts another one in the same folder. */
  readonly restart: () => Promise<void>;
  readonly files: (sub: string) => Promise<string[]>;
  readonly read: (path: string) => Promise<string>;
}

const closing: (() => Promise<unknown>)[] = [];
let clock = MORNING;

beforeAll(() => {
  clock = MORNING;
});

afterEach(async () => {
  clock = MORNING;
  for (const close of closing.splice(0).reverse()) await close();
});

async function force(changes: Partial<AgentOptions> = {}): Promise<Force> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-batches-'));
  closing.push(() => rm(folder, { recursive: true, force: true }));
  const reports: BatchReport[] = [];
  const start = async (): Promise<ExtractAgent> => {
    const started = await startAgent({
      folder,
      registration: { agencyCode: 'XXX', publicKey: ed25519.publicKey, layout: POLICE_LAYOUT, maxAgeHours: 36 },
      recordOf: policeRecordOf,
      pollMs: 3_600_000,
      patience: 3,
      now: () => clock,
      report: (report) => void reports.push(report),
      asked: () => undefined,
      ...changes,
    });
    if (!started.ok) throw new Error(started.error);
    return started.value;
  };
  let agent = await start();
  closing.push(() => agent.stop());
  const dropMade = async (batch: Batch): Promise<BatchReport | undefined> => {
    await dropBatch(join(folder, 'in'), batch);
    await agent.poll();
    return reports.at(-1);
  };
  return {
    folder,
    reports,
    dropMade,
    drop: (wish) => dropMade(makeBatch({ ...wish, privateKey: ed25519.privateKey })),
    agent: () => agent,
    restart: async () => {
      await agent.stop();
      agent = await start();
    },
    files: async (sub) => (await readdir(join(folder, sub))).sort(),
    read: (path) => readFile(join(folder, path), 'utf8'),
  };
}

function ask(
  from: Force,
  changes: { given?: string; family?: string; birth?: string; fields?: string[] } = {},
): FindAnswer {
  return from.agent().answer({
    questionId: randomUUID(),
    asOf: '2026-11-21',
    fields: changes.fields ?? ['pol.phone', 'pol.address', 'pol.name', 'pol.aliases'],
    subject: {
      names: [{ given: changes.given ?? 'Daniel', family: changes.family ?? 'Ashworth' }],
      datesOfBirth: [changes.birth ?? '1988-04-09'],
      identifiers: [],
      postcodes: [],
      phones: [],
      emails: [],
    },
    asker: { agency: 'dapg', purpose: 'ENGAGE', caseRef: 'DAPG-2026-0042', at: '2026-11-21T09:00:00Z' },
  });
}

const phonesOf = (answer: FindAnswer): readonly string[] =>
  answer.outcome === 'found' ? answer.records.flatMap(({ contacts }) => contacts.map(({ value }) => value)) : [];

const phone = (number: string, more: Cells = {}): Cells => ({
  urn: 'URN-900001',
  whose: 'self',
  telephone_number: number,
  last_updated: '2026-11-01',
  handling_code: 'P',
  ...more,
});

const GOOD = { nominals: [GOOD_NOMINAL], telephones: [phone('+447700900111')] };

describe('a batch is believed whole or not at all', () => {
  const FAULTS: readonly (readonly [string, Spoil, BatchFault])[] = [
    [
      'signed by another key',
      { signature: () => signManifest(otherManifest(), generateKeyPairSync('ed25519').privateKey) },
      'signature-wrong',
    ],
    ['with a signature that is none', { signature: () => 'AAAA' }, 'signature-wrong'],
    [
      'changed after it was signed',
      { signedManifest: (manifest) => ({ ...manifest, sequence: 99 }) },
      'signature-wrong',
    ],
    ['of another agency', { manifest: (manifest) => ({ ...manifest, agency: 'YYY' }) }, 'wrong-agency'],
    ['of another layout', { manifest: (manifest) => ({ ...manifest, layout: 'police-nominals/2' }) }, 'wrong-layout'],
    [
      'from the future',
      { manifest: (manifest) => ({ ...manifest, createdAt: '2026-11-21T06:11:00Z' }) },
      'from-the-future',
    ],
    [
      'without one of the agreed files',
      { manifest: (manifest) => ({ ...manifest, files: manifest.files.slice(1) }) },
      'files-not-as-agreed',
    ],
    [
      'whose file was changed on the way',
      {
        file: (name, content) =>
          name === 'nominals.csv' ? Buffer.from(content.toString().replace('Daniel', 'Dennis')) : content,
      },
      'hash-wrong',
    ],
    [
      'whose file grew on the way',
      { file: (name, content) => (name === 'nominals.csv' ? Buffer.concat([content, Buffer.from('x')]) : content) },
      'size-wrong',
    ],
    [
      'whose count is not that of its file',
      {
        manifest: (manifest) => ({
          ...manifest,
          files: manifest.files.map((file) => ({ ...file, rows: file.rows + 1 })),
        }),
      },
      'count-wrong',
    ],
    [
      'with another header',
      { text: (file, text) => (file === 'nominals' ? text.replace('given_name', 'forename') : text) },
      'header-wrong',
    ],
    [
      'with a column too many',
      { text: (file, text) => (file === 'nominals' ? text.replace('\r\n', ',notes\r\n') : text) },
      'header-wrong',
    ],
    [
      'in another encoding',
      {
        text: (file, text) => (file === 'nominals' ? Buffer.from(text.replace('Daniel', 'Zo\u00eb'), 'latin1') : text),
      },
      'not-utf8',
    ],
    [
      'cut off inside a character',
      { text: (file, text) => (file === 'markers' ? Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]) : text) },
      'not-utf8',
    ],
    [
      'with a NUL byte',
      { text: (file, text) => (file === 'nominals' ? text.replace('Daniel', 'Dan\u0000iel') : text) },
      'nul-byte',
    ],
    [
      'P11: with a line of 100 MB',
      {
        text: (file, text) =>
          file === 'nominals' ? Buffer.concat([Buffer.from(text), Buffer.alloc(100 * 1024 * 1024, 0x41)]) : text,
      },
      'line-too-long',
    ],
    [
      'without anybody in it',
      { text: (file, text) => (file === 'nominals' ? `${text.split('\r\n')[0] ?? ''}\r\n` : text) },
      'empty',
    ],
    [
      'P11: with more rows than agreed',
      { text: (file, text) => (file === 'nominals' ? text + 'x\r\n'.repeat(200) : text) },
      'too-many-rows',
    ],
    [
      'whose rows are mostly wrong',
      { text: (file, text) => (file === 'markers' ? text + 'x\r\n'.repeat(50) : text) },
      'too-many-rejects',
    ],
  ];

  it.each(FAULTS)(
    'refuses a batch %s, reports it, and keeps answering from the last good one',
    async (_what, spoil, fault) => {
      const riverton = await force({ limits: { ...EXTRACT_LIMITS, rowsMax: 100 } });
      await riverton.drop({ rows: GOOD, sequence: 1, createdAt: NIGHT });
      const report = await riverton.drop({
        rows: { nominals: [{ ...GOOD_NOMINAL, surname: 'Other' }] },
        sequence: 2,
        createdAt: NEXT_NIGHT,
        spoil,
      });
      expect(report).toEqual({ kind: 'refused', batch: 'XXX20261121', fault });
      expect(await riverton.files('in')).toEqual([]);
      expect(await riverton.read('out/XXX20261121.refused.csv')).toBe(`batch,fault\r\nXXX20261121,${fault}\r\n`);
      expect(phonesOf(ask(riverton))).toEqual(['+447700900111']);
      await riverton.restart();
      expect(phonesOf(ask(riverton))).toEqual(['+447700900111']);
    },
  );

  it.each(['ed25519', 'P-256'] as const)('believes a manifest signed with %s', async (kind) => {
    const keys =
      kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const riverton = await force({
      registration: { agencyCode: 'XXX', publicKey: keys.publicKey, layout: POLICE_LAYOUT, maxAgeHours: 36 },
    });
    await riverton.dropMade(makeBatch({ rows: GOOD, sequence: 1, createdAt: NIGHT, privateKey: keys.privateKey }));
    expect(riverton.reports).toMatchObject([
      { kind: 'loaded', counts: { people: 1, rows: 2, rejected: 0, heldBack: 0 } },
    ]);
  });

  it('does not start with a key that cannot sign manifests', async () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const registration = { agencyCode: 'XXX', publicKey, layout: POLICE_LAYOUT, maxAgeHours: 36 };
    await expect(force({ registration })).rejects.toThrow('unfit-key');
  });

  it('does not start over a folder that others may look into', async () => {
    const riverton = await force();
    await chmod(join(riverton.folder, 'in'), 0o755);
    await expect(riverton.restart()).rejects.toThrow('folder-open-to-others');
  });

  it('refuses an older sequence than loaded: a replayed night brings nothing back', async () => {
    const riverton = await force();
    const first = makeBatch({ rows: GOOD, sequence: 7, createdAt: NIGHT, privateKey: ed25519.privateKey });
    await riverton.dropMade(first);
    await riverton.drop({
      rows: { ...GOOD, telephones: [phone('+447700900222')] },
      sequence: 8,
      createdAt: NEXT_NIGHT,
    });
    expect(await riverton.dropMade(first)).toEqual({ kind: 'refused', batch: 'XXX20261120', fault: 'out-of-order' });
    expect(phonesOf(ask(riverton))).toEqual(['+447700900222']);
    await riverton.restart();
    expect(await riverton.dropMade(first)).toMatchObject({ fault: 'out-of-order' });
  });

  it('takes up two nights that arrive together in their order, and a late night after them not at all', async () => {
    const riverton = await force();
    const night = (sequence: number, createdAt: string, number: string) =>
      makeBatch({
        rows: { ...GOOD, telephones: [phone(number)] },
        sequence,
        createdAt,
        privateKey: ed25519.privateKey,
      });
    const drop = join(riverton.folder, 'in');
    await dropBatch(drop, night(3, '2026-11-19T02:10:00Z', '+447700900333'));
    await dropBatch(drop, night(5, NEXT_NIGHT, '+447700900555'));
    await riverton.agent().poll();
    expect(riverton.reports.map(({ kind }) => kind)).toEqual(['loaded', 'loaded']);
    expect(await riverton.dropMade(night(4, NIGHT, '+447700900444'))).toMatchObject({ fault: 'out-of-order' });
    expect(phonesOf(ask(riverton))).toEqual(['+447700900555']);
  });

  it('P7: an extract past its agreed age answers as stale, and a fresh one ends that', async () => {
    const riverton = await force();
    await riverton.drop({ rows: GOOD, sequence: 1, createdAt: NIGHT });
    clock = Date.parse(NIGHT) + 36 * 3_600_000;
    expect(ask(riverton).outcome).toBe('found');
    clock += 1;
    expect(ask(riverton)).toEqual({ outcome: 'stale-extract', batch: 'XXX20261120' });
    await riverton.drop({ rows: GOOD, sequence: 2, createdAt: NEXT_NIGHT });
    expect(ask(riverton).outcome).toBe('found');
  });

  it('takes a batch with half the people of the last for a broken export', async () => {
    const people = (count: number): readonly Cells[] =>
      Array.from({ length: count }, (_, n) => ({ ...GOOD_NOMINAL, urn: `URN-${n + 1}` }));
    const riverton = await force();
    await riverton.drop({ rows: { nominals: people(9) }, sequence: 1, createdAt: NIGHT });
    const report = await riverton.drop({ rows: { nominals: people(4) }, sequence: 2, createdAt: NEXT_NIGHT });
    expect(report).toMatchObject({ fault: 'shrunk' });
    expect(await riverton.drop({ rows: { nominals: people(5) }, sequence: 3, createdAt: NEXT_NIGHT })).toMatchObject({
      kind: 'loaded',
    });
  });

  it.each([
    [
      'a file is still missing',
      (name: string, content: Buffer) => (name === 'orders.csv' ? undefined : content),
      'file-missing',
    ],
    [
      'a file is still short',
      (name: string, content: Buffer) => (name === 'orders.csv' ? content.subarray(0, 9) : content),
      'size-wrong',
    ],
  ] as const)('waits while %s, then calls the batch truncated', async (_what, file, fault) => {
    const riverton = await force();
    const whole = makeBatch({ rows: GOOD, sequence: 1, createdAt: NIGHT, privateKey: ed25519.privateKey });
    const short = makeBatch({
      rows: GOOD,
      sequence: 1,
      createdAt: NIGHT,
      privateKey: ed25519.privateKey,
      spoil: { file },
    });
    expect(await riverton.dropMade(short)).toEqual({ kind: 'arriving', batch: 'XXX20261120' });
    expect(ask(riverton)).toEqual({ outcome: 'no-extract' });
    expect(await riverton.dropMade(whole)).toMatchObject({ kind: 'loaded' });
    const again = { ...short, manifest: { ...short.manifest } };
    const next = await force();
    await next.dropMade(again);
    await next.agent().poll();
    await next.agent().poll();
    expect(next.reports.map((report) => (report.kind === 'refused' ? report.fault : report.kind))).toEqual([
      'arriving',
      'arriving',
      fault,
    ]);
  });

  it('does not follow a symbolic link out of the folder', async () => {
    const riverton = await force();
    const batch = makeBatch({ rows: GOOD, sequence: 1, createdAt: NIGHT, privateKey: ed25519.privateKey });
    const outside = join(riverton.folder, 'elsewhere.csv');
    await writeFile(outside, batch.files.get('nominals.csv') ?? '');
    const files = new Map([...batch.files].filter(([name]) => name !== 'nominals.csv'));
    await symlink(outside, join(riverton.folder, 'in', 'XXX20261120.nominals.csv'));
    expect(await riverton.dropMade({ ...batch, files })).toMatchObject({ fault: 'file-missing' });
  });

  it('keeps only the last good batch beside the agency, and nothing of it in the drop folder', async () => {
    const riverton = await force();
    await riverton.drop({ rows: GOOD, sequence: 1, createdAt: NIGHT });
    await riverton.drop({ rows: GOOD, sequence: 2, createdAt: NEXT_NIGHT });
    expect(await riverton.files('loaded')).toEqual(['XXX20261121-2']);
    expect(await riverton.files('loaded/XXX20261121-2')).toHaveLength(9);
    expect(await riverton.files('in')).toEqual([]);
  });

  it('loses nothing when it dies after any of the moves of a batch, even of a second one on the same day', async () => {
    for (let moved = 0; moved <= 9; moved += 1) {
      const riverton = await force();
      await riverton.drop({ rows: GOOD, sequence: 1, createdAt: NIGHT });
      const rows = { ...GOOD, telephones: [phone('+447700900222')] };
      const next = makeBatch({ rows, sequence: 2, createdAt: NIGHT, privateKey: ed25519.privateKey });
      await dropBatch(join(riverton.folder, 'in'), next);
      const names = [...next.files.keys(), 'manifest.sig', 'manifest.json'].map((name) => `XXX20261120.${name}`);
      await mkdir(join(riverton.folder, 'loaded', 'XXX20261120-2'));
      for (const name of names.slice(0, moved)) {
        await rename(join(riverton.folder, 'in', name), join(riverton.folder, 'loaded', 'XXX20261120-2', name));
      }
      await riverton.restart();
      expect(phonesOf(ask(riverton))).toEqual(['+447700900222']);
      expect(riverton.reports.filter(({ kind }) => kind === 'refused')).toEqual([]);
    }
  });

  it('reads CR LF and LF, with and without a byte-order mark, alike', async () => {
    const riverton = await force();
    let sequence = 0;
    for (const ending of ['\n', '\r\n']) {
      for (const mark of ['', '\ufeff']) {
        sequence += 1;
        const spoil: Spoil = { text: (_file, text) => mark + text.replaceAll('\r\n', ending) };
        const report = await riverton.drop({ rows: GOOD, sequence, createdAt: NIGHT, spoil });
        expect(report).toMatchObject({ kind: 'loaded', counts: { people: 1, rejected: 0 } });
      }
    }
  });
});

describe('rows that cannot be taken are told back, and stop nothing', () => {
  const others = Array.from({ length: 40 }, (_, n): Cells => ({
    ...GOOD_NOMINAL,
    urn: `URN-${n + 1}`,
    given_name: 'Owen',
  }));

  const REJECTS: readonly (readonly [string, string, Cells, string])[] = [
    ['nominals', 'surname', { ...GOOD_NOMINAL, urn: 'URN-5000', surname: '' }, 'missing'],
    ['nominals', 'given_name', { ...GOOD_NOMINAL, urn: 'URN-5000', given_name: 'A'.repeat(36) }, 'too-long'],
    [
      'nominals',
      'given_name',
      { ...GOOD_NOMINAL, urn: 'URN-5000', given_name: 'Dan\u202eleinad' },
      'control-character',
    ],
    ['nominals', 'date_of_birth', { ...GOOD_NOMINAL, urn: 'URN-5000', date_of_birth: '1988-02-30' }, 'not-a-date'],
    ['nominals', 'date_of_birth', { ...GOOD_NOMINAL, urn: 'URN-5000', date_of_birth: '09/04/1988' }, 'not-a-date'],
    ['nominals', 'date_of_birth', { ...GOOD_NOMINAL, urn: 'URN-5000', date_of_birth: '2026-11-20' }, 'date-in-future'],
    ['nominals', 'gender', { ...GOOD_NOMINAL, urn: 'URN-5000', gender: 'M' }, 'not-a-code'],
    ['nominals', 'handling_code', { ...GOOD_NOMINAL, urn: 'URN-5000', handling_code: 'X' }, 'not-a-code'],
    ['nominals', 'restricted', { ...GOOD_NOMINAL, urn: 'URN-5000', restricted: 'yes' }, 'not-a-code'],
    ['nominals', 'merged_to_urn', { ...GOOD_NOMINAL, urn: 'URN-5000', merged_to_urn: 'URN-4999' }, 'merged-to-unknown'],
    [
      'nominals',
      'merged_to_urn',
      { ...GOOD_NOMINAL, urn: 'URN-5000', merged_to_urn: 'URN-5000' },
      'merged-in-a-circle',
    ],
    ['telephones', 'telephone_number', phone('ex-directory', { urn: 'URN-1' }), 'not-a-phone'],
    ['telephones', 'urn', phone('+447700900111', { urn: 'URN-4999' }), 'reference-unknown'],
    [
      'emails',
      'email_address',
      { urn: 'URN-1', whose: 'self', email_address: 'a,b@c', last_updated: '2026-11-01', handling_code: 'P' },
      'not-an-email',
    ],
    [
      'locations',
      'post_code',
      {
        urn: 'URN-1',
        whose: 'self',
        address_type: 'home',
        post_code: 'ZE4',
        last_updated: '2026-11-01',
        handling_code: 'P',
      },
      'not-a-postcode',
    ],
    [
      'locations',
      'uprn',
      {
        urn: 'URN-1',
        whose: 'self',
        address_type: 'home',
        uprn: '12-3',
        last_updated: '2026-11-01',
        handling_code: 'P',
      },
      'not-a-uprn',
    ],
  ];

  it.each(REJECTS)('in %s, column %s: %o', async (file, column, row, problem) => {
    const riverton = await force();
    const rows: Record<string, readonly Cells[]> = { nominals: others };
    rows[file] = [...(rows[file] ?? []), row];
    expect(await riverton.drop({ rows, sequence: 1, createdAt: NIGHT })).toMatchObject({
      kind: 'loaded',
      counts: { people: 40, rejected: 1 },
    });
    const [header, line, end] = (await riverton.read('out/XXX20261120.rejects.csv')).split('\r\n');
    expect(header).toBe('file,line,column,reference,problem,what_to_do');
    const at = file === 'nominals' ? 42 : 2;
    expect(line).toMatch(new RegExp(`^${file}\\.csv,${at},${column},${row['urn'] ?? ''},${problem},"[A-Z].+\\."$`));
    expect(end).toBe('');
  });

  it.each([
    ['a cell too many', (text: string) => text.replace('Daniel', 'Daniel,extra'), 'wrong-number-of-cells'],
    ['a stray quote', (text: string) => text.replace('Daniel', '"Daniel'), 'broken-quotes'],
    ['a quote inside a quoted cell', (text: string) => text.replace('Daniel', '"Da"niel"'), 'broken-quotes'],
  ] as const)('a row with %s costs that row and not the one under it', async (_what, spoilText, problem) => {
    const riverton = await force();
    const nominals = [GOOD_NOMINAL, ...others];
    const spoil: Spoil = { text: (file, text) => (file === 'nominals' ? spoilText(text) : text) };
    expect(await riverton.drop({ rows: { nominals }, sequence: 1, createdAt: NIGHT, spoil })).toMatchObject({
      counts: { people: 40, rejected: 1 },
    });
    expect(await riverton.read('out/XXX20261120.rejects.csv')).toContain(`nominals.csv,2,,URN-900001,${problem},`);
  });

  it('P8: the reject file holds no value of any row', async () => {
    const riverton = await force();
    const secret: Cells = {
      ...GOOD_NOMINAL,
      urn: '=HYPERLINK("x")',
      given_name: 'Zebedee',
      surname: 'Quillfeather',
      pnc_id: '2001/0000001A',
    };
    const rows = {
      nominals: [
        ...others,
        secret,
        { ...secret, urn: 'Quillfeather Zebedee' },
        { ...secret, urn: 'URN-7', date_of_birth: 'Zebedee' },
      ],
    };
    await riverton.drop({ rows, sequence: 1, createdAt: NIGHT });
    const file = await riverton.read('out/XXX20261120.rejects.csv');
    expect(file.split('\r\n')).toHaveLength(5);
    expect(file).not.toMatch(/zebedee|quillfeather|0000001|hyperlink|=/i);
    expect(JSON.stringify(riverton.reports)).not.toMatch(/zebedee|quillfeather/i);
  });

  it('P3: rows of intelligence and rows that may not be shared are not even mentioned', async () => {
    const riverton = await force();
    const hidden: readonly Cells[] = [
      { ...GOOD_NOMINAL, urn: 'URN-6001', intelligence_grading: 'B2', date_of_birth: 'wrong' },
      { ...GOOD_NOMINAL, urn: 'URN-6002', handling_code: 'C', surname: '' },
      { ...GOOD_NOMINAL, urn: 'URN-6003', handling_code: '5' },
    ];
    const telephones = [
      phone('+447700900111', { urn: 'URN-6001' }),
      phone('+447700900112', { urn: 'URN-1', handling_code: '4' }),
    ];
    const report = await riverton.drop({
      rows: { nominals: [...others, ...hidden], telephones },
      sequence: 1,
      createdAt: NIGHT,
    });
    expect(report).toMatchObject({ counts: { people: 40, rejected: 0, heldBack: 4 } });
    expect(await riverton.read('out/XXX20261120.rejects.csv')).toBe(
      'file,line,column,reference,problem,what_to_do\r\n',
    );
    expect(ask(riverton)).toEqual({ outcome: 'none-held', batch: 'XXX20261120' });
  });

  it('a cell that looks like a formula is a text', async () => {
    const riverton = await force();
    const alias = { urn: 'URN-900001', nickname: '=cmd|"/C calc"!A1', last_updated: '2026-11-01', handling_code: 'P' };
    await riverton.drop({ rows: { nominals: [GOOD_NOMINAL], aliases: [alias] }, sequence: 1, createdAt: NIGHT });
    expect(JSON.stringify(ask(riverton))).toContain(JSON.stringify('=cmd|"/C calc"!A1'));
  });
});

describe('P4: rows that protect somebody', () => {
  const hers = phone('+447700900202', { whose: 'victim' });
  const misfiled = phone('07700 900202');

  it.each([
    ['has broken quotes', (text: string) => text.replace('victim', '"victim')],
    ['has a cell too many', (text: string) => text.replace('victim', 'victim,')],
    ['has a code that nobody knows', (text: string) => text.replace('victim', 'vitcim')],
    [
      'is intelligence',
      (text: string) =>
        text.replace('victim,+447700900202,,,,,,2026-11-01,,P,', 'victim,+447700900202,,,,,,2026-11-01,,P,E41'),
    ],
  ] as const)('P4: where the row that says "hers" %s, none of his numbers is shown', async (_what, spoilText) => {
    const riverton = await force();
    const nominals = [
      GOOD_NOMINAL,
      ...Array.from({ length: 20 }, (_, n): Cells => ({ ...GOOD_NOMINAL, urn: `URN-${n + 1}`, given_name: 'Owen' })),
    ];
    const spoil: Spoil = { text: (file, text) => (file === 'telephones' ? spoilText(text) : text) };
    const rows = { nominals, telephones: [misfiled, hers, phone('+447700900111')] };
    expect(await riverton.drop({ rows, sequence: 1, createdAt: NIGHT, spoil })).toMatchObject({
      kind: 'loaded',
      counts: { people: 21 },
    });
    const answer = ask(riverton);
    expect(answer.outcome === 'found' && answer.records).toMatchObject([
      { contacts: [], othersContacts: [], withheldFields: ['pol.phone'] },
    ]);
  });

  it('P4: a wrong row that is plainly about himself withholds nothing but itself', async () => {
    const riverton = await force();
    const nominals = [
      GOOD_NOMINAL,
      ...Array.from({ length: 20 }, (_, n): Cells => ({ ...GOOD_NOMINAL, urn: `URN-${n + 1}`, given_name: 'Owen' })),
    ];
    const rows = { nominals, telephones: [phone('unknown'), phone('+447700900111')] };
    await riverton.drop({ rows, sequence: 1, createdAt: NIGHT });
    expect(phonesOf(ask(riverton))).toEqual(['+447700900111']);
  });
});

describe('P3: what leaves the agent', () => {
  const location: Cells = {
    urn: 'URN-900001',
    whose: 'self',
    address_type: 'home',
    street: 'Canal Road',
    post_code: 'ZE5 2BD',
    last_updated: '2026-11-01',
    handling_code: 'P',
  };
  const email: Cells = {
    urn: 'URN-900001',
    whose: 'self',
    email_address: 'dan@example.org',
    last_updated: '2026-11-01',
    handling_code: 'P',
  };
  const rows = { ...GOOD, locations: [location], emails: [email] };

  it('P3: of what was not asked for, only what matching needs is on the wire', async () => {
    const riverton = await force();
    await riverton.drop({ rows, sequence: 1, createdAt: NIGHT });
    const answer = ask(riverton, { fields: [] });
    expect(answer.outcome === 'found' && answer.records).toEqual([
      {
        reference: 'URN-900001',
        supersedes: [],
        role: 'nominal',
        restricted: false,
        names: [{ given: 'Daniel', family: 'Ashworth', type: 'current' }],
        dateOfBirth: '1988-04-09',
        sex: 'male',
        identifiers: [{ type: 'PNC', value: '2012/0394773H' }],
        postcodes: ['ZE5 2BD'],
        contacts: [],
        othersContacts: [],
        values: [],
        withheldFields: [],
        lastUpdated: '2026-11-01',
      },
    ]);
  });

  it('P3: of a restricted nominal nothing but who it is about, whatever is asked', async () => {
    const riverton = await force();
    const nominals = [{ ...GOOD_NOMINAL, restricted: 'Y' }];
    await riverton.drop({ rows: { ...rows, nominals }, sequence: 1, createdAt: NIGHT });
    const answer = ask(riverton);
    expect(answer.outcome === 'found' && answer.records).toMatchObject([
      { restricted: true, postcodes: [], contacts: [], values: [], withheldFields: [] },
    ]);
  });
});

describe('versions and merges', () => {
  it('of two rows of one URN the newest counts, wherever it stands; the older name is an alias', async () => {
    const riverton = await force();
    const newer = { ...GOOD_NOMINAL, surname: 'Newname', last_updated: '2026-11-02' };
    for (const [sequence, nominals] of [
      [1, [newer, GOOD_NOMINAL]],
      [2, [GOOD_NOMINAL, newer]],
    ] as const) {
      await riverton.drop({ rows: { nominals }, sequence, createdAt: NIGHT });
      const answer = ask(riverton);
      expect(answer.outcome === 'found' && answer.records.map(({ names }) => names)).toEqual([
        [
          { given: 'Daniel', family: 'Newname', type: 'current' },
          { given: 'Daniel', family: 'Ashworth', type: 'alias' },
        ],
      ]);
    }
  });

  it('an older version is no way around a handling code', async () => {
    const riverton = await force();
    const nominals = [GOOD_NOMINAL, { ...GOOD_NOMINAL, handling_code: 'C', last_updated: '2026-11-02' }];
    await riverton.drop({
      rows: { nominals: [...nominals, { ...GOOD_NOMINAL, urn: 'URN-1', given_name: 'Owen' }] },
      sequence: 1,
      createdAt: NIGHT,
    });
    expect(ask(riverton).outcome).toBe('none-held');
  });

  it('of two versions of one number the newest counts, and "victim" outlives "self"', async () => {
    const riverton = await force();
    const telephones = [
      phone('+447700900111', { valid_to: '2026-01-01', last_updated: '2026-11-05' }),
      phone('+447700900111', { last_updated: '2026-11-01' }),
      phone('+447700900222', { whose: 'victim', last_updated: '2020-01-01' }),
      phone('+447700900222', { whose: 'self', last_updated: '2026-11-05' }),
    ];
    await riverton.drop({ rows: { ...GOOD, telephones }, sequence: 1, createdAt: NIGHT });
    const answer = ask(riverton);
    const [record] = answer.outcome === 'found' ? answer.records : [];
    expect(record?.contacts.filter(({ value }) => value.endsWith('111'))).toMatchObject([{ to: '2026-01-01' }]);
    expect(record?.othersContacts).toEqual([{ kind: 'phone', value: '+447700900222', whose: 'victim' }]);
  });

  it('a merged URN is found under its survivor with all that both hold, through any chain', async () => {
    const riverton = await force();
    const nominals = [
      { ...GOOD_NOMINAL, urn: 'URN-1', merged_to_urn: 'URN-2', surname: 'Oldname', pnc_id: '2001/0000001A' },
      { ...GOOD_NOMINAL, urn: 'URN-2', merged_to_urn: 'URN-3' },
      { ...GOOD_NOMINAL, urn: 'URN-3' },
    ];
    const telephones = [
      phone('+447700900111', { urn: 'URN-1' }),
      phone('+447700900222', { urn: 'URN-2', whose: 'victim' }),
    ];
    await riverton.drop({ rows: { nominals, telephones }, sequence: 1, createdAt: NIGHT });
    const answer = ask(riverton, { family: 'Oldname' });
    expect(answer.outcome === 'found' && answer.records).toMatchObject([
      {
        reference: 'URN-3',
        supersedes: ['URN-1', 'URN-2'],
        contacts: [{ value: '+447700900111' }],
        othersContacts: [{ value: '+447700900222', whose: 'victim' }],
        identifiers: [{ value: '2012/0394773H' }, { value: '2001/0000001A' }],
      },
    ]);
  });

  it('merges that lead in a circle, and all that lead into it, are refused; the rest stands', async () => {
    const riverton = await force();
    const nominals = [
      ...Array.from({ length: 20 }, (_, n): Cells => ({ ...GOOD_NOMINAL, urn: `URN-${n + 10}`, given_name: 'Owen' })),
      { ...GOOD_NOMINAL, urn: 'URN-1', merged_to_urn: 'URN-2' },
      { ...GOOD_NOMINAL, urn: 'URN-2', merged_to_urn: 'URN-1' },
      { ...GOOD_NOMINAL, urn: 'URN-3', merged_to_urn: 'URN-1' },
    ];
    const report = await riverton.drop({ rows: { nominals }, sequence: 1, createdAt: NIGHT });
    expect(report).toMatchObject({ counts: { people: 20, rejected: 3 } });
    expect(ask(riverton).outcome).toBe('none-held');
  });

  it('whoever was merged into a person that may not be shared is not shared either', async () => {
    const riverton = await force();
    const nominals = [
      { ...GOOD_NOMINAL, urn: 'URN-1', merged_to_urn: 'URN-2' },
      { ...GOOD_NOMINAL, urn: 'URN-2', handling_code: 'C' },
      { ...GOOD_NOMINAL, urn: 'URN-3', given_name: 'Owen' },
    ];
    expect(await riverton.drop({ rows: { nominals }, sequence: 1, createdAt: NIGHT })).toMatchObject({
      counts: { people: 1, rejected: 0 },
    });
    expect(ask(riverton).outcome).toBe('none-held');
  });
});

function otherManifest(): Batch['manifest'] {
  return {
    version: 1,
    agency: 'XXX',
    batch: 'XXX20261121',
    sequence: 2,
    createdAt: NEXT_NIGHT,
    layout: 'police-nominals/1',
    files: [{ name: 'nominals.csv', rows: 0, bytes: 0, sha256: createHash('sha256').digest('hex') }],
  };
}
