import type { Case, Category } from '../../schemas/case.ts';
import type { CaseChange } from '../../schemas/case-change.ts';
import type { IsoInstant } from '../../schemas/names.ts';
import { err, ok, type Result } from '../../schemas/result.ts';
import type { ChangeRefusal, Changed, Decided } from './apply-change.ts';
import { endedByClosing, openOn } from './break-glass.ts';
import { mayFollow } from './categories.ts';
import { closureRefusals } from './closure.ts';
import { dayOf } from './days.ts';

type By = Pick<Decided, 'by' | 'at'>;
type Wanted = Extract<CaseChange, { kind: 'change-category' }>;
type Referral = Extract<CaseChange, { kind: 'refer-again' }>;

/** The panel's decision on a category, with who and why; closing only by a rule that holds on the day. */
export function decideCategory(kase: Case, wanted: Wanted, by: By): Result<Changed, ChangeRefusal> {
  const { to, closure, because } = wanted;
  if (!mayFollow(kase.category, to)) return err('category-not-allowed');
  if (to === 'closed') {
    if (closure === undefined) return err('closure-rule-missing');
    const [against] = closureRefusals(kase, closure, by.by, dayOf(by.at));
    if (against !== undefined) return err(against);
  }
  const rule = to === 'closed' && closure !== undefined ? { closure } : {};
  const decided = categorised(kase, to, { ...by, because, ...rule });
  return ok(to === 'closed' ? withoutOpenGlass(decided, by.at) : decided);
}

/** Only closing ends an emergency: on hold and on monitor somebody's life may be at risk as before. */
function withoutOpenGlass(decided: ReturnType<typeof categorised>, at: IsoInstant): Changed {
  const { kase, changes } = decided;
  if (openOn(kase, at).length === 0) return decided;
  const breakGlass = [...endedByClosing(kase.breakGlass ?? [], at)];
  return { ...decided, kase: { ...kase, breakGlass }, changes: [...changes, 'break-glass'] };
}

/** A further referral to MARAC. What the case is resumes where it was; a closed one waits for the panel to decide. */
export function referAgain(kase: Case, change: Referral, { by, at }: By): Result<Changed, ChangeRefusal> {
  const { maracReference, criterion, referredOn, maracMeetingOn } = change;
  if (referredOn > dayOf(at)) return err('date-not-possible');
  const known = [kase.maracReference, ...(kase.referrals ?? []).map((each) => each.maracReference)];
  if (known.includes(maracReference)) return err('marac-reference-known');
  const { maracMeetingOn: _former, ...rest } = kase;
  const { facts, asAt } = kase.facts;
  const referred: Case = {
    ...rest,
    maracReference,
    ...(maracMeetingOn === undefined ? {} : { maracMeetingOn }),
    referrals: [...(kase.referrals ?? []), { maracReference, criterion, referredOn, by, at }],
    facts: {
      facts: { ...facts, marac: maracMeetingOn === undefined ? 'referred' : 'listed' },
      asAt: { ...asAt, marac: at },
    },
  };
  if (kase.category !== 'closed') return ok({ kase: referred, changes: ['referrals'] });
  const opened = categorised(referred, 'none', { by, at, because: 'Referred to MARAC again.' });
  return ok({ ...opened, changes: ['referrals', ...opened.changes] });
}

/** The fact that policy reads is the category itself, as at the decision. */
function categorised(
  kase: Case,
  to: Category,
  decision: By & Pick<Wanted, 'because' | 'closure'>,
): Changed & { category: { from: Category; to: Category } } {
  const { by, at, because, closure } = decision;
  const step = { from: kase.category, to };
  const decided = { ...step, by, at, because, ...(closure === undefined ? {} : { closure }) };
  const { facts, asAt } = kase.facts;
  return {
    kase: {
      ...kase,
      category: to,
      decisions: [...(kase.decisions ?? []), decided],
      facts: { facts: { ...facts, category: to }, asAt: { ...asAt, category: at } },
    },
    changes: ['category'],
    category: step,
  };
}
