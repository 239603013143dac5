import type { Level } from '../../../schemas/level.ts';
import { FOLLOWED_DAYS } from '../../review/break-glass/read-what-followed.ts';
import type { AllocatedThen } from '../../review/break-glass/allocation-then.ts';
import type { Glass, WhatFollowed } from '../../review/break-glass/what-followed.ts';
import { OUTCOME_WORDS } from '../attempts/outcome-words.ts';
import { sayDate } from '../layout/say-date.ts';
import type { PageDeps } from '../page-deps.ts';
import type { ReviewGround } from './review-ground.ts';
import { sayLength } from './review-words.ts';

/**
 * What a privacy officer looks up by hand before she decides, found for her, as a question and its answer. Fields by
 * their names and moments only: nothing that was given is on her page.
 */

export interface Check {
  readonly key: string;
  readonly lines: readonly string[];
}

const LINES_MAX = 20;

export function checksOf(
  deps: PageDeps,
  { tie }: Pick<ReviewGround, 'tie'>,
  followed: WhatFollowed,
  nameOf: (staffId: string) => string,
): readonly Check[] {
  const { glass, attempts, disclosures } = followed;
  const { bundle } = deps.disclosure;
  const left = glass.left.map(({ source, fields }) => {
    const named = fields.map(
      ({ field, level }) => `${bundle.fields.get(field)?.label ?? field} (${LEVEL_WORDS[level]})`,
    );
    return `${deps.nameOfAgency(source)}: ${named.join(', ')}`;
  });
  const whatLeft = { key: 'What left, by name of field', lines: left.length === 0 ? ['Nothing'] : left };
  // An owner's officers see what left of their own; case, declaration and attempts are the opener's agency's.
  if (glass.openedAt === undefined) return [whatLeft];
  return [
    { key: 'Was the case allocated to this member of staff then?', lines: allocatedLines(tie) },
    { key: 'Was this member of staff on its team?', lines: teamLines(tie) },
    { key: 'How long was it open?', lines: openLines(glass, deps.now()) },
    { key: 'How often were agencies asked?', lines: [glass.answers === 1 ? 'Once' : `${glass.answers} times`] },
    whatLeft,
    {
      key: `Did an attempt follow within ${FOLLOWED_DAYS} days?`,
      lines: someOf(attempts, ({ at, staffId, outcome }) => {
        const came = outcome === undefined ? '' : `: ${OUTCOME_WORDS[outcome].short}`;
        return `${sayDate(at)}, ${nameOf(staffId)}${came}`;
      }),
    },
    {
      key: `Was something else asked about the case within ${FOLLOWED_DAYS} days?`,
      lines: someOf(
        disclosures,
        ({ at, staffId, purpose }) =>
          `${sayDate(at)}, ${nameOf(staffId)}: ${bundle.purposes.get(purpose)?.label ?? purpose}`,
      ),
    },
  ];
}

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  deny: 'not given',
  exists: 'only that it is held',
  summary: 'in summary',
  partial: 'in part',
  full: 'in full',
};

const NOT_KNOWN = 'The case is no longer in the register';
const NOT_LED = 'Your agency does not lead this case now, so the register does not say';

const ALLOCATED_WORDS: Readonly<Record<AllocatedThen, string>> = {
  allocated: 'Yes',
  'not-allocated': 'No',
  'allocated-now': 'It is now; the register does not have since when',
  'not-recorded': 'The register does not have who had it then',
};

function allocatedLines(tie: ReviewGround['tie']): readonly string[] {
  if (typeof tie === 'object') return [ALLOCATED_WORDS[tie.allocated]];
  return [tie === 'not-led' ? NOT_LED : NOT_KNOWN];
}

function teamLines(tie: ReviewGround['tie']): readonly string[] {
  if (typeof tie !== 'object') return [tie === 'not-led' ? NOT_LED : NOT_KNOWN];
  return [`${tie.onTeamNow ? 'Yes' : 'No'}, as the team is now; the register does not keep who was on it before`];
}

const ENDED_WORDS: Readonly<Record<NonNullable<Glass['endedBecause']>, string>> = {
  expired: 'it lapsed',
  'ended-by-opener': 'whoever opened it ended it',
  'ended-by-reviewer': 'a reviewer ended it',
  'case-closed': 'the case was closed',
};

function openLines({ openedAt = '', until = '', endedBecause }: Glass, now: Date): readonly string[] {
  const length = sayLength(Date.parse(until) - Date.parse(openedAt));
  const span = `from ${sayDate(openedAt)} to ${sayDate(until)}`;
  if (endedBecause === undefined && until > now.toISOString())
    return [`It is still open, until ${sayDate(until)} at the latest. It was opened on ${sayDate(openedAt)}`];
  return [`${length}, ${span}: ${ENDED_WORDS[endedBecause ?? 'expired']}`];
}

function someOf<T>(all: readonly T[], say: (each: T) => string): readonly string[] {
  if (all.length === 0) return ['No'];
  const lines = all.slice(0, LINES_MAX).map(say);
  return all.length > LINES_MAX ? [...lines, `and ${all.length - LINES_MAX} more`] : lines;
}
