import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The units of deploy/systemd, as systemd itself reads them. */

const UNITS = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), 'deploy', 'systemd');
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

(hasSystemd ? describe : describe.skip)('units (needs systemd-analyze, of the package systemd)', () => {
  let folder: string;
  let names: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-units-'));
    names = await readdir(UNITS);
    for (const name of names) {
      const text = await readFile(join(UNITS, name), 'utf8');
      // Node lies elsewhere on this machine, perhaps, and that would be all that is found.
      await writeFile(join(folder, name), text.replaceAll('/usr/bin/node', process.execPath));
    }
  });
  afterAll(() => rm(folder, { recursive: true }));

  const verify = () => {
    const { status, stderr } = spawnSync('systemd-analyze', ['verify', ...names.map((name) => join(folder, name))], {
      encoding: 'utf8',
    });
    return { status, said: stderr.split('\n').filter((line) => line.includes('holdfast')) };
  };

  it('are as systemd wants them, the witness among them', () => {
    expect(names).toContain('holdfast-witness.service');
    expect(verify()).toEqual({ status: 0, said: [] });
  });

  it('and a misspelt one would be found', async () => {
    const file = join(folder, 'holdfast-witness.service');
    await writeFile(file, (await readFile(file, 'utf8')).replace('StateDirectory=', 'StateFolder='));
    expect(verify().said.join()).toContain('StateFolder');
  });

  it('a witness writes its own folder and nothing else, and dumps no core', async () => {
    const unit = await readFile(join(UNITS, 'holdfast-witness.service'), 'utf8');
    for (const line of [
      'ProtectSystem=strict',
      'StateDirectory=holdfast-witness',
      'LimitCORE=0',
      'NoNewPrivileges=yes',
    ])
      expect(unit.split('\n')).toContain(line);
    expect(unit).not.toMatch(/^ReadWritePaths=/mu);
  });
});
