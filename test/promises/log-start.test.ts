import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { startSentence, type StartFault } from '../../gateway/audit/checkpoints/check-start.ts';
import type { CosignedHead } from '../../gateway/ports/log-tree.ts';
import type { Result } from '../../schemas/result.ts';
import { connectTo } from '../database-address.ts';
import { newSigner, openLogStage, type LogStage } from './log-tree-stage.ts';

const faultOf = (result: Result<unknown, StartFault>) => (result.ok ? 'starts' : result.error);

function named(address: string, name: string): string {
  const url = new URL(address);
  url.pathname = `/${name}`;
  return url.toString();
}

describe('P10: a gateway looks at the log before it writes to it', () => {
  const signed = newSigner();
  const copies: string[] = [];
  let original: LogStage;
  let witnessed: CosignedHead;
  let maintenanceUrl: string;

  /** A copy of the database as it is now, as a backup would have it. */
  async function copy(of: string): Promise<{ readonly url: string; readonly ownerUrl: string }> {
    const name = `copy_${randomBytes(6).toString('hex')}`;
    const owner = await connectTo(maintenanceUrl);
    await owner.query(`create database ${name} template ${new URL(of).pathname.slice(1)} strategy file_copy`);
    await owner.end();
    copies.push(name);
    return { url: named(original.url, name), ownerUrl: named(original.ownerUrl, name) };
  }

  async function open(where: { readonly url: string; readonly ownerUrl: string }): Promise<LogStage> {
    return openLogStage({ ...where, signed });
  }

  let backup: { readonly url: string; readonly ownerUrl: string };
  let whole: { readonly url: string; readonly ownerUrl: string };

  beforeAll(async () => {
    original = await openLogStage({ signed });
    maintenanceUrl = named(original.ownerUrl, 'postgres');
    await original.fill(600);
    expect(await original.start()).toMatchObject({ ok: true, value: { size: 600, witnesses: 'none-yet' } });
    await original.publish();
    // A copy can be taken only of a database that nobody is connected to.
    await Promise.all([original.log.close(), original.tree.close()]);
    backup = await copy(original.ownerUrl);
    const going = await open(original);
    await going.fill(300);
    await going.publish();
    const newest = await going.tree.newestCheckpoint();
    if (!newest.ok || newest.value === undefined) throw new Error('no checkpoint');
    witnessed = newest.value;
    await going.fill(20);
    await going.close();
    whole = await copy(original.ownerUrl);
  }, 30_000);
  afterAll(async () => {
    await original.close();
    const owner = await connectTo(maintenanceUrl);
    for (const name of copies) await owner.query(`drop database if exists ${name} with (force)`);
    const name = new URL(original.ownerUrl).pathname.slice(1);
    await owner.query(`drop database if exists ${name} with (force)`);
    await owner.end();
  });

  it('and starts on the whole log, also where no witness answers, which it says', async () => {
    const stage = await open(whole);
    expect(await stage.start(witnessed)).toEqual({ ok: true, value: { size: 920, witnesses: 'agree' } });
    expect(await stage.start('unreachable')).toEqual({ ok: true, value: { size: 920, witnesses: 'unreachable' } });
    await stage.close();
  });

  it('and refuses a restored older copy, which looks sound in itself', async () => {
    const stage = await open(backup);
    expect(await stage.start()).toMatchObject({ ok: true });
    const refused = faultOf(await stage.start(witnessed));
    expect(refused).toEqual({ code: 'behind-witnesses', size: 600, witnessed: 900 });
    await stage.close();
  });

  it('and refuses an older copy that was written on until it is longer', async () => {
    const stage = await open(await copy(backup.ownerUrl));
    await stage.fill(400);
    await stage.publish();
    expect(faultOf(await stage.start(witnessed))).toEqual({ code: 'differs-from-witnesses', witnessed: 900 });
    await stage.close();
  });

  const REHASH = "entry_hash = sha256('\\x00'::bytea || convert_to(canonical, 'UTF8'))";
  const frauds: [string, readonly string[], StartFault][] = [
    [
      'an entry that was changed, and its hash with it',
      [
        "update holdfast.entry set canonical = replace(canonical, 'a.worker', 'b.worker') where position = 890",
        `update holdfast.entry set ${REHASH} where position = 890`,
      ],
      { code: 'differs-from-checkpoint', signed: 900 },
    ],
    [
      'the text of an entry that was changed, and its hash not',
      ["update holdfast.entry set canonical = replace(canonical, 'a.worker', 'b.worker') where position = 890"],
      { code: 'entry-changed', position: 890 },
    ],
    [
      'a tail that was cut off',
      ['delete from holdfast.entry where position >= 880'],
      { code: 'behind-checkpoint', size: 880, signed: 900 },
    ],
    [
      'a tail that was cut off with the checkpoint over it',
      ['delete from holdfast.checkpoint where size > 600', 'delete from holdfast.entry where position >= 880'],
      { code: 'behind-witnesses', size: 880, witnessed: 900 },
    ],
    [
      'a finished tile that was changed',
      ["update holdfast.tile set root = sha256('') where index = 1"],
      { code: 'differs-from-checkpoint', signed: 900 },
    ],
    [
      'a checkpoint whose root was changed beside its note',
      ["update holdfast.checkpoint set root = sha256('') where size = 900"],
      { code: 'differs-from-checkpoint', signed: 900 },
    ],
    [
      'a checkpoint that somebody else signed',
      ["update holdfast.checkpoint set note = replace(note, '— log', '— fog')"],
      { code: 'key-differs' },
    ],
  ];
  it.each(frauds)('and refuses %s', async (_name, statements, expected) => {
    const stage = await open(await copy(whole.ownerUrl));
    await stage.tamper(...statements);
    expect(faultOf(await stage.start(witnessed))).toEqual(expected);
    await stage.close();
  });

  it('and publishes nothing on top of rows that are no longer those that were signed', async () => {
    const stage = await open(await copy(whole.ownerUrl));
    await stage.tamper(`update holdfast.entry set entry_hash = sha256('') where position = 890`);
    expect(await stage.publish()).toEqual({ ok: false, error: 'log-differs' });
    await stage.close();
  });

  it('and refuses another log, and another key', async () => {
    const stage = await open(whole);
    const other = newSigner('log.example/elsewhere');
    expect(faultOf(await stage.start(witnessed, other.key))).toEqual({
      code: 'other-origin',
      found: signed.signer.name,
    });
    expect(faultOf(await stage.start(witnessed, newSigner().key))).toEqual({ code: 'key-differs' });
    await stage.close();
  });

  it('and says of every refusal what to do', () => {
    const faults: StartFault[] = [
      { code: 'log-unavailable' },
      { code: 'other-origin', found: 'x' },
      { code: 'key-differs' },
      { code: 'behind-checkpoint', size: 1, signed: 2 },
      { code: 'differs-from-checkpoint', signed: 2 },
      { code: 'entry-changed', position: 2 },
      { code: 'behind-witnesses', size: 1, witnessed: 2 },
      { code: 'differs-from-witnesses', witnessed: 2 },
    ];
    for (const fault of faults) expect(startSentence(fault)).toMatch(/check |Correct |Put |Do not |Restore /);
  });
});
