import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createMemoryAccessLog } from '../../../test/memory-access-log.ts';
import { createMemoryCaseRegister } from '../../../test/memory-case-register.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import { makeSeal } from '../../contacts/seal.ts';
import { columnNames } from './columns.ts';
import { importMaracList } from './import-marac-list.ts';
import { LIST_ROWS_MAX, readMaracList } from './read-marac-list.ts';

const TODAY = '2026-11-20';
const HEADER =
  'case_ref,marac_reference,criterion,referred_on,meeting_on,given,family,date_of_birth,postcode,pnc,agencies';
const GOOD = [
  ...['DAPG-2026-0101', 'MARAC-2026-11-12-1', 'repeat', '2026-11-10', '2026-11-12', 'Zoë-Anne', "O'Brien"],
  ...['1988-03-14', 'RV1 4AB', '2012/0394773H', 'police housing'],
];
const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\r\n'));
const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
const read = (...rows: (readonly string[])[]) => readMaracList(bytes(HEADER, ...rows.map(quoted)), TODAY);
const withCell = (column: string, value: string): string[] =>
  GOOD.map((cell, at) => (columnNames()[at] === column ? value : cell));

describe('a MARAC list', () => {
  it('gives one referral a row, accents, apostrophes and a byte order mark included', () => {
    const list = readMaracList(bytes(`\ufeff${HEADER}`, quoted(GOOD), ''), TODAY);
    expect(list).toEqual({
      ok: true,
      value: {
        faults: [],
        rows: [
          {
            line: 2,
            asked: {
              caseRef: 'DAPG-2026-0101',
              maracReference: 'MARAC-2026-11-12-1',
              criterion: 'repeat',
              referredOn: '2026-11-10',
              maracMeetingOn: '2026-11-12',
              subject: {
                names: [{ given: 'Zoë-Anne', family: "O'Brien" }],
                dateOfBirth: '1988-03-14',
                addresses: [{ postcode: 'RV1 4AB' }],
                identifiers: [{ type: 'PNC', value: '2012/0394773H' }],
              },
              agencies: ['police', 'housing'],
            },
          },
        ],
      },
    });
  });

  const bad: [column: string, value: string, fault: string][] = [
    ['case_ref', 'Daniel Okoro', 'malformed'],
    ['case_ref', '', 'missing'],
    ['marac_reference', '', 'missing'],
    ['marac_reference', 'MARAC', 'malformed'],
    ['criterion', '', 'missing'],
    ['criterion', 'other', 'malformed'],
    ['referred_on', '2026-02-30', 'malformed'],
    ['referred_on', '2026-11-21', 'future'],
    ['date_of_birth', '2027-01-01', 'future'],
    ['given', '=cmd|calc', 'formula'],
    ['given', '\t=1+1', 'formula'],
    ['family', '+447700900777', 'formula'],
    ['family', '@SUM(A1)', 'formula'],
    ['family', '-2', 'formula'],
    ['given', '<script>x</script>', 'hostile-text'],
    ['given', '{{ 7 * 7 }}', 'hostile-text'],
    ['given', 'Dan\u202eleo', 'hostile-text'],
    ['given', 'Dan\u0000iel', 'hostile-text'],
    ['given', 'Dan\u200biel', 'hostile-text'],
    ['given', 'Dan\niel', 'hostile-text'],
    ['given', 'D'.repeat(101), 'too-long'],
    ['family', '07700 900777', 'malformed'],
    ['family', '＝1', 'malformed'],
    ['postcode', 'nowhere', 'malformed'],
    ['agencies', 'Police', 'malformed'],
  ];
  it.each(bad)('P8: %s with %j is %s by line and column, and the good row stands', (column, value, fault) => {
    const list = read(withCell(column, value), GOOD);
    expect(list).toMatchObject({
      ok: true,
      value: { faults: [{ line: 2 + (value.match(/\n/g)?.length ?? 0), column, fault }] },
    });
    expect(list.ok && list.value.rows).toHaveLength(1);
  });

  it('a reference that stands twice opens one case, and a row with a cell too few none', () => {
    expect(read(GOOD, GOOD)).toMatchObject({
      ok: true,
      value: { faults: [{ line: 3, column: 'case_ref', fault: 'repeated' }] },
    });
    expect(read(GOOD.slice(1))).toEqual({ ok: true, value: { rows: [], faults: [{ line: 2, fault: 'malformed' }] } });
  });

  it.each([
    ['a column that is none of a list', bytes(`${HEADER},notes`), 'header'],
    ['a column twice', bytes(`${HEADER},given`), 'header'],
    ['no criterion', bytes(HEADER.replace('criterion,', '')), 'header'],
    ['nothing', bytes(''), 'header'],
    ['a quote that nobody closed', bytes(HEADER, '"DAPG'), 'not-csv'],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00]), 'not-utf8'],
    ['more rows than a list has', bytes(HEADER, ...Array.from({ length: LIST_ROWS_MAX + 1 }, () => 'x')), 'too-large'],
  ])('P11: with %s is refused as a whole', (_what, file, fault) => {
    expect(readMaracList(file, TODAY)).toEqual({ ok: false, error: fault });
  });

  it('P8: nothing that stands in a faulty row is in what is said of it, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', minLength: 4, maxLength: 40 }), { minLength: 11, maxLength: 11 }),
        (cells) => {
          const list = read(cells);
          if (!list.ok) return;
          expect(list.value.rows).toEqual([]);
          for (const cell of cells)
            expect(JSON.stringify(list.value.faults)).not.toContain(JSON.stringify(cell).slice(1, -1));
        },
      ),
      { numRuns: 200, seed: 7 },
    );
  });
});

describe('importing a list', () => {
  const actor: CaseActor = {
    agency: 'riverton-council',
    group: 'council',
    role: 'dai.dapg_coordinator',
    staffId: 'h.marsh',
  };
  const ground = () => ({
    cases: createMemoryCaseRegister(),
    log: createMemoryAccessLog(),
    seal: makeSeal(new Uint8Array(32).fill(5)),
    pseudonymOf: () => 'p'.repeat(43),
    now: () => new Date(`${TODAY}T10:00:00.000Z`),
  });
  const second = withCell('case_ref', 'DAPG-2026-0102');
  const file = bytes(HEADER, quoted(GOOD), quoted(withCell('criterion', 'x')), quoted(second));

  it('P1: opens a case for each good row with an entry each, and sent again changes nothing', async () => {
    const deps = ground();
    const faults = [{ line: 3, column: 'criterion', fault: 'malformed' }];
    expect(await importMaracList(deps, actor, file)).toEqual({ ok: true, value: { opened: 2, faults, known: [] } });
    expect(await importMaracList(deps, actor, file)).toEqual({ ok: true, value: { opened: 0, faults, known: [2, 4] } });
    expect(deps.log.bodies().map(({ kind }) => kind)).toEqual(['case-changed', 'case-changed']);
    const found = await deps.cases.find('DAPG-2026-0102', 'housing');
    expect(found).toMatchObject({ ok: true, value: { category: 'none', leadAgency: 'riverton-council' } });
  });

  it('says of a list that an operator loaded that the operator did', async () => {
    const deps = ground();
    await importMaracList(deps, actor, file, 'operator');
    expect(deps.log.bodies()[0]).toMatchObject({ actor: 'operator' });
  });

  it('stops where the log or the register goes away, and says at which line', async () => {
    const deps = ground();
    deps.log.failWith('log-unavailable');
    expect(await importMaracList(deps, actor, file)).toEqual({
      ok: false,
      error: { fault: 'stopped', line: 2, opened: 0 },
    });
    deps.log.failWith(undefined);
    deps.cases.fail(true);
    expect(await importMaracList(deps, actor, file)).toEqual({
      ok: false,
      error: { fault: 'stopped', line: 2, opened: 0 },
    });
    const worker = { ...actor, role: 'dai.daiw' };
    expect(await importMaracList(ground(), worker, file)).toEqual({ ok: false, error: { fault: 'may-not' } });
  });
});
