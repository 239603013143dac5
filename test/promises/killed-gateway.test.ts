import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createGatewayLogin } from '../../adapters/postgres/gateway-login.ts';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../deploy/embedded-postgres.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { verifyLog } from '../../gateway/cli/verify-log.ts';
import type { Answer } from '../../schemas/answer.ts';
import { contactRequest, makeAsker } from '../agencies/asker.ts';
import { clientIdOf } from '../agencies/partnership.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { answerOf, openStage, refusalOf, ROOT, type Stage } from '../journeys/stage.ts';

const ROUNDS = 5;
const ASKERS = 6;

interface Answered {
  readonly answer: Answer;
  readonly text: string;
}

describe('P1: kill -9 of the gateway, and of the database, under load', () => {
  let folder: string;
  let server: EmbeddedPostgres;
  let stage: Stage;
  const children: ChildProcess[] = [];
  const answered: Answered[] = [];

  const startDatabase = async (port?: number): Promise<void> => {
    const started = await startEmbeddedPostgres({
      folder: join(folder, 'database'),
      durable: true,
      ...(port === undefined ? {} : { port }),
    });
    if (!started.ok) throw new Error(started.error.sentence);
    server = started.value;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-killed-'));
    await startDatabase();
    const migrated = await migrate({ ownerUrl: server.url });
    if (!migrated.ok) throw new Error(migrated.error.sentence);
    const login = await createGatewayLogin(server.url, 'a password of the test');
    if (!login.ok) throw new Error('no login');
    const database = { url: login.value, ownerUrl: server.url, drop: () => Promise.resolve() };
    stage = await openStage({ database });
    await writeFile(
      join(folder, 'standing.json'),
      JSON.stringify({
        databaseUrl: login.value,
        keysFolder: stage.folder,
        policiesFolder: join(ROOT, 'policies', 'agreements'),
        credentials: stage.partnership.agencies.credentials,
      }),
      { mode: 0o600 },
    );
  }, 60_000);
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await stage.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function startChild(): Promise<{ child: ChildProcess; url: string }> {
    const child = spawn(
      process.execPath,
      [
        '--import',
        join(ROOT, 'deploy', 'typescript.mjs'),
        join(ROOT, 'test', 'promises', 'gateway-alone.ts'),
        join(folder, 'standing.json'),
      ],
      { cwd: ROOT, stdio: ['pipe', 'pipe', 'ignore'] },
    );
    children.push(child);
    const port = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).once('line', resolve);
      child.once('exit', () => reject(new Error('the gateway ended before it listened')));
    });
    return { child, url: `https://127.0.0.1:${port}` };
  }

  /** Asks without a pause until told to stop; keeps every answer that came, and the codes of refusals. */
  async function askOn(gatewayUrl: string, until: () => boolean): Promise<string[]> {
    const codes: string[] = [];
    const certificate = stage.partnership.certificates.get('riverton-council');
    const asker = makeAsker({
      gatewayUrl,
      ca: stage.partnership.pki.authority.certificatePem,
      clientId: clientIdOf('riverton-council'),
      ...(certificate === undefined ? {} : { certificate }),
    });
    try {
      const token = await asker.token('ENGAGE', stage.caseRef(3));
      while (!until()) {
        const body = contactRequest(stage.caseRef(3), WORKERS.joseph);
        const reply = await asker.send('POST', '/v1/contact-requests', { token, body });
        if (reply.status === 200) answered.push({ answer: answerOf(reply), text: reply.text });
        else codes.push(refusalOf(reply).code);
      }
    } catch {
      codes.push('connection-lost');
    } finally {
      await asker.close();
    }
    return codes;
  }

  it(`after each of ${ROUNDS} kills, no answered question lacks its entry`, async () => {
    let next = startChild();
    for (let round = 0; round < ROUNDS; round += 1) {
      const { child, url } = await next;
      const goal = answered.length + 10;
      let over = false;
      const asking = Promise.all(Array.from({ length: ASKERS }, () => askOn(url, () => over)));
      while (answered.length < goal && child.exitCode === null) await wait(1);
      // Another moment of a question each time.
      await wait(round * 7);
      child.kill('SIGKILL');
      if (round < ROUNDS - 1) next = startChild();
      const codes = (await asking).flat();
      over = true;
      expect(new Set(codes)).toEqual(new Set(['connection-lost']));
    }
    await expectEveryAnswerLogged();
  }, 90_000);

  it('kill -9 of the database: 503 and nothing else until it is back, and again no answer without its entry', async () => {
    const goal = answered.length + 10;
    let over = false;
    const asking = Promise.all(Array.from({ length: ASKERS }, () => askOn(stage.partnership.url, () => over)));
    while (answered.length < goal) await wait(1);
    process.kill(server.pid, 'SIGKILL');
    await wait(300);
    over = true;
    const codes = new Set((await asking).flat());
    expect(codes.size).toBeGreaterThan(0);
    for (const code of codes) expect(['log-unavailable', 'register-unavailable', 'overloaded']).toContain(code);
    await startDatabase(server.port);
    const before = answered.length;
    for (let n = 0; answered.length === before && n < 100; n += 1) {
      const reply = await stage.contact(3, WORKERS.joseph).catch(() => undefined);
      if (reply?.status === 200) answered.push({ answer: answerOf(reply), text: reply.text });
      else await wait(100);
    }
    expect(answered.length).toBe(before + 1);
    await expectEveryAnswerLogged();
  }, 60_000);

  async function expectEveryAnswerLogged(): Promise<void> {
    const log = createPostgresAccessLog({ url: server.url, leaves: entryLeaves });
    expect(await verifyLog(log)).toMatchObject({ ok: true });
    await log.close();
    const entries = await stage.entries();
    for (const { answer, text } of answered) {
      const disclosure = text.slice('{"disclosure":'.length, text.lastIndexOf(',"receipt":{'));
      expect(entries[answer.receipt.position]?.body).toMatchObject({
        kind: 'question-disclosed',
        questionId: answer.disclosure.questionId,
        bodyDigest: createHash('sha256').update(disclosure).digest('base64url'),
      });
    }
    expect(answered.length).toBeGreaterThan(0);
  }
});
