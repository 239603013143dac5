import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { createPostgresEntryIndex } from '../../adapters/postgres/review-index.ts';
import { STRETCH } from '../../adapters/postgres/statements/facet-hash.ts';
import type { EntryIndex, IndexQuery, IndexRow } from '../../gateway/ports/entry-index.ts';
import { facet, indexRowOf } from '../../gateway/review/index/facets.ts';
import { indexQueryOf, searchAsLogged } from '../../gateway/review/index/query.ts';
import { searchEntries, type SearchDeps, type Searcher } from '../../gateway/review/search.ts';
import { seenBy, viewersOf } from '../../gateway/review/seen-by.ts';
import { ok } from '../../schemas/result.ts';
import { SEARCH_FILTERS } from '../../schemas/review.ts';
import { searchFiltersSchema } from '../../schemas/review-request.ts';
import { connectTo } from '../database-address.ts';
import { freshDatabase, type FreshDatabase } from '../database.ts';
import { consulted, disclosed } from '../log-entries.ts';
import { createMemoryAccessLog, type MemoryAccessLog } from '../memory-access-log.ts';
import { createMemoryEntryIndex, type MemoryEntryIndex } from '../memory-entry-index.ts';
import { createMemoryReasonStore, memoryReasons, type MemoryReasonStore } from '../memory-reason-store.ts';
import { EVENTS } from './review-entries.ts';

/** A disclosure to the council of which police, housing and health gave something. */
const given = (n: number) => ({
  ...disclosed(n),
  fields: disclosed(n).fields.map((each) => ({
    ...each,
    source: SOURCE_OF[each.field.slice(0, 3)] ?? 'none',
    count: 1,
  })),
});
const SOURCE_OF: Readonly<Record<string, string>> = {
  pol: 'police',
  pro: 'probation',
  hou: 'housing',
  hea: 'health',
};

const textOf = (body: unknown, position: number) => ({
  position,
  canonical: JSON.stringify({ body, position, recordedAt: '2026-11-20T09:30:00.000Z' }),
});

describe('P6: reviewers of an agency see its own staff and its own disclosures, and nothing else', () => {
  it('the recipient’s reviewer sees a disclosure whole, the owner’s its own part, others nothing', () => {
    const body = given(1);
    expect(seenBy('riverton-council', body)).toEqual(body);
    const seen = seenBy('housing', body);
    expect(seen).toMatchObject({ requester: body.requester, purpose: 'ENGAGE', withheld: {} });
    expect(seen?.kind === 'question-disclosed' && seen.fields.map(({ field }) => field)).toEqual(['hou.phone']);
    expect(seen?.kind === 'question-disclosed' && seen.sources.map(({ source }) => source)).toEqual(['housing']);
    expect(seenBy('childrens', body)).toBeUndefined();
    expect(seenBy('westmarsh-council', body)).toBeUndefined();
  });

  it('the owner’s part tells of no other owner, in any byte of it', () => {
    const text = JSON.stringify(seenBy('housing', given(1)));
    for (const other of ['police', 'probation', 'health', 'childrens', 'pol.', 'pro.', 'hea.', 'protected-person'])
      expect(text).not.toContain(other);
  });

  it('that somebody asked is seen by the own agency alone, until something of another’s left', () => {
    expect(viewersOf(consulted(1))).toEqual(['riverton-council']);
    expect(viewersOf(disclosed(1))).toEqual(['riverton-council']);
    expect(viewersOf({ ...given(1), fields: given(1).fields.map((each) => ({ ...each, count: 0 })) })).toEqual([
      'riverton-council',
    ]);
  });

  it('who searched is seen by the agency that searched, not by the one that was looked at', () => {
    const search = { ...EVENTS['log-searched'], about: { agency: 'police' } };
    expect(viewersOf(search)).toEqual(['riverton-council']);
  });

  it('and everything by which an entry can be found stands in what the finder sees of it', () => {
    const row = indexRowOf(textOf(given(1), 7));
    const own = (viewer: string): string[] => row.facets.filter((each) => each.split('|')[1] === viewer);
    expect(own('housing')).toEqual(
      expect.arrayContaining([facet.field('housing', 'hou.phone'), facet.outcome('housing', 'found')]),
    );
    for (const viewer of ['housing', 'police', 'health', 'riverton-council', 'childrens']) {
      const seen = JSON.stringify(seenBy(viewer, given(1)) ?? {});
      const parts = own(viewer).filter((each) => /^[fw]\|/u.test(each));
      expect(parts.filter((each) => !seen.includes(each.split('|')[2] ?? ''))).toEqual([]);
    }
    expect(own('housing')).not.toContain(facet.field('housing', 'hea.phone'));
  });

  it('every kind of entry has its viewers, and an entry of an unknown kind is found by nothing', () => {
    for (const event of Object.values(EVENTS)) expect(viewersOf(event).length).toBeLessThanOrEqual(2);
    expect(indexRowOf(textOf({ kind: 'from-the-future', agency: 'police' }, 3)).facets).toEqual([]);
    expect(indexRowOf({ position: 4, canonical: 'no entry' })).toMatchObject({ position: 4, facets: [] });
  });
});

describe('what an officer asks', () => {
  it('every filter there is can be set, is named in the log, and always stands beside the viewer', () => {
    const filters = searchFiltersSchema.parse({
      kinds: ['question-disclosed'],
      staff: 'work',
      agency: 'riverton-council',
      role: 'dai.daiw',
      caseRef: 'DAPG-2026-0042',
      subject: 's'.repeat(43),
      purposes: ['ENGAGE', 'MARAC'],
      power: 'CDA1998-s115',
      fields: ['hou.phone'],
      outcomes: ['found'],
      decisions: ['disclosed'],
      policyVersion: 'v1.0.0',
      breakGlass: true,
      from: '2026-11-01T00:00:00.000Z',
      to: '2026-12-01T00:00:00.000Z',
      text: 'sister',
    });
    expect([...searchAsLogged(filters).filters].sort()).toEqual([...SEARCH_FILTERS].sort());
    const query = indexQueryOf('housing', filters, { staff: [], tokens: ['00'], limit: 10 });
    expect(query.all).toHaveLength(13);
    expect(query.all[0]).toBe('v|housing');
    for (const [name, value] of Object.entries(filters)) {
      const { all, anyOf } = indexQueryOf('housing', searchFiltersSchema.parse({ [name]: value }), { limit: 1 });
      expect({ name, viewer: [...all, ...anyOf.flat()].includes('v|housing') }).toEqual({ name, viewer: true });
    }
    expect(indexQueryOf('housing', {}, { limit: 10 })).toEqual({ all: [], anyOf: [['v|housing', 'v|*']], limit: 10 });
  });

  it('words that are none, and staff that nobody is, find nothing rather than everything', () => {
    expect(indexQueryOf('housing', { text: '--' }, { tokens: [], limit: 1 }).anyOf).toContainEqual([]);
    expect(indexQueryOf('housing', { staff: 'zz' }, { staff: [], limit: 1 }).anyOf).toContainEqual([]);
  });
});

describe('the index in PostgreSQL', () => {
  let database: FreshDatabase;
  let index: EntryIndex;
  const model = createMemoryEntryIndex();
  const ROWS = 700;
  /** Begins shortly before the end of a stretch, so that pages go over it. */
  const START = STRETCH - 300;
  const at = (n: number): string => new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3) * 60_000).toISOString();
  const rows: IndexRow[] = Array.from({ length: ROWS }, (_, n) => ({
    position: START + n,
    recordedAt: at(n),
    facets: ['v|*', `k|${n % 3}`, `p|${n % 7}`, `c|${n % 101}`, ...(n === 13 ? ['u|once'] : [])],
    staff: { agency: n % 2 === 0 ? 'police' : 'housing', staffId: `a.worker-${n % 5}` },
  }));

  beforeAll(async () => {
    database = await freshDatabase();
    const owner = await connectTo(database.ownerUrl);
    await owner.query('update holdfast.review_index set next = $1', [START]);
    await owner.end();
    // Few, so that pages go on through the index over facets.
    index = createPostgresEntryIndex({ url: database.url, readThrough: 40 });
    for (let turn = 0; turn < 3; turn += 1) {
      const done = await index.advance((from, limit) =>
        Promise.resolve(rows.filter(({ position }) => position >= from).slice(0, limit)),
      );
      expect(done).toMatchObject({ ok: true, value: { state: 'at' } });
    }
    await model.advance(() => Promise.resolve(rows));
  });
  afterAll(async () => {
    await index.close();
    await index.close();
    await database.drop();
  });

  it('says up to where it goes', async () => {
    expect(await index.next()).toEqual({ ok: true, value: START + ROWS });
  });

  it('finds for any combination what the plain meaning finds, page by page', async () => {
    const facetArbitrary = fc.oneof(
      fc.integer({ min: 0, max: 3 }).map((n) => `k|${n}`),
      fc.integer({ min: 0, max: 7 }).map((n) => `p|${n}`),
      fc.integer({ min: 0, max: 101 }).map((n) => `c|${n}`),
      fc.constantFrom('v|*', 'u|once', 'u|never'),
    );
    const moment = fc.integer({ min: 0, max: ROWS }).map(at);
    const query = fc.record(
      {
        all: fc.array(facetArbitrary, { maxLength: 3 }),
        anyOf: fc.array(fc.array(facetArbitrary, { maxLength: 3 }), { maxLength: 2 }),
        from: moment,
        to: moment,
        before: fc.integer({ min: START, max: START + ROWS }),
        limit: fc.integer({ min: 1, max: 60 }),
      },
      { requiredKeys: ['all', 'anyOf', 'limit'] },
    );
    await fc.assert(
      fc.asyncProperty(query, async (each: IndexQuery) => {
        expect(await index.search(each)).toEqual(await model.search(each));
      }),
      { seed: 20_26, numRuns: 150 },
    );
  });

  it('adds nothing where what is read has a gap or cannot be read, and only one follower adds at a time', async () => {
    const gap = await index.advance((from) => Promise.resolve([{ position: from + 1, recordedAt: at(0), facets: [] }]));
    expect(gap).toEqual({ ok: false, error: 'index-unavailable' });
    expect(await index.advance(() => Promise.resolve(undefined))).toEqual({ ok: false, error: 'index-unavailable' });
    const second = createPostgresEntryIndex({ url: database.url });
    const first = await index.advance(async () => {
      expect(await second.advance(() => Promise.resolve([]))).toEqual({ ok: true, value: { state: 'busy' } });
      return [];
    });
    expect(first).toEqual({ ok: true, value: { state: 'at', next: START + ROWS } });
    await second.close();
  });

  it('finds staff by part of an id', async () => {
    const found = await index.staffWithId('worker-3', 10);
    expect(found.ok && found.value.map(({ staffId }) => staffId)).toEqual(['a.worker-3', 'a.worker-3']);
    expect(await index.staffWithId('%', 10)).toEqual({ ok: true, value: [] });
  });

  it('can be emptied and built again', async () => {
    expect(await index.empty()).toEqual({ ok: true, value: true });
    expect(await index.next()).toEqual({ ok: true, value: 0 });
    expect(await index.search({ all: [], anyOf: [], limit: 5 })).toEqual({
      ok: true,
      value: { positions: [], more: false },
    });
  });
});

describe('P1: every search is an entry before its results leave', () => {
  const officer: Searcher = {
    actor: { agency: 'riverton-council', staffId: 'ig.officer', role: 'ig.reviewer' },
    viewer: 'riverton-council',
    ground: 'lawfulness',
    matter: 'IGREV-2026-0007',
  };
  let log: MemoryAccessLog;
  let index: MemoryEntryIndex;
  let store: MemoryReasonStore;
  let deps: SearchDeps;

  beforeAll(async () => {
    log = createMemoryAccessLog();
    index = createMemoryEntryIndex((positions) => positions.flatMap((position) => log.entries[position] ?? []));
    store = createMemoryReasonStore();
    deps = {
      log,
      index,
      reasons: memoryReasons(store),
      staffNamed: (contains) =>
        Promise.resolve(
          ok('Ada Worker'.includes(contains) ? [{ agency: 'riverton-council', staffId: 'a.worker' }] : []),
        ),
      now: () => new Date('2026-11-20T10:00:00.000Z'),
    };
    for (const n of [1, 2, 3]) {
      const entry = consulted(n);
      const words = await deps.reasons.seal({
        ...{ id: entry.questionId, what: 'reason', agency: 'riverton-council', scope: entry.caseRef },
        text: n === 2 ? 'His sister rang' : 'First call',
      });
      if (words.ok) await words.value.keep();
      await log.append(entry);
      await log.append(given(n));
    }
  });

  const search = (filters: Parameters<typeof searchEntries>[2]['filters'], words = false, who = officer) =>
    searchEntries(deps, who, { filters, words, limit: 50 });

  it('finds by words of the reason, gives the words only when asked, and says so in the log', async () => {
    const found = await search({ text: 'SISTER' }, true);
    if (!found.ok) throw new Error(found.error);
    expect(found.value.entries.map(({ words }) => words)).toEqual(['His sister rang']);
    const without = await search({ text: 'sister' });
    expect(without.ok && without.value.entries.map(({ words }) => words)).toEqual([undefined]);
    const last = log.bodies().slice(-2);
    expect(last.map((body) => body.kind === 'log-searched' && [body.view, body.found, body.filters])).toEqual([
      ['reasons', 1, ['text']],
      ['entries', 1, ['text']],
    ]);
    expect(JSON.stringify(last)).not.toMatch(/sister/iu);
  });

  it('another agency’s reviewer cannot find by words that the asker’s agency wrote', async () => {
    const housing = { ...officer, viewer: 'housing', actor: { agency: 'housing', staffId: 'h.officer' } };
    const found = await search({ text: 'sister' }, true, housing);
    expect(found.ok && found.value.entries).toEqual([]);
    const all = await search({}, true, housing);
    expect(all.ok && all.value.entries.map(({ words }) => words)).toEqual([undefined, undefined, undefined]);
  });

  it('finds staff by part of a name or id', async () => {
    for (const staff of ['Ada Wor', 'a.wor', 'A.WORKER']) {
      const found = await search({ staff, kinds: ['question-consulted'] });
      expect({ staff, found: found.ok && found.value.entries.length }).toEqual({ staff, found: 3 });
    }
    const nobody = await search({ staff: 'zz' });
    expect(nobody.ok && nobody.value.entries).toEqual([]);
  });

  it('gives nothing where the log does not take the entry, and nothing where index or words are away', async () => {
    log.failWith('log-unavailable');
    expect(await search({})).toEqual({ ok: false, error: 'log-unavailable' });
    log.failWith(undefined);
    index.failing(true);
    expect(await search({})).toEqual({ ok: false, error: 'index-unavailable' });
    index.failing(false);
    store.failing(true);
    expect(await search({}, true)).toMatchObject({ ok: false });
    store.failing(false);
  });

  it('pages through everything once, newest first', async () => {
    const seen: number[] = [];
    let before: number | undefined;
    for (let page = 0; page < 20; page += 1) {
      const found = await searchEntries(deps, officer, {
        filters: { to: new Date(Date.now() + 60_000).toISOString(), kinds: ['question-disclosed'] },
        limit: 2,
        ...(before === undefined ? {} : { before }),
      });
      if (!found.ok) throw new Error(found.error);
      seen.push(...found.value.entries.map(({ position }) => position));
      before = found.value.next;
      if (before === undefined) break;
    }
    expect(seen).toEqual([5, 3, 1]);
  });
});
