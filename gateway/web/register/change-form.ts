import type { CaseChange } from '../../../schemas/case-change.ts';
import type { Agency, Case } from '../../../schemas/case.ts';
import type { CaseActor } from '../../../schemas/case-history.ts';
import type { AgencyId, IsoDate } from '../../../schemas/names.ts';
import type { Result } from '../../../schemas/result.ts';
import type { FormFields } from '../session/form-fields.ts';
import type { Field, FieldError } from './fields.ts';

/** What a form of the panel is drawn from and read on. */
export interface FormGround {
  readonly kase: Case;
  readonly actor: CaseActor;
  readonly today: IsoDate;
  /** Every agency that is registered, by name. */
  readonly agencies: readonly Agency[];
  readonly nameOfAgency: (agency: AgencyId) => string;
}

export interface CheckRow {
  readonly key: string;
  readonly value: string;
}

/** One thing that the panel does to a case: a form, what it reads, and how it is said back before it is recorded. */
export interface ChangeForm {
  /** Its place in the address: `/register/:ref/<slug>`. */
  readonly slug: string;
  readonly heading: string;
  /** On the button that records it. */
  readonly button: string;
  /** Shown on the case afterwards. */
  readonly done: string;
  /** Why the form is not offered today; undefined where it is. */
  readonly whyNot: (ground: FormGround) => string | undefined;
  /** What stands in the form before anything was typed. */
  readonly initial: (ground: FormGround) => FormFields;
  readonly fields: (ground: FormGround, typed: FormFields) => readonly Field[];
  /** What is not possible today, each with what is missing. */
  readonly missing?: (ground: FormGround) => readonly { readonly text: string; readonly because: readonly string[] }[];
  readonly read: (ground: FormGround, typed: FormFields) => Result<CaseChange, readonly FieldError[]>;
  readonly says: (ground: FormGround, change: CaseChange) => readonly CheckRow[];
  /** Whether the case already is as this person wanted it: the same form was sent twice. */
  readonly isDone: (kase: Case, change: CaseChange, actor: CaseActor) => boolean;
}

export const isOpenCase = ({ kase }: FormGround): string | undefined =>
  kase.category === 'closed' ? 'This case is closed. A further MARAC referral opens it again.' : undefined;

export const sameStaff = (a: CaseActor | undefined, b: CaseActor): boolean =>
  a?.agency === b.agency && a.staffId === b.staffId;
