import { describe, expect, it } from '@jest/globals';
import { readReplayWords, replayLog, versionsIn } from '../../gateway/cli/policy-replay.ts';
import { replayableOf } from '../../gateway/cli/replay-entry.ts';
import { entryHashOf, entryLeaves } from '../../gateway/audit/leaves.ts';
import type { StoredEntry } from '../../gateway/ports/access-log.ts';
import { seenBy } from '../../gateway/review/seen-by.ts';
import { decide } from '../../policies/engine/index.ts';
import { replayQuestion, startTally, type Differing } from '../../policies/engine/replay/replay.ts';
import type { PolicyRequest } from '../../schemas/decision.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import { questionsOf, recordOf } from '../bench/policy/questions.ts';
import { disclosed } from '../log-entries.ts';
import { createMemoryAccessLog } from '../memory-access-log.ts';
import { randomOf } from '../population/random.ts';
import { mustLoad, shippedFiles } from '../promises/policy-shipped.ts';

const bundle = mustLoad(shippedFiles());
const proposed = mustLoad(
  shippedFiles().map(({ path, text }) => ({
    path,
    text:
      path === 'marac.yaml' ? text.replace(/level: full/u, 'level: summary') : text.replace('mappa: 720', 'mappa: 700'),
  })),
);
const FIELDS = recordOf(bundle).map(({ field }) => field);

/** An entry as the pipeline writes it for a question, about nobody. */
function entryOf(request: PolicyRequest, nth: number): Extract<LogEntryBody, { kind: 'question-disclosed' }> {
  const { at, requester, purpose, facts, canFulfil } = request;
  const wanted = FIELDS.slice((nth % 5) * 8, (nth % 5) * 8 + 8);
  const certain = { ...request, confidence: 'certain' as const };
  const fields = decide(bundle, certain, wanted).map(({ because: _because, ...decision }) => ({
    ...decision,
    count: 0,
  }));
  const entry = disclosed(nth);
  return {
    ...entry,
    ...{ at, purpose, policyVersion: bundle.version },
    requester: { ...entry.requester, agency: requester.agency, role: requester.role },
    fields: fields.map((field) => structuredClone(field)),
    decidedOn: { at, group: requester.group, facts, canFulfil },
  };
}
const ENTRIES = questionsOf(bundle, randomOf(11), 1_500).map(entryOf);

async function logOf(entries: readonly LogEntryBody[]) {
  const log = createMemoryAccessLog();
  for (const entry of entries) {
    const receipt = await log.append(entry);
    if (!receipt.ok) throw new Error(receipt.error);
  }
  return log;
}
const bundleOf = versionsIn(bundle, []);
const now = () => new Date('2027-01-15T10:00:00.000Z');

function stored(body: LogEntryBody, position = 0): StoredEntry {
  const prepared = entryLeaves.prepare(body);
  if (!prepared.ok) throw new Error('no entry');
  return entryLeaves.place(prepared.value, { position, recordedAt: '2027-01-15T10:00:00.000Z' });
}

function differingIn(body: LogEntryBody): readonly Differing[] {
  const question = replayableOf(stored(body));
  if (question === undefined || typeof question === 'string') throw new Error('not replayable');
  const found: Differing[] = [];
  replayQuestion({ bundleOf, differs: (differing) => found.push(differing) }, question, 0, startTally());
  return found;
}

describe('replay under the version of the time', () => {
  it('comes out as recorded, every decision, and is itself an entry under IGREV', async () => {
    const log = await logOf(ENTRIES);
    const told: string[] = [];
    const replayed = await replayLog({ log, bundleOf, list: true, print: (line) => told.push(line), now });
    expect(replayed).toEqual({ ok: true, value: true });
    expect(told).toEqual([
      '12,000 decisions of 1,500 answers were taken again, from 1,500 entries.',
      'Under their own version all came out as they are recorded.',
    ]);
    expect(log.bodies().at(-1)).toMatchObject({
      kind: 'log-replayed',
      purpose: 'IGREV',
      replayed: 12_000,
      differing: 0,
    });
  });

  it('P1: says nothing where that it was done cannot be recorded', async () => {
    const log = await logOf(ENTRIES.slice(0, 3));
    log.failWith('log-unavailable');
    const told: string[] = [];
    const readable = { read: log.read.bind(log), append: log.append.bind(log) };
    const replayed = await replayLog({ log: readable, bundleOf, list: true, print: (line) => told.push(line), now });
    expect([replayed.ok, told]).toEqual([false, []]);
  });

  it('P10: a fact that was altered is caught by its entry’s hash', () => {
    const [first] = ENTRIES;
    if (first === undefined) throw new Error('no entry');
    const good = stored(first);
    const canonical = good.canonical.replace(/"canFulfil":\[/u, '"canFulfil":["undertaking",');
    expect(replayableOf({ ...good, canonical })).toBe('altered');
    expect(replayableOf({ ...good, canonical, entryHash: entryHashOf(canonical) })).not.toBe('altered');
  });

  it('P10: and where somebody made the hash anew, by the decisions that do not follow from it', () => {
    let caught = 0;
    let tried = 0;
    for (const entry of ENTRIES.filter(
      ({ purpose, fields }) => purpose === 'ENGAGE' && fields.some(({ level }) => level !== 'deny'),
    )) {
      const { decidedOn } = entry;
      if (decidedOn === undefined) continue;
      const facts = { ...decidedOn.facts, facts: { ...decidedOn.facts.facts, category: 'closed' as const } };
      tried += 1;
      if (differingIn({ ...entry, decidedOn: { ...decidedOn, facts } }).length > 0) caught += 1;
    }
    expect(tried).toBeGreaterThan(5);
    expect(caught).toBe(tried);
  });

  it('a decision, a rule or an obligation that was altered comes out otherwise', () => {
    const entry = ENTRIES.find(({ fields }) => fields[0]?.level !== 'deny');
    const [first, ...others] = entry?.fields ?? [];
    if (entry === undefined || first === undefined) throw new Error('no entry');
    for (const altered of [
      { ...first, level: 'deny' as const },
      { ...first, grants: ['another-rule'] },
      { ...first, powers: ['VITAL', ...first.powers] },
      { ...first, obligations: { ...first.obligations, retainMonths: 999 } },
    ])
      expect(differingIn({ ...entry, fields: [altered, ...others] })).toHaveLength(1);
  });

  it('a field denied when the agencies were asked stays denied on facts that came later', () => {
    const entry = ENTRIES.find(
      ({ purpose, fields }) => purpose === 'ENGAGE' && fields.some(({ level }) => level !== 'deny'),
    );
    if (entry?.decidedOn === undefined) throw new Error('no entry');
    const planned = {
      facts: { ...entry.decidedOn.facts, facts: { ...entry.decidedOn.facts.facts, category: 'closed' as const } },
    };
    const question = replayableOf(stored({ ...entry, decidedOn: { ...entry.decidedOn, planned } }));
    if (question === undefined || typeof question === 'string') throw new Error('not replayable');
    const again: Differing[] = [];
    replayQuestion({ bundleOf, differs: (differing) => again.push(differing) }, question, 0, startTally());
    expect(again.length).toBeGreaterThan(0);
    expect(again.every((differing) => differing.again === 'deny')).toBe(true);
  });

  it('says of what was not taken again why not', async () => {
    const { decidedOn: _none, ...before } = ENTRIES[0] ?? disclosed(0);
    const log = await logOf([before, { ...disclosed(1), policyVersion: 'v0.9.0', decidedOn: ENTRIES[0]?.decidedOn }]);
    const told: string[] = [];
    const replayed = await replayLog({ log, bundleOf, list: false, print: (line) => told.push(line), now });
    expect(replayed).toEqual({ ok: true, value: false });
    expect(told.join('\n')).toMatch(/version v0\.9\.0 is not in the folder[\s\S]*before facts were recorded/u);
  });
});

describe('replay under a proposed version', () => {
  it('counts what would now be refused, allowed, less and more, and lists each by its entry', async () => {
    const log = await logOf(ENTRIES);
    const told: string[] = [];
    await replayLog({ log, bundleOf, proposed, list: true, print: (line) => told.push(line), now });
    const lowered = told.filter((line) =>
      /^entry \d+: [a-z.0-9_]+, full recorded; would now be less: summary$/u.test(line),
    );
    expect(lowered.length).toBeGreaterThan(0);
    expect(told.at(-1)).toContain(
      `Under the proposed version 0 of 12,000 would now be refused, 0 newly allowed, ${lowered.length} would show less`,
    );
    expect(log.bodies().at(-1)).toMatchObject({
      proposed: { policyVersion: proposed.version, lowered: lowered.length },
    });
  });
});

describe('what a decision was taken on', () => {
  it('P8: holds codes and moments, and no reviewer of any agency is shown it', () => {
    for (const entry of ENTRIES.slice(0, 200)) {
      expect(seenBy(entry.requester.agency, entry)).not.toHaveProperty('decidedOn');
      expect(seenBy('police', entry) ?? {}).not.toHaveProperty('decidedOn');
    }
  });

  it('the command needs a log and a bundle', () => {
    expect(readReplayWords(['--url', 'a', '--bundle', 'b', '--list'])).toEqual({ url: 'a', bundle: 'b', list: true });
    expect(readReplayWords(['--url', 'a'])).toBeUndefined();
  });
});
