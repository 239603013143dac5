import { createHash } from 'node:crypto';
import type { PolicyBundle } from '../bundle.ts';
import { csvLine } from './csv.ts';
import { COLUMN_NAMES, COLUMNS, scheduleRows, type Row } from './rows.ts';

/** The schedule of an agreement as a table for a spreadsheet and as a page to print, each with its hash at its foot. */

export const FOOT = 'Bundle';
export const TABLE_FOOT = 'Table (SHA-256)';

/** SHA-256 over the rows, hexadecimal: the same in either form. */
export function tableDigest(rows: readonly Row[]): string {
  const cells = rows.map((row) => COLUMN_NAMES.map((name) => row[name]));
  return createHash('sha256').update(JSON.stringify(cells)).digest('hex');
}

/** The schedule as CSV. */
export function scheduleCsv(bundle: PolicyBundle): string {
  const rows = scheduleRows(bundle);
  return [
    csvLine(COLUMN_NAMES.map((name) => COLUMNS[name])),
    ...rows.map((row) => csvLine(COLUMN_NAMES.map((name) => row[name]))),
    csvLine([FOOT, bundle.version]),
    csvLine([TABLE_FOOT, tableDigest(rows)]),
  ].join('');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/gu, (character) => ESCAPES[character] ?? '');

const STYLE = `body{font:14px/1.4 sans-serif;margin:2em}table{border-collapse:collapse;width:100%;margin:1em 0 2em}
th,td{border:1px solid #767676;padding:4px 6px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:#f3f2f1}.limits{background:#fff7e6}thead{display:table-header-group}tr{break-inside:avoid}
@page{size:A3 landscape}@media print{body{margin:0;font-size:9px}}`;

const SHOWN = COLUMN_NAMES.filter((name) => name !== 'purpose');

/** The schedule as one page of HTML: no script, nothing from elsewhere, every text escaped. */
export function scheduleHtml(bundle: PolicyBundle): string {
  const rows = scheduleRows(bundle);
  const purposes = [...new Set(rows.map(({ purpose }) => purpose))];
  const sections = purposes.map((purpose) =>
    sectionOf(
      bundle,
      purpose,
      rows.filter((row) => row.purpose === purpose),
    ),
  );
  return `<!doctype html>
<html lang="en-GB"><head><meta charset="utf-8"><title>Schedule of information sharing</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1"><style>${STYLE}</style></head><body><main>
<h1>Schedule of information sharing</h1>
<p>What is given is the most that a rule gives, held down by every limit that applies. What no rule gives is not shared.
Marks of verification: V, read in the statute or guidance; 2, in a secondary source only; G, unchecked. Nothing here is legal advice.</p>
${sections.join('\n')}
</main><footer><p>${FOOT}: ${bundle.version}</p><p>${TABLE_FOOT}: ${tableDigest(rows)}</p></footer></body></html>
`;
}

function sectionOf(bundle: PolicyBundle, purpose: string, rows: readonly Row[]): string {
  const title = bundle.purposes.get(purpose)?.label ?? 'Limits for several purposes';
  const head = SHOWN.map((name) => `<th scope="col">${escaped(COLUMNS[name])}</th>`).join('');
  const body = rows.map(
    (row) => `<tr class="${escaped(row.kind)}">${SHOWN.map((name) => `<td>${escaped(row[name])}</td>`).join('')}</tr>`,
  );
  return `<section><h2>${escaped(purpose)}: ${escaped(title)}</h2>
<table><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table></section>`;
}
