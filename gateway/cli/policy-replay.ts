import { parseArgs } from 'node:util';
import type { PolicyBundle } from '../../policies/engine/index.ts';
import {
  replayQuestion,
  startTally,
  type Otherwise,
  type ReplayTally,
  type Replaying,
} from '../../policies/engine/replay/replay.ts';
import { bundleOf } from '../../policies/engine/sign/verify-bundle.ts';
import { readSignedBundle } from '../../policies/engine/sign/bundle-form.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { AccessLog } from '../ports/access-log.ts';
import { replayableOf } from './replay-entry.ts';

/**
 * `holdfast policy replay`: past decisions taken again. Logs of law-enforcement processing may be used for few purposes
 * (DPA 2018 s.62(4)), so a replay is review of lawfulness, under IGREV, and is itself an entry.
 */

export const POLICY_REPLAY_USAGE = 'holdfast policy replay --url FILE --bundle FOLDER [--proposed FOLDER] [--list]';

export interface ReplayWords {
  readonly url: string;
  readonly bundle: string;
  readonly proposed?: string;
  readonly list: boolean;
}

/** Reads the words of the command; undefined where they are not of its form. */
export function readReplayWords(words: readonly string[]): ReplayWords | undefined {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { url: text, bundle: text, proposed: text, list: { type: 'boolean' } },
    strict: true,
  });
  const { url, bundle, proposed, list = false } = values;
  if (url === undefined || bundle === undefined) return undefined;
  return { url, bundle, list, ...(proposed === undefined ? {} : { proposed }) };
}

/** All versions that a folder knows: what it holds now, and every bundle that was signed there. */
export function versionsIn(now: PolicyBundle, signedTexts: readonly string[]): Replaying['bundleOf'] {
  const known = new Map<string, PolicyBundle>([[now.version, now]]);
  const statements = new Map(
    signedTexts.flatMap((text) => {
      const read = readSignedBundle(text);
      return read.ok ? [[read.value.statement.version, read.value.statement] as const] : [];
    }),
  );
  return (version) => {
    const before = known.get(version);
    const statement = statements.get(version);
    if (before !== undefined || statement === undefined) return before;
    const bundle = bundleOf(statement);
    if (bundle !== undefined) known.set(version, bundle);
    return bundle;
  };
}

export interface ReplayDeps {
  readonly log: Pick<AccessLog, 'read' | 'append'>;
  readonly bundleOf: Replaying['bundleOf'];
  readonly proposed?: PolicyBundle;
  /** Whether each decision that came or would come out otherwise is told, and not only how many. */
  readonly list: boolean;
  readonly print: (line: string) => void;
  readonly now: () => Date;
}

/** A replay as it was counted: what it says, and how many entries it read. */
export interface Replayed {
  readonly tally: ReplayTally;
  readonly entries: number;
  /** Positions of entries whose text is not what was hashed. */
  readonly altered: readonly number[];
}

const PAGE = 10_000;
const LISTED_MAX = 100_000;

/** Replays a whole log and tells what came of it, once that it was done is recorded. True where all came out alike. */
export async function replayLog(deps: ReplayDeps): Promise<Result<boolean, string>> {
  const lines: string[] = [];
  const replayed = await readAndReplay(deps, lines);
  if (!replayed.ok) return replayed;
  const recorded = await deps.log.append(entryOf(deps, replayed.value));
  if (!recorded.ok) return err('The replay could not be recorded in the access log, so it is not shown.');
  for (const line of [...lines, ...sayReplayed(replayed.value, deps.proposed !== undefined)]) deps.print(line);
  const { tally, altered } = replayed.value;
  return ok(tally.differing === 0 && altered.length === 0 && tally.unknownVersions.size === 0);
}

async function readAndReplay(
  { log, bundleOf: of, proposed, list }: ReplayDeps,
  lines: string[],
): Promise<Result<Replayed, string>> {
  const tally = startTally();
  const altered: number[] = [];
  const replaying: Replaying = {
    bundleOf: of,
    ...(proposed === undefined ? {} : { proposed }),
    differs: ({ position, field, recorded, again }, how) => {
      if (!list || lines.length >= LISTED_MAX) return;
      lines.push(`entry ${position}: ${field}, ${recorded} ${HOW[how]} ${again}`);
    },
  };
  for (let entries = 0; ;) {
    const page = await log.read(entries, PAGE);
    if (!page.ok) return err('The access log cannot be read.');
    if (page.value.length === 0) return ok({ tally, entries, altered });
    for (const stored of page.value) {
      const question = replayableOf(stored);
      if (question === 'altered') altered.push(stored.position);
      else if (question === 'without-facts') tally.withoutFacts += 1;
      else if (question !== undefined) replayQuestion(replaying, question, stored.position, tally);
    }
    entries += page.value.length;
  }
}

const HOW: Readonly<Record<Otherwise | 'own', string>> = {
  own: 'recorded, and under the same version now',
  refused: 'recorded; would now be refused:',
  allowed: 'recorded; would now be allowed:',
  lowered: 'recorded; would now be less:',
  raised: 'recorded; would now be more:',
};

function entryOf({ proposed, now }: ReplayDeps, { tally, entries }: Replayed) {
  return {
    kind: 'log-replayed' as const,
    v: 1 as const,
    at: now().toISOString(),
    operations: ['consultation'] satisfies ['consultation'],
    actor: 'operator' as const,
    purpose: 'IGREV',
    ground: 'lawfulness' as const,
    ...{ entries, replayed: tally.decisions, differing: tally.differing },
    ...(proposed === undefined ? {} : { proposed: { policyVersion: proposed.version, ...tally.otherwise } }),
  };
}

const many = (count: number): string => count.toLocaleString('en-GB');

/** What came of a replay, in sentences. */
export function sayReplayed({ tally, entries, altered }: Replayed, proposed: boolean): readonly string[] {
  const { questions, decisions, differing, withoutFacts, unknownVersions, otherwise } = tally;
  const said = [
    `${many(decisions)} decisions of ${many(questions)} answers were taken again, from ${many(entries)} entries.`,
    differing === 0
      ? 'Under their own version all came out as they are recorded.'
      : `${many(differing)} came out otherwise under their own version: the log or the engine is wrong.`,
    ...altered.map((position) => `Entry ${position} is not what was recorded: somebody altered it.`),
    ...[...unknownVersions].map(
      ([version, count]) => `${many(count)} answers were not taken again: version ${version} is not in the folder.`,
    ),
    ...(withoutFacts === 0 ? [] : [`${many(withoutFacts)} answers are from before facts were recorded.`]),
  ];
  if (!proposed) return said;
  const { refused, allowed, lowered, raised } = otherwise;
  return [
    ...said,
    `Under the proposed version ${many(refused)} of ${many(decisions)} would now be refused, ${many(allowed)} newly ` +
      `allowed, ${many(lowered)} would show less and ${many(raised)} more.`,
  ];
}
