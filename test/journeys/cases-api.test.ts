import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { caseListAnswerSchema, caseViewAnswerSchema, contactGapsAnswerSchema } from '../../schemas/case-request.ts';
import { problemSchema } from '../../schemas/problem.ts';
import type { Asker, Reply } from '../agencies/asker.ts';
import { COORDINATOR, WORKERS } from '../population/cast-cases.ts';
import { at, placesIn, pointer, withAt, withWrittenInto, type Json } from './bodies.ts';
import { publishedOperations } from './conformance.ts';
import { openStage, refusalOf, refused, type Stage } from './stage.ts';

/** The case register for agencies' systems: every reply is held against the published document by the stage itself. */

let stage: Stage;
let council: Asker;
let panelToken: string;
let workerToken: string;

beforeAll(async () => {
  stage = await openStage();
  council = stage.asker('riverton-council');
  workerToken = await council.token('ENGAGE', stage.caseRef(1));
  panelToken = await council.token('DAPG', stage.caseRef(1));
}, 60_000);
afterAll(() => stage.close());

const WORKER = { id: WORKERS.amara, role: 'dai.daiw' };
const PANEL = { id: COORDINATOR, role: 'dai.dapg_coordinator' };
const asked = (staff: { id: string; role: string }, more: Record<string, Json>): Record<string, Json> => ({
  ...{ requestId: randomUUID(), sentAt: new Date().toISOString(), staff },
  ...more,
});
const send = (path: string, body: Json | string, token = panelToken, asker = council): Promise<Reply> =>
  asker.send('POST', `/v1/cases/${path}`, { token, body: typeof body === 'string' ? body : JSON.stringify(body) });
const lastBody = async () => (await stage.entries()).at(-1)?.body;
const change = (body: Record<string, Json>, revision?: number) =>
  asked(PANEL, { caseRef: stage.caseRef(1), change: body, ...(revision === undefined ? {} : { revision }) });

/** A good body for each route. */
const BODIES: Readonly<Record<string, () => Record<string, Json>>> = {
  list: () => asked(PANEL, { of: 'open', limit: 3, after: 'a' }),
  view: () => asked(PANEL, { caseRef: stage.caseRef(1) }),
  open: () =>
    asked(PANEL, {
      caseRef: stage.caseRef(1),
      referral: { maracReference: 'MARAC-2026-10-15-8', criterion: 'repeat', referredOn: '2026-10-01' },
      subject: { names: [{ given: 'Sample', family: 'Opened' }], dateOfBirth: '1990-01-02' },
      agencies: ['police'],
    }),
  change: () => change({ kind: 'allocate', to: WORKERS.amara }, 1),
  'contact-gaps': () => asked(PANEL, {}),
};

describe('the case register over the API', () => {
  it('P1: lists a worker’s own cases, and says so in the log first', async () => {
    const reply = await send('list', asked(WORKER, { of: 'mine' }), workerToken);
    const { cases, receipt } = caseListAnswerSchema.parse(reply.json);
    const hers = stage.cases.filter(
      ({ allocatedTo, category }) => allocatedTo === WORKERS.amara && category !== 'closed',
    );
    expect(cases.map(({ caseRef }) => caseRef).sort()).toEqual(hers.map(({ caseRef }) => caseRef).sort());
    const entry = (await stage.entries())[receipt.position]?.body;
    expect(entry).toMatchObject({
      ...{ kind: 'page-viewed', page: 'cases', found: hers.length },
      actor: { agency: 'riverton-council', staffId: WORKERS.amara, clientId: 'riverton-council-system' },
    });
  });

  it('gives a page at a time', async () => {
    const first = caseListAnswerSchema.parse((await send('list', asked(PANEL, { of: 'open', limit: 4 }))).json);
    const after = first.next ?? '';
    const second = caseListAnswerSchema.parse((await send('list', asked(PANEL, { of: 'open', limit: 4, after }))).json);
    expect(first.cases).toHaveLength(4);
    expect(second.cases.filter(({ caseRef }) => first.cases.some((each) => each.caseRef === caseRef))).toEqual([]);
  });

  it('shows a case to its worker, without what protects anybody', async () => {
    const reply = await send('view', asked(WORKER, { caseRef: stage.caseRef(1) }), workerToken);
    const { case: kase } = caseViewAnswerSchema.parse(reply.json);
    expect(kase.subject?.names?.[0]?.family).toBe('Okoro');
    expect(kase.safety).toBeUndefined();
    expect(reply.text).not.toContain('seal');
  });

  it('changes a case on the revision that was read, and on no other', async () => {
    const { case: before } = caseViewAnswerSchema.parse((await send('view', BODIES['view']?.() ?? {})).json);
    const to = { kind: 'allocate', to: WORKERS.joseph };
    expect(refusalOf(await send('change', change(to, before.revision + 7)))).toEqual(refused(409, 'case-changed'));
    const changed = await send('change', change(to, before.revision));
    expect([changed.status, await lastBody()]).toMatchObject([
      200,
      { kind: 'case-changed', changes: ['allocated-to'] },
    ]);
    const { case: after } = caseViewAnswerSchema.parse((await send('view', BODIES['view']?.() ?? {})).json);
    expect([after.allocatedTo, after.revision]).toEqual([WORKERS.joseph, before.revision + 1]);
    await send('change', change({ kind: 'allocate', to: WORKERS.amara }, after.revision));
  });

  it('opens a case from a referral, once', async () => {
    const caseRef = stage.caseRef(811);
    const token = await council.token('DAPG', caseRef);
    const opened = await send('open', { ...BODIES['open']?.(), caseRef }, token);
    expect(opened.json).toMatchObject({ caseRef, revision: 1 });
    const again = await send('open', { ...BODIES['open']?.(), caseRef }, token);
    expect(refusalOf(again)).toEqual(refused(409, 'case-exists'));
  });

  it('measures contact gaps as counts', async () => {
    const { measure } = contactGapsAnswerSchema.parse((await send('contact-gaps', asked(PANEL, {}))).json);
    expect(measure.openCases).toBeGreaterThan(5);
  });

  const refusals: readonly (readonly [string, string, () => Record<string, Json>, number, string])[] = [
    ['list', 'a panel’s list, asked by a worker', () => asked(WORKER, { of: 'open' }), 403, 'change-not-yours'],
    [
      'view',
      'another case than the token’s',
      () => asked(PANEL, { caseRef: stage.caseRef(2) }),
      403,
      'token-other-purpose',
    ],
    [
      'list',
      'a role that may not claim the purpose',
      () => asked({ ...PANEL, role: 'pol.da_officer' }, { of: 'open' }),
      403,
      'role-may-not-claim',
    ],
    [
      'list',
      'an old request',
      () => ({ ...asked(PANEL, { of: 'open' }), sentAt: '2026-01-01T00:00:00.000Z' }),
      400,
      'clock-wrong',
    ],
    [
      'change',
      'a block, which is victim services’ to set',
      () => change({ kind: 'set-safety-block', blockId: randomUUID() }),
      403,
      'change-not-yours',
    ],
    [
      'change',
      'closing without a rule that holds',
      () => change({ kind: 'change-category', to: 'closed', because: 'It is over' }, 1),
      409,
      'case-changed',
    ],
    [
      'change',
      'broken glass, which wants the person there',
      () => change({ kind: 'close-break-glass', breakGlassId: randomUUID(), because: 'ended-by-opener' }),
      400,
      'field-malformed',
    ],
  ];
  it.each(refusals)('%s: %s', async (path, _name, body, status, code) => {
    const reply = await send(path, body());
    expect({ status: reply.status, code: problemSchema.parse(reply.json).code }).toEqual({ status, code });
  });

  it('refuses what the rules of the register do not allow, each with its own code', async () => {
    const viewed = async (number: number, token: string): Promise<number> => {
      const reply = await send('view', asked(PANEL, { caseRef: stage.caseRef(number) }), token);
      return caseViewAnswerSchema.parse(reply.json).case.revision;
    };
    const decide = async (number: number, decision: Record<string, Json>): Promise<Reply> => {
      const token = await council.token('DAPG', stage.caseRef(number));
      const body = { kind: 'change-category', because: 'As the panel decided', ...decision };
      const revision = await viewed(number, token);
      return send('change', asked(PANEL, { caseRef: stage.caseRef(number), change: body, revision }), token);
    };
    // Case 4 is in contact; that no more can be done is the chair's to say.
    expect(refusalOf(await decide(4, { to: 'contact' }))).toEqual(refused(409, 'category-not-allowed'));
    const closing = { to: 'closed', closure: 'cannot-mitigate-further' };
    expect(refusalOf(await decide(4, closing))).toEqual(refused(409, 'closure-not-allowed'));
    const idva = stage.asker('riverton-idva');
    const token = await idva.token('DAPG', stage.caseRef(1));
    const lift = { kind: 'lift-safety-block', blockId: randomUUID() };
    const body = asked({ id: 's.devi', role: 'vic.idva' }, { caseRef: stage.caseRef(1), change: lift });
    expect(refusalOf(await send('change', body, token, idva))).toEqual(refused(409, 'part-not-known'));
  });

  it('counts a request once', async () => {
    const body = BODIES['view']?.() ?? {};
    expect((await send('view', body)).status).toBe(200);
    expect(refusalOf(await send('view', body))).toEqual(refused(409, 'request-replayed'));
    const alloc = BODIES['change']?.() ?? {};
    await send('change', alloc);
    expect(refusalOf(await send('change', alloc))).toEqual(refused(409, 'request-replayed'));
  });

  it('P6: a case of others, and none at all, are refused and recorded alike', async () => {
    const [first] = stage.cases;
    if (first === undefined) throw new Error('the cast has no case');
    const [others, none] = [stage.caseRef(777), stage.caseRef(999)];
    const elsewhere = { leadAgency: 'westmarsh-council', agencies: ['westmarsh-council'] };
    await stage.partnership.putCase({ ...first, ...elsewhere, caseRef: others });
    for (const path of ['view', 'change']) {
      const replies: string[] = [];
      for (const caseRef of [others, none, stage.caseRef(4)]) {
        // Of the third she is no worker, though her council leads it.
        const staff = caseRef === stage.caseRef(4) ? WORKER : PANEL;
        const token = await council.token(staff === WORKER ? 'ENGAGE' : 'DAPG', caseRef);
        const more = path === 'view' ? {} : { change: { kind: 'review' }, revision: 1 };
        const reply = await send(path, asked(staff, { caseRef, ...more }), token);
        replies.push(`${reply.status} ${reply.text.replace(/urn:uuid:[0-9a-f-]+/u, '')}`);
        expect(await lastBody()).toMatchObject({ kind: 'page-viewed', page: 'case', caseRef });
      }
      expect(new Set(replies).size).toBe(1);
      expect(replies[0]).toContain('case-not-known');
    }
  });
});

describe('every route of the case register', () => {
  const routes = publishedOperations().flatMap((each) => /^POST \/v1\/cases\/(\S+)$/u.exec(each)?.[1] ?? []);

  it('is attacked below', () => {
    expect(routes.sort()).toEqual(Object.keys(BODIES).sort());
  });

  it.each(routes)('P9: %s wants certificate and token of one agency', async (path) => {
    const body = BODIES[path]?.() ?? {};
    const police = stage.asker('police');
    const before = (await stage.entries()).length;
    expect(refusalOf(await council.send('POST', `/v1/cases/${path}`, { body: JSON.stringify(body) })).code).toBe(
      'token-missing',
    );
    expect(refusalOf(await send(path, body, panelToken, police)).code).toBe('token-not-bound');
    expect(refusalOf(await send(path, body, `${panelToken}x`)).code).toBe('token-invalid');
    expect(await stage.entries()).toHaveLength(before);
    const theirs = await police.token('DAPG', stage.caseRef(1));
    expect(refusalOf(await send(path, body, theirs, police)).code).toBe('role-may-not-claim');
  });

  it.each(routes)('%s refuses what is not as published, and repeats nothing', async (path) => {
    const body = BODIES[path]?.() ?? {};
    const { texts, objects } = placesIn(body);
    const canary = 'Zanzibar-Okapi 07700 900555';
    const before = (await stage.entries()).length;
    const spoilt: [string, Json | string][] = [
      ...texts.map((place): [string, Json] => [pointer(place), withAt(body, place, `${canary}${'x'.repeat(9_000)}`)]),
      ...texts.map((place): [string, Json] => [
        pointer(place),
        withAt(body, place, { [canary]: [at(body, place) ?? null] }),
      ]),
      ...objects.map((place): [string, string] => [pointer(place), withWrittenInto(body, place, `"${canary}":1`)]),
      ...Object.keys(body)
        .filter((name) => !['limit', 'after', 'revision'].includes(name))
        .map((name): [string, Json] => [`no ${name}`, withAt(body, [name], undefined)]),
      ['proto', JSON.stringify(body).replace('{', '{"__proto__":{"a":1},')],
      ['twice', JSON.stringify(body).replace('{', '{"requestId":"x",')],
      ['half', JSON.stringify(body).slice(0, -2)],
      ['large', ' '.repeat(70_000)],
    ];
    for (const [place, each] of spoilt) {
      const reply = await send(path, each);
      expect({ place, status: reply.status }).toEqual({ place, status: place === 'large' ? 413 : 400 });
      expect(reply.text).not.toMatch(/Zanzibar|Okapi|900555|zod|node_modules/u);
    }
    expect(spoilt.length).toBeGreaterThan(8);
    expect(await stage.entries()).toHaveLength(before);
  });
});
