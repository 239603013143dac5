import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { loadBundle } from './index.ts';
import type { PolicyFile, PolicyProblem } from './index.ts';
import { mustLoad, shippedFiles } from '../../test/promises/policy-shipped.ts';

const shipped = shippedFiles();

/** The shipped files with one text changed in one of them; the text must be there. */
function edited(path: string, from: string, to: string): readonly PolicyFile[] {
  return shipped.map((file) => {
    if (file.path !== path) return file;
    if (!file.text.includes(from)) throw new Error(`${path} has no "${from}"`);
    return { path, text: file.text.replace(from, to) };
  });
}

const without = (path: string) => shipped.filter((file) => file.path !== path);
const withFile = (path: string, text: string) => [...without(path), { path, text }];

function problemsOf(files: readonly PolicyFile[]): readonly PolicyProblem[] {
  const loaded = loadBundle(files);
  return loaded.ok ? [] : loaded.error;
}

/** The line on which a text stands in a shipped file. */
function lineOf(path: string, text: string): number {
  const whole = shipped.find((file) => file.path === path)?.text ?? '';
  return whole.slice(0, whole.indexOf(text)).split('\n').length;
}

const NECESSITY =
  'necessity: To reach the right man at a number that works, and never to arrange a contact that breaks an order.';

describe('P2: a bundle with one fault is no bundle', () => {
  it.each<[string, string, string, string, RegExp]>([
    [
      'an unknown key',
      'engage.yaml',
      'level: full',
      'level: full\n    unless: { category: hold }',
      /"unless" is not a word/,
    ],
    ['a misspelt condition', 'engage.yaml', 'when: { marac: none }', 'when: { marc: none }', /"marc" is not a word/],
    ['a misspelt value', 'engage.yaml', 'when: { marac: none }', 'when: { marac: non }', /marac/],
    ['a level that does not exist', 'engage.yaml', 'level: full', 'level: everything', /level/],
    ['a grant without necessity', 'engage.yaml', NECESSITY, '', /necessity" is missing/],
    [
      'a grant whose necessity says nothing',
      'engage.yaml',
      NECESSITY,
      'necessity: needed',
      /necessity": must be a sentence/,
    ],
    [
      'an unknown field',
      'engage.yaml',
      'exceptFields: [pro.release]',
      'exceptFields: [pro.relaese]',
      /pro\.relaese is not in the field catalogue/,
    ],
    [
      'an unknown class',
      'engage.yaml',
      'classes: [ID, CT, OR]',
      'classes: [ID, CT, OX]',
      /OX is not in the field catalogue/,
    ],
    ['an unknown role', 'guards.yaml', 'to: [childrens]', 'to: [chi.socialworker]', /chi\.socialworker is neither/],
    [
      'an unknown claimant',
      'purposes.yaml',
      'claimants: [dai.daiw, pro',
      'claimants: [dai.worker, pro',
      /dai\.worker is not a known role/,
    ],
    [
      'an unknown purpose in a guard',
      'guards.yaml',
      'exceptPurposes: [S47, EMERG]',
      'exceptPurposes: [S48, EMERG]',
      /S48 is not a known purpose/,
    ],
    [
      'an agreement for an unknown purpose',
      'engage.yaml',
      'agreement: ENGAGE',
      'agreement: ENGAGED',
      /ENGAGED is not a known purpose/,
    ],
    [
      'a purpose without an agreement',
      'engage.yaml',
      'agreement: ENGAGE',
      'agreement: ENGAGED',
      /purpose ENGAGE has no agreement/,
    ],
    [
      'an unknown power',
      'engage.yaml',
      'powers: [CDA115, CDA17, COMMON]',
      'powers: [CDA116]',
      /CDA116 is not a known power/,
    ],
    [
      'a grant on a power that never commenced',
      's47.yaml',
      'powers: [CA47, CA04_11, COMMON, CDA115, CA04_16LA]',
      'powers: [CA04_16LA]',
      /rests on no power/,
    ],
    [
      'a grant on powers that only stand beside others',
      'engage.yaml',
      'powers: [CDA115, CDA17, COMMON]',
      'powers: [CDA17]',
      /rests on no power/,
    ],
    [
      'a power that this pair can never use',
      'engage.yaml',
      'powers: [CDA115, CDA17, COMMON]',
      'powers: [CDA115, CA47]',
      /CA47 can never be used/,
    ],
    [
      'a pair that is left without a power',
      'engage.yaml',
      'powers: [CDA115, CDA17, COMMON]',
      'powers: [COMMON]',
      /has no power under which housing may give/,
    ],
    ['a duplicate rule', 'engage.yaml', 'id: engage-council-in-part', 'id: engage-council-in-full', /same id/],
    ['a duplicate key', 'engage.yaml', 'level: full', 'level: full\n    level: partial', /unique/],
    ['a duplicate role', 'roles.yaml', '  pol.offender_manager:', '  pol.da_officer:', /unique/],
    ['a field without a transform', 'fields.yaml', ', transform: identifier }', ' }', /transform/],
    ['a transform that does not exist', 'fields.yaml', 'transform: identifier', 'transform: hash', /transform/],
    ['a field under another owner', 'fields.yaml', '    pol.pnc_id:', '    hou.pnc_id:', /named for another owner/],
    [
      'a victim\u2019s field in a class that the guards do not hold',
      'fields.yaml',
      'class: TL, subject: victim',
      'class: CT, subject: victim',
      /about a victim/,
    ],
    [
      'a guard edited away',
      'guards.yaml',
      'classes: [TP, TL]',
      'classes: [TP]',
      /nothing denies .* to the council for ENGAGE/,
    ],
    [
      'a guard made conditional',
      'guards.yaml',
      'classes: [TP, TL]',
      'classes: [TP, TL]\n      when: { emergency: false }',
      /nothing denies/,
    ],
    ['a guard for some roles only', 'guards.yaml', 'to: [council]', 'to: [dai.daiw]', /nothing denies/],
    [
      'a guard lifted for emergencies',
      'guards.yaml',
      'classes: [TP, TL]',
      'classes: [TP, TL]\n      exceptPurposes: [EMERG]',
      /nothing denies .* for EMERG/,
    ],
    [
      'a fact that never goes stale',
      'guards.yaml',
      '    emergency: { staleAfterHours: 4, why',
      '    # { staleAfterHours: 4, why',
      /emergency/,
    ],
    ['a word where a yes or no belongs', 'mappa.yaml', 'approved: false', 'approved: no', /approved/],
    ['a number where a word belongs', 'engage.yaml', 'when: { marac: none }', 'when: { marac: 0 }', /marac/],
    ['a tab', 'engage.yaml', '    level: full', '\tlevel: full', /YAML/],
    ['a wrong indent', 'engage.yaml', '    level: full', '  level: full', /./],
    ['an anchor', 'engage.yaml', 'level: full', 'level: &most full', /anchors/],
    ['an alias', 'engage.yaml', 'level: partial', 'level: *most', /anchors/],
    ['a tag', 'engage.yaml', 'level: full', 'level: !!str full', /tags/],
    ['a merge key', 'engage.yaml', 'level: full', 'level: full\n    <<: {}', /cannot be a key/],
    ['a prototype key', 'engage.yaml', 'level: full', 'level: full\n    __proto__: { level: full }', /cannot be a key/],
    ['a key that is no word', 'engage.yaml', 'level: full', 'level: full\n    1: one', /must be a word/],
    ['two documents in a file', 'engage.yaml', 'grants:', '---\ngrants:', /YAML/],
  ])('refuses %s', (_what, path, from, to, says) => {
    const problems = problemsOf(edited(path, from, to));
    expect(problems.map(({ what }) => what).join('\n')).toMatch(says);
    for (const { what, mend } of problems) expect([what, mend]).not.toContain('');
  });

  it('says the file and the line', () => {
    const [problem] = problemsOf(edited('guards.yaml', 'exceptPurposes: [S47, EMERG]', 'exceptPurposes: [S48, EMERG]'));
    expect(problem).toMatchObject({ file: 'guards.yaml', line: lineOf('guards.yaml', 'exceptPurposes: [S47, EMERG]') });
    const [key] = problemsOf(edited('engage.yaml', 'level: full', 'level: full\n    unless: hold'));
    expect(key).toMatchObject({ file: 'engage.yaml', line: lineOf('engage.yaml', 'level: full') + 1 });
  });

  it('reports the problems of all files at once', () => {
    const first = edited('engage.yaml', 'level: full', 'levl: full');
    const both = first.map((file) =>
      file.path === 'roles.yaml'
        ? { ...file, text: file.text.replace('label: Control room', 'name: Control room') }
        : file,
    );
    expect(new Set(problemsOf(both).map(({ file }) => file))).toEqual(new Set(['engage.yaml', 'roles.yaml']));
  });

  it.each(['purposes', 'powers', 'roles', 'fields', 'guards'])('refuses a bundle without its %s', (kind) => {
    expect(problemsOf(without(`${kind}.yaml`)).length).toBeGreaterThan(0);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['a comment only', '# later'],
    ['a list', '- a'],
    ['a word', 'grants'],
    ['no kind of policy file', 'grants: []'],
    [
      'an alias bomb',
      `a: &a [x, x]\n${'bcdefgh'
        .split('')
        .map((k, i) => `${k}: &${k} [*${'abcdefg'[i] ?? ''}, *${'abcdefg'[i] ?? ''}]`)
        .join('\n')}`,
    ],
    ['brackets without end', '['.repeat(100_000)],
    ['lists in lists in lists', '- '.repeat(50_000)],
    ['a file of ten megabytes', `agreement: ${'x'.repeat(10_000_000)}`],
    ['control characters', 'agreement: \u0000\u0001\u001f\u0002'],
    ['a marker of the lexer', '\u001f&a b: *a'],
  ])('refuses %s', (_what, text) => {
    const problems = problemsOf(withFile('engage.yaml', text));
    expect(problems.length).toBeGreaterThan(0);
    expect(problems.length).toBeLessThan(100);
  });

  it('never throws, whatever the text', () => {
    const snippet = fc.constantFrom(
      'agreement:',
      ' ',
      '\n',
      '  ',
      '- ',
      '[',
      ']',
      '{',
      '}',
      '&a',
      '*a',
      '!!map',
      '"',
      "'",
      '|',
      '>',
      '? ',
      ': ',
      '#',
      '---',
      '<<',
      '__proto__',
      'grants:',
      '\t',
      '%YAML 1.1',
      '\u0000',
      '\ud800',
      'null',
      '~',
      '1e999',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(snippet, { maxLength: 40 }).map((parts) => parts.join('')),
          fc.string({ maxLength: 200 }),
        ),
        (text) => {
          expect(loadBundle([{ path: 'x.yaml', text }]).ok).toBe(false);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('loads the shipped agreements to one version, in whatever order the files come and however they are laid out', () => {
    const bundle = mustLoad(shipped);
    expect(bundle.version).toMatch(/^[0-9a-f]{64}$/);
    expect(mustLoad([...shipped].reverse()).version).toBe(bundle.version);
    const commented = shipped.map(({ path, text }) => ({ path, text: `# a comment\n${text}` }));
    expect(mustLoad(commented).version).toBe(bundle.version);
    expect(mustLoad(edited('engage.yaml', 'retainMonths: 12', 'retainMonths: 13')).version).not.toBe(bundle.version);
  });
});
