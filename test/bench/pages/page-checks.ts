import type { Shown } from '../../journeys/plain-browser.ts';

/** What a browser's audit of a page asks for and can be told from the page alone, each with the name of what fails. */

export interface PageCheck {
  readonly name: string;
  readonly holds: (page: Shown) => boolean;
}

/** Elements beyond which browsers lay out slowly, by Lighthouse's audit of document size. */
const ELEMENTS_MAX = 1_400;
const header = ({ headers }: Shown, name: string): string => [headers[name] ?? ''].flat().join();

export const PAGE_CHECKS: readonly PageCheck[] = [
  { name: 'sent compressed', holds: (page) => header(page, 'content-encoding') === 'gzip' },
  { name: 'kept nowhere', holds: (page) => header(page, 'cache-control') === 'no-store' },
  { name: 'encoding told', holds: (page) => /charset=utf-8/iu.test(header(page, 'content-type')) },
  { name: 'language told', holds: ({ $ }) => $('html').attr('lang') === 'en' },
  {
    name: 'width of the window',
    holds: ({ $ }) => /width=device-width/u.test($('meta[name=viewport]').attr('content') ?? ''),
  },
  { name: 'a title and one heading', holds: ({ $ }) => $('title').text() !== '' && $('h1').length === 1 },
  { name: 'nothing from elsewhere', holds: isOwn },
  {
    name: 'no script in the way',
    holds: ({ $ }) => $('head script').length === 0 && $('script:not([src])').length === 0,
  },
  { name: 'no style inside', holds: ({ $ }) => $('style, [style]').length === 0 },
  { name: 'pictures described', holds: ({ $ }) => $('img:not([alt])').length === 0 },
  { name: 'fields labelled', holds: hasLabels },
  {
    name: 'links and buttons named',
    holds: ({ $ }) => [...$('a[href], button')].every((each) => $(each).text().trim() !== ''),
  },
  { name: 'ids given once', holds: hasIdsOnce },
  { name: 'small enough to lay out', holds: ({ $ }) => $('*').length <= ELEMENTS_MAX },
];

function isOwn({ $ }: Shown): boolean {
  const fetched = [...$('link[href], script[src], img[src], iframe, object, embed')];
  return fetched.every((each) => /^(?:\/(?!\/)|data:)/u.test($(each).attr('href') ?? $(each).attr('src') ?? 'none'));
}

function hasLabels({ $ }: Shown): boolean {
  const labelled = new Set([...$('label[for]')].map((each) => $(each).attr('for')));
  return [...$('input:not([type=hidden]), select, textarea')].every((each) => {
    const field = $(each);
    return (
      labelled.has(field.attr('id')) || field.closest('label').length > 0 || field.attr('aria-label') !== undefined
    );
  });
}

function hasIdsOnce({ $ }: Shown): boolean {
  const ids = [...$('[id]')].map((each) => $(each).attr('id'));
  return new Set(ids).size === ids.length;
}

/** Names of the checks that a page does not pass. */
export const failing = (page: Shown): readonly string[] =>
  PAGE_CHECKS.filter(({ holds }) => !holds(page)).map(({ name }) => name);
