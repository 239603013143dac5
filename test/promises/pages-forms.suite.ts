import { describe, expect, it } from '@jest/globals';
import { encoded, filled, type FoundForm } from '../journeys/explore-pages.ts';
import type { Sent, Shown } from '../journeys/plain-browser.ts';
import { oneOfEach, type PagesGround } from './pages-ground.ts';

/** Every form that anybody can come to, sent with what no person types. */

/** Would stand in a page only if something repeated it unescaped, or worked it out. */
const HOSTILE: Readonly<Record<string, string>> = {
  nothing: '',
  script: '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'the end of a tag': '"><svg onload=alert(1)>',
  'a template': '{{ 191*7 }}{% include "layout/layout.njk" %}${191*7}#{191*7}',
  'turned text': '\u202eevil\u2066\u2069\u200b\ufeff reads otherwise',
  'a formula': '=HYPERLINK("http://evil.example","x")',
  'a null byte': 'before\u0000after',
  'half a character': '\ud800 alone',
  'a prototype': '__proto__',
  'a way up': '../../../../etc/passwd',
  'a query': "'; drop table holdfast.entry; --",
  'very much': 'x'.repeat(20_000),
};
/** One at a time, among fields that are good. */
const ALONE = ['script', 'a prototype', 'nothing'] as const;

const MARKS = 'main script, main img, main svg, main iframe, main [onerror], main [onload], main [onfocus]';

export function attackForms(groundOf: () => PagesGround): void {
  const send = (form: FoundForm, sent: Sent): Promise<Shown> =>
    groundOf().browserOf(form.who).once('POST', form.action, sent);
  const sendFields = (form: FoundForm, fields: Readonly<Record<string, string>>): Promise<Shown> => {
    const { body, type } = encoded(form, fields);
    return send(form, { body, headers: { 'content-type': type } });
  };
  const forms = (): readonly FoundForm[] => oneOfEach(groundOf().forms);

  /** Pages that came, so that a session that ended unseen cannot make all of this pass. */
  let pagesShown = 0;

  /** What is wrong with an answer to something hostile. */
  function faultsIn({ status, headers, html, $ }: Shown): string[] {
    if (status === 200 && $('footer').text().includes('Signed in as')) pagesShown += 1;
    const goesTo = String(headers['location'] ?? '/');
    const isOwn = goesTo.startsWith('/') && !goesTo.startsWith('//');
    const isSignIn = goesTo.startsWith(groundOf().stage.partnership.identityUrl ?? '!');
    return [
      ...(status >= 500 ? [`${status}`] : []),
      ...(isOwn || isSignIn ? [] : [`leads to ${goesTo.slice(0, 40)}`]),
      ...(status === 303 || $('h1').length === 1 ? [] : ['is no page']),
      ...($(MARKS).length === 0 ? [] : ['repeats it unescaped']),
      ...(/(?<!\d)1337(?!\d)/u.test(html) ? ['works it out'] : []),
      ...(/node_modules|\bat \S+ \(|\wError\b|\.ts:\d/u.test(html) ? ['tells of its insides'] : []),
    ];
  }

  async function attack(name: string, form: FoundForm, sent: Promise<Shown>): Promise<string[]> {
    return faultsIn(await sent).map((fault) => `${form.route} as ${form.who}, ${name}: ${fault}`);
  }

  describe('every form, sent with what nobody types, answers with a page and repeats nothing unescaped', () => {
    it.each(Object.entries(HOSTILE))('%s in every field', async (name, value) => {
      const faults: string[] = [];
      for (const form of forms()) {
        const typed = Object.fromEntries(form.typed.map((field) => [field, value]));
        faults.push(...(await attack(name, form, sendFields(form, { ...filled(form), ...typed }))));
      }
      expect(faults).toEqual([]);
    });

    it.each(ALONE)('%s in one field after another, also in those that nobody sees', async (name) => {
      const faults: string[] = [];
      for (const form of forms()) {
        for (const field of Object.keys(filled(form)).filter((each) => each !== 'formToken')) {
          const fields = { ...filled(form), [field]: HOSTILE[name] ?? '' };
          faults.push(...(await attack(`${name} in ${field}`, form, sendFields(form, fields))));
        }
      }
      expect(faults).toEqual([]);
    });

    const BODIES: readonly (readonly [string, (form: FoundForm) => string | Buffer])[] = [
      ['every field three times', (form) => `${bodyOf(form)}&${bodyOf(form)}&${bodyOf(form)}`],
      [
        'names of a prototype',
        (form) => `${bodyOf(form)}&__proto__[a]=1&constructor[prototype][a]=1&__proto__=a&toString=a`,
      ],
      ['fields as lists', (form) => bodyOf(form).replaceAll('=', '[]=').replace('formToken[]=', 'formToken=')],
      [
        'bytes that are no characters',
        (form) => Buffer.concat([Buffer.from(`${bodyOf(form)}&reason=`), Buffer.from([0xff, 0xfe, 0xc0, 0xaf])]),
      ],
      ['escapes that are none', (form) => `${bodyOf(form)}&reason=%&a=%zz&b=%ff%fe%00`],
      [
        'three hundred fields',
        (form) => `${bodyOf(form)}&${Array.from({ length: 300 }, (_, n) => `f${n}=x`).join('&')}`,
      ],
      ['more than a form holds', (form) => `${bodyOf(form)}&reason=${'x'.repeat(400_000)}`],
    ];
    const bodyOf = (form: FoundForm): string => new URLSearchParams(filled(form)).toString();
    it.each(BODIES)('%s', async (name, body) => {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const faults: string[] = [];
      for (const form of forms()) faults.push(...(await attack(name, form, send(form, { body: body(form), headers }))));
      expect(faults).toEqual([]);
      expect(Reflect.get({}, 'a')).toBeUndefined();
    });

    it('a body cut off, or of many parts that are none', async () => {
      const headers = { 'content-type': 'multipart/form-data; boundary=x' };
      const parts = [
        '--x',
        '--x\r\n\r\n',
        '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1',
        '--y--',
        '\u0000',
      ];
      const faults: string[] = [];
      for (const form of forms())
        for (const body of parts) faults.push(...(await attack('parts', form, send(form, { body, headers }))));
      expect(faults).toEqual([]);
    });
  });

  describe('every page, asked for with an address that nobody wrote', () => {
    const QUERIES = [
      'a=%3Cscript%3Ealert(1)%3C/script%3E&sort=__proto__&after=%3Cimg%20src=x%20onerror=1%3E&page=-1',
      'reference=%22%3E%3Csvg%20onload=1%3E&state=%7B%7B191*7%7D%7D&worker=%00&due=%ff%fe&contact=x&outcome=y',
      '__proto__[a]=1&constructor=1&after=%E0%A4%A&limit=1e9&from=0000-99-99',
    ];
    it('answers with a page and repeats nothing unescaped', async () => {
      const faults: string[] = [];
      for (const { who, route, url } of oneOfEach(groundOf().pages)) {
        for (const query of QUERIES) {
          const path = new URL(url);
          const shown = await groundOf().browserOf(who).once('GET', `${path.origin}${path.pathname}?${query}`);
          faults.push(...faultsIn(shown).map((fault) => `${route} as ${who}: ${fault}`));
        }
      }
      expect(faults).toEqual([]);
    });
  });

  it('and after all of it they are still signed in, and no bug has shown itself', () => {
    expect(pagesShown).toBeGreaterThan(100);
    const faults = groundOf().stage.said.filter(({ message }) => message === 'internal-fault');
    // What Express itself refuses of a body is its own fault by name, and no bug.
    expect(
      faults.filter(
        (each) => 'errorName' in each && !/PayloadTooLarge|BadRequest|URIError|UnsupportedMedia/u.test(each.errorName),
      ),
    ).toEqual([]);
  });
}
