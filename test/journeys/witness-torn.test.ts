import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeWitnessClient } from '../../adapters/witness/client.ts';
import { startWitness } from '../../deploy/witness.ts';
import { formatAddCheckpoint } from '../../gateway/audit/witness/add-checkpoint.ts';
import { originHashOf } from '../../gateway/audit/witness/witness.ts';
import { makeTestPki, type TestPki } from '../agencies/pki.ts';
import { removeWitnesses, startTestWitness, type StartedWitness } from '../agencies/witnesses.ts';
import { leavesOf, party, signedTree } from '../signed-tree.ts';

const log = party('riverton.example/log');
const tree = signedTree(log, leavesOf(40));
let pki: TestPki;
let witness: StartedWitness;
let file: string;
let kept: string;

beforeAll(async () => {
  pki = await makeTestPki();
  witness = await startTestWitness('police', [log.key], pki);
  const client = makeWitnessClient({
    name: 'police',
    url: witness.running.url,
    tls: { ca: pki.authority.certificatePem },
  });
  const shown = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: tree.checkpoint(7) });
  expect(await client.addCheckpoint(shown)).toMatchObject({ ok: true, value: { status: 200 } });
  await client.close();
  file = join(witness.settings.folder, `${originHashOf(log.key.name)}.checkpoint`);
  kept = await readFile(file, 'utf8');
  await witness.stop();
});
afterAll(() => removeWitnesses([witness]));

const start = () => startWitness(witness.settings, () => undefined);
const DAMAGED = { ok: false, error: expect.stringContaining('is damaged') };

describe('P10: a witness over a torn file', () => {
  it('does not start, wherever the file was cut, and says what not to do', async () => {
    for (let length = 0; length < kept.length; length += length < 8 ? 1 : 7) {
      await writeFile(file, kept.slice(0, length));
      expect({ length, started: await start() }).toEqual({ length, started: DAMAGED });
    }
    // The last byte alone: the line is not at its end.
    await writeFile(file, kept.slice(0, -1));
    expect(await start()).toMatchObject({ error: expect.stringContaining('Do not delete it') });
  });

  it('does not start over zeros, as a disk leaves them that lost its power, nor with a byte changed', async () => {
    await writeFile(file, Buffer.alloc(kept.length));
    expect(await start()).toEqual(DAMAGED);
    for (const at of [2, kept.indexOf('\n7\n') + 1, kept.length - 20]) {
      const other = kept[at] === 'B' ? 'C' : 'B';
      await writeFile(file, kept.slice(0, at) + other + kept.slice(at + 1));
      expect({ at, started: await start() }).toEqual({ at, started: DAMAGED });
    }
  });

  it('starts from the whole one beside a file that was begun and not finished, and is alone over it', async () => {
    await writeFile(file, kept);
    await writeFile(`${file}.new`, kept.slice(0, 30));
    witness = await witness.startAgain();
    const second = await start();
    expect(second).toMatchObject({ ok: false, error: expect.stringContaining('in use by another witness') });
  });
});
