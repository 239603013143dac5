import type { PlainBrowser, Shown } from './plain-browser.ts';

/** What a panel coordinator does in pages, told to a browser without scripts. */

/** The fields of the page's own form as a browser would send them, without its buttons. */
export function filledForm({ $ }: Shown): Record<string, string> {
  const fields: Record<string, string> = {};
  $('main form[method=post] input').each((_n, input) => {
    const type = $(input).attr('type') ?? 'text';
    const isChosen = $(input).attr('checked') !== undefined;
    if ((type === 'radio' || type === 'checkbox') && !isChosen) return;
    fields[$(input).attr('name') ?? ''] = $(input).attr('value') ?? '';
  });
  $('main form[method=post] textarea').each((_n, area) => {
    fields[$(area).attr('name') ?? ''] = $(area).text();
  });
  return fields;
}

/** Sends the form of a page to where the page says, with what is typed over its fields. */
export function sendFilled(
  browser: PlainBrowser,
  page: Shown,
  typed: Readonly<Record<string, string>> = {},
): Promise<Shown> {
  const action = page.$('main form[method=post]').attr('action') ?? page.url;
  return browser.send(new URL(action, page.url).href, { ...filledForm(page), ...typed });
}
