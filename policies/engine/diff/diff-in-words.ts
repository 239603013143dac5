import type { PolicyBundle } from '../bundle.ts';
import { levelNumber } from '../assemble.ts';
import { groupInWords, levelInWords } from '../explain/state-in-words.ts';
import type { Change, OtherChange, PolicyDiff } from './diff-bundles.ts';
import type { Restatement } from './restatements.ts';

/**
 * A difference as lines of text, grouped: one entry for those of a group who gain or lose alike. The same difference
 * always gives the same text, so that a text which somebody acknowledged can be compared with what is so now.
 */
export function diffInWords(diff: PolicyDiff, now: PolicyBundle): readonly string[] {
  const { gains, losses, others, restatements, from, to } = diff;
  if (from === to) return [`Nothing changed. Both are version ${from}.`];
  const lines = [`From version ${from}`, `to version   ${to}`];
  if (diff.sameDecisions) {
    lines.push(
      `No decision differs: all ${diff.diagrams.toLocaleString('en-GB')} diagrams are the same, over ${diff.cellsOfEach.toLocaleString('en-GB')} cells each.`,
    );
  }
  lines.push(
    ...section(
      'WHO GAINS WHAT',
      groupedBy(gains, likeness).flatMap((group) => changeLines(group, now)),
    ),
  );
  lines.push(
    ...section(
      'WHO LOSES WHAT',
      groupedBy(losses, likeness).flatMap((group) => changeLines(group, now)),
    ),
  );
  const apart = groupedBy(others, (other) => [placeKey(other), other.level, other.aspects]);
  lines.push(
    ...section(
      'AS MUCH AS BEFORE, BUT OTHERWISE',
      apart.flatMap((group) => otherLines(group, now)),
    ),
  );
  lines.push(...section('WHAT THE FILES SAY OTHERWISE', restatements.map(restatementInWords)));
  return lines;
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];

const placeKey = ({ requesterGroup, purpose, owner, class: of }: Change | OtherChange) =>
  [requesterGroup, purpose, owner, of] as const;
const likeness = (change: Change) => [placeKey(change), change.from, change.to];

/** Entries that are alike, together, in the order of what makes them so. */
function groupedBy<T>(all: readonly T[], key: (each: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const name = JSON.stringify(key(each));
    groups.set(name, [...(groups.get(name) ?? []), each]);
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, group]) => group);
}

function whoAndWhat(group: readonly (Change | OtherChange)[], now: PolicyBundle): { who: string; what: string } {
  const named = (words: readonly string[]) => [...new Set(words)].sort().join(', ');
  const roles = named(group.map(({ role }) => now.roles.get(role)?.label ?? role));
  const fields = named(group.map(({ field }) => now.fields.get(field)?.label ?? field));
  const [first] = group;
  if (first === undefined) return { who: '', what: '' };
  const label = now.purposes.get(first.purpose)?.label ?? 'a purpose that there is no more';
  return {
    who: `${roles} (${groupInWords(first.requesterGroup)})`,
    what: `of ${groupInWords(first.owner)}: ${fields} (purpose ${first.purpose}: ${label})`,
  };
}

const countOf = (group: readonly { readonly cells: bigint }[]): string =>
  group.reduce((sum, { cells }) => sum + cells, 0n).toLocaleString('en-GB');

function changeLines(group: readonly Change[], now: PolicyBundle): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { who, what } = whoAndWhat(group, now);
  const more = levelNumber(first.to) > levelNumber(first.from);
  const sees = more ? `can now see ${levelInWords(first.to)}` : `can now see only ${levelInWords(first.to)}`;
  return [
    `${who} ${!more && first.to === 'deny' ? 'can no longer see anything' : sees} ${what}`,
    `  before: ${levelInWords(first.from)}; in ${countOf(group)} states of case, system, day and match`,
    `  ${first.example}`,
  ];
}

function otherLines(group: readonly OtherChange[], now: PolicyBundle): readonly string[] {
  const [first] = group;
  if (first === undefined) return [];
  const { who, what } = whoAndWhat(group, now);
  return [
    `${who} see ${levelInWords(first.level)} ${what}`,
    `  with other ${first.aspects.join(', ')}; in ${countOf(group)} states`,
  ];
}

function restatementInWords({ kind, id, change, keys }: Restatement): string {
  const said = keys.filter((key) => key !== '');
  return `${kind} ${id} ${change}${said.length === 0 ? '' : `: ${said.join(', ')}`}`;
}
