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

/** Sends a file with the form of a page, as a browser does, and gives the page that follows. */
export async function sendFile(browser: PlainBrowser, page: Shown, file: Uint8Array | string): Promise<Shown> {
  const url = new URL(page.$('main form[method=post]').attr('action') ?? page.url, page.url);
  const boundary = '----WebKitFormBoundaryMadeForTests';
  const fields = Object.entries(filledForm(page)).filter(([name]) => name !== 'list');
  const head = fields.map(([name, value]) => partOf(boundary, name, value)).join('');
  const body = Buffer.concat([
    Buffer.from(`${head}--${boundary}\r\ncontent-disposition: form-data; name="list"; filename="../etc/list.csv"\r\n`),
    Buffer.from('content-type: text/csv\r\n\r\n'),
    Buffer.from(file),
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` };
  const answer = await browser.once('POST', url.href, { body, headers });
  const { location } = answer.headers;
  return typeof location === 'string' ? browser.open(new URL(location, url).href) : answer;
}

const partOf = (boundary: string, name: string, value: string): string =>
  `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

/** A day as the three boxes of a form hold it. */
export function threeOf(name: string, iso: string): Record<string, string> {
  const [year = '', month = '', day = ''] = iso.split('-');
  return { [`${name}-day`]: day, [`${name}-month`]: month, [`${name}-year`]: year };
}

const LOOKS_MAX = 200;

/**
 * Looks at a pack again, as she does with its button, until nothing is still to come. What could not be asked about while
 * the machine was busy is asked about again, as its page offers.
 */
export async function askedPack(browser: PlainBrowser, first: Shown): Promise<Shown> {
  let pack = first;
  for (let looks = 0; looks < LOOKS_MAX; looks += 1) {
    const isLeft = pack.$('[role=status]').text().includes('still to come');
    const mayAskAgain = pack.$('main form[method=post]').length > 0;
    if (!isLeft && !mayAskAgain) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
    pack = isLeft ? await browser.open(first.url) : await sendFilled(browser, pack, { step: 'again' });
  }
  return pack;
}
