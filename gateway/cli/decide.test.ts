import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { dated, EVERYTHING_HOLDS, mustLoad, shippedFiles } from '../../test/promises/policy-shipped.ts';
import { decide } from '../../policies/engine/index.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import { OBLIGATION_KINDS } from '../../schemas/decision.ts';
import { levelSchema } from '../../schemas/level.ts';
import { REQUESTER_GROUPS } from '../../schemas/names.ts';
import { decideLine } from './decide.ts';

const bundle = mustLoad(shippedFiles());
const AT = '2027-01-15T10:00:00.000Z';

const OPEN_CASE: CaseFacts = {
  category: 'contact',
  marac: 'referred',
  mappa: 0,
  s47Open: false,
  orderInForce: false,
  dvds: 'none',
  approved: false,
  emergency: false,
};

/** The published shape, and nothing more. */
const answerSchema = z.strictObject({
  requestId: z.string(),
  policyVersion: z.string(),
  fields: z.record(
    z.string(),
    z.strictObject({
      level: levelSchema,
      transform: z.string().nullable(),
      grants: z.array(z.string()),
      caps: z.array(z.string()),
      gateway: z.string().nullable(),
    }),
  ),
  obligations: z.array(z.strictObject({ kind: z.enum(OBLIGATION_KINDS), value: z.unknown() })),
});
type DecideAnswer = z.infer<typeof answerSchema>;

/** A worker asks police how to reach the man of a case that is open for contact. */
const GOLDEN_REQUEST = {
  requestId: 'r-1',
  at: AT,
  requester: { agency: 'DAI', role: 'dai.daiw' },
  owner: 'POL',
  purpose: 'ENGAGE',
  caseFacts: OPEN_CASE,
  fields: ['pol.phone', 'pol.convictions', 'pol.victim_address', 'hea.gp', 'made.up'],
};

function answerTo(request: unknown): DecideAnswer {
  const answered = decideLine(bundle)(JSON.stringify(request));
  if (!answered.ok) throw new Error(JSON.stringify(answered.error));
  // Read back from its line, as its reader will have it.
  return answerSchema.parse(JSON.parse(JSON.stringify(answered.value.answer)));
}

const levelsOf = (answer: DecideAnswer) =>
  Object.fromEntries(Object.entries(answer.fields).map(([field, { level }]) => [field, level]));

const DENIED = { level: 'deny', transform: null, grants: [], caps: [], gateway: null };

describe('decide answers one request in the published shape', () => {
  it('of a worker about a man he is to reach', () => {
    const answer = answerTo(GOLDEN_REQUEST);
    expect(Object.entries(answer.fields)).toEqual([
      [
        'pol.phone',
        {
          level: 'full',
          transform: 'phone+email',
          grants: ['engage-council-in-full'],
          caps: [],
          gateway: 'CDA115',
        },
      ],
      [
        'pol.convictions',
        { level: 'summary', transform: 'list', grants: ['engage-council-in-summary'], caps: [], gateway: 'CDA115' },
      ],
      ['pol.victim_address', DENIED],
      ['hea.gp', DENIED],
      ['made.up', DENIED],
    ]);
    expect({ ...answer, fields: {} }).toEqual({
      requestId: 'r-1',
      policyVersion: bundle.version,
      fields: {},
      obligations: [
        { kind: 'retainMonths', value: 12 },
        { kind: 'onward', value: 'none' },
        { kind: 'notifyOwner', value: 'monthly' },
        { kind: 'show', value: ['asAt', 'verifiedBy', 'reliability'] },
        { kind: 'loneWorkingCheck', value: true },
      ],
    });
  });

  it('for all fields: every one of that owner, and no other’s', () => {
    const asked = Object.keys(answerTo({ ...GOLDEN_REQUEST, fields: 'all' }).fields);
    expect(asked).toEqual([...bundle.fields.values()].filter(({ owner }) => owner === 'police').map(({ id }) => id));
    expect(asked.length).toBeGreaterThan(10);
  });

  it('the same for a group by its name and by its short code, and for a day as for a moment of it', () => {
    const words = { requester: { agency: 'council', role: 'dai.daiw' }, owner: 'police', at: '2027-01-15' };
    const facts = { ...GOLDEN_REQUEST, fields: 'all' };
    expect(answerTo({ ...facts, ...words })).toEqual(answerTo(facts));
    expect(answerTo({ ...facts, at: '2027-01-15T12:00:00+02:00' })).toEqual(answerTo(facts));
  });

  it('with no obligation where nothing may be seen', () => {
    expect(answerTo({ ...GOLDEN_REQUEST, fields: ['pol.victim_address'] }).obligations).toEqual([]);
  });
});

describe('P2: denied unless granted', () => {
  const everything = { ...GOLDEN_REQUEST, fields: 'all' };
  const nothing = (request: unknown) => {
    const levels = new Set(Object.values(levelsOf(answerTo(request))));
    expect(levels).toEqual(new Set(['deny']));
  };

  it.each([
    ['an agency that no agreement knows', { requester: { agency: 'acme', role: 'dai.daiw' } }],
    ['a role that there is not', { requester: { agency: 'DAI', role: 'driver' } }],
    ['a role of another group', { requester: { agency: 'HOU', role: 'dai.daiw' } }],
    ['a purpose that there is not', { purpose: 'CURIOSITY' }],
    ['no fact at all', { caseFacts: {} }],
    ['a fact that is too old', { caseFacts: { ...OPEN_CASE, asAt: { category: '2020-01-01T00:00:00Z' } } }],
    ['a closed case', { caseFacts: { ...OPEN_CASE, category: 'closed' } }],
  ])('%s', (_name, changes) => {
    expect(levelsOf(answerTo(everything))).toHaveProperty(['pol.phone'], 'full');
    nothing({ ...everything, ...changes });
  });

  it('a field named like a part of every object', () => {
    const answered = decideLine(bundle)(JSON.stringify({ ...GOLDEN_REQUEST, fields: ['__proto__', 'constructor'] }));
    const denied = JSON.stringify(DENIED);
    expect(JSON.stringify(answered)).toContain(`"fields":{"__proto__":${denied},"constructor":${denied}}`);
  });

  it('a field asked of an owner whose it is not', () => {
    nothing({ ...GOLDEN_REQUEST, owner: 'HOU', fields: ['pol.phone'] });
    nothing({ ...GOLDEN_REQUEST, owner: 'the moon', fields: ['pol.phone'] });
  });

  it.each([
    ['agency', { requester: { agency: 'acme', role: 'dai.daiw' } }, '/requester/agency'],
    ['owner', { owner: 'acme' }, '/owner'],
  ])('and says that the %s is not known, since a slip would else pass for a refusal', (_name, changes, pointer) => {
    expect(decideLine(bundle)(JSON.stringify({ ...GOLDEN_REQUEST, ...changes }))).toMatchObject({
      ok: true,
      value: { notices: [{ pointer, code: 'not-in-catalogue' }] },
    });
  });
});

describe('decide is the live engine', () => {
  it('for any group, role, purpose and owner', () => {
    const purposes = [...bundle.purposes.keys()];
    let released = 0;
    fc.assert(
      fc.property(
        fc.constantFrom(...REQUESTER_GROUPS),
        fc.constantFrom(...bundle.roles.keys()),
        fc.constantFrom(...REQUESTER_GROUPS),
        fc.constantFrom(...purposes),
        fc.constantFrom<CaseFacts>(EVERYTHING_HOLDS, OPEN_CASE, {}),
        (group, role, owner, purpose, caseFacts) => {
          const request = { ...GOLDEN_REQUEST, requester: { agency: group, role }, owner, purpose, caseFacts };
          const answer = answerTo({ ...request, fields: 'all' });
          const decisions = decide(
            bundle,
            {
              at: AT,
              requester: { agency: group, group, role },
              purpose,
              facts: dated(caseFacts, AT),
              canFulfil: [...OBLIGATION_KINDS],
            },
            'all',
          ).filter(({ field }) => bundle.fields.get(field)?.owner === owner);
          expect(levelsOf(answer)).toEqual(Object.fromEntries(decisions.map(({ field, level }) => [field, level])));
          for (const decision of decisions) {
            const { level, gateway } = answer.fields[decision.field] ?? DENIED;
            if (level === 'deny') expect(gateway).toBeNull();
            else {
              released += 1;
              expect(decision.powers).toContain(gateway);
            }
          }
        },
      ),
      { seed: 1, numRuns: 300 },
    );
    expect(released).toBeGreaterThan(0);
  });
});

describe('a broken line is refused by place and code', () => {
  it.each([
    ['no request id', { requestId: undefined }, '/requestId missing'],
    ['an impossible day', { at: '2027-02-30' }, '/at malformed'],
    ['an unknown key', { urgent: true }, ' unknown'],
    ['a fact that there is not', { caseFacts: { mood: 'bad' } }, '/caseFacts unknown'],
    ['a value that the fact has not', { caseFacts: { category: 'Marlowe' } }, '/caseFacts/category malformed'],
    ['fields that are no list', { fields: 'some' }, '/fields wrong-type'],
    ['a requester that is a word', { requester: 'DAI' }, '/requester wrong-type'],
  ])('%s', (_name, changes, where) => {
    const answered = decideLine(bundle)(JSON.stringify({ ...GOLDEN_REQUEST, ...changes }));
    if (answered.ok) throw new Error('was answered');
    expect(answered.error.places?.map(({ pointer, code }) => `${pointer} ${code}`)).toContain(where);
    expect(JSON.stringify(answered)).not.toContain('Marlowe');
  });
});
