import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decide, loadBundle, mayClaim } from './index.ts';
import type { PolicyBundle, PolicyFile, PolicyProblem } from './index.ts';
import {
  combinationsThatDiffer,
  dated,
  mustLoad,
  requestOf,
  shippedFiles,
} from '../../test/promises/policy-shipped.ts';

/** Every file of the bundle broken in the ways in which a hand, an editor, a transfer or an attacker breaks it. */

const shipped = shippedFiles();
const whole = mustLoad(shipped);

function textOf(path: string): string {
  const text = shipped.find((file) => file.path === path)?.text;
  if (text === undefined) throw new Error(`${path} is not shipped`);
  return text;
}
const withText = (path: string, text: string): readonly PolicyFile[] =>
  shipped.map((file) => (file.path === path ? { path, text } : file));

function problemsOf(files: readonly PolicyFile[]): readonly PolicyProblem[] {
  const loaded = loadBundle(files);
  return loaded.ok ? [] : loaded.error;
}

/** A line from the middle of a file that holds a key and a value of one line, and its number from 1. */
function lineIn(text: string): { readonly line: string; readonly number: number } {
  const lines = text.split('\n');
  const plain = (at: number): boolean =>
    /^ +(?:label|law|level|atMost|why|party|class|retainMonths): .*[^,{]$/.test(lines[at] ?? '');
  const middle = Math.floor(lines.length / 2);
  for (let away = 0; away < lines.length; away += 1) {
    for (const at of [middle + away, middle - away]) {
      const line = lines[at];
      if (line !== undefined && plain(at)) return { line, number: at + 1 };
    }
  }
  // A file of flow maps only: any indented line will do.
  const at = lines.findIndex((line) => /^ +\S+: /.test(line));
  return { line: lines[at] ?? '', number: at + 1 };
}

/** The text with its chosen line put another way. */
function relined(text: string, change: (line: string) => string): string {
  const { number } = lineIn(text);
  return text
    .split('\n')
    .map((line, at) => (at === number - 1 ? change(line) : line))
    .join('\n');
}

const BREAKS: readonly (readonly [string, (text: string) => string, RegExp])[] = [
  ['an unknown key', (text) => `${text}\nunheard-of: 1\n`, /not a word/],
  ['a key that every object has', (text) => `${text}\nconstructor: 1\n`, /cannot be a key/],
  ['a line indented one more', (text) => relined(text, (line) => ` ${line}`), /YAML/],
  ['a tab for an indent', (text) => relined(text, (line) => `\t${line.trimStart()}`), /YAML/],
  ['a line twice', (text) => relined(text, (line) => `${line}\n${line}`), /unique|YAML/],
  ['a quote that is not closed', (text) => relined(text, (line) => line.replace(': ', ': "')), /YAML/],
  ['a bracket that is not closed', (text) => `${text}\nopen: [a, b\n`, /YAML/],
  ['an anchor', (text) => relined(text, (line) => line.replace(': ', ': &a ')), /anchors/],
  ['an alias', (text) => `${text}\nunheard-of: *a\n`, /anchors/],
  ['an alias of itself, the one cycle that can be written', (text) => `${text}\nunheard-of: &a [*a]\n`, /anchors/],
  ['a merge key', (text) => `${text}\n<<: {}\n`, /cannot be a key/],
  ['a tag', (text) => relined(text, (line) => line.replace(': ', ': !!str ')), /tags/],
  ['a second document', (text) => `${text}\n---\nagreement: ENGAGE\n`, /YAML/],
  ['a NUL', (text) => relined(text, (line) => `${line}\u0000`), /unseen character \(U\+0000\)/],
  ['bytes that are not UTF-8', (text) => relined(text, (line) => `${line}\ufffd`), /not UTF-8/],
  ['a byte-order mark', (text) => `\ufeff${text}`, /U\+FEFF/],
  ['text that shows in another order', (text) => relined(text, (line) => `${line} \u202egninaem`), /U\+202E/],
  ['a space that takes no room', (text) => relined(text, (line) => `${line}\u200b`), /U\+200B/],
  ['half of a character', (text) => relined(text, (line) => `${line}\ud800`), /unseen character/],
  ['ten megabytes', (text) => `${text}\n# ${'x'.repeat(10_000_000)}`, /larger than/],
  ['nothing', () => '', /no kind of policy file/],
  ['a list for a map', () => '- a\n- b\n', /no kind of policy file/],
];

describe.each(shipped.map(({ path }) => path))('P2: %s, broken by hand, is refused with its line', (path) => {
  it.each(BREAKS)('%s', (_what, breaks, says) => {
    const broken = breaks(textOf(path));
    const problems = problemsOf([{ path, text: broken }]).filter(({ file }) => file === path);
    expect(problems.map(({ what }) => what).join('\n')).toMatch(says);
    for (const { line, what, mend } of problems) {
      expect(line).toBeGreaterThanOrEqual(0);
      expect(line).toBeLessThanOrEqual(broken.split('\n').length);
      expect([what, mend]).not.toContain('');
    }
  });

  it('says the line on which the unseen character stands', () => {
    const { number } = lineIn(textOf(path));
    const text = relined(textOf(path), (line) => `${line}\u200b`);
    expect(problemsOf([{ path, text }])[0]).toMatchObject({ file: path, line: number });
  });
});

const GUARD = 'standBy: true';
const MEANINGS: readonly (readonly [string, string, string, string, RegExp])[] = [
  [
    'serious-violence power for health',
    'powers.yaml',
    'owners: [police, probation, housing]',
    'owners: [police, health]',
    /PCSCA16 cannot be relied on by health/,
  ],
  [
    'serious-violence power for every owner',
    'powers.yaml',
    '    owners: [police, probation, housing]\n    exceptClasses: [HX]',
    '    exceptClasses: [HX]',
    /PCSCA16 cannot be relied on by health, childrens/,
  ],
  [
    'serious-violence power for health data',
    'powers.yaml',
    '    exceptClasses: [HX]\n',
    '',
    /PCSCA16 cannot carry class HX/,
  ],
  [
    'the duty to help an enquiry for police',
    'powers.yaml',
    'owners: [housing, health]\n    requesters: [childrens]',
    'owners: [housing, police]\n    requesters: [childrens]',
    /CA47 cannot be relied on by police/,
  ],
  [
    'recognised interests for a public authority',
    'powers.yaml',
    'owners: [housing, victim-services] #',
    'owners: [council, victim-services] #',
    /RLI cannot be relied on by council/,
  ],
  [
    'offender management outside its three bodies',
    'powers.yaml',
    '    owners: [police, probation]\n    requesters: [police, probation]',
    '    owners: [police, probation]',
    /OMA14 cannot serve housing/,
  ],
  [
    'a condition that is to carry a grant alone',
    'powers.yaml',
    'standsAlone: false\n    conditionFor: [special-category]',
    'standsAlone: true\n    conditionFor: [special-category]',
    /ART9_2_C is only cited, yet stands alone/,
  ],
  [
    'a power that ends before it begins',
    'powers.yaml',
    'inForceFrom: 2026-02-05 # SI 2026/82 reg 2(c)\n    inForceTo: null',
    'inForceFrom: 2026-02-05\n    inForceTo: 2025-02-05',
    /RLI ends before it begins/,
  ],
  [
    'a pilot that ends before it begins',
    'powers.yaml',
    'area: croydon, from: 2024-11-27, to: null',
    'area: croydon, from: 2024-11-27, to: 2024-11-26',
    /ends in croydon before/,
  ],
  ['a day that there is not', 'powers.yaml', 'from: 2024-11-27', 'from: 2024-11-31', /./],
  [
    'a cap at the level of every grant',
    'engage.yaml',
    '    classes: [CT, HX, CH, HO]\n    atMost: deny',
    '    classes: [HX, CH]\n    atMost: exists',
    /cap engage-on-monitor-nobody-contacts-him is dead/,
  ],
  [
    'a guard that stands by and says nothing of it',
    'igrev.yaml',
    `    ${GUARD}\n`,
    '',
    /cap igrev-existence-across-agencies is dead/,
  ],
  [
    'a cap that says it stands by and binds',
    'engage.yaml',
    'exceptClasses: [OP]\n    atMost: summary',
    `exceptClasses: [OP]\n    atMost: summary\n    ${GUARD}`,
    /says that it stands by, but it binds/,
  ],
  [
    'a grant of own records only',
    'dapg.yaml',
    '    to: [housing]\n    classes: [ID]',
    '    to: [housing]\n    fields: [hou.name]',
    /reaches nothing for anybody/,
  ],
  [
    'a grant that a guard always denies',
    'engage.yaml',
    'classes: [HX, CH]\n    level: exists',
    'classes: [TP]\n    level: exists',
    /gives nothing: nothing-of-third-parties-for-the-council denies it always/,
  ],
  [
    'a claim that no cap holds to',
    'engage.yaml',
    '    when: { marac: none }\n    atMost: deny',
    '    when: { marac: none }\n    atMost: exists',
    /ENGAGE is claimed on marac, but no cap denies all/,
  ],
  [
    'a claim that a cap holds to for some only',
    'emerg.yaml',
    '    when: { emergency: false }',
    '    to: [police]\n    when: { emergency: false }',
    /EMERG is claimed on emergency/,
  ],
  ['no retention', 'marac.yaml', '  retainMonths: 12\n', '', /does not say retainMonths/],
  ['nothing said of onward use', 'igrev.yaml', '  onward: none\n', '', /does not say onward/],
  [
    'an obligation that there is not',
    'marac.yaml',
    '  onward: owner-consent',
    '  onwards: owner-consent',
    /"onwards" is not a word/,
  ],
  [
    'police data for engagement that no law authorises',
    'engage.yaml',
    'authorisedBy: [CDA115, COMMON],',
    '',
    /names no law that authorises it/,
  ],
  [
    'police data for engagement as if it were enforcement',
    'engage.yaml',
    'basis: dpa-2018-s36-4,',
    'basis: dpa-2018-s36-3,',
    /needs a purpose of law enforcement/,
  ],
  [
    'recognised interests for a public landlord',
    'engage.yaml',
    'controller: public-authority,',
    'controller: public-authority, basis: uk-gdpr-6-1-ea, was:',
    /./,
  ],
  ['a condition that is none', 'marac.yaml', 'ifAtRisk: [SCH1_18]', 'ifAtRisk: [CDA17]', /CDA17 is no condition/],
  [
    'a condition that there is not',
    'marac.yaml',
    'ifAtRisk: [SCH1_18]',
    'ifAtRisk: [SCH1_99]',
    /SCH1_99 is not a known power/,
  ],
  [
    'no basis for somebody who receives',
    'dvds.yaml',
    'party: recipient, groups: [victim-services]',
    'party: recipient, groups: [council]',
    /no basis is stated for victim-services as recipient/,
  ],
  [
    'health data for police without strict necessity',
    'breach.yaml',
    ', strictNecessity: true',
    '',
    /police receive health data without strict necessity/,
  ],
  [
    'free text without a transform for it',
    'fields.yaml',
    '      freeText: true\n      transform: [free-text, list]',
    '      freeText: true\n      transform: [list]',
    /free text without a transform/,
  ],
  [
    'an image that is also a name',
    'fields.yaml',
    'transform: existence',
    'transform: [existence, name]',
    /existence beside other transforms/,
  ],
  [
    'a refuge as an ordinary address',
    'fields.yaml',
    'class: TL, subject: victim, kind: fact, transform: third-party-location',
    'class: TL, subject: victim, kind: fact, transform: address',
    /where somebody else is/,
  ],
  [
    'an approval that there is not',
    'guards.yaml',
    'when: { secondPerson: not-given }',
    'when: { secondPerson: missing }',
    /secondPerson/,
  ],
];

describe('P2: a bundle that can be read but means what it must not is refused', () => {
  it.each(MEANINGS)(
    '%s',
    (_what, path, from, to, says) => {
      const text = textOf(path);
      if (!text.includes(from)) throw new Error(`${path} has no "${from}"`);
      const problems = problemsOf(withText(path, text.replace(from, to)));
      expect(problems.map(({ what }) => what).join('\n')).toMatch(says);
      for (const { file, line, mend } of problems) {
        expect(file).toMatch(/\.yaml$/);
        expect(line).toBeGreaterThan(0);
        expect(mend).not.toBe('');
      }
    },
    60_000,
  );

  it('lists the problems of several files at once', () => {
    const broken = shipped.map(({ path, text }) => {
      if (path === 'marac.yaml') return { path, text: text.replace('  retainMonths: 12\n', '') };
      if (path === 'engage.yaml') return { path, text: text.replace('classes: [ID, CT, OR]', 'classes: [ID, CT, OX]') };
      if (path === 'powers.yaml') return { path, text: text.replace('    exceptClasses: [HX]\n', '') };
      return { path, text };
    });
    const problems = problemsOf(broken);
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['engage.yaml', 'marac.yaml', 'powers.yaml']));
    expect(problems.length).toBeGreaterThan(10);
  });

  it('lists what is wrong between files beside an agreement that cannot be read', () => {
    const broken = withText('engage.yaml', `${textOf('engage.yaml')}\nunheard-of: 1\n`).map((file) =>
      file.path === 'marac.yaml' ? { ...file, text: file.text.replace('  retainMonths: 12\n', '') } : file,
    );
    const problems = problemsOf(broken);
    expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['engage.yaml', 'marac.yaml']));
    expect(problems.filter(({ file }) => file === 'engage.yaml')).toHaveLength(1);
  }, 60_000);

  it('takes a file that an editor saved with other line ends for the same', () => {
    const other = shipped.map(({ path, text }) => ({ path, text: text.replaceAll('\n', '\r\n') }));
    expect(mustLoad(other).version).toBe(whole.version);
  });
});

/** What no edit may take away and still load: nothing of third parties for the council, nothing on a claim that fails. */
function holds(bundle: PolicyBundle): readonly string[] {
  const found: string[] = [];
  for (const [purpose, terms] of bundle.purposes) {
    for (const group of ['council', 'housing'] as const) {
      const role = terms.claimants.find((each) => bundle.roles.get(each)?.groups.includes(group) === true);
      if (role === undefined) continue;
      for (const facts of combinationsThatDiffer(bundle, purpose, group).slice(0, 24)) {
        const request = requestOf(bundle, purpose, group, dated(facts));
        const claimable = mayClaim(bundle, request).ok;
        for (const { field, level } of decide(bundle, request, 'all')) {
          const third = ['TP', 'TL'].includes(bundle.fields.get(field)?.class ?? '');
          if (level !== 'deny' && (!claimable || (third && group === 'council')))
            found.push(`${purpose} ${group} ${field}`);
        }
      }
    }
  }
  return found;
}

const anyEdit = fc.record({
  file: fc.nat(shipped.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom('drop-line', 'double-line', 'swap-lines', 'drop-character', 'drop-word', 'cut', 'outdent'),
  length: fc.integer({ min: 1, max: 6 }),
});
type Edit = typeof anyEdit extends fc.Arbitrary<infer E> ? E : never;

function edited({ file, at, kind, length }: Edit): readonly PolicyFile[] {
  const target = shipped[file];
  if (target === undefined) throw new Error('there is such a file');
  const { path, text } = target;
  const lines = text.split('\n');
  const line = Math.floor(at * lines.length);
  const character = Math.floor(at * text.length);
  const rejoined = (...changed: readonly (readonly string[])[]) => changed.flat().join('\n');
  const texts: Record<Edit['kind'], string> = {
    'drop-line': rejoined(lines.slice(0, line), lines.slice(line + length)),
    'double-line': rejoined(lines.slice(0, line + length), lines.slice(line)),
    'swap-lines': rejoined(lines.slice(0, line), lines.slice(line, line + 2).reverse(), lines.slice(line + 2)),
    'drop-character': text.slice(0, character) + text.slice(character + length),
    'drop-word': text.slice(0, character) + text.slice(character).replace(/\w+/, ''),
    cut: text.slice(0, character),
    outdent: lines.map((each, index) => (index === line ? each.replace(/^ {2}/, '') : each)).join('\n'),
  };
  return withText(path, texts[kind]);
}

describe('P2: whatever an edit does to the text', () => {
  it('it is refused with a line, or it loads under another version, and what is mandatory holds', () => {
    let loaded = 0;
    let refused = 0;
    fc.assert(
      fc.property(anyEdit, (edit) => {
        const files = edited(edit);
        const result = loadBundle(files);
        if (!result.ok) {
          refused += 1;
          expect(result.error.length).toBeGreaterThan(0);
          for (const { line, what, mend } of result.error) {
            expect(line).toBeGreaterThanOrEqual(0);
            expect([what, mend]).not.toContain('');
          }
          return;
        }
        loaded += 1;
        expect(holds(result.value)).toEqual([]);
      }),
      { seed: 4, numRuns: 40 },
    );
    expect(refused).toBeGreaterThan(0);
    expect(loaded).toBeGreaterThan(0);
  }, 180_000);
});
