import { err, ok, type Result } from '../../../schemas/result.ts';
import { REVIEW_STATES, type ReviewState, type ReviewSubject } from '../../../schemas/review.ts';

/** The states of a review as data: who may take it where, and until when. */

export type Party = 'reviewer' | 'staff';

export interface Step {
  readonly from: ReviewState;
  readonly to: ReviewState;
  /** Explaining is for whoever is asked; everything else is for a reviewer. */
  readonly by: Party;
  /** Only where so many officers decide; left out, in every review. */
  readonly ofOfficers?: 1 | 2;
  /** Only by somebody of another team than whoever took the step before. */
  readonly second?: true;
}

export const STEPS: readonly Step[] = [
  { from: 'open', to: 'explained', by: 'staff' },
  { from: 'more-information', to: 'explained', by: 'staff' },
  { from: 'open', to: 'more-information', by: 'reviewer' },
  { from: 'explained', to: 'more-information', by: 'reviewer' },
  { from: 'escalated', to: 'more-information', by: 'reviewer' },
  { from: 'open', to: 'escalated', by: 'reviewer' },
  { from: 'explained', to: 'escalated', by: 'reviewer' },
  { from: 'more-information', to: 'escalated', by: 'reviewer' },
  { from: 'open', to: 'justified', by: 'reviewer', ofOfficers: 1 },
  { from: 'explained', to: 'justified', by: 'reviewer', ofOfficers: 1 },
  { from: 'escalated', to: 'justified', by: 'reviewer', ofOfficers: 1 },
  { from: 'explained', to: 'not-justified', by: 'reviewer', ofOfficers: 1 },
  { from: 'escalated', to: 'not-justified', by: 'reviewer', ofOfficers: 1 },
  { from: 'open', to: 'justified-by-one', by: 'reviewer', ofOfficers: 2 },
  { from: 'explained', to: 'justified-by-one', by: 'reviewer', ofOfficers: 2 },
  { from: 'escalated', to: 'justified-by-one', by: 'reviewer', ofOfficers: 2 },
  { from: 'explained', to: 'not-justified-by-one', by: 'reviewer', ofOfficers: 2 },
  { from: 'escalated', to: 'not-justified-by-one', by: 'reviewer', ofOfficers: 2 },
  { from: 'justified-by-one', to: 'justified', by: 'reviewer', ofOfficers: 2, second: true },
  { from: 'not-justified-by-one', to: 'not-justified', by: 'reviewer', ofOfficers: 2, second: true },
  // Who does not agree with the first, or the first on second thoughts, takes it back to where both decide anew.
  { from: 'justified-by-one', to: 'more-information', by: 'reviewer', ofOfficers: 2 },
  { from: 'justified-by-one', to: 'escalated', by: 'reviewer', ofOfficers: 2 },
  { from: 'not-justified-by-one', to: 'more-information', by: 'reviewer', ofOfficers: 2 },
  { from: 'not-justified-by-one', to: 'escalated', by: 'reviewer', ofOfficers: 2 },
];

/** States in which the first of two officers has decided. */
const BY_ONE: readonly ReviewState[] = STEPS.filter(({ second }) => second === true).map(({ from }) => from);
export const isByOne = (state: ReviewState): boolean => BY_ONE.includes(state);

/**
 * How many officers decide a review. The agreement EMERG has a declared emergency reviewed by two people, never of one
 * team: that is the review of the declaration, with the opener's own officers. What an owner's officers look into is what
 * left of their own, and they are another agency already.
 */
export const officersFor = (about: ReviewSubject, isOwnStaff: boolean): 1 | 2 =>
  about === 'break-glass' && isOwnStaff ? 2 : 1;

/** States from which nothing leads on. */
export const ENDED: readonly ReviewState[] = REVIEW_STATES.filter((state) => STEPS.every(({ from }) => from !== state));

const HOUR_MS = 3_600_000;

/**
 * Hours until a state is due. Break-glass: two people have looked within 24 hours (the agreement's obligation
 * `reviewWithinHours`). Something that may be a breach is told to the Commissioner within 72 hours of being known (UK
 * GDPR Article 33(1), DPA 2018 s.67(1)), so what was escalated is due well inside that.
 */
const DUE_HOURS: Readonly<Record<ReviewSubject, number>> = {
  'break-glass': 24,
  'unusual-access': 7 * 24,
  complaint: 14 * 24,
};
const ESCALATED_HOURS = 48;
const WAITING_HOURS = 5 * 24;

/** When a review that comes into a state at a moment is due. */
export function dueAfter(about: ReviewSubject, state: ReviewState, at: Date): Date {
  const hours =
    state === 'escalated'
      ? Math.min(ESCALATED_HOURS, DUE_HOURS[about])
      : state === 'more-information'
        ? Math.min(WAITING_HOURS, DUE_HOURS[about])
        : DUE_HOURS[about];
  return new Date(at.getTime() + hours * HOUR_MS);
}

export type StepFault =
  'step-not-allowed' | 'own-access' | 'same-team' | 'not-the-staff-asked' | 'team-not-known' | 'not-the-second';

export interface Person {
  readonly agency: string;
  readonly staffId: string;
  /** From the staff register; undefined where it does not say. */
  readonly team: string | undefined;
  readonly party: Party;
}

/** Who decided first, where two decide. */
export type First = Pick<Person, 'agency' | 'staffId' | 'team'>;

/**
 * Whether somebody may take a step. The attacker is the person who is reviewed, or a friend on her team, with the role
 * of a reviewer: she decides nothing about herself, and where nobody knows the teams nobody is taken for independent.
 */
export function mayStep(
  person: Person,
  reviewed: { readonly agency: string; readonly staffId: string; readonly team?: string | undefined },
  from: ReviewState,
  to: ReviewState,
  { officers, first }: { readonly officers: 1 | 2; readonly first?: First | undefined } = { officers: 1 },
): Result<Step, StepFault> {
  const self = person.agency === reviewed.agency && person.staffId === reviewed.staffId;
  const step = STEPS.find((each) => each.from === from && each.to === to);
  if (step === undefined || (step.ofOfficers ?? officers) !== officers) return err('step-not-allowed');
  if (step.by === 'staff') return self || person.party === 'reviewer' ? ok(step) : err('not-the-staff-asked');
  if (person.party !== 'reviewer') return err('step-not-allowed');
  if (self) return err('own-access');
  if (step.second === true && !isSecond(person, first)) return err('not-the-second');
  if (person.agency !== reviewed.agency) return ok(step);
  if (person.team === undefined || reviewed.team === undefined) return err('team-not-known');
  return person.team === reviewed.team ? err('same-team') : ok(step);
}

/** Another person, of another team; where nobody knows who was first or of which team, nobody is taken for the second. */
function isSecond(person: Person, first: First | undefined): boolean {
  if (first === undefined || (first.agency === person.agency && first.staffId === person.staffId)) return false;
  return first.team !== undefined && person.team !== undefined && first.team !== person.team;
}
