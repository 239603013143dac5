import { inflateSync } from 'node:zlib';

/**
 * The words of a PDF as Chromium prints it, page by page, to be searched for what must not be in it: its fonts map glyphs
 * to characters, and its content names glyphs. Not a reader of any other PDF.
 */

interface PdfObject {
  readonly dictionary: string;
  readonly stream?: string;
}

/** Each page's text, in the order in which it is drawn, without blanks between the pieces of a line. */
export function textOfPdf(pdf: Buffer): readonly string[] {
  const objects = objectsOf(pdf);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary));
  return pages.map((page) => textOfPage(page, objects));
}

function objectsOf(pdf: Buffer): ReadonlyMap<string, PdfObject> {
  const text = pdf.toString('latin1');
  const objects = new Map<string, PdfObject>();
  for (const { index, 1: id = '' } of text.matchAll(/(?:^|\n)(\d+) 0 obj\n/g)) {
    const from = text.indexOf('obj\n', index) + 4;
    const end = text.indexOf('endobj', from);
    const streamAt = text.indexOf('stream\n', from);
    if (streamAt < 0 || streamAt > end) {
      objects.set(id, { dictionary: text.slice(from, end) });
      continue;
    }
    const dictionary = text.slice(from, streamAt);
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1] ?? 0);
    const bytes = pdf.subarray(streamAt + 7, streamAt + 7 + length);
    const stream = dictionary.includes('/FlateDecode') ? inflateSync(bytes) : bytes;
    objects.set(id, { dictionary, stream: stream.toString('latin1') });
  }
  return objects;
}

function textOfPage({ dictionary }: PdfObject, objects: ReadonlyMap<string, PdfObject>): string {
  const resources = resolve(/\/Resources\s*(\d+) 0 R/.exec(dictionary)?.[1], objects) ?? dictionary;
  const fonts = new Map<string, ReadonlyMap<string, string>>();
  for (const [, name = '', id = ''] of resources.matchAll(/\/(F\d+) (\d+) 0 R/g))
    fonts.set(name, charactersOf(id, objects));
  const contents = /\/Contents (\d+) 0 R/.exec(dictionary)?.[1] ?? '';
  return wordsOf(objects.get(contents)?.stream ?? '', fonts);
}

const resolve = (id: string | undefined, objects: ReadonlyMap<string, PdfObject>): string | undefined =>
  id === undefined ? undefined : objects.get(id)?.dictionary;

/** Glyph numbers, four hex digits, to characters, from the font's own table. */
function charactersOf(fontId: string, objects: ReadonlyMap<string, PdfObject>): ReadonlyMap<string, string> {
  const table = /\/ToUnicode (\d+) 0 R/.exec(resolve(fontId, objects) ?? '')?.[1] ?? '';
  const text = objects.get(table)?.stream ?? '';
  const characters = new Map<string, string>();
  for (const [, block = ''] of text.matchAll(/beginbfchar\n([\s\S]*?)endbfchar/g))
    for (const [, glyph = '', to = ''] of block.matchAll(/<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]+)>/g))
      characters.set(glyph.toUpperCase(), utf16(to));
  for (const [, block = ''] of text.matchAll(/beginbfrange\n([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', to = ''] of block.matchAll(
      /<([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})> <([0-9A-Fa-f]{4})>/g,
    ))
      for (let glyph = parseInt(first, 16), n = 0; glyph <= parseInt(last, 16); glyph += 1, n += 1)
        characters.set(hex4(glyph), String.fromCharCode(parseInt(to, 16) + n));
  return characters;
}

const hex4 = (number: number): string => number.toString(16).toUpperCase().padStart(4, '0');
const utf16 = (hex: string): string =>
  (hex.match(/.{4}/g) ?? []).map((each) => String.fromCharCode(parseInt(each, 16))).join('');

function wordsOf(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> = new Map();
  let words = '';
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]*)>(?=[^\]]*(?:\]\s*TJ|\s*Tj))/g)) {
    if (name !== undefined) font = fonts.get(name) ?? new Map();
    for (const glyph of (shown ?? '').match(/.{4}/g) ?? []) words += font.get(glyph.toUpperCase()) ?? '\uFFFD';
  }
  return words;
}
