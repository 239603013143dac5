import type { PlainBrowser, Shown } from './plain-browser.ts';

/** What a worker does in pages, told to a browser without scripts. */

/** The fields of the page's own form, as a browser would send them, with what is typed over them. */
export function formOf({ $ }: Shown, typed: Readonly<Record<string, string>> = {}): Record<string, string> {
  const fields: Record<string, string> = {};
  $('main form input[type=hidden]').each((_n, input) => {
    fields[$(input).attr('name') ?? ''] = $(input).attr('value') ?? '';
  });
  $('main form input[type=radio][checked]').each((_n, input) => {
    fields[$(input).attr('name') ?? ''] = $(input).attr('value') ?? '';
  });
  $('main form textarea').each((_n, area) => {
    fields[$(area).attr('name') ?? ''] = $(area).text();
  });
  return { ...fields, ...typed };
}

/** Sends the form of a page to where the page says. */
export function sendForm(
  browser: PlainBrowser,
  page: Shown,
  typed: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const action = page.$('main form').attr('action') ?? page.url;
  return browser.send(new URL(action, page.url).href, formOf(page, typed));
}

export const headingOf = ({ $ }: Shown): string => $('h1').text().trim();
export const titleOf = ({ $ }: Shown): string => $('title').text();
/** The main part in words, without runs of blanks. */
export const wordsOf = ({ $ }: Shown): string => $('main').text().replace(/\s+/gu, ' ').trim();
/** What the error summary says. */
export const errorsOf = ({ $ }: Shown): string[] =>
  $('.govuk-error-summary__list a')
    .map((_n, link) => $(link).text())
    .get();

/** Asks how to reach the person of a case, and gives the page that follows. */
export async function askOn(browser: PlainBrowser, pagesUrl: string, caseRef: string): Promise<Shown> {
  const form = await browser.open(`${pagesUrl}/cases/${caseRef}/request`);
  return sendForm(browser, form, { purpose: 'ENGAGE', reason: 'First call after the panel met on Thursday' });
}
