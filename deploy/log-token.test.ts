import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readLogTokenFile } from './log-token.ts';

const GOOD = `tool: /usr/bin/pkcs11-tool
module: /usr/lib/token.so
tokenLabel: holdfast
keyId: '01'
pinFile: token.pin
environment: { TOKEN_CONF: /etc/token.conf }
`;

describe('the token file', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'holdfast-token-file-'));
    await writeFile(join(folder, 'token.pin'), '246810\n');
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const read = async (text: string) => {
    await writeFile(join(folder, 'token.yaml'), text);
    return readLogTokenFile(join(folder, 'token.yaml'));
  };

  it('says where the key is, and the PIN comes from a file of its own', async () => {
    expect(await read(GOOD)).toEqual({
      ok: true,
      value: {
        tool: '/usr/bin/pkcs11-tool',
        module: '/usr/lib/token.so',
        tokenLabel: 'holdfast',
        keyId: '01',
        pin: '246810',
        environment: { TOKEN_CONF: '/etc/token.conf' },
      },
    });
  });

  it.each([
    ['an unknown key', `${GOOD}pin: '246810'\n`],
    ['a tool that is looked for along the path', GOOD.replace('/usr/bin/pkcs11-tool', 'pkcs11-tool')],
    ['an id that is no hex', GOOD.replace("'01'", "'log'")],
    ['a PIN file that is not there', GOOD.replace('token.pin', 'other.pin')],
    ['no YAML', ': ['],
  ])('is refused for %s, in a sentence that does not repeat the PIN', async (_what, text) => {
    const refused = await read(text);
    expect(refused).toMatchObject({ ok: false, error: [expect.stringContaining('token.yaml')] });
    expect(JSON.stringify(refused)).not.toContain('246810');
  });

  it('that is not there is named', async () => {
    expect(await readLogTokenFile(join(folder, 'none.yaml'))).toMatchObject({ ok: false });
  });
});
