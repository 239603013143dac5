import type { Case, Category } from '../../../schemas/case.ts';
import { CLOSURE_RULES, type CaseActor, type ClosureRule } from '../../../schemas/case-history.ts';
import type { IsoDate } from '../../../schemas/names.ts';
import { mayFollow } from '../../cases/categories.ts';
import {
  closureRefusals,
  MONTHS_WITHOUT_REFERRAL,
  MONTHS_WITHOUT_REPORT,
  POLICE_CHECK_DAYS,
  type ClosureRefusal,
} from '../../cases/closure.ts';
import { CLOSURE_WORDS } from './history.ts';

/** Which decisions the panel can take on a case today, and what is missing for the others. The rules are the register's. */

export type Decidable = Exclude<Category, 'none'>;

export interface Move {
  readonly to: Decidable;
  /** Only for closing. */
  readonly closure?: ClosureRule;
  readonly text: string;
  readonly hint: string;
}

export interface Moves {
  readonly offered: readonly Move[];
  /** Each with every reason that stands against it today. */
  readonly missing: readonly { readonly text: string; readonly because: readonly string[] }[];
}

const CHOICES: readonly Move[] = [
  { to: 'contact', text: 'Contact', hint: 'A worker works with this person.' },
  { to: 'monitor', text: 'Monitor', hint: 'The risk is so high that nobody is to contact this person.' },
  { to: 'hold', text: 'Hold', hint: 'No contact for now, for example in prison. It is decided again later.' },
  ...CLOSURE_RULES.map((closure): Move => ({
    to: 'closed',
    closure,
    text: `Close: ${CLOSURE_WORDS[closure].charAt(0).toLowerCase()}${CLOSURE_WORDS[closure].slice(1)}`,
    hint:
      closure === 'no-recent-abuse'
        ? 'The police check and the referrals on this case show it.'
        : 'The chair decides this for the panel.',
  })),
];

/** The move that a form names, whether or not it can be made today. */
export const moveNamed = (value: string | undefined): Move | undefined =>
  CHOICES.find((move) => moveValue(move) === value);

/** The value of a move in a form. */
export const moveValue = ({ to, closure }: Pick<Move, 'to' | 'closure'>): string =>
  closure === undefined ? to : `${to}:${closure}`;

/** @param today the day on which it would be decided */
export function movesOf(kase: Case, by: CaseActor, today: IsoDate): Moves {
  const offered: Move[] = [];
  const missing: Moves['missing'][number][] = [];
  for (const move of CHOICES) {
    if (!mayFollow(kase.category, move.to)) {
      if (move.to === 'closed' && kase.category === 'none') missing.push({ text: move.text, because: [UNDECIDED] });
      continue;
    }
    const against = move.closure === undefined ? [] : closureRefusals(kase, move.closure, by, today);
    if (against.length === 0) offered.push(move);
    else missing.push({ text: move.text, because: against.map((each) => REFUSAL_WORDS[each]) });
  }
  return { offered, missing };
}

const UNDECIDED = 'The panel decides on a state first.';

export const REFUSAL_WORDS: Readonly<Record<ClosureRefusal, string>> = {
  'police-not-asked': `Police were not asked within the last ${POLICE_CHECK_DAYS} days. Ask them, and record what they say.`,
  'abuse-reported': `Domestic abuse was reported to police within the last ${MONTHS_WITHOUT_REPORT} months.`,
  'referred-to-marac': `A MARAC referral or meeting is younger than ${MONTHS_WITHOUT_REFERRAL} months.`,
  'chair-decides': 'Only the chair can say this for the panel.',
};
