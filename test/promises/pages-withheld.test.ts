import { load } from 'cheerio';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { reachSubject, type Reach } from '../../gateway/contacts/reach.ts';
import { makeSeal } from '../../gateway/contacts/seal.ts';
import { releaseContacts, releaseWithheld } from '../../gateway/disclosure/release/contacts.ts';
import { makeWritePage } from '../../gateway/web/layout/render.ts';
import { answerView } from '../../gateway/web/request/answer-view.ts';
import { disclosureSchema, type Disclosure } from '../../schemas/answer.ts';
import type { FieldDecision } from '../../schemas/decision.ts';
import { WITHHELD_REASONS } from '../../schemas/reach.ts';
import { sourceRecordSchema, type SourceRecord } from '../../schemas/source-record.ts';

/** P4 attacked at the last step, the page that a worker reads: generated records through ranking, release and template. */

const seal = makeSeal(new Uint8Array(32).fill(7));
const asOf = '2026-11-22';
const write = makeWritePage(new Map());
const frame = { navigation: [] };

const ENDINGS = ['111', '222', '333', '444', '555', '666'];
const numberOf = (ending: string): string => `07700 900${ending}`;
/** The number in any spelling: with or without country code and blanks. */
const traceOf = (ending: string): RegExp => new RegExp(`7700\\D{0,3}900\\D{0,3}${ending}`, 'u');

const held = fc.record({
  ending: fc.constantFrom(...ENDINGS),
  spelling: fc.constantFrom(
    (n: string) => n,
    (n: string) => n.replaceAll(' ', ''),
    (n: string) => `+44 ${n.slice(1)}`,
  ),
  recordedAs: fc.constantFrom('self', 'unknown', 'work', 'partner', 'mother', 'relative', 'friend'),
});
type Held = typeof held extends fc.Arbitrary<infer T> ? T : never;

const holdings = fc.array(fc.array(held, { maxLength: 4 }), { minLength: 1, maxLength: 4 });
const protecting = fc.uniqueArray(fc.constantFrom(...ENDINGS), { maxLength: 3 });

const AGENCIES = ['police', 'probation', 'housing', 'health'] as const;

function recordsOf(all: readonly (readonly Held[])[]): SourceRecord[] {
  return all.map((contacts, n) =>
    sourceRecordSchema.parse({
      recordId: `${AGENCIES[n] ?? 'police'}:1`,
      agency: AGENCIES[n] ?? 'police',
      system: 'records',
      person: {},
      contacts: contacts.map(({ ending, spelling, recordedAs }) => ({
        kind: 'phone',
        value: spelling(numberOf(ending)),
        recordedAs,
        field: 'pol.phone',
      })),
    }),
  );
}

const granted: FieldDecision = {
  field: 'pol.phone',
  level: 'full',
  reason: 'granted',
  because: 'Needed to reach him.',
  grants: [],
  caps: [],
  powers: [],
  obligations: {},
};

function disclosureOf(reached: Reach, records: readonly SourceRecord[]): Disclosure {
  const byId = new Map(records.map((record) => [record.recordId, record]));
  return disclosureSchema.parse({
    ...EMPTY,
    contacts: releaseContacts(reached.ranked, byId, new Map([['pol.phone', granted]])),
    withheldContacts: releaseWithheld(reached.withheld, byId),
  });
}

const EMPTY = {
  questionId: '00000000-0000-4000-8000-000000000001',
  askedAt: `${asOf}T09:02:00.000Z`,
  purpose: 'ENGAGE',
  caseRef: 'DAPG-2026-0042',
  policyVersion: 'v1',
  summary: '3 of 4 agencies answered.',
  sources: [],
  identity: { summary: 'One record was judged to be his.', records: [], setApart: 0, needsAttention: [] },
  contacts: [],
  withheldContacts: [],
  records: [],
  withheldFields: [],
  obligations: {},
};

function pageOf(disclosure: Disclosure, name: (agency: string) => string = (agency) => agency): string {
  const view = answerView(disclosure, {
    nameOfAgency: name,
    labelOf: (field) => field,
    recordHref: () => '/cases/DAPG-2026-0042/attempts/new?contact=x',
    judgeHref: (record) => `/cases/DAPG-2026-0042/requests/1/records/${record}`,
  });
  return write('request/answer.njk', frame, {
    heading: 'Contact details',
    caseRef: disclosure.caseRef,
    person: 'Jo Bloggs',
    caseHref: '/cases/x',
    askHref: '/cases/x/request',
    purpose: 'Engagement',
    until: disclosure.askedAt,
    receipt: { position: 1, at: disclosure.askedAt },
    view,
  });
}

const nobody = { subjectRecords: [], otherRecords: [], protectedContacts: [], seal, asOf };
const others = ['partner', 'mother', 'relative', 'friend'];

describe('P4: the page with contact details', () => {
  it('holds no number that any source or the case marks as another’s, in no spelling, wherever it was found', () => {
    let shown = 0;
    let hidden = 0;
    fc.assert(
      fc.property(holdings, protecting, (all, endings) => {
        const records = recordsOf(all);
        const reached = reachSubject({
          subjectRecords: records,
          otherRecords: [],
          protectedContacts: endings.map((ending) => ({
            kind: 'phone' as const,
            seal: seal('phone', numberOf(ending)) ?? '',
            whose: 'victim' as const,
          })),
          seal,
          asOf,
        });
        const html = pageOf(disclosureOf(reached, records));
        const marked = all.flat().filter(({ recordedAs }) => others.includes(recordedAs));
        for (const ending of [...endings, ...marked.map((each) => each.ending)]) {
          hidden += 1;
          expect(html).not.toMatch(traceOf(ending));
        }
        shown += load(html)('.holdfast-contact').length;
      }),
      { numRuns: 150, seed: 27 },
    );
    // A page that shows nothing at all would pass.
    expect(Math.min(shown, hidden)).toBeGreaterThan(50);
  });

  it('shows of what is held back its kind, who holds it and a sentence, for every reason there is', () => {
    for (const reason of WITHHELD_REASONS) {
      const records = recordsOf([[]]);
      const [record] = records;
      if (record === undefined) throw new Error('no record');
      const withheld = [{ kind: 'phone' as const, reason, sources: [{ recordId: record.recordId }] }];
      const $ = load(pageOf(disclosureOf({ ...reachSubject(nobody), ranked: [], withheld }, records)));
      const said = $('li:contains("Telephone number from police. Held back:")').text();
      expect(said.replaceAll(/\d/gu, '')).toBe(said);
      expect(said).not.toBe('');
    }
  });

  it('is text, whatever an agency writes into what it may say', () => {
    const hostile = fc.constantFrom(
      '<script>alert(1)</script>',
      '"><img src=x>',
      '{{ 7*7 }}',
      '{% raw %}',
      '\u202e<b>',
      "' onfocus='x",
    );
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 8, maxLength: 8 }), ([a, b, c, d, e, f, g, h]) => {
        const html = pageOf(
          disclosureSchema.parse({
            ...EMPTY,
            summary: a,
            sources: [{ agency: 'police', name: b, outcome: 'found', sentence: c }],
            contacts: [
              {
                rank: 1,
                kind: 'email',
                level: 'full',
                value: { kind: 'email', level: 'full', address: d },
                probability: 0.5,
                because: e,
                flags: ['old'],
                sources: [{ agency: 'police', field: 'pol.email' }],
              },
            ],
            openings: [
              {
                kind: 'hostel',
                agency: 'police',
                level: 'full',
                professional: { kind: 'professional', level: 'full', name: f },
                because: g,
                sources: [{ agency: 'police', field: 'pol.officer' }],
              },
            ],
            whereabouts: { level: 'full', sentence: h, sources: [] },
          }),
          () => String(a),
        );
        const $ = load(html);
        expect($('main script, main img, main b, [onfocus]')).toHaveLength(0);
        expect(html).not.toContain('49');
        expect($('.holdfast-contact').text()).toBe(d);
      }),
      { numRuns: 60, seed: 27 },
    );
  });
});
