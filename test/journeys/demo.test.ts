import { describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Agent, request } from 'undici';
import { ROOT } from './stage.ts';

/** The demo as a newcomer starts it: it plays, it stays, its pages answer, and it ends when told. */

const ARGUMENTS = ['--disable-warning=ExperimentalWarning', '--import', './deploy/typescript.mjs', 'deploy/demo.ts'];

function textUntil(child: ChildProcess, mark: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: unknown): void => {
      text += String(chunk);
      if (text.includes(mark)) resolve(text);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('exit', () => reject(new Error(`the demo ended before it said “${mark}”:\n${text.slice(-1_000)}`)));
  });
}

describe('npm run demo', () => {
  it('stays after the morning, with pages that somebody can sign in to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-demo-'));
    // PostgreSQL runs as another user and has to get to its data.
    await chmod(folder, 0o755);
    const child = spawn(process.execPath, [...ARGUMENTS, '--port', '0', '--folder', join(folder, 'demo')], {
      cwd: ROOT,
    });
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    try {
      const said = await textUntil(child, 'stops everything that was started');
      expect(said).toContain('ways to reach him follow, best first');
      const [, pages = ''] = /Open \S*?(https:\/\/127\.0\.0\.1:\d+)/u.exec(said) ?? [];
      const ca = await readFile(join(folder, 'demo', 'keys', 'authority.crt'), 'utf8');
      const agent = new Agent({ connect: { ca } });
      const shown = await request(`${pages}/cases`, { dispatcher: agent });
      expect(shown.statusCode).toBe(303);
      expect(shown.headers.location).toContain('/auth?');
      await shown.body.dump();
      await agent.close();
    } finally {
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      await rm(folder, { recursive: true, force: true });
    }
  }, 120_000);
});
