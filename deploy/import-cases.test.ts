import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createPostgresAccessLog } from '../adapters/postgres/access-log.ts';
import { createPostgresCaseRegister } from '../adapters/postgres/case-register.ts';
import { entryLeaves } from '../gateway/audit/leaves.ts';
import { createCaseCipher } from '../gateway/cases/case-cipher.ts';
import { freshDatabase, type FreshDatabase } from '../test/database.ts';
import { importList, runImport } from './import-cases.ts';
import { masterKeysOf } from './keys-folder.ts';

const secret = (byte: number) => new Uint8Array(32).fill(byte);
const keys = { masterKey: secret(1), sealKey: secret(2), pseudonymKey: secret(3) };
const actor = {
  agency: 'riverton-council',
  group: 'council',
  role: 'dai.dapg_coordinator',
  staffId: 'h.marsh',
} as const;
const LIST = `case_ref,marac_reference,criterion,referred_on,given,family,agencies
DAPG-2026-0101,MARAC-2026-01-12-1,repeat,2026-01-10,Sample,Subjectson,police
DAPG-2026-0102,MARAC-2026-01-12-2,repeat,2026-01-10,=Secretname,Subjectson,police
DAPG-2026-0103,,high-harm,2026-01-10,Other,Subjectson,police
`;
let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function telling() {
  const said: string[] = [];
  const say = (code: number) => (sentence: string) => {
    said.push(sentence);
    return code;
  };
  return { said, print: say(0), fail: say(1) };
}
const load = async (text: string) => {
  const tell = telling();
  const code = await importList(database.url, keys, { actor, file: new TextEncoder().encode(text) }, tell);
  return { code, said: tell.said };
};

describe('holdfast cases import', () => {
  it('P1, P8: opens the good rows with an entry each, and says of the others line, column and fault alone', async () => {
    expect(await load(LIST)).toEqual({
      code: 1,
      said: [
        'Cases opened: 1. They have no category until the panel decides.',
        'Line 3: given begins like a formula of a spreadsheet.\nLine 4: marac_reference is empty, and is needed.',
      ],
    });
    const cases = createPostgresCaseRegister({ url: database.url, cipher: createCaseCipher(masterKeysOf(keys)) });
    const found = await cases.find('DAPG-2026-0101', 'police');
    await cases.close();
    expect(found).toMatchObject({ ok: true, value: { category: 'none', leadAgency: 'riverton-council' } });
    const log = createPostgresAccessLog({ url: database.url, leaves: entryLeaves });
    const entries = await log.read(0, 10);
    await log.close();
    expect(entries.ok && entries.value).toHaveLength(1);
    expect(JSON.stringify(entries)).toContain('operator');
    expect(JSON.stringify(entries)).not.toContain('Subjectson');
  });

  it('sent again changes nothing, and says so', async () => {
    const { said } = await load(LIST.split('\n').slice(0, 2).join('\n'));
    expect(said.at(-1)).toBe('Line 2: there is a case with this reference, and nothing of it was changed.');
  });

  it('a list that cannot be read as a whole opens nothing', async () => {
    expect(await load('name,address\nx,y')).toMatchObject({ code: 1 });
  });

  it('says how it is used where a word is missing', async () => {
    const tell = telling();
    expect(await runImport(['--list', 'x.csv'], tell)).toBe(1);
    expect(tell.said.join()).toContain('--coordinator');
  });
});
