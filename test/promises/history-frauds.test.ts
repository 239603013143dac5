import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPostgresCosignedCheckpoints } from '../../adapters/postgres/cosigned-checkpoints.ts';
import { makeWitnessClient } from '../../adapters/witness/client.ts';
import { makeWitnessing } from '../../deploy/witnesses.ts';
import { checkStart } from '../../gateway/audit/checkpoints/check-start.ts';
import { subtreesFromTiles } from '../../gateway/audit/checkpoints/prove-entry.ts';
import { formatVerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import type { CosigningStatus } from '../../gateway/audit/witness/cosigning.ts';
import { originHashOf } from '../../gateway/audit/witness/witness.ts';
import { exportLog } from '../../gateway/cli/export-log.ts';
import type { Message } from '../../gateway/operations/messages.ts';
import { makeTestPki, type TestPki } from '../agencies/pki.ts';
import { removeWitnesses, startTestWitness, type StartedWitness } from '../agencies/witnesses.ts';
import { connectTo } from '../database-address.ts';
import { consulted } from '../log-entries.ts';
import { runSecond } from './history-ground.ts';
import { newSigner, openLogStage, ORIGIN, type LogStage } from './log-tree-stage.ts';

/** P10, live: the frauds are committed on a real database, with the owner's rights and the log's own key. */

const named = (address: string, name: string): string => {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.toString();
};

let signed: ReturnType<typeof newSigner>;
let pki: TestPki;
let witnesses: StartedWitness[];
let honest: LogStage;
let backup: { readonly url: string; readonly ownerUrl: string };
let folder: string;
const copies: string[] = [];

/** A copy of a database that nobody is connected to, as a backup would have it. */
async function copyOf(stage: LogStage): Promise<{ readonly url: string; readonly ownerUrl: string }> {
  const name = `fraud_${randomBytes(6).toString('hex')}`;
  const owner = await connectTo(named(stage.ownerUrl, 'postgres'));
  await owner.query(`create database ${name} template ${new URL(stage.ownerUrl).pathname.slice(1)} strategy file_copy`);
  await owner.end();
  copies.push(name);
  return { url: named(stage.url, name), ownerUrl: named(stage.ownerUrl, name) };
}

interface Shown {
  readonly status: CosigningStatus | undefined;
  readonly said: readonly Message[];
}

/** Publishes what a log has and shows it to witnesses, as a gateway does, until they have all answered. */
async function show(stage: LogStage, to: readonly StartedWitness[], quorum = 2): Promise<Shown> {
  const { tree, key } = stage;
  const said: Message[] = [];
  const witnessing = makeWitnessing({ quorum, witnesses: to.map(({ setting }) => setting) }, (_level, each) =>
    said.push(each),
  );
  const cosigning = witnessing.connect({ tree, logKeys: [key] });
  const published = await stage.publish();
  if (!published.ok || published.value.state !== 'published') throw new Error('nothing was published');
  cosigning.offer(published.value.note);
  await cosigning.close();
  return { status: witnessing.status(), said };
}

const outcomesOf = ({ status }: Shown) => status?.last.map(({ outcome }) => outcome);

/** What a gateway finds when it starts on this database, asking the witnesses themselves. */
async function start({ tree, log, key }: LogStage) {
  const settings = { quorum: 2, witnesses: witnesses.map(({ setting }) => setting) };
  const cosigning = makeWitnessing(settings, () => undefined).connect({ tree, logKeys: [key] });
  const checked = await checkStart({
    ...{ tree, log, logKeys: [key] as const, witnesses: cosigning },
    instance: '00000000-0000-4000-8000-000000000001',
  });
  await cosigning.close();
  return checked;
}

/** An export of this database, and what the second verifier says of it, with a checkpoint kept elsewhere. */
async function exportAndVerify(stage: LogStage, quorum: number, known?: string) {
  const checkpoints = createPostgresCosignedCheckpoints({ url: stage.url });
  const out = join(folder, randomBytes(4).toString('hex'));
  const exported = await exportLog({
    ...{ log: stage.log, checkpoints, quorum, out },
    readAt: (size) => subtreesFromTiles(stage.tree, size),
    logKeys: [stage.key],
    witnessKeys: witnesses.map(({ running }) => running.key),
    now: () => new Date(),
  });
  await checkpoints.close();
  if (!exported.ok) return { status: -1, said: exported.error };
  return runSecond([
    ...[out, '--log-key', formatVerifierKey(stage.key), '--quorum', String(quorum)],
    ...(quorum === 0 ? [] : witnesses).flatMap(({ running }) => ['--witness', formatVerifierKey(running.key)]),
    ...(known === undefined ? [] : ['--known', known]),
  ]);
}

beforeAll(async () => {
  signed = newSigner();
  pki = await makeTestPki();
  folder = await mkdtemp(join(tmpdir(), 'holdfast-frauds-'));
  witnesses = await Promise.all(
    ['police', 'probation', 'housing'].map((each) => startTestWitness(each, [signed.key], pki)),
  );
  honest = await openLogStage({ signed });
  await honest.fill(300);
  expect(outcomesOf(await show(honest, witnesses))).toEqual(['cosigned', 'cosigned', 'cosigned']);
  await Promise.all([honest.log.close(), honest.tree.close()]);
  backup = await copyOf(honest);
  honest = await openLogStage({ ...honest, signed });
  await honest.fill(300);
  expect(outcomesOf(await show(honest, witnesses))).toEqual(['cosigned', 'cosigned', 'cosigned']);
}, 60_000);

afterAll(async () => {
  await removeWitnesses(witnesses);
  const own = new URL(honest.ownerUrl).pathname.slice(1);
  await honest.close();
  const owner = await connectTo(named(honest.ownerUrl, 'postgres'));
  for (const name of [...copies, own]) await owner.query(`drop database if exists ${name} with (force)`);
  await owner.end();
  await rm(folder, { recursive: true });
}, 60_000);

describe('P10: frauds on a real log are caught', () => {
  it('the honest log starts, is exported, says that it was, and verifies by the second verifier', async () => {
    expect(await start(honest)).toMatchObject({ ok: true, value: { size: 600, witnesses: 'agree' } });
    expect(await exportAndVerify(honest, 3)).toMatchObject({ status: 0, said: expect.stringContaining('0 to 599') });
    const last = await honest.log.read(600, 1);
    expect(last.ok && last.value[0]?.canonical).toContain('"kind":"log-exported"');
  });

  it('roll-back: an older copy is refused at the start, and what is written on it all the same is not cosigned', async () => {
    const rolledBack = await openLogStage({ ...backup, signed });
    expect(await start(rolledBack)).toMatchObject({ ok: false, error: { code: 'behind-witnesses', size: 300 } });
    await rolledBack.fill(10);
    expect(outcomesOf(await show(rolledBack, witnesses))).toEqual(['witness-ahead', 'witness-ahead', 'witness-ahead']);
    // Longer than the true one, it is another history.
    await rolledBack.fill(400);
    const shown = await show(rolledBack, witnesses);
    expect(outcomesOf(shown)).toEqual(['history-refused', 'history-refused', 'history-refused']);
    expect(shown.said).toContainEqual({
      message: 'witness-failed',
      witness: 'police.example/witness',
      code: 'history-refused',
    });
    // What was cosigned of it is what was true; the rest cannot be exported as witnessed.
    const kept = await makeKnown(witnesses[0]);
    expect(await exportAndVerify(rolledBack, 2, kept)).toMatchObject({
      status: 1,
      said: expect.stringContaining('cut off'),
    });
    await rolledBack.close();
  }, 60_000);

  it('fork: a row rewritten with its hash, its tile and a new signature is refused by every witness', async () => {
    await Promise.all([honest.log.close(), honest.tree.close()]);
    const copy = await copyOf(honest);
    honest = await openLogStage({ ...honest, signed });
    const forked = await openLogStage({ ...copy, signed });
    await forked.tamper(
      `update holdfast.entry set canonical = replace(canonical, 'a.worker', 'b.worker'),
         entry_hash = sha256('\\x00'::bytea || convert_to(replace(canonical, 'a.worker', 'b.worker'), 'UTF8'))
       where position = 5`,
      'alter table holdfast.cosignature disable trigger all',
      'delete from holdfast.cosignature',
      'delete from holdfast.tile',
      'delete from holdfast.checkpoint',
    );
    expect(await start(forked)).toMatchObject({ ok: false, error: { code: 'differs-from-witnesses' } });
    await forked.log.append(consulted(1));
    const shown = await show(forked, witnesses);
    expect(outcomesOf(shown)).toEqual(['history-refused', 'history-refused', 'history-refused']);
    expect(await exportAndVerify(forked, 2)).toMatchObject({ status: -1, said: expect.stringContaining('witness') });
    // Shown as if it were witnessed, it fails by the first checkpoint that any agency has kept.
    expect(await exportAndVerify(forked, 0, await makeKnown(witnesses[1]))).toMatchObject({
      status: 1,
      said: expect.stringContaining('do not make the tree'),
    });
    await forked.close();
  }, 60_000);

  it('split view: of two trees shown to different agencies one at most has a quorum, and one checkpoint tells', async () => {
    const [police, probation, housing] = witnesses;
    if (police === undefined || probation === undefined || housing === undefined) throw new Error('three witnesses');
    await Promise.all([honest.log.close(), honest.tree.close()]);
    const copy = await copyOf(honest);
    honest = await openLogStage({ ...honest, signed });
    const other = await openLogStage({ ...copy, signed });
    await honest.fill(20);
    await other.fill(30);
    expect(await show(honest, [police, probation])).toMatchObject({ status: { lost: false, size: 621 } });
    expect(outcomesOf(await show(other, [housing]))).toEqual(['cosigned']);
    // Housing's own view has one name under it, and no other agency's.
    const view = await exportAndVerify(other, 1);
    expect(view.status).toBe(0);
    // The newest that two signed is the tree from before the fork.
    expect(await exportAndVerify(other, 2)).toMatchObject({ said: expect.stringContaining('0 to 599') });
    // What housing kept and what the others are shown cannot both be the log.
    expect(await exportAndVerify(honest, 2, await makeKnown(housing))).toMatchObject({ status: 1 });
    await other.fill(5);
    expect(outcomesOf(await show(other, [police]))).toEqual(['history-refused']);
    await other.close();
  }, 60_000);
});

/** The last checkpoint that a witness serves, in a file: what an officer fetches before verifying. */
async function makeKnown(witness: StartedWitness | undefined): Promise<string> {
  if (witness === undefined) throw new Error('no witness');
  const file = join(witness.settings.folder, `${originHashOf(ORIGIN)}.checkpoint`);
  const client = makeWitnessClient({ name: 'police', ...witness.setting });
  const served = await client.checkpoint(originHashOf(ORIGIN));
  await client.close();
  expect(served).toMatchObject({ ok: true, value: { status: 200, body: await readFile(file, 'utf8') } });
  return file;
}
