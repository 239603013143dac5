import { describe, expect, it } from '@jest/globals';
import type { Link } from '../../../schemas/linkage.ts';
import type { Person } from '../../../schemas/person.ts';
import type { SourceRecord } from '../../../schemas/source-record.ts';
import { linkRecords } from '../link.ts';
import { waterfallAsSvg } from './as-svg.ts';
import { waterfallAsText } from './as-text.ts';
import { VALUE_KINDS, visibleValues, type Sight } from './masks.ts';
import { makeWaterfall, type WaterfallEnd } from './waterfall.ts';

const PERSON: Person = {
  names: [{ given: 'Darren', middle: 'Lee', family: 'Pottinger' }],
  dateOfBirth: '1985-03-24',
  sex: 'male',
  identifiers: [{ type: 'PNC', value: '2003/0123456L' }],
  addresses: [{ lines: ['14 Quarry Lane'], postcode: 'LS12 4QX' }],
  phones: ['07700 900123'],
  emails: ['darren@example.org'],
};
const RECORD: SourceRecord = { recordId: 'police:1', agency: 'police', system: 'rms', person: PERSON, contacts: [] };

const [LINK] = linkRecords({ subject: PERSON, records: [RECORD], asOf: '2026-11-22' }).links;

const ALL: Sight = Object.fromEntries(VALUE_KINDS.map((kind) => [kind, 'full' as const]));
const PART: Sight = Object.fromEntries(VALUE_KINDS.map((kind) => [kind, 'partial' as const]));

const end = (source: string, sight: Sight, person = PERSON): WaterfallEnd => ({ source, person, sight });
const link = (): Link => {
  if (LINK === undefined) throw new Error('the subject and his record have no link');
  return LINK;
};
const SECRETS = ['Darren', 'Pottinger', 'Lee', '1985-03', '0123456', 'Quarry', '4QX', '900123', 'darren@'];

describe('a waterfall', () => {
  it('has a bar for each piece of evidence, each where the one before ends, up to the weight of the link', () => {
    const { bars, bits, verdict } = makeWaterfall(link(), end('subject', {}), end('police:1', {}));
    expect(bars.map(({ rule }) => rule)).toEqual(link().evidence.map(({ rule }) => rule));
    expect(bars.slice(1).every(({ from }, at) => from === bars[at]?.to)).toBe(true);
    expect(bars.at(-1)?.to).toBeCloseTo(bits, 6);
    expect(verdict).toBe('together');
  });

  it.each([
    [20, 'together'],
    [19.99, 'probable'],
    [14, 'probable'],
    [13.99, 'apart'],
  ] as const)('of %d bits is %s', (bits, verdict) => {
    expect(makeWaterfall({ ...link(), bits }, end('a', {}), end('b', {})).verdict).toBe(verdict);
  });

  it('names the values of both and where each is from, to whoever may see them', () => {
    const { bars } = makeWaterfall(link(), end('subject', ALL), end('police:1', ALL));
    expect(bars.find(({ comparison }) => comparison === 'birth-date')?.values).toEqual([
      { source: 'subject', values: ['1985-03-24'] },
      { source: 'police:1', values: ['1985-03-24'] },
    ]);
  });

  it('P4: shows no value to whoever may see none, as text and as a picture', () => {
    const waterfall = makeWaterfall(link(), end('subject', {}), end('police:1', {}));
    const shown = waterfallAsText(waterfall) + waterfallAsSvg(waterfall);
    expect(SECRETS.filter((secret) => shown.includes(secret))).toEqual([]);
  });

  it('P4: shows of one side what may be seen of that side only', () => {
    const other: Person = { ...PERSON, phones: ['07700 900456'] };
    const shown = waterfallAsText(makeWaterfall(link(), end('subject', ALL), end('police:1', {}, other)));
    expect(shown).not.toContain('900456');
  });

  it('P4: masks what may be seen in part, so that it can be recognised and not used', () => {
    expect(VALUE_KINDS.map((kind) => visibleValues(PERSON, kind, PART).join())).toEqual([
      'D… P…',
      'L…',
      '1985',
      'male',
      'PNC …56L',
      'LS12',
      '…123',
      '…@example.org',
    ]);
    const waterfall = makeWaterfall(link(), end('subject', PART), end('police:1', PART));
    const shown = waterfallAsText(waterfall) + waterfallAsSvg(waterfall);
    expect(SECRETS.filter((secret) => shown.includes(secret))).toEqual([]);
  });
});

describe('as text', () => {
  it('is one line a bar with its bits and its sentence, and the sum with what it means', () => {
    const lines = waterfallAsText(makeWaterfall(link(), end('subject', {}), end('police:1', {}))).split('\n');
    expect(lines[0]).toBe('subject and police:1');
    expect(lines[1]).toBe(' −21.85  prior         Two people of the population taken at random are almost never one.');
    expect(lines.at(-2)).toMatch(/^ *\+\d+\.\d\d {2}sum {11}one person \(20 bits or more\)$/u);
  });

  it('holds no character that moves a terminal’s cursor', () => {
    const hostile: Person = { names: [{ given: 'Dar\u001b[2Jren\u202e', family: 'P\n0 bits' }] };
    const shown = waterfallAsText(makeWaterfall(link(), end('a\u0007', ALL, hostile), end('b', ALL, hostile)));
    expect(shown).not.toMatch(/[\p{Cf}]|(?!\n)\p{Cc}/u);
    expect(shown).not.toContain('\n0 bits');
  });
});

describe('as a picture', () => {
  const hostile: Person = {
    names: [{ given: '</text><script>alert(1)</script>', family: "\"onload='x'&amp;\u0000" }],
  };
  const svg = waterfallAsSvg(makeWaterfall(link(), end('<b>', ALL, hostile), end('police:1', ALL, hostile)));

  it('says all that it shows in a title and a description', () => {
    const plain = waterfallAsSvg(makeWaterfall(link(), end('subject', {}), end('police:1', {})));
    expect(plain).toContain('<title id="waterfall-title">Why subject and police:1 may be one person</title>');
    expect(plain).toMatch(/<desc id="waterfall-desc">.*Same birth date\..*one person \(20 bits or more\)<\/desc>/u);
  });

  it('P4: escapes every value: no element, script, reference or attribute of a record’s making', () => {
    expect(svg).not.toMatch(/<script|<b>|onload="|href|url\(|<style|<image|<use/iu);
    expect(svg).not.toContain('\u0000');
    expect([...svg.matchAll(/<([a-z]+)/gu)].map(([, name]) => name).sort()).toEqual(
      expect.not.arrayContaining(['script', 'b']),
    );
    expect(new Set([...svg.matchAll(/<\/?([a-z]+)/gu)].map(([, name]) => name))).toEqual(
      new Set(['svg', 'title', 'desc', 'rect', 'text', 'line', 'g']),
    );
  });

  it('keeps every bar inside the drawing, whatever the sums', () => {
    const widths = [...svg.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/gu)];
    expect(widths.length).toBeGreaterThan(4);
    for (const [, x, width] of widths) expect(Number(x) + Number(width)).toBeLessThanOrEqual(881);
  });
});
