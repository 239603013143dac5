import { describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sayExportFault, sayVerifiedExport } from '../../gateway/cli/verify-log-sentences.ts';
import { referenceFolder } from '../reference.ts';
import { party } from '../signed-tree.ts';
import {
  cosignedCheckpoint,
  edit,
  editEntries,
  entryText,
  exportOf,
  HONEST,
  judge,
  LOG,
  runSecond,
  sumAnew,
  timeOf,
  WITNESSES,
  type ToldLog,
} from './history-ground.ts';

/** P10, offline: whoever has an export and the public keys finds out what the operator did, by either verifier. */

const renumbered = (lines: readonly string[]): string[] =>
  lines.map((line, n) => line.replace(/"position":\d+,"recordedAt"/, `"position":${n},"recordedAt"`));
const without = (lines: readonly string[], n: number): string[] => lines.toSpliced(n, 1);
const swapped = (lines: readonly string[], n: number): string[] =>
  lines.toSpliced(n, 2, lines[n + 1] ?? '', lines[n] ?? '');
/** The same log with another entry from one place on: what the operator would rather have recorded. */
const forked: ToldLog = {
  ...HONEST,
  entries: HONEST.entries.map((entry, n) => (n < 200 ? entry : entryText(n, timeOf(n), n + 1_000))),
};
const stranger = party(LOG.key.name);
const strangers = WITNESSES.map(({ key }) => party(key.name, 'cosignature/v1'));
const [police = stranger, probation = stranger] = WITNESSES;

describe('P10: an honest export holds, by both verifiers', () => {
  it.each<[string, ToldLog]>([
    ['whole', HONEST],
    ['from the middle', { ...HONEST, from: 130, until: 350 }],
    ['one entry', { ...HONEST, from: 256, until: 257 }],
    ['the last entry', { ...HONEST, from: 419 }],
    ['from just after a checkpoint', { ...HONEST, from: 100, until: 300 }],
  ])('%s', async (_what, told) => {
    const { first, second } = await judge(await exportOf(told), { known: cosignedCheckpoint(told, 420) });
    expect(first).toMatchObject({ ok: true, value: { origin: LOG.key.name, size: 420 } });
    expect(second).toMatchObject({ status: 0 });
    if (!first.ok) return;
    const said = sayVerifiedExport(first.value);
    // Both name the same head, which is what people compare over the telephone.
    expect(second.said).toContain(/Head \S+/.exec(said)?.[0] ?? 'no head');
    expect(said).toContain('police.example/witness');
  });

  it('and an older checkpoint that a witness kept is in it', async () => {
    const { first, second } = await judge(await exportOf(HONEST), { known: cosignedCheckpoint(HONEST, 333) });
    expect(first.ok).toBe(true);
    expect(second.status).toBe(0);
  });

  it('one witness that misstates its time makes no honest entry back-dated', async () => {
    const told = { ...HONEST, witnesses: WITNESSES.slice(0, 2) };
    const folder = await exportOf(told);
    const late = { ...HONEST, witnessedAt: () => Date.parse(timeOf(9_000)) / 1000, witnesses: WITNESSES.slice(2) };
    const line = cosignedCheckpoint(late, 100).split('\n').at(-2) ?? '';
    await edit(folder, 'checkpoints/100.txt', (text) => `${text}${line}\n`);
    await sumAnew(folder);
    const { first, second } = await judge(folder, { quorum: 2 });
    expect(first.ok).toBe(true);
    expect(second.status).toBe(0);
  });
});

type Fraud = readonly [what: string, code: string, make: () => Promise<string>];

/** An honest export that somebody changed, and whose sums they made right again. */
const changed = async (change: (folder: string) => Promise<void>, told = HONEST): Promise<string> => {
  const folder = await exportOf(told);
  await change(folder);
  await sumAnew(folder);
  return folder;
};
const entriesChanged = (change: (lines: string[]) => string[]) => () =>
  changed((folder) => editEntries(folder, change));
const fileChanged =
  (file: string, change: (text: string) => string, told = HONEST) =>
  () =>
    changed((folder) => edit(folder, file, change), told);

const FRAUDS: readonly Fraud[] = [
  [
    'a changed byte',
    'root-differs',
    entriesChanged((all) => all.with(60, (all[60] ?? '').replace('a.worker', 'b.worker'))),
  ],
  [
    'a changed byte after the last checkpoint in range',
    'root-differs',
    () =>
      changed(
        (folder) => editEntries(folder, (all) => all.with(-1, (all.at(-1) ?? '').replace('a.worker', 'b.worker'))),
        { ...HONEST, from: 110, until: 290 },
      ),
  ],
  ['a deleted row', 'entry-out-of-place', entriesChanged((all) => without(all, 60))],
  ['a deleted row, the rest renumbered', 'root-differs', entriesChanged((all) => renumbered(without(all, 60)))],
  [
    'an inserted row',
    'entry-out-of-place',
    entriesChanged((all) => all.toSpliced(60, 0, entryText(60, timeOf(60), 999))),
  ],
  ['a row twice', 'entry-out-of-place', entriesChanged((all) => all.toSpliced(60, 0, all[60] ?? ''))],
  ['re-ordered rows', 'entry-out-of-place', entriesChanged((all) => swapped(all, 60))],
  ['re-ordered rows, renumbered', 'clock-went-back', entriesChanged((all) => renumbered(swapped(all, 60)))],
  ['a truncated tail', 'entries-missing', entriesChanged((all) => all.slice(0, -3))],
  ['a row too many', 'entries-too-many', entriesChanged((all) => [...all, entryText(420)])],
  ['a last row cut short', 'entry-malformed', fileChanged('entries.jsonl', (text) => text.slice(0, -20))],
  ['a last row without its end', 'file-malformed', fileChanged('entries.jsonl', (text) => text.slice(0, -1))],
  ['a forked tree that witnesses refused', 'quorum-missing', () => exportOf({ ...forked, witnesses: [] })],
  ['a forked tree with one witness’s help', 'quorum-missing', () => exportOf({ ...forked, witnesses: [police] })],
  [
    'a fork under an honest checkpoint',
    'root-differs',
    () => changed((folder) => edit(folder, 'checkpoints/420.txt', () => cosignedCheckpoint(forked, 420))),
  ],
  [
    'a fork from before the first entry',
    'root-differs',
    () =>
      changed((folder) => edit(folder, 'checkpoints/300.txt', () => cosignedCheckpoint(forked, 300)), {
        ...HONEST,
        from: 310,
      }),
  ],
  ['a replaced key', 'log-signature-missing', () => exportOf({ ...HONEST, log: stranger })],
  ['replaced keys of witnesses', 'quorum-missing', () => exportOf({ ...HONEST, witnesses: strangers })],
  [
    'one key that signs for two witnesses',
    'quorum-missing',
    () => exportOf({ ...HONEST, witnesses: [police, probation, { ...police, key: { ...police.key, name: 'x' } }] }),
  ],
  [
    'a back-dated entry',
    'clock-went-back',
    () => exportOf({ ...HONEST, entries: HONEST.entries.with(350, entryText(350, timeOf(20))) }),
  ],
  [
    'entries back-dated into a quiet time',
    'back-dated',
    () =>
      exportOf({
        ...HONEST,
        entries: HONEST.entries.map((_, n) => entryText(n, timeOf(n < 300 ? Math.min(n, 200) : 250))),
      }),
  ],
  [
    'entries back-dated to before the export',
    'back-dated',
    () =>
      exportOf({
        ...HONEST,
        entries: HONEST.entries.map((entry, n) => (n < 300 ? entry : entryText(n, timeOf(200)))),
        from: 310,
      }),
  ],
  ['an entry of another log', 'root-differs', entriesChanged((all) => all.with(60, entryText(60, timeOf(60), 5_000)))],
  ['another log', 'origin-differs', () => exportOf({ ...HONEST, log: party('westmarsh.example/log') })],
  [
    'an entry in another form',
    'entry-not-canonical',
    entriesChanged((all) => all.with(60, (all[60] ?? '').replace('{"body"', '{ "body"'))),
  ],
  [
    'a name twice in an entry',
    'entry-not-canonical',
    entriesChanged((all) => all.with(60, (all[60] ?? '').replace('"position"', '"position":60,"position"'))),
  ],
  ['an entry that is none', 'entry-malformed', entriesChanged((all) => all.with(60, '[]'))],
  [
    'an entry of bytes that are no text',
    'entry-malformed',
    () => changed((folder) => writeFile(join(folder, 'entries.jsonl'), Buffer.of(0xff, 0xfe, 10))),
  ],
  [
    'a missing cosignature',
    'quorum-missing',
    fileChanged('checkpoints/100.txt', (text) => text.replace(/— housing.*\n/u, '')),
  ],
  [
    'a false cosignature',
    'signature-wrong',
    () =>
      changed((folder) =>
        edit(folder, 'checkpoints/100.txt', (text) => {
          const other = cosignedCheckpoint(HONEST, 300);
          return text.replace(/— housing.*\n/u, /— housing.*\n/u.exec(other)?.[0] ?? '');
        }),
      ),
  ],
  [
    'one checkpoint in another’s place',
    'file-malformed',
    () => changed((folder) => edit(folder, 'checkpoints/300.txt', () => cosignedCheckpoint(HONEST, 400))),
  ],
  ['a checkpoint cut short', 'file-malformed', fileChanged('checkpoints/300.txt', (text) => text.slice(0, 80))],
  [
    'a proof cut short by a line',
    'file-malformed',
    fileChanged('proofs/before.txt', (text) => text.slice(0, 45), { ...HONEST, from: 130 }),
  ],
  [
    'a proof cut short by a byte',
    'file-malformed',
    fileChanged('proofs/after.txt', (text) => text.slice(0, -1), { ...HONEST, until: 130 }),
  ],
  [
    'a proof with another hash',
    'root-differs',
    fileChanged('proofs/after.txt', (text) => text.replace(/^..../, 'AAAA'), { ...HONEST, until: 130 }),
  ],
  [
    'a consistency proof cut short',
    'root-differs',
    fileChanged('proofs/consistency-100.txt', (text) => text.slice(45), { ...HONEST, from: 130 }),
  ],
  [
    'what it says it is, changed',
    'file-malformed',
    fileChanged('export.json', (text) => text.replace('"until": 420', '"until": 421')),
  ],
  ['what it says it is, cut short', 'file-malformed', fileChanged('export.json', (text) => text.slice(0, 60))],
  ['a file too many', 'file-unlisted', () => changed((folder) => writeFile(join(folder, 'more.txt'), 'more'))],
  ['a file too few', 'file-missing', () => changed((folder) => rm(join(folder, 'checkpoints/100.txt')))],
  [
    'a folder without sums',
    'file-missing',
    async () => {
      const folder = await exportOf(HONEST);
      await rm(join(folder, 'SHA256SUMS'));
      return folder;
    },
  ],
  [
    'a wrong sum',
    'sum-differs',
    async () => {
      const folder = await exportOf(HONEST);
      await edit(folder, 'README.txt', (text) => `${text} `);
      return folder;
    },
  ],
  [
    'a wrong sum of the entries',
    'sum-differs',
    async () => {
      const folder = await exportOf(HONEST);
      await edit(folder, 'SHA256SUMS', (text) => text.replace(/^\w{4}(?=\w+ {2}entries)/m, '0123'));
      return folder;
    },
  ],
  [
    'sums cut short',
    'file-malformed',
    async () => {
      const folder = await exportOf(HONEST);
      await truncate(join(folder, 'SHA256SUMS'), 100);
      return folder;
    },
  ],
];

describe('P10: both verifiers find', () => {
  it.each(FRAUDS)('%s (%s)', async (_what, code, make) => {
    const { first, second } = await judge(await make());
    expect(first).toMatchObject({ ok: false, error: { code } });
    expect(second).toMatchObject({ status: 1, said: expect.stringContaining('Does not hold') });
    if (first.ok) return;
    // Says what does not hold, and what to do, in whole sentences.
    expect(sayExportFault(first.error)).toMatch(/^[“A-Z].{30,}[.:] .+\.$/su);
  });

  it('a shorter history that is whole in itself, by a checkpoint that a witness kept', async () => {
    const rolledBack = { ...HONEST, entries: HONEST.entries.slice(0, 300), checkpoints: [50, 100, 300] };
    const { first, second } = await judge(await exportOf(rolledBack), { known: cosignedCheckpoint(HONEST, 420) });
    expect(first).toEqual({ ok: false, error: { code: 'known-is-newer', size: 420 } });
    expect(second.status).toBe(1);
  });

  it('a split view: two agencies were shown two trees, each signed by the witnesses it was shown to', async () => {
    const { first, second } = await judge(await exportOf(HONEST), { known: cosignedCheckpoint(forked, 420) });
    expect(first).toEqual({ ok: false, error: { code: 'known-differs', size: 420 } });
    expect(second.status).toBe(1);
    const again = await judge(await exportOf(HONEST), { known: cosignedCheckpoint(forked, 333) });
    expect(again.first).toMatchObject({ ok: false, error: { code: 'root-differs', size: 333 } });
    expect(again.second.status).toBe(1);
  });

  it('any one changed byte of any file, sums made right or not', async () => {
    const files = ['entries.jsonl', 'proofs/before.txt', 'proofs/after.txt', 'checkpoints/300.txt', 'export.json'];
    const told = { ...HONEST, from: 130, until: 310 };
    for (const [n, file] of files.entries()) {
      const folder = await changed(
        (each) =>
          edit(each, file, (text) => {
            const at = Math.floor((text.length * (2 * n + 3)) / 17);
            return `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
          }),
        told,
      );
      const { first, second } = await judge(folder);
      expect({ file, first: first.ok, second: second.status }).toEqual({ file, first: false, second: 1 });
    }
  });
});

const vectors = join(referenceFolder() ?? '', 'vectors', 'merkle');
const there = referenceFolder() !== undefined && existsSync(vectors);
describe('P10: proofs made by others', () => {
  (there ? it : it.skip)(
    'the second verifier agrees with 518 vectors (github.com/transparency-dev/merkle testdata at 417fb0c)',
    async () => {
      expect(await runSecond(['--vectors', vectors])).toEqual({ status: 0, said: '518 vectors agree.\n' });
    },
  );
});
