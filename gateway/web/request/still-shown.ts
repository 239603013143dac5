import { createHash } from 'node:crypto';
import { mayClaim } from '../../../policies/engine/index.ts';
import type { Disclosure } from '../../../schemas/answer.ts';
import type { Case, Category } from '../../../schemas/case.ts';
import { LEVELS, type Level } from '../../../schemas/level.ts';
import type { FieldId } from '../../../schemas/names.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { Agency } from '../../../schemas/case.ts';
import { policyRequestOf } from '../../disclosure/admit.ts';
import { isClosedSince } from '../../disclosure/close-elsewhere.ts';
import type { DisclosureDeps } from '../../disclosure/disclose.ts';
import { engineFor } from '../../disclosure/shadow.ts';
import { isOnTeam } from '../cases/case-page.ts';
import { CATEGORY_WORDS, CONTACT_STOPPED, isContactStopped } from '../cases/category-words.ts';
import { CONTACT_PURPOSE } from '../../disclosure/question.ts';
import { askedFor, callerFor } from './claimable.ts';
import type { Kept } from './kept.ts';

/**
 * Whether a kept answer may be shown once more, by the case and the agreements as they are now. The attacker is time:
 * victim services set a block while the number stands on a screen, and a reload must not show it again.
 */

/** How the case stands as far as it decides whether a contact point may be used: digests, to be compared only. */
export function standingOf(kase: Case): Kept['standing'] {
  const { safetyBlocks = [], attempts = [], protectedContacts, exclusionZones = [], category, judgements = [] } = kase;
  const answered = attempts.filter(({ outcome }) => outcome === 'victim-answered-or-may-have');
  return {
    category,
    safety: digest([safetyBlocks, exclusionZones, answered.map(({ sealedContact }) => sealedContact), judgements]),
    protected: digest(protectedContacts),
  };
}

const digest = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/**
 * As `whyHidden`, and whether another case has closed one of the contact points since. The register that does not answer
 * is told apart: then nothing is shown.
 */
export async function whyHiddenNow(
  deps: DisclosureDeps,
  kept: Kept,
  now: Parameters<typeof whyHidden>[2],
): Promise<Result<Hidden | undefined, 'register-unavailable'>> {
  const hidden = whyHidden(deps, kept, now);
  if (hidden !== undefined) return ok(hidden);
  const closed = await isClosedSince(deps.cases, kept.closable);
  if (!closed.ok) return closed;
  return ok(closed.value ? 'case-changed' : undefined);
}

export type Hidden =
  | 'case-on-monitor'
  | 'case-on-hold'
  | 'case-closed'
  | 'case-undecided'
  | 'contact-stopped'
  | 'case-changed'
  | 'off-the-team'
  | 'purpose-over';

/** Why nothing of it is shown any more; undefined where it still stands. */
export function whyHidden(
  deps: DisclosureDeps,
  { disclosure, role, standing }: Kept,
  now: { readonly kase: Case; readonly agency: Agency; readonly staffId: string; readonly at: Date },
): Hidden | undefined {
  const { kase, agency, staffId, at } = now;
  const current = standingOf(kase);
  if (current.category !== standing.category && kase.category !== 'contact') return HIDDEN_BY_CATEGORY[kase.category];
  if (isContactStopped(kase) && current.safety !== standing.safety) return 'contact-stopped';
  if (current.safety !== standing.safety || current.protected !== standing.protected) return 'case-changed';
  const { purpose, questionId } = disclosure;
  if (purpose === CONTACT_PURPOSE && !isOnTeam(kase, staffId)) return 'off-the-team';
  const asked = askedFor(kase, { purpose, role, staffId }, at);
  const { bundle } = deps;
  const request = policyRequestOf(bundle, { caller: callerFor(agency, asked), asked, now: at }, kase);
  if (!mayClaim(bundle, request).ok) return 'purpose-over';
  const decided = engineFor(deps, questionId)(bundle, { ...request, confidence: 'certain' }, 'all');
  const levels = new Map(decided.map(({ field, level }) => [field, level]));
  return shownLevels(disclosure).every(({ fields, level }) => isWithin(level, fields, levels))
    ? undefined
    : 'case-changed';
}

const HIDDEN_BY_CATEGORY: Readonly<Record<Exclude<Category, 'contact'>, Hidden>> = {
  monitor: 'case-on-monitor',
  hold: 'case-on-hold',
  closed: 'case-closed',
  none: 'case-undecided',
};

/**
 * The one sentence that stands in the answer's place. A block on one contact point, a newly protected person and a changed
 * agreement read alike: that anybody is protected is not for a worker to learn.
 */
export const HIDDEN_SENTENCES: Readonly<Record<Hidden, string>> = {
  'case-on-monitor': CATEGORY_WORDS.monitor.stop ?? '',
  'case-on-hold': CATEGORY_WORDS.hold.stop ?? '',
  'case-closed': CATEGORY_WORDS.closed.stop ?? '',
  'case-undecided': CATEGORY_WORDS.none.stop ?? '',
  'contact-stopped': CONTACT_STOPPED,
  'case-changed': 'This case has changed since you asked. Do not use what you were shown before: ask again.',
  'off-the-team': 'You are no longer on this case’s team, so the answer is not shown.',
  'purpose-over': 'The case does not support this purpose any more, so the answer is not shown.',
};

interface Shown {
  /** The fields of which any may carry the level. */
  readonly fields: readonly FieldId[];
  readonly level: Level;
}

function shownLevels({ contacts, records, whereabouts, openings = [] }: Disclosure): readonly Shown[] {
  return [
    ...[...contacts, ...openings, ...(whereabouts === undefined ? [] : [whereabouts])].map(({ level, sources }) => ({
      level,
      fields: sources.map(({ field }) => field),
    })),
    ...records.flatMap(({ fields }) => fields.map(({ field, level }) => ({ level, fields: [field] }))),
  ];
}

const isWithin = (level: Level, fields: readonly FieldId[], now: ReadonlyMap<FieldId, Level>): boolean =>
  fields.some((field) => LEVELS.indexOf(now.get(field) ?? 'deny') >= LEVELS.indexOf(level));
