import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { linkRecords } from '../../gateway/linkage/link.ts';
import { linkageResultSchema, type HumanLinkDecision } from '../../schemas/linkage.ts';
import { IDENTIFIER_TYPES, personSchema, type Person } from '../../schemas/person.ts';
import { RECORD_ROLES, sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';
import { RECORDED_AS } from '../../schemas/contact-point.ts';
import { AS_OF } from './linkage-people.ts';

/** Few values, so that generated people collide in every way; and some that only an attacker would send. */
const ODD = ['__proto__', 'constructor', '\u202e\u0000', '😀', 'محمد', 'NOT ENTERED', "'", '-', 'a', '0'.repeat(30)];
const few = (...values: string[]) => fc.constantFrom(...values, ...ODD);
const optional = { requiredKeys: [] };

const name = fc.record(
  {
    given: few('Darren', 'Daz', 'Kevin', 'Darron', 'D'),
    middle: few('Lee', 'Leigh'),
    family: few('Pottinger', 'Smith', 'Smith-Pottinger', 'Pottinger Snr'),
    full: few('Pottinger, Darren', 'Mr D Smith'),
    type: fc.constantFrom('current' as const, 'alias' as const),
  },
  optional,
);
const date = fc.constantFrom('1985-03-04', '1985-04-03', '1985-03-05', '1958-03-04', '1985', '1985-03', '1900-01-01');
const address = fc.record(
  {
    lines: fc.array(few('14 Quarry Lane', '16 Quarry Lane', 'HMP Leeds'), { maxLength: 2 }),
    postcode: fc.constantFrom('LS12 4QX', 'LSI2 4QX', 'LS12 4QA', 'NF1 1NF', 'M14 6RT', '?'),
    uprn: fc.constantFrom('100012', '000100012', '7'),
  },
  optional,
);
const identifier = fc.record({
  type: fc.constantFrom(...IDENTIFIER_TYPES),
  value: few('2003/0123456L', '03/123456L', '2007/0765432X', '9434765919', 'A1234BC', 'X123456', '123456/03L'),
});
const phone = few('07700 900123', '+447700900123', '0113 496 0123', '0044 7700 900124', 'ext. 5');

const person: fc.Arbitrary<Person> = fc.record(
  {
    names: fc.array(name, { maxLength: 3 }),
    dateOfBirth: date,
    otherDatesOfBirth: fc.array(date, { maxLength: 2 }),
    sex: fc.constantFrom('male' as const, 'female' as const, 'other' as const),
    identifiers: fc.array(identifier, { maxLength: 3 }),
    addresses: fc.array(address, { maxLength: 3 }),
    phones: fc.array(phone, { maxLength: 2 }),
    emails: fc.array(few('d@example.org', 'D@Example.org '), { maxLength: 2 }),
  },
  optional,
);

const recordId = few('a', 'b', 'c', 'd', 'e', 'subject');
const sourceRecord: fc.Arbitrary<SourceRecord> = fc.record(
  {
    recordId,
    agency: fc.constantFrom('police', 'housing'),
    system: fc.constantFrom('one', 'two'),
    role: fc.constantFrom(...RECORD_ROLES),
    supersedes: fc.array(recordId, { maxLength: 2 }),
    restricted: fc.boolean(),
    person,
    contacts: fc.array(
      fc.record({ kind: fc.constant('phone' as const), value: phone, recordedAs: fc.constantFrom(...RECORDED_AS) }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['recordId', 'agency', 'system', 'person', 'contacts'] },
);
const decision: fc.Arbitrary<HumanLinkDecision> = fc.record({
  a: recordId,
  b: recordId,
  same: fc.boolean(),
  by: fc.constant('i.officer'),
});
const question = fc.record({
  subject: person,
  records: fc.array(sourceRecord, { maxLength: 7 }),
  decisions: fc.array(decision, { maxLength: 2 }),
});
const runs = { seed: 1, numRuns: 200 };

describe('P5: linkage holds for every input that the schemas allow', () => {
  it('P5: it never throws, and its answer satisfies its schema', () => {
    fc.assert(
      fc.property(question, (asked) => {
        fc.pre(personSchema.safeParse(asked.subject).success);
        fc.pre(asked.records.every((record) => sourceRecordSchema.safeParse(record).success));
        expect(linkageResultSchema.safeParse(linkRecords({ ...asked, asOf: AS_OF })).success).toBe(true);
      }),
      runs,
    );
  });

  it('P5: order and repetition of records and decisions never change the answer', () => {
    const shuffled = question.chain((asked) =>
      fc.record({
        asked: fc.constant(asked),
        records: fc.shuffledSubarray([...asked.records, ...asked.records], {
          minLength: asked.records.length * 2,
          maxLength: asked.records.length * 2,
        }),
        decisions: fc.constant([...asked.decisions].reverse()),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ asked, records, decisions }) => {
        const straight = linkRecords({ ...asked, asOf: AS_OF });
        expect(linkRecords({ subject: asked.subject, records, decisions, asOf: AS_OF })).toEqual(straight);
      }),
      runs,
    );
  });

  it('P5: order of names, dates, addresses and phones inside a record never changes the answer', () => {
    const reversed = (one: Person): Person =>
      personSchema.parse(
        Object.fromEntries(
          Object.entries(one).map(([key, value]) => [key, Array.isArray(value) ? [...value].reverse() : value]),
        ),
      );
    fc.assert(
      fc.property(question, (asked) => {
        const seen = new Set<string>();
        const records = asked.records.filter(({ recordId: id }) => !seen.has(id) && seen.add(id));
        const straight = linkRecords({ ...asked, records, asOf: AS_OF });
        const turned = records.map((record) => ({ ...record, person: reversed(record.person) }));
        expect(linkRecords({ ...asked, subject: reversed(asked.subject), records: turned, asOf: AS_OF })).toEqual(
          straight,
        );
      }),
      runs,
    );
  });

  it('P5: every record id is in one cluster, his records are one of them, and nobody is both his and probable', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const result = linkRecords({ ...asked, asOf: AS_OF });
        const ids = [...new Set(asked.records.map((record) => record.recordId))].sort();
        expect(result.clusters.flat().sort()).toEqual(ids);
        expect(result.subjectRecords.filter((id) => result.probable.includes(id))).toEqual([]);
        if (result.subjectRecords.length > 0) expect(result.clusters).toContainEqual(result.subjectRecords);
      }),
      runs,
    );
  });

  it('P5: inside the subject’s cluster no pair weighs less than 0, and each record has an edge of 20 or more', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const result = linkRecords({ ...asked, asOf: AS_OF });
        const his = new Set(result.subjectRecords);
        // A record may call itself "subject": the subject's own links come first, one for each record that can link.
        const bySubject = new Map<string, number>();
        for (const { a, b, bits } of result.links) if (a === 'subject' && !bySubject.has(b)) bySubject.set(b, bits);
        for (const id of his) {
          expect(bySubject.get(id)).toBeGreaterThanOrEqual(0);
          const best = result.links.filter(
            ({ a, b }) => (b === id && (a === 'subject' || his.has(a))) || (a === id && his.has(b)),
          );
          expect(Math.max(...best.map(({ bits }) => bits))).toBeGreaterThanOrEqual(20);
        }
      }),
      runs,
    );
  });

  it('P5: no victim’s, partner’s, child’s or restricted record is ever his', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const barred = asked.records
          .filter(({ role, restricted }) => restricted === true || ['victim', 'partner', 'child'].includes(role ?? ''))
          .map((record) => record.recordId);
        const result = linkRecords({ ...asked, asOf: AS_OF });
        expect(result.subjectRecords.filter((id) => barred.includes(id))).toEqual([]);
      }),
      runs,
    );
  });

  it('the bars of every explanation add up to its weight, and no sentence holds a value', () => {
    fc.assert(
      fc.property(question, (asked) => {
        const values = JSON.stringify(asked).match(/Pottinger|Quarry|900123|LS12|0123456/g) ?? [];
        for (const { bits, evidence } of linkRecords({ ...asked, asOf: AS_OF }).links) {
          expect(evidence.reduce((sum, one) => sum + one.bits, 0)).toBeCloseTo(bits, 6);
          const sentences = evidence.map(({ because }) => because).join(' ');
          expect(values.some((value) => sentences.includes(value))).toBe(false);
        }
      }),
      runs,
    );
  });
});
