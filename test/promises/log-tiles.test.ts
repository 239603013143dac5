import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPublicKey } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { Agent } from 'undici';
import { openCheckpoint } from '../../gateway/audit/note/checkpoint.ts';
import { parseTlogProof } from '../../gateway/audit/note/tlog-proof.ts';
import { makeVerifierKey, rawPublicKey, type VerifierKey } from '../../gateway/audit/note/verifier-key.ts';
import { appendLeaves, EMPTY_RANGE, rootOf } from '../../gateway/audit/tree/compact-range.ts';
import { cutHashes } from '../../gateway/audit/tree/tile-edge.ts';
import { verifyInclusion } from '../../gateway/audit/tree/verify.ts';
import { startGateway } from '../../deploy/gateway.ts';
import type { Receipt } from '../../gateway/ports/access-log.ts';
import { saysNothing } from '../../gateway/operations/messages.ts';
import type { Asker, Reply } from '../agencies/asker.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { answerOf, openStage, refusalOf, refused, type Stage } from '../journeys/stage.ts';

describe('P10: what an agency can verify by itself', () => {
  let stage: Stage;
  let council: Asker;
  let police: Asker;
  let key: VerifierKey;
  let receipt: Receipt;

  /** The publisher works once a second. */
  async function soon(ask: () => Promise<Reply>): Promise<Reply> {
    for (let n = 0; n < 100; n += 1) {
      const reply = await ask();
      if (reply.status === 200) return reply;
      // Until a checkpoint covers it, a proof is asked for again; before the first, there is none to give.
      expect([refused(503, 'proof-not-yet'), refused(404, 'not-found')]).toContainEqual(refusalOf(reply));
      await wait(100);
    }
    throw new Error('it never came');
  }

  beforeAll(async () => {
    stage = await openStage();
    council = stage.partnership.asker('riverton-council');
    police = stage.partnership.asker('police');
    const publicKey = rawPublicKey(createPublicKey(stage.partnership.keys.logKeyPem));
    const made = makeVerifierKey('gateway.riverton.example/log', 'ed25519', publicKey);
    if (!made.ok) throw new Error(made.error);
    key = made.value;
    receipt = answerOf(await stage.contact(3, WORKERS.joseph)).receipt;
  }, 60_000);
  afterAll(async () => {
    await Promise.all([council.close(), police.close()]);
    await stage.close();
  });

  /** An asker reads text; a tile is none. */
  async function bytesOf(path: string): Promise<Uint8Array> {
    const { url, pki, certificates } = stage.partnership;
    const own = certificates.get('police');
    const connect = { ca: pki.authority.certificatePem, cert: own?.certificatePem ?? '', key: own?.keyPem ?? '' };
    const agent = new Agent({ connect });
    const response = await agent.request({ origin: url, path, method: 'GET' });
    const bytes = new Uint8Array(await response.body.arrayBuffer());
    await agent.close();
    return bytes;
  }

  const checkpointOf = (text: string) => {
    const opened = openCheckpoint(text, [key]);
    if (!opened.ok) throw new Error(opened.error.code);
    return opened.value.checkpoint;
  };

  it('its receipt becomes a proof under a checkpoint that the log signed', async () => {
    const path = `/v1/receipts/${receipt.position}`;
    const reply = await soon(() => council.send('GET', path));
    const proof = parseTlogProof(reply.text);
    if (!proof.ok) throw new Error(proof.error);
    const { size, root } = checkpointOf(proof.value.checkpoint);
    const leaf = Buffer.from(receipt.entryHash, 'base64url');
    expect(proof.value.index).toBe(receipt.position);
    expect(verifyInclusion(receipt.position, size, leaf, proof.value.hashes, root)).toBe(true);
  });

  it('P6: a receipt that is another’s, that nobody has and that is no number look the same', async () => {
    const seen = await Promise.all([
      police.send('GET', `/v1/receipts/${receipt.position}`),
      police.send('GET', '/v1/receipts/99999'),
      council.send('GET', '/v1/receipts/0'),
      council.send('GET', '/v1/receipts/007'),
      council.send('GET', '/v1/receipts/9007199254740993'),
    ]);
    for (const reply of seen) expect(refusalOf(reply)).toEqual(refused(404, 'not-found'));
    expect(new Set(seen.map(({ text }) => text.replace(/[0-9a-f-]{36}/u, ''))).size).toBe(1);
  });

  it('the tiles make the root of the checkpoint, and may be kept for ever', async () => {
    const reply = await soon(() => police.send('GET', '/log/checkpoint'));
    expect(reply.headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'private, max-age=1',
    });
    const { size, root } = checkpointOf(reply.text);
    const tile = await police.send('GET', `/log/tile/0/000.p/${size}`);
    expect(tile.status).toBe(200);
    expect(tile.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-length': String(size * 32),
      'cache-control': 'private, max-age=31536000, immutable',
    });
    const hashes = cutHashes(await bytesOf(`/log/tile/0/000.p/${size}`));
    expect(Buffer.from(rootOf(appendLeaves(EMPTY_RANGE, hashes)))).toEqual(Buffer.from(root));
  });

  it.each([
    '/log/tile/0/000.p/255',
    '/log/tile/1/000.p/1',
    '/log/tile/0/000',
    '/log/tile/0/000.p/0',
    '/log/tile/0/0',
    '/log/tile/entries/000.p/1',
    '/log/tile/',
    '/log/tile/0/%2e%2e/000',
  ])('there is no %s: nothing beyond a checkpoint, and no entries', async (path) => {
    expect(refusalOf(await council.send('GET', path))).toEqual(refused(404, 'not-found'));
  });

  it('nobody sees any of it without a registered certificate', async () => {
    const stranger = stage.partnership.asker('police', { certificate: await stage.partnership.pki.client('nobody') });
    for (const path of ['/log/checkpoint', '/log/tile/0/000.p/1', `/v1/receipts/${receipt.position}`])
      expect(refusalOf(await stranger.send('GET', path)).status).toBe(401);
    await stranger.close();
  });

  it('a gateway that is set up for another log does not start on this one, and says so', async () => {
    const { partnership, database } = stage;
    const started = await startGateway({
      databaseUrl: database.url,
      publicUrl: 'https://gateway.elsewhere.example',
      ...{ host: '127.0.0.1', port: 0, operationsHost: '127.0.0.1', operationsPort: 0 },
      ...{ minTlsVersion: 'TLSv1.3', say: saysNothing, processMetrics: false, sources: [] },
      ...{ keys: partnership.keys, bundle: partnership.bundle },
    });
    expect(started).toEqual({ ok: false, error: expect.stringContaining('gateway.riverton.example/log') });
  });
});
