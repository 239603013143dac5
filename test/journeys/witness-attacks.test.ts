import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { makeWitnessClient } from '../../adapters/witness/client.ts';
import { startWitness } from '../../deploy/witness.ts';
import { formatAddCheckpoint } from '../../gateway/audit/witness/add-checkpoint.ts';
import { originHashOf } from '../../gateway/audit/witness/witness.ts';
import { makeTestPki, type TestPki } from '../agencies/pki.ts';
import { removeWitnesses, startTestWitness, type StartedWitness } from '../agencies/witnesses.ts';
import { leavesOf, party, signedTree } from '../signed-tree.ts';

/** A witness and the gateway's client over real HTTPS, each against a counterpart that means ill. */

const log = party('riverton.example/log');
const tree = signedTree(log, leavesOf(40));
const first = formatAddCheckpoint({ oldSize: 0, proof: [], checkpoint: tree.checkpoint(7) });
let pki: TestPki;
let witness: StartedWitness;
beforeAll(async () => {
  pki = await makeTestPki();
  witness = await startTestWitness('police', [log.key], pki);
});
afterAll(() => removeWitnesses([witness]));

const clientOf = (url: string, withinMs = 2_000, ca = pki.authority.certificatePem) =>
  makeWitnessClient({ name: 'police', url, tls: { ca }, withinMs });

describe('P10: a witness over its own door', () => {
  it('cosigns, tells its size in the type of the protocol, and goes on after a restart from what it kept', async () => {
    const client = clientOf(witness.running.url);
    expect(await client.addCheckpoint(first)).toMatchObject({ ok: true, value: { status: 200 } });
    expect(await client.addCheckpoint(first)).toEqual({
      ok: true,
      value: { status: 409, contentType: 'text/x.tlog.size', body: '7\n' },
    });
    const before = await client.checkpoint(originHashOf(log.key.name));
    await client.close();
    await witness.stop();
    witness = await witness.startAgain();
    const again = clientOf(witness.running.url);
    expect(await again.checkpoint(originHashOf(log.key.name))).toEqual(before);
    const next = { oldSize: 7, proof: await tree.proof(7, 40), checkpoint: tree.checkpoint() };
    expect(await again.addCheckpoint(formatAddCheckpoint(next))).toMatchObject({ ok: true, value: { status: 200 } });
    await again.close();
  });

  it('refuses a body that is larger than any request, another path, another method, and bytes that are no text', async () => {
    const client = clientOf(witness.running.url);
    const large = await client.addCheckpoint('x'.repeat(1_000_000));
    // Cut off while it is still being sent, the sender may see the end of the connection before the answer.
    expect(large.ok ? large.value.status : large.error).toEqual(large.ok ? 413 : 'witness-unreachable');
    expect(await client.addCheckpoint('\u0000')).toMatchObject({ ok: true, value: { status: 400 } });
    expect(await client.checkpoint('0'.repeat(64))).toMatchObject({ ok: true, value: { status: 404 } });
    expect(await client.checkpoint('../etc')).toMatchObject({ ok: true, value: { status: 404 } });
    await client.close();
  });

  it('does not start over what it kept once that was damaged, and says why', async () => {
    const file = join(witness.settings.folder, `${originHashOf(log.key.name)}.checkpoint`);
    const kept = await readFile(file, 'utf8');
    await witness.stop();
    await writeFile(file, kept.slice(0, -10));
    expect(await startWitness(witness.settings, () => undefined)).toMatchObject({
      ok: false,
      error: expect.stringContaining('Do not delete it'),
    });
    await writeFile(file, kept);
    witness = await witness.startAgain();
  });
});

/** Something that answers in a witness's place. */
async function impostor(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const { certificatePem: cert, keyPem: key } = await pki.server('impostor');
  const server: Server = createServer({ cert, key }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const end = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `https://127.0.0.1:${address.port}`, end };
}

describe('P11: the gateway takes from a witness no more than it has to', () => {
  it.each<[string, string, (request: IncomingMessage, response: ServerResponse) => void]>([
    ['never answers', 'witness-slow', () => undefined],
    [
      'drips a byte at a time',
      'witness-slow',
      (_request, response) => {
        const drip = setInterval(() => response.write('.'), 20);
        response.on('close', () => clearInterval(drip));
      },
    ],
    ['sends megabytes', 'witness-answer-too-large', (_request, response) => response.end('x'.repeat(8_000_000))],
    ['hangs up', 'witness-unreachable', (request) => request.socket.destroy()],
  ])('one that %s: %s', async (_what, fault, answer) => {
    const { url, end } = await impostor(answer);
    const client = clientOf(url, 500);
    expect(await client.addCheckpoint(first)).toEqual({ ok: false, error: fault });
    await client.close();
    await end();
  });

  it('and sends nothing to one whose certificate another authority signed', async () => {
    const other = await makeTestPki('Another authority');
    const client = clientOf(witness.running.url, 2_000, other.authority.certificatePem);
    expect(await client.addCheckpoint(first)).toEqual({ ok: false, error: 'witness-unreachable' });
    await client.close();
  });
});
