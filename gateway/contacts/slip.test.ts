import { describe, expect, it } from '@jest/globals';
import type { ContactPoint } from '../../schemas/contact-point.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { completionsOf, slipsOf } from './near-number.ts';
import { reachSubject, type Reach } from './reach.ts';
import { makeSeal } from './seal.ts';

/** Numbers of a block that nobody holds: in the ranges for drama a near miss says nothing. */
const RIGHT = '07612 839415';
const WRONG = '07612 839475';

const phone = (value: string, more: Partial<ContactPoint> = {}): ContactPoint => ({
  ...{ kind: 'phone', value, recordedAs: 'self', lastConfirmed: '2026-05-01' },
  ...more,
});
const record = (agency: string, contacts: readonly ContactPoint[]): SourceRecord =>
  sourceRecordSchema.parse({
    ...{ recordId: `${agency}:1`, agency, system: agency, person: {} },
    contacts: [...contacts],
  });

function reach(...subjectRecords: readonly SourceRecord[]): Reach {
  const seal = makeSeal(new Uint8Array(32).fill(6));
  return reachSubject({ subjectRecords, otherRecords: [], protectedContacts: [], seal, asOf: '2026-11-22' });
}
const values = ({ ranked }: Reach): readonly string[] => ranked.map(({ value }) => value);

describe('of two numbers of his that differ by one slip', () => {
  it('the one that more agencies hold comes first, however new the other is', () => {
    const wrong = record('courts', [phone(WRONG, { lastConfirmed: '2026-11-20' })]);
    const answer = reach(wrong, record('police', [phone(RIGHT)]), record('probation', [phone(RIGHT)]));
    expect(values(answer)).toEqual(['+447612839415', '+447612839475']);
    expect(answer.ranked[1]?.probability).toBeLessThan(0.15);
    expect(answer.ranked[1]?.because).toContain('most likely a typing mistake');
  });

  it('the day on which the wrong one was written down counts for the right one', () => {
    const [alone] = reach(record('police', [phone(RIGHT)]), record('probation', [phone(RIGHT)])).ranked;
    const wrong = record('courts', [phone(WRONG, { lastConfirmed: '2026-11-20' })]);
    const [first] = reach(wrong, record('police', [phone(RIGHT)]), record('probation', [phone(RIGHT)])).ranked;
    expect(first?.probability).toBeGreaterThan(alone?.probability ?? 1);
    expect(first?.lastConfirmed).toBe('2026-05-01');
  });

  it('an agency that rang one of them decides between equals, and where nobody did both are doubted', () => {
    const rang = reach(record('housing', [phone(RIGHT, { verified: true })]), record('police', [phone(WRONG)]));
    expect(values(rang)[0]).toBe('+447612839415');
    const equals = reach(record('housing', [phone(RIGHT)]), record('police', [phone(WRONG)]));
    for (const { because, probability } of equals.ranked) {
      expect(because).toContain('one of the two is most likely a typing mistake');
      expect(probability).toBeLessThan(0.5);
    }
  });

  it('neither is doubted where numbers stand in a row, as a firm or a test hands them out', () => {
    const row = ['07612 839411', '07612 839412', '07612 839413'].map((value) => phone(value));
    for (const { because } of reach(record('police', row)).ranked) expect(because).not.toContain('typing mistake');
  });

  it('P4: a number that is withheld casts no doubt on the one beside it', () => {
    const hers = record('police', [phone(WRONG, { recordedAs: 'friend' })]);
    const his = record('probation', [phone(RIGHT)]);
    expect(reach(hers, his).ranked).toEqual(reach(his).ranked);
  });
});

describe('the slips of a number', () => {
  it('are all numbers with one digit changed or two neighbours exchanged, and never the number itself', () => {
    const slips = new Set(slipsOf('+447612839415'));
    expect(slips).toContain('+447612839475');
    expect(slips).toContain('+447612893415');
    expect(slips).not.toContain('+447612839415');
    expect(slips.size).toBe(9 * 9 + 8);
    for (const slip of slips) expect(slip).toMatch(/^\+447\d{9}$/);
  });

  it.each([
    ['its last digit left out', RIGHT.slice(0, -1), true],
    ['a digit left out behind the country code', `+44 ${RIGHT.slice(1, -2)}5`, true],
    ['its last digit doubled', `${RIGHT}5`, true],
    ['a letter for its last digit', `${RIGHT.slice(0, -1)}S`, true],
    ['half of it', RIGHT.slice(0, 8), false],
    ['the number itself', RIGHT, false],
    ['noughts', '00000000000', false],
    ['words', 'not known', false],
    ['nothing', '', false],
  ])('of %s the number may be meant: %j, %s', (_, text, may) => {
    expect(completionsOf(text).includes('+447612839415')).toBe(may);
  });
});
