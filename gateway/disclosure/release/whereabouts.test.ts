import { describe, expect, it } from '@jest/globals';
import { dated, mustLoad, requestOf, shippedFiles } from '../../../test/promises/policy-shipped.ts';
import { disclosureSchema } from '../../../schemas/answer.ts';
import type { FieldDecision } from '../../../schemas/decision.ts';
import type { Level } from '../../../schemas/level.ts';
import { sourceRecordSchema, type SourceRecord } from '../../../schemas/source-record.ts';
import { decide } from '../../../policies/engine/index.ts';
import { reachSubject } from '../../contacts/reach.ts';
import { releaseWhereabouts } from './contacts.ts';
import { obligationsOf } from './obligations.ts';

const bundle = mustLoad(shippedFiles());
const decided = decide(
  bundle,
  requestOf(bundle, 'ENGAGE', 'council', dated({ category: 'contact', marac: 'listed' })),
  ['hea.address', 'pro.address'],
);
const at = (levels: Readonly<Record<string, Level>>): ReadonlyMap<string, FieldDecision> =>
  new Map(decided.map((one) => [one.field, { ...one, level: levels[one.field] ?? 'deny' }]));

const record = (agency: string, whereabouts: SourceRecord['whereabouts']): SourceRecord =>
  sourceRecordSchema.parse({ recordId: `${agency}:1`, agency, system: agency, person: {}, contacts: [], whereabouts });
const HIS = [
  record('health', { field: 'hea.address', died: { on: '2026-05-03' }, noFixedAbode: false }),
  record('probation', { field: 'pro.address', custody: { establishment: 'HMP Weir', since: '2026-05-01' } }),
];

function told(levels: Readonly<Record<string, Level>>, his = HIS) {
  const decisions = at(levels);
  const { whereabouts } = reachSubject({
    ...{ subjectRecords: his, otherRecords: [], protectedContacts: [], seal: () => undefined, asOf: '2026-11-22' },
    permits: ({ field }) => (decisions.get(field ?? '')?.level ?? 'deny') !== 'deny',
  });
  const records = new Map(his.map((one) => [one.recordId, one]));
  const released = releaseWhereabouts(whereabouts, records, decisions);
  disclosureSchema.shape.whereabouts.parse(released.whereabouts);
  return { ...released, decisions };
}

const DIED = 'Health records that he died on 3 May 2026. Speak to your manager before any contact.';
const CUSTODY = 'He has been in custody at HMP Weir since 1 May 2026, with no release date given.';
const HIDDEN = 'A source holds where he is; this purpose does not show it.';
const BRIEFLY = 'A source records that he has died. Speak to your manager before any contact.';

describe('where he is, with his death first', () => {
  it.each<[Level, Level, string | undefined, Level | undefined]>([
    ['full', 'full', `${DIED} ${CUSTODY}`, 'full'],
    ['full', 'exists', `${DIED} ${HIDDEN}`, 'full'],
    ['exists', 'full', `${BRIEFLY} ${CUSTODY}`, 'full'],
    ['partial', 'partial', `${BRIEFLY} ${HIDDEN}`, 'exists'],
    ['deny', 'full', CUSTODY, 'full'],
    ['full', 'deny', DIED, 'full'],
    ['deny', 'deny', undefined, undefined],
  ])('P2: health %s and probation %s: each is told at its own level', (health, probation, sentence, level) => {
    const { whereabouts } = told({ 'hea.address': health, 'pro.address': probation });
    expect(whereabouts?.sentence).toBe(sentence);
    expect(whereabouts?.level).toBe(level);
  });

  it('P11: a prison’s name without end does not push the death out, nor the answer past its limit', () => {
    const long = record('probation', {
      field: 'pro.address',
      noFixedAbode: true,
      custody: { establishment: 'W'.repeat(120), since: '2026-05-01', releaseDate: '2026-12-01' },
    });
    const agencies = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(40));
    const his = [
      ...agencies.map((agency, index) =>
        record(agency, { field: 'hea.address', died: { on: `2026-05-0${index + 1}` } }),
      ),
      long,
    ];
    const { whereabouts } = told({ 'hea.address': 'full', 'pro.address': 'full' }, his);
    expect(whereabouts?.sentence).toContain('Speak to your manager before any contact.');
  });

  it('what stands there brings the obligations of its fields along', () => {
    const { whereabouts, decisions } = told({ 'hea.address': 'full', 'pro.address': 'deny' });
    const alone = { contacts: [], records: [], ...(whereabouts === undefined ? {} : { whereabouts }) };
    expect(obligationsOf(alone, decisions)).toEqual(decisions.get('hea.address')?.obligations);
    expect(Object.keys(obligationsOf(alone, decisions))).not.toEqual([]);
    expect(obligationsOf({ contacts: [], records: [] }, decisions)).toEqual({});
  });
});
