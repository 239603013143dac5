import type { BreakGlass } from '../../schemas/break-glass.ts';
import type { Case, DatedFacts } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { CaseActor } from '../../schemas/case-history.ts';
import type { LogEntryBody } from '../../schemas/entry.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { Changed, Decided } from './apply-change.ts';

/**
 * Break-glass: a person says by name that somebody's life is at risk, and policy takes that as the fact `emergency` of
 * the case, for her alone and until it lapses. Were it a fact for everybody, one declaration would open a man's records
 * to every agency of the case, none of whose staff declared anything or will be reviewed.
 */

type Open = Extract<CaseChange, { kind: 'open-break-glass' }>;
type Close = Extract<CaseChange, { kind: 'close-break-glass' }>;
type Who = Pick<CaseActor, 'agency' | 'staffId'>;
type By = Pick<Decided, 'by' | 'at'>;

/** What is open on a case at a moment, whoever opened it, the newest last. */
export const openOn = ({ breakGlass = [] }: Case, at: IsoInstant): readonly BreakGlass[] =>
  breakGlass.filter((each) => isOpenAt(each, at));

const isOpenAt = ({ openedAt, expiresAt, ended }: BreakGlass, at: IsoInstant): boolean =>
  ended === undefined && openedAt <= at && at < expiresAt;

/** What this person has open on a case. Staff ids are an agency's own: the same id elsewhere is somebody else. */
export const openBy = (kase: Case, { agency, staffId }: Who, at: IsoInstant): BreakGlass | undefined =>
  openOn(kase, at).findLast(({ by }) => by.agency === agency && by.staffId === staffId);

/** The facts of a case with the emergency that this person has declared, as fresh as her declaration. */
export function withEmergency({ facts, asAt }: DatedFacts, kase: Case, who: Who, at: IsoInstant): DatedFacts {
  const open = openBy(kase, who, at);
  return open === undefined
    ? { facts, asAt }
    : { facts: { ...facts, emergency: true }, asAt: { ...asAt, emergency: open.openedAt } };
}

/** Opens it, unless it is open already: of two windows the second changes nothing. */
export function openBreakGlass(
  kase: Case,
  { breakGlassId, expiresAt }: Open,
  { by, at }: By,
): Result<Changed, 'date-not-possible'> {
  if (expiresAt <= at) return err('date-not-possible');
  const { breakGlass = [] } = kase;
  const isThere = breakGlass.some((each) => each.breakGlassId === breakGlassId) || openBy(kase, by, at) !== undefined;
  if (isThere) return ok({ kase, changes: [] });
  const opened: BreakGlass = { breakGlassId, by, openedAt: at, expiresAt };
  return ok({ kase: { ...kase, breakGlass: [...breakGlass, opened] }, changes: ['break-glass'] });
}

/** Ends what this person has open; of what has ended or lapsed there is nothing to end. */
export function closeBreakGlass(kase: Case, { breakGlassId, because }: Close, { by, at }: By): Result<Changed, never> {
  const open = openBy(kase, by, at);
  if (open?.breakGlassId !== breakGlassId) return ok({ kase, changes: [] });
  const breakGlass = (kase.breakGlass ?? []).map((each) =>
    each === open ? { ...each, ended: { at, because } } : each,
  );
  return ok({ kase: { ...kase, breakGlass }, changes: ['break-glass'] });
}

/**
 * Ends whatever is open, because the case is closed: an emergency of which nobody works with the case any more would go
 * on opening records until it lapses.
 */
export const endedByClosing = (breakGlass: readonly BreakGlass[], at: IsoInstant): readonly BreakGlass[] =>
  breakGlass.map((each) => (isOpenAt(each, at) ? { ...each, ended: { at, because: 'case-closed' } } : each));

/** The entries of those that a change of the case ended beside what it was about; none for any other change. */
export function closedByCaseEntries(
  before: Case,
  after: Case,
  about: Omit<
    Extract<LogEntryBody, { kind: 'break-glass-closed' }>,
    'kind' | 'operations' | 'breakGlassId' | 'because' | 'agency'
  >,
): LogEntryBody[] {
  const open = new Set((before.breakGlass ?? []).filter((each) => each.ended === undefined).map(idOf));
  return (after.breakGlass ?? []).flatMap(({ breakGlassId, ended, by }): LogEntryBody[] =>
    ended?.because === 'case-closed' && open.has(breakGlassId)
      ? [
          {
            kind: 'break-glass-closed',
            ...about,
            // For the officers of whoever had opened it; the panel that closes may be another agency's by now.
            ...{ operations: [], breakGlassId, agency: by.agency, because: 'case-closed' },
          },
        ]
      : [],
  );
}

const idOf = ({ breakGlassId }: BreakGlass): string => breakGlassId;

/** The entry of either. */
export function breakGlassEntry(
  change: Open | Close,
  about: Omit<
    Extract<LogEntryBody, { kind: 'break-glass-closed' }>,
    'kind' | 'operations' | 'breakGlassId' | 'because'
  >,
): LogEntryBody {
  const { breakGlassId } = change;
  if (change.kind === 'close-break-glass')
    return { kind: 'break-glass-closed', ...about, operations: [], breakGlassId, because: change.because };
  const { expiresAt, declarationDigest } = change;
  const opened = { breakGlassId, expiresAt, declarationDigest };
  return { kind: 'break-glass-opened', ...about, operations: ['consultation'], ...opened };
}
