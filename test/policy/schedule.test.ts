import { beforeAll, describe, expect, it } from '@jest/globals';
import { assembleBundle } from '../../policies/engine/assemble.ts';
import { csvLine, readCsv } from '../../policies/engine/schedule/csv.ts';
import {
  bundleFromRows,
  checkSchedule,
  purposeDecidedOtherwise,
  readScheduleCsv,
} from '../../policies/engine/schedule/read-schedule.ts';
import { COLUMN_NAMES, scheduleRows } from '../../policies/engine/schedule/rows.ts';
import { scheduleCsv, scheduleHtml, tableDigest } from '../../policies/engine/schedule/schedule.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

const bundle = mustLoad(shippedFiles());
const rows = scheduleRows(bundle);
let csv: string;
beforeAll(() => {
  csv = scheduleCsv(bundle);
});

const lines = () => csv.split('\r\n');
/** The table with one cell of a data line edited by hand. */
function editedAt(line: number, column: (typeof COLUMN_NAMES)[number], to: string): string {
  const read = readCsv(csv);
  if (!read.ok) throw new Error(read.error);
  return read.value
    .map((cells, place) =>
      csvLine(place === line - 1 ? cells.map((cell, at) => (at === COLUMN_NAMES.indexOf(column) ? to : cell)) : cells),
    )
    .join('');
}

describe('the schedule', () => {
  it('reads back to rules that decide alike in every cell', () => {
    expect(checkSchedule(csv, bundle)).toEqual({ ok: true, value: true });
  });

  it('and to rules that decide otherwise where one of them was changed', () => {
    const changed = rows.map((row) =>
      row.rule === 'dvds-not-before-a-decision' || row.rule === rows.find(({ kind }) => kind === 'gives')?.rule
        ? { ...row, level: 'exists' }
        : row,
    );
    const restored = bundleFromRows(changed, bundle);
    if (restored === undefined) throw new Error('not read');
    expect(purposeDecidedOtherwise(bundle, restored)).toBeDefined();
  });

  it.each([
    ['level', 'exists'],
    ['retainMonths', '999'],
    ['onward', 'case-team'],
    ['powers', 'COMMON'],
    ['conditions', ''],
    ['who', 'everybody'],
    ['sentence', 'Because it was always so.'],
  ] as const)('names the cell in which one row was edited by hand: %s', (column, to) => {
    const line = rows.findIndex((row) => row.kind === 'gives' && row.conditions !== '') + 2;
    const row = rows[line - 2];
    expect(checkSchedule(editedAt(line, column, to), bundle)).toMatchObject({
      ok: false,
      error: [
        {
          code: 'cell-differs',
          line,
          table: to,
          bundle: row?.[column],
          of: `${row?.rule ?? ''} for ${row?.field ?? ''}`,
        },
      ],
    });
  });

  it('names a row that was left out, and one that was added', () => {
    const shorter = lines().toSpliced(5, 1).join('\r\n');
    expect(checkSchedule(shorter, bundle)).toMatchObject({ error: [{ code: 'row-missing' }] });
    const row = rows[4];
    const longer = lines()
      .toSpliced(5, 0, (lines()[5] ?? '').replace(row?.rule ?? '', 'a-new-rule'))
      .join('\r\n');
    expect(checkSchedule(longer, bundle)).toMatchObject({ error: [{ code: 'row-added', line: 6 }] });
  });

  it('is refused for another bundle, cut, or with another foot', () => {
    const other = assembleBundle({ ...bundle, guardCaps: bundle.guardCaps.slice(1) });
    expect(checkSchedule(csv, other).ok).toBe(false);
    expect(checkSchedule(csv.slice(0, 5_000), bundle).ok).toBe(false);
    expect(checkSchedule(csv.replace(bundle.version, '0'.repeat(64)), bundle)).toMatchObject({
      error: [{ code: 'foot-differs', foot: 'Bundle' }],
    });
    expect(checkSchedule('', bundle)).toMatchObject({ error: [{ code: 'not-a-schedule' }] });
  });

  it('states each grant for each field, with powers, sections, marks, retention and onward use', () => {
    const row = rows.find(({ rule, field }) => rule === 'engage-council-in-full' && field === 'pol.phone');
    expect(row).toMatchObject({
      purpose: 'ENGAGE',
      who: 'council',
      owner: 'police',
      level: 'full',
      retainMonths: '12',
      onward: 'none',
    });
    expect(row?.powers).toMatch(/CDA115 \(Crime and Disorder Act 1998, .*\) \[(?:V|2|G)\]/u);
    expect(row?.obligations).toContain('loneWorkingCheck');
    const given = new Set(rows.filter(({ kind }) => kind === 'gives').map(({ field }) => field));
    expect(given.size).toBe(bundle.fields.size);
  });

  it('survives a spreadsheet that changes line ends and adds a byte-order mark', () => {
    expect(checkSchedule(`\uFEFF${csv.replaceAll('\r\n', '\n')}`, bundle).ok).toBe(true);
    const read = readScheduleCsv(csv);
    expect(read.ok && tableDigest(read.value.rows)).toBe(tableDigest(rows));
  });

  it('P2: a sentence that a spreadsheet would run is text, and reads back as it was', () => {
    for (const text of ['=1+1', '@SUM(A1)', '-2', '+2', "'quoted", "'=x", '\t=1', 'plain', 'a,"b"', '', ' =1']) {
      const line = csvLine([text, 'x']);
      expect(line).not.toMatch(/^"?[\s]*[=+\-@]/u);
      expect(readCsv(line)).toEqual({ ok: true, value: [[text, 'x']] });
    }
  });

  it('is a page that stands alone: no script, nothing from elsewhere, every text escaped', () => {
    const [purpose, agreement] = [...bundle.agreements][0] ?? [];
    if (purpose === undefined || agreement === undefined) throw new Error('no agreement');
    const grants = agreement.grants.map((grant) => ({ ...grant, necessity: '<script>alert("x")</script> & more' }));
    const hostile = assembleBundle({
      ...bundle,
      agreements: new Map([...bundle.agreements, [purpose, { ...agreement, grants }]]),
    });
    const html = scheduleHtml(hostile);
    expect(html).not.toMatch(/<script|<img|<link|https?:|javascript:| on[a-z]+=/iu);
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; more');
    expect(html).toContain(tableDigest(scheduleRows(hostile)));
    expect(html.match(/<tr/gu)?.length).toBeGreaterThan(rows.length);
  });
});
