import type { EntryActor } from '../../../schemas/entry.ts';
import type { AgencyId } from '../../../schemas/names.ts';
import { ok, type Result } from '../../../schemas/result.ts';
import type { AppendFault } from '../../ports/access-log.ts';
import type { CaseRegister } from '../../ports/case-register.ts';
import type { StaffRegister } from '../../ports/staff-register.ts';
import { searchedBy } from '../search.ts';
import type { ReviewsDeps } from '../states/reviews.ts';
import { findUnusual, type Finding } from './findings.ts';
import { knownCases } from './known-cases.ts';
import type { LikenessDigests } from './likeness.ts';
import { DAY_MS } from './london.ts';
import { openForFindings, type OpenFault } from './open-reviews.ts';
import { readWindow, type WindowDeps, type WindowFault } from './read-window.ts';

/** One run of the rules over the live log: read, judge, record that it was read, open reviews, each once. */

export interface RunDeps extends ReviewsDeps {
  readonly log: ReviewsDeps['log'] & WindowDeps['log'];
  readonly index: WindowDeps['index'];
  readonly reasons: ReviewsDeps['reasons'] & WindowDeps['reasons'];
  readonly cases: Pick<CaseRegister, 'find'>;
  readonly staff: Pick<StaffRegister, 'all'>;
  readonly digests: LikenessDigests;
}

export interface UnusualRun {
  /** Whose staff; all agencies' where absent. */
  readonly agency?: AgencyId;
  readonly actor: EntryActor;
  /** Milliseconds since 1970: findings whose newest look lies at or after `from` and before `to`. */
  readonly from: number;
  readonly to: number;
}

export interface UnusualOutcome {
  readonly findings: readonly Finding[];
  /** Those for which a review was opened now; the others had theirs before. */
  readonly opened: readonly Finding[];
  readonly looks: number;
  readonly unreadCases: number;
  /** Agencies whose staff looked and of which no register says who they are. */
  readonly withoutRegister: readonly AgencyId[];
}

export type RunFault = WindowFault | OpenFault | AppendFault;

/** The past by which a look is judged: hours and volume of a quarter, and a quarter of colleagues' looks before that. */
const PAST_MS = 2 * 92 * DAY_MS;

/** Gives what is unusual only once the look at it is recorded (P1). */
export async function runUnusual(deps: RunDeps, run: UnusualRun): Promise<Result<UnusualOutcome, RunFault>> {
  const until = Math.min(deps.now().getTime(), run.to);
  const window = await readWindow(deps, { from: run.from - PAST_MS, to: run.to });
  if (!window.ok) return window;
  const staff = await deps.staff.all();
  if (!staff.ok) return staff;
  const known = await knownCases(deps.cases, window.value.looks, deps.digests);
  if (!known.ok) return known;
  const findings = findUnusual({ ...window.value, staff: staff.value, cases: known.value.cases, until }).filter(
    ({ at, staff: of }) => at >= run.from && at < run.to && (run.agency ?? of.agency) === of.agency,
  );
  const recorded = await deps.log.append(entryOf(deps.now(), run, findings.length));
  if (!recorded.ok) return recorded;
  const opened = await openForFindings(deps, findings, run.actor);
  if (!opened.ok) return opened;
  const told = new Set(staff.value.map(({ agency }) => agency));
  const looked = new Set(window.value.looks.map(({ agency }) => agency));
  return ok({
    ...{ findings, opened: opened.value, looks: window.value.looks.length, unreadCases: known.value.unread },
    withoutRegister: [...looked].filter((agency) => !told.has(agency)).sort(),
  });
}

/** Looking for misuse among one's own staff is self-monitoring: DPA 2018 s.62(4)(b). */
const entryOf = (now: Date, { agency, actor, from, to }: UnusualRun, found: number) => ({
  ...searchedBy(now, { actor, viewer: agency ?? 'operator', ground: 'self-monitoring' }),
  view: 'unusual-access' as const,
  filters: [...(agency === undefined ? [] : ['agency' as const]), 'from' as const, 'to' as const],
  about: {
    ...(agency === undefined ? {} : { agency }),
    ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString() },
  },
  found,
});
