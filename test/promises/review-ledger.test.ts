import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { createPostgresAccessLog } from '../../adapters/postgres/access-log.ts';
import { createPostgresEntryIndex } from '../../adapters/postgres/review-index.ts';
import { createPostgresReasonStore } from '../../adapters/postgres/review-reasons.ts';
import { entryLeaves } from '../../gateway/audit/leaves.ts';
import { printLedger, readLedgerWords, readSearch } from '../../gateway/cli/search-log.ts';
import { csvCell, ledgerRow, LEDGER_HEADINGS } from '../../gateway/review/ledger/csv.ts';
import { tokensIn } from '../../gateway/review/reasons/reasons.ts';
import { ledgerAnswerSchema, reviewEntriesAnswerSchema, type LedgerLine } from '../../schemas/review-request.ts';
import type { Reply } from '../agencies/asker.ts';
import { WORKERS } from '../population/cast-cases.ts';
import { answerOf, openStage, refusalOf, today, type Stage } from '../journeys/stage.ts';

const MATTER = 'IGREV-2026-0007';
const REASON = 'His sister rang: he may be at the Canal Street hostel';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  answerOf(await stage.contact(1, WORKERS.amara, { reason: REASON }));
}, 60_000);
afterAll(() => stage.close());

interface Officer {
  readonly agency: string;
  readonly role?: string;
  readonly matter?: string;
  readonly purpose?: string;
}

async function review(path: string, officer: Officer, body: Readonly<Record<string, unknown>>): Promise<Reply> {
  const { agency, role = 'ig.reviewer', matter = MATTER, purpose = 'IGREV' } = officer;
  const system = stage.asker(agency);
  try {
    const token = await system.token(purpose, matter);
    const head = {
      requestId: randomUUID(),
      sentAt: new Date().toISOString(),
      staff: { id: `ig.${agency}`, role },
      caseRef: MATTER,
      ground: 'lawfulness',
    };
    return await system.send('POST', path, { token, body: JSON.stringify({ ...head, ...body }) });
  } finally {
    await system.close();
  }
}

const search = async (officer: Officer, filters: object, more: object = {}) => {
  const reply = await review('/v1/review/entries', officer, { filters, ...more });
  if (reply.status !== 200) throw new Error(reply.text);
  return reviewEntriesAnswerSchema.parse(reply.json);
};

const kindsOf = ({ entries }: { readonly entries: readonly { readonly entry: { readonly kind: string } }[] }) =>
  entries.map(({ entry }) => entry.kind);

describe('an officer searches the log over the API', () => {
  it('the asker’s reviewer finds the question by words of its reason, and reads them', async () => {
    const found = await search({ agency: 'riverton-council' }, { text: 'sister hostel' }, { words: true });
    expect(found.entries.map(({ words }) => words)).toEqual([REASON]);
    expect(found.receipt.position).toBeGreaterThanOrEqual(found.indexedTo);
    expect(await stage.everythingAtRest()).not.toMatch(/sister|Canal Street/u);
  });

  it('an owner’s reviewer finds its own disclosure and no word, owner or field of others', async () => {
    const found = await search({ agency: 'housing' }, { kinds: ['question-disclosed', 'question-consulted'] });
    const text = JSON.stringify(found.entries);
    for (const other of ['"pol.', '"pro.', '"hea.', '"chi.', '"police"', '"probation"', '"health"', '"childrens"'])
      expect(text).not.toContain(other);
    expect(kindsOf(found).filter((kind) => kind === 'question-consulted')).toEqual([]);
    expect((await search({ agency: 'housing' }, { text: 'sister' })).entries).toEqual([]);
    expect((await search({ agency: 'westmarsh-council' }, { kinds: ['question-disclosed'] })).entries).toEqual([]);
  });

  it('P1: each search is an entry of the log', async () => {
    const before = (await stage.entries()).length;
    const { receipt } = await search({ agency: 'police' }, { breakGlass: true });
    const entries = await stage.entries();
    expect(entries).toHaveLength(before + 1);
    expect(entries[receipt.position]?.body).toMatchObject({
      kind: 'log-searched',
      actor: { agency: 'police', staffId: 'ig.police', role: 'ig.reviewer' },
      caseRef: MATTER,
      ground: 'lawfulness',
      filters: ['break-glass'],
    });
  });

  it('whoever is no reviewer, or comes with a token for something else, gets nothing, and that is an entry too', async () => {
    const worker = await review(
      '/v1/review/entries',
      { agency: 'riverton-council', role: 'dai.daiw' },
      { filters: {} },
    );
    expect(refusalOf(worker)).toEqual({ status: 403, code: 'role-may-not-claim' });
    const other = await review('/v1/review/entries', { agency: 'police', matter: stage.caseRef(1) }, { filters: {} });
    expect(refusalOf(other)).toEqual({ status: 403, code: 'token-other-purpose' });
    const found = await search({ agency: 'police' }, { decisions: ['refused'], outcomes: ['token-other-purpose'] });
    expect(found.entries).toHaveLength(1);
  });

  it('the same request twice is answered once, and a filter that nobody knows is refused by its place', async () => {
    const requestId = randomUUID();
    expect((await review('/v1/review/entries', { agency: 'police' }, { requestId, filters: {} })).status).toBe(200);
    const again = await review('/v1/review/entries', { agency: 'police' }, { requestId, filters: {} });
    expect(refusalOf(again)).toEqual({ status: 409, code: 'request-replayed' });
    const unknown = await review('/v1/review/entries', { agency: 'police' }, { filters: { victim: 'x' } });
    expect(refusalOf(unknown).status).toBe(400);
  });
});

describe('the ledger', () => {
  const period = { from: '2020-01-01T00:00:00.000Z', to: '2100-01-01T00:00:00.000Z' };

  it('says of each owner what of its own went out, to whom, for which case and by which power', async () => {
    const owners = ['police', 'probation', 'housing', 'health', 'childrens'];
    const lines: LedgerLine[] = [];
    for (const agency of owners) {
      const reply = await review('/v1/review/ledger', { agency }, period);
      const answer = ledgerAnswerSchema.parse(reply.json);
      for (const line of answer.lines) expect({ agency, owner: line.owner }).toEqual({ agency, owner: agency });
      lines.push(...answer.lines);
    }
    expect(lines.length).toBeGreaterThan(3);
    const [disclosed] = (await stage.entries()).flatMap(({ body }) =>
      body.kind === 'question-disclosed' ? [body] : [],
    );
    const left = disclosed?.fields.filter(({ count, level }) => (count ?? 0) > 0 && level !== 'deny') ?? [];
    expect(lines.map(({ field }) => field).sort()).toEqual(left.map(({ field }) => field).sort());
    expect(lines[0]).toMatchObject({
      recipient: 'riverton-council',
      staffId: WORKERS.amara,
      caseRef: stage.caseRef(1),
    });
    for (const { powers, purpose } of lines) expect([purpose, powers.length > 0]).toEqual(['ENGAGE', true]);
  });

  it('lists the recipients of one field in a period by one command, as lines or as a table', async () => {
    const { url } = stage.database;
    const log = createPostgresAccessLog({ url, leaves: entryLeaves });
    const index = createPostgresEntryIndex({ url });
    const store = createPostgresReasonStore({ url });
    const reasons = { tokensOf: (ids: readonly string[]) => tokensIn(store, ids) };
    const left = (await stage.entries()).flatMap(({ body }) =>
      body.kind === 'question-disclosed' ? body.fields.filter(({ count }) => (count ?? 0) > 0) : [],
    );
    const field = left[0]?.field ?? '';
    const run = async (more: readonly string[]): Promise<{ printed: string[]; told: string[] }> => {
      const asked = readLedgerWords(['--url', 'f', '--field', field, ...more], 'field');
      if (!asked.ok) throw new Error(asked.error);
      const [printed, told]: [string[], string[]] = [[], []];
      const now = (): Date => new Date();
      const status = await printLedger(
        { log, index, reasons, now },
        asked.value,
        (line) => printed.push(line),
        (line) => told.push(line),
      );
      expect(status).toBe(0);
      return { printed, told };
    };
    const found = await run(['--from', today(), '--to', today()]);
    expect(found.told).toEqual([`${found.printed.length} disclosures to 1 recipients of 1 agencies.`]);
    expect(found.printed).toHaveLength(left.filter((each) => each.field === field).length);
    const table = await run(['--from', today(), '--to', today(), '--csv']);
    expect(table.printed[0]?.split('\r\n')[0]).toBe(LEDGER_HEADINGS.join(','));
    expect((await run(['--from', '2020-01-01', '--to', '2020-12-31'])).printed).toEqual([]);
    expect((await stage.entries()).at(-1)?.body).toMatchObject({
      ...{ kind: 'log-searched', view: 'recipients', actor: 'operator', about: { field } },
    });
    await Promise.all([log.close(), index.close(), store.close()]);
  });

  it('gives no cell to a spreadsheet that it would run', () => {
    for (const formula of ['=1+1', '+44', '-2', '@sum', '\t=1', '\r=1', ' =1', '|calc', '%0A'])
      expect(csvCell(formula).replace(/^"/u, '').startsWith("'")).toBe(true);
    expect([csvCell('a.worker'), csvCell(12), csvCell('a,"b"')]).toEqual(['a.worker', '12', '"a,""b"""']);
    const line: LedgerLine = {
      ...{ position: 1, at: '2026-01-01T00:00:00Z', recordedAt: '2026-01-01T00:00:00Z', owner: 'police' },
      ...{ field: 'pol.phone', level: 'full', values: 1, recipient: 'housing', staffId: 'h.one', role: 'hou.officer' },
      ...{ purpose: 'ENGAGE', caseRef: 'DAPG-2026-0001', subject: '-'.repeat(43), powers: ['CDA115'], grants: [] },
      policyVersion: 'v1',
    };
    expect(ledgerRow(line).split(',')).toHaveLength(LEDGER_HEADINGS.length);
    expect(ledgerRow(line)).toContain(`,'${'-'.repeat(43)},`);
  });

  it('the words of a command are read or refused with a sentence', () => {
    const words = ['--url', 'f', '--keys', 'k', '--for', 'police', '--ground', 'lawfulness'];
    expect(readSearch([...words, '--from', '2026-11-20', '--to', '2026-11-20', '--field', 'pol.phone'])).toMatchObject({
      ok: true,
      value: {
        searcher: { actor: 'operator', viewer: 'police' },
        search: {
          filters: { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z', fields: ['pol.phone'] },
        },
      },
    });
    for (const wrong of [
      ['--from', 'yesterday'],
      ['--field', 'Police phone'],
      ['--limit', '0'],
      ['--before', 'x'],
      ['--who', 'x'],
    ])
      expect(readSearch([...words, ...wrong]).ok).toBe(false);
    expect(readSearch(words.slice(0, 6)).ok).toBe(false);
    expect(readLedgerWords(['--url', 'f', '--field', 'pol.phone'], 'field').ok).toBe(false);
    expect(readLedgerWords(['--url', 'f', '--from', '2026-01-01', '--to', '2026-01-02'], 'owner').ok).toBe(false);
  });
});
