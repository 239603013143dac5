import type { SubjectAccessExtract } from './extract.ts';
import type { ExtractItem } from './items.ts';

/** The extract as a page to read and print: one file, no script, nothing fetched. */

const HEADINGS: Readonly<Record<ExtractItem['of'], string>> = {
  'case-register': 'In the case register',
  'asked-by-us': 'Asked by this agency',
  'given-by-us': 'Given by this agency',
  'done-by-us': 'Done by this agency',
  'held-elsewhere': 'With other agencies',
  'other-people': 'Other people',
};

const STYLE = `body{font:1rem/1.5 sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem}
article{border-top:1px solid;padding:1rem 0;break-inside:avoid}
.warning{border:3px solid;padding:1rem;font-weight:bold}
dt{font-weight:bold;margin-top:.5rem}dd{margin:0}
@media print{body{margin:0;max-width:none}}`;

/** The whole page as HTML. */
export function extractPage({ madeAt, for: agency, caseRef, items, receipt }: SubjectAccessExtract): string {
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<title>Subject-access extract, ${text(caseRef)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Subject-access extract</h1>
<p class="warning">For the information-governance officer of ${text(agency)}. Not to be given to anybody as it is: each item waits for a person’s decision.</p>
<p>Case ${text(caseRef)}. Made on ${text(madeAt.slice(0, 10))}. That it was made is entry ${receipt.position} of the access log.</p>
${items.map(article).join('\n')}
</main>
</body>
</html>
`;
}

function article({ of, caseRef, says, positions = [], exemptions }: ExtractItem): string {
  const where = positions.length === 0 ? '' : `<p>Entries of the log: ${positions.join(', ')}.</p>`;
  const asked = exemptions.map(
    ({ law, question, decides, likely }) =>
      `<dt>${text(law)}${likely ? ' (look closely)' : ''}</dt>
<dd>${text(question)} To be decided by ${text(decides)}.<br>Applies: ☐ yes ☐ no. Because: ____________________ Name and day: ____________________</dd>`,
  );
  return `<article>
<h2>${text(HEADINGS[of])}${caseRef === undefined ? '' : `, ${text(caseRef)}`}</h2>
<p>${text(says)}</p>
${where}<dl>
${asked.join('\n')}
</dl>
</article>`;
}

const ESCAPED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const text = (value: string): string => value.replaceAll(/[&<>"']/gu, (each) => ESCAPED[each] ?? '');
