import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { z } from 'zod';
import type { Answer, Disclosure } from '../../schemas/answer.ts';
import type { CaseFacts } from '../../schemas/case.ts';
import type { Reply } from '../agencies/asker.ts';
import { WORKERS, type CastCase } from '../population/cast-cases.ts';
import { DANIEL } from '../population/cast-daniel.ts';
import { castMobile, HOMES } from '../population/cast-parts.ts';
import { truthOf, type Truth } from '../population/truth.ts';
import { truthIn } from '../population/wire-check.ts';
import { numberIn, wordsIn } from './spellings.ts';
import { answerOf, openStage, refusalOf, refused, today, type Stage } from './stage.ts';

let stage: Stage;
let truth: Truth;

beforeAll(async () => {
  stage = await openStage();
  truth = truthOf(stage.population);
}, 60_000);
afterAll(() => stage.close());

const asked = (number: number, change?: Record<string, unknown>): Promise<Reply> =>
  stage.contact(number, stage.cases[number - 1]?.allocatedTo ?? '', change);
const disclosed = async (number: number): Promise<Disclosure> => answerOf(await asked(number)).disclosure;

const outcomes = ({ sources }: Disclosure): Record<string, string> =>
  Object.fromEntries(sources.map(({ agency, outcome }) => [agency, outcome]));
const judged = ({ identity }: Disclosure, as: 'subject' | 'probable'): string[] =>
  identity.records.filter((record) => record.judged === as).map(({ agency }) => agency);
const numbers = ({ contacts }: Disclosure): string[] =>
  contacts.flatMap(({ value }) => (value.kind === 'phone' && value.level === 'full' ? [value.number] : []));
const fieldsPut = (caseRef: string): string[] =>
  stage.put.filter(({ question }) => question.asker.caseRef === caseRef).flatMap(({ question }) => question.fields);

/** Everything that left the gateway or stays in it on account of the questions so far. */
async function everywhere(reply: Reply): Promise<string> {
  return [
    reply.text,
    JSON.stringify(reply.headers),
    JSON.stringify(stage.said),
    await stage.metrics(),
    await stage.everythingAtRest(),
  ].join('\n');
}

describe('Daniel: five agencies hold five pieces of him, and two of them hold her number as his', () => {
  let reply: Reply;
  let answer: Answer;
  beforeAll(async () => {
    reply = await asked(1);
    answer = answerOf(reply);
  });

  it('five sources answer, and one record of each is his', () => {
    expect(outcomes(answer.disclosure)).toEqual({
      police: 'found',
      probation: 'found',
      housing: 'found',
      health: 'found',
      childrens: 'found',
    });
    expect(judged(answer.disclosure, 'subject').sort()).toEqual([
      'childrens',
      'health',
      'housing',
      'police',
      'probation',
    ]);
    expect(judged(answer.disclosure, 'probable')).toEqual([]);
    expect(answer.disclosure.summary).toMatch(
      /^5 of 5 agencies answered\. \d ways to reach him follow, best first\.$/u,
    );
  });

  it('the first number reaches him and nobody else, and so does probation’s; the dead one comes after both', () => {
    const given = numbers(answer.disclosure);
    const [first = ''] = given;
    expect(truth.reachesOnly(DANIEL, 'phone', first, today())).toBe(true);
    const [probations, dead] = [given.indexOf(castMobile(2)), given.indexOf(castMobile(1))];
    expect(probations).toBeGreaterThanOrEqual(0);
    expect(dead === -1 || dead > probations).toBe(true);
    expect(answer.disclosure.contacts.map(({ rank }) => rank)).toEqual(
      answer.disclosure.contacts.map((_, at) => at + 1),
    );
  });

  it('each way to reach him says why, whose it is said to be, and when that was', () => {
    for (const contact of answer.disclosure.contacts) {
      expect(contact.because.length).toBeGreaterThan(20);
      expect(contact.sources.length).toBeGreaterThan(0);
    }
  });

  it('P4: her number, his mother’s and her address are nowhere, in no spelling', async () => {
    const all = await everywhere(reply);
    expect(numberIn(all, castMobile(10))).toEqual([]);
    expect(numberIn(all, castMobile(11))).toEqual([]);
    const { lines, postcode, uprn } = HOMES.lanternRow;
    for (const words of [...lines.slice(0, -1), postcode, uprn]) {
      expect({ words, found: wordsIn(all, words) }).toEqual({ words, found: [] });
    }
    expect(answer.disclosure.withheldContacts.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
      'address location-of-protected-person',
      'phone protected-person',
    ]);
  });

  it('the check finds what it looks for: his own number in what was given', () => {
    expect(numberIn(reply.text, castMobile(2)).length).toBeGreaterThan(0);
    expect(wordsIn(reply.text, HOMES.tollgateYard.postcode).length).toBeGreaterThan(0);
    const encoded = Buffer.from(`x${castMobile(10)}y`).toString('base64');
    expect(numberIn(encoded, castMobile(10)).length).toBeGreaterThan(0);
    expect(numberIn('07700 900-010', castMobile(10)).length).toBeGreaterThan(0);
  });

  it('P5: neither his father of the same name nor his twin is taken for him', async () => {
    const all = await everywhere(reply);
    for (const [other, number] of [
      ['father', 12],
      ['twin', 13],
    ] as const) {
      expect({ other, found: numberIn(all, castMobile(number)) }).toEqual({ other, found: [] });
    }
    expect(wordsIn(reply.text, 'David')).toEqual([]);
    expect(wordsIn(reply.text, 'Tobi')).toEqual([]);
  });

  it('nothing on the way out tells the truth that only the population knows', async () => {
    expect(truthIn(await everywhere(reply), stage.population)).toEqual([]);
  });

  it('what was not asked for is not there: no number of the NHS, of the police or of probation', () => {
    const withheld = answer.disclosure.withheldFields.map(({ field }) => field);
    expect(withheld).toEqual(expect.arrayContaining(['hea.nhs_number', 'pol.pnc_id', 'pro.crn']));
    const released = answer.disclosure.records.flatMap(({ fields }) => fields.map(({ field }) => field));
    expect(released.filter((field) => withheld.includes(field))).toEqual([]);
    expect(answer.disclosure.obligations).toMatchObject({ loneWorkingCheck: true, onward: 'none', retainMonths: 12 });
  });

  it('P1: the receipt is the place of an entry that holds the digest of the very bytes', async () => {
    const entries = await stage.entries();
    const entry = entries[answer.receipt.position];
    const text = reply.text.slice('{"disclosure":'.length, reply.text.lastIndexOf(',"receipt":{'));
    expect(JSON.parse(text)).toEqual(answer.disclosure);
    expect(entry?.body).toMatchObject({
      kind: 'question-disclosed',
      questionId: answer.disclosure.questionId,
      bodyDigest: createHash('sha256').update(text).digest('base64url'),
      requester: { agency: 'riverton-council', staffId: WORKERS.amara, role: 'dai.daiw' },
      withheld: { 'protected-person': 1, 'location-of-protected-person': 1 },
      operations: ['disclosure', 'combination'],
    });
    const consulted = entry?.body.kind === 'question-disclosed' ? entries[entry.body.consultedAt]?.body : undefined;
    expect(consulted).toMatchObject({ kind: 'question-consulted', questionId: answer.disclosure.questionId });
  });

  it('the log says of every field that left at which level and by which rule', async () => {
    const entry = (await stage.entries())[answer.receipt.position]?.body;
    const logged = entry?.kind === 'question-disclosed' ? entry.fields : [];
    const left = new Set([
      ...answer.disclosure.contacts.flatMap(({ sources }) => sources.map(({ field }) => field)),
      ...answer.disclosure.records.flatMap(({ fields }) => fields.map(({ field }) => field)),
    ]);
    expect(logged.map(({ field }) => field)).toEqual([...left].sort());
    for (const { grants, level } of logged) {
      expect(grants.length).toBeGreaterThan(0);
      expect(level).not.toBe('deny');
    }
  });

  it('anybody who has the published key can verify the answer (RFC 9421), and one changed byte shows', async () => {
    const keys = z
      .object({ keys: z.array(z.looseObject({ kid: z.string(), x: z.string() })) })
      .parse((await stage.asker('health').send('GET', '/v1/keys')).json).keys;
    const input = /^sig=(?<params>.+)$/u.exec(String(reply.headers['signature-input']))?.groups?.['params'] ?? '';
    const keyId = /keyid="([^"]+)"/u.exec(input)?.[1];
    const key = keys.find(({ kid }) => kid === keyId);
    const signature = Buffer.from(/^sig=:(.+):$/u.exec(String(reply.headers['signature']))?.[1] ?? '', 'base64');
    const holds = (body: string, path = '/v1/contact-requests'): boolean => {
      const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`;
      const base = [
        '"@status": 200',
        `"content-digest": ${digest}`,
        '"@method";req: POST',
        `"@path";req: ${path}`,
        `"@signature-params": ${input}`,
      ].join('\n');
      const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key?.x ?? '' }, format: 'jwk' });
      return digest === reply.headers['content-digest'] && verify(null, Buffer.from(base), publicKey, signature);
    };
    expect(input).toContain('tag="fapi-2-response"');
    expect(holds(reply.text)).toBe(true);
    expect(holds(reply.text.replace('5 of 5', '4 of 5'))).toBe(false);
    expect(holds(reply.text, '/v1/disclosures')).toBe(false);
    // The key is public, and only that.
    expect(Object.keys(key ?? {})).not.toContain('d');
  });

  it('asked again, the same man: the same records, and another question', async () => {
    const again = answerOf(await asked(1));
    expect(again.disclosure.questionId).not.toBe(answer.disclosure.questionId);
    expect(again.disclosure.contacts).toEqual(answer.disclosure.contacts);
    expect(again.receipt.position).toBeGreaterThan(answer.receipt.position);
  });
});

describe('the other eleven, each a hard case', () => {
  it('Krzysztof is in prison: whom to speak to and when he comes out, and nothing to call', async () => {
    const disclosure = await disclosed(2);
    expect(disclosure.contacts).toEqual([]);
    expect(outcomes(disclosure)).toMatchObject({ probation: 'found', police: 'not-asked', housing: 'not-asked' });
    const fields = disclosure.records.flatMap((record) => record.fields);
    expect(fields.map(({ field }) => field).sort()).toEqual(['pro.officer', 'pro.release']);
    expect(fields.find(({ field }) => field === 'pro.officer')?.value).toMatchObject({ name: 'Hanna Zawadzka' });
    expect(fields.find(({ field }) => field === 'pro.release')?.value).toMatchObject({ kind: 'dates', level: 'full' });
    expect(fieldsPut(stage.caseRef(2)).filter((field) => /phone|address/u.test(field))).toEqual([]);
  });

  it('P3: Gareth is on monitor: no way to reach him is given, and nobody was asked for one', async () => {
    const { police, probation, housing, health, childrens } = stage.partnership.agencies;
    for (const agency of [police, probation, housing, health, childrens]) agency.forgetAsked();
    const reply = await asked(3);
    const { disclosure } = answerOf(reply);
    expect(disclosure.contacts).toEqual([]);
    expect(disclosure.withheldContacts).toEqual([]);
    expect(disclosure.whereabouts).toBeUndefined();
    expect(judged(disclosure, 'subject').sort()).toEqual(['housing', 'police']);
    const { bundle } = stage.partnership;
    const put = fieldsPut(stage.caseRef(3));
    expect(put.length).toBeGreaterThan(0);
    expect(
      put.filter((field) => ['CT', 'HX', 'CH', 'HO', 'TP', 'TL'].includes(bundle.fields.get(field)?.class ?? '')),
    ).toEqual([]);
    // And at the agencies themselves: what went over the wire.
    expect(police.asked.length).toBeGreaterThan(0);
    expect(police.asked.flatMap(({ fields }) => fields).filter((field) => /phone|address/u.test(field))).toEqual([]);
    const paths = [probation, housing, health, childrens].flatMap(({ asked: sent }) => sent.map(({ path }) => path));
    expect(paths.filter((path) => /address|contact-?details|contactDetails|tenure/iu.test(path))).toEqual([]);
    expect(numberIn(reply.text, castMobile(21))).toEqual([]);
    expect(wordsIn(reply.text, HOMES.lockKeepers.postcode)).toEqual([]);
  });

  it('P7: nobody holds Emmanuel, and five times “none held” is an answer', async () => {
    const disclosure = await disclosed(4);
    expect(new Set(Object.values(outcomes(disclosure)))).toEqual(new Set(['none-held']));
    expect(disclosure.sources).toHaveLength(5);
    expect(disclosure.identity.records).toEqual([]);
    expect(disclosure.summary).toBe('5 of 5 agencies answered. No way to reach him can be given.');
  });

  it('P7: health restricts Ryan’s record: said as restricted, not as none held and not as somebody else’s', async () => {
    const reply = await asked(5);
    const { disclosure } = answerOf(reply);
    expect(outcomes(disclosure)).toMatchObject({ health: 'restricted', police: 'found' });
    expect(disclosure.sources.find(({ agency }) => agency === 'health')?.sentence).toContain('restricts');
    expect(disclosure.identity).toMatchObject({ setApart: 0, summary: 'One record was judged to be his.' });
    expect(disclosure.records.map(({ agency }) => agency)).toEqual(['police']);
  });

  it('P7: probation limits access to Liam: restricted, and nothing of what it holds', async () => {
    const reply = await asked(6);
    const { disclosure } = answerOf(reply);
    expect(outcomes(disclosure)).toMatchObject({ probation: 'restricted', police: 'found' });
    expect(disclosure.identity.setApart).toBe(0);
    expect(numberIn(reply.text, castMobile(24))).toEqual([]);
    expect(wordsIn(reply.text, 'Thornbury')).toEqual([]);
  });

  it('Mohammed was merged in probation: the number that the panel knows leads to his case', async () => {
    const disclosure = await disclosed(7);
    expect(judged(disclosure, 'subject')).toEqual(expect.arrayContaining(['probation', 'police']));
    expect(numbers(disclosure)).toContain(castMobile(25));
    expect(disclosure.identity.needsAttention).toEqual([]);
  });

  it('Andrei’s NHS number was superseded, and housing exchanged day and month: both records are his', async () => {
    const disclosure = await disclosed(8);
    expect(judged(disclosure, 'subject').sort()).toEqual(['health', 'housing']);
    expect(numbers(disclosure)).toEqual([castMobile(27)]);
  });

  it('Jermaine came out three days ago: the approved premises first, and that he was released', async () => {
    const disclosure = await disclosed(9);
    const [first] = disclosure.contacts;
    expect(first).toMatchObject({ kind: 'address', level: 'full', flags: ['released-recently'] });
    expect(first?.sources.map(({ agency }) => agency)).toEqual(['probation']);
    const [number = ''] = numbers(disclosure);
    expect(truth.reachesOnly('CAST-jermaine-campbell', 'phone', number, today())).toBe(true);
    expect(disclosure.whereabouts?.sentence).toMatch(/^He was released on /u);
  });

  it('P4: Scott’s notified address first; the phone that he shares with her is held back, and his namesake set apart', async () => {
    const reply = await asked(10);
    const { disclosure } = answerOf(reply);
    expect(disclosure.contacts[0]).toMatchObject({ kind: 'address', flags: ['statutory-notification'] });
    expect(disclosure.identity.setApart).toBe(1);
    const all = await everywhere(reply);
    for (const number of [30, 31, 32]) expect(numberIn(all, castMobile(number))).toEqual([]);
    expect(wordsIn(all, HOMES.victimHarding.postcode)).toEqual([]);
    expect(wordsIn(all, HOMES.starlingHeath.postcode)).toEqual([]);
  });

  it('one agency knows Kelly, by an old number: given with its age and its doubt', async () => {
    const disclosure = await disclosed(11);
    expect(outcomes(disclosure)).toMatchObject({ police: 'found', probation: 'none-held', housing: 'none-held' });
    const old = disclosure.contacts.find(({ kind }) => kind === 'phone');
    expect(old?.probability).toBeLessThan(0.6);
    expect(old?.flags).not.toContain('confirmed-recently');
    expect(old?.lastConfirmed).toBeDefined();
  });

  it('P9: Yusuf’s case is closed: nothing may be asked any more, and nobody was', async () => {
    const before = stage.put.length;
    expect(refusalOf(await asked(12))).toEqual(refused(403, 'purpose-not-supported'));
    expect(stage.put).toHaveLength(before);
  });
});

describe('P9: each purpose, by a role that may claim it, while its fact holds and when it does not', () => {
  interface Claimed {
    readonly purpose: string;
    readonly agency: string;
    readonly role: string;
    readonly facts: CaseFacts;
    readonly otherwise: CaseFacts;
  }
  const open = { category: 'contact', marac: 'listed' } as const;
  const claims: readonly Claimed[] = [
    {
      purpose: 'MARAC',
      agency: 'police',
      role: 'pol.da_officer',
      facts: open,
      otherwise: { ...open, marac: 'referred' },
    },
    {
      purpose: 'DAPG',
      agency: 'riverton-council',
      role: 'dai.dapg_coordinator',
      facts: open,
      otherwise: { ...open, category: 'closed' },
    },
    {
      purpose: 'MAPPA',
      agency: 'probation',
      role: 'pro.practitioner',
      facts: { ...open, mappa: 2 },
      otherwise: { ...open, mappa: 0 },
    },
    {
      purpose: 'S47',
      agency: 'childrens',
      role: 'chi.social_worker',
      facts: { ...open, s47Open: true },
      otherwise: { ...open, s47Open: false },
    },
    {
      purpose: 'HOUSING',
      agency: 'housing',
      role: 'hou.tenancy_officer',
      facts: open,
      otherwise: { ...open, category: 'none' },
    },
    {
      purpose: 'DVDS',
      agency: 'police',
      role: 'pol.dvds_decider',
      facts: { ...open, dvds: 'open' },
      otherwise: { ...open, dvds: 'none' },
    },
    {
      purpose: 'BREACH',
      agency: 'police',
      role: 'pol.control_room',
      facts: { ...open, orderInForce: true },
      otherwise: { ...open, orderInForce: false },
    },
    {
      purpose: 'EMERG',
      agency: 'health',
      role: 'hea.clinician',
      facts: { ...open, emergency: true },
      otherwise: { ...open, emergency: false },
    },
    {
      purpose: 'ENGAGE',
      agency: 'probation',
      role: 'pro.practitioner',
      facts: open,
      otherwise: { ...open, marac: 'none' },
    },
  ];

  /** Daniel's case under another reference, with other facts, asserted a minute ago. */
  function caseWith(number: number, facts: CaseFacts): CastCase {
    const [daniels] = stage.cases;
    if (daniels === undefined) throw new Error('the cast has no case');
    const at = new Date(Date.now() - 60_000).toISOString();
    const asAt = Object.fromEntries(Object.keys(facts).map((fact) => [fact, at]));
    return {
      ...daniels,
      caseRef: stage.caseRef(number),
      team: [...daniels.team, 'a.member'],
      category: facts.category ?? 'contact',
      facts: { facts, asAt },
    };
  }

  it.each(claims.map((claim, at) => [claim.purpose, claim, 101 + 10 * at] as const))(
    '%s',
    async (purpose, { agency, role, facts, otherwise }, number) => {
      await stage.partnership.putCase(caseWith(number, facts));
      const caseRef = stage.caseRef(number);
      const reply = await stage.disclosure({ agency, role, purpose, caseRef });
      const { disclosure } = answerOf(reply);
      expect(disclosure).toMatchObject({ purpose, caseRef });
      expect(disclosure.sources).toHaveLength(5);
      expect(fieldsPut(caseRef).length).toBeGreaterThan(0);
      // Whatever the purpose: her number never comes out as his.
      expect(
        disclosure.contacts.filter(({ value }) => numberIn(JSON.stringify(value), castMobile(10)).length > 0),
      ).toEqual([]);
      expect(truthIn(reply.text, stage.population)).toEqual([]);
      const own = disclosure.sources.find((source) => source.agency === agency);
      if (own !== undefined) {
        expect(own).toMatchObject({ outcome: 'not-asked', code: 'own-records' });
        expect(stage.put.filter((each) => each.question.asker.caseRef === caseRef && each.agency === agency)).toEqual(
          [],
        );
      }

      const before = stage.put.length;
      await stage.partnership.putCase(caseWith(number, otherwise));
      expect(refusalOf(await stage.disclosure({ agency, role, purpose, caseRef }))).toEqual(
        refused(403, 'purpose-not-supported'),
      );
      const [missing = ''] = Object.keys(facts).filter(
        (fact) => Reflect.get(facts, fact) !== Reflect.get(otherwise, fact),
      );
      // A fact that nobody dated is no fact.
      const holding = caseWith(number, facts);
      const asAt = Object.fromEntries(Object.entries(holding.facts.asAt).filter(([fact]) => fact !== missing));
      await stage.partnership.putCase({ ...holding, facts: { facts, asAt } });
      expect(refusalOf(await stage.disclosure({ agency, role, purpose, caseRef }))).toEqual(
        refused(403, 'purpose-not-supported'),
      );
      expect(stage.put).toHaveLength(before);
    },
  );

  it('IGREV rests on no fact: a reviewer learns that something is held, and nothing of what', async () => {
    const claim = { agency: 'housing', role: 'ig.reviewer', purpose: 'IGREV', caseRef: stage.caseRef(1) };
    const reply = await stage.disclosure(claim);
    const { disclosure } = answerOf(reply);
    const levels = disclosure.records.flatMap(({ fields }) => fields.map(({ field, level }) => ({ field, level })));
    const { bundle } = stage.partnership;
    expect(levels.length).toBeGreaterThan(0);
    for (const { field, level } of levels) {
      expect({ field, level }).toEqual({ field, level: bundle.fields.get(field)?.class === 'OP' ? 'full' : 'exists' });
    }
    for (const { level } of disclosure.contacts) expect(level).toBe('exists');
    expect(numberIn(reply.text, castMobile(2))).toEqual([]);
    expect(refusalOf(await stage.disclosure({ ...claim, role: 'hou.tenancy_officer' }))).toEqual(
      refused(403, 'role-may-not-claim'),
    );
  });

  it('a police officer’s own records are not asked for, and look like nothing else', async () => {
    const claim = { agency: 'police', role: 'pol.da_officer', purpose: 'MARAC', caseRef: stage.caseRef(1) };
    const { disclosure } = answerOf(await stage.disclosure(claim));
    expect(disclosure.sources.find(({ agency }) => agency === 'police')).toEqual({
      agency: 'police',
      name: 'Riverton Police',
      outcome: 'not-asked',
      code: 'own-records',
      sentence: 'Riverton Police was not asked. It is your own agency: look in its own system.',
    });
    expect(disclosure.records.map(({ agency }) => agency)).not.toContain('police');
    expect(numbers(disclosure)).toContain(castMobile(2));
  });
});

describe('P8: when all was asked', () => {
  it('no bug showed itself, and every message is of the catalogue and says nothing of anybody', async () => {
    expect(stage.said.filter(({ message }) => message === 'internal-fault')).toEqual([]);
    const told = `${JSON.stringify(stage.said)}\n${await stage.metrics()}`;
    for (const { name } of stage.population.citizens)
      expect(wordsIn(told, name.family).concat(wordsIn(told, name.given))).toEqual([]);
  });
});
